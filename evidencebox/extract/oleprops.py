"""Property sets of an OLE container as metadata: title, author, dates, what users added."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.job import Job
from evidencebox.extract.ole import Container
from evidencebox.extract.olecodes import codec, decoded, filetime

_SUMMARY: Final = {
    2: "title", 3: "doc_subject", 4: "author", 5: "keywords", 6: "description", 7: "template",
    8: "last_author", 11: "printed", 12: "created", 13: "modified", 18: "application",
}  # fmt: skip
_DOCUMENT: Final = {2: "category", 14: "manager", 15: "company"}
_SETS: Final = {
    bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9"): _SUMMARY,
    bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae"): _DOCUMENT,
}
_USER: Final = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_LONGEST: Final = 1 << 16
_MOST: Final = 2_000


def properties(job: Job, container: Container) -> dict[str, str]:
    """Hands over all property sets that stand in the root; gives what is common to programs."""
    found: dict[str, str] = {}
    for name in ("\x05SummaryInformation", "\x05DocumentSummaryInformation"):
        for kind, items in sets(container.stream(name)):
            if kind == _USER:
                for number, value in items.items():
                    if isinstance(number, str):
                        job.meta("property", f"{number}: {value}")
            for number, key in _SETS.get(kind, {}).items():
                found.setdefault(key, items.get(number, ""))
    for key, value in found.items():
        job.meta(key, value)
    job.meta("date", found.get("modified", "") or found.get("created", ""))
    return found


def sets(data: bytes) -> Iterator[tuple[bytes, dict[int | str, str]]]:
    """Each set in a stream: its format id, and values by number, or by name where users gave one.

    What cannot be read is left out.
    """
    if len(data) < 28:
        return
    for index in range(min(struct.unpack_from("<I", data, 24)[0], 8)):
        at = 28 + 20 * index
        if at + 20 > len(data):
            return
        kind = data[at : at + 16]
        try:
            yield kind, _values(data, struct.unpack_from("<I", data, at + 16)[0], kind == _USER)
        except struct.error:
            continue


def _values(data: bytes, start: int, named: bool) -> dict[int | str, str]:
    count = min(struct.unpack_from("<I", data, start + 4)[0], _MOST)
    places = {}
    for index in range(count):
        if start + 16 + 8 * index > len(data):
            break
        number, offset = struct.unpack_from("<II", data, start + 8 + 8 * index)
        places[number] = start + offset
    page = _value(data, places[1], "cp1252") if 1 in places else ""
    name = codec(int(page) & 0xFFFF) if page.lstrip("-").isdigit() else "cp1252"
    names = _dictionary(data, places[0], name) if named and 0 in places else {}
    found: dict[int | str, str] = {}
    for number, place in places.items():
        if number > 1 and (value := _value(data, place, name).strip("\0 ")):
            found[names.get(number, number)] = value
    return found


def _dictionary(data: bytes, at: int, name: str) -> dict[int, str]:
    names: dict[int, str] = {}
    count = min(struct.unpack_from("<I", data, at)[0], _MOST)
    at += 4
    for _ in range(count):
        if at + 8 > len(data):
            break
        number, length = struct.unpack_from("<II", data, at)
        at += 8
        wide = name == "utf-16-le"
        size = min(length * 2 if wide else length, _LONGEST)
        names[number] = decoded(data[at : at + size], name).rstrip("\0")
        at += -(-size // 4) * 4 if wide else size
    return names


def _value(data: bytes, at: int, name: str) -> str:
    """One typed value as text; '' for kinds that are no words, such as thumbnails."""
    if at + 8 > len(data):
        return ""
    kind = struct.unpack_from("<I", data, at)[0]
    if kind == 30:
        return _text(data, at + 4, name, 1)
    if kind == 31:
        return _text(data, at + 4, "utf-16-le", 2)
    if kind in (2, 18):
        return str(struct.unpack_from("<h" if kind == 2 else "<H", data, at + 4)[0])
    if kind in (3, 22, 19, 23):
        return str(struct.unpack_from("<i" if kind in (3, 22) else "<I", data, at + 4)[0])
    if kind == 11:
        return "true" if struct.unpack_from("<H", data, at + 4)[0] else "false"
    if kind == 5 and at + 12 <= len(data):
        return repr(struct.unpack_from("<d", data, at + 4)[0])
    if kind == 64 and at + 12 <= len(data):
        return filetime(struct.unpack_from("<Q", data, at + 4)[0])
    return ""


def _text(data: bytes, at: int, name: str, unit: int) -> str:
    size = min(struct.unpack_from("<I", data, at)[0] * unit, _LONGEST)
    text = decoded(data[at + 4 : at + 4 + size], name)
    return text.split("\0", 1)[0]
