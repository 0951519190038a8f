"""The hands of the scripted day: a window, the keys that are pressed in it, and what came of it.

Everything is done by keys, never by a call or a mouse. What a step did is read back from the case,
and the day stops with a sentence where it did not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import day_pictures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from evidencebox.ui.session import Session
    from evidencebox.ui.workspace import Workspace

PASSPHRASE = "orbit velvet cactus thunder maple"
CASE = "Harbour"
CASES = "Cases"
SIZE = (1440, 900)
PATIENCE_MS = 180_000
MOST_TABS = 120


class Hands:
    """One window of one process; `home` is the reviewer's home folder on this day."""

    def __init__(
        self,
        home: Path,
        pictures: Path,
        mode: str = "light",
        percent: int = 100,
        language: str = "en",
        size: tuple[int, int] = SIZE,
    ) -> None:
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
        self.home, self.pictures = home, pictures
        self._taken = 0
        preferences = Preferences(home / "desk.ini")
        preferences.mode, preferences.percent = Mode(mode), percent
        preferences.language = language
        theme = Theme(self.app, Mode(mode), percent)
        # Offered on the first page, as it always is; nobody asks for it on this day.
        sample = Sample(home / "sample.evidencebox", "", (sys.executable, "-c", ""))
        others = OtherWays(recover_desk, restore_case, key_store_offered, key_store_desk)
        self.window = Window(theme, preferences, open_desk, create_desk, others, sample)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()

    # What is open

    @property
    def session(self) -> Session:
        """The open case's."""
        assert self.window.session is not None
        return self.window.session

    @property
    def space(self) -> Workspace:
        """The open case's desk."""
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def case(self) -> Path:
        """The folder of the case."""
        return self.home / CASES / f"{CASE}.evidencebox"

    def dialog(self) -> QWidget | None:
        """The dialog that is open, the topmost of several."""
        from PySide6.QtWidgets import QDialog

        shown = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        return shown[-1] if shown else None

    def coded(self) -> int:
        """How many documents the case holds a tag of, over all officers."""
        return sum(row.documents for row in self.session.desk.insight.exposure().rows)

    def running(self) -> bool:
        """Whether an import is."""
        return self.window.imports.asked

    def files_read(self) -> int:
        """How many files the running import has read, as far as it has said."""
        told = self.window.imports.latest
        return told.files if told is not None else 0

    # Waiting

    def pause(self, milliseconds: int = 80) -> None:
        """Lets the window live for so long."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, what: str, reached: Callable[[], object]) -> None:
        """Lets the window live until something is so. Raises SystemExit where it never is."""
        waited = 0
        while not reached():
            if waited > PATIENCE_MS:
                said = self.space.status.words if self.window.workspace is not None else ""
                raise SystemExit(f"The day stops here: {what} did not come about. {said}")
            self.pause(40)
            waited += 40

    def at_rest(self) -> bool:
        """Whether the case owes no answer."""
        return self.window.session is None or not self.window.session.busy

    def settle(self) -> None:
        """Until no answer is to come any more; some are asked for a moment after a key."""
        for _ in range(2):
            self.pause(350)
            self.until("rest", self.at_rest)

    def settle_quickly(self) -> None:
        """The same where nothing is asked for later."""
        self.pause(40)
        self.until("rest", self.at_rest)

    def expect(self, what: str, held: object) -> None:
        """What a step was to bring about. Raises SystemExit where it did not."""
        if not held:
            raise SystemExit(f"The day stops here: {what} does not hold.")

    # Keys

    def focus(self) -> QWidget:
        """What gets the keys. Without a window manager it is lost when a dialog closes."""
        popup = self.app.activePopupWidget()
        if popup is not None:
            return popup
        front = self.dialog() or self.window
        if self.app.focusWidget() is None or self.app.activeWindow() is None:
            front.activateWindow()
            self.pause(200)
        found: QWidget | None = self.app.focusWidget() or front.focusWidget()
        return front if found is None else found

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
        """Types into whatever has the focus."""
        from PySide6.QtTest import QTest

        QTest.keyClicks(self.focus(), text)
        self.pause(30)

    def tab_to(self, name: str, *, beginning: bool = False, back: bool = False) -> None:
        """Presses Tab until the control of this name has the focus, as somebody who sees none."""
        for _ in range(MOST_TABS):
            here = self.focus().accessibleName()
            if here == name or (beginning and here.startswith(name)):
                return
            self.press("Shift+Tab" if back else "Tab")
        raise SystemExit(f"The day stops here: Tab does not lead to “{name}”.")

    def choose_row(self, words: str) -> None:
        """Goes down a list that has the focus, to the row that reads so."""
        from PySide6.QtWidgets import QListWidget

        held = self.focus()
        assert isinstance(held, QListWidget)
        self.press("Home")
        for _ in range(held.count()):
            item = held.currentItem()
            if item.text() == words:
                return
            self.press("Down")
        raise SystemExit(f"The day stops here: the list has no “{words}”.")

    def from_menu(self, words: str) -> None:
        """Opens the case menu by Tab and Space, goes down to a line of it, and takes it."""
        from PySide6.QtWidgets import QMenu

        self.press("Ctrl+K")
        self.tab_to("Case menu")
        self.press("Space")
        menu = self.app.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            self.press("Down")
            if menu.activeAction().text().split("\t")[0] == words:
                self.press("Return")
                self.pause(150)
                return
        raise SystemExit(f"The day stops here: the case menu has no “{words}”.")

    # What is done at many stops

    def search(self, query: str) -> int:
        """Types a query; returns how many documents it found."""
        self.press("Ctrl+K", "Ctrl+A")
        self.type(query) if query else self.press("Backspace")
        self.press("Return")
        self.settle()
        return len(self.space.model.ids)

    def show_tab(self, name: str) -> None:
        """Brings a tab of the viewer to the front by its number among those that are there."""
        from evidencebox.ui.viewer import TABS

        for number in range(1, len(TABS)):
            self.press(f"Ctrl+{number}")
            if self.space.viewer.tab == name:
                self.settle()
                return
        raise SystemExit(f"The day stops here: the document has no tab “{name}”.")

    def unlock(self) -> None:
        """Types the passphrase, and waits for the case."""
        self.type(PASSPHRASE)
        self.press("Return")
        self.until("the unlocked case", lambda: self.window.workspace is not None)
        self.settle()

    def close_dialog(self) -> None:
        """Esc, and back to what was before."""
        self.press("Escape")
        self.until("no dialog", lambda: self.dialog() is None)
        self.pause()

    def keep(self, name: str) -> None:
        """A picture of where the day is, with its number among the stops."""
        self._taken += 1
        self.keep_as(f"{self._taken:02}-{name}")

    def keep_as(self, name: str) -> None:
        """A picture under this very name."""
        self.pause(200)
        day_pictures.keep(self.window, self.pictures / f"{name}.png")
