"""A sheet of paper as pixels, fitted into its place. A click says where on the sheet it was."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencebox.model.pictures import Picture
from evidencebox.ui.paper import image_of
from evidencebox.ui.theme import Theme, font

_LETTER = 11 / 8.5


class SheetView(QWidget):
    """Nothing of a trove is decoded here: raw pixels come in.

    Signals:
        pointed(float, float): a place on the sheet, 0 to 1 from its upper left corner.
    """

    pointed = Signal(float, float)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._image = self._fitted = QImage()
        self._words = ""
        self.setAccessibleName(name)
        self.setMinimumSize(180, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_picture(self, picture: Picture) -> None:
        """Takes a sheet."""
        self._image, self._fitted, self._words = image_of(picture), QImage(), ""
        self.update()

    def say(self, words: str) -> None:
        """A sentence in the sheet's place."""
        self._image, self._fitted, self._words = QImage(), QImage(), words
        self.update()

    @property
    def words(self) -> str:
        """What stands in the sheet's place; empty while there is one."""
        return self._words

    @property
    def has_picture(self) -> bool:
        """Whether a sheet is shown."""
        return not self._image.isNull()

    def sheet_area(self) -> QRect:
        """Where the sheet lies: in the middle, as large as fits."""
        high = self._image.height() / self._image.width() if self.has_picture else _LETTER
        # Room for the line around it, also where it has the focus.
        width = min(self.width() - 6, round((self.height() - 6) / high))
        size = QSize(max(1, width), max(1, round(width * high)))
        corner = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        return QRect(corner, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area, tokens = self.sheet_area(), self._theme.tokens
        painter.setPen(QPen(QColor(tokens.outline), 1))
        if self.has_picture:
            painter.drawImage(area, self._at_width(area.width()))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
            return
        painter.setBrush(QColor(tokens.background))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.setFont(font())
        painter.setPen(QColor(tokens.secondary))
        how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(16, 16, -16, -16), how, self._words)

    def _at_width(self, width: int) -> QImage:
        """Scaled once for each size: a box that is drawn repaints the sheet at each step."""
        wanted = max(1, round(width * self.devicePixelRatioF()))
        if self._fitted.width() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._fitted = self._image.scaledToWidth(wanted, smooth)
        return self._fitted

    def mousePressEvent(self, event: QMouseEvent) -> None:
        area, at = self.sheet_area(), event.position()
        if self.has_picture and area.contains(at.toPoint()):
            self.pointed.emit(
                (at.x() - area.left()) / area.width(), (at.y() - area.top()) / area.height()
            )
