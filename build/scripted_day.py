"""A reviewer's day by keyboard alone, on the sample, with a picture of each stop in docs/desk/.

One command, under any X server (without one, under Xvfb, which it starts):

    .venv/bin/python build/scripted_day.py [FOLDER]

Creates a case, imports the sample, searches, codes fifty documents, opens the preview of a batch,
takes the last act back, looks at the matrix and an officer's page, locks and unlocks; then looks at
the same case in dark, in high contrast, in Spanish, in large letters, and on a screen of twice the
pixels. It stops with a sentence where the window does not come as far as it should.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs" / "desk"
PASSPHRASE = "orbit velvet cactus thunder maple"
TO_CODE = 50
PATIENCE_MS = 180_000


class Day:
    """The window and the keys that are pressed in it."""

    def __init__(self, work: Path, pictures: Path, mode: str, percent: int, language: str) -> None:
        from PySide6.QtWidgets import QApplication

        from evidencebox.app import create_desk, open_desk
        from evidencebox.ui.languages import speak
        from evidencebox.ui.main import speak_plainly
        from evidencebox.ui.preferences import Preferences
        from evidencebox.ui.theme import Mode, Theme
        from evidencebox.ui.window import Window

        self.app = QApplication(["evidencebox"])
        speak_plainly()
        speak(language)
        self.work, self.pictures = work, pictures
        preferences = Preferences(work / "desk.ini")
        theme = Theme(self.app, Mode(mode), percent)
        self.window = Window(theme, preferences, open_desk, create_desk)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()

    # Keys and waiting

    def pause(self, milliseconds: int = 80) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, what: str, reached: Callable[[], object]) -> None:
        waited = 0
        while not reached():
            if waited > PATIENCE_MS:
                raise SystemExit(f"The day stops here: {what} did not come about.")
            self.pause(40)
            waited += 40

    def settle(self) -> None:
        for _ in range(2):
            self.pause(350)
            self.until("rest", lambda: self.window.session is None or not self.window.session.busy)

    def focus(self) -> QWidget:
        """What has the focus. Without a window manager it is lost when a dialog closes."""
        if self.app.focusWidget() is None:
            self.window.activateWindow()
            self.pause(200)
        found: QWidget | None = self.app.focusWidget() or self.window.focusWidget()
        return self.window if found is None else found

    def press(self, *keys: str) -> None:
        """Presses keys as a key map writes them, in whatever has the focus."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        for each in keys:
            combination = QKeySequence.listFromString(each)[0][0]  # type: ignore[index]
            QTest.keyClick(
                self.focus(),
                combination.key(),
                combination.keyboardModifiers(),
            )
            self.pause(30)

    def type(self, text: str) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClicks(self.focus(), text)
        self.pause(30)

    def keep(self, name: str) -> None:
        """A picture of the window, with a dialog over it where one is open; 256 colours."""
        from PIL import Image
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import QColor, QPainter
        from PySide6.QtWidgets import QDialog

        self.pause(200)
        shot = self.window.grab()
        dialogs = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        if dialogs:
            painter = QPainter(shot)
            painter.fillRect(self.window.rect(), QColor(0, 0, 0, 80))
            over = dialogs[-1]
            at = self.window.rect().center() - over.rect().center()
            painter.drawPixmap(QPoint(max(0, at.x()), max(0, at.y())), over.grab())
            painter.end()
        file = self.pictures / f"{name}.png"
        shot.save(str(file))
        with Image.open(file) as picture:
            small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        small.save(file, optimize=True)

    # The day

    def create(self) -> None:
        self.window.welcome()
        self.keep("01-welcome")
        self.press("Space")
        self.type("Harbour")
        self.press("Tab", "Ctrl+A")
        self.type(str(self.work))
        self.press("Tab", "Tab")
        self.type("Robin")
        self.press("Tab")
        self.type(PASSPHRASE)
        self.press("Tab")
        self.type(PASSPHRASE)
        self.keep("02-create")
        self.press("Tab", "Tab", "Space")
        front = self.window.front
        self.until("the recovery code", lambda: front.currentWidget() is front.recovery)
        code = front.recovery.code.text().replace("\n", "-")
        self.press("Space")
        self.type(code)
        self.press("Return")
        self.until("the first page", lambda: front.currentWidget() is front.beginning)
        front.beginning.trove.setFocus()
        self.type(str(self.work / "sample" / "trove"))
        self.press("Tab", "Tab")
        self.type(str(self.work / "sample" / "roster.csv"))
        self.press("Tab", "Tab", "Tab", "Space")

    def take_in(self) -> None:
        from evidencebox.ui.roster_dialog import RosterDialog

        self.until("the roster", lambda: self.window.findChild(RosterDialog) is not None)
        self.settle()
        self.keep("03-roster")
        self.press("Return")
        imports = self.window.imports
        self.until("the import's end", lambda: not imports.asked)
        self.settle()

    def search(self, query: str) -> None:
        self.press("Ctrl+K", "Ctrl+A")
        self.type(query) if query else self.press("Backspace")
        self.press("Return")
        self.settle()

    def code(self) -> None:
        """Names somebody on the first document, then says the same of the next ones."""
        space = self.window.workspace
        assert space is not None
        self.search("polygraph")
        self.keep("04-search")
        self.search("")
        space.to_results()
        session = space.session
        badge = session.desk.officers("", 1)[0].badge
        self.press("O")
        self.settle()
        self.type(badge)
        self.settle()
        self.press("Return", "3")
        self.settle()
        self.keep("05-coded")
        self.press("Ctrl+Return")
        # A few more than wanted: one that is refused, such as a sealed one, is passed over.
        for _ in range(TO_CODE + 4):
            self.settle_quickly()
            self.press("Escape", "R")
            self.settle_quickly()
            self.press("Ctrl+Return")
        self.settle()
        done = max(row.documents for row in session.desk.insight.exposure().rows)
        if done < TO_CODE:
            raise SystemExit(f"The day stops here: {done} of {TO_CODE} documents were coded.")

    def settle_quickly(self) -> None:
        self.pause(40)
        self.until("rest", lambda: self.window.session is None or not self.window.session.busy)

    def batch(self) -> None:
        self.press("Escape", "Space", "J", "Space", "J", "Space", "B")
        self.settle()
        self.keep("06-batch")
        self.press("Escape")
        self.settle()
        self.press("Ctrl+Z")
        self.settle()
        self.keep("07-undone")

    def figures(self) -> None:
        self.press("F4")
        self.settle()
        self.press("Ctrl+G")
        self.keep("08-exposure")
        self.press("Ctrl+O")
        self.settle()
        self.keep("09-officer")
        self.press("Escape")
        self.pause()
        self.press("Ctrl+2")
        self.settle()
        self.keep("10-progress")
        self.press("Ctrl+1", "Escape")

    def lock(self) -> None:
        self.press("Ctrl+L")
        self.keep("11-locked")
        self.unlock()
        self.settle()

    def unlock(self) -> None:
        self.type(PASSPHRASE)
        self.press("Return")
        self.until("the unlocked case", lambda: self.window.workspace is not None)
        self.settle()

    def look(self, name: str) -> None:
        """The same case, as another reviewer sees it."""
        self.window.ask(self.work / "Harbour.evidencebox")
        self.pause(300)
        self.unlock()
        self.settle()
        self.search("polygraph")
        self.keep(f"desk-{name}")
        self.press("F4")
        self.settle()
        self.press("Ctrl+G")
        self.keep(f"exposure-{name}")


