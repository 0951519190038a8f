"""The viewer: a document's pages and text, its metadata, family and history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from evidencebox.model.documents import DocumentType, Layer, Page, Status
from evidencebox.model.ids import DocumentId
from evidencebox.model.layout import headers
from evidencebox.model.policy import why_covered
from evidencebox.model.views import DocumentView
from evidencebox.ui.about_document import FactsPage, FamilyPage, HistoryPage
from evidencebox.ui.bits import button, column, label, set_role
from evidencebox.ui.cells_view import CellsView
from evidencebox.ui.elided import Elided
from evidencebox.ui.find_bar import FindBar
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.highlights import HighlightLegend
from evidencebox.ui.languages import told, tr
from evidencebox.ui.page_text import MARGIN, PageText
from evidencebox.ui.page_view import PageView
from evidencebox.ui.remark import Remark
from evidencebox.ui.sayings import sentence
from evidencebox.ui.shown import one_line
from evidencebox.ui.stepper import PageStepper, Stepper
from evidencebox.ui.theme import Theme

TABS = ("Page", "Cells", "Text", "Metadata", "Family", "History")
_READ = ("Page", "Cells", "Text")
"""Tabs that show the page itself."""
_PAGED = (DocumentType.PDF, DocumentType.IMAGE)
_SHEETS = (DocumentType.SHEET, DocumentType.CSV)
_LAYERS = {Layer.TEXT: "Show its own text", Layer.OCR: "Show recognised text"}
RECOGNISED = "recognised text, may contain errors"
_SHEET_WIDTH = 720
MOST_POINTS = 500_000
"""Of one page: past this, laying it out would hold the window up."""
EMPTY = "No document is open.\nChoose one in the list with J and K."


class Viewer(QFrame):
    """Tabs over a document.

    Signals:
        hit_stepped(int), page_stepped(int): the next or the previous one was asked for.
        selected(int, int): a passage of the page, in code points.
        layer_switched(): the other layer of the page was asked for.
        opened(str): a member of the family was chosen.
        passwords_wanted(): the document is locked, and somebody may know what opens it.
        again_wanted(str): the document is to be read again, for the places of its words.
    """

    hit_stepped = Signal(int)
    page_stepped = Signal(int)
    layer_switched = Signal()
    again_wanted = Signal(str)
    passwords_wanted = Signal()
    selected = Signal(int, int)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = PageText(theme)
        self.cells, self._sheet_title = CellsView(theme), Elided("secondary")
        self.legend, self.find_bar = HighlightLegend(theme), FindBar()
        self.page = PageView(theme, self.legend.twin())
        self.hits = Stepper(theme, "hit")
        self.pages = PageStepper(theme)
        self._zoom = button(
            "100 %", "plain", tr("Size of the text, 100 per cent"), self._reset_zoom
        )
        self._title = Elided("secondary")
        self._notice = label("", "secondary", wrap=True)
        self._banner = label("", "strong", wrap=True)
        self._banner.setContentsMargins(15, 8, 15, 8)
        ask = self.passwords_wanted.emit
        self.locked = Remark(tr("Add passwords…"), tr("Add passwords that may open it"), ask)
        self._layer = button("", "link", clicked=self.layer_switched.emit)
        self._facts, self.family, self._history = FactsPage(), FamilyPage(), HistoryPage()
        self.family.opened.connect(self.opened)
        self._empty = label(tr(EMPTY), "secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._liked = "Text"
        self._paged = False
        self._document: DocumentId | None = None
        self._stack = QStackedWidget()
        parts = (self.page, self._table(), self._sheet(), self._facts, self.family, self._history)
        self._parts: dict[str, QWidget] = dict(zip(TABS, parts, strict=True))
        for part in (*parts, self._empty):
            self._stack.addWidget(part)
        body = column(self, (0, 0, 0, 0), 0)
        self._head = self._tab_row()
        body.addWidget(self._head)
        body.addWidget(self._banner)
        body.addWidget(self.locked)
        body.addWidget(self.find_bar)
        body.addWidget(self._stack, 1)
        self.hits.stepped.connect(self.hit_stepped)
        self.pages.stepped.connect(self.page_stepped)
        self.pages.left.connect(self.focus_content)
        self.text.selected.connect(self.selected)
        self.page.resized.connect(self._show_zoom)
        self.page.again_wanted.connect(lambda: self.again_wanted.emit(self._document))
        self.clear()

    def _tab_row(self) -> QWidget:
        bar = QFrame()
        set_role(bar, "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tabs = QButtonGroup(self)
        # Large letters, or a narrow pane: what has no room in the line goes to the next.
        line = FlowLayout(bar, 0)
        line.setContentsMargins(11, 0, 8, 0)
        self._tab: dict[str, QPushButton] = {}
        for name in TABS:
            tab = button(tr(name), "tab", clicked=partial(self.choose_tab, name))
            tab.setCheckable(True)
            self._tabs.addButton(tab)
            self._tab[name] = tab
            line.addWidget(tab)
        line.push()
        for part in (self.hits, self.pages, self._zoom):
            line.addWidget(part)
        return bar

    def _sheet(self) -> QWidget:
        ground = QWidget()
        sheet = QFrame()
        set_role(sheet, "sheet")
        sheet.setMaximumWidth(_SHEET_WIDTH)
        inside = column(sheet, (44 - MARGIN, 34, 12, 12), 8)
        for words in (self._title, self._notice):
            words.setContentsMargins(MARGIN, 0, 0, 0)
        head = FlowLayout(spacing=10)
        head.setContentsMargins(0, 0, 20, 0)
        head.addWidget(self._title)
        head.addWidget(self._layer)
        head.push()
        head.addWidget(self.legend)
        inside.addLayout(head)
        inside.addWidget(self._notice)
        inside.addWidget(self.text, 1)
        line = QHBoxLayout(ground)
        line.setContentsMargins(24, 18, 24, 18)
        line.addStretch(1)
        line.addWidget(sheet, 30)
        line.addStretch(1)
        return ground

    def _table(self) -> QWidget:
        """The cells, below their sheet's name and what is marked in them."""
        ground = QFrame()
        set_role(ground, "ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = FlowLayout(spacing=10)
        head.setContentsMargins(14, 8, 14, 8)
        head.addWidget(self._sheet_title)
        head.push()
        head.addWidget(self.legend.twin())
        body = column(ground, (0, 0, 0, 0), 0)
        body.addLayout(head)
        body.addWidget(self.cells, 1)
        return ground

    def show_document(self, view: DocumentView) -> None:
        """Takes a document; its page comes by `show_page`."""
        relatives = len(view.record.parents) + len(view.record.children)
        self._tab["Family"].setText(told("Family %1", relatives) if relatives else tr("Family"))
        self._facts.show_document(view)
        self.family.show_document(view)
        self._history.show_document(view)
        self._head.show()
        reason = view.record.reason
        self._notice.setText(one_line(sentence(reason)))
        self._notice.setVisible(bool(reason))
        locked = view.record.status is Status.ENCRYPTED and not view.sealed
        self.locked.say(self._notice.text() if locked else "")
        self._banner.setText(sentence(why_covered(view.sealed)))
        self._banner.setVisible(bool(view.sealed))
        self._offer_tabs(view)

    def _offer_tabs(self, view: DocumentView) -> None:
        """The tabs this document has; the one that was liked last stays in front, if it can."""
        kind = view.record.type
        self._paged = kind in _PAGED
        self._tab["Page"].setVisible(self._paged)
        self._tab["Cells"].setVisible(kind in _SHEETS)
        if self._paged and self._document != view.record.sha256:
            self.page.show_document(veil=kind is DocumentType.IMAGE)
        self._document = view.record.sha256
        name = self.tab
        if name and name not in _READ:
            return
        name = self._liked if not self._tab[self._liked].isHidden() else "Text"
        if name == "Text" and self._paged and not any(head.chars for head in view.pages):
            name = "Page"
        self.show_tab(name)

    def show_page(self, page: Page | None, other: Layer | None = None) -> None:
        """Shows a page from its top, or says that the document has none.

        `other` is the layer that it has besides the one that is shown.
        """
        self.cells.show_page(None if self._tab["Cells"].isHidden() else page)
        words = "" if other is None else tr(_LAYERS[other])
        self._layer.setText(words)
        self._layer.setAccessibleName(words or tr("No other text of this page"))
        self._layer.setVisible(other is not None)
        if page is None:
            for title in (self._title, self._sheet_title):
                title.setText(tr("This document yielded no text."))
            self.text.show_text("")
            return
        words = told("Page %1", page.number)
        if page.label:
            words = f"{one_line(page.label)} · {words[0].lower()}{words[1:]}"
        if page.layer is Layer.OCR:
            words += f" · {tr(RECOGNISED)}"
        if len(page.text) > MOST_POINTS:
            words += " · " + told("its first %1 characters of %2", MOST_POINTS, len(page.text))
        for title in (self._title, self._sheet_title):
            title.setText(words)
        self.text.show_text(page.text[:MOST_POINTS], headers(page))

    @property
    def paged(self) -> bool:
        """Whether the document's pages have a look of their own."""
        return self._paged

    @property
    def tab(self) -> str:
        """The name of the tab in front; empty while no document is open."""
        now = self._stack.currentWidget()
        return next((name for name, part in self._parts.items() if part is now), "")

    def show_tab(self, name: str) -> None:
        """Brings a tab to the front."""
        self._tab[name].setChecked(True)
        self._stack.setCurrentWidget(self._parts[name])
        self._zoom.setVisible(name in ("Page", "Text"))
        self._show_zoom(self.page.zoom_words if name == "Page" else f"{self.text.zoom} %")

    def choose_tab(self, name: str) -> None:
        """A reviewer's choice: the next documents open on it too, where they have it."""
        if name in _READ:
            self._liked = name
        self.show_tab(name)

    def choose_place(self, number: int) -> None:
        """The tab at a place among those that this document has, from 1."""
        there = [name for name in TABS if not self._tab[name].isHidden()]
        if self.tab and number <= len(there):
            self.choose_tab(there[number - 1])
            self.focus_content()

    def focus_content(self) -> None:
        """Gives the focus to what the tab in front shows."""
        name = self.tab
        own = {"Page": self.page.ground, "Cells": self.cells, "Text": self.text}
        part = own.get(name, self._parts.get(name))
        if part is not None:
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def zoom(self, by: int) -> None:
        """Larger or smaller letters, or page, by per cent."""
        if self.tab == "Page":
            self.page.zoom(by)
            return
        self.text.set_zoom(self.text.zoom + by)
        self._show_zoom(f"{self.text.zoom} %")

    def _show_zoom(self, words: str) -> None:
        thing = "Size of the page, %1; back to 100 per cent"
        if self.tab != "Page":
            thing = "Size of the text, %1; back to 100 per cent"
        self._zoom.setText(words)
        self._zoom.setAccessibleName(told(thing, words))

    def _reset_zoom(self) -> None:
        if self.tab == "Page":
            self.page.full_size()
        else:
            self.zoom(100 - self.text.zoom)

    def clear(self, words: str = EMPTY) -> None:
        """Shows no document, and forgets the one that was there."""
        self._document = None
        self.find_bar.close_bar()
        self.text.show_text("")
        self.page.clear()
        self.cells.clear()
        for page in (self._facts, self.family, self._history):
            page.clear()
        self._title.setText("")
        self._sheet_title.setText("")
        self._layer.hide()
        self._notice.setText("")
        self._banner.hide()
        self.locked.hide()
        self._empty.setText(tr(words))
        self._head.hide()
        self._stack.setCurrentWidget(self._empty)
