"""`test`: every check there is, all of them even where one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from dev_common import ROOT, environment, say, venv_python


def stages(pytest_arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The checks in the order they run: name and command. pytest last, its summary closes."""
    python = str(venv_python())
    module = [python, "-m"]
    return [
        # Workers write no bytecode: without this, each one would compile its modules anew.
        ("compile", [*module, "compileall", "-q", "evidencebox", "build"]),
        ("ruff check", [*module, "ruff", "check", "."]),
        ("ruff format", [*module, "ruff", "format", "--check", "."]),
        ("mypy", [*module, "mypy"]),
        (
            "import-linter",
            [python, "-c", "from importlinter.cli import lint_imports_command as m; m()"],
        ),
        ("pytest", [*module, "pytest", "-q", "--durations=10", *spread(), *pytest_arguments]),
    ]


def spread() -> list[str]:
    """Several processes, a file of tests in one: a run waits for workers, kills and disks a lot.

    One more than there are cores, since many wait; never more than four, since tests start two or
    three processes themselves.
    """
    return ["-n", str(min(4, (os.cpu_count() or 1) + 1)), "--dist", "loadfile"]


def tee(command: Sequence[str]) -> tuple[int, str]:
    """Run a check, its output passed through as it comes. Returns its status and last line."""
    extra = {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUNBUFFERED": "1",
        # Where it is set, as in many containers, every process of the run would compile what it
        # imports, and pytest rewrite all assertions in each of its own.
        "PYTHONDONTWRITEBYTECODE": "",
    }
    tail = b""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        while chunk := process.stdout.read1():  # type: ignore[attr-defined]
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            tail = (tail + chunk)[-4096:]
    lines = tail.decode("utf-8", "replace").strip().splitlines()
    return process.returncode, lines[-1].strip("= ") if lines else ""


def test(pytest_arguments: Sequence[str]) -> int:
    """Run every check; the last line is pytest's result. Returns 0 when all passed.

    Args:
        pytest_arguments: handed to pytest, e.g. `--long` or `tests/index`.
    """
    results = []
    for name, command in stages(pytest_arguments):
        say(f"== {name}")
        begun = time.monotonic()
        status, last = tee(command)
        results.append((name, status, time.monotonic() - begun, last))
    say("== summary")
    for name, status, seconds, last in results:
        say(f"{'ok' if status == 0 else 'FAILED':7} {name} ({seconds:.0f} s): {last}")
    return 1 if any(status for _, status, _, _ in results) else 0
