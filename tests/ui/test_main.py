from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from evidencebox.errors import UserError
from evidencebox.ui import tour
from evidencebox.ui.main import run, speak_plainly
from evidencebox.ui.ports import Desk
from tests.ui.fake_desk import PASSPHRASE, WRONG, FakeDesk


def creator(folder: Path, reviewer: str, passphrase: str) -> tuple[Desk, str]:
    return FakeDesk(), "A-B-C-D"


def test_the_tour_keeps_a_picture_of_every_stop(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tour, "_MOMENT_MS", 200)
    desk = FakeDesk()
    case = tmp_path / "Sample.evidencebox"
    for _ in range(2):
        # A second tour of the same case ends as the first did.
        assert run(case, lambda folder, given: desk, creator, PASSPHRASE, tmp_path / "shots") == 0
    kept = {file.stem for file in (tmp_path / "shots").iterdir()}
    stops = "unlock officer desk-light desk-dark save batch family side-by-side find"
    stops += " exposed-data exposure progress exhibits redaction export"
    stops += " import failures keys locked"
    assert kept == set(stops.split())
    light, dark = (QImage(str(tmp_path / "shots" / f"desk-{m}.png")) for m in ("light", "dark"))
    assert (light.width(), light.height()) == (1440, 900)
    assert light.pixelColor(5, 5).lightness() > 200 > 100 > dark.pixelColor(5, 5).lightness()
    # The one act it does: level 3 for the officer whom the page names.
    (tag,) = desk.tags
    assert (int(tag.harm), tag.officer) == (3, "officer-4471")
    assert set(tag.categories) == {"polygraph", "background"}
    assert desk.closed


def test_the_tour_says_why_it_could_not_go_on(qapp: QApplication, tmp_path: Path) -> None:
    def refuse(folder: Path, given: str) -> Desk:
        raise UserError(WRONG)

    with pytest.raises(UserError, match="does not open"):
        run(tmp_path / "Sample.evidencebox", refuse, creator, "wrong", tmp_path / "shots")


def test_without_a_case_it_is_welcomed(qapp: QApplication, tmp_path: Path) -> None:
    def refuse(folder: Path, given: str) -> Desk:
        raise UserError(WRONG)

    assert run(None, refuse, creator, None, tmp_path / "shots") == 0
    assert [file.name for file in (tmp_path / "shots").iterdir()] == ["welcome.png"]


def test_figures_are_grouped_where_the_system_names_no_language() -> None:
    before = QLocale()
    speak_plainly()
    named = QLocale.system().language() is not QLocale.Language.C
    assert named or QLocale().toString(41020) == "41,020"
    QLocale.setDefault(before)
