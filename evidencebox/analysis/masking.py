"""What screens, lists and logs show of a private value: enough to know it again, and no more."""

from __future__ import annotations

import re

LAST_FOUR = frozenset({"ssn", "itin", "tin", "bank_account", "card", "driver_license", "passport"})
MASK = "•"


def masked(kind: str, value: str) -> str:
    """`value` with what makes it usable replaced by dots.

    Numbers keep their last four characters (three where they have eight or fewer, none where they
    have four or fewer), addresses their street, e-mail its first letter and domain. Of what is
    said in words only the length is shown.
    """
    value = " ".join(value.split())
    if kind in LAST_FOUR:
        return _tail(value)
    hide = _OTHERS.get(kind)
    return hide(value) if hide else _words(value)


def _tail(value: str) -> str:
    letters = sum(map(str.isalnum, value))
    keep = 4 if letters > 8 else 3 if letters > 4 else 0
    shown, out = 0, []
    for character in reversed(value):
        if character.isalnum():
            shown += 1
            out.append(character if shown <= keep else MASK)
        else:
            out.append(character)
    return "".join(reversed(out))


def _email(value: str) -> str:
    name, _, domain = value.rpartition("@")
    return f"{name[:1]}{MASK * 3}@{domain}"


def _phone(value: str) -> str:
    digits = sum(map(str.isdigit, value))
    seen, out = 0, []
    for character in value:
        if character.isdigit():
            seen += 1
            out.append(character if seen > digits - 2 else MASK)
        else:
            out.append(character)
    return "".join(out)


def _address(value: str) -> str:
    return re.sub(r"\d", MASK, value)


def _date(value: str) -> str:
    year = re.search(r"(?:19|20)\d\d", value)
    return f"{MASK * 2}/{MASK * 2}/{year[0] if year else MASK * 4}"


def _money(value: str) -> str:
    return re.sub(r"\d", MASK, value)


def _words(value: str) -> str:
    count = len(value.split())
    return f"{MASK * 4} ({count} word{'s' * (count != 1)})"


def _all(value: str) -> str:
    return MASK * 8


_OTHERS = {
    "email": _email,
    "phone": _phone,
    "address": _address,
    "birth_date": _date,
    "salary": _money,
    "debt": _money,
    "credential": _all,
    "biometric": _tail,
}
