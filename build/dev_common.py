"""Where things are, and how the verbs run commands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
WORK = ROOT / ".work"


class DevError(Exception):
    """One sentence for the developer, with a way out; no traceback."""


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter inside a virtual environment, on any system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child that shall find `evidencebox` wherever it is started.

    EvidenceBox runs from the source tree and is never installed into `.venv`: nothing to
    rebuild after an edit, and no build back end to fetch.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        **(extra or {}),
    }


def say(text: str) -> None:
    """A line for the developer, in order with what children print."""
    print(text, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    extra: Mapping[str, str] | None = None,
) -> int:
    """Run a command, its output passed through. Returns its exit status."""
    return subprocess.call([str(word) for word in command], cwd=cwd, env=environment(extra))


def must(command: Sequence[str | Path], sentence: str, *, cwd: Path | None = None) -> None:
    """Run a command that has to succeed.

    Raises:
        DevError: with the sentence, when the command fails.
    """
    if run(command, cwd=cwd) != 0:
        raise DevError(sentence)


def evidencebox(*arguments: str | Path) -> list[str]:
    """The command line that starts EvidenceBox from the source tree."""
    return [str(venv_python()), "-m", "evidencebox", *map(str, arguments)]


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
