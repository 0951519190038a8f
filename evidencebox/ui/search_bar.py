"""The search box: its words, and where they are wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from evidencebox.ui.bits import is_escape, label, set_role
from evidencebox.ui.icons import icon
from evidencebox.ui.languages import tr
from evidencebox.ui.shown import units
from evidencebox.ui.theme import Theme, font, scaled


class QueryLine(QLineEdit):
    """A line of query language that can underline the place of a mistake."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mistake: tuple[int, int] | None = None
        set_role(self, "search")
        self.setAccessibleName(tr("Search"))
        self.setPlaceholderText(tr("Search the trove"))
        self.setFrame(False)
        self.textEdited.connect(lambda _: self.mark(None))

    @property
    def mistake(self) -> tuple[int, int] | None:
        """The marked range in code points, None where nothing is marked."""
        return self._mistake

    def mark(self, mistake: tuple[int, int] | None) -> None:
        """Underlines `length` code points from `position`; a point is one character wide."""
        self._mistake = mistake
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mistake is None:
            return
        position, length = self._mistake
        start = units(self.text()[:position])
        stop = start + max(1, units(self.text()[position : position + length]))
        left, right = self._place(start), self._place(stop)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.danger), 2))
        bottom = self.height() - 6.0
        painter.drawLine(QPointF(left, bottom), QPointF(max(left + 6, right), bottom))

    def _place(self, unit: int) -> float:
        """Where a UTF-16 unit stands, from where the cursor stands."""
        metrics = self.fontMetrics()
        words = self.text()
        cursor = self.cursorRect().center().x()
        before = metrics.horizontalAdvance(words[: self.cursorPosition()])
        return cursor - before + metrics.horizontalAdvance(words[:unit])


class SearchBox(QFrame):
    """The box with its glass and its key.

    Signals:
        searched(str): Enter was pressed.
        left(): Esc was pressed.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_role(self, "searchbox")
        self.setMinimumHeight(34)
        self.line = QueryLine(theme)
        self.line.setFont(font())
        self._glass = QLabel()
        self._glass.setAccessibleName("")
        self._key = label("/", "secondary")
        within = QHBoxLayout(self)
        within.setContentsMargins(11, 1, 8, 1)
        within.setSpacing(9)
        within.addWidget(self._glass)
        within.addWidget(self.line, 1)
        within.addWidget(self._key)
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(lambda: self.searched.emit(self.line.text()))
        theme.changed.connect(self._recolour)
        self._recolour()

    def sizeHint(self) -> QSize:
        return QSize(640, 34)

    def focus(self) -> None:
        """Takes the focus, with the words selected so that typing replaces them."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def wrong(self, mistake: tuple[int, int] | None, marked: bool) -> None:
        """Shows that the query was refused, and where."""
        self.line.mark(mistake)
        set_role(self, "true" if marked else "false", "wrong")

    def clear(self) -> None:
        """Forgets what was typed, also for undo."""
        self.wrong(None, marked=False)
        self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            focused = event.type() is QEvent.Type.FocusIn
            set_role(self, "true" if focused else "false", "focused")
            self._key.setVisible(not focused)
        elif is_escape(event):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _recolour(self) -> None:
        drawing = icon("search", self._theme.tokens.secondary, scaled(16))
        size = scaled(16)
        self._glass.setPixmap(drawing.pixmap(QSize(size, size), self.devicePixelRatioF()))
