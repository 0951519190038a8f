"""Which kind of text: mail, mailbox, HTML, XML, JSON, CSV, vCard, iCalendar, or plain."""

from __future__ import annotations

import csv
import io
import re
from typing import BinaryIO, Final

from evidencebox.extract.decode import by_bom, wide
from evidencebox.extract.kinds import Kind, ending, kind
from evidencebox.extract.mimetype import essence
from evidencebox.model.extraction import Hint

FROM_LINE: Final = re.compile(rb"From [^\r\n]{0,300}\d\d:\d\d[^\r\n]*\r?\n")
_NEXT_FROM: Final = re.compile(rb"\n\r?\nFrom [^\r\n]{0,300}\d\d:\d\d[^\r\n]*\r?\n[A-Za-z][\w-]*:")
_LENGTH_LINE: Final = re.compile(rb"\A\d{1,10}[ \t]*\r?\n(?=[A-Za-z][\w-]{0,75}:)")
_HEADER: Final = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_STRONG: Final = frozenset(
    b"from to cc subject date received message-id return-path mime-version delivered-to "
    b"reply-to sender in-reply-to references content-type x-mailer bcc x-received "
    b"content-transfer-encoding content-disposition".split()
)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta"
    r"|script|style|table|div|span|p|br|a|h[1-6]|font|b|i|center|ul|ol|link|base|basefont)[\s>/]",
    re.I | re.S,
)
_FLAT: Final = re.compile(
    r"<office:document\s[^>]{0,4000}mimetype=.application/vnd\.oasis\.opendocument\.(\w+)"
)
_FLAT_KINDS: Final = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_CSV_NAMES: Final = ("csv", "tsv", "tab")
_DELIMITERS: Final = ",;\t|"


def text_kind(source: BinaryIO, head: bytes, hint: Hint, *, only_mail: bool = False) -> Kind | None:
    """The kind of what reads as text; with `only_mail`, only mail is looked for."""
    if found := _mail(source, head, hint):
        return kind(found)
    if only_mail:
        return None
    text = start_of(head)
    return kind(_marked_up(text) or _by_lines(text, hint) or "text")


def start_of(head: bytes) -> str:
    """The first characters, decoded well enough to see marks in."""
    marked = by_bom(head)
    codec = marked.codec if marked else wide(head) or "utf-8"
    return head[marked.skip if marked else 0 :].decode(codec, "replace")


def _mail(source: BinaryIO, head: bytes, hint: Hint) -> str:
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")
    # Apple Mail's files begin with the length of the message
    body = _LENGTH_LINE.sub(b"", body, count=1)
    from_line = FROM_LINE.match(body)
    named_mbox = ending(hint.name) in kind("mbox").endings
    if from_line and (named_mbox or _headers(body[from_line.end() :], 1)):
        return "mbox" if named_mbox or not ending(hint.name) or _many(source) else "mail"
    wanted = 1 if _promised_mail(hint) else 2
    return "mail" if _headers(body, wanted) else ""


def _promised_mail(hint: Hint) -> bool:
    return ending(hint.name) in ("eml", "emlx", "mime") or essence(hint.media_type) in (
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
    )


def _headers(body: bytes, wanted: int) -> bool:
    """Whether a block of header lines starts here with `wanted` well-known names in it."""
    known = 0
    for line in body[:32_768].split(b"\n")[:200]:
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        if not (match := _HEADER.match(line)):
            break
        known += match.group(1).lower() in _STRONG
        if known >= wanted:
            return True
    return False


def _many(source: BinaryIO) -> bool:
    """Whether a second message starts somewhere."""
    source.seek(0)
    tail = b""
    while chunk := source.read(1 << 20):
        if _NEXT_FROM.search(tail + chunk):
            return True
        tail = chunk[-512:]
    return False


def _marked_up(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")[:4_096]
    upper = start[:64].upper()
    if upper.startswith(("BEGIN:VCARD", "BEGIN:VCALENDAR")):
        # asked first: their fields may hold HTML
        return "vcard" if upper.startswith("BEGIN:VCARD") else "ical"
    if start.startswith("{\\rtf"):
        return "rtf"
    declared = start.startswith("<?xml")
    if re.search(r"<html[\s>]", start, re.I) or (not declared and _HTML.match(start)):
        return "html"
    if found := _FLAT.search(start):
        return _FLAT_KINDS.get(found.group(1), "odf")
    if declared or re.match(r"<[A-Za-z_][\w.:-]*(\s+[\w:.-]+=|>|/>)", start):
        return "svg" if re.search(r"<svg[\s>]", start) else "xml"
    return "json" if re.match(r"[{\[]\s*(\"|[{\[]|\]|\}|-?\d|true|false|null)", start) else ""


def _by_lines(text: str, hint: Hint) -> str:
    named = ending(hint.name) in _CSV_NAMES or essence(hint.media_type) in (
        "text/csv",
        "text/tab-separated-values",
    )
    if named:
        return "csv" if delimiter(text, 2, 2) else ""
    if ending(hint.name) not in ("", "txt", "dat", "log", "asc"):
        return ""
    return "csv" if delimiter(text, 5, 3) else ""


def delimiter(text: str, least_rows: int, least_columns: int) -> str:
    """The delimiter that splits the first rows into equally many short cells; '' if none does."""
    lines = text[:32_768].replace("\r\n", "\n").replace("\r", "\n")
    complete = lines.rsplit("\n", 1)[0] if len(text) > 32_768 else lines
    best, most = "", 0
    for mark in _DELIMITERS:
        width = _width(complete, mark, least_rows)
        if width >= least_columns and width > most:
            best, most = mark, width
    return best


def _width(text: str, mark: str, least_rows: int) -> int:
    """How many columns nearly all of the first 50 rows have, 0 if they differ."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=mark):
            if row:
                rows.append(row)
            if len(rows) >= 50:
                break
    except csv.Error:
        return 0
    if len(rows) < least_rows:
        return 0
    widths = [len(row) for row in rows]
    width = max(set(widths), key=widths.count)
    cells = [len(cell) for row in rows for cell in row]
    alike = widths.count(width) >= 0.9 * len(widths)
    return width if alike and sum(cells) / len(cells) < 60 else 0
