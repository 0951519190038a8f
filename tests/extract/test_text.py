"""Plain text: what goes in comes out, whatever the encoding."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.extraction import Limits

FRENCH = "L'été à la préfecture : cœur brisé, garçon naïf."


def test_empty_file_is_empty(read: Any) -> None:
    found = read(b"", "a.txt")
    assert found.status == "empty"
    assert not found.pages


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings(read: Any, codec: str) -> None:
    found = read(FRENCH.encode(codec), "note.txt")
    assert found.text == FRENCH
    assert found.outcome.type.value == "text"
    assert found.status == "ok"


def test_declared_charset_of_a_mail_part_is_used(read: Any) -> None:
    text = "Привет, это письмо по делу. " * 3
    found = read(text.encode("koi8-r"), "a.txt", 'text/plain; charset="koi8-r"')
    assert found.text == text


def test_guessed_cyrillic_is_said_to_be_a_guess(read: Any) -> None:
    text = "Совершенно секретно: список сотрудников полиции и их домашние адреса. " * 20
    found = read(text.encode("cp1251"), "a.txt")
    assert found.text == text
    assert "encoding" in found.codes


def test_line_ends_nuls_and_composition(read: Any) -> None:
    found = read("a\r\nb\rc\0d e\u0301\n".encode() + b"x" * 300, "a.txt")
    assert found.text.startswith("a\nb\nc d \u00e9\n")


def test_pages_break_near_three_thousand_at_a_paragraph(read: Any) -> None:
    text = ("word " * 99 + "end.\n\n") * 40
    found = read(text.encode(), "a.txt")
    assert found.text == text
    assert all(2_400 <= len(page.text) <= 3_602 for page in found.pages[:-1])
    assert all(page.text.endswith("\n\n") for page in found.pages[:-1])


def test_one_line_without_spaces_is_cut(read: Any) -> None:
    found = read(b"x" * 200_000, "a.txt")
    assert found.text == "x" * 200_000
    assert max(len(page.text) for page in found.pages) <= 3_600


def test_plain_text_may_be_as_long_as_its_bytes(read: Any) -> None:
    found = read(b"line of a log\n" * 50_000, "a.log", limits=Limits(chars=1_000, pages=3))
    assert found.status == "ok"
    assert len(found.text) == 14 * 50_000


def test_unknown_bytes_give_their_strings(read: Any) -> None:
    noise = bytes(range(256)) * 8
    found = read(noise + b"badge of the witness" + noise, "x.bin")
    assert found.status == "unsupported"
    assert "badge of the witness" in found.text
    assert "strings" in found.codes


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9_000))
def test_text_in_is_text_out(read: Any, text: str) -> None:
    found = read(b"\xef\xbb\xbf" + text.encode(), "a.txt", "text/plain")
    if found.outcome.type.value == "text":
        expected = unicodedata.normalize("NFC", text)
        assert unicodedata.normalize("NFC", found.text).strip() == expected.strip()


def test_hostile_run_of_combining_marks_ends(read: Any) -> None:
    text = "a" + "\u0316\u0301" * 200_000
    found = read(text.encode(), "a.txt")
    assert found.status == "ok"
