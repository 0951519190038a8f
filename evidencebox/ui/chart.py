"""What every chart is: marks that keys and mouse reach, each with its search; SVG and PNG."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from evidencebox.errors import UserError
from evidencebox.ui.languages import tr
from evidencebox.ui.theme import Theme
from evidencebox.ui.tokens import Tokens

_EXPORT_SCALE = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a chart that can be pointed at: where, what it says, what it searches for."""

    place: QRectF
    words: str
    query: str


class Chart(QWidget):
    """A chart. Arrow keys go from mark to mark, Enter opens the search of one.

    Signals:
        asked(str): a query.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme, self.title = theme, title
        self._marks: list[Mark] = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    @property
    def marks(self) -> list[Mark]:
        """As they were drawn last."""
        return self._marks

    @abstractmethod
    def draw(self, painter: QPainter, width: float, tokens: Tokens) -> list[Mark]:
        """Draws all of it, so wide; returns the marks."""

    @abstractmethod
    def tall(self) -> int:
        """How high it is drawn."""

    def write(self, file: Path) -> None:
        """Writes it as SVG or PNG, by the file's ending. Raises UserError."""
        size = QSize(max(self.width(), 560), self.tall())
        ground = QRectF(0, 0, size.width(), size.height())
        tokens = self._theme.tokens

        def paint(painter: QPainter) -> None:
            painter.fillRect(ground, QColor(tokens.panel))
            self.draw(painter, size.width(), tokens)

        write_drawing(file, self.title, size, paint)

    def say(self) -> str:
        """The mark the keys are at, for a screen reader."""
        if not self._marks:
            return tr("nothing to show")
        return self._marks[min(self._at, len(self._marks) - 1)].words

    def _changed(self) -> None:
        """New figures: what can be pointed at is known before the first painting."""
        image = QImage(1, 1, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self._marks = self.draw(painter, max(self.width(), 1), self._theme.tokens)
        painter.end()
        self._at = min(self._at, max(0, len(self._marks) - 1))
        self._tell()
        self.updateGeometry()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self.title}: {self.say()}")
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _open(self) -> None:
        if self._marks and self._marks[self._at].query:
            self.asked.emit(self._marks[self._at].query)

    # Qt's side

    def sizeHint(self) -> QSize:
        return QSize(360, self.tall())

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.tall())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._marks = self.draw(painter, self.width(), self._theme.tokens)
        if self.hasFocus() and self._marks:
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            place = self._marks[min(self._at, len(self._marks) - 1)].place
            painter.drawRoundedRect(place.adjusted(-2, -2, 2, 2), 4, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Left: -1,
        }.get(Qt.Key(event.key()), 0)
        if step and self._marks:
            self._at = min(max(0, self._at + step), len(self._marks) - 1)
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = next((m for m in self._marks if m.place.contains(event.position())), None)
        shape = Qt.CursorShape.PointingHandCursor if mark and mark.query else None
        self.setCursor(shape) if shape is not None else self.unsetCursor()
        QToolTip.showText(event.globalPosition().toPoint(), mark.words if mark else "", self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, mark in enumerate(self._marks):
            if mark.place.contains(event.position()):
                self._at = number
                self._tell()
                self._open()
                self.update()
                return


def write_drawing(file: Path, title: str, size: QSize, paint: object) -> None:
    """Writes what `paint(painter)` draws as SVG or as PNG at twice its size. Raises UserError."""
    assert callable(paint)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if file.suffix.casefold() == ".svg":
        device = QSvgGenerator()
        device.setOutputDevice(buffer)
        device.setSize(size)
        device.setViewBox(QRectF(0, 0, size.width(), size.height()))
        device.setTitle(title)
        painter = QPainter(device)
        paint(painter)
        painter.end()
    else:
        image = QImage(size * _EXPORT_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_EXPORT_SCALE)
        painter = QPainter(image)
        paint(painter)
        painter.end()
        QImageWriter(buffer, QByteArray(b"png")).write(image)
    try:
        file.write_bytes(buffer.data().data())
    except OSError as error:
        raise UserError(f"{file.name} cannot be written: {error.strerror}.") from None
