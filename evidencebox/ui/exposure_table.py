"""How the exposure matrix is drawn: on screen, and into a picture that is handed on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from evidencebox.model.harm import Harm
from evidencebox.model.ids import OfficerId
from evidencebox.ui.bits import label, set_role
from evidencebox.ui.exposure_model import AFTER, ExposureModel, Index
from evidencebox.ui.languages import tr
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.theme import Theme, font, scaled
from evidencebox.ui.tokens import HARM_COLOURS, Tokens, mix

_ROW, _HEAD, _NAMES, _CELL, _WORDS = 32, 46, 190, 86, 260
_WASH = {Harm.NONE: 0.10, Harm.LOW: 0.13, Harm.MEDIUM: 0.25, Harm.HIGH: 0.38, Harm.VERY_HIGH: 0.55}
_MOST_DRAWN = 400
_TEXT = Qt.TextFlag.TextSingleLine


def ground_of(harm: Harm, tokens: Tokens) -> str:
    """What a cell of a level stands on; text on it keeps its contrast."""
    share = _WASH[harm] * (0.75 if tokens.dark else 1.0)
    return mix(HARM_COLOURS[harm], tokens.panel, share)


def draw_cell(
    painter: QPainter, place: QRectF, model: ExposureModel, index: Index, tokens: Tokens
) -> None:
    """One cell: a wash, the ring of its level, and the figure."""
    name = model.name_of(index.column())
    text, harm = str(index.data()), model.worst(index)
    painter.setFont(font(13))
    if harm is not None and name not in AFTER:
        painter.fillRect(place, QColor(ground_of(harm, tokens)))
    left = name in ("worst", "disposition")
    quiet = text == "·" or name in ("total", "named", "disposition")
    painter.setPen(QColor(tokens.secondary if quiet else tokens.text))
    if harm is None and model.suggested(index):
        _draw_suggested(painter, place, text, tokens)
        return
    if harm is None:
        how = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
        room = place.adjusted(8 if left else 0, 0, -4, 0)
        words = QFontMetricsF(font(13)).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, how | Qt.AlignmentFlag.AlignVCenter | _TEXT, words)
        return
    wide = QFontMetricsF(font(13)).horizontalAdvance(text)
    ring = scaled(11)
    start = place.left() + 8 if left else place.center().x() - (wide + ring + 5) / 2
    draw_ring(painter, QPointF(start + ring / 2, place.center().y()), ring, harm)
    painter.setPen(QColor(tokens.text))
    room = QRectF(start + ring + 5, place.top(), wide + 6, place.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | _TEXT, text)


def _draw_suggested(painter: QPainter, place: QRectF, text: str, tokens: Tokens) -> None:
    """Dotted, as everything is that nobody has accepted."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.hush), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    room = QRectF(0, 0, min(scaled(46), place.width() - 8), min(scaled(22), place.height() - 4))
    room.moveCenter(place.center())
    painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setPen(QColor(tokens.secondary))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | _TEXT, text)


class _Cells(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: ExposureModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        place = QRectF(option.rect)
        painter.save()
        painter.fillRect(place, QColor(tokens.panel))
        draw_cell(painter, place.adjusted(0, 0, 0, -1), self._model, index, tokens)
        under = QRectF(place.left(), place.bottom() - 1, place.width(), 1)
        painter.fillRect(under, QColor(tokens.line))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -2))
        painter.restore()


