"""Whether a number can be what it looks like: check digits, ranges, forms of each state."""

from __future__ import annotations

import re
from collections.abc import Callable

import phonenumbers

from evidencebox.analysis.check_digits import ValidationError, ein, iban, itin, luhn, rtn

Check = Callable[[str], bool]

_NOT_DIGITS = re.compile(r"\D")

_ISSUERS: tuple[tuple[int, int, int, frozenset[int]], ...] = tuple(
    (low, high, len(str(low)), frozenset(lengths))
    for low, high, lengths in (
        (4, 4, (13, 16, 19)),
        (51, 55, (16,)),
        (2221, 2720, (16,)),
        (34, 34, (15,)),
        (37, 37, (15,)),
        (6011, 6011, (16, 17, 18, 19)),
        (644, 649, (16, 17, 18, 19)),
        (65, 65, (16, 17, 18, 19)),
        (62, 62, (16, 17, 18, 19)),
        (3528, 3589, (16, 17, 18, 19)),
        (2131, 2131, (15,)),
        (1800, 1800, (15,)),
        (300, 305, (14, 16)),
        (3095, 3095, (14, 16)),
        (36, 36, (14, 16)),
        (38, 39, (14, 16)),
        (5018, 5018, tuple(range(12, 20))),
        (5020, 5020, tuple(range(12, 20))),
        (5038, 5038, tuple(range(12, 20))),
        (5893, 5893, tuple(range(12, 20))),
        (6304, 6304, tuple(range(12, 20))),
        (6759, 6759, tuple(range(12, 20))),
        (6761, 6763, tuple(range(12, 20))),
        (60, 60, (16,)),
    )
)
"""First digits (from, to), how many they are, and lengths of the cards of each network."""

# What the states print on a driver's licence, as their motor vehicle offices describe it. Several
# states share a form; what is asked is whether a number after such a label can be one at all.
_LICENCES = re.compile(
    r"""
      \d{7,10}                      # AL AK AR CT DC DE GA LA ME MS MT NC ND NM NY OR PA RI SC TN TX
    | \d{4,6}                       # old numbers of AK, DE and OR
    | \d{12}                        # VA (old), NC
    | [A-Z]\d{6,9}                  # AZ CA HI ID KS KY MA NV OK VA WV
    | [A-Z]\d{11,14}                # FL IL MD MI MN NJ WI
    | [A-Z]{2}\d{6}[A-Z]?           # ID, SD
    | [A-Z]{1,2}\d{5,8}             # IN OH WY
    | [A-Z]\d{3}[- ]?\d{3}[- ]?\d{2}[- ]?\d{3}[- ]?\d   # FL, MD, as they are grouped
    | [A-Z](?:[- ]?\d{3}){4}        # MD, MI, as they are grouped
    | [A-Z]\d{3}[- ]\d{4}[- ]\d{4}  # IL
    | [A-Z]\d{4}[- ]\d{5}[- ]\d{5}  # NJ
    | \d{3}[A-Z]{2}\d{4}            # IA
    | \d{2}[A-Z]{3}\d{5}            # NH
    | [A-Z]{3}\d{6}                 # ND
    | WDL[A-Z0-9]{9} | [A-Z*]{5,7}\w{5,7}               # WA
    | \d{2}[- ]\d{3}[- ]\d{4}       # CO, PA, as they are grouped
    | \d{3}[- ]\d{2}[- ]\d{4}       # those that equal a social security number
    | \d{3}[- ]\d{3}[- ]\d{3}       # NY
    | \d{4}[- ]\d{2}[- ]\d{4}       # NM and others in groups
    | [A-Z]\d{2}[- ]\d{2}[- ]\d{4}  # KS, KY
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PASSPORT = re.compile(r"[A-Z]?\d{8,9}|[A-Z]{2}\d{6,7}", re.IGNORECASE)


def _valid(check: Callable[[str], str], text: str) -> bool:
    try:
        check(text)
    except ValidationError:
        return False
    return True


def is_ssn(text: str) -> bool:
    """A social security number that can have been issued (since 2011 nearly any area can).

    Numbers that were printed in advertisements are somebody's as well, and are not left out.
    """
    digits = _NOT_DIGITS.sub("", text)
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return (
        len(digits) == 9
        and area not in ("000", "666")
        and area < "900"
        and (group != "00" and serial != "0000")
    )


def is_itin(text: str) -> bool:
    """An individual taxpayer number: begins with 9, its fourth and fifth digits in the ranges."""
    return _valid(itin.validate, _NOT_DIGITS.sub("", text))


def is_employer(text: str) -> bool:
    """An employer's number with a prefix that the revenue service gives."""
    return _valid(ein.validate, _NOT_DIGITS.sub("", text))


def is_routing(text: str) -> bool:
    """Nine digits with the check sum of a bank's routing number and a district that exists."""
    digits = _NOT_DIGITS.sub("", text)
    return _valid(rtn.validate, digits) and digits != "000000000"


def is_iban(text: str) -> bool:
    """An international account number with its check digits and its country's length."""
    compact = re.sub(r"\s", "", text).upper()
    # A country's own rules on top refuse what banks print; the check digits are enough here.
    try:
        iban.validate(compact, check_country=False)
    except ValidationError:
        return False
    return True


def is_card(text: str) -> bool:
    """A payment card of a known network, of its length, with Luhn's check digit."""
    digits = _NOT_DIGITS.sub("", text)
    if len(set(digits)) < 2 or not luhn.is_valid(digits):
        return False
    return any(
        low <= int(digits[:width]) <= high and len(digits) in lengths
        for low, high, width, lengths in _ISSUERS
    )


def has_check_digit(text: str) -> bool:
    """Luhn's check digit, whatever the network: new ranges are given out every year."""
    digits = _NOT_DIGITS.sub("", text)
    return len(set(digits)) >= 2 and luhn.is_valid(digits)


def is_licence(text: str) -> bool:
    """A driver's licence in the form of any state or of the District of Columbia."""
    return _LICENCES.fullmatch(text.strip()) is not None


def is_passport(text: str) -> bool:
    """A passport's number: nine characters of the United States, and most other countries'."""
    return _PASSPORT.fullmatch(re.sub(r"[\s-]", "", text)) is not None


def phone_standing(text: str, region: str = "US") -> str:
    """`valid`, `possible` (the length fits and nothing more) or `` for a telephone number."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_valid_number(number):
        return "valid"
    return "possible" if phonenumbers.is_possible_number(number) else ""


def load_forms() -> None:
    """Loads the forms of all countries' telephone numbers, else each at its first number."""
    phonenumbers.PhoneMetadata.load_all()
