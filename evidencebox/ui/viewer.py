"""The viewer: a document's text on a sheet, its metadata, family and history."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QWidget

from evidencebox.model.documents import Page
from evidencebox.model.views import DocumentView
from evidencebox.ui.about_document import FactsPage, FamilyPage, HistoryPage
from evidencebox.ui.bits import IconButton, button, column, label, row, set_role
from evidencebox.ui.page_text import MARGIN, PageText
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme

TABS = ("Text", "Metadata", "Family", "History")
_SHEET_WIDTH = 720
MOST_POINTS = 500_000
"""Of one page: past this, laying it out would hold the window up."""
EMPTY = "No document is open.\nChoose one in the list with J and K."


class Stepper(QWidget):
    """Arrows around words: a place in a row of things, and its two neighbours.

    Signals:
        stepped(int): -1 or 1.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, thing: str) -> None:
        super().__init__()
        self._words = label("", "secondary")
        self._words.setAccessibleName(f"Place among the {thing}s")
        back = IconButton(theme, "previous", "", "plain", f"Previous {thing}")
        on = IconButton(theme, "next", "", "plain", f"Next {thing}")
        self._buttons = (back, on)
        back.clicked.connect(lambda: self.stepped.emit(-1))
        on.clicked.connect(lambda: self.stepped.emit(1))
        self.setLayout(row(back, self._words, on, spacing=0))

    def show_place(self, words: str, many: bool) -> None:
        """What stands between the arrows, and whether they lead anywhere."""
        self._words.setText(words)
        for arrow in self._buttons:
            arrow.setVisible(many)

    @property
    def words(self) -> str:
        return self._words.text()


class Viewer(QFrame):
    """Tabs over a document.

    Signals:
        hit_stepped(int), page_stepped(int): the next or the previous one was asked for.
        selected(int, int): a passage of the page, in code points.
        opened(str): a member of the family was chosen.
    """

    hit_stepped = Signal(int)
    page_stepped = Signal(int)
    selected = Signal(int, int)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = PageText(theme)
        self.hits = Stepper(theme, "hit")
        self.pages = Stepper(theme, "page")
        self._zoom = button("100 %", "plain", "Size of the text, 100 per cent", self._reset_zoom)
        self._title = label("", "secondary")
        self._notice = label("", "secondary", wrap=True)
        self._facts, self._family, self._history = FactsPage(), FamilyPage(), HistoryPage()
        self._family.opened.connect(self.opened)
        self._empty = label(EMPTY, "secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for page in (self._sheet(), self._facts, self._family, self._history, self._empty):
            self._stack.addWidget(page)
        body = column(self, (0, 0, 0, 0), 0)
        self._head = self._tab_row()
        body.addWidget(self._head)
        body.addWidget(self._stack, 1)
        self.hits.stepped.connect(self.hit_stepped)
        self.pages.stepped.connect(self.page_stepped)
        self.text.selected.connect(self.selected)
        self.clear()

    def _tab_row(self) -> QWidget:
        bar = QFrame()
        set_role(bar, "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tabs = QButtonGroup(self)
        line = QHBoxLayout(bar)
        line.setContentsMargins(11, 0, 8, 0)
        line.setSpacing(0)
        for number, name in enumerate(TABS):
            tab = button(name, "tab")
            tab.setCheckable(True)
            self._tabs.addButton(tab, number)
            line.addWidget(tab)
        line.addStretch(1)
        line.addLayout(row(self.hits, self.pages, self._zoom, spacing=6))
        self._tabs.idClicked.connect(self.show_tab)
        return bar

    def _sheet(self) -> QWidget:
        ground = QWidget()
        sheet = QFrame()
        set_role(sheet, "sheet")
        sheet.setMaximumWidth(_SHEET_WIDTH)
        inside = column(sheet, (44 - MARGIN, 34, 12, 12), 8)
        for words in (self._title, self._notice):
            words.setContentsMargins(MARGIN, 0, 0, 0)
            inside.addWidget(words)
        inside.addWidget(self.text, 1)
        line = QHBoxLayout(ground)
        line.setContentsMargins(24, 18, 24, 18)
        line.addStretch(1)
        line.addWidget(sheet, 30)
        line.addStretch(1)
        return ground

    def show_document(self, view: DocumentView) -> None:
        """Takes a document; its page comes by `show_page`."""
        relatives = len(view.record.parents) + len(view.record.children)
        self._tabs.button(2).setText(f"Family {relatives}" if relatives else "Family")
        self._facts.show_document(view)
        self._family.show_document(view)
        self._history.show_document(view)
        self._head.show()
        reason = view.record.reason
        self._notice.setText(one_line(reason))
        self._notice.setVisible(bool(reason))
        if self._stack.currentWidget() is self._empty:
            self.show_tab(0)

    def show_page(self, page: Page | None) -> None:
        """Shows a page from its top, or says that the document has none."""
        if page is None:
            self._title.setText("This document yielded no text.")
            self.text.show_text("")
            return
        words = f"Page {page.number}"
        if page.label:
            words = f"{one_line(page.label)} · {words.lower()}"
        if len(page.text) > MOST_POINTS:
            words += f" · its first {MOST_POINTS:,} characters of {len(page.text):,}"
        self._title.setText(words)
        self.text.show_text(page.text[:MOST_POINTS])

    def show_tab(self, number: int) -> None:
        """Brings a tab to the front."""
        self._tabs.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)

    def zoom(self, by: int) -> None:
        """Larger or smaller letters, by per cent."""
        self.text.set_zoom(self.text.zoom + by)
        self._zoom.setText(f"{self.text.zoom} %")
        self._zoom.setAccessibleName(f"Size of the text, {self.text.zoom} per cent")

    def _reset_zoom(self) -> None:
        self.zoom(100 - self.text.zoom)

    def clear(self, words: str = EMPTY) -> None:
        """Shows no document, and forgets the one that was there."""
        self.text.show_text("")
        for page in (self._facts, self._family, self._history):
            page.clear()
        self._title.setText("")
        self._notice.setText("")
        self._empty.setText(words)
        self._head.hide()
        self._stack.setCurrentWidget(self._empty)
