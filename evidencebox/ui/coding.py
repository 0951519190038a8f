"""The right pane: harm, for whom, on what, with which categories and note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit

from evidencebox.model.documents import Page
from evidencebox.model.harm import Harm
from evidencebox.model.people import Officer
from evidencebox.model.views import DocumentView
from evidencebox.ui.bits import Section, button, is_escape, label, row
from evidencebox.ui.categories import Categories
from evidencebox.ui.coding_state import CodingRow, CodingState, Scope
from evidencebox.ui.finish_bar import FinishBar
from evidencebox.ui.harm_cards import HarmCards
from evidencebox.ui.keys import Choice
from evidencebox.ui.kin_rows import KinRows
from evidencebox.ui.label_chips import LabelChips
from evidencebox.ui.languages import told, tr
from evidencebox.ui.officer_picker import OfficerPicker
from evidencebox.ui.officer_rows import OfficerRows
from evidencebox.ui.pinned import PinnedPane
from evidencebox.ui.proposal import ProposalLine
from evidencebox.ui.scope_switch import ScopeSwitch
from evidencebox.ui.suggestion_rows import SuggestionRows
from evidencebox.ui.theme import Theme, grown

NOBODY = "Nobody yet."
CLOSED = "Open a document to say whom it harms."


class CodingPane(PinnedPane):
    """Codes the open document; every change is an act at once.

    Signals:
        coded(Anchor, OfficerId, Harm, tuple, str): a tag, new or changed.
        uncoded(Anchor, OfficerId): a tag taken back.
        done(bool): the document was reviewed; True: and the next one is wanted.
        officers_wanted(str): type-ahead.
        left(): Esc; the focus belongs to the results again.
    """

    coded = Signal(object, str, object, tuple, str)
    uncoded = Signal(object, str)
    done = Signal(bool)
    officers_wanted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.state = CodingState()
        self._choice = Choice()
        self._pending: Harm | None = None
        self._sent: tuple[object, str] | None = None
        self.setAccessibleName(tr("Coding"))
        self.cards, self.scope = HarmCards(theme), ScopeSwitch()
        self.officers, self.picker = OfficerRows(theme), OfficerPicker()
        self.categories, self.note = Categories(theme), QPlainTextEdit()
        self.suggestions, self.labels, self.kin = SuggestionRows(theme), LabelChips(), KinRows()
        self.proposal = ProposalLine()
        self._sections = [self._harm(), self._who(), self._what(), self._why(), self._about()]
        self._finish = FinishBar(self)
        self.fill([*self._sections, self.kin], self._finish)
        self._wire()
        self.show_keys(self._choice)
        self.show_document(None)

    def _harm(self) -> Section:
        made = Section(tr("Harm"))
        made.body.addWidget(self.cards)
        made.body.addWidget(self.scope)
        made.body.addWidget(self.proposal)
        return made

    def _who(self) -> Section:
        made = Section(tr("Affected officers"))
        self._nobody = label(tr(NOBODY), "secondary", wrap=True)
        made.body.addWidget(self._nobody)
        made.body.addWidget(self.officers)
        made.body.addWidget(self.suggestions)
        made.body.addWidget(self.picker)
        self._add = button(tr("Add an officer"), "link", clicked=lambda: self.open_picker())
        made.body.addLayout(row(self._add, None))
        return made

    def _what(self) -> Section:
        made = Section(tr("Categories"))
        made.body.addWidget(self.categories)
        return made

    def _why(self) -> Section:
        made = Section(tr("Note"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setPlaceholderText(tr("Why this level"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(grown(64))
        made.body.addWidget(self.note)
        return made

    def _about(self) -> Section:
        made = Section(tr("Labels"))
        made.body.addWidget(self.labels)
        return made

    def _wire(self) -> None:
        self.cards.pressed.connect(self.code)
        self._finish.done.connect(self.done)
        self.scope.chosen.connect(self._choose_scope)
        self.officers.focused.connect(self._focus_row)
        self.picker.typed.connect(self.officers_wanted)
        self.picker.picked.connect(self._pick)
        self.picker.left.connect(self._leave_picker)
        self.categories.changed.connect(self._categorise)
        self.categories.left.connect(self.left)
        self.labels.left.connect(self.left)
        self.note.installEventFilter(self)

    # What the workspace tells

    def show_keys(self, choice: Choice) -> None:
        """Writes the keys of each part, as the reviewer chose them."""
        self._choice = choice
        levels = [choice.first(f"harm_{int(level)}") for level in Harm]
        harm = "0 – 4" if levels == list("01234") else " ".join(filter(None, levels))
        keys = (harm, *map(choice.first, ("officer", "categories", "note")))
        for part, key in zip(self._sections, keys, strict=False):
            part.show_key(key)
        self._finish.show_key(choice.first("reviewed"))
        self.suggestions.show_keys(choice)
        self._draw()

    def _nobody_words(self) -> str:
        key = self._choice.first("officer")
        return told("Nobody yet. Press %1 to add an officer.", key) if key else tr(NOBODY)

    def show_document(self, view: DocumentView | None) -> None:
        """Takes a document, or the same one with its new tags; None empties the pane."""
        if view is None or view.record.sha256 != self.state.document:
            self._pending = None
            self.picker.clear()
            self.categories.palette_list.hide()
            self.suggestions.clear()
            self.proposal.show_proposals(())
            self.kin.show_kin(None)
            # A list that was opened for the document before may have moved the level out of sight.
            self.verticalScrollBar().setValue(0)
        self.labels.show_labels(view.labels if view is not None else ())
        self._sent = None
        self.state.show(view)
        self._draw()

    def show_page(self, page: Page | None) -> None:
        """Takes the page in sight."""
        self.state.show_page(page)
        self._draw()

    def select(self, start: int, end: int) -> None:
        """Takes the selected passage of the page; equal ends take it back."""
        self.state.select((start, end) if end > start else None)
        self._draw()

    # What the reviewer does

    def code(self, harm: Harm) -> None:
        """Codes the focused officer; with none focused asks who it is for."""
        anchor = self.state.anchor()
        if anchor is None:
            return
        if self.state.officer is None:
            self.open_picker(harm)
            return
        self.coded.emit(
            anchor, self.state.officer.id, harm, self.categories.chosen, self.note.toPlainText()
        )

    def refresh(self) -> None:
        """Draws what follows from what else is known of the document."""
        self._draw()

    def propose(self, officer: Officer) -> None:
        """Focuses an officer, so that a digit codes him."""
        self.commit_note()
        self.state.choose_officer(officer)
        self._draw()

    def uncode(self) -> None:
        """Takes back the focused tag."""
        tag = self.state.tag()
        if tag is not None:
            self.uncoded.emit(tag.tag.anchor, tag.tag.officer)

    def open_picker(self, pending: Harm | None = None) -> None:
        """Opens the type-ahead, with a level that waits for an officer."""
        if self.state.document is None:
            return
        self._pending = pending
        self._add.hide()
        self._nobody.hide()
        self.picker.open(pending)
        self.ensureWidgetVisible(self.picker)

    def open_palette(self) -> None:
        """Opens the categories."""
        if self.state.document is not None:
            self.categories.open()
            self.ensureWidgetVisible(self.categories)

    def focus_note(self) -> None:
        """Goes to the note."""
        if self.state.document is not None:
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_first(self) -> None:
        """Where F6 arrives."""
        if not self.officers.focus():
            self._add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit_note(self) -> None:
        """A note that was changed beside a standing tag becomes part of it."""
        tag = self.state.tag()
        text = self.note.toPlainText()
        self.state.note = text
        # The tag shown is the old one until the act is back: the same note is not sent twice.
        sent = (tag.tag.act, text) if tag is not None else None
        if tag is not None and text != tag.tag.note and sent != self._sent:
            self._sent = sent
            self._retag(self.categories.chosen, text)

    def _retag(self, categories: tuple[str, ...], note: str) -> None:
        tag = self.state.tag()
        if tag is not None:
            row = tag.tag
            self.coded.emit(row.anchor, row.officer, row.harm, categories, note)

    def _categorise(self, chosen: tuple[str, ...]) -> None:
        self.state.categories = chosen
        self._retag(chosen, self.note.toPlainText())

    def _choose_scope(self, scope: Scope) -> None:
        self.state.choose_scope(scope)
        self._draw()

    def _focus_row(self, chosen: CodingRow) -> None:
        self.commit_note()
        self.state.focus(chosen)
        self._draw()

    def _pick(self, officer: Officer) -> None:
        pending, self._pending = self._pending, None
        self.commit_note()
        self.state.choose_officer(officer)
        self._draw()
        self.officers.focus()
        if pending is not None:
            self.code(pending)

    def _leave_picker(self) -> None:
        self._pending = None
        self._draw()
        self.left.emit()

    def _draw(self) -> None:
        state = self.state
        open_now = state.view is not None
        rows = state.rows()
        tag = state.tag()
        anchor = state.anchor()
        chosen = next(
            (each for each in rows if each.officer == state.officer and each.anchor == anchor), None
        )
        for part in (*self._sections, self._finish):
            part.setEnabled(open_now)
        self.cards.show_level(tag.tag.harm if tag else None)
        self.scope.show_state(state)
        self.proposal.focus_on(state.officer)
        self.officers.show_rows(rows, chosen)
        self._nobody.setText(self._nobody_words() if open_now else tr(CLOSED))
        self._nobody.setVisible(not rows and self.picker.isHidden() and not self.suggestions.lines)
        self._add.setVisible(open_now and self.picker.isHidden())
        if state.categories != self.categories.chosen:
            self.categories.show_chosen(state.categories)
        if not self.note.hasFocus() and state.note != self.note.toPlainText():
            self.note.setPlainText(state.note)
        self._finish.show_reviewed(state.view is not None and state.view.reviewed)
        self.pin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note:
            if event.type() is QEvent.Type.FocusOut:
                self.commit_note()
            elif is_escape(event):
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
