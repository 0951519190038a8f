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
from pathlib import Path
from typing import IO, Any

from evidencebox.errors import UserError
from evidencebox.model.views import Progress
from evidencebox.services.case import open_with_keys
from evidencebox.services.gather import Flag
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.recognise import default_language
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

    options = Options(ocr=default_language())
    opened = Unlocked(bytes.fromhex(order["case_key"]), bytes.fromhex(order["seed"]))
    try:
        case = open_with_keys(Path(order["folder"]), order["case_id"], opened)
        try:
            summary = ingest(case, Path(order["trove"]), options, progress, cancelled)
        finally:
            case.close()
    except UserError as error:
        say("error", message=str(error))
        return 2
    say("done", **dataclasses.asdict(summary))
    return 0


def _listen(source: IO[bytes], cancelled: Flag) -> None:
    source.readline()
    cancelled.set()
