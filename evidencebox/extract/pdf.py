"""PDF by pypdfium2: page text, annotations, form values, attachments, labels, metadata."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import protected
from evidencebox.extract.pdfnotes import page_notes
from evidencebox.extract.pdfopen import LOCKED, open_pdf
from evidencebox.model.documents import Span, Status
from evidencebox.model.extraction import ChildHead

# the library remarks on odd files through logging; what is odd here becomes a notice instead
logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)

_KEYS: Final = {
    "Title": "title",
    "Author": "author",
    "Subject": "doc_subject",
    "Keywords": "keywords",
    "Creator": "application",
    "Producer": "producer",
}
_DATE: Final = re.compile(
    r"D?:?\s*(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?)?"
)
BROKEN_WORD: Final = re.compile("[\ufffe\x02]\\s*")
_MAX_BOOKMARKS: Final = 2_000


def read(job: Job) -> None:
    """Every page, blank or not, in order; a page that breaks is a notice and a blank page."""
    job.engine = f"pdfium {pypdfium2.PYPDFIUM_INFO}"
    document = _opened(job)
    try:
        _metadata(job, document)
        form = _form(document)
        total = len(document)
        blank = [n for n in range(total) if not _page(job, document, form, n)]
        if total == 0:
            job.gap("broken", "The PDF has no pages.")
        if blank:
            _say_blank(job, blank, total)
        _attachments(job, document)
        _bookmarks(job, document)
    finally:
        document.close()


def _opened(job: Job) -> Any:
    try:
        return open_pdf(job.source, job.keys)
    except pypdfium2.PdfiumError as error:
        if error.err_code in LOCKED:
            raise Stop(Status.ENCRYPTED, protected("The PDF", job.keys)) from error
        raise Stop(Status.FAILED, "The PDF is too damaged to be opened.") from error


def _form(document: Any) -> Any:
    """The form environment, which field values are read through; None if there is no form."""
    if document.get_formtype() == raw.FORMTYPE_NONE:
        return None
    document.init_forms()
    return document.formenv


def _page(job: Job, document: Any, form: Any, index: int) -> bool:
    """Hands over one page; whether it has text of its own."""
    label = document.get_page_label(index)
    text, notes = "", []
    try:
        page = document[index]
        try:
            text = page_text(page)
            notes = page_notes(page, form, job)
        finally:
            page.close()
    except (pypdfium2.PdfiumError, ValueError, AssertionError):
        job.gap("broken_page", f"Page {index + 1} is damaged.")
    own = bool(text.strip())
    spans: list[Span] = []
    for note in notes:
        text += "" if not text or text.endswith("\n") else "\n"
        spans.append(Span(len(text), len(text) + len(note.text), note.kind, note.label))
        text += note.text + "\n"
    job.page(text, label, tuple(spans))
    return own


def page_text(page: Any) -> str:
    """The text layer in pdfium's order; a hyphen at a line's end is kept with its line break."""
    text_page = page.get_textpage()
    try:
        return unbroken(str(text_page.get_text_bounded()))
    finally:
        text_page.close()


def unbroken(text: str) -> str:
    """Pdfium's text with its hyphens at line ends as we write them."""
    return BROKEN_WORD.sub("-\n", text)


def _say_blank(job: Job, blank: list[int], total: int) -> None:
    shown = ", ".join(str(index + 1) for index in blank[:20])
    more = " …" if len(blank) > 20 else ""
    job.warn("no_text_layer", f"{len(blank)} of {total} pages have no text: {shown}{more}")


def _metadata(job: Job, document: Any) -> None:
    values = document.get_metadata_dict(skip_empty=True)
    for name, key in _KEYS.items():
        job.meta(key, values.get(name, ""))
    created = pdf_date(values.get("CreationDate", ""))
    modified = pdf_date(values.get("ModDate", ""))
    job.meta("created", created)
    job.meta("modified", modified)
    job.meta("date", modified or created)
    job.meta("pages", str(len(document)))


def pdf_date(value: str) -> str:
    """`D:20210403080000-04'00'` is `2021-04-03T12:00:00Z`; '' where it is no date."""
    match = _DATE.match(value.strip())
    if not match:
        return ""
    numbers = [
        int(part) if part else least
        for part, least in zip(match.groups()[:6], (1, 1, 1, 0, 0, 0), strict=True)
    ]
    try:
        year, month, day, hour, minute, second = numbers
        moment = datetime(year, month, day, hour, minute, second)
        if not match.group(7) and not match.group(8):
            return moment.isoformat()
        offset = timedelta(hours=int(match.group(9) or 0), minutes=int(match.group(10) or 0))
        zone = timezone(-offset if match.group(8) == "-" else offset)
        return moment.replace(tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""


def _bookmarks(job: Job, document: Any) -> None:
    for count, item in enumerate(document.get_toc(max_depth=15)):
        if count >= _MAX_BOOKMARKS:
            return
        job.meta("bookmark", str(item.get_title()))


def _attachments(job: Job, document: Any) -> None:
    for index in range(document.count_attachments()):
        if not job.may_have_children():
            return
        try:
            attachment = document.get_attachment(index)
            name = attachment.get_name() or f"attachment {index + 1}"
            data = bytes(attachment.get_data())
        except (pypdfium2.PdfiumError, ValueError):
            job.gap("broken_attachment", "An attachment of the PDF is damaged.")
            continue
        job.whole(ChildHead(name, "attachment", "", str(index + 1)), data)
