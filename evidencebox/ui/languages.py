"""Words in the reviewer's language: one function to say them, one to find the catalogue."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from evidencebox.ui.resources import resource

CONTEXT = "desk"
LANGUAGES = {"en": "English", "es": "Español"}
"""Code → what its speakers call it."""
PSEUDO = "qps"
"""No language: every word longer and with accents, to find what was not given to `tr`."""
_ACCENTED = str.maketrans("aeiouncAEIOUNC", "àéîõüñçÀÉÎÕÜÑÇ")


def tr(text: str) -> str:
    """The words in the chosen language; as they are where the catalogue lacks them."""
    return QCoreApplication.translate(CONTEXT, text) if text else text


def figure(number: int) -> str:
    """A number in groups of three, as the language writes them."""
    here = QLocale()
    plain = here.language() is QLocale.Language.C
    return f"{number:,}" if plain else here.toString(number)


def told(text: str, *values: object) -> str:
    """`tr`, with values in the place of %1, %2 …; figures stand as the language writes them."""
    shown = [figure(v) if type(v) is int else str(v) for v in values]
    return re.sub(r"%([1-9])", lambda hole: shown[int(hole[1]) - 1], tr(text))


def several(count: int, one: str, many: str) -> str:
    """A number with its noun: `one` for a single thing, else `many` with %1 for the number."""
    return tr(one) if count == 1 else told(many, count)


def catalogue(code: str) -> Path:
    """Where the compiled words of a language stand, in a checkout and in a frozen build."""
    return resource("translations", f"evidencebox_{code}.qm")


def wanted(preferred: str) -> str:
    """The language to speak: the chosen one, else the system's, else English."""
    if preferred in LANGUAGES:
        return preferred
    system = QLocale.system().name().partition("_")[0]
    return system if system in LANGUAGES else "en"


def pseudo(text: str) -> str:
    """What `PSEUDO` makes of a text: a third longer, accented, and between brackets."""
    return f"[{text.translate(_ACCENTED)}{'~' * (len(text) // 3)}]"


class PseudoTranslator(QTranslator):
    """Translates everything, so that what stays plain was never asked for."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        # Qt shows other contexts' words in dialogs of its own, which are not ours to name.
        return pseudo(text) if context == CONTEXT else ""


def speak(preferred: str) -> tuple[QTranslator, ...]:
    """Installs the words of a language, ours and Qt's; none for English, in which ours are written.

    Call it before the first window is made: what was said stays said.
    """
    code = PSEUDO if os.environ.get("EVIDENCEBOX_PSEUDO") else wanted(preferred)
    app = QCoreApplication.instance()
    if code == "en" or app is None:
        return ()
    made: QTranslator = PseudoTranslator(app) if code == PSEUDO else QTranslator(app)
    if code == PSEUDO:
        app.installTranslator(made)
        return (made,)
    # Standard buttons and the dialogs that choose files: their words come with Qt.
    theirs, where = QTranslator(app), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    files = ((theirs, f"{where}/qtbase_{code}.qm"), (made, str(catalogue(code))))
    spoken = tuple(each for each, file in files if each.load(file))
    for each in spoken:
        app.installTranslator(each)
    QLocale.setDefault(QLocale(code))
    return spoken
