"""A redacted document as files: the PDF of pictures, the text that remains, and the log."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.hunt import hunt
from evidencebox.export.tables import csv_bytes
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Ask, Plan, Redacted
from evidencebox.model.words import counted
from evidencebox.services import seals
from evidencebox.services.case import Case
from evidencebox.services.exporting import Tell, silent
from evidencebox.services.printing import Printer
from evidencebox.services.redacting import Planner, log_rows, log_table, record
from evidencebox.services.redaction import Redactor
from evidencebox.services.redaction_files import put
from evidencebox.services.redaction_people import WORDS
from evidencebox.services.redaction_words import parts

_HIDDEN_WORDS: Final = (
    "Nothing was recognised again: the text beside the pictures is the PDF's own, and may hold "
    "words that no page shows."
)


@dataclass(frozen=True, slots=True)
class Written:
    """A redacted file that was written, and what its maker should know."""

    redacted: Redacted
    sha256: str
    warnings: tuple[str, ...]


def write(
    case: Case,
    document: DocumentId,
    ask: Ask,
    out: Path,
    *,
    pages: Sequence[int] | None = None,
    check: bool = True,
    unseal: str | None = None,
    tell: Tell = silent,
) -> Written:
    """`out`, a PDF of pictures; beside it the text that remains (.txt) and the log (.csv).

    Raises UserError; nothing is written where the check fails. The plan and the file's SHA-256
    stand in the ledger afterwards.
    """
    if out.suffix.lower() != ".pdf":
        raise UserError(
            "A redacted document is a PDF: give it a name that ends in .pdf.", option="--out F.pdf"
        )
    for path in (out, out.with_suffix(".txt"), out.with_suffix(".csv")):
        if path.exists():
            raise UserError(f"{path.name} exists already; choose another name.")
    seals.check_open(case, document, unseal, "export redaction")
    wanted, warnings = Planner(case).plan(document, ask)
    _check(wanted, out)
    with Printer(case) as printer, Redactor(case, printer, check=check) as redactor:
        paper = printer.paper(document, pages, named=False)
        made = redactor.redact(paper, wanted, tell)
    if paper.pdf is None and not check and any(text.strip() for text in paper.texts):
        warnings.append(_HIDDEN_WORDS)
    warnings += [*_unfound(wanted, made), *_left(wanted, made)]
    digest = hashlib.sha256(made.pdf).hexdigest()
    act = record(case, document, ask, wanted, made, digest)
    rows = list(log_rows(case, document))
    mine = [row for row in rows if str(row["RedactionID"]).startswith(act[:10])]
    files = {
        out: made.pdf,
        out.with_suffix(".txt"): text_of(made).encode(),
        out.with_suffix(".csv"): csv_bytes(log_table(mine)),
    }
    put(files)
    return Written(made, digest, tuple(warnings))


def _check(wanted: Plan, out: Path) -> None:
    if not wanted:
        raise UserError(
            "Nothing to redact was found: name a text, a kind of data or an officer that stands in "
            "this document.",
            option="--text, --element, --everyone-but",
        )
    if next(hunt(out.stem, [term.text for term in wanted.terms]), None) and not wanted.inverse:
        raise UserError(
            "The file's name says what is to be blacked out in it: give it another one.",
            option="--out",
        )


def _unfound(wanted: Plan, made: Redacted) -> list[str]:
    if not made.unfound:
        return []
    said = counted(len(made.unfound), "string")
    return [f"{said} of {len(wanted.terms)} were not found on any sheet of this document."]


def _left(wanted: Plan, made: Redacted) -> list[str]:
    """Whether half of a name that was blacked out stands somewhere alone: "Hallberg, Grace"."""
    alone = sorted(parts(wanted) - WORDS)
    sheets = [n for n, text in enumerate(made.texts, 1) if any(hunt(text, alone))]
    if wanted.inverse or not sheets:
        return []
    return [
        "Words of what was blacked out still stand by themselves, or in another order, on "
        f"{counted(len(sheets), 'sheet')}, first on sheet {sheets[0]}: look there, and name them, "
        "too."
    ]


def text_of(made: Redacted) -> str:
    """What remains, sheet by sheet."""
    return "\n\f\n".join(made.texts) + "\n"
