"""System libraries that Qt's wheel expects of a Linux, and the packages that hold them."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from dev_common import DevError, say

# soname: Debian and Ubuntu packages that hold it, newest name first ("t64" since Ubuntu 24.04 and
# Debian 13). From `objdump -p` over QtCore, QtGui, QtWidgets and the xcb and offscreen plugins of
# PySide6-Essentials 6.11; the wayland plugin is not counted, xcb stands in for it. Every system has
# GCC's two libraries and expat.
NEEDED: Mapping[str, Sequence[str]] = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libX11.so.6": ("libx11-6",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libexpat.so.1": ("libexpat1",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libgcc_s.so.1": ("libgcc-s1",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgthread-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libstdc++.so.6": ("libstdc++6",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxcb.so.1": ("libxcb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libz.so.1": ("zlib1g",),
    "libzstd.so.1": ("libzstd1",),
}

# Programs that some tests need and skip without: a key store on a bus of its own, a tracer, and
# what somebody would take a redacted PDF apart with.
TEST_TOOLS: Mapping[str, str] = {
    "gnome-keyring-daemon": "gnome-keyring",
    "dbus-run-session": "dbus",
    "strace": "strace",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
}

_PROBE = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


def missing_libraries(python: Path) -> list[str]:
    """The sonames of `NEEDED` that this machine's loader cannot find; nothing off Linux.

    Asked in a process of its own, since a library once loaded stays.
    """
    if sys.platform != "linux":
        return []
    command = [str(python), "-c", _PROBE, *NEEDED]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def packages_for(sonames: Iterable[str], known: Callable[[str], bool]) -> list[str]:
    """The packages to install for these sonames, sorted, each once.

    Args:
        sonames: keys of `NEEDED`.
        known: whether the package index of this machine knows a package. Where it knows none
            of the names, the last (oldest) is taken.
    """
    chosen = set()
    for soname in sonames:
        names = NEEDED[soname]
        chosen.add(next(filter(known, names), names[-1]))
    return sorted(chosen)


def apt_knows(package: str) -> bool:
    """Whether apt has a candidate for the package; nothing is known where there is no apt."""
    if shutil.which("apt-cache") is None:
        return False
    answer = subprocess.run(
        ["apt-cache", "--quiet=0", "show", package], capture_output=True, text=True
    )
    return answer.returncode == 0 and f"Package: {package}\n" in answer.stdout


def is_root() -> bool:
    """Whether we may install system packages without asking."""
    return sys.platform != "win32" and os.geteuid() == 0


def apt_install(packages: Sequence[str], why: str) -> None:
    """Install Debian packages, as root.

    Raises:
        DevError: when apt fails.
    """
    say(f"Installing {' '.join(packages)} ({why}) ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if subprocess.call(command, env=quiet, stdout=subprocess.DEVNULL) != 0:
        raise DevError(f"apt-get could not install {' '.join(packages)}: see its words above.")


def apt_update() -> None:
    """Refresh apt's lists; a failure is left to the install that follows to report."""
    subprocess.call(["apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)


def can_apt() -> bool:
    """Whether this is a Debian or Ubuntu on which we are root."""
    return is_root() and shutil.which("apt-get") is not None


def advice(sonames: Sequence[str], packages: Sequence[str]) -> str:
    """The one sentence for a machine on which we may not, or cannot, install them."""
    if shutil.which("apt-get"):
        return (
            f"Qt needs system libraries that are missing: sudo apt-get install {' '.join(packages)}"
        )
    return (
        f"Qt needs system libraries that are missing on this {platform.system()}: install the"
        f" packages that hold {', '.join(sonames)}."
    )


def ensure_libraries(python: Path) -> None:
    """Make sure that Qt's system libraries are there; install them where we may.

    Raises:
        DevError: one sentence that names what to install.
    """
    missing = missing_libraries(python)
    if not missing:
        return
    if not can_apt():
        # A name that this release does not know would spoil the whole command.
        raise DevError(advice(missing, packages_for(missing, apt_knows)))
    apt_update()
    apt_install(packages_for(missing, apt_knows), "system libraries that Qt needs")
    still = missing_libraries(python)
    if still:
        raise DevError(advice(still, packages_for(still, apt_knows)))


def offer_test_tools() -> None:
    """Install what tests would skip without, where we may; elsewhere say what that is."""
    missing = sorted({p for tool, p in TEST_TOOLS.items() if shutil.which(tool) is None})
    if sys.platform != "linux" or not missing:
        return
    if can_apt():
        try:
            apt_update()
            apt_install(missing, "programs that some tests need")
            return
        except DevError as error:
            say(str(error))
    say(f"Some tests will be skipped: they need {', '.join(missing)}.")
