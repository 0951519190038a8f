"""Outlook's winmail.dat (TNEF): a message and its attachments, packed into one file."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from evidencebox.extract import mapi, msg, outlook
from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.mapi import Properties, Value, value_of
from evidencebox.extract.outlook import Item
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_MAGIC: Final = b"\x78\x9f\x3e\x22"
_ATTACHMENT: Final = 2
_STREAMED: Final = (0x001E, 0x001F, 0x000D, 0x0102)
_SIZES: Final = {0x2: 4, 0x3: 4, 0x4: 4, 0xA: 4, 0xB: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0x14: 8, 0x40: 8}
_MAX_VALUES: Final = 100_000
# attributes of the oldest form, and the property that each stands for
_OLD: Final = {
    0x8004: mapi.SUBJECT, 0x800C: mapi.BODY, 0x8008: mapi.CLASS, 0x8009: 0x1035, 0x8005: 0x0039,
    0x8006: 0x0E06, 0x8020: 0x3008,
}  # fmt: skip
_DATES: Final = (0x8005, 0x8006, 0x8020)


@dataclass(slots=True)
class _Attached:
    """An attachment as it is met: its properties, and its bytes or the item it is."""

    properties: Properties
    data: bytes = b""
    inner: bytes = b""


@dataclass(slots=True)
class _Found:
    """What the attributes said."""

    item: Item
    attached: list[_Attached] = field(default_factory=list)
    broken: bool = False


def read(job: Job) -> None:
    """Reads one message; attachments are children, and messages in it as TNEF of their own."""
    job.source.seek(0)
    data = job.source.read()
    if not data.startswith(_MAGIC):
        raise Stop(Status.FAILED, "It does not start as a TNEF file does.")
    found = _Found(Item(Properties()))
    for level, number, body, whole in _attributes(data):
        job.beat()
        found.broken = found.broken or not whole
        _take(found, level, number, body)
    try:
        outlook.show(job, found.item)
    except Exception:
        # a limit on the text, or a fault in it, is no reason to lose the attachments
        _children(job, found.attached)
        raise
    _children(job, found.attached)
    if found.broken:
        job.gap("broken", "It breaks off, or bytes of it are damaged.")


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes, bool]]:
    """Level, number and bytes of each attribute, and whether they are as they were written."""
    at = 6
    while at + 9 <= len(data):
        level, number, _, size = struct.unpack_from("<BHHI", data, at)
        if level not in (1, _ATTACHMENT):
            yield 0, 0, b"", False
            return
        body = data[at + 9 : at + 9 + size]
        stated = data[at + 9 + size : at + 11 + size]
        at += 11 + size
        yield level, number, body, stated == struct.pack("<H", sum(body) & 0xFFFF)
    if data[at:].strip(b"\0"):
        yield 0, 0, b"", False


def _take(found: _Found, level: int, number: int, body: bytes) -> None:
    if number == 0x9007:
        page = int.from_bytes(body[:4], "little")
        found.item.properties = Properties(mapi.codec_of(page))
    elif level == _ATTACHMENT:
        _attachment(found, number, body)
    elif number == 0x9003:
        found.broken |= not _fill(found.item.properties, _Reader(body))
    elif number == 0x9004:
        found.broken |= not _recipients(found.item, _Reader(body))
    elif number == 0x8000:
        _sender(found.item.properties, body)
    elif number in _OLD:
        value = _date(body) if number in _DATES else body.rstrip(b"\0")
        found.item.properties.put(_OLD[number], value)


def _attachment(found: _Found, number: int, body: bytes) -> None:
    if number == 0x9002:
        found.attached.append(_Attached(Properties(found.item.properties.code_page)))
        return
    if not found.attached:
        found.broken = True
        return
    last = found.attached[-1]
    if number == 0x800F:
        last.data = body
    elif number == 0x8010:
        last.properties.put(0x3704, body.rstrip(b"\0"))
    elif number == 0x9005:
        found.broken |= not _fill(last.properties, _Reader(body))


class _Reader:
    """Fields of fixed and of stated size, one after the other. Raises struct.error at the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self) -> int:
        value = int(struct.unpack_from("<I", self.data, self.at)[0])
        self.at += 4
        return value

    def take(self, size: int) -> bytes:
        if self.at + size > len(self.data):
            raise struct.error
        self.at += size
        return self.data[self.at - size : self.at]

    def padded(self) -> bytes:
        size = self.number()
        data = self.take(size)
        self.at += -size % 4
        return data


