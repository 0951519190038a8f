"""What is marked, and what is said of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from evidencebox.ui.highlights import HighlightLegend
from evidencebox.ui.marks import DATA, HITS, PEOPLE, Marks
from evidencebox.ui.theme import Theme

MARKS = Marks(
    hits=((0, 4), (2, 6), (2, 3), (20, 24)),
    current=1,
    tagged=((0, 2),),
    unsure=((21, 22),),
    people=((2, 9),),
    exposed=((20, 30), (40, 41)),
    names=("Officer: Quill", "Exposed data: Debt", "Exposed data: SSN"),
    before=3,
    all_hits=9,
)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (0, ["Search: hit 4 of 9", "Tagged passage"]),
        (2, ["Search: hit 4 of 9", "Search: hit 5 of 9", "Search: hit 6 of 9", "Officer: Quill"]),
        (5, ["Search: hit 5 of 9", "Officer: Quill"]),
        (8, ["Officer: Quill"]),
        (9, []),
        (
            21,
            [
                "Search: hit 7 of 9",
                "Exposed data: Debt",
                "The recognition is unsure of this word",
            ],
        ),
        (40, ["Exposed data: SSN"]),
        (41, []),
    ],
)
def test_all_that_stands_at_a_place_is_said(point: int, said: list[str]) -> None:
    assert MARKS.said(point).split("\n") == (said or [""])


def test_names_go_with_what_is_switched_off(qapp: QApplication, theme: Theme) -> None:
    legend = HighlightLegend(theme)
    legend.chips[PEOPLE].setChecked(False)
    left = legend.filtered(MARKS)
    assert [left.words(n) for n in (4, 5)] == ["Exposed data: Debt", "Exposed data: SSN"]
    legend.chips[HITS].setChecked(False)
    left = legend.filtered(MARKS)
    assert (left.places, left.current) == (((20, 30), (40, 41), (0, 2)), None)
    legend.chips[PEOPLE].setChecked(True)
    legend.chips[DATA].setChecked(False)
    left = legend.filtered(MARKS)
    assert left.places == ((2, 9), (0, 2))
    assert [left.words(n) for n in (0, 1)] == ["Officer: Quill", "Tagged passage"]


def test_a_mark_without_a_name_has_its_kind() -> None:
    assert Marks(people=((0, 1),), exposed=((2, 3),)).words(1) == "Exposed data"
    assert Marks(hits=((0, 1),)).words(0) == "Search: hit 1 of 1"
