"""What speaks for and against a surname's being an officer's, and how much.

Weights are natural logarithms of odds, so that they add up: +1.1 makes something three times as
likely. They were set by reasoning and checked on made-up and public texts, never fitted to one.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from evidencebox.analysis.claims import OTHER_GIVEN, RARE, Claim, Item, Reading
from evidencebox.analysis.context import Left, Right, Word, place_before
from evidencebox.analysis.name_lists import GIVEN
from evidencebox.analysis.roster import Bearer, Person, Roster
from evidencebox.analysis.slips import look
from evidencebox.analysis.surname_lists import COMMON_SURNAMES, EVERYDAY, WORD_SURNAMES
from evidencebox.analysis.title_lists import MONTHS, RANKS

_SHORT = 3
"""Letters of a surname that may as well be an abbreviation."""


def surname_items(reading: Reading, layer_ocr: bool, lower_count: int) -> list[Item]:
    """What the surname's writing alone says, the same for all its bearers."""
    hit = reading.hit
    items: list[Item] = []
    first = reading.written[:1]
    key = hit.key
    word = key in WORD_SURNAMES or key in EVERYDAY or lower_count >= 2
    items.append(_commonness(key, word))
    if first.islower():
        items.append(Item("lower", -3.0 if word else -0.7, "it is written small"))
    elif word and _shouted(reading):
        items.append(Item("shouted", -1.0, "all words around are in capitals"))
    elif word and reading.left.opens and not reading.left.ranks:
        items.append(Item("opens", -1.5, "it begins a sentence"))
    if hit.slip == "look":
        items.append(
            Item("misread", -0.6 if layer_ocr else -1.2, "it is spelt as a poor scan reads it")
        )
    elif hit.slip:
        items.append(Item("slip", -1.6 if layer_ocr else -2.2, "one letter differs"))
    return items + _place_items(reading, word)


def _commonness(key: str, word: bool) -> Item:
    """How much a surname by itself says: little, even where it is rare."""
    if " " in key or "-" in key or "'" in key:
        return Item("double", 1.5, "a name of several parts")
    if word:
        return Item("word", -2.5, "the surname is also a word or a place")
    if key in GIVEN:
        return Item("given_like", -1.5, "the surname is also a given name")
    if key in COMMON_SURNAMES:
        return Item("common", -0.6, "the surname is common")
    if len(key) <= _SHORT:
        return Item("short", -1.0, "the surname is short, and other things are written so")
    return Item(RARE, -0.2, "the surname is rare, and by itself says little")


def _shouted(reading: Reading) -> bool:
    text = reading.text[max(0, reading.hit.start - 20) : reading.hit.end + 20]
    return text.isupper()


def _place_items(reading: Reading, word: bool) -> list[Item]:
    right, left = reading.right, reading.left
    if right.place:
        return [Item("place", -5.0, f"a {right.place} is named so")]
    if (before := place_before(left)) and not left.ranks:
        return [Item("place", -3.0, f"“{before}” stands before it, as in a place's name")]
    dated = reading.hit.key in MONTHS and (
        right.number or left.mark.isdigit() or left.before.isdigit()
    )
    if dated or (word and right.number and right.mark == " "):
        return [Item("number", -4.0, "a number follows, as with a date or a count")]
    return []


def claim(roster: Roster, reading: Reading, bearer: Bearer) -> Claim:
    """All that the words around a surname say for one of its bearers."""
    hit, person = reading.hit, bearer.person
    found = Claim(bearer, [], hit.start, max(hit.end, reading.right.end))
    if bearer.kind == "part":
        found.items.append(Item("part", -1.2, "it is one part of a double name"))
    elif bearer.kind != "own":
        found.items.append(Item(bearer.kind, -0.3, f"it is a{_kind_words(bearer.kind)} name"))
    _rank_items(found, reading.left, person)
    _given_items(found, reading, roster)
    _suffix_items(found, reading.right, person)
    found.form = _form(found, reading)
    return found


def _kind_words(kind: str) -> str:
    return " former" if kind == "former" else "nother known"


def _rank_items(found: Claim, left: Left, person: Person) -> None:
    if left.ranks:
        rank = left.ranks[0].text
        found.start = min(found.start, left.ranks[-1].start)
        found.items.append(Item("rank", 2.5, f"the rank “{rank}” stands before it"))
        if person.rank:
            if any(RANKS.get(word.text) == person.rank for word in left.ranks):
                found.items.append(Item("same_rank", 0.8, "which is the roster's"))
            else:
                found.items.append(Item("other_rank", -0.5, "which is not the roster's"))
    elif left.title in ("mr", "mrs", "ms", "miss"):
        found.items.append(Item("title", -0.7, f"“{left.title}” stands before it"))
    elif left.title:
        found.items.append(Item("title", -1.5, f"“{left.title}” stands before it"))


def _given_items(found: Claim, reading: Reading, roster: Roster) -> None:
    """Given names on either side: first whether any is his, then whether any is another's."""
    person, left, right = found.bearer.person, reading.left, reading.right
    if left.names and _before_items(found, left, person, roster):
        return
    if right.names and _after_items(found, reading, right, person, roster):
        return
    if left.names and not left.broken and _contradicts(found, left.names[0], left, roster):
        return
    if right.names:
        _contradicts_after(found, reading, right, roster)


