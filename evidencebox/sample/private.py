"""Private data of people who do not exist: valid in form, drawn at random, traceable to nobody.

Social security numbers are of forms that can be issued, because a detector that validates must
find them; cards come from test ranges; telephones are 555-01xx; e-mail ends in example domains.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from evidencebox.sample.names import (
    BANKS,
    CITY,
    CIVILIAN_SURNAMES,
    FIRST_NAMES,
    SCHOOLS,
    STREET_KINDS,
    STREETS,
)

_WORDS = ("Harbor", "Tide", "Gull", "Winter", "Lantern", "Cobalt")
_AREA_CODES = ("207", "410", "503", "614")


@dataclass(frozen=True, slots=True)
class Private:
    """One person's private data, each value as it is printed."""

    ssn: str
    itin: str
    tin: str
    driver_license: str
    passport: str
    routing: str
    account: str
    bank: str
    card: str
    address: str
    phone: str
    email: str
    salary: int
    score: int
    spouse: str
    child: str
    child_age: int
    school: str
    doctor: str
    password: str
    print_class: str


def ssn(rng: random.Random) -> str:
    """A number of a form that can be issued: area 001–899 but 666, group and serial not zero."""
    area = rng.randint(1, 898)
    area += area >= 666
    return f"{area:03d}-{rng.randint(1, 99):02d}-{rng.randint(1, 9999):04d}"


def itin(rng: random.Random) -> str:
    return f"9{rng.randint(0, 99):02d}-{rng.randint(70, 88)}-{rng.randint(1, 9999):04d}"


def luhn_digit(digits: str) -> str:
    """The check digit that makes `digits` + it valid."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card(rng: random.Random) -> str:
    """A card number in a test range, in groups of four."""
    body = rng.choice(("400000", "555555")) + f"{rng.randint(0, 10**9 - 1):09d}"
    digits = body + luhn_digit(body)
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def routing(rng: random.Random) -> str:
    """A routing number whose weighted sum (3, 7, 1) is a multiple of ten."""
    body = f"{rng.randint(1, 12):02d}{rng.randint(0, 999999):06d}"
    total = sum(int(digit) * (3, 7, 1)[place % 3] for place, digit in enumerate(body))
    return body + str(-total % 10)


def phone(rng: random.Random) -> str:
    area, line = rng.choice(_AREA_CODES), rng.randint(100, 199)
    return rng.choice((f"({area}) 555-0{line}", f"{area}-555-0{line}", f"{area}.555.0{line}"))


def address(rng: random.Random) -> str:
    flat = rng.choice(("", "", f", Apt {rng.randint(1, 40)}"))
    street = f"{rng.randint(2, 2999)} {rng.choice(STREETS)} {rng.choice(STREET_KINDS)}"
    return f"{street}{flat}, {CITY} 004{rng.randint(1, 19):02d}"


def civilian(rng: random.Random) -> str:
    """A person nobody on the roster shares a surname with."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(CIVILIAN_SURNAMES)}"


def birth_date(rng: random.Random) -> date:
    return date(rng.randint(1956, 1997), rng.randint(1, 12), rng.randint(1, 28))


def private_of(rng: random.Random, first: str, last: str, home: str) -> Private:
    """All private data of one person; `rng` is his alone, so every text of a trove agrees."""
    local = "".join(c for c in f"{first}{last}".lower() if c.isascii() and c.isalpha())
    domain = rng.choice(("example.org", "example.com", "example.net"))
    pattern, core = rng.choice(("III", "IIO", "OMI")), rng.randint(2, 20)
    surname = last.removesuffix(" Jr.").removesuffix(" Sr.")
    return Private(
        ssn=ssn(rng),
        itin=itin(rng),
        tin=f"{rng.randint(10, 88)}-{rng.randint(1000000, 9999999)}",
        driver_license=rng.choice(("", "M")) + str(rng.randint(1000000, 9999999)),
        passport=rng.choice(("C", "A", "5")) + str(rng.randint(10000000, 99999999)),
        routing=routing(rng),
        account=str(rng.randint(10**8, 10**11 - 1)),
        bank=rng.choice(BANKS),
        card=card(rng),
        address=home,
        phone=phone(rng),
        email=f"{local}{rng.randint(1, 99)}@{domain}",
        salary=rng.randint(520, 1340) * 100,
        score=rng.randint(480, 810),
        spouse=f"{rng.choice(FIRST_NAMES)} {surname}",
        child=f"{rng.choice(FIRST_NAMES)} {surname}",
        child_age=rng.randint(2, 16),
        school=rng.choice(SCHOOLS),
        doctor=f"Dr. {civilian(rng)}",
        password=f"{rng.choice(_WORDS)}{rng.randint(1000, 9999)}!",
        print_class=f"{rng.randint(1, 24)} M {rng.randint(1, 32)} U {pattern} {core}",
    )
