"""From a roster to its matrix and the notice list: by the command line, and in the window."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencebox.model.exposure import Decision
from evidencebox.services import case as cases
from evidencebox.services.notices import notices
from evidencebox.ui.notice_dialog import NoticeDialog
from evidencebox.ui.officer_dialog import OfficerPageDialog
from evidencebox.ui.roster_dialog import RosterDialog
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.journey.test_headless import Run, lines, run
from tests.journey.test_window import PASSPHRASE, PATIENCE, case, unlock, window

__all__ = ["case", "run", "window"]  # fixtures

ROSTER = """Shield,Surname,Given name,Rank,Status,E-mail,Notices go to
4471,Quill,Dana,Detective,active,dana.quill@pd.example,"1 Pier Road, Harbour"
2210,Ortega,Luis,Officer,retired,,
3305,Absent,Al,Officer,active,,
3306,,Nameless,Officer,active,,
"""
MAP = ("badge=Shield", "first=Given name", "contact=Notices go to")
FILE = "Subject: Det. Dana Quill\nSSN: 219-09-4321\nShe was seen by Officer Luis Ortega.\n"


@pytest.fixture
def papers(tmp_path: Path) -> tuple[Path, Path]:
    """A trove and a roster with one line that is nobody."""
    trove, roster = tmp_path / "papers", tmp_path / "people.csv"
    trove.mkdir()
    (trove / "file.txt").write_text(FILE, encoding="utf-8")
    (trove / "menu.txt").write_text("The canteen is closed on Friday.\n", encoding="utf-8")
    roster.write_text(ROSTER, encoding="utf-8")
    return trove, roster


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


def test_by_the_command_line(run: Run, papers: tuple[Path, Path], tmp_path: Path) -> None:
    trove, roster = papers
    assert run("new", "case", "--reviewer", "Ann Reviewer")[0] == 0
    assert run("ingest", "case", str(trove), "--workers", "1", "--ocr", "off")[0] == 0
    status, _, err = run("officers", "import", "case", str(roster), "--map", *MAP)
    assert status == 1
    assert "3 officers added" in err
    assert "Line 5 was left out: It has no last name." in err
    (ssn,) = lines(run("elements", "case", "--json", "--kind", "ssn")[1])
    assert ssn["officer"]["badge"] == "4471"
    where = ("--page", "1", "--span", f"{ssn['start']}-{ssn['end']}", "--answer", "same")
    assert run("element", "case", ssn["sha256"], *where)[0] == 0
    assert run("tag", "case", ssn["sha256"], "--officer", "4471", "--harm", "3")[0] == 0

    assert run("matrix", "case", "--csv", "m.csv")[0] == 0
    rows = {r["badge"]: r for r in table(tmp_path / "m.csv")}
    assert {badge: row["state"] for badge, row in rows.items()} == {
        "4471": "harmed",
        "2210": "open",
        "3305": "searched, nothing found",
    }
    receipts = [lines(run("officer", "case", "3305", "--json")[1])[0]["searched"] for _ in "ab"]
    assert receipts[0]["digest"] == receipts[1]["digest"]
    assert receipts[0]["searched_to_the_end"]

    decided = ("notice", "case", "4471", "--decision", "sent", "--date", "2026-11-23")
    assert run(*decided, "--monitoring", "yes", "--note", "by post")[0] == 0
    (told,) = lines(run("notices", "case", "--json")[1])
    assert (told["decision"], told["monitoring_eligible"], told["monitoring"]) == (
        *("sent", "yes", True),
    )
    assert (told["found"], told["contact"]) == (["ssn", "tagged"], "1 Pier Road, Harbour")
    assert len(lines(run("notices", "case", "--json", "--all")[1])) == 3
    assert run("notices", "case", "--csv", "n.csv", "--decision", "sent")[0] == 0
    (line,) = table(tmp_path / "n.csv")
    assert (line["Badge"], line["MonitoringEligible"], line["Date"]) == (
        "4471",
        "yes",
        "2026-11-23",
    )
    assert run("undo", "case")[0] == 0
    assert lines(run("notices", "case", "--json", "--decision", "sent")[1]) == []


def test_in_the_window(
    qtbot: QtBot, window: Window, case: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    space = unlock(qtbot, window)
    take_in(qtbot, window, space, *papers)
    window.office.show_exposure()
    page = window.office.exposure
    assert page is not None
    qtbot.waitUntil(lambda: page.matrix.model.rowCount() == 3, timeout=PATIENCE)
    said = {row.officer.last: row.disposition for row in page.matrix.model.rows}
    assert said["Absent"] == "searched, nothing found"
    assert said["Quill"].startswith("named in 1 document, 1 not reviewed; ")
    quill = next(row.officer.id for row in page.matrix.model.rows if row.officer.last == "Quill")
    page.officer_asked.emit(quill)
    qtbot.waitUntil(lambda: bool(window.findChildren(OfficerPageDialog)), timeout=PATIENCE)
    window.findChildren(OfficerPageDialog)[0].accept()

    page.notices.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(NoticeDialog)), timeout=PATIENCE)
    dialog = window.findChildren(NoticeDialog)[0]
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=PATIENCE)
    assert [dialog.model.index(0, n).data() for n in (0, 3, 4)] == ["Quill, Dana", "SSN", "perhaps"]
    dialog.decision.setCurrentIndex(list(Decision).index(Decision.NOTIFY))
    dialog.monitoring.setCurrentIndex(1)
    dialog.decide.click()
    qtbot.waitUntil(lambda: dialog.model.index(0, 5).data() == "To be told", timeout=PATIENCE)
    dialog.write(tmp_path / "list.csv")
    qtbot.waitUntil(lambda: "1 person written" in dialog.said.text(), timeout=PATIENCE)
    dialog.accept()
    window.lock()
    (line,) = table(tmp_path / "list.csv")
    assert (line["Badge"], line["Decision"], line["Monitoring"]) == ("4471", "notify", "yes")
    opened = cases.unlock(case, PASSPHRASE)
    assert [each.monitoring for each in notices(opened).values()] == [True]
    opened.close()


def take_in(qtbot: QtBot, window: Window, space: Workspace, trove: Path, roster: Path) -> None:
    """The trove, then the roster with its columns named: they are looked for by themselves."""
    window.imports.show()
    window.imports.start(trove)
    qtbot.waitUntil(lambda: not window.imports.asked, timeout=PATIENCE)
    window.office.colleagues.preview_roster(roster)
    qtbot.waitUntil(lambda: bool(window.findChildren(RosterDialog)), timeout=PATIENCE)
    dialog = window.findChildren(RosterDialog)[0]
    for field, title in (pair.split("=") for pair in MAP):
        box = dialog.columns[field]
        box.setCurrentIndex(box.findData(title))
        box.activated.emit(box.currentIndex())
    assert [dialog.rejects.item(n).text() for n in range(dialog.rejects.count())] == [
        "Line 5: It has no last name."
    ]
    with qtbot.waitSignal(window.imports.ended, timeout=PATIENCE):
        dialog.take.click()
    assert space.status.words.startswith("The roster was searched: ")
