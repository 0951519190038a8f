"""What a digit would code: which officer, on what, with what beside it. No widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.people import Officer
from evidencebox.model.review import Anchor
from evidencebox.model.views import DocumentView, TagRow
from evidencebox.ui.reading import passage


class Scope(StrEnum):
    """What a new tag stands on."""

    DOCUMENT = "document"
    PAGE = "page"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One line of the affected officers; `tag` is None where nothing is coded yet."""

    officer: Officer
    anchor: Anchor
    tag: TagRow | None


class CodingState:
    """The coding pane's knowledge of the open document and of what has the focus."""

    def __init__(self) -> None:
        self.view: DocumentView | None = None
        self.page: Page | None = None
        self.selection: tuple[int, int] | None = None
        self.officer: Officer | None = None
        self.categories: tuple[str, ...] = ()
        self.note = ""
        self._scope = Scope.DOCUMENT
        self._pinned: Anchor | None = None

    @property
    def document(self) -> DocumentId | None:
        return self.view.record.sha256 if self.view else None

    @property
    def scope(self) -> Scope:
        if self._pinned is None:
            return self._scope
        if self._pinned.passage is not None:
            return Scope.PASSAGE
        return Scope.DOCUMENT if self._pinned.page is None else Scope.PAGE

    @property
    def page_number(self) -> int | None:
        """The page a page tag would stand on: the pinned tag's, else the one in sight."""
        if self._pinned is not None and self._pinned.page is not None:
            return self._pinned.page
        return self.page.number if self.page else None

    @property
    def scopes(self) -> frozenset[Scope]:
        """The scopes that can be chosen now."""
        possible = {Scope.DOCUMENT}
        if self.page is not None:
            possible.add(Scope.PAGE)
        if self.selection is not None or self.scope is Scope.PASSAGE:
            possible.add(Scope.PASSAGE)
        return frozenset(possible)

    def show(self, view: DocumentView | None) -> None:
        """Takes a document, or the same one with its new tags."""
        same = view is not None and view.record.sha256 == self.document
        self.view = view
        if not same:
            self.page = self.selection = self.officer = self._pinned = None
            self._scope = Scope.DOCUMENT
            self.categories, self.note = (), ""
        rows = self.rows()
        if self.officer is None and rows:
            self.focus(rows[0])
        else:
            self._adopt()

    def show_page(self, page: Page | None) -> None:
        """Takes the page in sight; a passage of another page is no longer meant."""
        self.page = page
        self.select(None)

    def select(self, selection: tuple[int, int] | None) -> None:
        """Takes a selected passage: it is what the next tag stands on. None takes it back."""
        if selection is not None:
            self._pinned = None
            self._scope = Scope.PASSAGE
        elif self._pinned is None and self._scope is Scope.PASSAGE:
            self._scope = Scope.DOCUMENT
        self.selection = selection
        self._adopt()

    def choose_scope(self, scope: Scope) -> None:
        """Takes another scope for the focused officer."""
        self._pinned = None
        self._scope = scope
        self._adopt()

    def choose_officer(self, officer: Officer) -> None:
        """Focuses an officer, who need not be tagged here yet."""
        self.officer = officer
        self._adopt()

    def focus(self, row: CodingRow) -> None:
        """Focuses a line: its officer, and what its tag stands on."""
        self.officer = row.officer
        self._pinned = row.anchor if row.tag is not None else None
        self._adopt()

    def anchor(self) -> Anchor | None:
        """What a digit would code now; None where no document is open."""
        if self.document is None or self.view is None:
            return None
        if self._pinned is not None:
            return self._pinned
        if self._scope is Scope.PASSAGE and self.page and self.selection:
            part = passage(self.view, self.page, *self.selection)
            return Anchor(self.document, self.page.number, part)
        if self._scope is Scope.PAGE and self.page:
            return Anchor(self.document, self.page.number)
        return Anchor(self.document)

    def tag(self) -> TagRow | None:
        """The focused officer's standing tag on exactly this anchor."""
        return self._tag_at(self.anchor()) if self.officer else None

    def rows(self) -> list[CodingRow]:
        """The affected officers: one line a tag, and one for who is focused but not coded yet."""
        tags = self.view.tags if self.view else ()
        made = [CodingRow(row.officer, row.tag.anchor, row) for row in tags]
        anchor = self.anchor()
        if self.officer is not None and anchor is not None and self.tag() is None:
            made.append(CodingRow(self.officer, anchor, None))
        return made

    def _tag_at(self, anchor: Anchor | None) -> TagRow | None:
        if self.view is None or self.officer is None:
            return None
        for row in self.view.tags:
            if row.tag.anchor == anchor and row.tag.officer == self.officer.id:
                return row
        return None

    def _adopt(self) -> None:
        """What a standing tag says replaces what was prepared; undoing one unpins it."""
        standing = self.tag()
        if standing is not None:
            self.categories, self.note = standing.tag.categories, standing.tag.note
        elif self._pinned is not None:
            self._scope, self._pinned = Scope.DOCUMENT, None