def _fill(props: Properties, reader: _Reader) -> bool:
    """Reads a list of properties; False where it breaks off."""
    try:
        for _ in range(min(reader.number(), _MAX_VALUES)):
            _property(props, reader)
    except struct.error:
        return False
    return True


def _property(props: Properties, reader: _Reader) -> None:
    kind, number = struct.unpack("<HH", reader.take(4))
    name = _name(reader) if number >= 0x8000 else None
    many = bool(kind & 0x1000)
    kind &= 0xEFFF
    count = reader.number() if many or kind in _STREAMED else 1
    value: Value | None = None
    for at in range(min(count, _MAX_VALUES)):
        data = reader.padded() if kind in _STREAMED else reader.take(_size(kind))
        value = value_of(kind, data) if at == 0 else _joined(props, value, value_of(kind, data))
    if name is None:
        props.put(number, value)
    elif value is not None:
        props.named.setdefault(name, value)


def _size(kind: int) -> int:
    if kind == 0x48:
        return 16
    if kind not in _SIZES:
        # of a type whose size is not known, what follows cannot be found
        raise struct.error
    return _SIZES[kind]


def _joined(props: Properties, value: Value | None, more: Value | None) -> Value | None:
    said = [text for text in (props.spell(value), props.spell(more)) if text]
    return "; ".join(said) if said else value


def _name(reader: _Reader) -> int | str:
    uuid.UUID(bytes_le=reader.take(16))
    if reader.number() == 0:
        return reader.number()
    return reader.padded().decode("utf-16-le", "replace").rstrip("\0")


def _recipients(item: Item, reader: _Reader) -> bool:
    try:
        for _ in range(min(reader.number(), _MAX_VALUES)):
            props = Properties(item.properties.code_page)
            item.recipients.append(props)
            if not _fill(props, reader):
                return False
    except struct.error:
        return False
    return True


def _sender(props: Properties, body: bytes) -> None:
    """Name and address, each with its length, behind the lengths of both."""
    if len(body) < 8:
        return
    name_size, address_size = struct.unpack_from("<HH", body, 4)
    props.put(0x0C1A, body[8 : 8 + name_size].rstrip(b"\0"))
    address = body[8 + name_size : 8 + name_size + address_size].rstrip(b"\0")
    props.put(0x0C1F, address.partition(b":")[2] or address)


def _date(body: bytes) -> datetime | None:
    """Year, month, day, hour, minute, second, taken as UTC."""
    try:
        year, month, day, hour, minute, second = struct.unpack_from("<6H", body)
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (struct.error, ValueError):
        return None


def _children(job: Job, attached: list[_Attached]) -> None:
    budget = Budget(job, job.size)
    for count, one in enumerate(attached, 1):
        if not job.may_have_children():
            return
        name = msg.attachment_name(one.properties) or f"attachment {count}"
        held = one.properties.data(mapi.ATTACHED)
        media_type = one.properties.text(0x370E)
        # an item or an object stands behind the number of the interface that opens it
        if held[16:20] == _MAGIC:
            held, media_type, name = held[16:], "application/vnd.ms-tnef", f"{name}.tnef"
        elif one.properties.number(mapi.ATTACH_METHOD) == 6 and len(held) > 16:
            held = held[16:]
        data = one.data or held
        try:
            budget.charge(len(data))
        except Overflow as overflow:
            raise Stop(Status.LIMIT, overflow.reason) from overflow
        job.whole(ChildHead(name, msg.relation(one.properties), media_type, str(count)), data)
