"""`setup`: the virtual environment, the locked libraries, the system's libraries."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

from dev_common import ROOT, VENV, DevError, must, say, venv_python
from dev_system import apt_install, apt_update, can_apt, ensure_libraries

LOCK = ROOT / "requirements-dev.txt"
STAMP = ".evidencebox-lock"


def lock_digest(python: Path, lock: Path = LOCK) -> str:
    """What the environment must have been made from: the lock, and which Python."""
    version = subprocess.run(
        [str(python), "-c", "import sys; print(sys.version)"], capture_output=True, check=True
    ).stdout
    return hashlib.sha256(lock.read_bytes() + version).hexdigest()


def can_make_venv() -> bool:
    """Whether this Python can make environments: Debian keeps `ensurepip` in another package."""
    probe = "import ensurepip, venv"
    return subprocess.call([sys.executable, "-c", probe], stderr=subprocess.DEVNULL) == 0


def ensure_venv_module() -> None:
    """Install Debian's package of `venv` where it is missing and we may.

    Raises:
        DevError: one sentence that names the package.
    """
    if can_make_venv():
        return
    package = f"python3.{sys.version_info[1]}-venv"
    if can_apt():
        apt_update()
        apt_install([package], "Python's venv module")
    if not can_make_venv():
        raise DevError(
            f"This Python cannot make a virtual environment: sudo apt-get install {package}"
        )


def healthy(venv: Path) -> bool:
    """Whether the environment's own Python and pip start (a Python upgrade breaks them)."""
    python = venv_python(venv)
    if not python.exists():
        return False
    try:
        probe = [str(python), "-m", "pip", "--version"]
        return subprocess.call(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv(venv: Path) -> None:
    """Make the environment, in place of a broken one.

    Raises:
        DevError: when Python cannot.
    """
    ensure_venv_module()
    say(f"Making {venv.name} with Python {platform.python_version()} ...")
    must(
        [sys.executable, "-m", "venv", "--clear", venv],
        f"Python could not make {venv}: see its words above.",
    )


def install(venv: Path, lock: Path) -> None:
    """Install exactly the locked set, by hash, when it changed since the last time.

    Raises:
        DevError: when pip fails.
    """
    stamp = venv / STAMP
    digest = lock_digest(venv_python(venv), lock)
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Installing the locked libraries (about 200 MB the first time) ...")
    must(
        [
            *(venv_python(venv), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "-r", lock),
        ],
        "pip could not install the locked libraries (see its words above): is the network, or a"
        " wheelhouse given by PIP_FIND_LINKS, within reach?",
    )
    scratch = stamp.with_suffix(".new")
    scratch.write_text(digest)
    os.replace(scratch, stamp)


def check_qt(python: Path) -> None:
    """Start Qt once: the loader has the last word on what is missing.

    Raises:
        DevError: with the loader's own line.
    """
    probe = "from PySide6.QtWidgets import QApplication; QApplication([])"
    answer = subprocess.run(
        [str(python), "-c", probe],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    if answer.returncode != 0:
        last = (answer.stderr.strip().splitlines() or ["no message"])[-1]
        raise DevError(f"Qt does not start here: {last}")


def setup() -> None:
    """Make everything ready; quick when it is.

    Raises:
        DevError: one sentence that says what is missing.
    """
    if not healthy(VENV):
        make_venv(VENV)
    # First what the system lacks: nobody should wait for a download to be told that.
    ensure_libraries(venv_python())
    install(VENV, LOCK)
    check_qt(venv_python())
