"""Many queries as one batch, with a report of hits per term."""

from __future__ import annotations

import csv
import io
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidencebox.errors import QueryError, UserError
from evidencebox.export.tables import safe_cell
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import RELEVANCE, Found, ListLine, ListReport
from evidencebox.services import receipt
from evidencebox.services.case import Case
from evidencebox.services.query_list import Asked
from evidencebox.services.search import search
from evidencebox.store.families import Families

_COLUMNS = (
    "line",
    "name",
    "query",
    "understood_as",
    "documents",
    "unique_documents",
    "documents_with_families",
    "problem",
)


def run(
    case: Case,
    asked: Sequence[Asked],
    sort: str = RELEVANCE,
    cancelled: Callable[[], bool] = lambda: False,
) -> ListReport:
    """Runs every query of a list; one that is malformed is reported, and the others run.

    Raises UserError where it is cancelled: half a report would look like a whole one.
    """
    began = time.perf_counter()
    lines = []
    for each in asked:
        if cancelled():
            raise UserError("The list was stopped, so there is no report.")
        lines.append(_line(case, each, sort))
    times = Counter(document for line in lines for document in line.documents)
    families = Families(case.catalogue)
    counted = [
        replace(
            line,
            unique=sum(times[document] == 1 for document in line.documents),
            with_families=len(families.of(line.documents)),
        )
        for line in lines
    ]
    took = (time.perf_counter() - began) * 1000
    return ListReport(tuple(counted), len(times), len(families.of(times)), took)


def _line(case: Case, asked: Asked, sort: str) -> ListLine:
    line = ListLine(asked.line, asked.label, asked.query)
    try:
        found = search(case, asked.query, sort)
    except QueryError as error:
        return replace(line, error=str(error), position=error.position)
    return replace(line, parsed=found.parsed, documents=found.documents, scores=found.scores)


def found(line: ListLine) -> Found:
    """A line's answer as a search of its own gives it."""
    return Found(line.query, line.parsed, line.documents, line.scores, 0.0)


def receipt_of(case: Case, report: ListReport, source: str) -> dict[str, Any]:
    """What proves later which list was run: every line as the report has it, and the state."""
    every: set[DocumentId] = set()
    for line in report.lines:
        every.update(line.documents)
    lines = [
        line_json(line)
        | {"documents_digest": receipt.digest(line.documents), "documents": list(line.documents)}
        for line in report.lines
    ]
    return {
        "list": source,
        "total": report.total,
        "with_families": report.with_families,
        "documents_digest": receipt.digest(every),
        **receipt.state(case),
        "lines": lines,
    }


def line_json(line: ListLine) -> dict[str, Any]:
    """A line of the report, as `search --list --json` gives it."""
    return {
        "line": line.line,
        "name": line.label,
        "query": line.query,
        "parsed": line.parsed,
        "total": len(line.documents),
        "unique": line.unique,
        "with_families": line.with_families,
        "error": line.error,
        "position": line.position,
    }


def write_csv(report: ListReport, file: Path) -> None:
    """Writes the report as CSV, UTF-8 with BOM; no cell can act as a formula. Raises UserError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for line in report.lines:
        failed = bool(line.error)
        counts = (len(line.documents), line.unique, line.with_families)
        writer.writerow(
            [line.line]
            + [safe_cell(cell) for cell in (line.label, line.query, line.parsed)]
            + ["" if failed else count for count in counts]
            + [safe_cell(line.error)]
        )
    temporary = file.with_name(file.name + ".part")
    try:
        temporary.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        os.replace(temporary, file)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None
