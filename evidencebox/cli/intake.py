"""Commands that bring documents in: ingest, retry, sample."""

from __future__ import annotations

import argparse
import dataclasses
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, document_id, emit, note, opened
from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import Progress, Summary
from evidencebox.model.words import counted
from evidencebox.services import ingest as ingesting
from evidencebox.services import ocr_languages, recognise
from evidencebox.services.case import Case
from evidencebox.services.gather import Flag
from evidencebox.services.settings import settings
from evidencebox.services.tags import known_document

_PLAIN_SECONDS = 5.0
_ETA_AFTER = 30.0
_LISTED = 20


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    ingest = commands.add_parser("ingest", help="read a trove into the case; resumes by itself")
    add_case(ingest)
    ingest.add_argument("trove", type=Path, metavar="TROVE")
    ingest.add_argument("--custodian", default="", metavar="C")
    _add_how(ingest)
    ingest.set_defaults(run=_ingest)
    retry = commands.add_parser("retry", help="read again what failed, or the documents named")
    add_case(retry)
    retry.add_argument("documents", nargs="*", metavar="SHA256")
    retry.add_argument("--reason", metavar="TEXT", help="those whose status or reason has TEXT")
    retry.add_argument(
        "--unplaced",
        action="store_true",
        help="scans that were recognised before it was kept where their words stand",
    )
    _add_how(retry)
    retry.set_defaults(run=_retry)
    sample = commands.add_parser("sample", help="make a fictional trove with its roster")
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.add_argument("--documents", type=int, default=400, metavar="N")
    sample.add_argument("--officers", type=int, default=300, metavar="M")
    sample.add_argument("--seed", type=int, default=1, metavar="S")
    sample.set_defaults(run=_sample)


def _add_how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, default=ingesting.Options().workers, metavar="N")
    parser.add_argument(
        "--ocr",
        metavar="eng|off",
        help="languages of pages that are only pictures, such as eng+spa, or off; by default the "
        "case's. rapidocr: the second engine, where it is installed",
    )
    parser.add_argument(
        "--dangerous-formats",
        action="store_true",
        help="PST and old Office files also where this system cannot shut their readers in",
    )
    parser.add_argument(
        "--no-ocr-wait", action="store_true", help="leave those pages for the same command later"
    )
    parser.add_argument("--json", action="store_true")


def _options(case: Case, options: argparse.Namespace, custodian: str = "") -> ingesting.Options:
    """How to ingest: by the command's flags, else by the case's settings."""
    if options.workers < 1:
        raise UserError("--workers needs at least 1.")
    return ingesting.Options(
        workers=options.workers,
        custodian=custodian,
        ocr=ocr_languages.chosen(options.ocr, settings(case).ocr_languages),
        ocr_wait=not options.no_ocr_wait,
        dangerous_formats=options.dangerous_formats,
    )


def _ingest(options: argparse.Namespace) -> int:
    with opened(options) as case:
        how = _options(case, options, options.custodian)
        return _run(case, options.trove, how, options.json)


def _retry(options: argparse.Namespace) -> int:
    with opened(options) as case:
        how = _options(case, options)
        named = [_known(case, text) for text in options.documents] or None
        if options.reason is not None:
            named = (named or []) + _failed_for(case, options.reason)
        if options.unplaced:
            named = (named or []) + recognise.placeless(case)
        troves = ingesting.reopen(case, named)
        if not troves:
            note("Nothing failed, so there is nothing to read again.")
        status = 0
        for trove in troves:
            status = max(status, _run(case, trove, how, options.json))
        return status


def _failed_for(case: Case, words: str) -> list[DocumentId]:
    """The documents of the failures list whose status or reason has these words."""
    wanted = words.casefold()
    return [
        failure.document
        for failure in case.catalogue.failures()
        if failure.document and wanted in f"{failure.status} {failure.reason}".casefold()
    ]


def _known(case: Case, text: str) -> DocumentId:
    document = document_id(case, text)
    known_document(case, document)
    return document


def _run(case: Case, trove: Path, how: ingesting.Options, as_json: bool) -> int:
    cancelled = Flag()
    with _stoppable(cancelled), _progress() as progress:
        summary = ingesting.ingest(case, trove, how, progress, cancelled)
    if as_json:
        emit(dataclasses.asdict(summary))
    return _conclude(case, summary)


def _conclude(case: Case, summary: Summary) -> int:
    if not summary.files and not summary.cancelled:
        note("There is no file in that folder that could be read.")
    rate = summary.files / summary.seconds if summary.seconds else 0.0
    note(
        f"{counted(summary.files, 'file')}, {counted(summary.documents, 'document')} "
        f"in {summary.seconds:,.1f} s "
        f"({rate:,.0f} files/s)."
    )
    if summary.sandbox:
        note(f"Readers' sandbox: {summary.sandbox}.")
    if summary.cancelled:
        note("Stopped before the end; start the same command again to go on.")
    if summary.ocr_pages:
        note(f"{counted(summary.ocr_pages, 'page')} recognised.")
    if summary.ocr_waiting:
        note(f"{counted(summary.ocr_waiting, 'page')} without text wait for recognition.")
    if not summary.failures:
        return 1 if summary.cancelled else 0
    note(f"{summary.failures:,} need a look; `evidencebox failures CASE` lists them all.")
    for failure in case.catalogue.failures()[:_LISTED]:
        note(f"  {failure.status:<12} {failure.path}: {failure.reason}")
    return 1


@contextmanager
def _stoppable(cancelled: Flag) -> Iterator[None]:
    """The first Ctrl+C finishes what is under way; a second one is for the impatient."""

    def stop(*_: object) -> None:
        note("Stopping: what is under way is finished and kept.")
        cancelled.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, a plain line every few seconds elsewhere; on standard error."""
    if not sys.stderr.isatty():
        yield _PlainLines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bars(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        task = bars.add_task("Reading", total=None)

        def update(now: Progress) -> None:
            total = now.total_bytes if now.scan_complete else None
            bars.update(task, completed=now.bytes, total=total, description=describe(now))

        yield update


class _PlainLines:
    """Progress for logs."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, now: Progress) -> None:
        if time.monotonic() - self._last >= _PLAIN_SECONDS:
            self._last = time.monotonic()
            note(describe(now))


def describe(now: Progress) -> str:
    """How far, how fast, how long still: the last only when there is enough to judge by."""
    if now.stage == "ocr":
        return f"{now.pages:,} of {counted(now.total_pages, 'page')} recognised"
    total = f"{now.total_files:,}" if now.scan_complete else f"{now.total_files:,}+"
    rate = now.documents / now.seconds if now.seconds else 0.0
    text = f"{now.files:,} of {total} files, {counted(now.documents, 'document')}, {rate:,.0f}/s"
    if now.failures:
        text += f", {now.failures:,} need a look"
    if now.scan_complete and now.seconds > _ETA_AFTER and 0 < now.bytes < now.total_bytes:
        left = now.seconds * (now.total_bytes - now.bytes) / now.bytes
        text += f", about {left / 60:.0f} min left" if left > 90 else f", about {left:.0f} s left"
    return text


def _sample(options: argparse.Namespace) -> int:
    from evidencebox.sample import generate

    if options.documents < 1 or not 20 <= options.officers <= 3600:
        raise UserError("A sample has at least 1 document, and 20 to 3,600 officers.")
    made = generate(options.folder, options.documents, options.officers, options.seed)
    note(f"Made in {options.folder}: trove/, roster.csv, answers.jsonl. No person in it is real.")
    note(
        f"{counted(made.files, 'file')}, {made.documents:,} documents, {made.officers:,} officers."
    )
    return 0
