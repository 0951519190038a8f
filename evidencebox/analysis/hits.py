"""Where something of the roster stands on a page: surnames, misread ones, addresses, badges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidencebox.analysis.roster import Bearer, Person, Roster, badge_key
from evidencebox.analysis.slips import SHORTEST
from evidencebox.analysis.title_lists import RANK_PREFIXES, RANKS

_URL = re.compile(r"://|www\.")
_LOCAL = re.compile(r"[\w.+'=&*-]+")
_ADDRESS_AFTER = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_CAPITALS = re.compile(r"[A-Z][A-Za-z0-9|!'’]{4,}")
_MIXED = re.compile(r"[A-Za-z0-9|!][A-Za-z0-9|!'’]{4,}")
_BREAK = re.compile(r"-[ \t\r]*\n[ \t]*([^\W\d_]{2,})")
_BADGE = re.compile(r"\s*(?:no\.?|nos\.?|number|num\.?|nr\.?|id)?[\s:#.]*([a-z]{0,3}-?\d{1,8})\b")
_HASH = re.compile(r"#\s?([a-z]{0,3}-?\d{2,8})\b")
_NOT_ALONE = frozenset("@'")
_GLUE = frozenset("./=?&%~_-+\\@")


@dataclass(frozen=True, slots=True)
class NameHit:
    """A surname. `slip`: empty, or `look` or `edit` where it is misread; `broken` over a line."""

    start: int
    end: int
    key: str
    bearers: tuple[Bearer, ...]
    slip: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class SureHit:
    """A badge or an address. `how`: badge, column, email, full or initial (of a local part)."""

    start: int
    end: int
    people: tuple[tuple[Person, str], ...]
    value: str


@dataclass(slots=True)
class PageHits:
    """All of a page, by place. `ranks`: where ranks end."""

    names: list[NameHit]
    sure: list[SureHit]
    ranks: list[tuple[int, int]]


def hits_on(roster: Roster, text: str, folded: str, *, misread: bool) -> PageHits:
    """Everything on a page. `misread`: its text was recognised from a picture."""
    names: list[tuple[int, int, str]] = []
    badge_words: list[int] = []
    ranks: list[tuple[int, int]] = []
    length = len(folded)
    kinds, patterns = roster.kinds, roster.patterns
    for number, start, end in roster.automaton.find_matches_as_indexes(folded, overlapping=True):
        if end < length and folded[end].isalnum():
            continue
        kind = kinds[number]
        if kind == "s":
            if start and (folded[start - 1].isalnum() or folded[start - 1] in _NOT_ALONE):
                continue
            names.append((start, end, patterns[number]))
        elif start and folded[start - 1].isalnum():
            continue
        elif kind == "b":
            badge_words.append(end)
        else:
            ranks.append((start, end))
    found = [_name(roster, hit) for hit in _longest(names) if _stands(text, folded, hit)]
    found += _broken_names(roster, folded)
    found += _misread_names(roster, text, misread)
    found = _apart(found)
    sure = list(_addresses(roster, folded))
    sure += _badges(roster, folded, badge_words)
    return PageHits(found, sure, ranks)


def _name(roster: Roster, hit: tuple[int, int, str]) -> NameHit:
    start, end, key = hit
    return NameHit(start, end, key, tuple(roster.surnames[key]))


def _longest(names: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Leaves out what lies inside a longer name: Hart of Reyes-Hart."""
    last = 0
    for hit in sorted(names, key=lambda hit: (hit[0], -hit[1])):
        if hit[1] > last:
            last = hit[1]
            yield hit


def _stands(text: str, folded: str, hit: tuple[int, int, str]) -> bool:
    """Whether it is a name of its own, not part of a double name, an address or a file's name."""
    start, end, _ = hit
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    if before in _GLUE and not _before_stands(folded, start, before):
        return False
    if after == "-":
        return not folded[end + 1 : end + 2].isalpha() or text[end + 1].islower()
    if after == "'":
        return not folded[end + 1 : end + 2].isalpha() or folded[end + 1 : end + 2] == "s"
    if after in "@_=":
        return False
    if after == "." and folded[end + 1 : end + 2].isalnum():
        return text[start].isupper() and text[end + 1].isupper()
    return True


def _before_stands(folded: str, start: int, before: str) -> bool:
    if before == "-":
        return not folded[start - 2 : start - 1].isalnum()
    if before == ".":
        glued = folded[max(0, start - 3) : start - 1]
        return not glued[-1:].isalnum() or (len(glued) < 2 or not glued[0].isalnum())
    if before == "/":
        return not _URL.search(folded, max(0, start - 80), start)
    return False


def _broken_names(roster: Roster, folded: str) -> Iterator[NameHit]:
    """Surnames hyphenated at the end of a line."""
    for match in _BREAK.finditer(folded):
        start = match.start()
        while start and folded[start - 1].isalpha():
            start -= 1
        head = folded[start : match.start()]
        for key in (head + match[1], f"{head}-{match[1]}"):
            if head and key in roster.surnames:
                bearers = tuple(roster.surnames[key])
                yield NameHit(start, match.end(), key, bearers, broken=True)
                break


def _misread_names(roster: Roster, text: str, misread: bool) -> Iterator[NameHit]:
    pattern = _MIXED if misread else _CAPITALS
    slips = roster.slips
    slipped = slips.among(set(pattern.findall(text)))
    if not slipped:
        return
    for match in pattern.finditer(text):
        if match[0] in slipped:
            for key, how in slips.of(match[0]):
                bearers = tuple(roster.surnames[key])
                yield NameHit(match.start(), match.end(), key, bearers, slip=how)


