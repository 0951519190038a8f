"""Acts, and the state that a set of acts means (DESIGN.md, section 8). Pure.

An act's digest covers everything but its payload, of which it covers a salted hash: so content
can be purged by order while the chain still verifies. The state is a function of the *set* of
acts: `standing` picks, for each key, the act that stands, whatever the order of arrival.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from evidencebox.model.ids import ActId

FIRST = "0" * 64
"""What the first act of a chain names as the one before it."""

Target = Mapping[str, Any]


class Kind(StrEnum):
    """What an act does. `clear` kinds take back what the same author set at the same key."""

    REVIEWER = "reviewer.add"
    ACQUISITION = "acquisition.record"
    OFFICER = "officer.put"
    TAG = "tag.set"
    UNTAG = "tag.clear"
    LABEL = "label.set"
    UNLABEL = "label.clear"
    REVIEWED = "review.set"
    UNREVIEWED = "review.clear"
    UNDO = "undo"


_FAMILY = {
    Kind.REVIEWER: "reviewer",
    Kind.ACQUISITION: "acquisition",
    Kind.OFFICER: "officer",
    Kind.TAG: "tag",
    Kind.UNTAG: "tag",
    Kind.LABEL: "label",
    Kind.UNLABEL: "label",
    Kind.REVIEWED: "review",
    Kind.UNREVIEWED: "review",
}
CLEARING = frozenset({Kind.UNTAG, Kind.UNLABEL, Kind.UNREVIEWED})
_SHARED = frozenset({"officer", "acquisition"})
_KEY_PARTS = ("document", "page", "start", "end", "version", "officer", "label", "author", "trove")


@dataclass(frozen=True)
class Act:
    """One act. `seq` counts in the chain of author and device from 1; `clock` is a Lamport clock.

    `author` is a public key, `device` a random id, `previous` the digest of the act before it in
    its chain, `payload_hash` H(salt ‖ payload); all hex. `utc` is the device's clock, for people.
    """

    author: str
    device: str
    seq: int
    utc: str
    clock: int
    kind: Kind
    targets: tuple[Target, ...]
    payload_hash: str
    previous: str

    @cached_property
    def digest(self) -> bytes:
        """32 bytes over the canonical form."""
        body = {
            "author": self.author,
            "clock": self.clock,
            "device": self.device,
            "kind": self.kind.value,
            "payload": self.payload_hash,
            "previous": self.previous,
            "seq": self.seq,
            "targets": [dict(t) for t in self.targets],
            "utc": self.utc,
        }
        return hashlib.sha256(b"evidencebox act 1\0" + canonical(body).encode()).digest()

    @cached_property
    def id(self) -> ActId:
        """The digest in hex."""
        return ActId(self.digest.hex())


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, ASCII, no floating-point numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_payload(salt: bytes, payload: str) -> str:
    """H(salt ‖ payload): without the salt, a purged payload cannot be guessed back."""
    return hashlib.sha256(salt + payload.encode()).hexdigest()


def keys_of(act: Act) -> tuple[str, ...]:
    """The state keys an act speaks of, one a target; none for an undo."""
    family = _FAMILY.get(act.kind)
    if family is None:
        return ()
    author = "" if family in _SHARED else act.author
    return tuple(_key(family, target, author) for target in act.targets)


def _key(family: str, target: Target, author: str) -> str:
    parts = [str(target[name]) if name in target else "" for name in _KEY_PARTS]
    return canonical([family, *parts, author])


def undone(acts: Iterable[Act]) -> set[ActId]:
    """The acts that an undo in force takes back. Only an act's own author can undo it.

    An undo that is itself undone is not in force (that is redo), to any depth.
    """
    by_id = {act.id: act for act in acts}
    undoers: dict[ActId, list[ActId]] = defaultdict(list)
    for act_id, act in by_id.items():
        if act.kind is Kind.UNDO:
            for target in act.targets:
                other = by_id.get(ActId(target["act"]))
                if other is not None and other.author == act.author:
                    undoers[other.id].append(act_id)
    gone: dict[ActId, bool] = {}
    for act_id in list(undoers):
        _settle(act_id, undoers, gone)
    return {act_id for act_id, is_gone in gone.items() if is_gone}


def _settle(act_id: ActId, undoers: Mapping[ActId, list[ActId]], gone: dict[ActId, bool]) -> None:
    """Decides for `act_id` and all above it, without recursion: undo and redo may alternate long.

    It ends because an undo names the digest of what it undoes: there are no circles.
    """
    stack = [act_id]
    while stack:
        current = stack[-1]
        open_above = [u for u in undoers.get(current, ()) if u not in gone]
        if open_above:
            stack.extend(open_above)
        else:
            gone[current] = any(not gone[u] for u in undoers.get(current, ()))
            stack.pop()


def standing(acts: Iterable[Act]) -> dict[str, tuple[Act, int]]:
    """Key → the act that stands there, and which of its targets. Cleared keys are left out."""
    known = {act.id: act for act in acts}
    gone = undone(known.values())
    winners: dict[str, tuple[Act, int]] = {}
    for act_id, act in known.items():
        if act_id in gone:
            continue
        for number, key in enumerate(keys_of(act)):
            held = winners.get(key)
            if held is None or _rank(act) >= _rank(held[0]):
                winners[key] = (act, number)
    return {key: win for key, win in winners.items() if win[0].kind not in CLEARING}


def _rank(act: Act) -> tuple[int, str]:
    return act.clock, act.id