def _before_items(found: Claim, left: Left, person: Person, roster: Roster) -> bool:
    """Given names before the surname. Returns whether they say anything."""
    names = left.names
    nearest = names[0]
    further = names[1] if len(names) > 1 else None
    if len(nearest.text) == 1 and further is not None and len(further.text) > 1:
        how = given_kind(further.text, person, roster)
        if how:
            _say(found, how, further, "before")
            _middle_items(found, nearest, person)
            return True
    how = given_kind(nearest.text, person, roster)
    if how and (nearest.capital or how in ("first", "nick")):
        _say(found, how, nearest, "before")
        if how == "initial" and further is not None and len(further.text) == 1:
            found.start = min(found.start, further.start)
        return True
    if further is not None:
        how = given_kind(further.text + nearest.text, person, roster) or given_kind(
            further.text, person, roster
        )
        if how and how != "initial":
            _say(found, how, further, "before")
            _middle_items(found, nearest, person)
            return True
    return False


def _contradicts(found: Claim, name: Word, left: Left, roster: Roster) -> bool:
    text = name.text
    if len(text) == 1:
        found.items.append(Item(OTHER_GIVEN, -4.0, f"the initial {text.upper()}. is not his"))
    elif text in roster.given and name.capital:
        found.items.append(Item(OTHER_GIVEN, -6.0, "another given name stands before it"))
    elif name.capital and not left.ranks and text not in roster.surnames:
        opens = len(left.names) == 1 and not left.before and left.mark in ("", ".", "!", "?", ":")
        found.items.append(
            Item("unknown_word", -0.8 if opens else -2.2, "an unknown name stands before it")
        )
    else:
        return False
    return True


def _after_items(
    found: Claim, reading: Reading, right: Right, person: Person, roster: Roster
) -> bool:
    """`Reyes, Dana M.`; `Reyes<tab>Dana`; `REYES DANA`. Returns whether it is his name."""
    first = right.names[0]
    second = right.names[1] if len(right.names) > 1 else None
    if not first.capital and right.mark not in ("\t", ","):
        return False
    how = given_kind(first.text, person, roster)
    if right.mark == " ":
        # Without a comma only a full given name counts: `Grant Reyes` is another person's name.
        if how not in ("first", "nick") or _is_surname(first, roster):
            return False
    elif not how or (how == "initial" and (len(first.text) > 1 or not first.capital)):
        return False
    _say(found, how, first, "after")
    found.inverted = True
    if second is not None and second.capital and _may_be_middle(second, person):
        _middle_items(found, second, person)
    return True


def _contradicts_after(found: Claim, reading: Reading, right: Right, roster: Roster) -> None:
    first = right.names[0]
    if not first.capital or right.mark == "":
        return
    if right.mark == " ":
        if _is_surname(first, roster):
            found.items.append(
                Item("is_given", -3.5, "it is itself the given name of another surname")
            )
        elif reading.hit.key in roster.given:
            found.items.append(Item("is_given", -3.0, "it stands where a given name would"))
        return
    second = right.names[1] if len(right.names) > 1 else None
    listed = second is not None and second.capital and len(second.text) > 2
    if first.text in roster.given and not listed and len(first.text) > 1:
        found.items.append(Item(OTHER_GIVEN, -6.0, "another given name follows it"))


def _may_be_middle(word: Word, person: Person) -> bool:
    return len(word.text) == 1 or word.text in person.middles


def _is_surname(word: Word, roster: Roster) -> bool:
    return word.text in roster.surnames and word.text not in GIVEN


_GIVEN = {
    "first": (4.0, "the first name stands {}"),
    "nick": (3.2, "a short form of the first name stands {}"),
    "slip": (2.4, "the first name stands {}, one letter off"),
    "middle": (2.2, "the middle name stands {}"),
    "initial": (1.8, "the initial of the first name stands {}"),
}


def _say(found: Claim, how: str, word: Word, where: str) -> None:
    weight, words = _GIVEN[how]
    found.given = how
    found.items.append(Item(how, weight, words.format(f"{where} it")))
    found.start = min(found.start, word.start)
    found.end = max(found.end, word.end)


def given_kind(text: str, person: Person, roster: Roster) -> str:
    """first, nick, slip, middle, initial, or nothing where it is not the person's given name."""
    if text in person.firsts:
        return "first"
    if text in person.nicks:
        return "nick"
    if len(text) == 1:
        return "initial" if text in person.initials else ""
    if text in person.middles:
        return "middle"
    if not person.firsts and text[0] in person.initials:
        return "initial"
    if len(text) >= 4 and text not in roster.given:
        for name in person.firsts:
            if len(name) >= 4 and _alike(text, name):
                return "slip"
    return ""


@lru_cache(maxsize=1 << 16)
def _alike(text: str, name: str) -> bool:
    return look(text) == look(name) or OSA.distance(text, name, score_cutoff=1) <= 1


def _middle_items(found: Claim, word: Word, person: Person) -> None:
    found.start, found.end = min(found.start, word.start), max(found.end, word.end)
    if not person.middles:
        return
    if word.text in person.middles or word.text[0] in {name[0] for name in person.middles}:
        found.items.append(Item("middle_initial", 1.2, "the middle initial agrees"))
    else:
        found.items.append(Item("other_middle", -2.5, "the middle initial is another"))


def _suffix_items(found: Claim, right: Right, person: Person) -> None:
    if right.suffix and person.suffix:
        same = right.suffix == person.suffix
        words = f"“{right.suffix}.” follows" + ("" if same else ", which is not his")
        found.items.append(Item("suffix" if same else "other_suffix", 2.0 if same else -4.0, words))


def _form(found: Claim, reading: Reading) -> str:
    """The name form, in the words that `mentions --json` and the window use."""
    parts = ["rank"] if reading.left.ranks else []
    if found.given:
        name = {"first": "first", "slip": "first", "nick": "nickname"}.get(found.given, found.given)
        parts += ["last", name] if found.inverted else [name, "last"]
    else:
        parts.append("last")
    if found.bearer.kind in ("former", "alias"):
        parts.insert(0, found.bearer.kind)
    if reading.hit.slip:
        parts.append("misread")
    return "_".join(parts)
