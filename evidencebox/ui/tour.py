"""Drives the window through a reviewer's first minutes, and keeps a picture of each stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.ui.failures import FailuresDialog
from evidencebox.ui.import_dialog import ImportDialog
from evidencebox.ui.theme import Mode
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace

SIZE = QSize(1440, 900)
PATIENCE_MS = 60_000
QUERY = "polygraph"


def tour(window: Window, case: Path | None, passphrase: str | None, folder: Path) -> int:
    """Returns 0. Raises UserError where a stop was not reached in a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    window.choose_mode(Mode.LIGHT)
    window.resize(SIZE)
    window.show()
    if case is not None:
        window.ask(case)
    _keep(window, folder, "welcome" if case is None else "unlock")
    if case is not None and passphrase is not None:
        window.unlock(passphrase)
        _until(window, lambda: window.workspace is not None)
        assert window.workspace is not None
        _review(window, window.workspace, folder)
    window.close()
    return 0


def _review(window: Window, space: Workspace, folder: Path) -> None:
    space.top.search.line.setText(QUERY)
    space.search.search(QUERY)
    _settle(window)
    space.coding.open_picker(Harm.HIGH)
    _settle(window)
    _keep(window, folder, "officer")
    space.coding.picker.line.returnPressed.emit()
    _settle(window)
    space.to_results()
    _keep(window, folder, "desk-light")
    window.choose_mode(Mode.DARK)
    _settle(window)
    _keep(window, folder, "desk-dark")
    window.choose_mode(Mode.LIGHT)
    window.show_import()
    _keep_dialog(window, window.findChild(ImportDialog), folder, "import")
    window.show_failures()
    _settle(window)
    _keep_dialog(window, window.findChild(FailuresDialog), folder, "failures")
    window.lock()
    _keep(window, folder, "locked")


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


def _settle(window: Window) -> None:
    _breathe(window)
    _until(window, lambda: window.session is None or not window.session.busy)
    # Rows and counts are asked for a moment after what they follow.
    _pause(400)
    _until(window, lambda: window.session is None or not window.session.busy)


def _breathe(window: Window) -> None:
    _pause(60)


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(window: Window, reached: Callable[[], bool]) -> None:
    waited = 0
    while not reached():
        if waited > PATIENCE_MS:
            raise UserError("The window did not come as far as expected within a minute.")
        _pause(20)
        waited += 20
