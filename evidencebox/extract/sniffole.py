"""Which Office file an OLE container is, by the names in its directory."""

from __future__ import annotations

import struct
from typing import BinaryIO, Final

_STREAMS: Final = (
    ("EncryptedPackage", "encrypted-office"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
    ("VisioDocument", "vsd"),
    ("Quill", "pub"),
    ("FileHeader", "hwp"),
    ("MatOST", "wps"),
    ("   114", "mpp"),
    ("Props12", "mpp"),
)
_END: Final = 0xFFFFFFFA
_MAX_SECTORS: Final = 4_096


def key(source: BinaryIO, head: bytes) -> str:
    """The kind's key. Encrypted OOXML is `ole` here; see `encrypted`."""
    found = directory(source, head)
    for name, kind in _STREAMS:
        if name.lower() in found:
            return "ole" if kind == "encrypted-office" else kind
    return "ole"


def encrypted(source: BinaryIO) -> bool:
    """Whether this is an encrypted Office document."""
    source.seek(0)
    return "encryptedpackage" in directory(source, source.read(512))


def directory(source: BinaryIO, head: bytes) -> set[str]:
    """The names, in lower case, of what stands right in the root, as far as the directory's chain
    can be followed; of all of them where the root's own tree is broken."""
    if len(head) < 512:
        return set()
    shift = min(max(struct.unpack_from("<H", head, 30)[0], 7), 16)
    size = 1 << shift
    fat = struct.unpack_from("<109I", head, 76)
    sector = struct.unpack_from("<I", head, 48)[0]
    entries: list[bytes] = []
    seen: set[int] = set()
    while sector < _END and sector not in seen and len(seen) < _MAX_SECTORS:
        seen.add(sector)
        data = _sector(source, sector, size)
        entries += [data[at : at + 128] for at in range(0, len(data) - 127, 128)]
        sector = _next(source, fat, sector, size)
    return _in_root(entries) or {name.lower() for entry in entries if (name := _name(entry))}


def _in_root(entries: list[bytes]) -> set[str]:
    """What is in a storage may be called as anything: a message holds a Word document's streams."""
    if not entries:
        return set()
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    seen: set[int] = set()
    names: set[str] = set()
    while waiting:
        at = waiting.pop()
        if at in seen or at >= len(entries):
            continue
        seen.add(at)
        names.add(_name(entries[at]).lower())
        waiting += struct.unpack_from("<II", entries[at], 68)
    return names - {""}


def _sector(source: BinaryIO, number: int, size: int) -> bytes:
    source.seek((number + 1) * size)
    return source.read(size)


def _next(source: BinaryIO, fat: tuple[int, ...], sector: int, size: int) -> int:
    which, at = divmod(sector, size // 4)
    if which >= len(fat) or fat[which] >= _END:
        return _END
    entry = _sector(source, fat[which], size)[at * 4 : at * 4 + 4]
    return int.from_bytes(entry, "little") if len(entry) == 4 else _END


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: length - 2].decode("utf-16-le", "replace") if 2 <= length <= 64 else ""
