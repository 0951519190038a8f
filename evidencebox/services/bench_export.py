"""Stamped and redacted pages a second, beside what was asked for: pages of text, made here."""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from evidencebox.export import fonts
from evidencebox.export import pages as paged
from evidencebox.export.book import stamp
from evidencebox.export.stamps import Stamp, read_profile
from evidencebox.index.bench import BenchLine
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Plan, Term
from evidencebox.services import case as cases
from evidencebox.services.exporting import Request
from evidencebox.services.exporting_kinds import run
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.printing import Printer
from evidencebox.services.redaction import Redactor

_WORDS: Final = (
    *("witness", "annex", "ledger", "officer", "statement", "review", "lantern", "property"),
    *("parcel", "evidence", "report", "custody", "harbour", "sergeant", "payment", "folder"),
)
_NAME: Final = "Quackenbush"
_PEER: Final = "aim"
_MEMORY: Final = 600.0
_CHECKED: Final = 8
"""Sheets that are recognised again: seconds each."""


def bench_export(folder: Path, sheets: int) -> Iterator[BenchLine]:
    """A PDF of `sheets` pages, with a name on each: stamped, redacted, checked, produced."""
    trove = folder / "trove"
    trove.mkdir()
    (trove / "pages.pdf").write_bytes(_pdf(sheets))
    (trove / "few.pdf").write_bytes(_pdf(max(1, sheets // 4)))
    case, _ = cases.create(folder / "case", "Bench", "measuring twice, cutting once")
    try:
        ingest(case, trove, Options(workers=1, ocr=""), lambda _: None, lambda: False)
        found = [r.sha256 for r in case.catalogue.each() if r.sha256 and r.name == "pages.pdf"]
        yield _line("stamped pages", _stamped(case, found[0], sheets), 20.0)
        plan = Plan((Term(_NAME),))
        yield _line("redacted pages, one worker", _redacted(case, found[0], plan, sheets), 3.0)
        few = min(sheets, _CHECKED)
        checked = _redacted(case, found[0], plan, few, check=True)
        yield _line("redacted and recognised again, one worker", checked, 0.5)
        yield from _produced(case, folder, sheets)
    finally:
        case.close()


def _produced(case: cases.Case, folder: Path, sheets: int) -> Iterator[BenchLine]:
    """A production of a quarter of the pages, and of all: numbered TIFF at 300 dots an inch."""
    for size, name in ((max(1, sheets // 4), "few.pdf"), (sheets, "pages.pdf")):
        began = time.perf_counter()
        query = f"name:{name.removesuffix('.pdf')}"
        run(case, Request("loadfile", folder / f"out-{name}", query=query))
        rate = size / (time.perf_counter() - began)
        yield _line(f"production of {size} pages, stamped", rate, 20.0)
        if (most := _most_memory()) is not None:
            share = _MEMORY / most
            name = f"memory of a process, {size} pages"
            yield BenchLine(name, most, "MiB", "most allowed", _MEMORY, share)


def _most_memory() -> float | None:
    """MiB that this process or one of its workers has held at most; None where nobody says."""
    if sys.platform == "win32":
        return None
    import resource

    most = max(resource.getrusage(who).ru_maxrss for who in (0, resource.RUSAGE_CHILDREN))
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _line(name: str, value: float, aim: float) -> BenchLine:
    return BenchLine(name, value, "pages/s", _PEER, aim, value / aim)


def _stamped(case: cases.Case, document: DocumentId, sheets: int) -> float:
    profile = read_profile()
    with Printer(case) as printer:
        paper = printer.paper(document)  # starts the workers
        began = time.perf_counter()
        body = paged.pictures_pdf(printer.sheets(paper))
        stamp(profile, body, [Stamp(f"B-{n:06d}") for n in range(sheets)])
        return sheets / (time.perf_counter() - began)


def _redacted(
    case: cases.Case, document: DocumentId, plan: Plan, sheets: int, *, check: bool = False
) -> float:
    with Printer(case, 1) as printer, Redactor(case, printer, 1, check=check) as redactor:
        redactor.redact(printer.paper(document, [1]), plan)  # starts the workers
        paper = printer.paper(document, range(1, sheets + 1))
        began = time.perf_counter()
        redactor.redact(paper, plan)
        return sheets / (time.perf_counter() - began)


def _pdf(sheets: int) -> bytes:
    chosen = random.Random(1)
    fonts.ready()
    into = io.BytesIO()
    canvas = Canvas(into, pagesize=(612, 792), invariant=1)
    for _ in range(sheets):
        canvas.setFont(fonts.PLAIN, 11)
        for row in range(44):
            words = [chosen.choice(_WORDS) for _ in range(9)]
            canvas.drawString(60, 730 - 15 * row, " ".join(words))
        canvas.drawString(60, 50, f"Signed by {_NAME} in person")
        canvas.showPage()
    canvas.save()
    return into.getvalue()
