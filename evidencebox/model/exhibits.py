"""Exhibits and Bates numbers: what the acts say of them. Pure, and the same in any order of acts.

A number is for life: an exhibit that was taken back or withdrawn keeps it, and the next one gets
the next. Bates numbers are assigned once; what happens to a document later leaves a gap that says
why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.ledger import Act, Kind, rank, undone
from evidencebox.model.words import counted

KINDS: Final = (Kind.EXHIBIT, Kind.EXHIBIT_SET, Kind.BATES, Kind.UNDO)
_NUMBER: Final = re.compile(r"([A-Z]{1,8}-)([1-9]\d{0,5})")
Said = tuple[Act, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document with a number for life. `pages` are the document's; empty: all of them.

    `family`: its attachments follow it. `offered`, `marked` and `admitted` are dates or words of
    the court, empty where nothing was said. `taken_back`: whoever made it undid that; the number
    stays used. `clash`: another document has the same number, from another laptop.
    """

    act: ActId
    number: str
    document: DocumentId
    pages: tuple[int, ...]
    description: str
    family: bool
    order: int
    offered: str = ""
    marked: str = ""
    admitted: str = ""
    withdrawn: str = ""
    taken_back: bool = False
    clash: bool = False
    author: str = ""
    utc: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is built and listed as one."""
        return not (self.withdrawn or self.taken_back)


@dataclass(frozen=True, slots=True)
class Bates:
    """Numbers of one exhibit's or document's sheets: `first` and so many more, of a prefix.

    `key` says what was numbered, and from what: see `key_of`.
    """

    prefix: str
    digits: int
    first: int
    count: int
    document: DocumentId
    key: str
    act: ActId
    use: str = ""
    """`EXHIBITS` where the exhibit book assigned it; empty of a production."""

    def number(self, sheet: int) -> str:
        """Of a sheet, from 1."""
        return f"{self.prefix}{self.first + sheet - 1:0{self.digits}d}"

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last number."""
        return self.number(1), self.number(self.count)


def exhibits(said: Iterable[Said]) -> list[Exhibit]:
    """All exhibits there ever were, by their order and number."""
    known = {act.id: (act, payload) for act, payload in said}
    gone = undone(act for act, _ in known.values())
    ordered = sorted(known.values(), key=lambda pair: rank(pair[0]))
    found: dict[tuple[str, str], Exhibit] = {}
    for act, payload in ordered:
        for target in act.targets:
            key = (str(target.get("label", "")), str(target.get("document", "")))
            if act.kind is Kind.EXHIBIT and key not in found:
                found[key] = _exhibit(act, payload, *key, taken_back=act.id in gone)
            elif act.kind is Kind.EXHIBIT_SET and key in found and act.id not in gone:
                found[key] = _changed(found[key], payload)
    uses = Counter(each.number for each in found.values() if each.stands)
    listed = [replace(e, clash=e.stands and uses[e.number] > 1) for e in found.values()]
    return sorted(listed, key=lambda e: (e.order, parts(e.number), e.document))


def _exhibit(
    act: Act, payload: Mapping[str, Any], number: str, document: str, *, taken_back: bool
) -> Exhibit:
    return Exhibit(
        act.id,
        number,
        DocumentId(document),
        tuple(int(page) for page in payload.get("pages", ())),
        str(payload.get("description", "")),
        bool(payload.get("family", False)),
        int(payload.get("order", parts(number)[1])),
        taken_back=taken_back,
        author=act.author,
        utc=act.utc,
    )


_TEXTS: Final = ("description", "offered", "marked", "admitted", "withdrawn")


def _changed(exhibit: Exhibit, payload: Mapping[str, Any]) -> Exhibit:
    texts = {name: str(payload[name]) for name in _TEXTS if name in payload}
    # One act may put many in order; one undo takes that back.
    orders = payload.get("orders", {})
    order = int(orders.get(exhibit.number, payload.get("order", exhibit.order)))
    return replace(exhibit, order=order, **texts)  # type: ignore[arg-type]


