"""A reviewer's day by keyboard alone, on the sample, with a picture of each stop in docs/desk/.

One command, under any X server (without one, under Xvfb, which it starts):

    .venv/bin/python build/scripted_day.py [FOLDER]

Creates a case, imports the sample and its roster, searches, codes fifty documents for three
officers, codes a batch (officer, level, preview) and takes it back by one undo, takes a single act
back and does it again, looks at the matrix, an officer's page and the progress, reviews in full
screen, locks and unlocks; then looks at the same case in dark, in high contrast, in Spanish, in
large letters, and on a screen of twice the pixels. Everything is done by keys that are pressed,
never by a call or a mouse; what a step did is read back from the case, and the day stops with a
sentence where it did not.
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
    from PIL import Image
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs" / "desk"
PASSPHRASE = "orbit velvet cactus thunder maple"
TO_CODE = 50
COMMON = 160
CODED = ((0, "3", "fin"), (3, "4", "med"), (5, "1", "add"))
"""Place on the roster, level, and the beginning of a category."""
PATIENCE_MS = 180_000


class Day:
    """The window and the keys that are pressed in it."""

    def __init__(self, work: Path, pictures: Path, mode: str, percent: int, language: str) -> None:
        from PySide6.QtWidgets import QApplication

        from evidencebox.app import (
            create_desk,
            key_store_desk,
            key_store_offered,
            open_desk,
            recover_desk,
            restore_case,
        )
        from evidencebox.ui.languages import speak
        from evidencebox.ui.main import speak_plainly
        from evidencebox.ui.ports import OtherWays, Sample
        from evidencebox.ui.preferences import Preferences
        from evidencebox.ui.theme import Mode, Theme
        from evidencebox.ui.window import Window

        self.app = QApplication(["evidencebox"])
        speak_plainly()
        speak(language)
        self.work, self.pictures = work, pictures
        self.coded_before = 0
        preferences = Preferences(work / "desk.ini")
        theme = Theme(self.app, Mode(mode), percent)
        others = OtherWays(recover_desk, restore_case, key_store_offered, key_store_desk)
        # Offered on the first page, as it always is; nobody asks for it on this day.
        sample = Sample(work / "sample.evidencebox", "", (sys.executable, "-c", ""))
        self.window = Window(theme, preferences, open_desk, create_desk, others, sample)
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

    def tab_to(self, name: str) -> None:
        """Presses Tab until the control of this name has the focus, as somebody who sees none."""
        for _ in range(80):
            if self.focus().accessibleName() == name:
                return
            self.press("Tab")
        raise SystemExit(f"The day stops here: Tab does not lead to “{name}”.")

    def expect(self, what: str, held: object) -> None:
        """What a step was to bring about; stops the day where it did not."""
        if not held:
            raise SystemExit(f"The day stops here: {what} does not hold.")

    def coded(self) -> int:
        """How many documents the case holds a tag of, over all officers."""
        assert self.window.session is not None
        rows = self.window.session.desk.insight.exposure().rows
        return sum(row.documents for row in rows)

    def dialog(self) -> QWidget | None:
        """The dialog that is open."""
        from PySide6.QtWidgets import QDialog

        return next((d for d in self.window.findChildren(QDialog) if d.isVisible()), None)

    def type(self, text: str) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClicks(self.focus(), text)
        self.pause(30)

    def keep(self, name: str) -> None:
        """A picture of the window, with the open dialog over it; 256 colours, rare ones too."""
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
            small = economical(picture.convert("RGB"))
        small.save(file, optimize=True)

    # The day

    def create(self) -> None:
        front = self.window.front
        self.window.doorway.welcome()
        self.keep("01-welcome")
        self.press("Space")
        self.expect("the page that creates a case", front.currentWidget() is front.making)
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
        self.tab_to("Create")
        self.press("Space")
        self.until("the recovery code", lambda: front.currentWidget() is front.recovery)
        code = front.recovery.code.text().replace("\n", "-")
        self.press("Space")
        self.type(code)
        self.press("Return")
        self.until("the first page", lambda: front.currentWidget() is front.beginning)
        self.pause()
        self.type(str(self.work / "sample" / "trove"))
        self.press("Tab", "Tab")
        self.type(str(self.work / "sample" / "roster.csv"))
        self.keep("03-what-comes-first")
        self.tab_to("Begin")
        self.press("Space")

    def take_in(self) -> None:
        from evidencebox.ui.roster_dialog import RosterDialog

        self.until("the roster", lambda: isinstance(self.dialog(), RosterDialog))
        self.settle()
        self.keep("04-roster")
        self.tab_to("Import")
        self.press("Space")
        imports = self.window.imports
        self.until("the import's end", lambda: not imports.asked)
        self.settle()
        assert self.window.session is not None
        summary = self.window.session.desk.summary()
        self.expect("a trove of more than a hundred documents", summary.documents > 100)
        self.expect("a roster of 24", summary.officers == 24)

    def search(self, query: str) -> int:
        """Types a query; returns how many documents it found."""
        self.press("Ctrl+K", "Ctrl+A")
        self.type(query) if query else self.press("Backspace")
        self.press("Return")
        self.settle()
        assert self.window.workspace is not None
        return len(self.window.workspace.model.ids)

    def find(self) -> None:
        found = self.search("polygraph")
        self.keep("05-search")
        every = self.search("")
        self.expect("a search that narrows", 0 < found < every)

    def code(self) -> None:
        """Three officers, at three levels: named on one document, then the same for the next."""
        assert self.window.workspace is not None
        self.press("Escape")
        for who, level, category in CODED:
            self.name_one(who, level, category)
            wanted = self.coded_before + TO_CODE // len(CODED) + 1
            while (missing := wanted - self.coded()) > 0:
                # A document that refuses, such as one coded before, is passed over.
                for _ in range(missing):
                    self.press("Ctrl+Return")
                    self.settle_quickly()
                    self.press("R")
                    self.settle_quickly()
            self.press("Ctrl+Return")
            self.settle()
            self.coded_before = self.coded()
        self.expect(f"{TO_CODE} coded documents", self.coded() >= TO_CODE)

    def name_one(self, badge: int, level: str, category: str) -> None:
        """Names an officer on the open document, with a level and a category."""
        assert self.window.session is not None
        officers = self.window.session.desk.officers("", 50)
        before = self.coded()
        self.press("O")
        self.settle()
        self.type(officers[badge].badge)
        self.settle()
        self.press("Return", level)
        self.settle()
        self.press("T")
        self.type(category)
        self.press("Return", "Escape")
        self.settle()
        self.expect("a first document coded for an officer", self.coded() == before + 1)
        if not before:
            self.keep("06-coded")
        self.press("Escape")

    def settle_quickly(self) -> None:
        self.pause(40)
        self.until("rest", lambda: self.window.session is None or not self.window.session.busy)

    def batch(self) -> None:
        """Marks three rows, codes them for another officer after a look at the preview, undoes."""
        from evidencebox.ui.batch_dialog import BatchDialog

        assert self.window.session is not None
        before = self.coded()
        self.press("Escape", "Space", "J", "Space", "J", "Space", "B")
        self.settle()
        self.expect("the dialog for several documents", isinstance(self.dialog(), BatchDialog))
        self.tab_to("Change")
        self.press("Space")
        self.settle()
        self.type(self.window.session.desk.officers("", 50)[7].badge)
        self.settle()
        self.press("Return")
        self.tab_to("Harm 2 Medium")
        self.press("Space")
        self.settle()
        self.keep("07-batch")
        self.tab_to("Code 3 documents")
        self.press("Space")
        self.until("the batch's end", lambda: self.dialog() is None)
        self.settle()
        self.expect("three documents more", self.coded() == before + 3)
        self.keep("08-batch-done")
        self.press("Ctrl+Z")
        self.settle()
        self.expect("one undo for the whole batch", self.coded() == before)
        self.keep("09-undone")

    def undo(self) -> None:
        """A single act, taken back and done again."""
        before = self.coded()
        self.press("Escape", "R")
        self.settle()
        self.expect("one document more", self.coded() == before + 1)
        self.press("Ctrl+Z")
        self.settle()
        self.expect("an undo", self.coded() == before)
        self.press("Ctrl+Shift+Z")
        self.settle()
        self.expect("a redo", self.coded() == before + 1)

    def figures(self) -> None:
        from evidencebox.ui.officer_dialog import OfficerPageDialog

        self.press("F4")
        self.settle()
        page = self.window.office.exposure
        assert page is not None
        self.expect("a row for every member", len(page.matrix.model.rows) == 24)
        self.keep("10-exposure")
        self.press("Ctrl+G")
        self.expect("the matrix with suggestions", page.matrix.model.suggestions)
        self.press("Ctrl+O")
        self.settle()
        self.expect("an officer's page", isinstance(self.dialog(), OfficerPageDialog))
        self.keep("11-officer")
        self.press("Escape")
        self.pause()
        self.expect("the matrix again", self.dialog() is None)
        self.press("Ctrl+2")
        self.settle()
        self.expect("the charts", page.tabs["progress"].isChecked())
        self.keep("12-progress")
        self.press("Ctrl+1", "Escape")
        self.pause()
        self.expect("the review again", page.isHidden())

    def review(self) -> None:
        """Full screen and back; the legend of keys; the preferences."""
        space = self.window.workspace
        assert space is not None
        self.press("F11")
        self.settle()
        self.expect("review mode", space.layouts.reviewing and space.top.isHidden())
        self.keep("13-review-mode")
        self.press("F11")
        self.settle()
        self.expect("the whole desk", not space.layouts.reviewing)
        for keys, name in (("?", "14-keys"), ("Ctrl+,", "15-preferences")):
            self.press(keys)
            self.settle()
            self.expect("a dialog", self.dialog() is not None)
            self.keep(name)
            self.press("Escape")
            self.pause()

    def lock(self) -> None:
        before = self.coded()
        self.press("Ctrl+L")
        self.expect("a locked case", self.window.session is None and self.window.workspace is None)
        self.keep("16-locked")
        self.unlock()
        self.settle()
        self.expect("what was coded before", self.coded() == before)

    def unlock(self) -> None:
        self.type(PASSPHRASE)
        self.press("Return")
        self.until("the unlocked case", lambda: self.window.workspace is not None)
        self.settle()

    def look(self, name: str) -> None:
        """The same case, as another reviewer sees it."""
        self.window.doors.ask(self.work / "Harbour.evidencebox")
        self.pause(300)
        self.unlock()
        self.settle()
        self.search("polygraph")
        self.keep(f"desk-{name}")
        self.press("F4")
        self.settle()
        self.press("Ctrl+G")
        self.keep(f"exposure-{name}")


def economical(picture: Image.Image) -> Image.Image:
    """A picture in 256 colours: the most frequent as they are, and the rare ones of small signs."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(picture, dtype=np.int64)
    packed = (pixels[..., 0] << 16) | (pixels[..., 1] << 8) | pixels[..., 2]
    found, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    covering = picture.quantize(256 - COMMON, method=Image.Quantize.MAXCOVERAGE)
    rare = np.array(covering.getpalette(), dtype=np.int64).reshape(-1, 3)
    palette = np.vstack([colours[np.argsort(-counts)[:COMMON]], rare])[:256]
    apart = ((colours[:, None] - palette[None]) ** 2).sum(axis=2)
    near = apart.argmin(axis=1).astype(np.uint8)
    small = Image.fromarray(near[places].reshape(packed.shape))
    small.putpalette(palette.astype(np.uint8).tobytes())
    return small


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
    parts = (day.create, day.take_in, day.find, day.code, day.batch, day.undo, day.figures)
    for part in (*parts, day.review, day.lock):
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
