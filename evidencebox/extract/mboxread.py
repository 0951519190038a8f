"""Mailboxes: a page that lists the messages, and every message a child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.headers import decoded
from evidencebox.extract.job import Job
from evidencebox.extract.snifftext import FROM_LINE
from evidencebox.model.extraction import ChildHead

_QUOTED: Final = re.compile(rb"^>(>*From )", re.M)
_SUBJECT: Final = re.compile(rb"^subject:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*){0,20})", re.I | re.M)
_CHUNK: Final = 1 << 20


def read(job: Job) -> None:
    """Streams the mailbox: each message goes to its child as it is found, unquoted."""
    job.unbound_pages()
    flow = Flow(job, "messages")
    count = 0
    emit = job.may_have_children()
    for message in _messages(job.source):
        count += 1
        first = next(message)
        subject = _subject(first)
        flow.add(f"{count}\t{subject}\n")
        name = f"message {count}" + (f" {_label(subject)}" if subject else "")
        if emit:
            with job.child(ChildHead(name, "message", "message/rfc822", str(count))) as writer:
                writer.write(first)
                for piece in message:
                    writer.write(piece)
        else:
            for _ in message:
                job.beat()
    flow.close()
    job.meta("messages", str(count))


def _subject(first: bytes) -> str:
    block = re.split(rb"\r?\n\r?\n", first[:65_536], maxsplit=1)[0]
    found = _SUBJECT.search(block)
    return " ".join(decoded(re.sub(rb"[\r\n]+", b"", found.group(1))).split()) if found else ""


def _label(subject: str) -> str:
    return re.sub(r"[/\\\x00-\x1f]+", " ", subject)[:100].strip()


def _blocks(source: BinaryIO) -> Iterator[list[bytes]]:
    """The lines of the source, a megabyte at a time."""
    source.seek(0)
    rest = b""
    while chunk := source.read(_CHUNK):
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        if lines:
            yield [line + b"\n" for line in lines]
        elif len(rest) > 8 * _CHUNK:
            yield [rest]
            rest = b""
    if rest:
        yield [rest]


def _events(source: BinaryIO) -> Iterator[bytes | None]:
    """None before each message, then its bytes in pieces.

    The blank line before the next `From ` line, or the end, belongs to the mailbox.
    """
    blank = b"\n"
    first = True
    for lines in _blocks(source):
        held: list[bytes] = []
        for line in lines:
            if blank and line[:5] == b"From " and FROM_LINE.match(line.rstrip(b"\r\n") + b"\n"):
                if held:
                    yield _unquoted(held)
                held, blank, first = [], b"", False
                yield None
                continue
            if blank and not first:
                held.append(blank)
            blank = line if line in (b"\n", b"\r\n") else b""
            if not blank:
                held.append(line)
        if held:
            yield _unquoted(held)


def _unquoted(lines: list[bytes]) -> bytes:
    return _QUOTED.sub(rb"\1", b"".join(lines))


def _messages(source: BinaryIO) -> Iterator[Iterator[bytes]]:
    """One iterator of pieces for each message; it must be used up before the next."""
    events = _events(source)
    for event in events:
        if event is None:
            break
    else:
        return
    more = True

    def pieces() -> Iterator[bytes]:
        nonlocal more
        first = True
        for event in events:
            if event is None:
                if first:
                    yield b""
                return
            first = False
            yield event
        more = False
        if first:
            yield b""

    while more:
        yield pieces()
