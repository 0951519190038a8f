"""`lock`: pin every library by hash, for all systems and Pythons at once."""

from __future__ import annotations

import sys
from pathlib import Path

from dev_common import ROOT, WORK, must, run, say, venv_python

TOOLS = ROOT / "build" / "requirements-lock.txt"
# What developers get is what users get, and more: the second is held to the versions of the first.
LOCKS: dict[str, list[str]] = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": [
        *("pyproject.toml", "--extra", "dev", "--constraints", "requirements.txt"),
    ],
    "build/requirements-freeze.txt": [
        *("build/requirements-freeze.in", "--constraints", "requirements.txt"),
    ],
    "build/requirements-package.txt": ["build/requirements-package.in"],
}
HEADER = """\
# Made by `python3 build/dev.py lock`. Do not edit.
# Every file of every version, for Linux, Windows and macOS, Python 3.11 to 3.13.
"""


def locker() -> Path:
    """An environment of its own that holds the resolver. Returns its Python."""
    venv = WORK / "lock-venv"
    must([sys.executable, "-m", "venv", "--clear", venv], "Python could not make an environment.")
    python = venv_python(venv)
    must(
        [python, "-m", "pip", "install", "-q", "--require-hashes", "-r", TOOLS],
        "pip could not install the resolver (see its words above).",
    )
    return python


def compile_command(python: Path, name: str, upgrade: bool) -> list[str]:
    """The resolver's command line for one lock; what is pinned already stays unless `upgrade`.

    --no-build: wheels only, since a source distribution runs code when it is installed. The
    index is left out of the output, so that no machine's mirror is written into the project.
    """
    return [
        *(str(python), "-m", "uv", "pip", "compile", *LOCKS[name]),
        *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-build"),
        *("--no-emit-index-url", "--no-header", "--no-annotate", "--no-config", "--quiet"),
        *(["--upgrade"] if upgrade else []),
        *("--output-file", name),
    ]


def lock(upgrade: bool = False) -> int:
    """Write both locks again, the runtime's first. Returns the exit status."""
    python = locker()
    for name in LOCKS:
        if run(compile_command(python, name, upgrade), cwd=ROOT) != 0:
            return 1
        output = ROOT / name
        text = output.read_text(encoding="utf-8")
        output.write_text(HEADER + text.removeprefix(HEADER), encoding="utf-8", newline="\n")
        say(f"{name}: {text.count('==')} pins")
    return 0
