"""`a W/5 b PRE/3 c`: where the last of a chain of operands stands so, with numpy.

Each operand is entered by its first place (something stands before it) or by its last one, and
left in the same two ways. So it is enough to know, at every step, at which places an operand that
is reached can begin and at which it can end: no pairs are ever spelled out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidencebox.index import spans
from evidencebox.index.plan import Near, Step, Words
from evidencebox.index.postings import Ints
from evidencebox.index.snapshot import Snapshot
from evidencebox.index.spans import NONE, Stretches


@dataclass(frozen=True, slots=True)
class _Member:
    """One of the words of an operand: its slots, and where it begins and ends, ascending."""

    slots: tuple[Stretches, ...]
    slop: int
    begins: Ints
    ends: Ints

    def entered(self, begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Where it begins and ends if it begins at one of `begins` or ends at one of `ends`."""
        first, last = self.slots[0].where_first(begins), self.slots[-1].where_last(ends)
        to = spans.forward((first, *self.slots[1:]), self.slop)
        back = spans.backward((*self.slots[:-1], last), self.slop)
        return np.union1d(begins, back), np.union1d(ends, to)


def places(snapshot: Snapshot, field: str, near: Near) -> Ints:
    """The last places of the last operand wherever it closes a chain."""
    members = _members(snapshot, field, near.operands[0])
    begins = _union([one.begins for one in members])
    ends = _union([one.ends for one in members])
    for step, operand in zip(near.steps, near.operands[1:], strict=True):
        if not len(ends):
            return NONE
        members = _members(snapshot, field, operand)
        reached = [_reached(one, step, begins, ends) for one in members]
        begins = _union([first for first, _ in reached])
        ends = _union([last for _, last in reached])
    return ends


def _members(snapshot: Snapshot, field: str, operand: tuple[Words, ...]) -> list[_Member]:
    return [_member(snapshot, field, words) for words in operand]


def _member(snapshot: Snapshot, field: str, words: Words) -> _Member:
    slots = spans.stretches(snapshot, field, words)
    begins, ends = spans.backward(slots, words.slop), spans.forward(slots, words.slop)
    return _Member(slots, words.slop, begins, ends)


def _reached(member: _Member, step: Step, begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """What of `member` lies near something that begins at `begins` and ends at `ends`."""
    behind = spans.after(member.begins, ends, step.distance)
    ahead = NONE if step.ordered else spans.before(member.ends, begins, step.distance)
    return member.entered(behind, ahead)


def _union(values: list[Ints]) -> Ints:
    return values[0] if len(values) == 1 else np.unique(np.concatenate(values))
