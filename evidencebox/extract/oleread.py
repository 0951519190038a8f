"""OLE documents of no known program, and what is common to the known ones: metadata, macros,
embedded objects, and strings where nothing better can be had."""

from __future__ import annotations

from typing import Final, NoReturn

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import Unlocked, protected
from evidencebox.extract.officecrypt import EXCELS_OWN, UnknownCipherError, lock_of
from evidencebox.extract.ole import Container, DamagedError, Entry
from evidencebox.extract.oleembed import embed, native
from evidencebox.extract.olemacros import macros
from evidencebox.extract.oleprops import properties
from evidencebox.extract.olestrings import runs
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_MAX_BYTES: Final = 64 << 20
_MAX_CHARS: Final = 1_000_000
_CHUNK: Final = 1 << 20
_MAIN: Final = frozenset(
    ["worddocument", "workbook", "book", "powerpoint document", "\x01ole10native", "package",
     "contents", "embeddedodf", "visiodocument", "__properties_version1.0", "equation native",
     "\x01compobj"]
)  # fmt: skip
_FILES: Final = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04", b"GIF8", b"{\\rtf",
                 b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"II*\0", b"MM\0*")  # fmt: skip

_PLAIN: Final = ("PROJECT", "PROJECTwm")


def opened(job: Job) -> Container:
    """The document's container. Where its tables are broken, strings are taken and `Stop` ends it.

    An encrypted Office document is a container with the document in one stream: where a password
    opens it, `Unlocked` has what is to be read in its place.
    """
    try:
        holder = Container(job)
    except DamagedError:
        give_up(job, f"The {job.kind.label} document's container is too damaged to be opened")
    if holder.has("EncryptedPackage"):
        raise Unlocked(_package(job, holder))
    if holder.has("\x06DataSpaces"):
        properties(job, holder)
        raise Stop(Status.ENCRYPTED, "The Office document is protected by rights management.")
    return holder


def _package(job: Job, holder: Container) -> bytes:
    """The document that a password locks. Raises Stop where none that is known opens it."""
    try:
        lock = lock_of(holder.stream("EncryptionInfo"), job.beat)
    except UnknownCipherError:
        reason = "The Office document is encrypted in a way for which a password does not do."
        raise Stop(Status.ENCRYPTED, reason) from None
    key = lock.key(EXCELS_OWN)
    if key is not None:
        job.warn("protected", "The workbook is enciphered with a password that every Excel knows.")
    else:
        key = job.keys.find(lock.key)
    if key is None:
        raise Stop(Status.ENCRYPTED, protected("The Office document", job.keys))
    package = holder.stream("EncryptedPackage")
    if len(package) < 8:
        raise Stop(Status.FAILED, "The encrypted Office document is cut off.")
    return lock.plain(key, package)


def give_up(job: Job, reason: str) -> NoReturn:
    """Ends a document that cannot be read; its readable strings are taken at least."""
    if _strings_of_file(job):
        raise Stop(Status.PARTIAL, f"{reason}; readable strings were taken from it.")
    raise Stop(Status.FAILED, f"{reason}.")


def rescue(job: Job, holder: Container, doubt: bool = False) -> None:
    """Takes the strings of a file in which no text was found, where that is not to be believed."""
    empty = not job.has_text and (doubt or job.gaps or not holder.entries)
    if empty and _strings_of_file(job):
        job.gap("strings", "The document is damaged: only readable strings were found in it.")


def _strings_of_file(job: Job) -> int:
    """Hands over a page of strings; how many characters there were."""
    flow = Flow(job, "strings")
    job.source.seek(0)
    taken = 0
    for _ in range(_MAX_BYTES // _CHUNK):
        chunk = job.source.read(_CHUNK)
        if not chunk or taken > _MAX_CHARS:
            break
        taken += _strings(chunk, flow)
        job.beat()
    flow.close()
    return taken


def _strings(data: bytes, flow: Flow) -> int:
    taken = 0
    for text in runs(data):
        if text == "Root Entry":
            # every container says so of itself
            continue
        flow.add(text + "\n")
        taken += len(text)
    return taken


def beside(job: Job, holder: Container) -> dict[str, str]:
    """What every Office document may hold beside its text: metadata, and macros on pages.

    Gives the metadata.
    """
    found = properties(job, holder)
    flow = Flow(job, "macros")
    for name, source in macros(job, holder):
        flow.newline()
        flow.add(f"{name}\n", "note")
        flow.add(source)
    flow.close()
    return found


def objects(job: Job, holder: Container, start: str) -> None:
    """The objects in storages of the root whose names start so."""
    for entry in holder.kids():
        if entry.storage and entry.name.lower().startswith(start.lower()):
            embed(job, holder, entry)


def read(job: Job) -> None:
    """Metadata, macros, embedded documents as children; of every other stream its strings."""
    holder = opened(job)
    beside(job, holder)
    done: set[tuple[str, ...]] = set()
    unread = False
    taken = 0
    for entry in holder.entries:
        if any(entry.path[:depth] in done for depth in range(len(entry.path))) or _is_said(entry):
            continue
        if entry.storage:
            if _is_object(holder, entry):
                done.add(entry.path)
                embed(job, holder, entry)
            continue
        if taken < _MAX_CHARS:
            unread = unread or not (entry.name < " " or entry.name in _PLAIN)
            taken += _stream(job, holder, entry)
    if unread:
        reason = "Only readable strings and what is embedded were taken from it."
        job.gap("strings", reason, Status.UNSUPPORTED)
    if not job.children:
        rescue(job, holder, doubt=True)


def _is_said(entry: Entry) -> bool:
    """Whether the stream is read elsewhere or says nothing."""
    in_macros = any(name.upper() == "VBA" for name in entry.path)
    return entry.name.startswith("\x05") or entry.name.startswith("\x01Comp") or in_macros


def _is_object(holder: Container, entry: Entry) -> bool:
    return any(kid.name.lower() in _MAIN for kid in holder.kids(*entry.path))


def _stream(job: Job, holder: Container, entry: Entry) -> int:
    """A stream that is a file becomes a child; of any other the strings are a page."""
    data = holder.stream(*entry.path)
    if entry.name == "\x01Ole10Native" and (found := native(data)):
        head = ChildHead(found.name or "object.bin", "embedded", "", found.source)
        job.whole(head, found.data)
        return 0
    if data.startswith(_FILES):
        job.whole(ChildHead(entry.name, "embedded", "", "/".join(entry.path)), data)
        return 0
    flow = Flow(job, "/".join(entry.path))
    taken = _strings(data[:_MAX_BYTES], flow)
    flow.close()
    return taken