LOOKS = {
    "light": ("light", 100, "en", "1"),
    "dark": ("dark", 100, "en", "1"),
    "high-contrast": ("high", 100, "en", "1"),
    "spanish": ("light", 100, "es", "1"),
    "large-letters": ("light", 150, "en", "1"),
    "twice-the-pixels": ("light", 100, "en", "2"),
}


def whole_day(work: Path, pictures: Path) -> None:
    """From the welcome page to the unlocked case."""
    from evidencebox.sample import generate

    generate(work / "sample", 120, 24, 7)
    day = Day(work, pictures, "light", 100, "en")
    for part in (day.create, day.take_in, day.code, day.batch, day.figures, day.lock):
        print(f"- {part.__name__.replace('_', ' ')}", flush=True)
        part()
    day.window.close()


def main(arguments: list[str]) -> int:
    """Runs the day, then each look in a process of its own. Returns the exit status."""
    if arguments[:1] == ["--look"]:
        name, work, pictures = arguments[1], Path(arguments[2]), Path(arguments[3])
        mode, percent, language, _ = LOOKS[name]
        day = Day(work, pictures, mode, percent, language)
        day.look(name)
        day.window.close()
        return 0
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        screen = ["xvfb-run", "-a", "-s", "-screen 0 3000x2000x24"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
        return subprocess.run(
            [*screen, sys.executable, __file__, *arguments], env=environment, check=False
        ).returncode
    pictures = Path(arguments[0]) if arguments else PICTURES
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        whole_day(work, pictures)
        for name, (*_, scale) in LOOKS.items():
            print(f"- {name}", flush=True)
            look = [sys.executable, __file__, "--look", name, str(work), str(pictures)]
            environment = {**os.environ, "QT_SCALE_FACTOR": scale}
            subprocess.run(look, check=True, env=environment)
    size = sum(file.stat().st_size for file in pictures.glob("*.png"))
    print(f"{len(list(pictures.glob('*.png')))} pictures, {size:,} bytes, in {pictures}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
