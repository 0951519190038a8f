"""Outlook's MSG: one message, or any other item, in an OLE container."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any, Final

from evidencebox.extract import mapi, outlook
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.mapi import Properties
from evidencebox.extract.ole import Container, DamagedError
from evidencebox.extract.olewrite import pieces
from evidencebox.extract.outlook import Item
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_STREAM: Final = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(-[0-9A-F]{8})?\Z", re.I)
_TABLE: Final = "__properties_version1.0"
_NAMES: Final = "__nameid_version1.0"
_INNER: Final = "__substg1.0_3701000d"
_DATA: Final = "__substg1.0_3701"
_LOCKED: Final = ("ipm.note.smime", "ipm.note.secure", "ipm.note.rpmsg.microsoft")
_SIGNED: Final = bytes.fromhex("06092a864886f70d010702")
_MESSAGE_ID: Final = bytes.fromhex("0b0d020000000000c000000000000046")
_TOP, _EMBEDDED, _PART = 32, 24, 8


class Folder:
    """A storage of the container: its streams, and the storages in it, by lower-case name."""

    def __init__(self, container: Container, path: tuple[str, ...] = ()) -> None:
        self.path = path
        self.streams: dict[str, str] = {}
        self.folders: dict[str, Folder] = {}
        self._container = container

    def read(self, name: str) -> bytes:
        """A stream's bytes, b"" where there is none."""
        own = self.streams.get(name.lower())
        return self._container.stream(*self.path, own) if own else b""

    def starting(self, prefix: str) -> Iterator[Folder]:
        return (self.folders[name] for name in sorted(self.folders) if name.startswith(prefix))

    def tree(self) -> dict[str, Any]:
        """All it holds, as it is written into a container of its own."""
        found: dict[str, Any] = {name: self.read(key) for key, name in self.streams.items()}
        return found | {folder.path[-1]: folder.tree() for folder in self.folders.values()}


def folders(container: Container) -> Folder:
    """The root, with all storages below it, in one pass over the directory."""
    root = Folder(container)
    known: dict[tuple[str, ...], Folder] = {(): root}
    for entry in sorted(container.entries, key=lambda entry: len(entry.path)):
        above = known.get(tuple(name.lower() for name in entry.path[:-1]))
        if above is None:
            continue
        if entry.storage:
            inner = Folder(container, entry.path)
            known[tuple(name.lower() for name in entry.path)] = inner
            above.folders[entry.name.lower()] = inner
        else:
            above.streams[entry.name.lower()] = entry.name
    return root


def read(job: Job) -> None:
    """Reads one item; attachments are children, and so are messages inside it, made to stand
    alone."""
    try:
        root = folders(Container(job))
    except DamagedError as error:
        raise Stop(Status.FAILED, "Its container is damaged: nothing could be read.") from error
    top = properties(root, _TOP, "")
    for number, key in _named(root).items():
        if (value := top.value(number)) is not None:
            top.named[key] = value
    tables = root.starting("__recip_version1.0_")
    item = Item(top, [properties(folder, _PART, top.code_page) for folder in tables])
    try:
        outlook.show(job, item)
    except Exception:
        # a limit on the text, or a fault in it, is no reason to lose the attachments
        _attachments(job, root, top.code_page)
        raise
    _attachments(job, root, top.code_page)
    if _locked(top, root):
        job.gap("encrypted", "The message is encrypted; its headers were read.", Status.ENCRYPTED)


def _locked(props: Properties, root: Folder) -> bool:
    """Whether its text is in an attachment that only a key or a rights server opens.

    What is only signed has the same class: the attachment's first bytes tell.
    """
    if props.text(mapi.CLASS).lower() not in _LOCKED or props.text(mapi.BODY).strip():
        return False
    first = next(root.starting("__attach_version1.0_"), None)
    stream = _data_stream(first) if first else ""
    return not (first and stream and _SIGNED in first.read(stream)[:40])


def _data_stream(folder: Folder) -> str:
    return next((name for name in folder.streams if name.startswith(_DATA)), "")


