"""An item of Outlook as people read it: headers, body, fields of appointments and people."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from evidencebox.extract import mapi, mime, rtflzfu
from evidencebox.extract.bodies import adds, without_conditions
from evidencebox.extract.flow import Flow
from evidencebox.extract.headerpage import other_headers
from evidencebox.extract.headers import Headers, as_text, iso_date, received
from evidencebox.extract.htmltext import declared_charset, html_text, into_flow
from evidencebox.extract.job import Job
from evidencebox.extract.mapi import Properties
from evidencebox.extract.rtf import RtfText, rtf_text
from evidencebox.model.extraction import ChildHead

_KINDS: Final = {1: "To", 2: "Cc", 3: "Bcc"}
_DISPLAYED: Final = {"To": 0x0E04, "Cc": 0x0E03, "Bcc": 0x0E02}
_CONVERSATION: Final = 22  # the bytes of the mark that all its answers share
_NAME, _ADDRESS, _SMTP = 0x3001, 0x3003, 0x39FE
# what else an item says of a person, a task or an appointment, in the order it is shown
_FIELDS: Final = (
    ("Name", 0x3001), ("Given name", 0x3A06), ("Surname", 0x3A11), ("Nickname", 0x3A4F),
    ("Title", 0x3A17), ("Company", 0x3A16), ("Department", 0x3A18), ("Office", 0x3A19),
    ("Business phone", 0x3A08), ("Home phone", 0x3A09), ("Mobile phone", 0x3A1C),
    ("Other phone", 0x3A1F), ("Fax", 0x3A24), ("Home fax", 0x3A25), ("Pager", 0x3A21),
    ("Home street", 0x3A5D), ("Home city", 0x3A59), ("Home postal code", 0x3A5B),
    ("Home state", 0x3A5C), ("Home country", 0x3A5A), ("Street", 0x3A29), ("City", 0x3A27),
    ("State", 0x3A28), ("Postal code", 0x3A2A), ("Country", 0x3A26), ("Spouse", 0x3A48),
    ("Birthday", 0x3A42), ("Manager", 0x3A4E), ("Assistant", 0x3A30), ("Profession", 0x3A46),
    ("Government ID", 0x3A07), ("Account", 0x3A00), ("Web page", 0x3A51), ("Anniversary", 0x3A41),
)  # fmt: skip
_NAMED: Final = (
    ("Location", 0x8208), ("Start", 0x820D), ("End", 0x820E), ("Attendees", 0x8238),
    ("Task start", 0x8104), ("Task due", 0x8105), ("Owner", 0x811F), ("Home address", 0x801A),
    ("Business address", 0x801B), ("Other address", 0x801C), ("File as", 0x8005),
    ("E-mail", 0x8083), ("E-mail 2", 0x8093), ("E-mail 3", 0x80A3), ("Messaging", 0x8062),
    ("Billing", 0x8535), ("Companies", 0x8539), ("Entry type", 0x8700), ("Keywords", "Keywords"),
)  # fmt: skip


@dataclass(slots=True)
class Item:
    """A message's properties and its recipients'."""

    properties: Properties
    recipients: list[Properties] = field(default_factory=list)


def show(job: Job, item: Item) -> None:
    """Hands over an item's metadata and pages, in the form an e-mail has."""
    headers = _transport(item, job.limits.header_bytes)
    shown = dict(_shown(item, headers))
    _metadata(job, item, headers, shown)
    flow = Flow(job)
    for name, lines in shown.items():
        for line in lines:
            flow.add(f"{name}: {' '.join(line.split())}\n", "mail_header")
    for label, said in _fields(item.properties):
        flow.add(f"{label}: {said}\n")
    flow.add("\n")
    _body(job, item.properties, flow)
    flow.close()
    other_headers(job, headers, [name.lower() for name in shown])


def _transport(item: Item, limit: int) -> Headers:
    """The headers the message came with over the internet, where Outlook kept them."""
    said = item.properties.text(mapi.HEADERS).encode("utf-8", "replace")
    said = re.sub(rb"\AMicrosoft Mail Internet Headers[^\n]*\n", b"", said)
    return mime.read_headers(mime.Window(io.BytesIO(said), len(said)), 0, limit)[0]


def _shown(item: Item, headers: Headers) -> Iterator[tuple[str, list[str]]]:
    props = item.properties
    yield "From", sender(item) or list(headers.every("from"))
    for name in _KINDS.values():
        yield name, recipients(item, name) or list(headers.every(name.lower()))
    yield "Date", [date for date in [props.moment(0x0039) or headers.text("date")] if date]
    yield "Subject", [said for said in [subject(props) or headers.text("subject")] if said]


