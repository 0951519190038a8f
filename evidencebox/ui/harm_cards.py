"""Five cards for five levels: ring, number, word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from evidencebox.model.harm import Harm
from evidencebox.ui.languages import told, tr
from evidencebox.ui.rings import draw_ring
from evidencebox.ui.theme import Theme, font
from evidencebox.ui.tokens import HARM_COLOURS, mix


class HarmCard(QAbstractButton):
    """One level."""

    def __init__(self, theme: Theme, harm: Harm) -> None:
        super().__init__()
        self._theme = theme
        self._harm = harm
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(f"{int(harm)} {tr(harm.word)}")
        self.setAccessibleName(told("Harm %1", self.text()))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(54, 66)

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
        draw_ring(painter, QPointF(self.width() / 2, 15), 13.5, self._harm)
        painter.setFont(font(12, QFont.Weight.DemiBold if on else QFont.Weight.Normal))
        painter.setPen(QColor(tokens.text))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(2, 27, self.width() - 4, self.height() - 28), flags, self.text())


class HarmCards(QWidget):
    """The row of cards.

    Signals:
        pressed(Harm): a level was chosen for the focused officer.
    """

    pressed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        self._cards = {harm: HarmCard(theme, harm) for harm in Harm}
        for harm, card in self._cards.items():
            line.addWidget(card)
            card.clicked.connect(lambda *_, level=harm: self.pressed.emit(level))

    def show_level(self, harm: Harm | None) -> None:
        """Marks the level that is recorded, none where nothing is."""
        for level, card in self._cards.items():
            card.setChecked(level is harm)

    @property
    def level(self) -> Harm | None:
        """The marked level."""
        return next((level for level, card in self._cards.items() if card.isChecked()), None)
