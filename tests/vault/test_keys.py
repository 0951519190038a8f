"""Keys: codes on paper, costs, wrapping."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.vault import keys
from evidencebox.vault.keys import KdfCost

SECRET = hashlib.sha256(b"a secret for these tests").digest()
CHEAP = KdfCost(64, 1, 4)
FLOOR = KdfCost(64 * 1024, 3, 4)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(min_size=32, max_size=32))
def test_a_code_reads_back(secret: bytes) -> None:
    code = keys.write_code(secret)
    assert keys.read_code(code) == secret
    assert keys.read_code(code.lower().replace("-", " ")) == secret
    assert len(code.split("-")) == 14
    assert {len(group) for group in code.split("-")} == {4}


def test_the_letters_that_look_like_digits_count_as_those() -> None:
    code = keys.write_code(bytes(32))
    assert "0" in code
    assert keys.read_code(code.replace("0", "O").replace("1", "l")) == bytes(32)
    ones = next(c for n in range(99) if "1" in (c := keys.write_code(bytes(31) + bytes([n]))))
    assert keys.read_code(ones.replace("1", "I")) == keys.read_code(ones.replace("1", "l"))


def test_no_single_slip_is_taken() -> None:
    code = keys.write_code(SECRET)
    tried = 0
    for place, was in enumerate(code):
        for slip in CROCKFORD if was != "-" else "":
            if slip != was:
                with pytest.raises(UserError, match="typing mistake"):
                    keys.read_code(code[:place] + slip + code[place + 1 :])
                tried += 1
    assert tried == 56 * 31


def test_neighbours_swapped_are_noticed() -> None:
    code = keys.write_code(SECRET).replace("-", "")
    for i in range(len(code) - 1):
        swapped = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
        if swapped != code:
            with pytest.raises(UserError, match="typing mistake"):
                keys.read_code(swapped)


@pytest.mark.parametrize("wrong", ["", "ABC", "U" * 56, "٣" * 56, "0" * 55, "0" * 57, "é" * 56])
def test_what_is_no_code_is_said_so(wrong: str) -> None:
    with pytest.raises(UserError, match="56 letters and digits"):
        keys.read_code(wrong)


@given(st.text(max_size=80))
def test_reading_a_code_raises_nothing_but_a_sentence(text: str) -> None:
    with pytest.raises(UserError):
        keys.read_code(text)


@pytest.mark.parametrize("cost", [FLOOR, keys.CEILING, KdfCost(64 * 1024, 3, 1)])
@pytest.mark.usefixtures("real_keys")
def test_costs_within_the_bounds_are_accepted(cost: KdfCost) -> None:
    keys.check_cost(cost)


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(64 * 1024 - 1, 3, 4),
        KdfCost(1024 * 1024 + 1, 3, 4),
        KdfCost(64 * 1024, 2, 4),
        KdfCost(64 * 1024, 11, 4),
        KdfCost(64 * 1024, 3, 0),
        KdfCost(64 * 1024, 3, 17),
        KdfCost(-1, -1, -1),
    ],
)
@pytest.mark.usefixtures("real_keys")
def test_costs_outside_the_bounds_are_refused(cost: KdfCost) -> None:
    with pytest.raises(UserError, match="key settings"):
        keys.check_cost(cost)


def test_keys_for_different_uses_differ() -> None:
    derived = {keys.derive(SECRET, use) for use in ("case.db", "index.db", "anchor", "spool")}
    derived |= {keys.derive(SECRET, "spool", b"1"), keys.derive(SECRET, "spool", b"2"), SECRET}
    assert len(derived) == 7


@given(
    st.binary(max_size=80),
    st.binary(max_size=20),
    st.integers(min_value=0),
    st.integers(min_value=0, max_value=7),
)
def test_a_flipped_bit_opens_nothing(secret: bytes, context: bytes, place: int, bit: int) -> None:
    box = keys.wrap(SECRET, secret, context)
    assert keys.unwrap(SECRET, box, context) == secret
    hurt = bytearray(box)
    hurt[place % len(box)] ^= 1 << bit
    assert keys.unwrap(SECRET, bytes(hurt), context) is None
    assert keys.unwrap(SECRET, box, context + b"x") is None
    assert keys.unwrap(bytes(32), box, context) is None
    assert keys.unwrap(SECRET, box[:-1], context) is None


@pytest.mark.parametrize("length", range(12))
def test_a_box_too_short_opens_nothing(length: int) -> None:
    assert keys.unwrap(SECRET, bytes(length), b"") is None


def test_two_keyboards_agree_on_a_passphrase() -> None:
    salt = bytes(16)
    composed, decomposed = "caf\u00e9 \ufb01sh", "cafe\u0301 fish"
    assert keys.stretch(composed, salt, CHEAP) == keys.stretch(decomposed, salt, CHEAP)
    assert keys.stretch(composed, salt, CHEAP) != keys.stretch("cafe fish", salt, CHEAP)


def test_every_part_of_the_cost_and_the_salt_matter() -> None:
    costs = (CHEAP, KdfCost(128, 1, 4), KdfCost(64, 2, 4), KdfCost(64, 1, 2))
    stretched = {keys.stretch("p", bytes(16), cost) for cost in costs}
    stretched.add(keys.stretch("p", b"\1" * 16, CHEAP))
    assert len(stretched) == 5


def test_a_passphrase_that_is_no_text_is_wrong_and_no_error() -> None:
    assert len(keys.stretch("a\udcff", bytes(16), CHEAP)) == 32
