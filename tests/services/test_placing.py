"""Boxes for stretches of recognised text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencebox.model.pictures import Box, Picture
from evidencebox.model.places import WHOLE, WordPlace
from evidencebox.services.placing import boxes

TEXT = "Dana Smith lives\nat Elm Street"


def _at(word: str, left: float, top: float, right: float, bottom: float) -> WordPlace:
    start = TEXT.index(word)
    sides = [round(WHOLE * side / 100) for side in (left, top, right, bottom)]
    return WordPlace(start, start + len(word), sides[0], sides[1], sides[2], sides[3], 90)


PLACES = [
    _at("Dana", 10, 10, 20, 14),
    _at("Smith", 22, 10, 33, 14),
    _at("lives", 90, 10, 99, 14),  # far from the others, as in another column
    _at("at", 10, 16, 14, 20),
    _at("Elm", 16, 16, 24, 20),
    _at("Street", 26, 16, 38, 20),
]
UPRIGHT = Picture(200, 100, 1, 200)
ASIDE = Picture(100, 200, 1, 100)


def _span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_words_of_a_line_are_one_box_and_lines_are_apart() -> None:
    found = boxes(PLACES, [_span("Smith"), _span("Smith lives\nat Elm")], UPRIGHT, 0)
    assert found == (
        Box(0, 44, 10, 66, 14),
        Box(1, 44, 10, 66, 14),
        Box(1, 180, 10, 198, 14),
        Box(1, 20, 16, 48, 20),
    )


def test_lines_below_each_other_are_never_one_box() -> None:
    (first, second) = (
        each for each in boxes(PLACES, [(0, len(TEXT))], UPRIGHT, 0) if each.left < 99
    )
    assert (first.top, first.bottom, second.top, second.bottom) == (10, 14, 16, 20)


def test_a_page_on_its_side_has_its_lines_upright() -> None:
    aside = [
        replace(p, left=p.top, top=WHOLE - p.right, right=p.bottom, bottom=WHOLE - p.left)
        for p in PLACES
    ]
    found = boxes(aside, [_span("Smith lives\nat Elm")], ASIDE, 0)
    assert [(b.left, b.top, b.right, b.bottom) for b in found] == [
        (10, 134, 14, 156),
        (10, 2, 14, 20),
        (16, 152, 20, 180),
    ]


def test_a_tilted_line_is_boxed_in_steps_and_not_taken_for_two() -> None:
    def word(n: int, left: int, top: int) -> WordPlace:
        sides = [round(WHOLE * side / 100) for side in (left, top, left + 15, top + 6)]
        return WordPlace(n, n + 4, sides[0], sides[1], sides[2], sides[3], 90)

    tilted = [word(4 * n, 5 + 16 * n, 30 - 2 * n) for n in range(5)]
    below = word(20, 5, 37)
    found = boxes([*tilted, below], [(0, 24)], UPRIGHT, 0)
    assert [(b.left, b.top, b.bottom) for b in found] == [
        (10, 30, 36), (42, 28, 34), (74, 26, 32), (106, 24, 30), (138, 22, 28), (10, 37, 43)
    ]  # fmt: skip


def test_a_part_of_a_word_boxes_all_of_it() -> None:
    start = TEXT.index("Street") + 2
    assert boxes(PLACES, [(start, start + 2)], UPRIGHT, 0) == (Box(0, 52, 16, 76, 20),)


def test_between_words_and_past_them_there_is_nothing() -> None:
    assert boxes(PLACES, [(4, 5), (len(TEXT), len(TEXT) + 4), (4, 4)], UPRIGHT, 0) == ()
    assert boxes([], [(0, 4)], UPRIGHT, 0) == ()


@pytest.mark.parametrize(
    ("rotation", "picture", "box"),
    [
        (90, ASIDE, Box(0, 86, 20, 90, 66)),
        (180, UPRIGHT, Box(0, 134, 86, 180, 90)),
        (270, ASIDE, Box(0, 10, 134, 14, 180)),
    ],
)
def test_boxes_turn_with_the_page(rotation: int, picture: Picture, box: Box) -> None:
    assert boxes(PLACES, [_span("Dana Smith")], picture, rotation) == (box,)
