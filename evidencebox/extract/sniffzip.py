"""Which format a ZIP holds: Office, OpenDocument, EPUB, XPS, iWork or just files."""

from __future__ import annotations

import zipfile
from typing import BinaryIO, Final

from evidencebox.extract.zipparts import opened

_MAIN_PARTS: Final = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"ms-word.document.macroEnabled", "docx"),
    (b"ms-word.template.macroEnabled", "docx"),
    (b"ms-excel.sheet.binary", "xlsb"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"ms-excel.sheet.macroEnabled", "xlsx"),
    (b"ms-excel.template.macroEnabled", "xlsx"),
    (b"ms-excel.addin.macroEnabled", "xlsx"),
    (b"presentationml", "pptx"),
    (b"ms-powerpoint", "pptx"),
    (b"visio.drawing", "vsdx"),
    (b"fixedrepresentation", "xps"),
    (b"xps-fixeddocument", "xps"),
)
_BY_PART: Final = (
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("visio/document.xml", "vsdx"),
    ("FixedDocSeq.fdseq", "xps"),
    ("Index/Document.iwa", "iwork"),
    ("index.xml", "iwork"),
    ("index.apxl", "iwork"),
)
_FIRST: Final = (
    *(b"[Content_Types]", b"_rels/", b"docProps/", b"mimetype"),
    *(name.split("/")[0].encode() for name, _ in _BY_PART),
)
_BY_MIMETYPE: Final = (
    ("opendocument.text", "odt"),
    ("opendocument.spreadsheet", "ods"),
    ("opendocument.presentation", "odp"),
    ("sun.xml.writer", "odt"),
    ("sun.xml.calc", "ods"),
    ("sun.xml.impress", "odp"),
    ("opendocument", "odf"),
    ("sun.xml", "odf"),
    ("epub", "epub"),
)


def ends_as_zip(source: BinaryIO) -> bool:
    """Whether an end-of-directory record is there (a self-extracting archive)."""
    source.seek(0)
    try:
        return zipfile.is_zipfile(source)
    except (OSError, ValueError):
        return False


def key(source: BinaryIO, head: bytes) -> str:
    """The kind's key, `zip` if it is none of the formats made of a ZIP."""
    try:
        with opened(source) as archive:
            return _by_members(archive)
    except Exception:  # whatever a broken directory raises, the local names still tell
        return _by_head(head)


def _by_members(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    first = _peek(archive, "mimetype").decode("latin-1")
    if "content.xml" in names and not first:
        # StarOffice 6 names its type in the manifest alone
        first = _peek(archive, "META-INF/manifest.xml").decode("latin-1")
    for mark, kind in _BY_MIMETYPE:
        if mark in first:
            return kind
    if "[Content_Types].xml" in names:
        types = _peek(archive, "[Content_Types].xml")
        for part, kind in _MAIN_PARTS:
            if part in types:
                return kind
    for name, kind in _BY_PART:
        if name in names:
            return kind
    return "opc" if "[Content_Types].xml" in names and "_rels/.rels" in names else "zip"


def _peek(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as member:
            return member.read(1 << 20)
    except Exception:  # absent, encrypted, broken: says nothing about the type
        return b""


def _by_head(head: bytes) -> str:
    if not head[30:].startswith(_FIRST):
        # an archive may hold an Office document uncompressed, whose parts are in sight
        return "zip"
    for name, kind in _BY_PART[:5]:
        if name.encode() in head:
            return kind
    folder = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
    if b"[Content_Types].xml" in head or b"_rels/.rels" in head:
        for start, kind in folder:
            if start.encode() in head:
                return kind
    at = head.find(b"mimetypeapplication/", 0, 256)
    text = head[at : at + 128].decode("latin-1") if at >= 0 else ""
    return next((kind for mark, kind in _BY_MIMETYPE if mark in text), "zip")
