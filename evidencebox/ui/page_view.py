"""A page as it looks: pixels that a sandboxed worker drew, with the hits boxed.

Nothing of the trove is decoded here: Qt is given raw red, green and blue, and no file's bytes.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from evidencebox.model.pictures import Picture
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.flow import FlowLayout
from evidencebox.ui.languages import tr
from evidencebox.ui.marks import Marks
from evidencebox.ui.page_strip import PageStrip
from evidencebox.ui.paper import MARGIN, Paper, Shown, image_of
from evidencebox.ui.remark import Remark
from evidencebox.ui.theme import Theme

SMALLEST, LARGEST = 25, 400
"""Per cent."""
EMPTY = "This document has no page to show."
WAITING = "Drawing the page…"
VEILED = "This picture is blurred. Click it to see it, or press V."
UNPLACED = "Where the marks stand on this page is not known; they stand in Text."
_WIDEST = 4_000
_SOON_MS = 150


class PageView(QFrame):
    """The Page tab: the page, its size and turn, and what is kept from sight.

    Signals:
        wanted(): another picture is needed: of another size, or turned.
        again_wanted(): the document is to be recognised again.
        resized(str): the words for the size.
    """

    wanted = Signal()
    again_wanted = Signal()
    resized = Signal(str)

    def __init__(self, theme: Theme, legend: QWidget) -> None:
        """`legend` says what is marked; it stands at the left of the bar."""
        super().__init__()
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._percent: int | None = None
        self._picture: Picture | None = None
        self._image = QImage()
        self._natural = 0
        self._marks = Marks()
        self.rotation = 0
        self._veiled = False
        self._may_veil = False
        self.paper = Paper(theme)
        self.paper.clicked.connect(lambda: self.veil(False))
        self._words = label("", "secondary", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = label(tr(VEILED), "secondary")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setContentsMargins(14, 6, 14, 4)
        read = tr("Read this document again, with the places of its words")
        self.unplaced = Remark(tr("Recognise it again"), read, self.again_wanted.emit)
        self._scroll = self._scrolled()
        self.strip = PageStrip(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._words)
        body = column(self, (0, 0, 0, 0), 0)
        body.addWidget(self._bar(legend))
        body.addWidget(self._hint)
        body.addWidget(self.unplaced)
        body.addLayout(row(self.strip, self._stack, spacing=0), 1)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.wanted)
        self.clear()

    def _scrolled(self) -> QScrollArea:
        made = QScrollArea()
        made.setAccessibleName(tr("Page"))
        set_role(made, "ground")
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setWidgetResizable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self.paper, "ground")
        self.paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setWidget(self.paper)
        return made

    def _bar(self, legend: QWidget) -> QWidget:
        bar = QWidget()
        line = FlowLayout(bar)
        line.setContentsMargins(14, 8, 14, 0)
        fit = button(tr("Fit width"), "segment", tr("Fit the page to the width"), self.fit)
        turn = button(tr("Turn"), "segment", tr("Turn the page clockwise"), self.turn)
        self._grey = button(tr("Grey"), "segment", tr("Show the page in grey"), self._draw)
        self._blur = button(tr("Blur"), "segment", tr("Blur the picture"), self.toggle_veil)
        for each in (self._grey, self._blur):
            each.setCheckable(True)
        line.addWidget(legend)
        line.push()
        for each in (fit, turn, self._grey, self._blur):
            line.addWidget(each)
        return bar

    # What is asked of it

    @property
    def width_wanted(self) -> int:
        """Pixels across that a picture should have; 0 for its natural size, not known yet."""
        ratio = self.devicePixelRatioF()
        if self._percent is None:
            return min(_WIDEST, max(64, round(self._room() * ratio)))
        return min(_WIDEST, round(self._natural * self._percent / 100 * ratio))

    def _room(self) -> int:
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        return self._scroll.width() - 2 * MARGIN - bar

    @property
    def zoom_words(self) -> str:
        """The size for a button: per cent, or that it fits."""
        return tr("Fit") if self._percent is None else f"{self._percent} %"

    def show_document(self, veil: bool) -> None:
        """Another document: upright, and blurred where it is a picture."""
        self.rotation = 0
        self._natural = 0
        self._may_veil = veil
        self._veiled = veil
        self._blur.setVisible(veil)
        self._empty_strip()
        self._drop(WAITING)

    def _empty_strip(self) -> None:
        """Nothing of another document stays."""
        self._dress_strip()
        self.strip.show_pages(())

    def _dress_strip(self) -> None:
        self.strip.dress(self._veiled, self._grey.isChecked(), self.rotation)

    def show_strip(self, on: bool) -> None:
        """Shows the pages in small, or takes them away; the page is fitted to what is left."""
        if self.strip.isHidden() is on:
            self.strip.setVisible(on)
            self._soon.start()

    def show_waiting(self) -> None:
        """The page is being drawn; one that is there stays until then, unless it is another."""
        self._drop(WAITING)

    def show_picture(self, picture: Picture) -> None:
        """Shows a page; `show_marks` says what its boxes are."""
        self._image = image_of(picture)
        self._picture = replace(picture, pixels=b"")
        self._natural = picture.natural
        self._marks = Marks()
        self._draw()
        self._stack.setCurrentWidget(self._scroll)

    def show_marks(self, marks: Marks, bring: bool) -> None:
        """What is boxed; `bring` the current one into sight, or else the page's top."""
        if marks != self._marks:
            self._marks = marks
            self._draw()
        self.paper.mark(marks.current)
        self._describe(marks.current)
        if bring and marks.current is None:
            self._scroll.verticalScrollBar().setValue(0)
        elif bring:
            self._to_spot()

    def show_problem(self, words: str) -> None:
        """One sentence on why there is no page."""
        self._drop(words)

    def clear(self) -> None:
        """Forgets the page."""
        self._may_veil = self._veiled = False
        self._blur.hide()
        self._empty_strip()
        self._drop(EMPTY)

    def _drop(self, words: str) -> None:
        self._picture, self._marks = None, Marks()
        self._image = QImage()
        self.paper.show_page(None, False)
        self._hint.hide()
        self.unplaced.hide()
        self._describe(None)
        self._words.setText(tr(words))
        self._stack.setCurrentWidget(self._words)

    def ask_about(self, mark: int) -> None:
        """Frames one of the marks, and brings it into sight."""
        self.paper.ask_about(mark)
        self._describe(mark)
        self._to_spot()

    def _describe(self, mark: int | None) -> None:
        places = self._marks.places
        at = places[mark][0] if mark is not None and mark < len(places) else None
        self._scroll.setAccessibleDescription("" if at is None else self._marks.said(at))

    def _to_spot(self) -> None:
        # The paper may not have been laid out at its new size yet.
        self.paper.resize(self.paper.minimumSize().expandedTo(self._scroll.viewport().size()))
        spot = self.paper.spot()
        if not spot.isEmpty():
            centre = spot.center()
            self._scroll.ensureVisible(centre.x(), centre.y(), 60, 80)

    @property
    def ground(self) -> QWidget:
        """What takes the focus: arrows move over the page."""
        return self._scroll

    @property
    def placeless(self) -> bool:
        """Whether it is not known where the words of this scan stand."""
        return self._picture is not None and self._picture.placeless

    @property
    def words(self) -> str:
        """What stands in the page's place; empty while there is a page."""
        return "" if self._picture is not None else self._words.text()

    # Size, turn, sight

    def zoom(self, by: int) -> None:
        """Larger or smaller, from what it has now, in steps of `by` per cent."""
        self._set_percent(round((self._now() + by) / by) * by)

    def full_size(self) -> None:
        """100 per cent."""
        self._set_percent(100)

    def fit(self) -> None:
        """As wide as the pane."""
        self._percent = None
        self._resize()

    def turn(self) -> None:
        """A quarter clockwise."""
        self.rotation = (self.rotation + 90) % 360
        self._dress_strip()
        self.wanted.emit()

    @property
    def veiled(self) -> bool:
        """Whether the picture is blurred."""
        return self._veiled

    def veil(self, on: bool) -> None:
        """Blurs a picture, or shows it; only where there may be cause to."""
        if self._may_veil:
            self._veiled = on
            self._draw()
            self._to_spot()  # what was blurred had no box to go to

    def toggle_veil(self) -> None:
        """Blurs what is shown, shows what is blurred."""
        self.veil(not self._veiled)

    def _now(self) -> float:
        if self._percent is not None or not self._natural:
            return self._percent or 100
        return 100 * self._width() / self._natural

    def _set_percent(self, percent: int) -> None:
        self._percent = max(SMALLEST, min(LARGEST, percent))
        self._resize()

    def _resize(self) -> None:
        self.resized.emit(self.zoom_words)
        self._draw()
        self.wanted.emit()

    def _width(self) -> int:
        """Logical pixels across. A picture with fewer pixels than there is room is not stretched
        to fit."""
        if self._percent is not None:
            return max(1, round(self._natural * self._percent / 100))
        assert self._picture is not None
        return min(self._room(), max(self._natural, 1)) if self._may_veil else self._room()

    def _draw(self) -> None:
        self._blur.setChecked(self._veiled)
        self._dress_strip()
        if self._picture is None:
            return
        image = self._image
        if self._grey.isChecked():
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        shown = Shown(self._picture, image, max(1, self._width()), self._marks)
        self.paper.show_page(shown, self._veiled)
        self._hint.setVisible(self._veiled)
        # A sealed page's picture has no boxes either, and nothing is marked on it.
        boxless = bool(self._marks.places) and not self._picture.boxes and not self._veiled
        self.unplaced.say(tr(UNPLACED) if boxless else "", self._picture.placeless)

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._percent is None and event.oldSize().width() != event.size().width():
            self._draw()
            if self.isVisible():
                self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()
