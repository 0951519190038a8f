"""What stands on the papers that are signed, and in which order: by TOML that people may edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from evidencebox.export import forms

FAMILY: Final = "reports"
_PERSON: Final = ("badge", "person", "rank", "unit")
SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "report": ("method", "findings", "people", "limits", "hashes"),
    "matrix": ("overview", "members"),
    "dossier": ("summary", "exposures", "documents", "hashes"),
}
"""Paper → what may stand in it."""
TABLES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "report": ("people", (*_PERSON, "worst", "exposed", "where")),
    "matrix": ("members", (*_PERSON[:2], "unit", "status", "exposed", "worst", "disposition")),
    "dossier": ("exposures", ("item", "page", "harm", "exposed", "sha256")),
}
"""Paper → the table whose columns are chosen, and the columns that there are."""
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "report": ("firm", "title", "subtitle", "author", "notice", "sections", "signature", "people"),
    "matrix": ("firm", "title", "subtitle", "author", "notice", "sections", "signature", "members"),
    "dossier": ("firm", "title", "author", "notice", "sections", "signature", "exposures"),
    "certificate": ("firm", "title", "subtitle", "signature"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """How a paper looks: `columns` are title → what the column shows."""

    firm: str
    title: str
    subtitle: str
    signature: tuple[str, ...]
    author: str = ""
    notice: str = ""
    sections: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def load(name: str | None = None) -> dict[str, Form]:
    """Paper → its form, by the name of ours or of one's own, or a file's. Raises UserError."""
    file = forms.find(FAMILY, name or FAMILY)
    return parse(forms.read(file), file.name)


def parse(data: Mapping[str, Any], name: str) -> dict[str, Form]:
    """The forms that a file's tables describe. Raises UserError with what to change."""
    read = forms.Reader(data, name)
    read.only("", tuple(_KEYS))
    return {paper: _form(read, paper) for paper in _KEYS}


def _form(read: forms.Reader, paper: str) -> Form:
    keys = _KEYS[paper]
    read.only(paper, keys)

    def line(key: str) -> str:
        return read.text(paper, key, empty=True) if key in keys else ""

    table, columns = TABLES.get(paper, ("", ()))
    return Form(
        line("firm"),
        read.text(paper, "title"),
        line("subtitle"),
        read.texts(paper, "signature"),
        line("author"),
        line("notice"),
        read.texts(paper, "sections", SECTIONS[paper]) if "sections" in keys else (),
        read.columns(f"{paper}.{table}", columns) if table else {},
    )
