"""What a build proves of itself beside its work: what it holds, and that its window opens."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path, PurePath

from evidencebox.extract import preload
from evidencebox.services.worker_process import own_command

NETWORK_FILES = (
    *("Qt6Network", "QtNetwork", "Qt6WebEngine", "libqtls", "qopensslbackend"),
    *("libssl", "_ssl.", "libcurl", "libgssapi"),
)
"""Parts of file names: libraries that open connections, of Qt, of Python and of others."""

NETWORK_MODULES = (
    *("ssl", "_ssl", "ftplib", "imaplib", "poplib", "smtplib", "xmlrpc"),
    *("PySide6.QtNetwork", "requests", "urllib3", "httpx", "aiohttp"),
)
LOADED_BY_NAME = (
    *("docx", "keyring.backends", "openpyxl", "phonenumbers", "pikepdf", "pyrage"),
    *("reportlab.pdfgen.canvas", "evidencebox.analysis.number_checks", "tesserocr"),
    *("whoosh.qparser", "xlsxwriter"),
)
"""Libraries that a freezer could miss: each is imported on its first use alone."""

_PICTURE = b"\x89PNG\r\n\x1a\n"
_EMPTY_BYTES = 6_000
_WINDOW_SECONDS = 60.0


def network_files(files: Iterable[PurePath]) -> list[str]:
    """Those of a bundle's files that are libraries for a network; texts about them are none."""
    named = {f.name for f in files if f.suffix != ".txt"}
    return sorted(name for name in named if any(word in name for word in NETWORK_FILES))


def no_network() -> str:
    """What a bundle must not hold. Raises RuntimeError where it does."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is None:
        return "not a bundle: run from source"
    files = [path for path in Path(bundle).rglob("*") if path.is_file()]
    found = network_files(files) + [name for name in NETWORK_MODULES if _is_there(name)]
    if found:
        raise RuntimeError(f"the bundle holds {', '.join(found)}")
    return f"none among {len(files):,} files, nor among the modules"


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it would stand in
        return False


def libraries() -> str:
    """Every reader and every library that is only loaded when it is needed. Raises ImportError."""
    preload()
    for name in LOADED_BY_NAME:
        importlib.import_module(name)
    return f"all readers, and {len(LOADED_BY_NAME)} more"


def window(case: Path, pictures: Path) -> str:
    """Opens the window, off screen and in a process of its own, as far as the passphrase's prompt.

    Raises RuntimeError where it does not come so far, or stays blank.
    """
    # Not wherever the caller's windows would go: nothing flashes up, and no display is needed.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    begun = time.monotonic()
    done = subprocess.run(
        [*_desk(), "gui", str(case), "--screenshots", str(pictures)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_WINDOW_SECONDS,
    )
    seconds = time.monotonic() - begun
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RuntimeError(f"it ended with {done.returncode}: {said[-1] if said else 'no word'}")
    picture = (pictures / "unlock.png").read_bytes()
    if not picture.startswith(_PICTURE) or len(picture) < _EMPTY_BYTES:
        raise RuntimeError("it stayed blank")
    return f"asked for the passphrase, {seconds:.1f} s from start to end"


def _desk() -> list[str]:
    """The program that opens the window: in a bundle it stands beside the command line's."""
    if not getattr(sys, "frozen", False):
        return own_command()
    own = Path(sys.executable)
    return [str(own.with_name(f"evidencebox-desk{own.suffix}"))]
