"""What several people do with one case, for the window: packs, conflicts, roles, seals, roster."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from evidencebox.model.exposure import (
    ConflictSide,
    ConflictView,
    Decision,
    Member,
    NoticeLine,
    RosterPreview,
    Team,
)
from evidencebox.model.ids import ActId, OfficerId, short_id
from evidencebox.model.policy import Role
from evidencebox.model.views import Done
from evidencebox.model.words import counted
from evidencebox.services import (
    backups,
    custody,
    mention_search,
    notice_list,
    notices,
    officers,
    packs,
    seals,
    ways,
)
from evidencebox.services.case import Case
from evidencebox.vault import header

_ROLES = {role.words: role for role in Role}
_SHOWN = ("badge", "last", "first", "rank", "unit")


class Colleagues:
    """The shared side of one open case. Every call may raise UserError."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def export_pack(self, file: Path) -> str:
        """Writes one's own acts; says how many."""
        acts = packs.export(self._case, file)
        return f"{counted(acts, 'act')} written to {file.name}, encrypted for this case only."

    def import_pack(self, file: Path) -> str:
        """Verifies a pack and takes what is new; says what that was."""
        taken = packs.take(self._case, file)
        said = f"{counted(taken.acts, 'new act')} of {', '.join(taken.reviewers) or 'nobody'}"
        said += f", {taken.known:,} known already."
        if taken.purged:
            said += f" {counted(taken.purged, 'document')} removed by order there and here."
        if taken.conflicts > 0:
            said += f" {counted(taken.conflicts, 'new conflict')} to settle."
        return said

    def conflicts(self) -> list[ConflictView]:
        """What waits to be settled, by document."""
        people = {officer.id: officer.name for officer in self._case.decided.officers()}
        names = self._case.decided.reviewers()
        found = []
        for conflict in packs.conflicts(self._case):
            first = conflict.tags[0]
            sides = tuple(
                ConflictSide(t.act, names.get(t.author, ""), t.harm, t.categories, t.note)
                for t in conflict.tags
            )
            document = first.anchor.document
            who = people.get(first.officer, "")
            found.append(ConflictView(document, short_id(document), first.anchor.page, who, sides))
        return found

    def settle(self, act: ActId) -> Done:
        """Has one side of a conflict count."""
        return packs.settle(self._case, act)

    def team(self) -> Team:
        """Roles and sealed categories."""
        own = self._case.signer.author
        inside = {each.author for each in ways.reviewers(self._case) if each.opens}
        members = tuple(
            Member(line["name"], line["role"], line["author"] == own, line["author"] in inside)
            for line in custody.roles(self._case)
        )
        return Team(members, self._case.decided.policy().sealed, seals.may_open(self._case))

    def set_role(self, name: str, role: str) -> Done:
        """Gives a reviewer a role, in the words of `Member.role`."""
        return custody.set_role(self._case, name, _ROLES[role])

    def seal(self, categories: Collection[str]) -> Done:
        """Says which categories are sealed from now on."""
        return seals.change(self._case, categories)

    def backup(self, file: Path) -> str:
        """Keeps all decisions in one encrypted file elsewhere."""
        case = self._case
        head = header.load(case.folder)
        backups.write_file(file, case.folder, head, case.case_key, case.decided)
        return f"Backup written to {file.name}; your passphrase opens it."

    def preview_roster(self, file: Path, mapping: Mapping[str, str]) -> RosterPreview:
        """The first five people of a roster, as its columns would be read."""
        seen = officers.preview(file, mapping)
        return RosterPreview(
            fields=officers.FIELDS,
            titles=seen.titles,
            columns=seen.columns,
            people=tuple(tuple(getattr(each, name) for name in _SHOWN) for each in seen.officers),
            count=seen.people,
            rejects=tuple((reject.line, reject.reason) for reject in seen.rejects),
        )

    def take_roster(self, file: Path, mapping: Mapping[str, str]) -> str:
        """Takes the officers of a file; says how many."""
        done = officers.import_roster(self._case, file, mapping)
        left_out = f", {counted(len(done.rejects), 'line')} left out" if done.rejects else ""
        return f"{counted(done.added, 'officer')} added, {done.updated:,} updated{left_out}."

    def notice_list(self) -> list[NoticeLine]:
        """A line for every member of the roster."""
        return notice_list.notice_list(self._case)

    def decide_notice(
        self,
        people: Sequence[OfficerId],
        decision: Decision,
        date: str,
        monitoring: bool | None,
        note: str,
    ) -> Done:
        """Decides for one or many, in one act."""
        act = notices.decide(
            self._case, people, decision, date=date, monitoring=monitoring, note=note
        )
        return Done(act.id, f"Decided for {counted(len(people), 'person')}: {decision.words}")

    def write_notices(self, lines: Sequence[NoticeLine], file: Path) -> str:
        """Writes these lines as CSV, unencrypted; says how many."""
        notice_list.write_list(lines, file)
        return f"{counted(len(lines), 'person')} written to {file.name}, unencrypted."

    def to_search(self) -> bool:
        """Whether somebody of the roster was not looked for in every document that is there."""
        return mention_search.to_search(self._case)
