"""Exports as the window asks for them: what there is, how much it would be, making, checking."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export import check, forms, loadfile_read, profiles
from evidencebox.model.exports import Exported, ExportKind, Pii, Request, ScopeCount, Verdict
from evidencebox.services import exhibit_book, exporting, exporting_kinds, seals
from evidencebox.services.case import Case
from evidencebox.services.exporting import Tell

STOPPED: Final = "The export was stopped: nothing of it remains, and nothing was recorded."
_ASKS: Final = {"dossier": "officer", "loadfile": "query"}
_WHOLE: Final = ("statistics",)
"""Kinds that are of the whole case, whatever is asked for."""


class Exports:
    """What leaves one open case. Calls may come from any background thread, and raise UserError."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._over = threading.Event()

    def stop(self) -> None:
        """The case is being left: what is under way ends without a trace."""
        self._over.set()

    def kinds(self) -> list[ExportKind]:
        """What can be exported; the exhibit book first."""
        full, stamped = (Pii.FULL,), _forms(exhibit_book.KIND)
        words = "the exhibits, stamped"
        made = [ExportKind(exhibit_book.KIND, words, full, scoped=False, profiles=stamped)]
        for name, kind in exporting_kinds.KINDS.items():
            scoped, asks = name not in _WHOLE, _ASKS.get(name, "")
            said = (name, kind.words, kind.levels, kind.content, scoped, asks, _forms(name))
            made.append(ExportKind(*said))
        return made

    def check_form(self, kind: str, name: str) -> None:
        """Raises UserError where a kind cannot be made in that form."""
        exporting_kinds.check_form(kind, name or None)

    def own_form(self, kind: str) -> Path:
        """A file that is not there yet, in which a form of one's own is found by its name."""
        return forms.free(exporting_kinds.family(kind))

    def copy_form(self, kind: str, name: str, file: Path) -> None:
        """Writes the form of that name into a new file, to be changed."""
        forms.copy(exporting_kinds.family(kind), name, file)

    def count(self, request: Request) -> ScopeCount:
        """How many documents it would speak of; nothing is recorded. Raises QueryError too."""
        case = self._case
        if request.kind == exhibit_book.KIND:
            documents, content = exhibit_book.documents(case), True
        else:
            kind = exporting_kinds.KINDS[request.kind]
            documents, content = list(exporting_kinds.wanted(case, request, kind)[0]), kind.content
        why = seals.covered(case, documents)
        reported = sum(seals.REPORTED in kinds for kinds in why.values())
        sealed = len(why) - reported if content else 0
        count = len(documents) - reported - sealed
        return ScopeCount(count, sealed, reported, seals.may_open(case))

    def make(
        self,
        request: Request,
        passphrase: str,
        progress: Tell = exporting.silent,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Exported:
        """Makes it, for who says the case's passphrase again. Stopped, nothing remains."""
        exporting.confirm(self._case, passphrase)
        check_place(request.out)

        def tell(done: int, total: int) -> None:
            if cancelled() or self._over.is_set():
                raise UserError(STOPPED)
            progress(done, total)

        tell(0, 0)
        if request.kind == exhibit_book.KIND:
            return exhibit_book.build(self._case, request, tell)
        return exporting_kinds.run(self._case, request, tell)

    def verify(self, folder: Path) -> Verdict:
        """Looks at a finished export as `evidencebox verify` does, with nothing but its folder."""
        found = check.check(folder, exporting.holds)
        wrong = [(each.name, each.problem) for each in found.wrong]
        if not wrong and found.said.get("kind") == "loadfile":
            form = profiles.load(str(folder / "profile.toml"))
            wrong = [("load files", said) for said in loadfile_read.problems(folder, form)]
        return Verdict(found.files, tuple(wrong))


def _forms(kind: str) -> tuple[str, ...]:
    """Names of its forms; the first is what is taken where none is named, and has no name there:
    the form that comes with EvidenceBox, or for exhibits the case's stamps."""
    which = exporting_kinds.family(kind)
    known = forms.names(which)
    if which == profiles.FAMILY:
        return tuple(known)
    rest = known if kind == exhibit_book.KIND else [name for name in known if name != which]
    return ("", *rest)


def check_place(folder: Path) -> None:
    """Raises UserError where a new folder cannot be made."""
    if folder.exists():
        raise UserError(
            f"{folder.name} exists already: an export never overwrites. Choose another name."
        )
    if not folder.parent.is_dir():
        raise UserError(f"There is no folder {folder.parent}; choose one that is there.")
