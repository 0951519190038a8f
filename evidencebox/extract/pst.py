"""Outlook's PST and OST: a page that lists the messages, and every message a child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pypff

from evidencebox.extract import mapi
from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.mapi import Properties, value_of
from evidencebox.extract.msgwrite import Names, Raw, RawItem, message, names_of
from evidencebox.extract.outlook import subject
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_MAX_FOLDERS: Final = 100_000
_MAX_INNER: Final = 10
_ORPHANS: Final = "Orphans"
_EMBEDDED: Final = 5


def read(job: Job) -> None:
    """Walks the folders; a message has no bytes of its own and is made into an MSG."""
    job.unbound_pages()
    job.engine = f"libpff {pypff.get_version()}"
    store = pypff.file()
    try:
        store.open_file_object(job.source)
    except OSError as error:
        raise Stop(Status.FAILED, "The mailbox's own tables are broken.") from error
    try:
        _Reader(job, store).all()
    finally:
        store.close()


class _Reader:
    """One mailbox being read: what is counted over all its folders."""

    def __init__(self, job: Job, store: Any) -> None:
        self._job = job
        self._store = store
        self._budget = Budget(job, job.size)
        self._flow = Flow(job, "messages")
        self._count = 0
        self._broken = 0
        self._names = self._named()

    def all(self) -> None:
        emit = self._job.may_have_children()
        try:
            for path, item in self._items():
                self._one(path, item, emit)
        except Overflow as overflow:
            raise Stop(Status.LIMIT, overflow.reason) from overflow
        finally:
            self._flow.close()
            self._job.meta("messages", str(self._count))
        if self._broken:
            said = f"{self._broken} of its items, or parts of them, could not be read."
            self._job.gap("broken_item", said)

    def _named(self) -> Names:
        try:
            raws = {raw.number: raw.data for raw in self._raws(self._store.name_to_id_map)}
        except (OSError, AttributeError):
            self._broken += 1
            raws = {}
        return names_of(raws.get(2, b""), raws.get(3, b""), raws.get(4, b""))

    def _items(self) -> Iterator[tuple[str, Any]]:
        """Every message with its folder's path, folder by folder, then those no folder holds."""
        for path, folder in self._folders():
            for at in range(self._number(folder, "number_of_sub_messages")):
                yield path, self._got(folder.get_sub_message, at)
        for at in range(self._number(self._store, "number_of_orphan_items")):
            yield _ORPHANS, self._got(self._store.get_orphan_item, at)

    def _folders(self) -> Iterator[tuple[str, Any]]:
        root = self._got(lambda _: self._store.get_root_folder(), 0)
        waiting: list[tuple[str, Any]] = [("", root)] if root is not None else []
        seen: set[int] = set()
        while waiting and len(seen) < _MAX_FOLDERS:
            path, folder = waiting.pop()
            if folder.identifier in seen:
                continue
            seen.add(folder.identifier)
            yield path, folder
            inner = []
            for at in range(self._number(folder, "number_of_sub_folders")):
                found = self._got(folder.get_sub_folder, at)
                if found is not None:
                    inner.append((_under(path, _folder_name(found, at)), found))
            waiting.extend(reversed(inner))

    def _number(self, holder: Any, name: str) -> int:
        try:
            return int(getattr(holder, name))
        except OSError:
            self._broken += 1
            return 0

    def _got(self, get: Any, at: int) -> Any:
        """What libpff gives, None where it is broken."""
        self._job.beat()
        try:
            return get(at)
        except OSError:
            self._broken += 1
            return None

    def _one(self, path: str, found: Any, emit: bool) -> None:
        if found is None:
            return
        try:
            item = self._item(found, 0)
        except OSError:
            self._broken += 1
            return
        self._count += 1
        title = " ".join(subject(_properties(item.properties)).split())
        self._flow.add(f"{self._count}\t{path}\t{title}\n")
        if emit:
            name = f"message {self._count}" + (f" {_label(title)}" if title else "")
            data = message(item, self._names)
            self._budget.open_member(len(data))
            self._budget.charge(len(data))
            head = ChildHead(
                _under(path, f"{name}.msg"),
                "message",
                "application/vnd.ms-outlook",
                str(found.identifier),
            )
            self._job.whole(head, data)

    def _item(self, found: Any, level: int) -> RawItem:
        """All properties of a message, its recipients and attachments."""
        recipients = getattr(found, "recipients", None)
        rows = [self._entries(rows) for rows in recipients.record_sets] if recipients else []
        item = RawItem(self._raws(found), rows)
        for at in range(getattr(found, "number_of_attachments", 0)):
            attached = self._got(found.get_attachment, at)
            if attached is not None:
                item.attachments.append((self._raws(attached), self._held(attached, level)))
        return item

    def _held(self, attached: Any, level: int) -> bytes | RawItem | None:
        """An attachment's bytes, the message it is, or None where there is nothing of it."""
        try:
            props = _properties(self._raws(attached))
            if props.number(mapi.ATTACH_METHOD) == _EMBEDDED and attached.number_of_sub_items:
                if level >= _MAX_INNER:
                    self._broken += 1
                    return None
                return self._item(attached.get_sub_item(0), level + 1)
            size = attached.size
            self._budget.open_member(size)
            self._budget.charge(size)
            return bytes(attached.read_buffer(size)) if size else b""
        except OSError:
            if props.number(mapi.ATTACH_METHOD) not in (2, 3, 4, 7):
                self._broken += 1
            return None

    def _raws(self, item: Any) -> list[Raw]:
        return [raw for rows in item.record_sets for raw in self._entries(rows)]

    def _entries(self, rows: Any) -> list[Raw]:
        """A record's properties, in order of their numbers. An attachment's bytes come apart."""
        found = []
        for entry in rows.entries:
            number, kind = entry.entry_type, entry.value_type
            if number is None or kind is None or number == mapi.ATTACHED:
                continue
            try:
                found.append(Raw(number, kind, bytes(entry.data or b"")))
            except OSError:
                self._broken += 1
        return sorted(found, key=lambda raw: (raw.number, raw.kind))


def _properties(raws: list[Raw]) -> Properties:
    props = Properties()
    for raw in raws:
        props.put(raw.number, value_of(raw.kind, raw.data))
    return props


def _folder_name(folder: Any, at: int) -> str:
    try:
        name = folder.name
    except OSError:
        name = None
    return _label(name or f"folder {at + 1}")


def _under(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _label(text: str) -> str:
    cleaned = "".join(" " if char in "/\\" or char < " " else char for char in text)
    return " ".join(cleaned.split())[:100]
