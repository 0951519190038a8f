"""RAR archives, by a library in Rust with limits of its own: it gives members whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import rars

from evidencebox.extract.archive import CHUNK, Archive, LockedError, TooGreatError, UnreadableError
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import protected
from evidencebox.model.documents import Status

_LARGEST: Final = 512 << 20
"""Bytes of an archive, which is held in memory."""
_MEMBER: Final = 256 << 20
"""Bytes of one member, which is held twice: a failed allocation in Rust ends the process."""
_OVER: Final = 16 << 30
"""Bytes that may be gone over on the way to a member of a solid archive."""
_WINDOW: Final = 256 << 20
_ENTRIES: Final = 1_000_000
_BATCH: Final = 1_000
_BATCH_BYTES: Final = 64 << 20
_UNIX: Final = (1, 3)
_TYPE, _LINK = 0o170000, 0o120000


def read(job: Job) -> None:
    """Lists the members and makes each a child."""
    job.engine = "rars"
    if job.size > _LARGEST:
        reason = f"Archives of this type are read up to {_LARGEST >> 20} MiB."
        raise Stop(Status.LIMIT, reason)
    job.source.seek(0)
    data = job.source.read()
    try:
        opened, password = _opened(job, data)
    except rars.UnsupportedRarFeature:
        raise Stop(Status.UNSUPPORTED, "This kind of RAR archive is not read yet.") from None
    except (rars.Error, MemoryError, ValueError, OSError):
        raise Stop(Status.FAILED, "The RAR archive is broken from its start.") from None
    _members(job, opened, password)


def _opened(job: Job, data: bytes) -> tuple[Any, str | None]:
    """The archive, and the password where its names are locked too. Raises Stop."""
    try:
        return rars.RarFile.from_bytes(data, options=_options()), None
    except rars.PasswordRequired:
        pass

    def attempt(password: str) -> tuple[Any, str] | None:
        try:
            return rars.RarFile.from_bytes(data, password, options=_options()), password
        except (rars.BadPassword, rars.BadRarFile):  # before RAR 5 only nonsense tells
            return None

    found = job.keys.find(attempt)
    if found is None:
        reason = protected("The archive, with the names in it,", job.keys)
        raise Stop(Status.ENCRYPTED, reason)
    return found


def _options(most: int = _MEMBER) -> Any:
    return rars.ReadOptions(
        max_member_output_bytes=most,
        max_total_output_bytes=_OVER,
        max_reader_workspace_bytes=2 * _WINDOW,
        rar50_dictionary_size_limit=_WINDOW,
        max_header_count=_ENTRIES,
    )


def _members(job: Job, opened: Any, password: str | None) -> None:
    archive = Archive(job)
    infos = opened.infolist()
    # a member's first part, in another file, is where it is read from
    wanted = [info for info in infos if _list(archive, opened, info) and not info.is_split_before]
    archive.listed()
    _comment(job, opened)
    if wanted and job.may_have_children():
        reader = _Reader(archive, opened, wanted, password)
        for at, info in enumerate(wanted):
            archive.member(info.filename, info.compress_size, reader.pieces(at))
    if any(info.is_split_before or info.is_split_after for info in infos):
        job.gap("volume", "It is one of several volumes; a member that goes on in another is cut.")
    archive.close()


def _list(archive: Archive, opened: Any, info: Any) -> bool:
    """One line; whether the member is a file."""
    parts = info.date_time
    date = "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*parts) if parts else ""
    if info.is_dir():
        archive.entry(info.filename.rstrip("/") + "/", 0, date)
        return False
    if info.host_os in _UNIX and (info.file_attr or 0) & _TYPE == _LINK:
        archive.link(info.filename, _target(opened, info), date)
        return False
    archive.files += 1
    archive.entry(info.filename, info.file_size, date)
    return True


def _target(opened: Any, info: Any) -> str:
    try:
        target: bytes = opened.readlink(info)
    except (rars.Error, MemoryError, ValueError):
        return "another file"
    return target.decode("utf-8", "replace")


def _comment(job: Job, opened: Any) -> None:
    try:
        comment = opened.comment
    except (rars.Error, MemoryError, ValueError):
        return
    if isinstance(comment, bytes):
        comment = comment.decode("utf-8", "replace")
    job.meta("comment", comment or "")


class _Reader:
    """Reads members, those of a solid archive several at once: each goes over all before it."""

    def __init__(
        self, archive: Archive, opened: Any, infos: list[Any], password: str | None
    ) -> None:
        self._archive = archive
        self._opened = opened
        self._infos = infos
        self._ready: dict[int, bytes] = {}
        self._password = password

    def pieces(self, at: int) -> Iterator[bytes]:
        info = self._infos[at]
        if info.is_encrypted and self._password is None:
            self._password = self._found()
        if info.file_size > _MEMBER:
            raise TooGreatError
        most = min(self._archive.most(info.compress_size), _MEMBER)
        if info.is_solid and at not in self._ready:
            self._batch(at)
        data = self._ready.pop(at, None)
        if data is None:
            data = self._read(info, most)
        for start in range(0, len(data), CHUNK):
            yield data[start : start + CHUNK]

    def _found(self) -> str:
        """The password of the members, proven on the smallest. Raises LockedError."""
        locked = [info for info in self._infos if info.is_encrypted]
        least = min(locked, key=lambda info: info.file_size)

        def attempt(password: str) -> str | None:
            try:
                self._opened.read(least, password, options=_options())
            except (rars.Error, MemoryError):
                return None
            return password

        found = self._archive.job.keys.find(attempt)
        if found is None:
            raise LockedError
        return found

    def _read(self, info: Any, most: int) -> bytes:
        try:
            data: bytes = self._opened.read(info, self._password, options=_options(most))
        except (rars.PasswordRequired, rars.BadPassword):
            raise LockedError from None
        except MemoryError:
            if most < _MEMBER:
                self._archive.overflow()
            raise TooGreatError from None
        except rars.UnsupportedRarFeature:
            raise UnreadableError from None
        except rars.Error as error:
            raise ValueError from error
        return data

    def _batch(self, start: int) -> None:
        """The members from `start` on that together are small; nothing if one of them is bad."""
        end, size, packed = start, 0, 0
        for info in self._infos[start : start + _BATCH]:
            size += info.file_size
            packed += info.compress_size
            locked = info.is_encrypted and self._password is None
            if size > min(_BATCH_BYTES, self._archive.most(packed)) or locked:
                break
            end += 1
        if end - start < 2:
            return
        try:
            found = self._opened.read_many(
                self._infos[start:end], self._password, options=_options(_BATCH_BYTES)
            )
        except (rars.Error, MemoryError, ValueError):
            return
        self._ready = dict(zip(range(start, end), found, strict=True))
