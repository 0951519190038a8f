"""Where every start of the program passes: workers first, before anything heavy is imported."""

from __future__ import annotations

import sys


def run() -> None:
    """Becomes a worker, or the command line (which also opens the window). Does not return."""
    if getattr(sys, "frozen", False):
        # A library that starts processes of its own must find them here, not in our command line.
        from multiprocessing import freeze_support

        freeze_support()
    if sys.argv[1:2] == ["--worker"]:
        sys.exit(_work(sys.argv[2:]))
    from evidencebox.cli import main

    sys.exit(main(sys.argv[1:]))


def _work(arguments: list[str]) -> int:
    if arguments == ["extract"]:
        from evidencebox.services.extract_worker import main as serve
    elif arguments == ["analyse"]:
        from evidencebox.services.analyse_worker import main as serve
    else:
        return 2
    return serve()


if __name__ == "__main__":
    run()
