"""The first page: recent cases, the sample, advice on passphrases and places, what comes first."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidencebox.ui import doorway
from evidencebox.ui.card import CapsHint
from evidencebox.ui.ports import Desk, Sample
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.roster_dialog import RosterDialog
from evidencebox.ui.strength import FAIR, STRONG, bits, place_warning, strength_words
from evidencebox.ui.theme import Theme
from evidencebox.ui.unlocking import UnlockPage
from evidencebox.ui.window import Window
from tests.ui.conftest import RECOVERY
from tests.ui.fake_desk import PASSPHRASE, FakeDesk


def test_recent_cases_are_found_by_their_alias_alone(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Harbour.evidencebox"
    folder.mkdir()
    (folder / "header.json").write_text("{}")
    monkeypatch.setattr(doorway, "places", lambda: iter([tmp_path]))
    for alias in ("Elsewhere", "Harbour"):
        window._preferences.opened(alias)
    window.doorway.welcome()
    page = window.front.welcome
    named = [each.accessibleName() for each in page.findChildren(QPushButton)]
    assert named[-2:] == ["Open the case Harbour", "Open the case Elsewhere"]
    page.recent_asked.emit("Elsewhere")
    assert "not in the usual places" in page.problem.text()
    page.recent_asked.emit("Harbour")
    assert window.front.currentWidget() is window.front.unlock
    assert window.front.unlock.title.text() == "Unlock “Harbour”"


def test_the_sample_is_made_beside_and_opens(
    qtbot: QtBot,
    theme: Theme,
    preferences: Preferences,
    desk: FakeDesk,
    door: Callable[[Path, str], Desk],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "Sample.evidencebox"
    command = (sys.executable, "-c", f"import pathlib; pathlib.Path({str(folder)!r}).mkdir()")
    sample = Sample(folder, PASSPHRASE, command)
    made = Window(theme, preferences, door, lambda *_: (desk, RECOVERY), None, sample)
    qtbot.addWidget(made)
    made.show()
    made.doorway.welcome()
    page = made.front.welcome
    assert page.sample.isVisible()
    page.sample.click()
    assert not page.sample.isEnabled()
    qtbot.waitUntil(lambda: made.workspace is not None, timeout=20_000)
    qtbot.waitUntil(lambda: made.session is not None and not made.session.busy)
    made.lock()
    assert not made.front.unlock.hint.isVisible()
    made.close()


def test_a_sample_that_cannot_be_made_is_one_sentence(
    qtbot: QtBot,
    theme: Theme,
    preferences: Preferences,
    desk: FakeDesk,
    door: Callable[[Path, str], Desk],
    tmp_path: Path,
) -> None:
    sample = Sample(tmp_path / "none", PASSPHRASE, (sys.executable, "-c", "raise SystemExit(3)"))
    made = Window(theme, preferences, door, lambda *_: (desk, RECOVERY), None, sample)
    qtbot.addWidget(made)
    made.show()
    made.doorway.welcome()
    made.front.welcome.sample.click()
    page = made.front.welcome
    qtbot.waitUntil(lambda: "could not be made" in page.problem.text(), timeout=20_000)
    assert page.sample.isEnabled()
    made.close()


def test_a_new_case_begins_with_its_trove_and_roster(
    qtbot: QtBot, window: Window, desk: FakeDesk, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("badge,last\n1,Quill\n")
    window.doors._folder = tmp_path / "Harbour.evidencebox"
    window.doors._show_code((desk, RECOVERY))
    window.front.recovery.confirmed.emit()
    page = window.front.beginning
    assert "Harbour" in page.summary.text()
    page.trove.setText(str(tmp_path / "nowhere"))
    page.begin.click()
    assert "not there" in page.problem.text()
    page.trove.setText(str(tmp_path))
    page.roster.setText(str(roster))
    page.begin.click()
    qtbot.waitUntil(lambda: window.findChild(RosterDialog) is not None)
    assert ("ingest_command", (tmp_path,)) in desk.calls
    qtbot.waitUntil(lambda: not window.imports.asked, timeout=20_000)
    qtbot.waitUntil(lambda: window.session is not None and not window.session.busy)


def test_caps_lock_shows_in_what_is_typed(qtbot: QtBot) -> None:
    page = UnlockPage()
    qtbot.addWidget(page)
    page.show()
    hint = page.findChild(CapsHint)
    assert isinstance(hint, CapsHint)
    QTest.keyClick(page.passphrase, "A")  # type: ignore[call-overload]
    assert hint.isVisible()
    QTest.keyClick(page.passphrase, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.passphrase, "a")  # type: ignore[call-overload]
    assert not hint.isVisible()


def test_a_passphrase_is_judged_by_its_words_and_signs() -> None:
    assert bits("aaaaaaaaaaaaaaaaaaaa") < FAIR
    assert bits("passwordpassword") < FAIR
    assert bits("password password password") < FAIR
    assert FAIR <= bits("correct horse battery staple seven") < STRONG
    assert bits("orbit velvet cactus thunder maple quietly sardine") >= STRONG
    assert bits("xK9#vT2!qL7@wZ4$") >= STRONG
    assert strength_words("") == ""
    assert strength_words("abc").startswith("Weak")


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - City", "Nextcloud"])
def test_folders_that_are_copied_away_are_warned_of(tmp_path: Path, name: str) -> None:
    assert "cloud" in place_warning(tmp_path / name)
    assert "removed" in place_warning(Path("/media/robin/STICK"))
    assert place_warning(tmp_path) == ""
