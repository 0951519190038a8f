"""Where the frozen window starts: by a double-click, or with a case dropped on it."""

from __future__ import annotations

import sys


def arguments(given: list[str]) -> list[str]:
    """What to hand to the command line: `gui` is understood, everything else passes as it is."""
    if not given or (len(given) == 1 and given[0].rstrip("/\\").endswith(".evidencebox")):
        return ["gui", *given]
    return given


if __name__ == "__main__":
    from evidencebox.__main__ import run

    sys.argv[1:] = arguments(sys.argv[1:])
    run()
