"""The fake desk's exports, exhibits, redactions; they keep the promises of `ui/filing_port.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.exports import Exported, ExportKind, Pii, Request, ScopeCount, Verdict
from evidencebox.model.filing import ExhibitRow, Proposal, StampedSheet, Stamping
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.pictures import Picture
from evidencebox.model.redactions import (
    Ask,
    KindCount,
    RedactedCopy,
    Redaction,
    SheetBox,
    SheetLook,
)
from evidencebox.model.views import Done

DOCUMENT = DocumentId("ab" * 32)
OWN = "correct horse battery"


class FakeExports:
    """Makes a folder with one file; `wrong` is what a check would find."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.made: list[Request] = []
        self.forms: list[tuple[str, str]] = []
        self.wrong: tuple[tuple[str, str], ...] = ()
        self.sealed = 0
        self.lead = True

    def kinds(self) -> list[ExportKind]:
        return [
            ExportKind("exhibits", "the exhibits", (Pii.FULL,), scoped=False, profiles=("",)),
            ExportKind("persons", "everybody", tuple(Pii), profiles=("", "letters")),
            ExportKind("dossier", "one person", (Pii.FULL,), asks="officer", profiles=("",)),
            ExportKind("loadfile", "DAT", (Pii.FULL,), asks="query", profiles=("concordance",)),
        ]

    def check_form(self, kind: str, name: str) -> None:
        self.forms.append((kind, name))
        if name.endswith("bad.toml"):
            raise UserError("The profile bad.toml cannot be used: [persons] names no column.")

    def own_form(self, kind: str) -> Path:
        return Path(f"{kind}-mine.toml")

    def copy_form(self, kind: str, name: str, file: Path) -> None:
        file.write_text(f"# {kind} {name}")

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


class FakeExhibits:
    """Two exhibits that stand, and one that was withdrawn; a sheet is a white square."""

    def __init__(self) -> None:
        self.order = ["PX-1", "PX-2"]
        self.said: dict[tuple[str, str], str] = {("PX-1", "offered"): "2026-11-20"}
        self.calls: list[tuple[object, ...]] = []
        self.choice = Stamping(
            "PX-", "PLF-", 9, "bottom right", "PLAINTIFFS' EXHIBIT", "bottom center", "letter", ""
        )

    def rows(self) -> list[ExhibitRow]:
        made = []
        for number in [*self.order, "PX-3"]:
            values = {name: text for (who, name), text in self.said.items() if who == number}
            gone = "Withdrawn: twice" if number == "PX-3" else ""
            made.append(
                ExhibitRow(
                    ActId(number),
                    number,
                    DOCUMENT,
                    "EB-7Q2M4K",
                    values.get("description", f"Letter {number}"),
                    ("PLF-000000001", "PLF-000000002") if number == "PX-1" else (),
                    (1, 2, 3, 7) if number == "PX-2" else (),
                    gone=gone,
                    marks=("confidential", "redacted") if number == "PX-1" else (),
                    offered=values.get("offered", ""),
                    admitted=values.get("admitted", ""),
                )
            )
        return made

    def propose(self, document: DocumentId) -> Proposal:
        return Proposal(document, "EB-7Q2M4K", "PX-4", "Letter, 2019", 5, 2, ("PX-1",))

    def add(
        self, document: DocumentId, pages: str, number: str, description: str, family: bool
    ) -> Done:
        if number == "PX-3":
            raise UserError("PX-3 is or was an exhibit, and a number is for life; take another.")
        self.calls.append(("add", pages, number, description, family))
        self.order.append(number)
        return Done(ActId(number), f"EB-7Q2M4K is {number}")

    def change(self, number: str, name: str, value: str) -> Done:
        self.calls.append(("change", number, name, value))
        self.said[number, name] = value
        if name == "withdrawn":
            self.order.remove(number)
        return Done(ActId("change"), f"{number} changed")

    def reorder(self, numbers: Sequence[str]) -> Done:
        self.calls.append(("reorder", *numbers))
        self.order = list(numbers)
        return Done(ActId("order"), "Exhibits put in another order")

    def stamping(self) -> Stamping:
        return self.choice

    def keep_stamping(self, choice: Stamping) -> None:
        if choice.bates_position == choice.sticker_position:
            raise UserError("The sticker would cover the Bates number.")
        self.choice = choice

    def sheet(self, act: ActId, sheet: int, choice: Stamping) -> StampedSheet:
        self.calls.append(("sheet", act, sheet, choice.sticker_position))
        if act == "PX-2":
            raise UserError("EB-7Q2M4K is sealed.")
        return StampedSheet(white(), sheet, 2, f"PLF-00000000{sheet}", act != "PX-1")


def white() -> Picture:
    """Eleven by eight and a half."""
    return Picture(85, 110, 1, 85, pixels=b"\xff" * (85 * 110))


class FakeRedactions:
    """Two sheets; each term is found once on the first, suggested where a kind named it."""

    def __init__(self) -> None:
        self.kept: dict[DocumentId, Ask] = {}
        self.drafts: dict[DocumentId, Ask | None] = {}
        self.looked: list[tuple[Ask, int]] = []
        self.written: list[tuple[Ask, Path, str | None]] = []
        self.problem = ""
        self.sealed = False

    def open(self, document: DocumentId) -> Redaction:
        kinds = (KindCount("ssn", 2, 1),)
        ask = self.kept.get(document, Ask())
        said = "Robin · now" if document in self.kept else ""
        draft = self.drafts.get(document)
        return Redaction(document, "EB-7Q2M4K", (1, 2), ask, {}, kinds, said, self.sealed, draft)

    def keep_draft(self, document: DocumentId, ask: Ask | None) -> None:
        self.drafts[document] = ask

    def look(self, document: DocumentId, ask: Ask, sheet: int) -> SheetLook:
        self.looked.append((ask, sheet))
        mine = [box for box in ask.boxes if box.sheet == sheet]
        boxes = [
            SheetBox(b.left, b.top, b.right, b.bottom, b.reason, n) for n, b in enumerate(mine)
        ]
        boxes += [SheetBox(0, 0, 500, 200, term.reason) for term in ask.terms]
        boxes += [SheetBox(0, 300, 500, 400, "SSN", suggested=True) for _ in ask.elements]
        text = f"Sheet {sheet}: Dana Quill\nlives here"
        return SheetLook(sheet, white(), white(), tuple(boxes), text)

    def keep(self, document: DocumentId, ask: Ask) -> str:
        self.kept[document] = ask
        return "Redaction of EB-7Q2M4K kept"

    def write(
        self,
        document: DocumentId,
        ask: Ask,
        out: Path,
        passphrase: str,
        unseal: str | None,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> RedactedCopy:
        progress(0, 2)
        if self.problem:
            raise UserError(self.problem)
        self.written.append((ask, out, unseal))
        return RedactedCopy((out.name, "x.txt", "x.csv"), 2, 3, True, "ab" * 32, ("Look there.",))
