"""Drives the window through a reviewer's first minutes, and keeps a picture of each stop."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentType
from evidencebox.model.filters import Filter
from evidencebox.model.harm import Harm
from evidencebox.ui.batch_dialog import BatchDialog
from evidencebox.ui.compare_dialog import CompareDialog
from evidencebox.ui.exhibit_dialog import ExhibitDialog
from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.exposure_page import PROGRESS
from evidencebox.ui.failures import FailuresDialog
from evidencebox.ui.import_dialog import ImportDialog
from evidencebox.ui.legend import Legend
from evidencebox.ui.marks import DATA
from evidencebox.ui.saved_pane import SaveDialog
from evidencebox.ui.search_flow import TO_DO
from evidencebox.ui.theme import Mode
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace

SIZE = QSize(1440, 900)
PATIENCE_MS = 60_000
QUERIES = ("polygraph deception", "polygraph OR badge", "")
"""The first that finds anything: a small case may have none of the first."""
_ALIKE_MS = 600
_MOMENT_MS = 400
_TRIED = 30
"""Documents that are looked at for exposed data."""


def tour(window: Window, case: Path | None, passphrase: str | None, folder: Path) -> int:
    """Returns 0. Raises UserError where the case does not open or a stop is not reached."""
    folder.mkdir(parents=True, exist_ok=True)
    window.choose_mode(Mode.LIGHT)
    window.resize(SIZE)
    window.show()
    try:
        _go(window, case, passphrase, folder)
    finally:
        window.close()
    return 0


def _go(window: Window, case: Path | None, passphrase: str | None, folder: Path) -> None:
    if case is not None:
        window.doors.ask(case)
    _keep(window, folder, "welcome" if case is None else "unlock")
    if case is not None and passphrase is not None:
        window.doors.unlock(passphrase)
        door = window.front.unlock
        until(lambda: window.workspace is not None or bool(door.problem.text()))
        if window.workspace is None:
            raise UserError(door.problem.text())
        # It goes back to where it was left, which would come between.
        settle(window)
        _review(window, window.workspace, folder)


def _review(window: Window, space: Workspace, folder: Path) -> None:
    for query in QUERIES:
        space.top.search.line.setText(query)
        space.search.search(query)
        settle(window)
        if space.model.ids:
            break
    to_do = Filter("Review", TO_DO, "To do")
    space.search.toggle(to_do, True)
    settle(window)
    space.table.go(_liveliest(space))
    settle(window)
    _code(window, space, folder)
    _keep(window, folder, "desk-light")
    window.choose_mode(Mode.DARK)
    settle(window)
    _keep(window, folder, "desk-dark")
    window.choose_mode(Mode.LIGHT)
    if space.viewer.paged:
        space.viewer.show_tab("Page")
        settle(window)
        _keep(window, folder, "page")
        space.layouts.strip.toggle()
        settle(window)
        _keep(window, folder, "thumbnails")
        space.layouts.strip.toggle()
        space.viewer.show_tab("Text")
    _many(window, space, folder)
    _exposed(window, space, folder)
    _beside(window, space, folder)
    window.imports.show()
    _keep_dialog(window, window.findChild(ImportDialog), folder, "import")
    window.failures.show()
    settle(window)
    _keep_dialog(window, window.findChild(FailuresDialog), folder, "failures")
    window.show_legend()
    _keep_dialog(window, window.findChild(Legend), folder, "keys")
    window.lock()
    _keep(window, folder, "locked")


def _many(window: Window, space: Workspace, folder: Path) -> None:
    """Marks rows and codes them, saves the search, looks at what is alike."""
    space.saving.save()
    settle(window)
    _keep_dialog(window, window.findChild(SaveDialog), folder, "save")
    for _ in range(3):
        space.table.toggle_mark()
        space.table.step(1)
        settle(window)
    space.deciding.batch()
    settle(window)
    _keep_dialog(window, window.findChild(BatchDialog), folder, "batch")
    space.model.mark(())
    space.viewer.choose_tab("Family")
    pause(_ALIKE_MS)
    settle(window)
    _keep(window, folder, "family")
    if space.deciding.kin.alike:
        space.kin.compare(space.deciding.kin.alike[0].document)
        settle(window)
        _keep_dialog(window, window.findChild(CompareDialog), folder, "side-by-side")
    space.viewer.choose_tab("Text")
    space.finding.open()
    space.viewer.find_bar.line.setText("the")
    space.viewer.find_bar.sought.emit("the")
    settle(window)
    _keep(window, folder, "find")
    space.finding.close()


def _exposed(window: Window, space: Workspace, folder: Path) -> None:
    """Of the first results one on whose page data are exposed, where any is."""
    space.top.search.line.clear()
    space.search.search("")
    settle(window)
    for row in range(min(_TRIED, len(space.model.ids))):
        space.table.go(row)
        settle(window)
        if space.viewer.legend.chips[DATA].count:
            _keep(window, folder, "exposed-data")
            return


def _beside(window: Window, space: Workspace, folder: Path) -> None:
    """Figures, exhibits, the redaction editor, exports; one exhibit is added where none is."""
    window.office.show_exposure()
    settle(window)
    _keep(window, folder, "exposure")
    window.office.show_exposure(PROGRESS)
    settle(window)
    _keep(window, folder, "progress")
    window.filing.show_exhibits()
    settle(window)
    exhibits = window.filing.exhibits
    if exhibits is not None and not exhibits.model.rows:
        window.office.to_review()
        window.filing.add_exhibit()
        settle(window)
        dialog = window.findChild(ExhibitDialog)
        if dialog is not None:
            dialog.add.click()
        settle(window)
        window.filing.show_exhibits()
        settle(window)
    _keep(window, folder, "exhibits")
    window.office.to_review()
    window.filing.redact()
    settle(window)
    _keep(window, folder, "redaction")
    window.office.to_review()
    window.filing.show_export()
    settle(window)
    _keep_dialog(window, window.findChild(ExportDialog), folder, "export")


def _code(window: Window, space: Workspace, folder: Path) -> None:
    """What a reviewer does who presses 3 with nobody chosen: names the officer, then goes on."""
    coding = space.coding
    coding.open_picker(Harm.HIGH)
    coding.picker.line.setText(_who(space))
    coding.picker.typed.emit(coding.picker.line.text())
    settle(window)
    _keep(window, folder, "officer")
    coding.picker.line.returnPressed.emit()
    settle(window)
    # On a case that was toured before they stand already; a tick would take them away.
    for key in sorted({"polygraph", "background"} - set(coding.categories.chosen)):
        coding.categories.palette_list.toggled.emit(key)
        settle(window)
    space.to_results()


def _liveliest(space: Workspace) -> int:
    """Of the first results, a report or a letter: it shows more than a notice does."""
    first = space.model.ids[:20]
    for row in range(len(first)):
        # Rows out of sight are read when they are asked for.
        space.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    until(lambda: all(space.model.known(each) is not None for each in first))
    known = [space.model.known(each) for each in first]
    kinds = {DocumentType.PDF: 0, DocumentType.WORD: 1, DocumentType.MAIL: 2}
    ranked = [(kinds.get(row.type, 3), i) for i, row in enumerate(known) if row is not None]
    return min(ranked, default=(0, 0))[1]


def _who(space: Workspace) -> str:
    """The badge of somebody the page in sight names; nothing where it names nobody."""
    page, session = space.coding.state.page, space.session
    for officer in session.desk.officers("", limit=100_000):
        if page is not None and {officer.last, officer.first} <= set(
            re.findall(r"[\w'-]+", page.text)
        ):
            return officer.badge
    return ""


def _keep(window: Window, folder: Path, name: str) -> None:
    _breathe(window)
    window.grab().save(str(folder / f"{name}.png"))


def _keep_dialog(window: Window, dialog: QDialog | None, folder: Path, name: str) -> None:
    """A dialog is a window of its own; the picture shows it where it stands, over the other."""
    if dialog is None:
        raise UserError("The window did not open a dialog it was asked for.")
    _breathe(window)
    picture = window.grab()
    shot = dialog.grab()
    painter = QPainter(picture)
    painter.fillRect(window.rect(), Qt.GlobalColor.transparent)
    painter.setOpacity(0.35)
    painter.fillRect(window.rect(), Qt.GlobalColor.black)
    painter.setOpacity(1.0)
    corner = QPoint(
        (window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2
    )
    painter.drawPixmap(corner, QPixmap(shot))
    painter.end()
    picture.save(str(folder / f"{name}.png"))
    dialog.close()


def settle(window: Window) -> None:
    """Until no answer is to come any more."""
    _breathe(window)
    until(lambda: window.session is None or not window.session.busy)
    # Rows and counts are asked for a moment after what they follow.
    pause(_MOMENT_MS)
    until(lambda: window.session is None or not window.session.busy)


def _breathe(window: Window) -> None:
    pause(60)


def pause(milliseconds: int) -> None:
    """Lets the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(reached: Callable[[], bool]) -> None:
    """Lets the window live until something is so. Raises UserError after a minute."""
    waited = 0
    while not reached():
        if waited > PATIENCE_MS:
            raise UserError("The window did not come as far as expected within a minute.")
        pause(20)
        waited += 20
