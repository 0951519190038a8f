"""Address cards (vCard 2.1 to 4.0): a page a card, its fields in words, nothing left out."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.vcardlines import Line, content, lines
from evidencebox.model.extraction import ChildHead

_WORDS: Final = {
    "FN": "Name", "N": "Full name", "NICKNAME": "Nickname", "EMAIL": "E-mail", "TEL": "Phone",
    "ADR": "Address", "LABEL": "Address", "ORG": "Organization", "TITLE": "Title", "ROLE": "Role",
    "BDAY": "Born", "ANNIVERSARY": "Anniversary", "NOTE": "Note", "URL": "Web", "REV": "Changed",
    "CATEGORIES": "Categories", "UID": "Id", "IMPP": "Chat", "RELATED": "Related", "GEO": "Place",
}  # fmt: skip
_KEYS: Final = {
    "FN": "name", "EMAIL": "email", "TEL": "phone", "ORG": "organization", "BDAY": "birth_date",
    "REV": "date", "TITLE": "role",
}  # fmt: skip
_STRUCTURED: Final = ("N", "ADR", "ORG", "GEO")
_SILENT: Final = ("BEGIN", "END", "VERSION", "PRODID")
_OWN_PAGES: Final = 2_000


def read(job: Job) -> None:
    """Cards on pages of their own, or run together where there are thousands."""
    text = content(job)
    many = text.upper().count("BEGIN:VCARD") > _OWN_PAGES
    flow = Flow(job)
    number = pictures = 0
    for line in lines(text):
        if isinstance(line, str):
            flow.add(line + "\n")
        elif line.name == "BEGIN":
            number += 1
            if not many:
                flow.close()
                flow = Flow(job, f"card {number}")
        elif line.name == "END":
            flow.add("\n" if many else "")
        elif (data := line.binary()) is not None:
            pictures += 1
            job.whole(ChildHead(f"{line.name.lower()} {pictures}", "embedded"), data)
        elif line.name not in _SILENT:
            _field(job, flow, line)
    flow.close()


def _field(job: Job, flow: Flow, line: Line) -> None:
    separator = ", " if line.name in ("ADR", "GEO") else " "
    value = separator.join(line.parts()) if line.name in _STRUCTURED else line.text
    if not value.strip():
        return
    if line.name == "FN":
        job.meta("title", value)
    if line.name in _KEYS:
        job.meta(_KEYS[line.name], value.removeprefix("tel:").removeprefix("mailto:"))
    kind = line.parameters.get("TYPE", "").lower().replace(",", " ")
    named = _WORDS.get(line.name, line.name)
    flow.add(f"{named} ({kind}): {value}\n" if kind else f"{named}: {value}\n")
