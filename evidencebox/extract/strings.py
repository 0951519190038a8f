"""Readable runs in bytes that no reader knows: ASCII and UTF-16, up to a limit."""

from __future__ import annotations

import re
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.model.documents import Status

_CHUNK: Final = 1 << 20
_MAX_BYTES: Final = 64 << 20
_MAX_CHARS: Final = 1_000_000
_ASCII: Final = re.compile(rb"[\x20-\x7e\t]{6,4096}|(?:[\x20-\x7e\t]\0){6,4096}")
_WORD: Final = re.compile(r"[A-Za-z]{3}")


def read(job: Job) -> None:
    """Takes the strings; the status stays `unsupported`, since nothing was understood."""
    flow = Flow(job, "strings")
    job.engine = "strings"
    taken = 0
    job.source.seek(0)
    for _ in range(_MAX_BYTES // _CHUNK):
        chunk = job.source.read(_CHUNK)
        if not chunk or taken >= _MAX_CHARS:
            break
        for run in _ASCII.findall(chunk):
            text = run.decode("utf-16-le" if run[1:2] == b"\0" else "latin-1")
            if _WORD.search(text):
                flow.add(text + "\n")
                taken += len(text)
        job.beat()
    flow.close()
    if job.has_text:
        job.warn("strings", "Only readable runs of characters were taken from it.")
    reason = (
        "Its type is not known; only readable strings were taken from it."
        if job.kind.key == "unknown"
        else f"{job.kind.label}: this version does not read {job.kind.label} files yet."
    )
    job.gaps.append((Status.UNSUPPORTED, reason))
