"""What stands on a PDF page beside its text: annotations, form values, links."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as raw

from evidencebox.extract.job import Job
from evidencebox.model.extraction import ChildHead

_MAX_NOTES: Final = 20_000
_LONGEST: Final = 1 << 26
_NAMES: Final = {
    raw.FPDF_ANNOT_TEXT: "note",
    raw.FPDF_ANNOT_FREETEXT: "text box",
    raw.FPDF_ANNOT_HIGHLIGHT: "highlight",
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_REDACT: "redaction",
    raw.FPDF_ANNOT_FILEATTACHMENT: "attachment",
}


@dataclass(frozen=True, slots=True)
class Note:
    """One line under the page: its text, the span's kind, and who or which field."""

    text: str
    kind: str
    label: str = ""


def page_notes(page: Any, form: Any, job: Job) -> list[Note]:
    """All annotations with words in them, in the page's order."""
    notes: list[Note] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_NOTES)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            note = _note(page, form, annotation, job)
            if note is not None and note.text.strip():
                notes.append(note)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
        if index % 100 == 0:
            job.beat()
    return notes


def _note(page: Any, form: Any, annotation: Any, job: Job) -> Note | None:
    subtype = raw.FPDFAnnot_GetSubtype(annotation)
    if subtype == raw.FPDF_ANNOT_WIDGET:
        return _field(form, annotation)
    if subtype == raw.FPDF_ANNOT_LINK:
        return _link(page, annotation)
    if subtype == raw.FPDF_ANNOT_POPUP:
        return None
    if subtype == raw.FPDF_ANNOT_FILEATTACHMENT:
        _attached(annotation, job)
    author = _string(annotation, b"T")
    return Note(
        _string(annotation, b"Contents"),
        "annotation",
        " ".join(filter(None, [_NAMES.get(subtype, ""), author])),
    )


def _field(form: Any, annotation: Any) -> Note | None:
    if form is None:
        return Note(_string(annotation, b"V"), "form_field", _string(annotation, b"T"))
    value = _wide(lambda b, n: raw.FPDFAnnot_GetFormFieldValue(form, annotation, b, n))
    name = _wide(lambda b, n: raw.FPDFAnnot_GetFormFieldName(form, annotation, b, n))
    return Note(value if value.strip() != "Off" else "", "form_field", name)


def _link(page: Any, annotation: Any) -> Note | None:
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action:
        return Note(_string(annotation, b"Contents"), "annotation", "link")
    size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    if not 1 < size < _LONGEST:
        return None
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
    return Note(buffer.raw[:size].rstrip(b"\0").decode("utf-8", "replace"), "link")


def _attached(annotation: Any, job: Job) -> None:
    """A file pinned to the page is a child like one attached to the document."""
    attachment = raw.FPDFAnnot_GetFileAttachment(annotation)
    if not attachment:
        return
    name = _wide(lambda b, n: raw.FPDFAttachment_GetName(attachment, b, n))
    size = ctypes.c_ulong()
    if not raw.FPDFAttachment_GetFile(attachment, None, 0, size) or size.value > 1 << 30:
        return
    buffer = ctypes.create_string_buffer(max(size.value, 1))
    if raw.FPDFAttachment_GetFile(attachment, buffer, size.value, size):
        job.whole(ChildHead(name or "attachment", "attachment"), buffer.raw[: size.value])


def _string(annotation: Any, key: bytes) -> str:
    return _wide(lambda b, n: raw.FPDFAnnot_GetStringValue(annotation, key, b, n))


def _wide(call: Callable[[Any, int], int]) -> str:
    """A UTF-16 string from a raw call that fills a buffer and says how many bytes it needs."""
    size = call(None, 0)
    if not 2 < size < _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    call(buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")
