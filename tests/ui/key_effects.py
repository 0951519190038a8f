"""What keys bring about: each prepares a window, and answers whether it has happened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.model.coding import Coding
from evidencebox.model.documents import DocumentType, Layer
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import Anchor
from evidencebox.model.suggestions import Answer
from evidencebox.ui.layouts import Layout
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk, FakeDocument, State
from tests.ui.waiting import at_rest

PHOTO = FakeDocument("photo.jpg", DocumentType.IMAGE, None, ("",))
PDF = FakeDocument("report.pdf", DocumentType.PDF, None, ("first page", "next page"))
Happened = Callable[[], bool]


class Trial:
    """A window with an open case of `documents()`, PHOTO and PDF; the next key goes to a place."""

    def __init__(self, bot: QtBot, window: Window, desk: FakeDesk) -> None:
        assert window.workspace is not None
        self.bot, self.window, self.desk = bot, window, desk
        self.space: Workspace = window.workspace
        self.place = ""
        self.space.deciding._soon.setInterval(0)
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: at_rest(self.space))

    def go(self, row: int) -> DocumentId:
        self.space.table.go(row)
        self.settle()
        return self.space.model.ids[row]

    def fresh(self) -> DocumentId:
        """A document about which nothing is decided, with an officer in focus."""
        self.desk.done, self.desk.undone = [State()], []
        self.space.model.mark(())
        document = self.go(8)
        self.reread()
        self.space.coding.propose(self.desk.roster[0])
        return document

    def tagged(self) -> DocumentId:
        document = self.fresh()
        self.desk.tag(Anchor(document), self.desk.roster[0].id, Harm.HIGH)
        self.reread()
        return document

    def reread(self) -> None:
        self.space.reading.refresh()
        self.settle()

    def search(self, words: str) -> None:
        self.space.search.search(words)
        self.settle()

    def focus(self) -> None:
        """Gives the focus to the place; the window is in front."""
        space = self.space
        self.window.activateWindow()
        self.bot.waitUntil(self.window.isActiveWindow)
        if self.place == "results":
            space.to_results()
        elif self.place == "viewer":
            space.viewer.focus_content()
        else:
            space.coding.propose(self.desk.roster[0])
            assert space.coding.officers.focus()
        home = {"results": space.table, "viewer": space.viewer, "coding": space.coding.officers}
        # A line of the officers takes the focus when it is drawn.
        self.bot.waitUntil(lambda: self.holds(home[self.place]))
        assert self.window.focusWidget() is QApplication.focusWidget()

    def shows(self, kind: type[QDialog]) -> bool:
        return any(each.isVisible() for each in self.window.findChildren(kind))

    def front(self) -> QWidget | None:
        return self.window._stack.currentWidget()

    def holds(self, pane: QWidget) -> bool:
        focused = self.window.focusWidget()
        return focused is pane or pane.isAncestorOf(focused)

    def send(self, keys: str) -> None:
        """As the platform does: to the window, which finds who has the focus."""
        QTest.keySequence(self.window.windowHandle(), QKeySequence(keys))

    def reset(self) -> None:
        """Back to the desk, with nothing before it."""
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window._lift()
        self.window.office.to_review()
        self.space.layouts.choose(Layout.BELOW)
        if self.space.layouts.reviewing:
            self.space.layouts.toggle_review()
        self.space.coding.picker.hide()
        if self.space.search.query:
            self.search("")
        self.settle()


def moved(trial: Trial, by: int) -> Happened:
    wanted = trial.go(2 + by) if by else trial.go(2)
    trial.go(2)
    return lambda: trial.space.coding.state.document == wanted


def hopped(trial: Trial, by: int) -> Happened:
    """Past a document in which the words do not stand."""
    trial.space.search._found = trial.desk.search("canteen")
    wanted = list(trial.desk.trove).index(next(iter(trial.desk.search("canteen").documents)))
    trial.go(wanted - 2 * by)
    return lambda: trial.space.table.currentIndex().row() == wanted


def hit(trial: Trial, by: int) -> Happened:
    trial.search("polygraph")
    trial.go(0)
    now = int(trial.space.viewer.hits.words.split()[1])
    wanted = f"hit {(now - 1 + by) % 3 + 1} of 3"
    return lambda: trial.space.viewer.hits.words == wanted


def pointed_out(trial: Trial, by: int) -> Happened:
    """From the second of the page's marks to its neighbours."""
    trial.search("polygraph")
    trial.go(0)
    marks = trial.space.reading.marks
    marks.step(1)
    marks.step(1)
    wanted = sorted(marks._shown.places)[1 + by]
    text = trial.space.viewer.text
    return lambda: text._focus == text._units(wanted)


