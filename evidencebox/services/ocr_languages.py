"""Which languages text can be recognised in: those of the bundle, and those that people add.

Tesseract wants all data of one run in one folder. Where a language is asked for that only the
user's folder has, the bundle's data are copied there beside it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.extract import ocrdata, ocrrapid

OFF = "off"


def known() -> list[str]:
    """The codes of all languages there are data for, such as `eng`."""
    return sorted(ocrdata.languages())


def default() -> str:
    """English where its data are installed; else none."""
    return "eng" if "eng" in ocrdata.languages() else ""


def chosen(wanted: str | None, setting: str = "") -> str:
    """The languages to use, joined by `+`; empty for none.

    `wanted` (such as `eng+spa`, `eng,spa`, `off`, or `rapidocr` for that engine) stands before the
    case's `setting`, and that before the default. Raises UserError for what there are no data for.
    """
    words = wanted if wanted is not None else setting
    if not words:
        return default()
    if words == OFF:
        return ""
    if words == ocrrapid.NAME:
        if not ocrrapid.installed():
            raise UserError(
                "The second engine of text recognition is not installed here: "
                "install evidencebox[ocr2], or choose languages of the first.",
                option="--ocr",
            )
        return words
    codes = list(dict.fromkeys(words.replace(",", "+").replace(" ", "").split("+")))
    missing = [code for code in codes if code not in ocrdata.languages()]
    if missing:
        here = ", ".join(known()) or "none"
        raise UserError(
            f"There are no data for text recognition in {missing[0]!r}; there are for: {here}. "
            f"To add a language, put its .traineddata file into {ocrdata.own_folder()}."
        )
    return "+".join(codes)


def prepare(languages: str) -> None:
    """Sees to it that one folder has the data of all these languages, where there are any.

    Raises UserError.
    """
    codes = languages.split("+")
    unknown = not ocrdata.languages().issuperset(codes)
    if unknown or ocrdata.folder_for(codes) is not None:
        return
    bundle, own = ocrdata.folder(), ocrdata.own_folder()
    try:
        for code in ocrdata.with_turn(codes):
            name = ocrdata.file_name(code)
            if bundle is not None and not (own / name).is_file() and (bundle / name).is_file():
                _copy(bundle / name, own / name)
    except OSError as error:
        raise UserError(
            f"The data of text recognition cannot be copied: {error.strerror}."
        ) from None


def _copy(source: Path, target: Path) -> None:
    half = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, half)
        os.replace(half, target)
    finally:
        half.unlink(missing_ok=True)
