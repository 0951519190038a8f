from __future__ import annotations

import base64
import random

import pytest

from evidencebox.extract.garbled import garbled

ENGLISH = (
    "The officer stated that he had been at home for the whole of the evening and that nobody else "
    "was in the house when the call came in. He was asked about the second car and did not answer. "
    "A copy of this memorandum goes to the file of the unit, and to the office of the inspector."
)


def moved(text: str, by: int) -> str:
    return "".join(chr(ord(sign) - by) if sign != " " else " " for sign in text)


@pytest.mark.parametrize(
    "text",
    [
        moved(ENGLISH, 29),
        "".join(chr(0xF000 + ord(sign)) for sign in ENGLISH),
        "\ufffd" * 60 + "Page 1",
        "".join(chr(1 + ord(sign) % 30) for sign in ENGLISH),
    ],
)
def test_what_is_no_writing(text: str) -> None:
    assert garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NYPD TXT PWR",
        ENGLISH,
        ENGLISH.upper(),
        "4471 12.50 2020-01-03 $1,200.00 " * 20,
        "Strč prst skrz krk a vrať se zpět k nám, než přijde zima a mráz. " * 5,
        "Сотрудник заявил, что весь вечер находился дома и никого не видел. " * 5,
        "警官は一晩中家にいたと述べた。" * 10,
        "0f3a9c77deadbeef" * 20,
        base64.b64encode(random.Random(1).randbytes(600)).decode(),
    ],
)
def test_what_may_be_read(text: str) -> None:
    assert not garbled(text)
