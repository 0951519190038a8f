"""Starts the window; or drives it by itself and keeps pictures of it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from evidencebox.ui.ports import Creator, Opener
from evidencebox.ui.preferences import Preferences, settings_file
from evidencebox.ui.theme import Theme
from evidencebox.ui.window import Window


def speak_plainly() -> None:
    """Where the system names no language, figures are still grouped: 41,020."""
    if QLocale.system().language() is QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


def run(
    case: Path | None,
    opener: Opener,
    creator: Creator,
    passphrase: str | None = None,
    screenshots: Path | None = None,
) -> int:
    """Shows the window until it is closed.

    Args:
        case: the case to ask the passphrase of; None for the welcome page.
        passphrase: opens the case without asking; for demonstrations on made-up cases.
        screenshots: a folder. The window then drives itself once and keeps pictures there.

    Returns:
        The exit status.
    """
    made = QApplication.instance()
    app = made if isinstance(made, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("EvidenceBox")
    app.setDesktopFileName("evidencebox")
    file = settings_file() if screenshots is None else screenshots / "desk.ini"
    preferences = Preferences(file)
    speak_plainly()
    theme = Theme(app, preferences.mode)
    window = Window(theme, preferences, opener, creator)
    sys.excepthook = window.report
    if screenshots is not None:
        from evidencebox.ui.tour import tour

        return tour(window, case, passphrase, screenshots)
    if case is not None:
        window.ask(case)
        if passphrase is not None:
            window.unlock(passphrase)
    window.show()
    return app.exec()
