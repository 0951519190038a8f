from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from evidencebox.ui.shown import Shown, one_line, units

# Everything that has ever mattered: surrogates, controls, bidi marks, line ends, pairs.
TRICKY = st.text(
    st.one_of(
        st.sampled_from("ab \n\r\t\x00\x1b\x85\u200b\u200d\u202e"),
        st.sampled_from("\u2028\u2066\u2069\ufeff\ufdd0\ud800"),
        st.sampled_from("\U0001f600\U000e0041é漢"),
        st.characters(),
    ),
    max_size=60,
)  # fmt: skip


@given(TRICKY)
def test_offsets_come_back(text: str) -> None:
    shown = Shown(text)
    for point in range(len(text) + 1):
        unit = shown.unit(point)
        assert shown.point_after(unit) in {point, point + 1}
        if text[point : point + 1] != "\r":
            assert shown.point(unit) == point


@given(TRICKY)
def test_length_is_in_the_units_qt_counts(text: str) -> None:
    shown = Shown(text)
    assert shown.length == units(shown.text)
    assert shown.unit(len(text)) == shown.length


@given(TRICKY)
def test_nothing_shown_acts_or_hides(text: str) -> None:
    for char in Shown(text).text:
        assert char in "\n\t\u200c\u200d\u00ad" or unicodedata.category(char) not in {
            "Cc",
            "Cf",
            "Cs",
            "Zl",
            "Zp",
        }


@given(TRICKY)
def test_qt_takes_the_text_as_it_is(qapp: QApplication, text: str) -> None:
    shown = Shown(text)
    document = QTextDocument()
    QTextCursor(document).insertText(shown.text)
    assert document.characterCount() == shown.length + 1
    # Qt gives no-break spaces back as spaces.
    assert document.toPlainText() == shown.text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("abc\u202egpj.exe", "abc⟦U+202E⟧gpj.exe"),
        ("nul\x00", "nul␀"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert Shown(text).text == shown


def test_a_name_stays_on_one_line() -> None:
    assert one_line("a\nb\tc\u202ed\r\ne") == "a⏎b c⟦U+202E⟧d⏎e"
