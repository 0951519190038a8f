"""Ingest in a trusted child process of the window: keys by pipe, progress as JSON lines.

Standard input: one line of JSON with the keys, later perhaps `cancel`. Its end means that the
window is gone, and cancels too. Standard output: progress, then done or error.
"""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import Progress, Summary
from evidencebox.services import ocr_languages, sessions
from evidencebox.services.case import Case, ingest_lock, open_with_keys
from evidencebox.services.elements import find_elements
from evidencebox.services.gather import Flag
from evidencebox.services.ingest import Options, ingest, reopen
from evidencebox.services.mention_search import find_mentions
from evidencebox.services.redate import redate
from evidencebox.services.settings import settings
from evidencebox.vault.header import Unlocked


def main(source: IO[bytes] | None = None, out: IO[bytes] | None = None) -> int:
    """Runs one import. Exit status 0, 2 for a `UserError`; a bug ends with a traceback and 1."""
    # Unbuffered: a thread that waits in a buffer holds its lock, on which Python's end would abort.
    source = source or io.FileIO(0, closefd=False)
    out = out or sys.stdout.buffer
    order = json.loads(source.readline())
    cancelled = Flag()
    threading.Thread(target=_listen, args=(source, cancelled), daemon=True).start()

    def say(event: str, **fields: Any) -> None:
        out.write(json.dumps({"event": event, **fields}).encode() + b"\n")
        out.flush()

    def progress(now: Progress) -> None:
        say("progress", **dataclasses.asdict(now))

    opened = Unlocked(bytes.fromhex(order["case_key"]), bytes.fromhex(order["seed"]))
    try:
        case = open_with_keys(Path(order["folder"]), order["case_id"], opened)
        try:
            summary = _work(case, order, progress, cancelled)
        finally:
            case.close()
    except UserError as error:
        say("error", message=str(error))
        return 2
    say("done", **dataclasses.asdict(summary))
    return 0


def _work(
    case: Case, order: dict[str, Any], progress: Callable[[Progress], None], cancelled: Flag
) -> Summary:
    """One trove; or what is to be read again, in every trove; or another of the child's works."""
    options = Options(ocr=ocr_languages.chosen(None, settings(case).ocr_languages))
    if "trove" in order:
        return ingest(case, Path(order["trove"]), options, progress, cancelled)
    nothing = _nothing(case)
    if order.get("look"):
        return _look(case, nothing, options, cancelled)
    if order.get("backup"):
        # What fails is told at the next opening, by an older backup than there might be.
        sessions.end(case, soon=False)
        return nothing
    if order.get("redate"):
        redate(case)
        return nothing
    named = order["retry"]
    documents = None if named is None else [DocumentId(each) for each in named]
    summaries = [
        ingest(case, trove, options, progress, cancelled) for trove in reopen(case, documents)
    ]
    return summaries[-1] if summaries else nothing


def _nothing(case: Case) -> Summary:
    return Summary(
        files=0,
        bytes=0,
        documents=case.catalogue.count(),
        failures=case.catalogue.failure_count(),
        seconds=0.0,
        cancelled=False,
    )


def _look(case: Case, nothing: Summary, options: Options, cancelled: Flag) -> Summary:
    """The roster, which changed, in the documents that are there. Raises UserError."""
    began = time.monotonic()
    with ingest_lock(case.folder):
        documents = find_mentions(case, options.workers, cancelled)
        find_elements(case, options.workers, cancelled)
    seconds = time.monotonic() - began
    return dataclasses.replace(nothing, documents=documents, seconds=seconds, cancelled=cancelled())


def _listen(source: IO[bytes], cancelled: Flag) -> None:
    source.readline()
    cancelled.set()