class ExposureTable(QTableView):
    """The matrix with its heads frozen; Enter or a click opens a cell's search.

    Signals:
        asked(str): the query of a cell.
        officer_asked(str): an officer's id.
    """

    asked = Signal(str)
    officer_asked = Signal(str)

    def __init__(self, theme: Theme, model: ExposureModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_Cells(theme, model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.setHighlightSections(False)
        down.setSectionsClickable(True)
        down.sectionClicked.connect(self._open_officer)
        set_role(across, "matrix")
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.sectionClicked.connect(self._sort)
        self._sorted: tuple[int, bool] = (-1, False)
        self._columns = 0
        self._names = label(tr("Officer"), "small")
        self._names.setParent(self)
        self._names.setContentsMargins(12, 0, 0, 0)
        self.clicked.connect(self.open_cell)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def fit(self) -> None:
        """Columns as wide as their heads, rows as high as their letters."""
        metrics = QFontMetricsF(font(12))
        self.verticalHeader().setDefaultSectionSize(max(_ROW, scaled(26)))
        lines = max((w.count("\n") + 1 for w in self._heads()), default=2)
        self.horizontalHeader().setFixedHeight(scaled(16) * lines + 14)
        last = self._model.columnCount() - 1
        self._columns = 0
        for column in range(last + 1):
            words = str(self._model.headerData(column, Qt.Orientation.Horizontal))
            wide = max((metrics.horizontalAdvance(line) for line in words.split("\n")), default=0)
            least = {"worst": 112, "disposition": 170}.get(self._model.name_of(column), 54)
            width = max(scaled(least), round(wide) + 14)
            self.setColumnWidth(column, width)
            self._columns += width if column < last else scaled(170)
        if last >= 0:
            self.horizontalHeader().setStretchLastSection(True)
        self._arrange()
        self._head_names()

    def _arrange(self) -> None:
        """Where all columns do not fit, those that sum up a row stand first, in sight."""
        across, categories = self.horizontalHeader(), len(self._model.categories)
        columns = list(range(self._model.columnCount()))
        if self.needed() > self.width():
            columns = columns[categories:] + columns[:categories]
        for place, column in enumerate(columns):
            across.moveSection(across.visualIndex(column), place)

    def _head_names(self) -> None:
        """What the first column holds: Qt draws nothing over a vertical head."""
        tall = self.horizontalHeader().height()
        wide = self.verticalHeader().width() - 2
        self._names.setGeometry(1, 0, wide, tall - 1)
        self._names.setVisible(wide >= self._names.sizeHint().width())

    def needed(self) -> int:
        """How wide the whole matrix is."""
        return self.verticalHeader().sizeHint().width() + self._columns + 14

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._head_names()

    def _heads(self) -> list[str]:
        across = Qt.Orientation.Horizontal
        return [str(self._model.headerData(n, across)) for n in range(self._model.columnCount())]

    def open_cell(self, index: Index) -> None:
        """Opens the search of a cell; of the words at the end, the officer."""
        if not index.isValid():
            return
        if self._model.name_of(index.column()) in ("worst", "disposition"):
            self._open_officer(index.row())
        elif query := self._model.query(index):
            self.asked.emit(query)
        elif self._model.suggested(index):
            self._open_officer(index.row())

    def officer(self) -> OfficerId | None:
        """Whose row the keys are in."""
        row = self.currentIndex().row()
        return self._model.rows[row].officer.id if 0 <= row < len(self._model.rows) else None

    def _open_officer(self, row: int) -> None:
        self.officer_asked.emit(self._model.rows[row].officer.id)

    def _sort(self, column: int) -> None:
        """Most first, then least first, then by name again."""
        was, down = self._sorted
        self._sorted = (
            (column, True) if was != column else ((column, False) if down else (-1, True))
        )
        order = Qt.SortOrder
        self._model.sort(
            self._sorted[0], order.DescendingOrder if self._sorted[1] else order.AscendingOrder
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_cell(self.currentIndex())
        else:
            super().keyPressEvent(event)


def drawn_size(model: ExposureModel) -> QSize:
    """How large `draw_matrix` is."""
    rows = min(len(model.rows), _MOST_DRAWN)
    wide = _NAMES + (model.columnCount() - 1) * _CELL + _WORDS + 32
    return QSize(wide, _HEAD + rows * _ROW + 32)


def draw_matrix(painter: QPainter, model: ExposureModel, tokens: Tokens) -> None:
    """The rows shown, the first hundreds of them, with their heads."""
    painter.fillRect(QRectF(0, 0, drawn_size(model).width(), drawn_size(model).height()),
                     QColor(tokens.panel))  # fmt: skip
    last = model.columnCount() - 1
    for column in range(last + 1):
        wide = _WORDS if column == last else _CELL
        place = QRectF(16 + _NAMES + column * _CELL, 16, wide, _HEAD)
        words = str(model.headerData(column, Qt.Orientation.Horizontal))
        painter.setFont(font(11))
        painter.setPen(QColor(tokens.secondary))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
    for row in range(min(len(model.rows), _MOST_DRAWN)):
        top = 16 + _HEAD + row * _ROW
        painter.setFont(font(13))
        painter.setPen(QColor(tokens.text))
        name = str(model.headerData(row, Qt.Orientation.Vertical))
        room = QRectF(16, top, _NAMES - 8, _ROW)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | _TEXT, name)
        for column in range(last + 1):
            wide = _WORDS if column == last else _CELL
            place = QRectF(16 + _NAMES + column * _CELL, top, wide, _ROW - 1)
            draw_cell(painter, place, model, model.index(row, column), tokens)
        painter.setPen(QPen(QColor(tokens.line), 1))
        end = 16 + _NAMES + last * _CELL + _WORDS
        painter.drawLine(QPointF(16, top + _ROW - 0.5), QPointF(end, top + _ROW - 0.5))
