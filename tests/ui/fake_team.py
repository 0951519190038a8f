"""The fake desk's figures and colleagues; they keep the promises of `ui/ports.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.exposure import (
    Bar,
    Cell,
    ConflictSide,
    ConflictView,
    Decision,
    Exposed,
    Exposure,
    ExposureRow,
    Member,
    NoticeLine,
    OfficerPage,
    Overview,
    RosterPreview,
    Stack,
    Team,
)
from evidencebox.model.harm import Harm
from evidencebox.model.ids import ActId, DocumentId, OfficerId
from evidencebox.model.people import OFFICER_FIELDS, Officer
from evidencebox.model.views import Done

DOCUMENT = DocumentId("ab" * 32)


class FakeInsight:
    """Three of the roster are exposed, one is only named, the rest is not found."""

    def __init__(self, roster: list[Officer]) -> None:
        self.roster = roster

    def exposure(self) -> Exposure:
        rows = []
        for number, officer in enumerate(self.roster):
            query = f'officer:"{officer.badge}"'
            cells = {}
            worst = None
            if number < 3:
                worst = Harm(number + 2)
                cells["finances"] = Cell(number + 1, worst, f"{query} category:finances")
            if number == 0:
                cells["address"] = Cell(4, Harm.LOW, f"{query} category:address")
            if number == 3:
                cells["finances"] = Cell(0, None, f"{query} category:finances", 2)
            named = 2 if number in (0, 3) else 0
            words = "searched, nothing found" if worst is None and not named else "tagged"
            tagged = sum(cell.documents for cell in cells.values())
            rows.append(
                ExposureRow(officer, cells, tagged, worst, named, words, query, officer.last)
            )
        return Exposure(tuple(rows), ("address", "finances"))

    def overview(self) -> Overview:
        years = (
            Stack("2018", {Harm.LOW: 2, Harm.HIGH: 1}, "date:2018"),
            Stack("2019", {Harm.VERY_HIGH: 3, Harm.MEDIUM: 2}, "date:2019"),
        )
        return Overview(
            documents=41020,
            reviewed=23410,
            failures=37,
            categories=(Bar("address", 4, "category:address"),),
            types=(Bar("Mail", 300, "type:mail"), Bar("PDF", 120, "type:pdf")),
            folders=(Bar("Mail store", 300, 'folder:"Mail store"'),),
            statuses=(Bar("ok", 400, "is:ok"), Bar("failed", 37, "is:failed")),
            over_time=years,
            per_day=(Bar("2026-01-01", 900), Bar("2026-01-02", 1180)),
        )

    def officer(self, officer: OfficerId) -> OfficerPage:
        found = [each for each in self.roster if each.id == officer]
        if not found:
            raise UserError("No officer has that id.")
        tagged = (
            Exposed(
                DOCUMENT, "EB-7Q2M4K", "Summary.docx", 2, Harm.HIGH, "Finances", "why", "Robin"
            ),
        )
        waiting = (Exposed(DOCUMENT, "EB-7Q2M4K", "Letter.eml", 1, None, "rank and surname"),)
        facts = (("badge", found[0].badge), ("unit", "Records"))
        return OfficerPage(
            found[0], facts, "tagged, worst 3 High", tagged, waiting, 5, "officer:1", found[0].last
        )


class FakeColleagues:
    """One conflict, two reviewers."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, object]] = []
        self.settled: list[ActId] = []
        self.waits = False
        self.decided: dict[OfficerId, tuple[Decision, str, bool | None, str]] = {}

    def export_pack(self, file: Path) -> str:
        self.calls.append(("export", file.name))
        return f"3 acts written to {file.name}."

    def import_pack(self, file: Path) -> str:
        self.calls.append(("import", file.name))
        if file.suffix != ".pack":
            raise UserError("This is no pack of this case. Nothing was taken.")
        return "2 new acts of Alex."

    def conflicts(self) -> list[ConflictView]:
        if self.settled:
            return []
        sides = (
            ConflictSide(ActId("one"), "Robin", Harm.HIGH, ("finances",), "two accounts"),
            ConflictSide(ActId("two"), "Alex", Harm.LOW, (), ""),
        )
        return [ConflictView(DOCUMENT, "EB-7Q2M4K", 2, "Quill, Dana", sides)]

    def settle(self, act: ActId) -> Done:
        self.settled.append(act)
        return Done(act, "Conflict settled on EB-7Q2M4K")

    def team(self) -> Team:
        members = (Member("Robin", "lead", True), Member("Alex", "reviewer", False))
        return Team(members, frozenset({"minor"}), True)

    def set_role(self, name: str, role: str) -> Done:
        self.calls.append((name, role))
        if name == "Robin":
            raise UserError("Robin is the only lead; make someone else a lead first.")
        return Done(ActId("role"), f"{name} is {role} now")

    def seal(self, categories: Collection[str]) -> Done:
        self.calls.append(("seal", sorted(categories)))
        return Done(ActId("seal"), "Sealed categories changed")

    def backup(self, file: Path) -> str:
        self.calls.append(("backup", file.name))
        return f"Backup written to {file.name}."

    def preview_roster(self, file: Path, mapping: Mapping[str, str]) -> RosterPreview:
        self.calls.append(("preview", dict(mapping)))
        columns = {"badge": "Shield", "last": "Surname"} | dict(mapping)
        titles = ("Shield", "Surname", "Given", "Unit")
        people = (("4471", "Quill", "", "", ""),)
        return RosterPreview(OFFICER_FIELDS, titles, columns, people, 7, ((3, "It is empty."),))

    def take_roster(self, file: Path, mapping: Mapping[str, str]) -> str:
        self.calls.append(("take", dict(mapping)))
        self.waits = True
        return "7 officers were taken."

    def notice_list(self) -> list[NoticeLine]:
        people = [Officer(OfficerId(str(n)), f"44{n}", name, "Dana")
                  for n, name in enumerate(("Quill", "Ortega", "Reyes"))]  # fmt: skip
        exposed = ((("ssn", "finances"), ("phone",)), ((), ("ssn",)), ((), ()))
        lines = []
        for officer, (found, suggested) in zip(people, exposed, strict=True):
            worst, eligible = (Harm.HIGH, "yes") if found else (None, "perhaps")
            decided = self.decided.get(officer.id, (Decision.OPEN, "", None, ""))
            known = (officer, found, suggested, worst, eligible if suggested else "no")
            lines.append(NoticeLine(*known, *decided, "", "tagged"))
        return lines

    def decide_notice(
        self,
        people: Sequence[OfficerId],
        decision: Decision,
        date: str,
        monitoring: bool | None,
        note: str,
    ) -> Done:
        if date and "-" not in date:
            raise UserError(f"{date} is no date; write it as 2026-11-23.")
        self.decided |= {each: (decision, date, monitoring, note) for each in people}
        return Done(ActId("notice"), f"Decided for {len(people)}")

    def write_notices(self, lines: Sequence[NoticeLine], file: Path) -> str:
        self.calls.append(("notices", [line.officer.badge for line in lines]))
        return f"{len(lines)} written to {file.name}."

    def to_search(self) -> bool:
        return self.waits
