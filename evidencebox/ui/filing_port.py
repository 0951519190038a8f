"""What the window needs to let something out of a case: exports, exhibits, redactions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from evidencebox.model.exports import Exported, ExportKind, Request, ScopeCount, Verdict

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Exports(Protocol):
    """Every call may raise UserError, and may take minutes where it makes or verifies."""

    def kinds(self) -> list[ExportKind]: ...

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
