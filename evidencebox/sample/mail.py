"""Messages with line feeds and short headers: every reader cuts the same bytes out of them."""

from __future__ import annotations

import base64
import hashlib
import quopri
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header

from evidencebox.sample.archive import asctime
from evidencebox.sample.names import CITY_DOMAIN
from evidencebox.sample.truth import Item, PageTruth

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "png": "image/png",
    "tif": "image/tiff",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "eml": "message/rfc822",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody in a header; `badge` where he is on the roster."""

    name: str
    email: str
    badge: str = ""


@dataclass(slots=True)
class Message:
    """A message to be written; `html` in place of `text`, or beside it as an alternative.

    `truth` is what its own text says; officers in the headers are added when it is written.
    `earlier` is what stands below the text: a quoted or a forwarded message.
    """

    sender: Address
    to: Sequence[Address]
    subject: str
    when: datetime
    text: str = ""
    html: str = ""
    cc: Sequence[Address] = ()
    truth: PageTruth = field(default_factory=PageTruth)
    earlier: str = ""
    earlier_truth: PageTruth = field(default_factory=PageTruth)
    attachments: Sequence[Item] = ()
    parent: Message | None = None
    encoding: str = "8bit"
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def message_id(self) -> str:
        seed = f"{self.sender.email}|{self.subject}|{self.when}|{self.text[:200]}"
        return f"<{hashlib.sha256(seed.encode()).hexdigest()[:20]}@{CITY_DOMAIN}>"

    @property
    def references(self) -> list[str]:
        return [*self.parent.references, self.parent.message_id] if self.parent else []


def mail_item(message: Message, name: str = "") -> Item:
    """The message as an item, its attachments as the items inside it."""
    data = f"{_head(message)}{_body(message)}".encode()
    return Item(
        name or f"{message.when:%Y%m%d-%H%M}-{_slug(message.subject)}.eml",
        data,
        message.when,
        pages=[_page_truth(message)],
        children=list(message.attachments),
    )


def _page_truth(message: Message) -> PageTruth:
    truth = _text_truth(message)
    truth.merge(message.earlier_truth)
    return truth


def _text_truth(message: Message) -> PageTruth:
    """What the headers and the message's own text say, without what stands below."""
    truth = PageTruth()
    for address in (message.sender, *message.to, *message.cc):
        if address.badge:
            truth.mention(address.badge, address.name)
    truth.merge(message.truth)
    return truth


def reply(message: Message, text: str, sender: Address, when: datetime) -> Message:
    """An answer to all that quotes the message's own text, and so says what that says.

    Threads quote one step back, or their pages grow too long to stay one page.
    """
    subject = message.subject if message.subject.startswith("Re: ") else f"Re: {message.subject}"
    lines = "\n".join(f"> {line}".rstrip() for line in message.text.rstrip().split("\n"))
    truth = PageTruth()
    truth.merge(message.truth)
    others = [address for address in (message.sender, *message.to) if address != sender]
    return Message(
        sender=sender,
        to=others[:4],
        subject=subject,
        when=when,
        text=text,
        earlier=f"\nOn {asctime(message.when)}, {message.sender.name} wrote:\n{lines}\n",
        earlier_truth=truth,
        parent=message,
    )


def forward(message: Message, text: str, sender: Address, to: Address, when: datetime) -> Message:
    """The message passed on below a few words, with its own headers and text."""
    names = ", ".join(address.name for address in message.to)
    return Message(
        sender=sender,
        to=[to],
        subject=f"Fwd: {message.subject}",
        when=when,
        text=text,
        earlier=(
            f"\n-------- Forwarded message --------\nFrom: {message.sender.name}\nTo: {names}\n"
            f"Subject: {message.subject}\n\n{message.text}"
        ),
        earlier_truth=_text_truth(message),
    )


def _slug(subject: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in subject.lower())
    return "-".join(part for part in kept.split("-") if part)[:40]


def _address(address: Address) -> str:
    if not address.name:
        return address.email
    if not address.name.isascii():
        return f"{Header(address.name, 'utf-8').encode()} <{address.email}>"
    return f'"{address.name}" <{address.email}>'


def _head(message: Message) -> str:
    rows = [("From", _address(message.sender))]
    rows.append(("To", ",\n ".join(map(_address, message.to))))
    if message.cc:
        rows.append(("Cc", ",\n ".join(map(_address, message.cc))))
    subject = message.subject
    rows.append(("Subject", subject if subject.isascii() else Header(subject, "utf-8").encode()))
    day = asctime(message.when)
    clock = f"{message.when.year} {message.when:%H:%M:%S} -0500"
    date = f"{day[:3]}, {message.when.day} {day[4:7]} {clock}"
    rows += [("Date", date), ("Message-ID", message.message_id)]
    if message.parent:
        rows.append(("In-Reply-To", message.parent.message_id))
        rows.append(("References", "\n ".join(message.references)))
    rows += [*message.headers, ("MIME-Version", "1.0")]
    return "".join(f"{key}: {value}\n" for key, value in rows)


def _body(message: Message) -> str:
    text = _text_part(message)
    if not message.attachments:
        return text
    boundary = "=_" + hashlib.sha256(message.message_id.encode()).hexdigest()[:24]
    parts = [text, *(_attachment_part(item) for item in message.attachments)]
    inner = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/mixed;\n boundary="{boundary}"\n\n{inner}--{boundary}--\n'


def _text_part(message: Message) -> str:
    text = message.text + message.earlier
    if not (message.text and message.html):
        kind = "html" if message.html else "plain"
        return _leaf(kind, message.html or text, message.encoding)
    boundary = "=_alt" + hashlib.sha256(message.message_id.encode()).hexdigest()[:20]
    plain = _leaf("plain", text, message.encoding)
    rich = _leaf("html", message.html, message.encoding)
    return (
        f'Content-Type: multipart/alternative;\n boundary="{boundary}"\n\n'
        f"--{boundary}\n{plain}\n--{boundary}\n{rich}\n--{boundary}--\n"
    )


def _leaf(kind: str, text: str, encoding: str) -> str:
    data = text.encode()
    if encoding == "base64":
        body = base64.encodebytes(data).decode("ascii")
    elif encoding == "quoted-printable":
        body = quopri.encodestring(data).decode("ascii")
    else:
        body = text
    return (
        f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}"
    )


def _attachment_part(item: Item) -> str:
    media = _MEDIA_TYPES.get(item.name.rsplit(".", 1)[-1].lower(), "application/octet-stream")
    if media == "message/rfc822":
        return f"Content-Type: {media}\nContent-Disposition: attachment\n\n{item.data.decode()}"
    name = item.name if item.name.isascii() else Header(item.name, "utf-8").encode()
    body = base64.encodebytes(item.data).decode("ascii")
    return (
        f'Content-Type: {media};\n name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment;\n filename="{name}"\n\n{body}'
    )