def properties(folder: Folder, header: int, code_page: str) -> Properties:
    """All properties of a storage: the long ones in streams of their own, the short in a table."""
    found = Properties(code_page)
    for name in sorted(folder.streams):
        match = _STREAM.match(name)
        number = int(match.group(1), 16) if match else 0
        if match and number != mapi.ATTACHED:
            kind = int(match.group(2), 16)
            value = mapi.value_of(kind & 0xEFFF if match.group(3) else kind, folder.read(name))
            if match.group(3):
                found.add(number, value)
            else:
                found.put(number, value)
    table = folder.read(_TABLE)[header:]
    for kind, number, value in struct.iter_unpack("<HH4x8s", table[: len(table) // 16 * 16]):
        # long values have their length here, and their bytes in a stream
        if kind & 0x1000 == 0 and kind not in (0x000D, 0x001E, 0x001F, 0x0048, 0x0102):
            found.put(number, mapi.value_of(kind, value))
    return found


def _named(root: Folder) -> dict[int, int | str]:
    """The numbers above 0x8000 that stand for names: each with its own number or text."""
    folder = root.folders.get(_NAMES)
    if folder is None:
        return {}
    rows = folder.read("__substg1.0_00030102")
    texts = folder.read("__substg1.0_00040102")
    found: dict[int, int | str] = {}
    for key, flags, index in struct.iter_unpack("<IHH", rows[: len(rows) // 8 * 8]):
        found[0x8000 + index] = _name_at(texts, key) if flags & 1 else key
    return found


def _name_at(texts: bytes, offset: int) -> str:
    length = int.from_bytes(texts[offset : offset + 4], "little")
    return texts[offset + 4 : offset + 4 + length].decode("utf-16-le", "replace")


def _attachments(job: Job, root: Folder, code_page: str) -> None:
    missing = 0
    for count, folder in enumerate(root.starting("__attach_version1.0_"), 1):
        if not job.may_have_children():
            return
        props = properties(folder, _PART, code_page)
        inner = folder.folders.get(_INNER)
        if inner is not None:
            _storage(job, root, inner, attachment_name(props), count)
        else:
            missing += not _file(job, folder, props, count)
    if missing:
        job.gap("attachment", f"{missing} of its attachments have no bytes here.")


def _file(job: Job, folder: Folder, props: Properties, count: int) -> bool:
    """Emits an attached file; False if there is nothing of it."""
    stream = _data_stream(folder)
    name = attachment_name(props)
    if stream:
        label = name or f"attachment {count}"
        media_type = props.text(0x370E)
        # a signed message's own text is attached as it was sent, headers and all
        media_type = "message/rfc822" if media_type.startswith("multipart/") else media_type
        head = ChildHead(label, relation(props), media_type, str(count))
        job.whole(head, folder.read(stream))
    elif props.text(0x370D, 0x3708) or props.number(mapi.ATTACH_METHOD) in (2, 3, 4, 7):
        job.warn("link", f"Attachment {count} is only a reference to a file elsewhere.")
        return True
    return bool(stream)


def _storage(job: Job, root: Folder, inner: Folder, name: str, count: int) -> None:
    """A message or an OLE object that is a storage: its streams in a container of their own."""
    tree = inner.tree()
    message = next((own for own in tree if own.lower() == _TABLE), "")
    if message:
        # a message that stands alone has eight more bytes before its table, and names of its own
        table = tree[message]
        tree[message] = table[:_EMBEDDED] + bytes(_TOP - _EMBEDDED) + table[_EMBEDDED:]
        if _NAMES in root.folders:
            tree.setdefault(_NAMES, root.folders[_NAMES].tree())
    ending = ".msg" if message and not name.lower().endswith(".msg") else ""
    label = (name or f"{'message' if message else 'object'} {count}") + ending
    media_type = "application/vnd.ms-outlook" if message else "application/x-ole-storage"
    with job.child(ChildHead(label, "attachment", media_type, str(count))) as writer:
        for piece in pieces(tree, _MESSAGE_ID if message else bytes(16)):
            writer.write(piece)


def attachment_name(props: Properties) -> str:
    """The long file name, else the short one, else what it is displayed as."""
    name = props.text(0x3707, 0x3704, 0x3001)
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip()


def relation(props: Properties) -> str:
    """A picture that the body shows is embedded; all else is attached."""
    hidden = props.value(0x7FFE) is True or bool(props.text(0x3712))
    picture = props.text(0x370E).startswith("image/")
    return "embedded" if hidden and picture else "attachment"
