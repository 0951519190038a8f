"""What the window needs to let something out of a case: exports, exhibits, redactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from evidencebox.model.exports import Exported, ExportKind, Request, ScopeCount, Verdict
from evidencebox.model.filing import ExhibitRow, Proposal, StampedSheet, Stamping
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.redactions import Ask, RedactedCopy, Redaction, SheetLook
from evidencebox.model.views import Done

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Exports(Protocol):
    """Every call may raise UserError, and may take minutes where it makes or verifies."""

    def kinds(self) -> list[ExportKind]: ...

    def check_form(self, kind: str, name: str) -> None:
        """Raises UserError where a kind cannot be made in the form of that name, or that file."""
        ...

    def own_form(self, kind: str) -> Path:
        """A file that is not there yet, in which a form of one's own is found by its name."""
        ...

    def copy_form(self, kind: str, name: str, file: Path) -> None:
        """Writes the form of that name into a new file, to be changed."""
        ...

    def count(self, request: Request) -> ScopeCount:
        """How many documents it would speak of; records nothing."""
        ...

    def make(
        self, request: Request, passphrase: str, progress: Progress, cancelled: Cancelled
    ) -> Exported:
        """Into a new folder, after the case's passphrase was said again. Stopped or refused,
        nothing of it remains and nothing is recorded."""
        ...

    def verify(self, folder: Path) -> Verdict: ...


class Exhibits(Protocol):
    """Every call may raise UserError; `sheet` may take seconds."""

    def rows(self) -> list[ExhibitRow]: ...

    def propose(self, document: DocumentId) -> Proposal: ...

    def add(
        self, document: DocumentId, pages: str, number: str, description: str, family: bool
    ) -> Done: ...

    def change(self, number: str, name: str, value: str) -> Done:
        """`name`: description, offered, marked, admitted or withdrawn."""
        ...

    def reorder(self, numbers: Sequence[str]) -> Done:
        """All that stand, in the wanted order; one undo takes it back."""
        ...

    def stamping(self) -> Stamping: ...

    def keep_stamping(self, choice: Stamping) -> None: ...

    def sheet(self, act: ActId, sheet: int, choice: Stamping) -> StampedSheet: ...


class Redactions(Protocol):
    """Every call may raise UserError; `look` may take seconds, `write` minutes."""

    def open(self, document: DocumentId) -> Redaction: ...

    def look(self, document: DocumentId, ask: Ask, sheet: int) -> SheetLook: ...

    def keep_draft(self, document: DocumentId, ask: Ask | None) -> None:
        """Keeps what is being worked on, so that no lock takes it; None forgets it."""
        ...

    def keep(self, document: DocumentId, ask: Ask) -> str:
        """Keeps a plan in the case by an act; an empty one takes back what stood."""
        ...

    def write(
        self,
        document: DocumentId,
        ask: Ask,
        out: Path,
        passphrase: str,
        unseal: str | None,
        progress: Progress,
        cancelled: Cancelled,
    ) -> RedactedCopy:
        """A redacted copy, after the case's passphrase was said again. Where something can still
        be read, it is refused and nothing is written."""
        ...
