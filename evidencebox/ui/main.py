"""Starts the window; or drives it by itself and keeps pictures of it."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from evidencebox.ui.collector import Collector
from evidencebox.ui.icons import icon
from evidencebox.ui.languages import speak
from evidencebox.ui.ports import Creator, Opener, OtherWays, Sample
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
    others: OtherWays | None = None,
    sample: Sample | None = None,
    measured: Path | None = None,
) -> int:
    """Shows the window until it is closed.

    Args:
        case: the case to ask the passphrase of; None for the welcome page.
        passphrase: opens the case without asking; for demonstrations on made-up cases.
        others: what opens a case besides its passphrase.
        sample: the sample case, to be tried.
        screenshots: a folder. The window then drives itself once and keeps pictures there.
        measured: a file that says what to measure; the window then drives itself, too.

    Returns:
        The exit status.
    """
    app = _application()
    if screenshots is not None:
        from evidencebox.ui.tour import tour

        with _driven(app, opener, creator) as window:
            return tour(window, case, passphrase, screenshots)
    if measured is not None:
        from evidencebox.ui.measure import measure

        with _driven(app, opener, creator) as window:
            _set_aside(app, window)
            return measure(window, case, passphrase, measured)
    preferences = Preferences(settings_file())
    speak(preferences.language)
    theme = Theme(app, preferences.mode, preferences.percent)
    app.setWindowIcon(icon("app", theme.tokens.accent, 64))
    window = Window(theme, preferences, opener, creator, others, sample)
    _set_aside(app, window)
    _show(window, case, passphrase)
    return app.exec()


def _application() -> QApplication:
    made = QApplication.instance()
    app = made if isinstance(made, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("EvidenceBox")
    app.setDesktopFileName("evidencebox")
    speak_plainly()
    if app.findChild(Collector) is None:
        Collector(app)
    return app


def _set_aside(app: QApplication, window: Window) -> None:
    """What stands when a case is open is looked through again by the collector when it is left."""
    collector = app.findChild(Collector)
    if collector is not None:
        window.settled.connect(collector.set_aside)
        window.left.connect(collector.take_back)


@contextlib.contextmanager
def _driven(app: QApplication, opener: Opener, creator: Creator) -> Iterator[Window]:
    """A window that drives itself: with nobody's settings, and it leaves none."""
    with tempfile.TemporaryDirectory() as nowhere:
        preferences = Preferences(Path(nowhere) / "desk.ini")
        try:
            yield Window(Theme(app, preferences.mode), preferences, opener, creator)
        finally:
            # Else it is written when the program ends, into a folder made anew for that.
            preferences.flush()


def _show(window: Window, case: Path | None, passphrase: str | None) -> None:
    sys.excepthook = window.report
    window.doorway.welcome()
    if case is not None:
        window.doors.ask(case)
        if passphrase is not None:
            window.doors.unlock(passphrase)
    window.show()
