"""Acts, and the state that a set of acts means (DESIGN.md, section 8). Pure.

An act's digest covers everything but its payload, of which it covers a salted hash: so content
can be purged by order while the chain still verifies. A batch about several documents has a part
of its payload for each, so that one document's can go without the others'. The state is a function
of the *set* of acts: `standing` picks, for each key, the act that stands, whatever the order of
arrival.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from evidencebox.model.ids import ActId
from evidencebox.model.payloads import Target, canonical

FIRST = "0" * 64
"""What the first act of a chain names as the one before it."""


class Kind(StrEnum):
    """What an act does. `clear` kinds take back what the same author set at the same key."""

    REVIEWER = "reviewer.add"
    ROLE = "reviewer.role"
    SEALING = "sealed.scheme"
    ACQUISITION = "acquisition.record"
    OFFICER = "officer.put"
    MERGE = "officer.merge"
    UNMERGE = "officer.split"
    MENTION = "mention.answer"
    UNMENTION = "mention.clear"
    ELEMENT = "element.answer"
    NOTICE = "notice.set"
    TAG = "tag.set"
    UNTAG = "tag.clear"
    LABEL = "label.set"
    UNLABEL = "label.clear"
    REVIEWED = "review.set"
    UNREVIEWED = "review.clear"
    SEARCH = "search.save"
    UNSEARCH = "search.clear"
    SETTLE = "conflict.settle"
    LOOK = "sealed.look"
    EXPORT = "sealed.export"
    HANDED = "export.made"
    EXHIBIT = "exhibit.add"
    EXHIBIT_SET = "exhibit.set"
    BATES = "bates.assign"
    REDACTION = "redaction.set"
    MATERIAL = "material.report"
    UNMATERIAL = "material.clear"
    PURGE = "purge.order"
    VAULT = "vault.event"
    SETTING = "setting.put"
    PASSWORD = "password.change"
    UNDO = "undo"


_FAMILY = {
    Kind.REVIEWER: "reviewer",
    Kind.ROLE: "role",
    Kind.SEALING: "sealing",
    Kind.ACQUISITION: "acquisition",
    Kind.OFFICER: "officer",
    Kind.MERGE: "merge",
    Kind.UNMERGE: "merge",
    Kind.MENTION: "mention",
    Kind.UNMENTION: "mention",
    Kind.ELEMENT: "mention",
    Kind.NOTICE: "notice",
    Kind.TAG: "tag",
    Kind.UNTAG: "tag",
    Kind.LABEL: "label",
    Kind.UNLABEL: "label",
    Kind.REVIEWED: "review",
    Kind.UNREVIEWED: "review",
    Kind.SEARCH: "search",
    Kind.UNSEARCH: "search",
    Kind.SETTLE: "settlement",
    Kind.LOOK: "look",
    Kind.EXPORT: "export",
    Kind.EXHIBIT: "exhibit",
    Kind.EXHIBIT_SET: "exhibit",
    Kind.BATES: "bates",
    Kind.REDACTION: "redaction",
    Kind.MATERIAL: "material",
    Kind.UNMATERIAL: "material",
    Kind.PURGE: "purge",
}
CLEARING = frozenset(
    {
        Kind.UNTAG,
        Kind.UNLABEL,
        Kind.UNREVIEWED,
        Kind.UNSEARCH,
        Kind.UNMATERIAL,
        Kind.UNMERGE,
        Kind.UNMENTION,
    }
)
_SHARED = frozenset(
    {
        *("officer", "merge", "acquisition", "role", "sealing", "settlement", "material", "purge"),
        "notice",
    }
)
FINAL = frozenset(
    {
        Kind.REVIEWER,
        Kind.ROLE,
        Kind.SEALING,
        Kind.ACQUISITION,
        Kind.LOOK,
        Kind.EXPORT,
        Kind.HANDED,
        Kind.BATES,
        Kind.MATERIAL,
        Kind.UNMATERIAL,
        Kind.PURGE,
        Kind.SETTING,
        Kind.PASSWORD,
    }
)
"""What no undo takes back: who somebody is, what was acquired, looked at, ordered, set."""

_NEVER_PURGED = frozenset({Kind.PURGE, Kind.LOOK, Kind.EXPORT, Kind.MATERIAL, Kind.UNMATERIAL})
"""What was done with a document, and not what stands in it."""

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


def purgeable(act: Act, part: int, documents: Iterable[str]) -> bool:
    """Whether a part of an act's payload is about `documents` alone, and so goes with them."""
    if act.kind in _NEVER_PURGED:
        return False
    named = [target.get("document") for target in act.targets]
    about = set(named) if part == 0 else {named[part - 1]} if part <= len(named) else set()
    return bool(about) and about <= set(documents)


def purged_documents(acts: Iterable[Act]) -> set[str]:
    """The documents that an act orders to be removed."""
    orders = (act for act in acts if act.kind is Kind.PURGE)
    return {t["document"] for act in orders for t in act.targets if "document" in t}


def document_of(act: Act, number: int) -> str | None:
    """The document whose state a target is about; None for what a purge leaves."""
    if act.kind in _NEVER_PURGED:
        return None
    found = act.targets[number].get("document")
    return None if found is None else str(found)


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
                if other is not None and other.author == act.author and other.kind not in FINAL:
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


def standing(
    acts: Iterable[Act], purged: Iterable[str] | None = None
) -> dict[str, tuple[Act, int]]:
    """Key → the act that stands there, and which of its targets.

    Cleared keys are left out, and those about documents that were purged by order: `purged`, or
    those that `acts` themselves order to be.
    """
    known = {act.id: act for act in acts}
    gone = undone(known.values())
    winners: dict[str, tuple[Act, int]] = {}
    for act_id, act in known.items():
        if act_id in gone:
            continue
        for number, key in enumerate(keys_of(act)):
            held = winners.get(key)
            if held is None or rank(act) >= rank(held[0]):
                winners[key] = (act, number)
    removed = set(purged_documents(known.values()) if purged is None else purged)
    return {
        key: win
        for key, win in winners.items()
        if win[0].kind not in CLEARING and document_of(*win) not in removed
    }


def rank(act: Act) -> tuple[int, str]:
    """What decides between two acts about one key: the later clock, then the higher id."""
    return act.clock, act.id
