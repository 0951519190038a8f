"""The pages of a document side by side in small, at the left of the page as it looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QResizeEvent, QShowEvent, QTransform
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from evidencebox.ui.bits import set_role
from evidencebox.ui.languages import told, tr
from evidencebox.ui.paper import blurred
from evidencebox.ui.theme import Theme, font, grown

WIDTH, _HEIGHT = 84, 112
"""Of a page in small, in logical pixels; what is longer is made to fit."""
_AIR, _WORDS, _NUMBER = 12, 11, 20
_MOST = 400
"""Pictures that are kept: some 15 MB."""
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class StripModel(QAbstractListModel):
    """The pages by number, and those pictures of them that were drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: tuple[int, ...] = ()
        self._drawn: dict[int, QImage | None] = {}

    def show_pages(self, numbers: Sequence[int]) -> None:
        """Other pages, none of them drawn."""
        self.beginResetModel()
        self.numbers, self._drawn = tuple(numbers), {}
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.numbers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = self.numbers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(number)
        return told("Page %1", number) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def image(self, row: int) -> QImage | None:
        """A page in small; None where it is not drawn, or cannot be."""
        return self._drawn.get(self.numbers[row])

    def drawn(self, row: int) -> bool:
        """Whether there is no more to ask for."""
        return self.numbers[row] in self._drawn

    def put(self, number: int, image: QImage | None) -> None:
        """Takes a page; None where it cannot be drawn. The oldest is forgotten past so many."""
        self._drawn[number] = image
        if len(self._drawn) > _MOST:
            del self._drawn[next(iter(self._drawn))]
        changed = self.index(self.numbers.index(number))
        self.dataChanged.emit(changed, changed)


class _Painter(QStyledItemDelegate):
    """Paper with its number below; the page that is read has a frame."""

    def __init__(self, strip: PageStrip, theme: Theme) -> None:
        super().__init__(strip)
        self._strip, self._theme = strip, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(WIDTH + 2 * _AIR, _HEIGHT + grown(_NUMBER) + _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens, cell = self._theme.tokens, option.rect
        current = index.row() == self._strip.currentIndex().row()
        image = self._strip.face(index.row())
        paper = QSize(WIDTH, _HEIGHT)
        if image is not None:
            paper = image.size().scaled(paper, Qt.AspectRatioMode.KeepAspectRatio)
        corner = QPoint(
            cell.left() + (cell.width() - paper.width()) // 2,
            cell.top() + _AIR + (_HEIGHT - paper.height()) // 2,
        )
        area = QRect(corner, paper)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
        )
        if current and self._strip.hasFocus():
            painter.fillRect(cell, QColor(tokens.selection))
        if image is None:
            painter.fillRect(area, QColor(tokens.panel))
        else:
            painter.drawImage(area, image)
        painter.setPen(QPen(QColor(tokens.accent if current else tokens.line), 3 if current else 1))
        painter.drawRect(area.adjusted(-2, -2, 1, 1) if current else area.adjusted(-1, -1, 0, 0))
        made = font(_WORDS)
        made.setBold(current)
        painter.setFont(made)
        painter.setPen(QColor(tokens.text if current else tokens.secondary))
        below = QRect(cell.left(), cell.top() + _AIR + _HEIGHT + 2, cell.width(), grown(_NUMBER))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, index.data())
        painter.restore()


class PageStrip(QListView):
    """The strip.

    Signals:
        chosen(int): the page of this number is wanted, by a click or by the arrows.
        moved(): other pages may be in sight.
    """

    chosen = Signal(int)
    moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "strip")
        self.setAccessibleName(tr("Page thumbnails"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.veiled = self.grey = False
        self.rotation = 0
        self._quiet = False
        self.pages = StripModel()
        self.pages.setParent(self)
        self.setModel(self.pages)
        self.setItemDelegate(_Painter(self, theme))
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(WIDTH + 2 * _AIR + bar)
        self.scheduleDelayedItemsLayout()

    def show_pages(self, numbers: Sequence[int]) -> None:
        """The pages of another document; none forgets those that were there."""
        self._quiet = True
        self.pages.show_pages(numbers)
        self._quiet = False

    def mark(self, number: int) -> None:
        """Which page is read; brings it into sight."""
        if number in self.pages.numbers:
            self._quiet = True
            self.setCurrentIndex(self.pages.index(self.pages.numbers.index(number)))
            self._quiet = False

    def dress(self, veiled: bool, grey: bool, rotation: int) -> None:
        """Shows the pages as the page itself is: blurred, in grey, turned clockwise."""
        if (veiled, grey, rotation) != (self.veiled, self.grey, self.rotation):
            self.veiled, self.grey, self.rotation = veiled, grey, rotation
            self.viewport().update()

    def face(self, row: int) -> QImage | None:
        """A page in small, as it is shown now; None where it is not drawn, or cannot be."""
        image = self.pages.image(row)
        if image is None:
            return None
        if self.rotation:
            image = image.transformed(QTransform().rotate(self.rotation))
        if self.grey:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        return blurred(image) if self.veiled else image

    def wanted(self) -> int | None:
        """The first page in sight that is not drawn; None where there is none."""
        if not self.isVisible() or not self.pages.numbers:
            return None
        middle = self.viewport().width() // 2
        first = self.indexAt(QPoint(middle, 0)).row()
        last = self.indexAt(QPoint(middle, self.viewport().height() - 1)).row()
        last = len(self.pages.numbers) - 1 if last < 0 else last
        rows = range(max(first, 0), last + 1)
        return next((self.pages.numbers[r] for r in rows if not self.pages.drawn(r)), None)

    def _choose(self, now: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.chosen.emit(self.pages.numbers[now.row()])

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.moved.emit()