def page(trial: Trial, to: int) -> Happened:
    trial.go(0)
    trial.space.reading.turn_to(3 - to, Layer.TEXT)
    trial.settle()
    return lambda: trial.space.viewer.pages.words == f"page {to} of 3"


def asked_for_page(trial: Trial) -> Happened:
    trial.go(0)
    return lambda: trial.space.viewer.pages.line.hasFocus()


def zoomed(trial: Trial, by: int) -> Happened:
    wanted = trial.space.viewer.text.zoom + by
    return lambda: trial.space.viewer.text.zoom == wanted


def look(trial: Trial, document: FakeDocument) -> None:
    """Opens a document as it looks."""
    trial.space.open_document(document.id)
    trial.settle()
    trial.space.viewer.choose_tab("Page")
    trial.settle()


def fitted(trial: Trial) -> Happened:
    look(trial, PDF)
    trial.space.viewer.page.full_size()
    return lambda: trial.space.viewer.page.zoom_words == "Fit"


def turned(trial: Trial) -> Happened:
    look(trial, PDF)
    wanted = (trial.space.viewer.page.rotation + 90) % 360
    return lambda: trial.space.viewer.page.rotation == wanted


def unveiled(trial: Trial) -> Happened:
    look(trial, PHOTO)
    wanted = not trial.space.viewer.page.veiled
    return lambda: trial.space.viewer.page.veiled is wanted


def tab(trial: Trial, number: int) -> Happened:
    look(trial, PDF)
    name = ("Page", "Text", "Metadata", "Family", "History")[number - 1]
    trial.space.viewer.choose_tab("Text" if name != "Text" else "Page")
    return lambda: trial.space.viewer.tab == name


def coded(trial: Trial, harm: Harm) -> Happened:
    document = trial.fresh()
    return lambda: (document, harm) in [(t.anchor.document, t.harm) for t in trial.desk.tags]


def uncoded(trial: Trial, document: DocumentId) -> bool:
    return document not in [tag.anchor.document for tag in trial.desk.tags]


def untagged(trial: Trial) -> Happened:
    return partial(uncoded, trial, trial.tagged())


def redone(trial: Trial) -> Happened:
    document = trial.tagged()
    trial.desk.undo()
    trial.reread()
    return lambda: not uncoded(trial, document)


def repeated(trial: Trial) -> Happened:
    trial.space.deciding.last = Coding(trial.desk.roster[1], Harm.LOW)
    document = trial.fresh()
    return lambda: not uncoded(trial, document)


def answered(trial: Trial, said: Answer) -> Happened:
    trial.desk.answers.clear()
    trial.go(1)
    document = trial.go(0)
    return lambda: trial.desk.answers == {(document, trial.desk.roster[0].id): said}


def second_look(trial: Trial) -> Happened:
    document = trial.fresh()
    return lambda: (document, "second look") in trial.desk.state.labels


def marked(trial: Trial) -> Happened:
    document = trial.fresh()
    return lambda: document in trial.space.model.marked


def reviewed(trial: Trial) -> Happened:
    document = trial.fresh()
    state = trial.space.coding.state
    return lambda: document in trial.desk.state.reviewed and state.document != document


def pane(trial: Trial, by: int) -> Happened:
    space = trial.space
    panes: list[QWidget] = [space.facets, space.table, space.viewer, space.coding]
    here = {"results": 1, "viewer": 2}[trial.place]
    return partial(trial.holds, panes[here + by])


def relaid(trial: Trial) -> Happened:
    before = trial.space.middle.orientation()
    return lambda: trial.space.middle.orientation() is not before


def in_review(trial: Trial) -> Happened:
    layouts, top = trial.space.layouts, trial.space.top
    return lambda: layouts.reviewing and top.isHidden() and trial.window.isFullScreen()


def found_officer(trial: Trial) -> Happened:
    trial.fresh()
    return lambda: trial.space.coding.picker.line.hasFocus()


def thumbnails(trial: Trial) -> Happened:
    look(trial, PDF)
    wanted = trial.space.viewer.page.strip.isHidden()
    return lambda: trial.space.viewer.page.strip.isVisible() is wanted


def opens(kind: type[QDialog]) -> Callable[[Trial], Happened]:
    return lambda trial: partial(trial.shows, kind)


def focuses(widget: Callable[[Workspace], QWidget]) -> Callable[[Trial], Happened]:
    return lambda trial: widget(trial.space).hasFocus