def parts(number: str) -> tuple[str, int]:
    """Prefix and count of an exhibit's number; what has neither comes last."""
    match = _NUMBER.fullmatch(number)
    return (match[1], int(match[2])) if match else (number, 1 << 30)


def is_number(text: str) -> bool:
    """Whether it is a number such as PX-1."""
    return _NUMBER.fullmatch(text) is not None


def next_number(known: Sequence[Exhibit], prefix: str) -> str:
    """The one after the highest that was ever used."""
    used = [count for start, count in map(parts, (e.number for e in known)) if start == prefix]
    return f"{prefix}{max(used, default=0) + 1}"


def gaps(known: Sequence[Exhibit]) -> list[tuple[str, str]]:
    """Numbers that are not in the list of exhibits, each with the reason."""
    found = []
    standing = {e.number for e in known if e.stands}
    for exhibit in known:
        if exhibit.number not in standing and exhibit.taken_back:
            found.append((exhibit.number, "Assigned by mistake and taken back; not used again."))
        elif exhibit.number not in standing and exhibit.withdrawn:
            found.append((exhibit.number, f"Withdrawn: {exhibit.withdrawn}"))
    used = {parts(e.number) for e in known}
    for prefix in sorted({start for start, _ in used}):
        last = max(count for start, count in used if start == prefix)
        missing = [n for n in range(1, last) if (prefix, n) not in used]
        found += [(f"{prefix}{n}", "Left out when numbers were given by hand.") for n in missing]
    return sorted(found, key=lambda gap: parts(gap[0]))


# --- Bates ---------------------------------------------------------------------------------------


def key_of(document: DocumentId, pages: Sequence[int]) -> str:
    """What is numbered: a document, or the same pages of it."""
    return document + (":" + ",".join(map(str, pages)) if pages else "")


def bates(said: Iterable[Said]) -> list[Bates]:
    """Every range that was ever assigned, as they were."""
    known = {act.id: (act, payload) for act, payload in said if act.kind is Kind.BATES}
    return [
        Bates(
            str(payload["prefix"]),
            int(payload["digits"]),
            int(payload["first"]),
            int(payload["count"]),
            DocumentId(str(act.targets[0]["document"])),
            str(payload["key"]),
            act.id,
            str(payload.get("use", "")),
        )
        for act, payload in sorted(known.values(), key=lambda pair: rank(pair[0]))
        if "first" in payload
    ]


EXHIBITS: Final = "exhibits"


def shown(ranges: Sequence[Bates], prefix: str) -> dict[str, Bates]:
    """What is an exhibit → the numbers it bears in the book: those under the prefix of the case's
    stamps, else those that a profile of its own gave it; never those of a production."""
    ours = {each.key: each for each in ranges if each.use == EXHIBITS}
    return ours | current(ranges, prefix)


def current(ranges: Sequence[Bates], prefix: str) -> dict[str, Bates]:
    """What is numbered → the range that holds now: the last one assigned under the prefix."""
    return {each.key: each for each in ranges if each.prefix == prefix}


def bates_gaps(ranges: Sequence[Bates], prefix: str, used: Iterable[str]) -> list[tuple[str, str]]:
    """Ranges of a prefix that a production does not show, as `FIRST to LAST`, and why.

    `used`: the keys of what it shows.
    """
    now, shown = current(ranges, prefix), set(used)
    found = []
    for each in ranges:
        if each.prefix != prefix or (each.key in shown and now[each.key] is each):
            continue
        first, last = each.ends
        why = (
            f"{counted(each.count, 'sheet')} assigned, and replaced when the document was printed "
            "anew with another count of sheets."
            if now[each.key] is not each
            else f"{counted(each.count, 'sheet')} assigned to what is not in this production."
        )
        found.append((first if first == last else f"{first} to {last}", why))
    return found


def overlaps(ranges: Sequence[Bates]) -> list[tuple[Bates, Bates]]:
    """Ranges that two laptops gave to different documents."""
    ordered = sorted(ranges, key=lambda r: (r.prefix, r.first))
    return [
        (one, other)
        for one, other in pairwise(ordered)
        if one.prefix == other.prefix and one.first + one.count > other.first
    ]
