"""Private data are valid in form, and reserved for fiction where such ranges exist."""

from __future__ import annotations

import random
import re

import pytest

from evidencebox.sample import private
from evidencebox.sample.grammar import expand


@pytest.fixture
def rng() -> random.Random:
    return random.Random(11)


def test_ssn_is_of_a_form_that_can_be_issued(rng: random.Random) -> None:
    for _ in range(2000):
        area, group, serial = private.ssn(rng).split("-")
        assert area not in ("000", "666")
        assert not area.startswith("9")
        assert group != "00"
        assert serial != "0000"


def test_itin_is_of_its_form(rng: random.Random) -> None:
    for _ in range(200):
        assert re.fullmatch(r"9\d\d-(7\d|8[0-8])-\d{4}", private.itin(rng))


def _luhn(number: str) -> int:
    digits = [int(digit) for digit in reversed(number.replace(" ", ""))]
    return sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])


def test_cards_pass_luhn_and_lie_in_test_ranges(rng: random.Random) -> None:
    for _ in range(200):
        card = private.card(rng)
        assert _luhn(card) % 10 == 0
        assert re.fullmatch(r"(4000 00|5555 55)\d\d \d{4} \d{4}", card)


def test_the_check_digit_of_a_published_example() -> None:
    assert private.luhn_digit("7992739871") == "3"


def test_routing_numbers_pass_their_checksum(rng: random.Random) -> None:
    for _ in range(200):
        digits = [int(digit) for digit in private.routing(rng)]
        assert len(digits) == 9
        total = sum(w * d for w, d in zip((3, 7, 1) * 3, digits, strict=True))
        assert total % 10 == 0


def test_telephones_are_those_of_fiction(rng: random.Random) -> None:
    for _ in range(200):
        assert re.fullmatch(r"\d{10}", re.sub(r"\D", "", number := private.phone(rng)))
        assert re.search(r"555.01\d\d$", number)


def test_private_mail_ends_in_example_domains(rng: random.Random) -> None:
    for _ in range(50):
        known = private.private_of(rng, "Lucía", "Núñez", "1 Gannet Street")
        assert re.fullmatch(r"[a-z]+\d+@example\.(org|com|net)", known.email)


def test_a_template_is_filled_again_and_again(rng: random.Random) -> None:
    rules = {"who": ("the [what]",), "what": ("cat",)}
    assert expand(rng, rules, "[who] sat [n:3-3] times") == "the cat sat 3 times"


def test_an_unknown_slot_is_an_error(rng: random.Random) -> None:
    with pytest.raises(KeyError):
        expand(rng, {}, "[who]")
