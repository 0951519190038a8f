"""Five cards for five levels: ring, number, word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from evidencebox.model.harm import Harm
from evidencebox.ui.languages import told, tr
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.theme import Theme, font, scaled
from evidencebox.ui.tokens import HARM_COLOURS, mix

_GAP = 5


class HarmCard(QAbstractButton):
    """One level."""

    def __init__(self, theme: Theme, harm: Harm) -> None:
        super().__init__()
        self._theme = theme
        self._harm = harm
        self.narrow = True
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(f"{int(harm)} {tr(harm.word)}")
        self.setAccessibleName(told("Harm %1", self.text()))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.least(), scaled(66 if self.narrow else 50))

    def least(self) -> int:
        """As narrow as it can be: its longest word with a little air."""
        metrics = QFontMetrics(font(12, QFont.Weight.DemiBold))
        return max(metrics.horizontalAdvance(word) for word in self.text().split()) + 4

    def nextCheckState(self) -> None:
        """Stays as it is: a card shows what is recorded, not what was pressed."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        colour = HARM_COLOURS[self._harm]
        on = self.isChecked()
        width = 2.0 if on else 1.0
        edge = QColor(colour if on else tokens.line)
        if self.hasFocus() and not on:
            edge = QColor(tokens.accent)
        ground = mix(colour, tokens.panel, 0.14 if not tokens.dark else 0.18) if on else None
        if ground is None:
            ground = tokens.hover if self.underMouse() and self.isEnabled() else tokens.panel
        painter.setPen(QPen(edge, width))
        painter.setBrush(QColor(ground))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 7, 7)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        draw_ring(painter, QPointF(self.width() / 2, scaled(15)), scaled(27) / 2, self._harm)
        painter.setFont(font(12, QFont.Weight.DemiBold if on else QFont.Weight.Normal))
        painter.setPen(QColor(tokens.text))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        top = scaled(27)
        place = QRectF(1, top, self.width() - 2, self.height() - top - 1)
        painter.drawText(place, flags, self.text())


class HarmCards(QWidget):
    """The row of cards.

    Signals:
        pressed(Harm): a level was chosen for the focused officer.
    """

    pressed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._across = 0
        self._cards = {harm: HarmCard(theme, harm) for harm in Harm}
        self._place(len(self._cards))
        theme.changed.connect(lambda: self._place(self._fitting()))
        for harm, card in self._cards.items():
            card.clicked.connect(lambda *_, level=harm: self.pressed.emit(level))

    def _fitting(self) -> int:
        """How many cards stand side by side: all, or three where their words need the room."""
        least = max(card.least() for card in self._cards.values())
        return 5 if 5 * least + 4 * _GAP <= self.width() else 3

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, card in enumerate(self._cards.values()):
            # Beside four others a name stands on two lines.
            card.narrow = across > 3
            card.updateGeometry()
            self._grid.addWidget(card, number // across, number % across)
        for place in range(len(self._cards)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self._fitting())

    def minimumSizeHint(self) -> QSize:
        """Three side by side: else it could never become narrow enough to change over."""
        least = max(card.least() for card in self._cards.values())
        return QSize(3 * least + 2 * _GAP, self._grid.minimumSize().height())

    def show_level(self, harm: Harm | None) -> None:
        """Marks the level that is recorded, none where nothing is."""
        for level, card in self._cards.items():
            card.setChecked(level is harm)

    @property
    def level(self) -> Harm | None:
        """The marked level."""
        return next((level for level, card in self._cards.items() if card.isChecked()), None)
