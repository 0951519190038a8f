"""Who may do what in a case, and which categories are sealed: a function of the set of acts. Pure.

Policy among colleagues, not cryptography: whoever can open the case has the key to all of it. What
it gives is that a breach is refused by the program, and stands in the ledger where it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evidencebox.model.harm import CATEGORIES
from evidencebox.model.ledger import Act, Kind, rank

SEALED = frozenset({"sexual_abuse", "informant", "minor"})
"""Sealed unless a lead says otherwise."""
BY_TAG_ALONE = frozenset({"minor"})
"""Sealed by a reviewer's tag, and not because the machine suggests it: an applicant's packet names
his children, and whoever is to review packets must be able to read them."""

REPORTED = "reported"
"""Beside the categories: what was reported as material that nobody may look at."""


def why_covered(why: Collection[str]) -> str:
    """Why a document is covered and who may uncover it, for people; empty where it is not."""
    if not why:
        return ""
    if REPORTED in why:
        return (
            "Reported, and sealed for good: it is neither shown nor copied here. "
            "Leave it to the authorities."
        )
    names = ", ".join(CATEGORIES.get(name, name) for name in why)
    return (
        f"Sealed ({names}): name, text and pictures are covered. A lead may open it in the menu, "
        "with a reason that stands in the ledger."
    )


class Role(StrEnum):
    """What a reviewer may do."""

    LEAD = "lead"
    REVIEWER = "reviewer"
    READER = "reader"

    @property
    def words(self) -> str:
        """For people."""
        return "read-only" if self is Role.READER else self.value


_LEADS_ONLY = frozenset(
    {Kind.ROLE, Kind.SEALING, Kind.PURGE, Kind.UNMATERIAL, Kind.LOOK, Kind.EXPORT}
)
_ANYONE = frozenset({Kind.REVIEWER, Kind.MATERIAL, Kind.VAULT})
"""Saying who one is; what was found must be reportable by whoever finds it, and a header mended."""

POLICY_KINDS = (Kind.REVIEWER, Kind.ROLE, Kind.SEALING)


@dataclass(frozen=True, slots=True)
class Policy:
    """`roles`: public key → role. `sealed`: the categories whose documents are kept covered.

    `codes`: those of the keys that are no person's but a printed recovery code's.
    """

    roles: Mapping[str, Role]
    sealed: frozenset[str]
    codes: frozenset[str] = frozenset()

    @property
    def leads(self) -> set[str]:
        """The people who are leads."""
        return {a for a, role in self.roles.items() if role is Role.LEAD} - self.codes

    def role(self, author: str) -> Role:
        """Of whoever introduced himself; an unknown key may read."""
        return self.roles.get(author, Role.READER)

    def may(self, author: str, kind: Kind) -> bool:
        """Whether an act of this kind is his to do; anyone's, before there is a reviewer."""
        if not self.roles:
            return True
        role = self.role(author)
        if kind in _ANYONE or role is Role.LEAD:
            return True
        return role is Role.REVIEWER and kind not in _LEADS_ONLY


def policy(acts: Iterable[tuple[Act, Mapping[str, Any]]]) -> Policy:
    """What the acts of `POLICY_KINDS`, with their payloads, say: in the order of their ranks.

    The first reviewer of a case is its lead; a role or a sealing counts where its author was a
    lead at that rank. Order of arrival and repetition change nothing.
    """
    known = {act.id: (act, payload) for act, payload in acts}
    roles: dict[str, Role] = {}
    codes: set[str] = set()
    sealed = SEALED
    for act, payload in sorted(known.values(), key=lambda pair: rank(pair[0])):
        if act.kind is Kind.REVIEWER:
            begins = not roles
            for target in act.targets:
                first = Role.REVIEWER if roles else Role.LEAD
                roles.setdefault(str(target["author"]), first)
            if begins and "code" in payload:
                codes.add(str(payload["code"]))
                roles[str(payload["code"])] = Role.LEAD
        elif roles.get(act.author) is not Role.LEAD:
            continue
        elif act.kind is Kind.ROLE:
            given = {str(t["author"]): _role(payload) for t in act.targets}
            roles |= given
            codes |= set(given) if payload.get("code") is True else set()
        elif act.kind is Kind.SEALING:
            sealed = frozenset(str(name) for name in payload.get("categories", ()))
    return Policy(roles, sealed, frozenset(codes))


def founder(acts: Iterable[Act]) -> Act | None:
    """The act by which the case's first reviewer introduced himself."""
    return min((act for act in acts if act.kind is Kind.REVIEWER), key=rank, default=None)


def _role(payload: Mapping[str, Any]) -> Role:
    value = payload.get("role")
    return Role(value) if value in set(Role) else Role.READER
