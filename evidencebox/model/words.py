"""Numbers with their nouns, for sentences that people read."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """`1 document`, `2,000 documents`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def spans(numbers: Sequence[int]) -> str:
    """`1–3, 7`: rising numbers, those that follow each other as a span."""
    words, start = [], 0
    for number, after in zip(numbers, (*numbers[1:], 0), strict=True):
        start = start or number
        if after != number + 1:
            words.append(str(number) if start == number else f"{start}–{number}")
            start = 0
    return ", ".join(words)
