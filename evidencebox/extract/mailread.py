"""E-mail: page 1 opens with the header block; text parts are pages, everything else a child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from evidencebox.extract import mime
from evidencebox.extract.bodies import adds, without_conditions
from evidencebox.extract.flow import Flow
from evidencebox.extract.headerpage import other_headers
from evidencebox.extract.headers import Headers, addresses, as_text, b64, iso_date, received
from evidencebox.extract.htmltext import html_text, into_flow
from evidencebox.extract.inline import Inline, joined, taken_out
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.mime import Part
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_SHOWN: Final = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
_SHOWN_KEYS: Final = frozenset(name.lower() for name in _SHOWN)
_PEOPLE: Final = ("from", "to", "cc", "bcc", "reply-to", "sender")
_PLAIN: Final = ("text/plain", "text", "text/enriched", "text/richtext")
_REPORTS: Final = ("message/delivery-status", "text/rfc822-headers")
_CONVERSATION: Final = 22  # the bytes of Outlook's mark that all answers share
_LOCKED: Final = ("enveloped-data", "authenveloped-data")
_MAX_OUTSIDE: Final = 1_000
_LONGEST_OUTSIDE: Final = 1 << 22


def read(job: Job) -> None:
    """Reads one message; embedded messages and attachments are children with their own bytes."""
    job.unbound_pages()
    root, flaw = mime.scan(job.source, job.size, job.limits.header_bytes, job.beat)
    if flaw:
        job.gap("nesting", flaw)
    _metadata(job, root.headers)
    flow = Flow(job)
    _header_block(flow, root.headers)
    if root.media_type == "multipart/encrypted" or _enciphered(root.headers):
        flow.close()
        other_headers(job, root.headers, _SHOWN_KEYS)
        _children(job, list(_leaves(root)), [])
        raise Stop(Status.ENCRYPTED, "The message is encrypted; only its headers were read.")
    leaves = list(_leaves(root))
    bodies = _bodies(leaves)
    chosen = {id(part) for part in bodies}
    others = [part for part in leaves if id(part) not in chosen]
    files: list[Inline] = []
    try:
        _pages(job, flow, bodies, files)
        _outside(job, root)
        other_headers(job, root.headers, _SHOWN_KEYS)
    except Exception:
        # a limit on the text, or a fault in it, is no reason to lose the attachments
        _children(job, others, files)
        raise
    _children(job, others, files)


def _enciphered(headers: Headers) -> bool:
    """Whether the message is enciphered by S/MIME; what is only signed by it can be read."""
    stated = headers.parameters("content-type").get("smime-type", "").lower()
    return headers.media_type.endswith("pkcs7-mime") and stated in _LOCKED


def _metadata(job: Job, headers: Headers) -> None:
    for key in ("subject", "message-id"):
        job.meta(key.replace("-", "_"), headers.text(key))
    for key in _PEOPLE:
        for line in headers.every(key):
            for address in addresses(line):
                job.meta(key.replace("-", "_"), address)
    for key in ("in-reply-to", "references"):
        for value in re.findall(r"<[^<>\s]{1,998}>", headers.text(key)):
            job.meta(key.replace("-", "_"), value)
    date = headers.text("date")
    job.meta("date", iso_date(date))
    job.meta("date_original", date)
    job.meta("received", received(headers))
    job.meta("conversation", b64(headers.raw("thread-index"))[:_CONVERSATION].hex())
    job.meta("mailer", headers.text("x-mailer") or headers.text("user-agent"))


def _header_block(flow: Flow, headers: Headers) -> None:
    for name in _SHOWN:
        for value in headers.every(name.lower()):
            flow.add(f"{name}: {' '.join(value.split())}\n", "mail_header")
    for key, line in headers.fields:
        if not key:
            # a line among the headers that is none: no reader of mail shows it
            flow.add(f"{as_text(line, 'utf-8')}\n", "hidden")
    flow.add("\n")


def _leaves(root: Part) -> Iterator[Part]:
    """The parts that hold content, in order. A multipart in which no part was found is a leaf."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.children:
            waiting.extend(reversed(part.children))
        else:
            yield part


def _bodies(leaves: list[Part]) -> list[Part]:
    return [part for index, part in enumerate(leaves) if _is_body(part, index == 0)]


