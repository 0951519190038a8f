"""Where every start of the program passes: workers first, before anything heavy is imported."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencebox.services.desk import Desk
    from evidencebox.ui.ports import Sample

_M_ARENA_MAX = -8  # of glibc's malloc.h


def run() -> None:
    """Becomes a worker, or the command line (which also opens the window). Does not return."""
    if getattr(sys, "frozen", False):
        # A library that starts processes of its own must find them here, not in our command line.
        from multiprocessing import freeze_support

        freeze_support()
    if sys.argv[1:2] == ["--worker"]:
        sys.exit(_work(sys.argv[2:]))
    from evidencebox.vault.memory import keep_private

    keep_private()
    from evidencebox.services import running

    running.announce()
    if sys.argv[1:2] == ["--ingest-child"]:
        from evidencebox.services.ingest_child import main as import_trove

        sys.exit(import_trove())
    if sys.argv[1:2] == ["--sample-child"]:
        from evidencebox.config import sample_folder
        from evidencebox.services.sample_case import make

        make(sample_folder())
        sys.exit(0)
    from evidencebox.cli import main

    sys.exit(main(sys.argv[1:], _open_window))


def _open_window(
    case: Path | None, passphrase: str | None, screenshots: Path | None, measured: Path | None
) -> int:
    """Qt is imported here and nowhere before: the command line and the workers do without it.

    The case's side is imported when a case is opened, in a background thread: the window is drawn
    sooner by as much as that takes.
    """
    _share_heaps()
    from evidencebox.ui.main import run as run_window
    from evidencebox.ui.ports import OtherWays

    others = OtherWays(_recover_desk, _restore_case, _key_store_offered, _key_store_desk)
    return run_window(
        case, _open_desk, _create_desk, passphrase, screenshots, others, _sample(), measured
    )


def _share_heaps() -> None:
    """Has all threads share two heaps of the C library: else each keeps one, mostly empty."""
    if sys.platform != "linux":
        return
    import ctypes

    # Another C library than glibc has one heap anyway, and not this call.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)


def _sample() -> Sample:
    from evidencebox.config import SAMPLE_PASSPHRASE, sample_folder
    from evidencebox.services.worker_process import own_command
    from evidencebox.ui.ports import Sample

    return Sample(sample_folder(), SAMPLE_PASSPHRASE, tuple(own_command("--sample-child")))


def _open_desk(folder: Path, passphrase: str) -> Desk:
    from evidencebox.app import open_desk

    return open_desk(folder, passphrase)


def _recover_desk(folder: Path, code: str, reviewer: str, passphrase: str) -> Desk:
    from evidencebox.app import recover_desk

    return recover_desk(folder, code, reviewer, passphrase)


def _restore_case(folder: Path, passphrase: str) -> list[str]:
    from evidencebox.app import restore_case

    return restore_case(folder, passphrase)


def _key_store_offered(folder: Path) -> bool:
    from evidencebox.app import key_store_offered

    return key_store_offered(folder)


def _key_store_desk(folder: Path) -> Desk:
    from evidencebox.app import key_store_desk

    return key_store_desk(folder)


def _create_desk(folder: Path, reviewer: str, passphrase: str) -> tuple[Desk, str]:
    from evidencebox.app import create_desk

    return create_desk(folder, reviewer, passphrase)


def _work(arguments: list[str]) -> int:
    if arguments == ["extract"]:
        from evidencebox.services.extract_worker import main as serve
    elif arguments == ["analyse"]:
        from evidencebox.services.analyse_worker import main as serve
    elif arguments == ["expose"]:
        from evidencebox.services.element_worker import main as serve
    elif arguments[:1] == ["ocr"] and len(arguments) == 3:
        from evidencebox.services.ocr_worker import main as recognise

        return recognise(arguments[1], arguments[2])
    elif arguments == ["office"] and sys.platform == "linux":
        from evidencebox.services.office_room import main as lay_out

        return lay_out()
    else:
        return 2
    return serve()


if __name__ == "__main__":
    run()
