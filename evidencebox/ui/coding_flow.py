"""Suggestions, labels, repeating, batches: what the coding pane does beyond one tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from evidencebox.model.coding import SECOND_LOOK, Coding, Kin, ProposedHarm, Suggested
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.review import Anchor
from evidencebox.model.suggestions import Answer
from evidencebox.model.views import Done
from evidencebox.ui.batch_dialog import Batch, BatchDialog
from evidencebox.ui.bits import open_dialog
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.theme import Theme

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace

_KIN_MS = 250
NOTHING_YET = "There is nothing to repeat yet: code a document first."


class CodingFlow(QObject):
    """Ties those to the session.

    Signals:
        suggested(list): whom the document on screen seems to name.
        related(Kin): what it is kin to; a moment after it is shown, so that skimming costs nothing.
    """

    suggested = Signal(list)
    related = Signal(object)

    def __init__(self, space: Workspace, theme: Theme) -> None:
        super().__init__(space)
        self._space, self._theme, self._session = space, theme, space.session
        self._pane = space.coding
        self.last: Coding | None = None
        self.suggestions: list[Suggested] = []
        self.kin = Kin()
        self._soon = QTimer(self, singleShot=True, interval=_KIN_MS)
        self._soon.timeout.connect(self._ask_kin)
        space.reading.shown.connect(self._shown)
        space.reading.acted.connect(lambda *_: self._ask_suggestions())
        self._pane.coded.connect(self._remember)
        self._pane.suggestions.answered.connect(self._answer)
        self._pane.suggestions.chosen.connect(self._go_to)
        self._pane.labels.toggled.connect(self._label)
        self._pane.kin.asked.connect(self._apply)

    def verbs(self) -> dict[str, Callable[[], object]]:
        """What keys do."""
        rows = self._pane.suggestions
        return {
            "accept": lambda: rows.answer(Answer.SAME),
            "reject": lambda: rows.answer(Answer.DIFFERENT),
            "unsure": lambda: rows.answer(Answer.UNSURE),
            "repeat": self.repeat,
            "second_look": self.second_look,
            "batch": self.batch,
            "mark": self._space.table.toggle_mark,
        }

    @property
    def _document(self) -> DocumentId | None:
        return self._pane.state.document

    # Suggestions

    def _shown(self, _: str) -> None:
        self.suggestions, self.kin = [], Kin()
        self._pane.suggestions.clear()
        self._ask_suggestions()
        self._session.forget("kin")
        self._soon.start()

    def _ask_suggestions(self) -> None:
        document = self._document
        if document is not None:
            self._session.read(
                "proposals",
                self._session.desk.proposed_harm,
                document,
                then=partial(self._show_proposals, document),
            )
            self._session.read(
                "suggestions",
                self._session.desk.suggestions,
                document,
                then=partial(self._show_suggestions, document),
            )

    def _show_proposals(self, document: DocumentId, found: list[ProposedHarm]) -> None:
        if document == self._document:
            self._pane.proposal.show_proposals(found)

    def _show_suggestions(self, document: DocumentId, found: list[Suggested]) -> None:
        if document != self._document:
            return
        self.suggestions = found
        view = self._pane.state.view
        tagged = {row.officer.id for row in view.tags} if view else set()
        self._pane.suggestions.show_suggestions([e for e in found if e.officer.id not in tagged])
        self._pane.refresh()
        self.suggested.emit(found)

    def _answer(self, one: Suggested, said: Answer, everywhere: bool) -> None:
        desk = self._session.desk
        call = partial(desk.answer, one.mentions, said, everywhere)
        self._session.write(call, then=self._acted)
        if said is Answer.SAME and not everywhere:
            self._pane.propose(one.officer)
        if not everywhere:
            self._session.read(
                "elsewhere",
                desk.elsewhere,
                one.mentions,
                then=self._pane.suggestions.offer_elsewhere,
            )

    def _go_to(self, one: Suggested) -> None:
        self._space.reading.turn_to(one.best.page, one.best.layer)

    # Kin

    def _ask_kin(self) -> None:
        document = self._document
        if document is not None:
            desk = self._session.desk
            self._session.read("kin", desk.kin, document, then=partial(self._show_kin, document))

    def _show_kin(self, document: DocumentId, kin: Kin) -> None:
        if document == self._document:
            self.kin = kin
            self._pane.kin.show_kin(kin)
            self.related.emit(kin)

    def _apply(self, name: str, documents: list[DocumentId]) -> None:
        alike = several(len(documents), "1 duplicate", "%1 duplicates")
        words = alike if name == "Duplicates" else tr("The family")
        self._open([Batch(words, tuple(documents))], self._standing() or self.last)

    # Acts

    def repeat(self) -> None:
        """Codes the open document as the last one was."""
        document, last = self._document, self.last
        if document is None:
            return
        if last is None:
            self._space.status.say(tr(NOTHING_YET))
            return
        anchor = Anchor(document)
        self._pane.coded.emit(anchor, last.officer.id, last.harm, last.categories, last.note)

    def second_look(self) -> None:
        """Asks for a second look at the open document, or takes that back."""
        view = self._pane.state.view
        if view is not None:
            self._label(SECOND_LOOK, SECOND_LOOK not in view.labels)

    def batch(self) -> None:
        """Codes what is marked, or all that was found."""
        marked, found = self._space.model.marked, self._space.model.ids
        batches = [Batch(told("%1 marked", len(marked)), marked)] if marked else []
        if found:
            batches.append(Batch(told("All %1 found", len(found)), found))
        if batches:
            self._open(batches, self._standing() or self.last)

    def _open(self, batches: Sequence[Batch], like: Coding | None) -> None:
        dialog = BatchDialog(self._theme, self._session, batches, like, self._space)
        dialog.acted.connect(self._done)
        open_dialog(dialog)

    def _done(self, words: str, documents: list[DocumentId]) -> None:
        self._space.model.mark(())
        self._space.reading.acted.emit(words, documents if len(documents) < 1_000 else [])
        self._space.reading.refresh()

    def _label(self, name: str, on: bool) -> None:
        document = self._document
        if document is not None:
            call = partial(self._session.desk.label, (document,), name, on)
            self._session.write(call, then=self._acted)

    def _acted(self, done: Done) -> None:
        document = self._document
        self._space.reading.acted.emit(done.text, [document] if document else [])
        self._space.reading.refresh()

    def _remember(
        self,
        anchor: Anchor,
        officer: OfficerId,
        harm: Harm,
        categories: tuple[str, ...],
        note: str,
    ) -> None:
        who = self._officer(officer)
        if who is not None:
            self.last = Coding(who, harm, categories, note)

    def _officer(self, officer: OfficerId) -> Officer | None:
        state = self._pane.state
        known = [row.officer for row in state.rows()]
        known += [state.officer] if state.officer else []
        known += [self.last.officer] if self.last else []
        return next((each for each in known if each.id == officer), None)

    def _standing(self) -> Coding | None:
        """What the open document is coded for the focused officer."""
        tag = self._pane.state.tag()
        if tag is None:
            return None
        return Coding(tag.officer, tag.tag.harm, tag.tag.categories, tag.tag.note)