def subject(props: Properties) -> str:
    """The subject without the two marks that tell Outlook how long its prefix is."""
    said = props.text(mapi.SUBJECT) or props.text(0x003D) + props.text(0x0E1D)
    return re.sub(r"\A\x01[\s\S]", "", said).strip() or props.text(0x0070)


def sender(item: Item) -> list[str]:
    """Whom it is from, and who sent it for them if that is another."""
    props = item.properties
    author = _person(props.text(0x0042), props.text(0x5D02, 0x5D0A, 0x0065))
    hand = _person(props.text(0x0C1A), props.text(0x5D01, 0x5D0B, 0x0C1F))
    return [person for person in dict.fromkeys((author, hand)) if person]


def recipients(item: Item, kind: str) -> list[str]:
    """The people of one kind (`To`, `Cc`, `Bcc`), from the table, else as displayed."""
    found = [
        _person(one.text(_NAME, 0x5FF6), one.text(_SMTP, _ADDRESS))
        for one in item.recipients
        if _KINDS.get((one.number(0x0C15) or 1) & 0xF, "To") == kind
    ]
    shown = item.properties.text(_DISPLAYED[kind])
    return [person for person in found if person] or [
        name.strip() for name in shown.split(";") if name.strip()
    ]


def _person(name: str, address: str) -> str:
    """`Name <address>`; an Exchange path says nothing that its name does not, but is kept alone."""
    name, address = name.strip().strip("'"), address.strip().strip("'")
    if not address or address == name or (name and address.upper().startswith("/O=")):
        return name or address
    if not name:
        return address
    if re.search(r'[,;:<>@"()]', name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}"'
    return f"{name} <{address}>"


def _metadata(job: Job, item: Item, headers: Headers, shown: dict[str, list[str]]) -> None:
    props = item.properties
    for name, lines in shown.items():
        if name != "Date":
            for line in lines:
                job.meta(name.lower(), line)
    job.meta("message_id", props.text(0x1035) or headers.text("message-id"))
    for key, number in (("in_reply_to", 0x1042), ("references", 0x1039)):
        said = props.text(number) or headers.text(key.replace("_", "-"))
        for value in re.findall(r"<[^<>\s]{1,998}>", said):
            job.meta(key, value)
    original = headers.text("date")
    job.meta("date", date(props) or iso_date(original))
    job.meta("date_original", original)
    job.meta("received", props.moment(0x0E06) or received(headers))
    job.meta("conversation", props.data(0x0071)[:_CONVERSATION].hex())
    job.meta("created", props.moment(0x3007))
    job.meta("modified", props.moment(0x3008))
    job.meta("message_class", props.text(mapi.CLASS))
    job.meta("mailer", headers.text("x-mailer") or headers.text("user-agent"))
    job.meta("author", props.text(0x3FFA))


def date(props: Properties) -> str:
    """When it was sent, else came, else the appointment begins; '' for none of these."""
    start = props.named.get(0x820D)
    begins = mapi.utc(start) if isinstance(start, datetime) else ""
    return props.moment(0x0039, 0x0E06) or begins or props.moment(0x3007, 0x3008)


def _fields(props: Properties) -> Iterator[tuple[str, str]]:
    for label, number in _FIELDS:
        if said := props.text(number) or props.moment(number):
            yield label, said
    for label, key in _NAMED:
        value = props.named.get(key)
        said = mapi.utc(value) if isinstance(value, datetime) else props.spell(value)
        if said.strip():
            yield label, said


def _body(job: Job, props: Properties, flow: Flow) -> None:
    """The plain text; the HTML, else the RTF, on pages of its own if it says more."""
    plain = props.text(mapi.BODY)
    flow.add(plain)
    html = _html(props)
    rich = None if html else _rich(job, props)
    html = rich.text if rich and rich.html else html
    text = html_text(without_conditions(html)) if html else rich.text if rich else ""
    if adds(text, plain):
        if plain.strip():
            flow.page_break("HTML" if html else "RTF")
        if html:
            into_flow(html, flow)
        else:
            flow.add(text)
    for found in rich.embedded if rich else ():
        job.whole(ChildHead(found.name, "embedded", "", found.part), found.data)


def _rich(job: Job, props: Properties) -> RtfText | None:
    packed = props.data(mapi.RTF)
    if not packed:
        return None
    try:
        return rtf_text(rtflzfu.decompress(packed), job.beat)
    except ValueError:
        job.gap("broken_rtf", "The formatted form of its text could not be unpacked.")
        return None


def _html(props: Properties) -> str:
    value = props.value(mapi.HTML)
    if isinstance(value, bytes):
        return as_text(value, declared_charset(value) or props.code_page or "utf-8")
    return value if isinstance(value, str) else ""
