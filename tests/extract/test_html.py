"""HTML: lines, links, hidden text, depth."""

from __future__ import annotations

from typing import Any

import pytest

from evidencebox.extract.htmlflat import flat_events
from evidencebox.extract.htmltext import html_text, too_deep


def test_text_structure(read: Any) -> None:
    found = read(
        b"<html><head><title>The  case</title><style>p{}</style><script>var x='<p>no';</script>"
        b"</head><body><p>One<br>two</p><table><tr><td>a<td>b</tr><tr><th>c</th></table>"
        b"<a href='https://example.org/x'>link</a> <img alt='a badge' src=x><!-- a note -->"
        b"<div style='display:none'>unseen</div>caf&eacute;</body></html>",
        "x.html",
    )
    assert found.metadata["title"] == ["The case"]
    for piece in ("One\ntwo\n", "a\tb\n", "c\n", "link <https://example.org/x>", "a badge", "café"):
        assert piece in found.text
    assert found.spans("hidden") == ["unseen"]
    assert found.spans("comment") == ["a note\n"]
    assert "var x" not in found.text
    assert "p{}" not in found.text


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("<meta charset=windows-1251>", "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8_r"),
        ("", "utf-8"),
    ],
)
def test_declared_charsets(read: Any, head: str, codec: str) -> None:
    text = "Жалоба на действия офицера"
    found = read(f"<html>{head}<p>{text}</p>".encode(codec), "x.html")
    assert text in found.text


def test_charset_of_the_mail_part_comes_first(read: Any) -> None:
    data = "<html><p>Жалоба на действия</p>".encode("koi8_r")
    assert "Жалоба" in read(data, "x.html", "text/html; charset=koi8-r").text


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "span"])
def test_sixty_thousand_nested_tags(read: Any, tag: str) -> None:
    found = read(b"<html>" + f"<{tag}>".encode() * 60_000 + b"the bottom", "x.html")
    assert "the bottom" in found.text
    assert found.status == "ok"


def test_deep_is_told_from_long() -> None:
    assert not too_deep("<p><b>x</b><br><li>" * 20_000)
    assert too_deep("<div>" * 5_000)


@pytest.mark.parametrize("hostile", ["<", "<!--", "<a href='", "</", "<script>", "<![CDATA["])
def test_flat_tokeniser_ends_on_anything(hostile: str) -> None:
    events = list(flat_events(hostile * 20_000 + "end"))
    assert events


def test_both_tokenisers_see_the_same_words() -> None:
    page = "<h1>A &amp; B</h1><p class='x>y'>c<script>no</script><ul><li>d<li>e</ul>"
    flat = "".join(event.value for event in flat_events(page) if event.kind == "text")
    assert "A & B" in flat
    assert "d" in html_text(page)
