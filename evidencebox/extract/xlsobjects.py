"""What hangs on the cells of an old sheet: notes, text boxes, links, headers."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.oleart import words
from evidencebox.extract.olecodes import decoded
from evidencebox.extract.xlsrecords import Strings, wide

_CODES: Final = re.compile(r'&(?:"[^"]*"|[A-Z]|\d+|K[0-9A-F]{6})')
_URL: Final = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE: Final = bytes.fromhex("0303000000000000c000000000000046")
_NOTE_OBJECT: Final = 0x19


def reference(row: int, column: int) -> str:
    """(6, 2) is `C7`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


@dataclass(slots=True)
class Objects:
    """Gathered while a sheet is read, handed over at its end."""

    strings: Strings
    drawn: bytearray = field(default_factory=bytearray)
    _texts: dict[int, list[str]] = field(default_factory=dict)
    _notes: list[tuple[str, str, int, list[str]]] = field(default_factory=list)
    _heads: list[tuple[str, str]] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)
    _plain: list[str] = field(default_factory=list)
    _object: int = -1

    def note(self, parts: list[bytes]) -> None:
        data = parts[0]
        if len(data) < 6:
            return
        row, column, third = struct.unpack_from("<HHH", data)
        if self.strings.version >= 8:
            number = struct.unpack_from("<H", data, 6)[0] if len(data) >= 8 else -1
            author = self.strings.long(data, 8)
            self._notes.append((reference(row, column), author, number, []))
            return
        text = decoded(data[6 : 6 + third], self.strings.codec)
        if row == 0xFFFF and self._notes:
            self._notes[-1][3].append(text)
        else:
            self._notes.append((reference(row, column), "", -1, [text]))

    def object(self, parts: list[bytes]) -> None:
        data = parts[0]
        if self.strings.version >= 8 and len(data) >= 8:
            self._object = struct.unpack_from("<H", data, 6)[0]
        elif self.strings.version == 5 and len(data) > 70 and data[4] == 6:
            size = struct.unpack_from("<H", data, 44)[0]
            name_size = data[70]
            at = 70 + (1 + name_size + (1 + name_size) % 2 if name_size else 0)
            self._plain.append(decoded(data[at : at + size], self.strings.codec))

    def text(self, parts: list[bytes]) -> None:
        """The words of the object that came before."""
        data = parts[0]
        if len(data) < 14:
            return
        left = struct.unpack_from("<H", data, 10)[0]
        out = ""
        for part in parts[1:]:
            if left <= len(out):
                break
            out += wide(part, 0, left - len(out))
        self._texts.setdefault(self._object, []).append(out)

    def head(self, kind: str, data: bytes) -> None:
        text = (
            self.strings.long(data, 0) if self.strings.version >= 8 else self.strings.short(data, 0)
        )
        self._heads.append((kind, text))

    def more_heads(self, data: bytes) -> None:
        """Those of even pages and the first one."""
        if len(data) < 38:
            return
        at = 38
        for index, size in enumerate(struct.unpack_from("<4H", data, 30)):
            if size:
                kind = "footer" if index % 2 else "header"
                self._heads.append((kind, wide(data, at + 2, size)))
                at += 3 + size * (2 if data[at + 2 : at + 3] == b"\1" else 1)

    def link(self, data: bytes) -> None:
        if len(data) >= 32:
            place = reference(*struct.unpack_from("<H2xH", data))
            if target := link_target(data, 24):
                self._links.append(f"{place} <{target}>")

    def emit(self, job: Job, name: str) -> None:
        """Comments, drawings with links, and headers, each on pages of their own."""
        comments = Flow(job, f"{name} comments")
        for place, author, number, parts in self._notes:
            full = "".join(self._texts.pop(number, parts))
            comments.add(" ".join(filter(None, [place, author])) + f": {full}", "comment")
            comments.newline()
        comments.close()
        drawings = Flow(job, f"{name} drawings")
        boxes = ["".join(parts) for parts in self._texts.values()]
        for text in [*boxes, *self._plain, *(text for _, text in words(bytes(self.drawn)))]:
            drawings.add(text)
            drawings.newline()
        for text in self._links:
            drawings.add(text + "\n", "link")
        drawings.close()
        heads = Flow(job, f"{name} headers and footers")
        for kind, text in self._heads:
            if text := _CODES.sub(" ", text).strip():
                heads.add(text + "\n", kind)
        heads.close()


def link_target(data: bytes, at: int) -> str:
    """Where a hyperlink object leads: an address, a file, a place in the workbook."""
    if at + 8 > len(data):
        return ""
    flags = struct.unpack_from("<I", data, at + 4)[0]
    at += 8
    for flag in (0x10, 0x80):
        if flags & flag:
            _, at = _counted(data, at)
    target = ""
    if flags & 0x101 == 0x101:
        target, at = _counted(data, at)
    elif flags & 1:
        target, at = _moniker(data, at)
    if flags & 8:
        place, _ = _counted(data, at)
        target = f"{target}#{place}" if place else target
    return target


def _counted(data: bytes, at: int) -> tuple[str, int]:
    if at + 4 > len(data):
        return "", len(data)
    size = min(2 * struct.unpack_from("<I", data, at)[0], len(data))
    return _until_zero(data[at + 4 : at + 4 + size]), at + 4 + size


def _moniker(data: bytes, at: int) -> tuple[str, int]:
    kind = data[at : at + 16]
    at += 16
    if kind == _URL and at + 4 <= len(data):
        size = struct.unpack_from("<I", data, at)[0]
        return _until_zero(data[at + 4 : at + 4 + size]), at + 4 + size
    if kind != _FILE or at + 6 > len(data):
        return "", len(data)
    size = struct.unpack_from("<I", data, at + 2)[0]
    path = decoded(data[at + 6 : at + 6 + size], "cp1252").split("\0", 1)[0]
    at += 6 + size + 24
    more = struct.unpack_from("<I", data, at)[0] if at + 4 <= len(data) else 0
    if more:
        path = data[at + 10 : at + 4 + more].decode("utf-16-le", "replace")
    return path, at + 4 + more


def _until_zero(data: bytes) -> str:
    return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").split("\0", 1)[0]
