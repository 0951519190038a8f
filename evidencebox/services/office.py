"""LibreOffice as a layout engine: in a room of its own, one process for each document.

Linux alone, where the system lets users have namespaces. What comes out is as hostile as what went
in: a PDF for the sandboxed readers, to be drawn there and never to be opened or handed out here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from evidencebox.services.worker_process import own_command, worker_environment

SUFFIXES: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "text/html": "html",
}
"""What it lays out, by media type. Cells stay cells."""
SECONDS: Final = 120.0
MOST: Final = 64 << 20
"""Bytes of a document."""
_SETTINGS: Final = {
    "Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "DisableActiveContent": "true",
        "BlockUntrustedRefererLinks": "true",
        "DisablePythonRuntime": "true",
    },
    "Writer/Content/Update": {"Link": "0", "Field": "false", "Chart": "false"},
    "Common/Misc": {"FirstRun": "false"},
}


class OfficeError(Exception):
    """It cannot lay this document out, or not safely; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Office:
    """One that was tried here. `name` and version as it says them itself."""

    program: str
    name: str

    def laid_out(self, data: bytes, media_type: str) -> bytes:
        """A hostile PDF of the whole document. Raises OfficeError."""
        suffix = SUFFIXES.get(media_type)
        if suffix is None or len(data) > MOST:
            raise OfficeError("it does not lay out documents of this kind or size")
        return _ask(self.program, suffix, data)


@cache
def found() -> Office | None:
    """The one that is installed here and can be shut in; None where there is none such."""
    program = _program() if sys.platform == "linux" else None
    if program is None:
        return None
    try:
        said = _ask(program, "", b"").decode("ascii", "replace")
    except OfficeError:
        return None
    return Office(program, " ".join(said.split()[:2])[:40])


def _program() -> str | None:
    command = shutil.which("soffice") or shutil.which("libreoffice")
    beside = [Path(os.path.realpath(command)).parent] if command else []
    known = [Path("/usr/lib/libreoffice/program"), Path("/usr/lib64/libreoffice/program")]
    for folder in (*beside, *known, *sorted(Path("/opt").glob("libreoffice*/program"))):
        if (folder / "soffice.bin").is_file():
            return str(folder)
    return None


def _ask(program: str, suffix: str, data: bytes) -> bytes:
    task = {
        "program": program,
        "suffix": suffix,
        "bytes": len(data),
        "seconds": SECONDS,
        "settings": _settings(),
    }
    try:
        done = subprocess.run(
            own_command("--worker", "office"),
            input=json.dumps(task).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=worker_environment(os.environ),
            cwd=os.path.abspath(os.sep),
            timeout=SECONDS + 30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise OfficeError("it could not be started, or did not end") from None
    head, _, pdf = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
        whole = answer["bytes"] == len(pdf)
    except (ValueError, KeyError, TypeError):
        raise OfficeError("its room ended without an answer") from None
    if answer["error"] or not whole:
        raise OfficeError(str(answer["error"]) or "its answer is not whole")
    return pdf


def _settings() -> str:
    """A profile of its own: no macros, no links followed, no fields filled in anew."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/'
        'registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/'
        f'XMLSchema-instance">{items}</oor:items>'
    )
