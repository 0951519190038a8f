"""Every type that is told apart: what people call it, its media type, its reader, its endings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from evidencebox.extract.kindtable import LATER, READ
from evidencebox.model.documents import DocumentType as T


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document. `family` names the reader; with `strings` its readable runs are taken."""

    key: str
    label: str
    type: T
    media_type: str
    endings: frozenset[str]
    family: str = ""
    strings: bool = False


UNKNOWN: Final = Kind(
    "unknown", "unknown", T.OTHER, "application/octet-stream", frozenset(), strings=True
)

KINDS: Final[dict[str, Kind]] = {
    row[0]: Kind(row[0], row[1], row[2], row[3], frozenset(row[4].split()), family=row[5])
    for row in READ
} | {
    row[0]: Kind(row[0], row[1], row[2], row[3], frozenset(row[4].split()), strings=row[5])
    for row in LATER
}

_BY_ENDING: Final[dict[str, set[str]]] = {}
for _kind in KINDS.values():
    for _ending in _kind.endings:
        _BY_ENDING.setdefault(_ending, set()).add(_kind.key)

_ALIKE: Final = (
    # a text's name says what its author calls it; these are read alike or hold one another
    {"text", "xml", "json", "html", "csv", "vcard", "ical", "svg"},
    {"mail", "mbox", "text", "html"},
    {"ole", "doc", "xls", "ppt", "msg", "pub", "vsd", "mpp", "wps", "hwp"},
    # an Office package that is encrypted is an OLE document
    {"ole", "docx", "xlsx", "xlsb", "pptx"},
    {"zip", "opc", "vsdx", "iwork", "epub"},
    {"mp4", "m4a", "heic"},
    {"ps", "pdf"},
)


def kind(key: str) -> Kind:
    return KINDS[key]


def ending(name: str) -> str:
    """What follows the last dot of a name, in lower case; '' if there is none."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[1].strip().lower() if "." in last else ""


def mismatch(found: Kind, name: str) -> bool:
    """Whether the name's ending promises another type than was found. Unknown endings do not."""
    promised = _BY_ENDING.get(ending(name), set())
    if not promised or found.key in promised:
        return False
    return not any(found.key in group and group & promised for group in _ALIKE)
