"""Words in the reviewer's language: one function to say them, one to find the catalogue."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

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


def speak(preferred: str) -> QTranslator | None:
    """Installs the words of a language; None for English, in which they are written.

    Call it before the first window is made: what was said stays said.
    """
    code = PSEUDO if os.environ.get("EVIDENCEBOX_PSEUDO") else wanted(preferred)
    app = QCoreApplication.instance()
    if code == "en" or app is None:
        return None
    made = PseudoTranslator(app) if code == PSEUDO else QTranslator(app)
    if code != PSEUDO and not made.load(str(catalogue(code))):
        return None
    app.installTranslator(made)
    if code in LANGUAGES:
        QLocale.setDefault(QLocale(code))
    return made
