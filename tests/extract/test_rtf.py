"""RTF: code pages, escapes, what is marked, what is embedded, and nothing that breaks it."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from evidencebox.extract.rtf import rtf_text
from evidencebox.extract.rtflzfu import decompress
from evidencebox.extract.rtfobjects import bitmap
from evidencebox.model.documents import Status

FONTS = (
    rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS Mincho;}"
    rb"{\f3\fcharset238 Arial CE;}}"
)


def doc(body: bytes, head: bytes = rb"\ansi\ansicpg1252\deff0" + FONTS) -> bytes:
    return rb"{\rtf1" + head + b"\n" + body + b"}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"caf\'e9", "café"),
        (rb"{\f1 \'cf\'f0\'e8}\'e9", "Приé"),
        (rb"{\f2 \'83e\'83X\'83g}", "テスト"),
        (rb"{\f2 \'93\'fa}\f3 \'9e", "日ž"),
        (rb"\u1055?\u1088\'3f\u1080\u63?x", "При?x"),
        (rb"\uc0\u1055 x", "Пx"),
        (rb"\uc2\u24180\'94\'4e abc", "年 abc"),
        (rb"{\uc3 \u945 abc}\u946 d", "αβ"),
        (rb"\u-10179?\u-8704?", "\U0001f600"),
        (rb"\u-10179? x", "\ufffd x"),
        (rb"a\~b\_c\-d\{\}\\\emdash e", "a\u00a0b\u2011cd{}\\—e"),
        (rb"{\i0\*\cs7\cf0 kept}{\b\pict\pngblip 8950}", "kept"),
        (rb"{\*\unknown lost}{\upr{\f1 ansi}{\*\ud{\u1055?}}}kept", "Пkept"),
        (rb"Mc\'92Neil {\b J}ohn", "Mc’Neil John"),
    ],
)
def test_characters(read: Any, body: bytes, text: str) -> None:
    assert read(doc(body), "x.rtf").text == text


def test_a_cyrillic_document_that_names_no_charsets(read: Any) -> None:
    head = rb"\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 Arial;}}"
    assert read(doc(rb"\'cf\'f0\'e8", head), "x.rtf").text == "При"


def test_hidden_and_tracked_text_is_marked_with_its_author(read: Any) -> None:
    # 26 April 2021, 09:30
    moment = (121 << 20) | (4 << 16) | (26 << 11) | (9 << 6) | 30
    body = (
        rb"{\*\revtbl {Unknown;}{Roe;}}plain {\v unseen} {\revised\revauth1\revdttm%d put}"
        rb"{\deleted\revauthdel1 struck}" % moment
    )
    found = read(doc(body), "x.rtf")
    assert found.spans("hidden") == ["unseen"]
    assert found.spans("inserted") == ["put"]
    assert found.spans("deleted") == ["struck"]
    labels = {span.label for span in found.pages[0].spans}
    assert labels == {"", "Roe 2021-04-26T09:30", "Roe"}


def test_headers_notes_and_comments_stand_on_their_own_pages(read: Any) -> None:
    body = (
        rb"{\header the header\par}{\footerr the footer}body{\footnote\chftn  a note}"
        rb"{\*\atnid RR}{\*\atnauthor R. Roe}\chatn{\*\annotation {\*\atnref 1}a comment}\page two"
    )
    found = read(doc(body), "x.rtf")
    assert [page.label for page in found.pages] == [
        "", "", "headers", "footers", "footnotes", "comments",
    ]  # fmt: skip
    assert [page.text for page in found.pages[:2]] == ["body", "two"]
    assert found.spans("header") == ["the header\n"]
    assert found.spans("footer") == ["the footer"]
    assert "a note" in found.spans("note")[0]
    assert found.spans("comment") == ["[1] R. Roe: a comment"]


def test_fields_tables_shapes_and_lists(read: Any) -> None:
    body = (
        rb'{\field{\*\fldinst{HYPERLINK "http://x.example/a"}}{\fldrslt{shown}}} '
        rb"{\listtext 1.\tab}item\par \trowd a\cell b\cell\row "
        rb"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv SECRET}}{\shptxt boxed}}{\shprslt twice}}"
        rb"{\*\formfield{\*\ffl choice}}"
    )
    found = read(doc(body), "x.rtf")
    assert "shown <http://x.example/a>" in found.text
    assert "1.\titem\na\tb\t\n" in found.text
    assert "SECRET" in found.text
    assert "boxed" in found.text
    assert "twice" not in found.text
    assert found.spans("form_field") == [" [choice] "]


def test_metadata(read: Any) -> None:
    body = (
        rb"{\info{\title \'cf Internal}{\author R. Roe}{\operator Clerk}{\*\company City}"
        rb"{\creatim\yr2020\mo2\dy3\hr4\min5}{\revtim\yr2021\mo12\dy31}}"
        rb"{\*\userprops{\propname Case}\proptype30{\staticval 12-77}}{\*\generator Word;}x"
    )
    meta = read(doc(body), "x.rtf").metadata
    assert meta["title"] == ["Ï Internal"]
    assert meta["author"] == ["R. Roe"]
    assert meta["company"] == ["City"]
    assert meta["created"] == ["2020-02-03T04:05"]
    assert meta["date"] == ["2021-12-31T00:00"]
    assert meta["property"] == ["Case: 12-77"]


def packager(data: bytes) -> bytes:
    native = b"\x02\0label.txt\0C:\\roe\\label.txt\0\0\0\x03\0"
    native += struct.pack("<I", 4) + b"tmp\0" + struct.pack("<I", len(data)) + data
    return native


def ole1(part: bytes, native: bytes) -> bytes:
    head = struct.pack("<II", 0x501, 2) + struct.pack("<I", len(part) + 1) + part + b"\0"
    return head + bytes(8) + struct.pack("<I", len(native)) + native


def test_pictures_and_objects_are_children(read: Any) -> None:
    body = (
        rb"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv a face}}}\pngblip 8950"
        b"\n4e47}}{\\nonshppict{\\pict\\wmetafile8 0100}}{\\pict\\jpegblip\\bin4 \xff}{\\}"
        rb"{\object\objemb{\*\objclass Package}{\*\objdata "
        + ole1(b"Package", packager(b"evidence")).hex().encode()
        + rb"}{\result shown}}{\object{\*\objdata "
        + ole1(b"Word.Document.8", b"\xd0\xcf").hex().encode()
        + rb"}}"
    )
    found = read(doc(body), "x.rtf")
    assert [(child.head.name, child.data) for child in found.children] == [
        ("picture 1.png", b"\x89PNG"),
        ("picture 2.jpg", b"\xff}{\\"),
        ("label.txt", b"evidence"),
        ("Word.Document.8", b"\xd0\xcf"),
    ]
    assert {child.head.relation for child in found.children} == {"embedded"}
    assert "a face" in found.text
    assert "shown" in found.text


def test_a_bitmap_gets_the_head_it_has_in_a_file(read: Any) -> None:
    out = io.BytesIO()
    Image.new("P", (3, 2)).save(out, "BMP")
    body = rb"{\pict\dibitmap0 " + out.getvalue()[14:].hex().encode() + b"}"
    child = read(doc(body), "x.rtf").children[0]
    assert child.head.name == "picture 1.bmp"
    assert Image.open(io.BytesIO(child.data)).size == (3, 2)
    assert bitmap(b"no bitmap") == b"no bitmap"


def test_a_mark_or_blank_lines_before_it(read: Any) -> None:
    for before in (b"\xef\xbb\xbf", b"\r\n\r\n"):
        found = read(before + doc(b"words"), "x.rtf")
        assert (found.outcome.media_type, found.text) == ("application/rtf", "words")


def test_encapsulated_html_is_the_html(read: Any) -> None:
    body = (
        rb"{\*\htmltag19 <html>}{\*\htmltag84 <p>}\htmlrtf {\b \htmlrtf0 caf\'e9 & "
        rb"{\*\htmltag84 <b>}{\*\htmltag84 bold}{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 "
        rb"\htmlrtf {\field{\*\fldinst{HYPERLINK x}}{\fldrslt never}}\htmlrtf0"
        rb"{\*\mhtmltag84 never}{\*\htmltag92 </p>}\par {\*\htmltag27 </html>}"
    )
    data = doc(body, rb"\ansi\ansicpg1252\fromhtml1 \deff0" + FONTS)
    found = rtf_text(data)
    assert found.html
    assert found.text == "<html><p>café & <b>bold</b></p>\n</html>"
    assert read(data, "x.rtf").text.strip() == "café & bold"


def test_compressed_rtf() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c64"
        "7d0a800fa0"
    )
    assert decompress(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    plain = struct.pack("<IIII", 17, 5, 0x414C454D, 0) + b"{\\rtf"
    assert decompress(plain) == b"{\\rtf"
    assert decompress(packed[:30])[:12] == b"{\\rtf1\\ansi\\"
    # XYZ repeated: a reference into bytes still being written
    crossing = struct.pack("<IIII", 22, 28, 0x75465A4C, 0) + b"\x21\0\x04 XYZ\x0d\x6d}"
    assert decompress(crossing) == b"{\\rtf1 XYZXYZXYZXYZXYZXYZ}"
    for bad in (b"", b"x" * 20):
        with pytest.raises(ValueError, match="compressed RTF"):
            decompress(bad)


@given(st.binary(max_size=300))
def test_decompressing_anything_ends(data: bytes) -> None:
    packed = struct.pack("<IIII", len(data) + 12, 1 << 30, 0x75465A4C, 0) + data
    assert len(decompress(packed)) <= 17 * len(data)


TOKENS = [
    b"{", b"}", rb"\*", rb"\u1?", rb"\'e9", rb"\bin3 ", rb"\pict", rb"\objdata 0105", rb"\chftn",
    rb"\field", rb"\footnote", rb"\*\fldinst", rb"\upr", rb"\info\title ", rb"\fonttbl", b"a",
    rb"\fcharset999", rb"\v", rb"\page", rb"\annotation", rb"\revtbl", rb"\\", b"\\", rb"\uc200",
    b"\n", rb"\sn", rb"\sv",
]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS)))
def test_any_order_of_tokens_is_read(parts: list[bytes]) -> None:
    assert isinstance(rtf_text(b"{\\rtf1" + b"".join(parts)).text, str)


def test_a_document_that_breaks_off_is_partial_and_a_brace_too_many_costs_nothing(
    read: Any,
) -> None:
    cut = read(doc(rb"kept {\b words")[:-1], "x.rtf")
    assert (cut.status, cut.text) == ("partial", "kept words")
    more = read(doc(rb"kept}} {\b more}\par end"), "x.rtf")
    assert more.text == "kept more\nend"


def test_bytes_behind_the_end_are_a_child(read: Any) -> None:
    hidden = b"\0\0MZ-program" + bytes(100)
    found = read(doc(b"x") + hidden, "x.rtf")
    assert found.text == "x"
    assert found.children[0].data == hidden
    assert "trailing" in found.codes
    few = read(doc(b"x") + b"\0MZ", "x.rtf")
    assert not few.children
    assert "trailing" in few.codes


def test_deep_nesting_is_bounded(read: Any) -> None:
    deep = 200_000
    found = read(doc(b"{" * deep + b"deep" + b"}" * deep + b"after"), "x.rtf")
    assert found.text == "deepafter"
    assert found.status == "partial"


def test_long_hostile_runs_take_linear_time(read: Any) -> None:
    for piece in (
        b"\\'",
        b"\\u1",
        b"{}",
        b"\\a",
        b"{\\pict 00",
        b"{\\field{\\*\\fldinst HYPERLINK ",
    ):
        assert read(doc(piece * 30_000), "x.rtf").outcome.status in set(Status)


def test_mutations_give_an_outcome(read: Any, request: Any) -> None:
    dice = random.Random("rtf")
    body = (
        rb"{\info{\title t}}{\header h}a{\v b}{\footnote n}{\pict\pngblip 8950}\u1055?\'e9\page z"
    )
    seed = doc(body * 3)
    for _ in range(2_000 if request.config.getoption("--long", default=False) else 150):
        data = bytearray(seed)
        for _ in range(dice.choice([1, 4, 30])):
            at = dice.randrange(8, len(data))
            data[at] = dice.choice([*b"{}\\'*u0 ", dice.randrange(256)])
        assert read(bytes(data), "x.rtf").status in ("ok", "partial", "empty")


EXPECTED = {
    "testRTFVarious.rtf": [
        "This is a hyperlink", "Row 1 Col 1\tRow 1 Col 2", "ゾルゲと尾崎、淡々と最期",
        "𐌲𐌿𐍄𐌹𐍃𐌺", "This is the header text.", "This is the footer text.", "Here is a text box",
        "This is a footnote.",
    ],
    "testRTFWindowsCodepage1250.rtf": ["zażółć gęślą jaźń", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ"],
    "testRTFWithCurlyBraces.rtf": ["{ some text inside curly brackets }"],
    "testRTF-ms932.rtf": ["こんにちは"],
    "testRTFHexEscapeInsideWord.rtf": ["ESPÍRITO"],
    "testRTFUnicodeUCNControlWordCharacterDoubling.rtf": ["年", "abc 念"],
    "testRTFIgnoredControlWord.rtf": ["The quick brown fox jumps over the lazy dog"],
    "testComment.rtf": ["Here is a comment", "Michael McCandless"],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_what_others_read_in_the_corpora(read: Any, corpora: Path, name: str) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    text = read((folder / name).read_bytes(), name).text
    for expected in EXPECTED[name]:
        assert expected in text