def _apart(hits: list[NameHit]) -> list[NameHit]:
    """By place; a slip gives way to what is no slip, and to one that only looks alike."""
    hits.sort(key=lambda hit: (hit.start, hit.slip != "", hit.slip != "look", hit.start - hit.end))
    kept: list[NameHit] = []
    for hit in hits:
        before = kept[-1] if kept else None
        if before is not None and hit.start < before.end:
            if hit.slip and (not before.slip or before.slip != hit.slip):
                continue
            if not hit.slip and before.slip:
                kept.pop()
            elif not hit.slip and not hit.broken:
                continue
        kept.append(hit)
    return kept


def _addresses(roster: Roster, folded: str) -> Iterator[SureHit]:
    if "@" not in folded:
        return
    for word in {word for word in folded.split() if "@" in word}:
        if not _may_be_known(roster, word):
            continue
        known = [hit for hit in _in_word(roster, word) if hit is not None]
        at = folded.find(word) if known else -1
        while at >= 0:
            # Not inside a longer run: the same word is then looked at by itself.
            if (at == 0 or folded[at - 1].isspace()) and _ends(folded, at + len(word)):
                for hit in known:
                    yield replace(hit, start=at + hit.start, end=at + hit.end)
            at = folded.find(word, at + len(word))


def _may_be_known(roster: Roster, word: str) -> bool:
    """A quick look at what stands before the @: most addresses are nobody's."""
    head, _, rest = word.partition("@")
    head = head[max(map(head.rfind, "<:(\"[,;'")) + 1 :]
    return "@" in rest or head in roster.heads or head.rstrip("0123456789") in roster.heads


def _ends(folded: str, at: int) -> bool:
    return at >= len(folded) or folded[at].isspace()


def _in_word(roster: Roster, word: str) -> Iterator[SureHit | None]:
    at = word.find("@")
    while at >= 0:
        local = _LOCAL.match(word[max(0, at - 64) : at][::-1])
        after = _ADDRESS_AFTER.match(word, at + 1)
        if local and after:
            start = at - len(local[0].rstrip("'.=-"))
            yield _address(roster, word[start : after.end()], start)
        at = word.find("@", at + 1)


def _address(roster: Roster, address: str, start: int) -> SureHit | None:
    end = start + len(address)
    known = roster.emails.get(address)
    if known:
        return SureHit(start, end, tuple((person, "email") for person in known), address)
    local, _, domain = address.partition("@")
    own = domain in roster.domains
    people = roster.locals.get(local) or roster.locals.get(local.rstrip("0123456789"))
    # An own domain's addresses are all on the roster, so a like one there is somebody else's.
    if not people or (own and all(person.emails for person, _ in people)):
        return None
    return SureHit(start, end, tuple(dict.fromkeys(people)), address)


def _badges(roster: Roster, folded: str, words: list[int]) -> Iterator[SureHit]:
    if not roster.badges:
        return
    seen: set[int] = set()
    for end in words:
        match = _BADGE.match(folded, end)
        if match and match.start(1) not in seen:
            people = roster.badges.get(badge_key(match[1]))
            seen.add(match.start(1))
            if people:
                yield _badge(match.start(1), match.end(1), people, "badge")
        yield from _column(roster, folded, end, seen)
    if "#" in folded:
        for match in _HASH.finditer(folded):
            people = roster.badges.get(badge_key(match[1]))
            if people and match.start(1) not in seen and _ranked(folded, match.start()):
                yield _badge(match.start(1), match.end(1), people, "badge")


def _badge(start: int, end: int, people: list[Person], how: str) -> SureHit:
    return SureHit(start, end, tuple((person, how) for person in people), "")


def _ranked(folded: str, start: int) -> bool:
    """Whether a rank stands right before, as in `Officer #4471`."""
    words = folded[max(0, start - 24) : start].split()
    return (
        bool(words)
        and words[-1].strip("(.,:") in RANKS
        and words[-1] not in RANK_PREFIXES - set(RANKS)
    )


def _column(roster: Roster, folded: str, end: int, seen: set[int]) -> Iterator[SureHit]:
    """The cells below a column's head that says badge, as long as the table goes on."""
    begin = folded.rfind("\n", 0, end) + 1
    stop = folded.find("\n", end)
    if stop < 0:
        return
    head = _cells(folded[begin:stop])
    column = next((n for n, (s, e) in enumerate(head) if s <= end - begin - 1 < e), None)
    if column is None or len(head) < 2 or head[column][1] - head[column][0] > 24:
        return
    tabbed = "\t" in folded[begin:stop]
    at = head[column][0]
    while 0 <= stop < len(folded) - 1:
        begin, stop = stop + 1, folded.find("\n", stop + 1)
        line = folded[begin : stop if stop >= 0 else len(folded)]
        cells = _cells(line)
        if len(cells) < 2:
            return
        if tabbed:
            cell = cells[column] if column < len(cells) else None
        else:
            cell = next((cell for cell in cells if abs(cell[0] - at) <= 1), None)
        if cell is None:
            continue
        start = begin + cell[0]
        people = (
            roster.badges.get(badge_key(line[cell[0] : cell[1]])) if cell[1] > cell[0] else None
        )
        if people and start not in seen:
            seen.add(start)
            yield _badge(start, begin + cell[1], people, "column")


_CELL = re.compile(r"\S+(?: \S+)*")


def _cells(line: str) -> list[tuple[int, int]]:
    """A line's cells, divided by tabs or by two spaces and more."""
    if "\t" in line:
        found, at = [], 0
        for cell in line.split("\t"):
            trimmed = cell.strip()
            start = at + cell.find(trimmed) if trimmed else at
            found.append((start, start + len(trimmed)))
            at += len(cell) + 1
        return found
    return [match.span() for match in _CELL.finditer(line)]


__all__ = ["SHORTEST", "NameHit", "PageHits", "SureHit", "hits_on"]
