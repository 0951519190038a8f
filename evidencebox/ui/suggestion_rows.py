"""Whom the machine believes a document to name: dotted, with the reason, until it is answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from evidencebox.model.coding import Suggested
from evidencebox.model.suggestions import Answer
from evidencebox.ui.bits import button, label, row
from evidencebox.ui.keys import Choice
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme, font, grown

MOST = 6
_KEYS = (
    ("Y", Answer.SAME, "is named here"),
    ("X", Answer.DIFFERENT, "is not named here"),
    ("U", Answer.UNSURE, "may be named here, not sure"),
)
"""What stands on the button where no key does the same."""
_VERBS = ("accept", "reject", "unsure")


class SuggestedRow(QAbstractButton):
    """One person; checked means that the keys answer this line.

    Signals:
        answered(Answer)
    """

    answered = Signal(object)

    def __init__(self, theme: Theme, suggested: Suggested, choice: Choice) -> None:
        super().__init__()
        self._theme = theme
        self.suggested = suggested
        self._name = one_line(suggested.officer.name)
        badge = f"#{one_line(suggested.officer.badge)} · " if suggested.officer.badge else ""
        self._rest = badge + suggested.pages
        self._badge = badge.removesuffix(" · ")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            told("Suggested: %1", f"{self._name}, {self._rest}. {one_line(suggested.best.reason)}")
        )
        self.setToolTip(one_line(suggested.best.reason))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 6, 0)
        line.setSpacing(3)
        line.addStretch(1)
        self._buttons: list[QPushButton] = []
        for _, said, words in _KEYS:
            made = button("", "keybutton")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setToolTip(tr(words)[0].upper() + tr(words)[1:])
            made.clicked.connect(lambda *_, answer=said: self.answered.emit(answer))
            line.addWidget(made)
            self._buttons.append(made)
        self.show_keys(choice)
        theme.changed.connect(self.update)

    def show_keys(self, choice: Choice) -> None:
        """Writes on the buttons which keys do the same."""
        for made, verb, (sign, _, words) in zip(self._buttons, _VERBS, _KEYS, strict=True):
            key = choice.first(verb) or sign
            made.setText(key)
            made.setAccessibleName(f"{key}: {self._name} {tr(words)}")

    def sizeHint(self) -> QSize:
        return QSize(200, grown(33))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        on = self.isChecked()
        edge = QColor(tokens.accent if on or self.hasFocus() else tokens.hush)
        painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), 7, 7)
        painter.setPen(QPen(QColor(tokens.secondary), 1.5, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(17, self.height() / 2), 5.5, 5.5)
        self._words(painter)

    def _words(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        right = self._buttons[0].geometry().left() - 6
        left = 31.0
        for text, colour, size in (
            (self._name, tokens.text, 13),
            (self._rest, tokens.secondary, 12),
        ):
            painter.setFont(font(size))
            metrics = QFontMetrics(painter.font())
            room = int(max(0.0, right - left))
            if text == self._rest and metrics.horizontalAdvance(text) > room:
                text = self._badge  # half a badge would be somebody else's
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            if text == self._badge and words != text:
                break
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(left, 0, room, self.height()), flags, words)
            left += metrics.horizontalAdvance(words) + 8


class SuggestionRows(QWidget):
    """The suggestions that are open; the first is the one that the keys answer.

    Signals:
        answered(Suggested, Answer, bool): the last: also wherever it is written alike.
        chosen(Suggested): a line was clicked.
    """

    answered = Signal(object, object, bool)
    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._choice = theme, Choice()
        self.lines: list[SuggestedRow] = []
        self._last: tuple[Suggested, Answer] | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(5)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(5)
        body.addLayout(self._rows)
        self._reason = label("", "small", wrap=True)
        self._reason.setAccessibleName(tr("Why it is suggested"))
        self._more = label("", "small")
        self.offer = button("", "link", tr("Answer alike wherever it stands"), self._everywhere)
        self._rows.addWidget(self._reason)
        body.addWidget(self._more)
        body.addLayout(row(self.offer, None))
        self.setAccessibleName(tr("Suggested officers"))
        self.offer.hide()
        self.show_suggestions(())

    @property
    def current(self) -> Suggested | None:
        """What the keys answer."""
        return next((line.suggested for line in self.lines if line.isChecked()), None)

    def show_keys(self, choice: Choice) -> None:
        """The keys were chosen anew."""
        self._choice = choice
        for line in self.lines:
            line.show_keys(choice)

    def show_suggestions(self, suggestions: Sequence[Suggested]) -> None:
        """Draws those that are open; the one that was current stays it."""
        before = self.current
        for old in self.lines:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        waiting = [each for each in suggestions if each.open]
        self.lines = [self._line(each) for each in waiting[:MOST]]
        people = [each.officer for each in waiting[:MOST]]
        place = people.index(before.officer) if before and before.officer in people else 0
        self._choose(place)
        more = len(waiting) - len(self.lines)
        self._more.setText(told("and %1 more", more) if more else "")
        self._more.setVisible(more > 0)
        self.setVisible(bool(self.lines) or not self.offer.isHidden())

    def answer(self, said: Answer) -> None:
        """Answers the current one."""
        current = self.current
        if current is not None:
            self._last = (current, said)
            self.answered.emit(current, said, False)

    def offer_elsewhere(self, count: int) -> None:
        """Offers the last answer for so many other documents; 0 takes the offer back."""
        words = several(count, "1 other document", "%1 other documents")
        self.offer.setText(told("Answer alike in %1", words))
        self.offer.setVisible(count > 0)
        self.setVisible(bool(self.lines) or count > 0)

    def clear(self) -> None:
        """Forgets the document."""
        self._last = None
        self.offer_elsewhere(0)
        self.show_suggestions(())

    def _everywhere(self) -> None:
        if self._last is not None:
            found, said = self._last
            self.offer_elsewhere(0)
            self.answered.emit(found, said, True)

    def _line(self, suggested: Suggested) -> SuggestedRow:
        line = SuggestedRow(self._theme, suggested, self._choice)
        self._rows.addWidget(line)

        def answered(said: Answer) -> None:
            self._choose(self.lines.index(line))
            self.answer(said)

        def chosen() -> None:
            self._choose(self.lines.index(line))
            self.chosen.emit(suggested)

        line.answered.connect(answered)
        line.clicked.connect(chosen)
        return line

    def _choose(self, place: int) -> None:
        for number, line in enumerate(self.lines):
            line.setChecked(number == place)
        current = self.current
        # Right under the line that it is about.
        self._rows.removeWidget(self._reason)
        self._rows.insertWidget(min(place + 1, len(self.lines)), self._reason)
        self._reason.setText(one_line(current.best.reason) if current else "")
        self._reason.setVisible(current is not None)