def _is_body(part: Part, first: bool) -> bool:
    kind = part.media_type
    if part.headers.disposition == "attachment":
        return False
    if kind.startswith("multipart/"):
        return True
    if kind not in (*_PLAIN, *_REPORTS, "text/html"):
        return False
    return first or not part.headers.filename


def _pages(job: Job, flow: Flow, bodies: list[Part], files: list[Inline]) -> None:
    started = False
    plain_of: dict[int, str] = {}
    for part in bodies:
        text = _decoded(job, part, files)
        is_html = part.media_type == "text/html"
        siblings = id(part.parent)
        if is_html and not _adds(text, plain_of.get(siblings, "")):
            continue
        if started:
            flow.page_break(f"part {part.number}")
        started = True
        if is_html:
            into_flow(text, flow)
        else:
            flow.add(text)
            if part.parent and part.parent.media_type == "multipart/alternative":
                plain_of[siblings] = plain_of.get(siblings, "") + text
    flow.close()


def _outside(job: Job, root: Part) -> None:
    """What stands before, between and after the parts: list footers, or what someone hid there."""
    flow = Flow(job, "outside the parts")
    for start, end in root.outside[:_MAX_OUTSIDE]:
        part = Part(Headers(()), start, min(end, start + _LONGEST_OUTSIDE), "", None)
        text = as_text(b"".join(mime.body_bytes(job.source, part)), "utf-8")
        if text.strip() and not (len(text) < 300 and "MIME" in text.upper()):
            flow.newline()
            flow.add(text, "hidden")
    flow.close()


def _decoded(job: Job, part: Part, files: list[Inline]) -> str:
    """A part's text, its paragraphs whole; files that stand in it are put to `files`."""
    data = b"".join(mime.body_bytes(job.source, part))
    job.beat()
    stated = part.headers.parameters("content-type")
    charset = stated.get("charset", "")
    if part.media_type in _PLAIN:
        data, found = taken_out(data)
        files += found
        text = as_text(data, charset or "utf-8")
        if stated.get("format", "").lower() == "flowed":
            return joined(text, delete_space=stated.get("delsp", "").lower() == "yes")
        return text
    if part.media_type == "text/html" and not charset:
        from evidencebox.extract.htmltext import declared_charset

        charset = declared_charset(data)
    return as_text(data, charset) if charset else as_text(data, "utf-8")


def _adds(html: str, plain: str) -> bool:
    """Whether the HTML twin of a plain text says more than a tenth more words than it."""
    if not plain.strip():
        return True
    return adds(html_text(without_conditions(html)), plain)


def _children(job: Job, parts: list[Part], files: list[Inline]) -> None:
    for part in parts:
        if part.end <= part.start and not part.headers.filename:
            continue
        if not job.may_have_children():
            return
        head = ChildHead(_name(job, part), _relation(part), _typed(part), part.number)
        with job.child(head) as writer:
            for piece in mime.body_bytes(job.source, part):
                writer.write(piece)
    for count, file in enumerate(files, 1):
        job.whole(ChildHead(file.name or f"inline {count}", "attachment"), file.data)


def _typed(part: Part) -> str:
    """The media type with its charset, which the child's reader will ask for."""
    charset = part.headers.parameters("content-type").get("charset", "")
    return f'{part.media_type}; charset="{charset}"' if charset else part.media_type


def _relation(part: Part) -> str:
    if not part.media_type.startswith("image/"):
        return "attachment"
    related = part.parent is not None and part.parent.media_type == "multipart/related"
    inline = part.headers.disposition == "inline" or bool(part.headers.raw("content-id"))
    plain = part.headers.disposition == "attachment"
    return "embedded" if (related or inline) and not plain else "attachment"


def _name(job: Job, part: Part) -> str:
    """The sender's file name, an embedded message's subject, or the part's number."""
    if name := part.headers.filename:
        return name
    if part.media_type == "message/rfc822":
        window = mime.Window(job.source, part.end)
        inner, _ = mime.read_headers(window, part.start, job.limits.header_bytes)
        return f"{inner.text('subject')[:120] or 'message ' + part.number}.eml"
    return f"part {part.number}"
