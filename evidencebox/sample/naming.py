"""How texts name an officer: in full, by rank, by badge, by nickname, broken, or misread.

The first time on a page a form is used that a careful reader could attribute to one member of the
roster; after that, short forms.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from evidencebox.sample.roster import RANKS, Cast, Member

Form = Callable[[random.Random, Member], str]


def _initial(member: Member) -> str:
    return f" {member.middle}." if member.middle else ""


def _first_last(rng: random.Random, member: Member) -> str:
    return member.full


def _first_middle_last(rng: random.Random, member: Member) -> str:
    return f"{member.first}{_initial(member)} {member.last}"


def _last_first(rng: random.Random, member: Member) -> str:
    return f"{member.last}, {member.first}{_initial(member)}"


def _rank_first_last(rng: random.Random, member: Member) -> str:
    return f"{rng.choice((member.rank, RANKS[member.rank]))} {member.full}"


def _rank_last(rng: random.Random, member: Member) -> str:
    return f"{rng.choice((member.rank, RANKS[member.rank]))} {member.surname}"


def _rank_initial_last(rng: random.Random, member: Member) -> str:
    return f"{RANKS[member.rank]} {member.first[0]}. {member.surname}"


def _rank_nickname(rng: random.Random, member: Member) -> str:
    return f"{RANKS[member.rank]} {member.nickname or member.first} {member.surname}"


def _name_badge(rng: random.Random, member: Member) -> str:
    badge = rng.choice((f"(#{member.badge})", f"(badge {member.badge})"))
    return f"{RANKS[member.rank]} {member.full} {badge}"


def _last_badge(rng: random.Random, member: Member) -> str:
    return f"{member.rank} {member.surname}, badge {member.badge}"


def _badge_only(rng: random.Random, member: Member) -> str:
    return rng.choice(("badge {0}", "badge no. {0}", "badge #{0}")).format(member.badge)


def strong(rng: random.Random, cast: Cast, member: Member) -> str:
    """A form that points at this member alone."""
    forms: list[Form] = [_name_badge, _name_badge, _last_badge, _badge_only]
    if cast.lone_name(member):
        forms += [_first_last, _last_first, _rank_first_last, _rank_first_last, _first_middle_last]
    if cast.lone_surname(member):
        forms += [_rank_last, _rank_last, _rank_initial_last, _rank_nickname]
    elif cast.lone_initial(member) and cast.lone_name(member):
        forms.append(_rank_initial_last)
    return rng.choice(forms)(rng, member)


def formal(rng: random.Random, cast: Cast, member: Member) -> str:
    """A form for headings and letters: a full name, with the badge where the name is shared."""
    if cast.lone_name(member):
        return rng.choice((_rank_first_last, _first_middle_last, _last_first))(rng, member)
    return _name_badge(rng, member)


def weak(rng: random.Random, cast: Cast, member: Member) -> str:
    """A short form for a page that has named the member before."""
    return rng.choice((_rank_last, _rank_last, _rank_initial_last))(rng, member)


def _told_apart(cast: Cast, member: Member) -> str:
    """The badge, where the name alone could be another member's."""
    return "" if cast.lone_name(member) else f" (#{member.badge})"


def line_end(rng: random.Random, cast: Cast, member: Member) -> str:
    """The full name with its surname hyphenated at the end of a line, if it is long enough."""
    surname = member.surname
    if len(surname) < 6:
        return line_break(rng, cast, member)
    cut = len(surname) // 2
    broken = f"{surname[:cut]}-\n{surname[cut:]}{_told_apart(cast, member)}"
    return f"{RANKS[member.rank]} {member.first} {broken}"


def line_break(rng: random.Random, cast: Cast, member: Member) -> str:
    """The name broken between its parts."""
    return f"{RANKS[member.rank]} {member.first}\n{member.last} (#{member.badge})"


_SLIPS = (("m", "rn"), ("ll", "1l"), ("d", "cl"), ("o", "0"), ("i", "l"), ("e", "c"), ("l", "1"))


def slip(rng: random.Random, cast: Cast, member: Member) -> str:
    """The name as a poor OCR run reads it, one letter wrong."""
    surname = member.surname
    for right, wrong in _SLIPS:
        if right in surname[1:]:
            surname = surname[0] + surname[1:].replace(right, wrong, 1)
            break
    return f"{member.rank} {member.first} {surname}{_told_apart(cast, member)}"


def nickname(rng: random.Random, cast: Cast, member: Member) -> str:
    """The nickname with the surname, or the full name where there is no nickname."""
    if member.nickname and cast.lone_surname(member):
        return f"{member.nickname} {member.surname}"
    return _name_badge(rng, member)


def former_name(rng: random.Random, cast: Cast, member: Member) -> str:
    """The present name with the one before."""
    before = f"formerly {member.first} Lindholm"
    return f"{member.rank} {member.full} ({before}){_told_apart(cast, member)}"
