"""XML and JSON: nothing is expanded, and what is written as an escape is found as a word."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st


def test_the_declared_encoding_is_honoured(read: Any) -> None:
    text = '<?xml version="1.0" encoding="{}"?><a name="Приказ"/>'
    for codec in ("koi8-r", "windows-1251", "utf-16"):
        found = read(text.format(codec).encode(codec), "x.xml")
        assert "Приказ" in found.text
    assert read('<?xml version="1.0" encoding="iso-8859-2"?><a>ża</a>'.encode("iso-8859-2")).text


def test_references_become_characters_and_entities_stay_names(read: Any) -> None:
    found = read(b"<?xml version='1.0'?><a>O&apos;Neil caf&#233; &#x1F600; &amp;lt; &#0; &x;</a>")
    assert "O'Neil café \U0001f600 &lt; &#0; &x;" in found.text
    bomb = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    assert read(bomb.encode(), "x.xml").text == bomb


def test_references_across_pieces_are_whole(read: Any) -> None:
    body = "<r>" + "<a>O&apos;Neil</a>" * 60_000 + "</r>"
    text = read(b"<?xml version='1.0'?>" + body.encode(), "x.xml").text
    assert text.count("O'Neil") == 60_000


def test_a_drawing_is_read_as_its_text(read: Any) -> None:
    found = read(b"<svg xmlns='http://www.w3.org/2000/svg'><text>Precinct 9</text></svg>", "x.svg")
    assert (found.status, found.outcome.type) == ("ok", "image")
    assert "Precinct 9" in found.text


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=60), min_size=1))
def test_strings_of_json_are_found_as_they_were(read: Any, values: dict[str, str]) -> None:
    text = read(json.dumps({"k": values}).encode(), "x.json").text
    for word in ("".join(values.values())).split():
        if word.isascii() and word.isalnum():
            assert word in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r'{"a": "caf\u00e9 \ud83d\ude00"}', '{"a": "café \U0001f600"}'),
        (
            r'{"a": "one\ntwo\tthree \"four\" C:\\new \/"}',
            '{"a": "one\ntwo\tthree "four" C:\\new /"}',
        ),
        ('{"a": 1}\n{"b": "x\\ny"}\n', '{"a": 1}\n{"b": "x\ny"}\n'),
    ],
)
def test_escapes_of_json(read: Any, written: str, shown: str) -> None:
    found = read(written.encode(), "x.json")
    assert found.outcome.media_type == "application/json"
    assert found.text == shown


def test_backslashes_elsewhere_stay(read: Any) -> None:
    text = '["C:\\new\\temp" is no JSON'
    assert read(text.encode(), "x.log").text == text


def test_a_long_line_of_json_keeps_every_escape(read: Any) -> None:
    data = json.dumps(["é" * 50] * 20_000)
    assert read(data.encode(), "x.json").text.count("é") == 1_000_000
