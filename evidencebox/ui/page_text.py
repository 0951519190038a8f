"""A page's text, read-only and plain: what is in it can neither act nor be mistaken.

Highlights are painted under the letters from sorted ranges, only for the lines in sight, so that
a word that stands on a page seventy thousand times costs no more than one that stands there once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from evidencebox.ui.bits import set_role
from evidencebox.ui.languages import tr
from evidencebox.ui.marks import Marks, Range, paint_double_line, show_words
from evidencebox.ui.shown import Shown
from evidencebox.ui.theme import BASE_PIXELS, Theme, font, scaled

MARGIN = 4
_LINE_HEIGHT = 138
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_QUIETEST = 200
_BELOW = QPointF(0, 1.5)
_SPACED_POINTS = 300_000
"""Past this the spacing costs more than it gives: 0.2 s for 770,000 characters."""


class PageText(QTextEdit):
    """The viewer's text. A QTextEdit for its line height; only plain text is ever put in.

    Signals:
        selected(int, int): a passage was selected, in code points; equal where none is.
    """

    selected = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = Shown("")
        self._hits: list[Range] = []
        self._tagged: list[Range] = []
        self._unsure: list[Range] = []
        self._people: list[Range] = []
        self._exposed: list[Range] = []
        self._quiet: list[Range] = []
        self._current: Range | None = None
        self._focus: Range | None = None
        self._marks = Marks()
        self._zoom = 100
        set_role(self, "text")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Page text"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Room for a mark around the first letter of a line.
        self.document().setDocumentMargin(MARGIN)
        self.selectionChanged.connect(self._tell_selection)
        self.cursorPositionChanged.connect(self._describe)
        theme.changed.connect(self.viewport().update)
        theme.changed.connect(self._colour)
        theme.changed.connect(lambda: self.set_zoom(self._zoom))
        self.set_zoom(100)

    @property
    def zoom(self) -> int:
        """Size of the letters in per cent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Makes the letters larger or smaller, between 70 and 250 per cent."""
        self._zoom = max(70, min(250, percent))
        # A style sheet's size would win over setFont, so it is said in one.
        size = scaled(round((BASE_PIXELS + 1) * self._zoom / 100))
        self.setStyleSheet(f"QTextEdit {{ font-size: {size}px; }}")
        made = font(round((BASE_PIXELS + 1) * self._zoom / 100))
        made.setWeight(QFont.Weight.Normal)
        self.setFont(made)

    def show_text(self, text: str, quiet: Sequence[Range] = ()) -> None:
        """Shows a page from its top, with no marks; what only names is written in quiet."""
        self._shown = Shown(text)
        self._hits, self._tagged, self._unsure, self._current = [], [], [], None
        self._people, self._exposed = [], []
        self._focus, self._marks = None, Marks()
        self.clear()
        cursor = QTextCursor(self.document())
        if len(text) <= _SPACED_POINTS:
            spaced = QTextBlockFormat()
            spaced.setLineHeight(_LINE_HEIGHT, _PROPORTIONAL)
            cursor.setBlockFormat(spaced)
        cursor.insertText(self._shown.text)
        self._quiet = [self._units(each) for each in quiet]
        self._colour()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_marks(self, marks: Marks, bring: bool = True) -> None:
        """Shows the hits; `bring` brings the current one into sight, and drops a selection."""
        if marks.hits != self._marks.hits:  # a step must not cost what all of them do
            self._hits = [self._units(each) for each in marks.hits]
        self._tagged = [self._units(each) for each in marks.tagged]
        self._unsure = [self._units(each) for each in sorted(marks.unsure)]
        self._people = [self._units(each) for each in sorted(marks.people)]
        self._exposed = [self._units(each) for each in sorted(marks.exposed)]
        self._current = None if marks.current is None else self._hits[marks.current]
        self._marks, self._focus = marks, None
        if bring and self._current is not None:
            self._bring(self._current[0])
        self._describe()
        self.viewport().update()

    def show_focus(self, place: Range) -> None:
        """Frames one of the marks, and brings it into sight."""
        self._focus = self._units(place)
        self._bring(self._focus[0])
        self._describe()
        self.viewport().update()

    def said_at(self, at: QPoint) -> str:
        """What is marked at a place of the viewport, in words."""
        cursor = self.cursorForPosition(at)
        unit = cursor.position() - (at.x() < self.cursorRect(cursor).x())
        block = cursor.block()
        corner = self.document().documentLayout().blockBoundingRect(block).topLeft()
        corner -= QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        on = any(box.contains(at) for box in self._boxes(block, corner, (unit, unit + 1)))
        return self._marks.said(self._shown.point(unit)) if on else ""

    def _describe(self) -> None:
        """For a screen reader: what is marked where the caret stands."""
        said = self._marks.said(self._shown.point(self.textCursor().position()))
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def _colour(self) -> None:
        """Selections of Qt's own, so that the text itself stays plain."""
        made = []
        for start, end in self._quiet[:_QUIETEST]:
            each = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            each.cursor = cursor
            each.format.setForeground(QColor(self._theme.tokens.secondary))
            made.append(each)
        self.setExtraSelections(made)

    @property
    def selection(self) -> Range:
        """The selected passage in code points; equal ends where nothing is selected."""
        cursor = self.textCursor()
        start = self._shown.point(cursor.selectionStart())
        if not cursor.hasSelection():
            return start, start
        return start, self._shown.point_after(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Selects a passage given in code points."""
        cursor = self.textCursor()
        cursor.setPosition(self._shown.unit(start))
        cursor.setPosition(self._shown.unit(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _units(self, points: Range) -> Range:
        return self._shown.unit(points[0]), self._shown.unit(points[1])

    def _bring(self, unit: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(unit)
        self.setTextCursor(cursor)
        area = self.cursorRect(cursor)
        if not self.viewport().rect().adjusted(0, 20, 0, -20).contains(area.center()):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + area.center().y() - self.viewport().height() // 3)

    def _tell_selection(self) -> None:
        self.selected.emit(*self.selection)

    # Qt's side

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text only: what is copied out must not carry markup either."""
        made = QMimeData()
        made.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menu: its actions are Qt's, unnamed in our words; Ctrl+C copies."""
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            at = event.pos()  # type: ignore[attr-defined]
            show_words(self.viewport(), at, self.said_at(at))
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        block = self.cursorForPosition(QPoint(0, 0)).block()
        bottom = self.viewport().height()
        outlines: list[QRectF] = []
        while block.isValid():
            corner = self.document().documentLayout().blockBoundingRect(block).topLeft() - offset
            if corner.y() > bottom:
                break
            outlines += self._paint_block(painter, block, corner)
            block = block.next()
        painter.setPen(QPen(QColor(self._theme.tokens.accent), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in outlines:
            # Tight at the sides: a comma or a bracket follows within a pixel.
            painter.drawRoundedRect(box.adjusted(0.8, -0.5, -0.8, 0.5), 2.5, 2.5)
        painter.end()
        # The letters last, so that no mark ever covers one.
        super().paintEvent(event)

    def _paint_block(self, painter: QPainter, block: QTextBlock, corner: QPointF) -> list[QRectF]:
        tokens = self._theme.tokens
        for box in self._standing(self._people, block, corner):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.officer))
            painter.drawRoundedRect(box, 2.5, 2.5)
            painter.setPen(QPen(QColor(tokens.officer_line), 1.4))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.exposed))
        data = self._standing(self._exposed, block, corner)
        for box in data:
            painter.drawRoundedRect(box, 2.5, 2.5)
        painter.setBrush(QColor(tokens.hit))
        current: list[QRectF] = []
        for each in self._within(self._hits, block):
            boxes = self._boxes(block, corner, each)
            for box in boxes:
                painter.drawRoundedRect(box, 2.5, 2.5)
            if each == self._current and self._focus is None:
                current += boxes
        for box in data:  # over a hit's ground: what is both is seen to be both
            paint_double_line(painter, box, QColor(tokens.exposed_line))
        self._paint_dots(painter, block, corner)
        return current + self._standing([self._focus] if self._focus else [], block, corner)

    def _paint_dots(self, painter: QPainter, block: QTextBlock, corner: QPointF) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.accent), 1.6, Qt.PenStyle.DotLine))
        for box in self._standing(self._tagged, block, corner):
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(QPen(QColor(tokens.secondary), 1.3, Qt.PenStyle.DotLine))
        for box in self._standing(self._unsure, block, corner):
            # Below the line under a tagged passage, so that both are seen.
            painter.drawLine(box.bottomLeft() + _BELOW, box.bottomRight() + _BELOW)

    def _standing(
        self, ranges: Sequence[Range], block: QTextBlock, corner: QPointF
    ) -> list[QRectF]:
        """The boxes of those ranges that touch a block."""
        within = self._within(ranges, block)
        return [box for each in within for box in self._boxes(block, corner, each)]

    def _within(self, ranges: Sequence[Range], block: QTextBlock) -> Sequence[Range]:
        start, stop = block.position(), block.position() + block.length()
        first = bisect_left(ranges, start, key=lambda each: each[1])
        return ranges[first : bisect_right(ranges, stop, key=lambda each: each[0])]

    def _boxes(self, block: QTextBlock, corner: QPointF, span: Range) -> list[QRectF]:
        """Where a range stands within a block: a box for each line it touches."""
        layout = block.layout()
        start = max(0, span[0] - block.position())
        stop = min(block.length() - 1, span[1] - block.position())
        boxes = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(stop, line.textStart() + line.textLength())
            if first >= last:
                continue
            left, right = self._x(line, first), self._x(line, last)
            box = QRectF(corner.x() + min(left, right), corner.y() + line.y(), 0, line.height())
            box.setWidth(abs(right - left))
            boxes.append(box.adjusted(-1, 0.5, 1, -0.5))
        return boxes

    @staticmethod
    def _x(line: object, position: int) -> float:
        place = line.cursorToX(position)  # type: ignore[attr-defined]
        # PySide6 gives the x alone or together with the position it moved to.
        return float(place[0] if isinstance(place, tuple) else place)
