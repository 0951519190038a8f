"""The sheet of the Page tab, painted by hand: a page's pixels, with boxes over what is marked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidencebox.model.pictures import Picture
from evidencebox.ui.languages import tr
from evidencebox.ui.marks import DATA, HITS, PEOPLE, TAGGED, Marks, paint_double_line, show_words
from evidencebox.ui.theme import Theme
from evidencebox.ui.tokens import LIGHT

MARGIN = 18
"""Ground around the page, in logical pixels."""
_VEIL = 12
"""Pixels across that are left of a blurred picture: no face can be told."""
_AIR = 2
_GROUNDS = {HITS: LIGHT.hit, PEOPLE: LIGHT.officer, DATA: LIGHT.exposed, TAGGED: None}
_SMOOTH = Qt.TransformationMode.SmoothTransformation


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture at the size it has on screen."""

    picture: Picture
    image: QImage
    width: int
    """On screen, in logical pixels."""
    marks: Marks
    """What the boxes are of."""

    @property
    def scale(self) -> float:
        """Logical pixels to the picture's."""
        return self.width / self.picture.width

    @property
    def size(self) -> QSize:
        return QSize(self.width, max(1, round(self.picture.height * self.scale)))


class Paper(QWidget):
    """The page on its ground, painted by hand.

    Signals:
        clicked(): the picture was clicked.
    """

    clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._current: int | None = None
        self._focus: int | None = None
        self._veil: QImage | None = None
        self.setAccessibleName(tr("Page as it looks"))
        theme.changed.connect(self.update)

    def show_page(self, shown: Shown | None, veiled: bool) -> None:
        """Shows a page, or none; veiled, nothing of it can be told."""
        self._shown = shown
        self._veil = blurred(shown.image) if shown is not None and veiled else None
        if shown is not None:
            ground = QSize(2 * MARGIN, 2 * MARGIN)
            self.setMinimumSize(shown.size + ground)
        else:
            self.setMinimumSize(0, 0)
        self.update()

    def mark(self, current: int | None) -> None:
        """Which of the marks is the current hit."""
        self._current, self._focus = current, None
        self.update()

    def ask_about(self, mark: int) -> None:
        """Which one of the marks is asked about, of whatever kind."""
        self._focus = mark
        self.update()

    def spot(self) -> QRect:
        """Where the mark that is asked about, else the current one, stands in this widget; empty
        where it has no box."""
        found = QRectF()
        for mark, box in self._boxes():
            if mark == self._wanted:
                found = found.united(box)
        return found.toAlignedRect()

    @property
    def _wanted(self) -> int | None:
        return self._current if self._focus is None else self._focus

    def said_at(self, at: QPoint) -> str:
        """What is marked at a place of this widget, in words."""
        marks = self._shown.marks if self._shown is not None else Marks()
        here = [marks.words(mark) for mark, box in self._boxes() if box.contains(at)]
        return "\n".join(dict.fromkeys(here))

    def page_area(self) -> QRect:
        """Where the page lies: in the middle, as long as there is room."""
        if self._shown is None:
            return QRect()
        size = self._shown.size
        return QRect(QPoint(max(MARGIN, (self.width() - size.width()) // 2), MARGIN), size)

    def _boxes(self) -> list[tuple[int, QRectF]]:
        if self._shown is None or self._veil is not None:
            return []
        corner, scale = self.page_area().topLeft(), self._shown.scale
        known = len(self._shown.marks.places)
        return [
            (
                box.mark,
                QRectF(
                    corner.x() + box.left * scale,
                    corner.y() + box.top * scale,
                    (box.right - box.left) * scale,
                    (box.bottom - box.top) * scale,
                ).adjusted(-_AIR, -_AIR, _AIR, _AIR),
            )
            for box in self._shown.picture.boxes
            if box.mark < known
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.page_area()
        painter.drawImage(area, self._veil or self._shown.image)
        self._paint_boxes(painter, self._shown.marks)
        painter.setPen(QPen(QColor(self._theme.tokens.line), 1))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))
        painter.end()

    def _paint_boxes(self, painter: QPainter, marks: Marks) -> None:
        boxes = [(number, marks.kind(number), box) for number, box in self._boxes()]
        # Paper is white whatever the theme is; multiplied, no mark ever covers a letter.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for _, kind, box in boxes:
            if (ground := _GROUNDS[kind]) is not None:
                painter.fillRect(box, QColor(ground))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for number, kind, box in boxes:
            if kind == DATA:
                paint_double_line(painter, box, QColor(LIGHT.exposed_line))
            elif kind == PEOPLE:
                painter.setPen(QPen(QColor(LIGHT.officer_line), 1.6))
                painter.drawLine(box.bottomLeft(), box.bottomRight())
            elif kind == TAGGED:
                painter.setPen(QPen(QColor(LIGHT.accent), 1.8, Qt.PenStyle.DotLine))
                painter.drawLine(box.bottomLeft(), box.bottomRight())
            if number == self._wanted:
                painter.setPen(QPen(QColor(LIGHT.accent), 2))
                painter.drawRoundedRect(box, 2.5, 2.5)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            at = event.pos()  # type: ignore[attr-defined]
            show_words(self, at, self.said_at(at))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.page_area().contains(event.position().toPoint()):
            self.clicked.emit()


def image_of(picture: Picture) -> QImage:
    """The pixels as Qt draws them."""
    grey = picture.channels == 1
    form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    across = picture.width * picture.channels
    # A copy: Qt would otherwise read memory that Python may have given to others.
    return QImage(picture.pixels, picture.width, picture.height, across, form).copy()


def blurred(image: QImage) -> QImage:
    """So few pixels that smoothing them again shows light and colour, and nothing else."""
    rough = image.scaledToWidth(min(16 * _VEIL, image.width()))
    return rough.scaledToWidth(min(_VEIL, image.width()), _SMOOTH)
