"""`wheelhouse`: every locked wheel for one system, to be carried to a machine without a network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from dev_common import ROOT, WORK, DevError, must, say, venv_python

HOUSE = WORK / "wheelhouse"
PYTHON = "3.12"

# Macs with an Intel processor are left out: the key derivation has no wheel for them any more.
# What pip is told to fetch for, and what markers in the lock are answered with, for each system.
SYSTEMS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "linux": (
        ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64",
         "manylinux2014_x86_64", "manylinux1_x86_64"),
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix",
         "platform_machine": "x86_64"},
    ),
    "windows": (
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
         "platform_machine": "AMD64"},
    ),
    "macos-arm64": (
        ("macosx_15_0_arm64", "macosx_14_0_arm64", "macosx_13_0_arm64", "macosx_12_0_arm64",
         "macosx_11_0_arm64", "macosx_13_0_universal2", "macosx_11_0_universal2",
         "macosx_10_9_universal2"),
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix",
         "platform_machine": "arm64"},
    ),
}  # fmt: skip

_PIN = re.compile(
    r"^(?P<pin>[\w.-]+==\S+)(?: ; (?P<marker>[^\\]+?))?(?P<rest> \\\n(?:    .+\n?)+)", re.M
)


def pins(lock: str, answers: dict[str, str]) -> Iterator[str]:
    """The pins of a universal lock that hold for one system, each with its hashes, no markers."""
    from packaging.markers import Marker

    python = {
        "python_version": PYTHON,
        "python_full_version": f"{PYTHON}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for match in _PIN.finditer(lock):
        marker = match["marker"]
        if marker is None or Marker(marker).evaluate({**python, **answers}):
            yield match["pin"] + match["rest"].rstrip() + "\n"


def wheelhouse(arguments: Sequence[str]) -> int:
    """Fetch for the systems that `--for` names, or all. Returns the exit status.

    Raises:
        DevError: for a system nobody knows, or where pip fails.
    """
    wanted = [a for a in arguments if a != "--for"] or list(SYSTEMS)
    unknown = set(wanted) - set(SYSTEMS)
    if unknown:
        raise DevError(
            f"No wheelhouse for {', '.join(unknown)}: it is one of {', '.join(SYSTEMS)}."
        )
    for system in wanted:
        fetch(system, HOUSE / system)
    return 0


def fetch(system: str, target: Path) -> None:
    """One system's wheels and the lock they answer to, in `target`."""
    platforms, answers = SYSTEMS[system]
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    lock = target / "requirements.txt"
    text = "".join(pins((ROOT / "requirements.txt").read_text("utf-8"), answers))
    lock.write_text(text, encoding="utf-8", newline="\n")
    must(
        [
            *(venv_python(), "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"),
            *("--only-binary", ":all:", "--python-version", PYTHON, "--implementation", "cp"),
            *(word for platform in platforms for word in ("--platform", platform)),
            *("-r", lock, "-d", target),
        ],
        f"pip did not find a wheel of everything for {system}: see its words above.",
    )
    wheels = list(target.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in wheels)
    say(f"{system}: {len(wheels)} wheels, {size / 1e6:.0f} MB, in {target}")
