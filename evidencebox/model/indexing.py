"""What the index is given of a document. Text and columns only: no bytes, no keys."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId

SEARCHED_NOTICES = (
    "detached",
    "encoding",
    "encrypted_member",
    "frames",
    "garbled",
    "hidden",
    "journal",
    "mismatch",
    "no_text",
    "no_text_layer",
    "ocr_failed",
    "ocr_uncertain",
    "protected",
    "refused",
    "strings",
    "trailing",
    "truncated",
    "unread_member",
    "volume",
)
"""The codes of notices that `is:` of the query language finds, as `is:mismatch`."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One document as the index takes it.

    `fields`: analysed text by field name (subject, name, path, from, to, cc, author). `keywords`:
    whole values by field name (type, language, custodian, folder, has, is). `date` is seconds
    since 1970 UTC or None; `size` bytes.
    """

    document: DocumentId
    pages: tuple[Page, ...]
    fields: dict[str, str]
    keywords: dict[str, tuple[str, ...]]
    date: int | None
    size: int
