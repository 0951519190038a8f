"""`test`: every check there is, all of them even where one fails."""

from __future__ import annotations

import time
from collections.abc import Sequence

from dev_common import ROOT, run, say, venv_python


def stages(pytest_arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The checks in the order they run: name and command. pytest last, its summary closes."""
    python = str(venv_python())
    module = [python, "-m"]
    return [
        ("ruff check", [*module, "ruff", "check", "."]),
        ("ruff format", [*module, "ruff", "format", "--check", "."]),
        ("mypy", [*module, "mypy"]),
        (
            "import-linter",
            [python, "-c", "from importlinter.cli import lint_imports_command as m; m()"],
        ),
        ("pytest", [*module, "pytest", "-q", "--durations=10", *pytest_arguments]),
    ]


def test(pytest_arguments: Sequence[str]) -> int:
    """Run every check. Returns 0 when all passed.

    Args:
        pytest_arguments: handed to pytest, e.g. `--long` or `tests/index`.
    """
    results = []
    for name, command in stages(pytest_arguments):
        say(f"== {name}")
        begun = time.monotonic()
        status = run(command, cwd=ROOT, extra={"QT_QPA_PLATFORM": "offscreen"})
        results.append((name, status, time.monotonic() - begun))
    say("== summary")
    for name, status, seconds in results:
        say(f"{'ok' if status == 0 else 'FAILED':7} {name} ({seconds:.0f} s)")
    return 1 if any(status for _, status, _ in results) else 0
