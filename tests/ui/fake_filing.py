"""The fake desk's exports; they keep the promises of `ui/filing_port.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.exports import Exported, ExportKind, Pii, Request, ScopeCount, Verdict

OWN = "correct horse battery"


class FakeExports:
    """Makes a folder with one file; `wrong` is what a check would find."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.made: list[Request] = []
        self.wrong: tuple[tuple[str, str], ...] = ()
        self.sealed = 0
        self.lead = True

    def kinds(self) -> list[ExportKind]:
        return [
            ExportKind("exhibits", "the exhibits", (Pii.FULL,), scoped=False),
            ExportKind("persons", "everybody", tuple(Pii)),
            ExportKind("dossier", "one person", (Pii.FULL,), asks="officer"),
            ExportKind("loadfile", "DAT", (Pii.FULL,), asks="query", profiles=("concordance",)),
        ]

    def count(self, request: Request) -> ScopeCount:
        self.asked.append(request)
        if request.query == "(":
            raise UserError("This bracket is not closed.")
        return ScopeCount(3 if request.query is None else 1, self.sealed, 0, self.lead)

    def make(
        self,
        request: Request,
        passphrase: str,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Exported:
        if passphrase != OWN:
            raise UserError("That is not your passphrase.")
        progress(1, 2)
        self.made.append(request)
        return Exported(request.out.name, 3, 2048, "ab" * 32, "cd" * 32)

    def verify(self, folder: Path) -> Verdict:
        return Verdict(3, self.wrong)
