"""What the export dialog says: titles of kinds, levels, and what leaves the laptop readable."""

from __future__ import annotations

from evidencebox.model.exports import ExportKind, Pii, Request
from evidencebox.ui.languages import tr

_TITLES = {
    "exhibits": "Exhibit book",
    "persons": "Persons to notify",
    "exposures": "Exposures",
    "matrix": "Exposure matrix",
    "report": "Report",
    "dossier": "Officer dossier",
    "tags": "Tags",
    "hits": "Search results",
    "loadfile": "Load file",
    "failures": "Files that could not be read",
    "privilege-log": "Privilege log",
    "exhibit-list": "Exhibit list",
    "redaction-log": "Redaction log",
    "statistics": "Review statistics",
}
_WORDS = {
    "exhibits": "Every exhibit that stands as a stamped PDF, one bookmarked book with an index, "
    "the list of exhibits and the log of redactions.",
    "persons": "Everybody of the roster with what was exposed: what letters are made from. "
    "CSV and XLSX.",
    "exposures": "A line for each exposure: whose, on which page, of which kind. CSV and XLSX.",
    "matrix": "Roster by category with a disposition for everybody, and charts. CSV, XLSX, PDF.",
    "report": "Method, findings, figures, limits and an appendix of hashes, to be reviewed and "
    "signed. DOCX and PDF.",
    "dossier": "One person's pages with everybody else blacked out, and a draft certificate.",
    "tags": "Every tag that stands. CSV and XLSX.",
    "hits": "What a search finds, with its receipt. CSV and XLSX.",
    "loadfile": "A production for a review platform: DAT, OPT, numbered pages, texts.",
    "failures": "Files and why they could not be read. CSV and XLSX.",
    "privilege-log": "Every document that is labelled privileged. CSV and XLSX.",
    "exhibit-list": "The exhibits that stand, with Bates numbers and hashes. CSV and XLSX.",
    "redaction-log": "Every box that was burned in: where, why, by whom. CSV and XLSX.",
    "statistics": "How far the review is. CSV and XLSX.",
}
_LEVELS = {
    Pii.FULL: "Full: names and particulars",
    Pii.PSEUDONYMISED: "Pseudonymised: a code for each person",
    Pii.COUNTS: "Counts only",
}
_SHOWN = {
    Pii.FULL: "Names, particulars and what was exposed of people",
    Pii.PSEUDONYMISED: "Codes for people, and the ids of documents (who has the trove can find a "
    "person by them)",
    Pii.COUNTS: "Numbers alone (small ones can still point at a person)",
}
_PAGES = "Pages of the documents themselves"
_PAGED = ("exhibits", "dossier", "loadfile")
_READABLE = "%1 will stand in that folder unencrypted: whoever gets the folder reads it."
_ENCRYPTED = (
    "%1 will leave the laptop encrypted. Whoever has the folder and its passphrase reads it: give "
    "the passphrase by another way than the folder."
)
_ORIGINALS = (
    "Originals are the attackers' bytes. They end in .untrusted so that no double-click opens one: "
    "tell who receives them."
)


def title_of(kind: str) -> str:
    """A kind's name; as it is called on the command line where the window has none."""
    return tr(_TITLES.get(kind, kind))


def words_of(kind: ExportKind) -> str:
    """What it is, in a sentence."""
    return tr(_WORDS.get(kind.name, kind.words))


def form_words(kind: str, name: str) -> str:
    """A form's name; the one that has none is what is taken where nobody chooses."""
    if kind == "exhibits" and not name:
        return tr("As it is stamped in this case")
    return tr("As EvidenceBox comes") if name in ("", kind) else name


def level_words(level: Pii) -> str:
    """How much of people."""
    return tr(_LEVELS[level])


def warning(request: Request) -> str:
    """What leaves the laptop, and how, before anybody presses the button."""
    what = tr(_PAGES) if request.kind in _PAGED else tr(_SHOWN[request.pii])
    said = tr(_READABLE) if request.passphrase is None else tr(_ENCRYPTED)
    words = said.replace("%1", what)
    return f"{words} {tr(_ORIGINALS)}" if request.natives else words
