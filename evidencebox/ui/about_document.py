"""The viewer's other tabs: what is known of a document, its family, and what was done to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from evidencebox.model.documents import TYPE_WORDS
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.views import DocumentView, ResultRow, Similar
from evidencebox.ui.bits import button, column, label, row, set_role
from evidencebox.ui.languages import figure, told, tr
from evidencebox.ui.reading import VERSION_KEY
from evidencebox.ui.sayings import history_line, status_words
from evidencebox.ui.shown import one_line

MOST = 200
"""Lines on one tab: an archive may have a hundred thousand members."""
LONGEST = 2_000
LONGEST_LINK = 80


def _clipped(value: str) -> str:
    return value if len(value) <= LONGEST else value[:LONGEST] + " …"


class ScrolledPage(QScrollArea):
    """A tab whose content is made anew for each document that is looked at there."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._due: Callable[[], object] | None = None
        self.clear()

    def clear(self) -> None:
        """Forgets the document."""
        self._due = None
        self._fill(QWidget())

    def showEvent(self, event: QShowEvent) -> None:
        self._catch_up()
        super().showEvent(event)

    def _later(self, draw: Callable[[], object]) -> None:
        """Draws when somebody looks: a tab in the back would cost each step down the list."""
        self._due = draw
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if self._due is not None:
            draw, self._due = self._due, None
            draw()

    def _fill(self, content: QWidget) -> None:
        set_role(content, "ground")
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(content)

    @staticmethod
    def _page() -> tuple[QWidget, QVBoxLayout]:
        made = QWidget()
        return made, column(made, (24, 20, 24, 20), 8)


class FactsPage(ScrolledPage):
    """Everything the catalogue knows, as pairs."""

    def __init__(self) -> None:
        super().__init__(tr("Metadata"))

    def show_document(self, view: DocumentView) -> None:
        self._later(partial(self._draw, view))

    def _draw(self, view: DocumentView) -> None:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, 110)
        grid.setColumnStretch(1, 1)
        pairs = self._facts(view)
        for number, (name, value) in enumerate(pairs):
            key = label(name, "secondary")
            words = label(value, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(key, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, number, 1)
        grid.setRowStretch(len(pairs), 1)
        self._fill(content)

    def _facts(self, view: DocumentView) -> list[tuple[str, str]]:
        record = view.record
        count = figure
        pairs = [(tr("Path"), each.path) for each in record.locations]
        pairs += [(tr("Custodian"), each.custodian) for each in record.locations if each.custodian]
        pairs += [
            (tr("Title"), record.title),
            (tr("Type"), f"{tr(TYPE_WORDS[record.type])} ({record.media_type})"),
            (tr("Status"), status_words(record.status, record.reason)),
            (tr("Date"), record.date or ""),
            (tr("Size"), self.locale().formattedDataSize(record.size)),
            (tr("Pages"), count(record.pages)),
            (tr("Characters"), count(record.chars)),
            ("SHA-256", record.sha256 or ""),
        ]
        for key, values in sorted(record.metadata.items()):
            if key != VERSION_KEY:
                name = key.replace("_", " ").capitalize()
                pairs.append((name, "; ".join(values)))
        return [(name, one_line(_clipped(value))) for name, value in pairs if value]


def _more(count: int) -> QWidget:
    return label(told("and %1 more", count), "secondary")


def _dated(message: ResultRow) -> str:
    """A message's day and subject on one line that fits the pane."""
    words = f"{(message.date or '')[:10]} {message.name}".strip()
    return one_line(words if len(words) <= LONGEST_LINK else words[:LONGEST_LINK] + " …")


class FamilyPage(ScrolledPage):
    """What a document came in, what came in it, and the other messages of its thread.

    Signals:
        opened(str): a relative was chosen.
        compared(str): it is to be shown beside the open document.
        like_asked(): a search for what speaks of the same is wanted.
    """

    opened = Signal(str)
    compared = Signal(str)
    like_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Family"))
        self._view: DocumentView | None = None
        self._alike: tuple[tuple[Similar, ResultRow], ...] = ()

    def show_kin(self, alike: Sequence[tuple[Similar, ResultRow]]) -> None:
        """Takes what the open document is like."""
        self._alike = tuple(alike)
        if self._view is not None:
            self.show_document(self._view)

    def show_document(self, view: DocumentView) -> None:
        if self._view is None or self._view.record.sha256 != view.record.sha256:
            self._alike = ()
        self._view = view
        self._later(partial(self._draw, view))

    def _draw(self, view: DocumentView) -> None:
        content, body = self._page()
        record = view.record
        for title, members in (
            (tr("Came in"), record.parents),
            (tr("Contains"), record.children),
        ):
            if members:
                body.addWidget(label(title, "secondary"))
            for member in members[:MOST]:
                body.addWidget(self._link(member))
            if len(members) > MOST:
                body.addWidget(_more(len(members) - MOST))
        if view.thread:
            body.addWidget(label(tr("In the same thread"), "secondary"))
        for message in view.thread[:MOST]:
            body.addWidget(self._link(message.document, _dated(message)))
        if more := view.thread_more + max(0, len(view.thread) - MOST):
            body.addWidget(_more(more))
        if not record.parents and not record.children and not view.thread and not self._alike:
            body.addWidget(label(tr("This document stands alone."), "secondary"))
        self._add_alike(body)
        body.addStretch(1)
        self._fill(content)

    def _add_alike(self, body: QVBoxLayout) -> None:
        if self._alike:
            body.addWidget(label(tr("Copies and near-duplicates"), "secondary"))
        for similar, message in self._alike:
            body.addWidget(self._like(similar, message))
        more = button(
            tr("More like this"), "link", tr("Search for more like this"), self.like_asked.emit
        )
        body.addLayout(row(more, None))

    def _like(self, similar: Similar, message: ResultRow) -> QWidget:
        beside = button(tr("Side by side"), "link", told("Compare with %1", message.id))
        beside.clicked.connect(lambda *_: self.compared.emit(similar.document))
        words = label(f"{similar.similarity:.0%} · {tr(similar.kind)}", "secondary")
        holder = QWidget()
        link = self._link(message.document, _dated(message))
        holder.setLayout(row(link, words, beside, None, spacing=10))
        return holder

    def _link(self, member: DocumentId, shown: str = "") -> QWidget:
        name = shown or short_id(member)
        link = button(name, "link", told("Open %1", name), lambda: self.opened.emit(member))
        holder = QWidget()
        holder.setLayout(row(link, None))
        return holder


class HistoryPage(ScrolledPage):
    """What reviewers did, newest first."""

    def __init__(self) -> None:
        super().__init__(tr("History"))

    def show_document(self, view: DocumentView) -> None:
        self._later(partial(self._draw, view))

    def _draw(self, view: DocumentView) -> None:
        content, body = self._page()
        for line in view.history[:MOST]:
            body.addWidget(label(one_line(history_line(line)), wrap=True))
        if not view.history:
            body.addWidget(
                label(tr("Nothing has been decided about this document yet."), "secondary")
            )
        body.addStretch(1)
        self._fill(content)
