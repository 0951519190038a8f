"""Saved searches, at the top of the left column: a dot and a number where something is new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QMenu, QWidget

from evidencebox.model.views import SavedSearch
from evidencebox.ui.bits import Dialog, button, column, label, row, set_role
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.shown import one_line
from evidencebox.ui.theme import Theme, font, grown

MOST = 6
Counted = tuple[SavedSearch, int, int]


class SavedRow(QAbstractButton):
    """One saved search.

    Signals:
        deleted()
    """

    deleted = Signal()

    def __init__(self, theme: Theme, saved: SavedSearch, total: int, new: int) -> None:
        super().__init__()
        self._theme = theme
        self.saved, self._total, self._new = saved, total, new
        self._name = one_line(saved.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(grown(25))
        parts = [told("Saved search %1", self._name), several(total, "1 document", "%1 documents")]
        self.setAccessibleName(", ".join([*parts, *([told("%1 new", new)] if new else [])]))
        whose = "" if saved.own else f"{one_line(saved.reviewer)}: "
        self.setToolTip(f"{whose}{one_line(saved.composed) or tr('every document')}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(180, grown(25))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Deletes one's own."""
        if self.saved.own:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.setAccessibleName(tr("Saved search"))
            menu.addAction(tr("Delete")).triggered.connect(self.deleted)
            menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(area, QColor(tokens.hover))
        if self._new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(QPointF(14, area.center().y()), 3.5, 3.5)
        painter.setFont(font(12))
        count = told("%1 new · %2", self._new, self._total) if self._new else f"{self._total:,}"
        room = QFontMetrics(painter.font()).horizontalAdvance(count)
        painter.setPen(QColor(tokens.secondary))
        right = area.adjusted(0, 0, -12, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(right, flags | Qt.AlignmentFlag.AlignRight, count)
        painter.setFont(font(13))
        painter.setPen(QColor(tokens.text))
        width = int(area.width() - 26 - 18 - room)
        words = QFontMetrics(painter.font()).elidedText(
            self._name, Qt.TextElideMode.ElideRight, width
        )
        painter.drawText(area.adjusted(26, 0, 0, 0), flags, words)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 5, 5)


class SavedPane(QFrame):
    """The list; hidden where nothing is saved.

    Signals:
        asked(SavedSearch): it is to be searched for.
        deleted(str): the name of one's own that is to go.
    """

    asked = Signal(object)
    deleted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_role(self, "section")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Saved searches"))
        self._all = False
        self._counted: tuple[Counted, ...] = ()
        self._body = column(self, (4, 12, 4, 8), 0)
        head = label(tr("SAVED"), "caption")
        head.setAccessibleName(tr("Saved searches"))
        head.setContentsMargins(12, 0, 0, 4)
        self._body.addWidget(head)
        self.rows: list[QWidget] = []
        self.hide()

    def show_searches(self, counted: Sequence[Counted]) -> None:
        """Takes the searches, each with its documents and how many of them are new."""
        self._counted = tuple(counted)
        for old in self.rows:
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()
        # What has something new never hides behind "more".
        ordered = sorted(counted, key=lambda each: each[2] == 0)
        shown = ordered if self._all else ordered[:MOST]
        self.rows = [self._row(*each) for each in shown]
        if len(shown) < len(counted):
            self.rows.append(
                button(told("%1 more", len(counted) - len(shown)), "link", "", self._open)
            )
        for line in self.rows:
            self._body.addWidget(line)
        self.setVisible(bool(counted))

    def _row(self, saved: SavedSearch, total: int, new: int) -> SavedRow:
        line = SavedRow(self._theme, saved, total, new)
        line.clicked.connect(lambda *_: self.asked.emit(saved))
        line.deleted.connect(lambda: self.deleted.emit(saved.name))
        return line

    def _open(self) -> None:
        self._all = True
        self.show_searches(self._counted)


class SaveDialog(Dialog):
    """Asks for a name.

    Signals:
        named(str)
    """

    named = Signal(str)

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save search"))
        self.setMinimumWidth(420)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Save search"), "display"))
        what = one_line(words) or tr("every document")
        body.addWidget(label(what[:300], "secondary", wrap=True))
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Name of the search"))
        self.line.setPlaceholderText(tr("Name"))
        self.line.setMaxLength(100)
        body.addWidget(self.line)
        hint = tr("Kept in the case. A dot shows when it finds something new.")
        body.addWidget(label(hint, "secondary", wrap=True))
        self.go = button(tr("Save"), "primary", clicked=self._save)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.go))

    def _save(self) -> None:
        self.named.emit(self.line.text().strip())
        self.accept()
