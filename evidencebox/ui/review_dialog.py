"""Plan the review: who does what, a sample for a second reviewer, and how far two agree."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from evidencebox.errors import UserError
from evidencebox.model.ids import short_id
from evidencebox.model.reviewing import Agreement
from evidencebox.model.views import Done
from evidencebox.ui.batch_dialog import Choice
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import tr
from evidencebox.ui.session import Session
from evidencebox.ui.shown import one_line

MOST = 12
"""Differences that are listed; the sample itself is a search."""
COUNT = 50


class ReviewDialog(Dialog):
    """Three small forms.

    Signals:
        acted(str): what was done.
        searched(str): a query is to be searched for.
    """

    acted = Signal(str)
    searched = Signal(str)

    def __init__(
        self, session: Session, query: str, found: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._query = session, query
        self.setWindowTitle(tr("Plan the review"))
        self.setMinimumWidth(560)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("Plan the review"), "display"))
        what = one_line(query) or tr("every document")
        words = tr("The present search: {0} ({1} documents).").format(what[:200], f"{found:,}")
        body.addWidget(label(words, "secondary", wrap=True))
        self.names, self.name, self.count = QLineEdit(), QLineEdit(), QLineEdit(str(COUNT))
        self._assign_part(body)
        self._sample_part(body)
        self._samples = QVBoxLayout()
        body.addLayout(self._samples)
        self.samples: Choice | None = None
        self.said = label("", wrap=True)
        self.said.setAccessibleName(tr("How the review stands"))
        body.addWidget(self.said)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        body.addLayout(self._grid)
        close = button(tr("Close"), "primary", clicked=self.accept)
        body.addStretch(1)
        queue = button(tr("Open my queue"), clicked=self._open_queue)
        body.addLayout(row(queue, None, close))
        self._read_samples()

    def _assign_part(self, body: QVBoxLayout) -> None:
        self.names.setPlaceholderText(tr("Names, divided by commas"))
        self.names.setAccessibleName(tr("Reviewers to divide the documents among"))
        self.assign = button(tr("Assign"), clicked=self._assign)
        body.addWidget(label(tr("Divide what nobody has yet among reviewers"), "strong"))
        body.addLayout(row(self.names, self.assign))

    def _sample_part(self, body: QVBoxLayout) -> None:
        self.name.setPlaceholderText(tr("Name of the sample"))
        self.name.setAccessibleName(tr("Name of the sample"))
        self.count.setAccessibleName(tr("How many documents"))
        self.count.setMaximumWidth(80)
        self.draw = button(tr("Draw"), clicked=self._draw)
        body.addWidget(label(tr("Draw reviewed documents for a second reviewer"), "strong"))
        body.addLayout(row(self.name, self.count, self.draw))

    def _assign(self) -> None:
        names = [each.strip() for each in self.names.text().split(",") if each.strip()]
        call = self._session.desk.assign
        self._session.write(call, self._query, names, then=self._assigned, refused=self._refused)

    def _assigned(self, done: list[Done]) -> None:
        self._say("; ".join(each.text for each in done))

    def _draw(self) -> None:
        digits = self.count.text().strip()
        if not digits.isdigit():
            self.said.setText(tr("Say how many documents: a number such as 50."))
            return
        call = self._session.desk.draw_sample
        self._session.write(
            call,
            self.name.text(),
            self._query,
            int(digits),
            then=self._drawn,
            refused=self._refused,
        )

    def _drawn(self, done: Done) -> None:
        self._say(done.text)
        self._read_samples()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.acted.emit(words)

    def _refused(self, error: UserError) -> None:
        self.said.setText(str(error))

    def _read_samples(self) -> None:
        self._session.read("samples", self._session.desk.samples, then=self._show_samples)

    def _show_samples(self, names: list[str]) -> None:
        if self.samples is not None:
            self._samples.removeWidget(self.samples)
            self.samples.hide()
            self.samples.deleteLater()
            self.samples = None
        if names:
            self.samples = Choice(names[-6:], tr("Agreement on the sample"))
            self.samples.chosen.connect(self.show_sample)
            self._samples.addWidget(self.samples)
            self.show_sample(self.samples.value)

    def show_sample(self, name: str) -> None:
        """Reads how far two agree on a sample."""
        call = self._session.desk.agreement
        then = partial(self._show_agreement, name)
        self._session.read("agreement", call, name, then=then, refused=self._refused)

    def _show_agreement(self, name: str, found: Agreement) -> None:
        self.said.setText(agreement_words(name, found))
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for number, each in enumerate(found.differences[:MOST]):
            words = short_id(each.document)
            query = f"id:{words}"
            link = button(words, "link", "", partial(self.searched.emit, query))
            self._grid.addWidget(link, number, 0)
            self._grid.addWidget(label(one_line(each.officer)), number, 1)
            levels = " · ".join(
                f"{who}: {tr('nothing') if harm is None else tr(harm.word)}"
                for who, harm in each.levels
            )
            self._grid.addWidget(label(one_line(levels), "secondary"), number, 2)

    def _open_queue(self) -> None:
        def go(query: str) -> None:
            self.searched.emit(query)
            self.accept()

        self._session.read("queue", self._session.desk.own_queue, then=go)


def agreement_words(name: str, found: Agreement) -> str:
    """A sample in one sentence."""
    if found.share is None:
        words = tr("Sample {0}: {1} drawn, none of them reviewed by two people yet.")
        return words.format(name, f"{found.documents:,}")
    words = tr("Sample {0}: {1} drawn, {2} reviewed twice, {3} coded alike ({4} %).")
    figures = (f"{n:,}" for n in (found.documents, found.twice, found.alike))
    return words.format(name, *figures, round(100 * found.share))
