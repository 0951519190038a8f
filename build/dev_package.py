"""`package`: freeze the application, look what is in it, and let it prove itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePath

from dev_common import ROOT, WORK, DevError, must, say, venv_python

SPEC = ROOT / "evidencebox.spec"
WORK_FOLDER = WORK / "pyinstaller"
DIST = WORK / "dist"
BUNDLE = DIST / "EvidenceBox"

# Nothing that can open a connection is shipped, and nothing that parses pictures beyond need.
FORBIDDEN = ("Qt6Network", "QtNetwork", "Qt6WebEngine", "libqtls", "qopensslbackend", "libqpdf")


def forbidden_files(paths: Iterable[PurePath]) -> list[str]:
    """The files of a bundle that must not be in it."""
    return sorted(path.as_posix() for path in paths if any(word in path.name for word in FORBIDDEN))


def bundle_size(bundle: Path) -> int:
    """Bytes of all files of the bundle, links counted once."""
    return sum(p.stat().st_size for p in bundle.rglob("*") if p.is_file() and not p.is_symlink())


def console_executable(bundle: Path = BUNDLE) -> Path:
    """The bundle's command line program (the other one opens the window and has no console)."""
    return bundle / ("evidencebox.exe" if os.name == "nt" else "evidencebox")


def package() -> int:
    """Freeze into .work/dist/EvidenceBox and run its `--self-test`. Returns the exit status."""
    must(
        [
            *(venv_python(), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            # Never the default work folder, which is build/, our sources.
            *("--workpath", WORK_FOLDER, "--distpath", DIST, SPEC),
        ],
        "PyInstaller failed: see its words above.",
        cwd=ROOT,
    )
    bad = forbidden_files(path.relative_to(BUNDLE) for path in BUNDLE.rglob("*"))
    if bad:
        raise DevError(f"The bundle holds what it must not: {', '.join(bad)}.")
    say(f"{BUNDLE}: {bundle_size(BUNDLE) / 1e6:.0f} MB")
    # Not our environment: the bundle must stand alone.
    alone = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.call([str(console_executable()), "--self-test"], env=alone)
