"""The licence of every part of a bundle, in its own words, beside the bill of materials.

Run by the environment that was frozen: `python build/package_licences.py BOM OUT`. A text file for
each package of Python that the bill names, and on Linux for each that the build machine gave.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_TEXTS = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
_CODE = (".py", ".pyc", ".pyi", ".so", ".dist-info")
_DEBIAN = re.compile(r"Native code of the build machine's package (\S+)\.")
_MARK = "=" * 80
# Their wheels name the licence and leave its text out.
_OURS = {
    "pyside6-essentials": "LGPL-3.0.txt",
    "shiboken6": "LGPL-3.0.txt",
}


class NoTextError(Exception):
    """A part whose licence is nowhere to be found."""


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[._-]+", "-", name).lower()


def texts(distribution: metadata.Distribution) -> list[str]:
    """The licence texts that a package brings, each under its path. Raises NoTextError."""
    found = []
    for file in sorted(distribution.files or (), key=str):
        inside = ".dist-info/" in file.as_posix()
        if inside and _TEXTS.search(file.as_posix()) and not file.name.endswith(_CODE):
            text = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
            found.append(f"{file.as_posix()}\n{_MARK}\n{text.rstrip()}\n")
    ours = _OURS.get(normal(distribution.metadata["Name"]))
    if ours and not found:
        found = [(ROOT / "resources" / "licences" / ours).read_text(encoding="utf-8")]
    if not found:
        raise NoTextError(f"{distribution.metadata['Name']} brings no licence text: see _OURS.")
    return found


def of_debian(package: str, share: Path = Path("/usr/share/doc")) -> str:
    """The copyright file of a Debian package. Raises NoTextError."""
    file = share / package / "copyright"
    if not file.is_file():
        raise NoTextError(f"{file} is not there: install {package} again.")
    return file.read_text(encoding="utf-8", errors="replace")


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    bill = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    out = Path(arguments[1])
    out.mkdir(parents=True)
    named = {normal(each["name"]) for each in bill["components"]}
    for distribution in metadata.distributions():
        name = normal(distribution.metadata["Name"])
        if name in named:
            text = f"\n{_MARK}\n".join(texts(distribution))
            (out / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    for each in bill["components"]:
        if match := _DEBIAN.fullmatch(each.get("description", "")):
            target = out / f"debian-{match[1]}.txt"
            target.write_text(of_debian(match[1]), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
