"""Word 6 to 2003: everything that is written in the file, marked by what it is."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from evidencebox.extract.ole import Tree
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits
from tests.extract import docmake
from tests.extract.docmake import DELETED, HIDDEN, INSERTED, NEW_PAGE, ROW_END, by, places, word

TIKA = "tika-docs/files/tika-parser-microsoft-module"
JUNE = 26 << 11 | 6 << 16 | (2021 - 1900) << 20 | 9 << 6 | 30


def labels(found: Any) -> list[str]:
    return [page.label for page in found.pages]


@pytest.mark.parametrize("wide", [False, True])
def test_body_with_signs_of_word(read: Any, wide: bool) -> None:
    found = read(word("One\x0bline\x1eand\x1f more – œ\rTwo\r", wide=wide), "x.doc")
    assert found.status == "ok"
    assert found.text == "One\nline\u2011and more – œ\nTwo\n"


def test_revisions_and_hidden_text_are_marked(read: Any) -> None:
    text = "kept put struck unseen seen\r"
    looks = [
        (5, 8, INSERTED + by(1, JUNE)),
        (9, 15, DELETED + struct.pack("<HH", 0x4863, 2)),
        (16, 22, HIDDEN),
    ]
    authors = docmake.strings("Unknown", "R. Roe", "J. Doe")
    found = read(word(text, looks=looks, tables={51: authors}), "x.doc")
    assert found.text == "kept put struck unseen seen\n"
    assert found.spans("inserted") == ["put"]
    assert found.spans("deleted") == ["struck"]
    assert found.spans("hidden") == ["unseen"]
    marks = {span.label for span in found.pages[0].spans}
    assert marks == {"R. Roe 2021-06-26T09:30:00", "J. Doe", ""}


def test_tables_come_as_rows(read: Any) -> None:
    text = "a\x07b\rc\x07\x07\x07d\x07\x07\x07after\r"
    #      0 1  2 3 4 5   6   7
    ends = [(7, 8, ROW_END), (11, 12, ROW_END)]
    found = read(word(text, paragraphs=ends), "x.doc")
    assert found.text == "a\tb\nc\nd\nafter\n"


def test_pages_by_break_and_by_paragraph(read: Any) -> None:
    text = "one\r\x0ctwo\rthree\r"
    found = read(word(text, paragraphs=[(9, 15, NEW_PAGE)]), "x.doc")
    assert [page.text.strip() for page in found.pages] == ["one", "two", "three"]


def test_a_section_that_flows_on_is_no_page(read: Any) -> None:
    text = "one\r\x0ctwo\r"
    data = bytearray(word(text, tables={6: places(0, 5, 9) + bytes(12) + b"SE" + bytes(10)}))
    at = data.find(b"SE" + bytes(10))
    # the second section's properties stand in the unused part of the head
    struct.pack_into("<I", data, at + 2, 0x500)
    stream = data.find(b"\xec\xa5")
    data[stream + 0x500 : stream + 0x505] = struct.pack("<HHB", 3, 0x3009, 0)
    assert [page.text for page in read(bytes(data), "x.doc").pages] == ["one\ntwo\n"]


def test_links_keep_their_target_and_instructions_go(read: Any) -> None:
    text = (
        '\x13 HYPERLINK "http://example.org/a" \x14here\x15 '
        "\x13 PAGEREF _x \x147\x15 \x13 MACROBUTTON Go Press me\x15 "
        '\x13EQ \\* jc2 \\* "Font:X" \\o\\ad(\\s\\up 9(ruby),base)\x15\r'
    )
    found = read(word(text), "x.doc")
    assert " ".join(found.text.split()) == "here <http://example.org/a> 7 Press me ruby base"
    assert found.spans("link") == [" <http://example.org/a>"]


def test_a_field_tells_the_file_it_shows(read: Any) -> None:
    found = read(word("\x13 LINK Excel.Sheet.8 C:\\\\in\\\\rota.xls \\a \x14four\x15\r"), "x.doc")
    assert found.text.strip() == "four <LINK Excel.Sheet.8 C:\\\\in\\\\rota.xls \\a>"


def test_a_field_that_never_ends_loses_no_text(read: Any) -> None:
    assert "evidence" in read(word("before \x13 IF evidence\rmore\r"), "x.doc").text


def test_fields_in_fields_in_fields(read: Any) -> None:
    found = read(word("\x13\x14" * 50_000 + "a\x0bb\x0b" * 20_000 + "\r"))
    assert found.text.count("a") == 20_000


def test_side_stories(read: Any) -> None:
    authors = struct.pack("<H", 6) + "R. Roe".encode("utf-16-le")
    refs = places(0, 9) + struct.pack("<H", 2) + "RR".encode("utf-16-le") + bytes(14) + bytes(10)
    headers = "head\rfoot\r"
    data = word(
        "body\x05\x02\r",
        "\x02 a footnote\r\r",
        headers,
        "",
        "\x05a comment\r\r",
        "\x02 an endnote\r\r",
        "boxed\r\r",
        "boxed in a header\r\r",
        tables={
            3: places(0, 13, 14),
            5: places(0, 11, 12),
            11: places(0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 10, 10, 11),
            4: refs,
            36: authors,
            47: places(0, 13, 14),
        },
    )
    found = read(data, "x.doc")
    assert labels(found) == [
        "", "footnotes", "endnotes", "headers", "footers", "comments", "text boxes",
        "text boxes in headers",
    ]  # fmt: skip
    assert found.spans("note") == ["[1]  a footnote\n", "[1]  an endnote\n"]
    assert found.spans("header") == ["head\n"]
    assert found.spans("footer") == ["foot\n"]
    assert found.spans("comment") == ["[1] R. Roe: a comment\n"]
    assert "boxed in a header" in found.text


def test_fast_saved_text_comes_in_order_with_what_it_left_behind(read: Any) -> None:
    stored = "world GONE FOREVER hello \r"
    order = [(19, 25), (0, 5), (25, 26)]
    found = read(word(stored, order=order, flags=0x0004), "x.doc")
    assert found.pages[0].text == "hello world\n"
    assert found.pages[1].label == "left over from fast saves"
    assert "".join(found.spans("deleted")).strip() == "GONE FOREVER"


def test_a_piece_may_be_changed_as_a_whole(read: Any) -> None:
    data = word("struck\r", tables={})
    # the one piece's change: property 0x41, deleted, set to 1
    piece = docmake.pieces([(0, 7)], wide=False)
    changed = docmake.pieces([(0, 7)], wide=False, change=0x41 << 1 | 1 << 8)
    assert read(data.replace(piece, changed), "x.doc").spans("deleted") == ["struck\n"]


@pytest.mark.parametrize(
    ("raw", "language", "font", "text"),
    [
        (b"caf\xe9", 0x0409, 0, "café"),
        ("донос".encode("cp1251"), 0x0419, 0, "донос"),
        ("донос".encode("cp1251"), 0x0409, 204, "донос"),
        ("証拠です".encode("cp932"), 0x0411, 0, "証拠です"),
    ],
)
def test_word_6_in_its_code_page(
    read: Any, raw: bytes, language: int, font: int, text: str
) -> None:
    found = read(docmake.old_word(raw + b"\r", language, font=font), "x.doc")
    assert (found.status, found.text.strip()) == ("ok", text)


def test_text_beyond_the_first_plane(read: Any) -> None:
    assert read(word("\U0001f46e and 𐌲\rnext\r", wide=True)).text.split() == [
        "\U0001f46e", "and", "𐌲", "next",
    ]  # fmt: skip


@pytest.mark.parametrize("data", [word("x\r", flags=0x100), docmake.old_word(b"x\r", flags=0x100)])
def test_encrypted(read: Any, data: bytes) -> None:
    found = read(data, "x.doc")
    assert found.status == "encrypted"
    assert not found.pages


def test_pictures_and_objects_are_children(read: Any) -> None:
    metafile = b"\x01\0\0\0" + bytes(50)
    packed = zlib.compress(metafile)
    head = struct.pack("<I", len(metafile)) + bytes(24) + struct.pack("<IBB", len(packed), 0, 0xFE)
    emf = struct.pack("<HHI", 0x3D4 << 4, 0xF01A, 16 + len(head) + len(packed))
    emf += bytes(16) + head + packed
    picf = struct.pack("<IHH", 68 + len(emf), 68, 0x64) + bytes(60) + emf
    native = b"\x02\0a.pdf\0C:\\a.pdf\0\0\0\x03\0"
    native += struct.pack("<I", 9) + b"C:\\a.pdf\0" + struct.pack("<I", 4) + b"%PDF"
    more: Tree = {
        "Data": picf,
        "ObjectPool": {
            "_1": {"\x01Ole10Native": struct.pack("<I", len(native)) + native},
            "_2": {"Workbook": b"cells", "\x01CompObj": b"x"},
        },
    }
    looks = [(0, 1, docmake.picture_at(0))]
    found = read(word("\x01x\r", looks=looks, more=more), "x.doc")
    children = {child.head.name: child for child in found.children}
    assert set(children) == {"a.pdf", "_2.ole", "picture 1.emf"}
    assert children["a.pdf"].data == b"%PDF"
    assert children["a.pdf"].head.relation == "embedded"
    assert children["picture 1.emf"].data == metafile
    assert read(children["_2.ole"].data).outcome.media_type == "application/vnd.ms-excel"


def test_cut_off(read: Any) -> None:
    tables = {33: docmake.pieces([(0, 9_000)], wide=False)}
    data = word("kept words\r").replace(docmake.pieces([(0, 11)], wide=False), tables[33])
    found = read(data, "x.doc")
    assert found.status == "partial"
    assert "kept words" in found.text


def test_a_piece_table_that_repeats_itself_is_no_bomb(read: Any) -> None:
    order = [(0, 1_000)] * 20_000
    found = read(word("x" * 1_000 + "\r", order=order), "x.doc")
    assert sum(len(page.text) for page in found.pages) < 1_000_000
    assert found.status == "partial"


def test_mutations_give_an_outcome(read: Any, request: pytest.FixtureRequest) -> None:
    dice = random.Random("evidencebox doc")
    seed = word(
        "some words\x07\x07\r\x13 HYPERLINK x \x14y\x15\r", "\x02note\r",
        looks=[(2, 5, DELETED + by(1)), (6, 7, docmake.picture_at(0))],
        paragraphs=[(11, 12, ROW_END)], tables={51: docmake.strings("a", "b"), 3: places(0, 5, 6)},
        more={"Data": bytes(80), "ObjectPool": {"_1": {"CONTENTS": b"%PDF"}}}, flags=4,
    )  # fmt: skip
    for _ in range(5_000 if request.config.getoption("--long") else 400):
        out = bytearray(seed)
        for _ in range(dice.choice([1, 3, 20])):
            at = dice.randrange(len(out) - 4)
            out[at : at + dice.choice([1, 2, 4])] = dice.choice(
                [b"\xff\xff\xff\xff", b"\0\0", b"\x7f", bytes([dice.randrange(256)])]
            )
        found = read(bytes(out), "x.doc", limits=Limits(chars=1_000_000))
        assert isinstance(found.outcome.status, Status)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("testWORD.doc", ["Sample Word Document"]),
        ("testWORD6.doc", ["The quick brown fox jumps over the lazy dog"]),
        ("testWORD_various.doc", ["This is the header text.", "This is the footer text.",
            "This is a hyperlink <http://tika.apache.org/>", "Here is a text box",
            "Row 1 Col 1\tRow 1 Col 2\tRow 1 Col 3\n", "This is a footnote.", "𐌲𐌿𐍄𐌹𐍃𐌺"]),
        ("testComment.doc", ["Michael McCandless 2011-09-17T08:32:00: Here is a comment"]),
        ("testWORD_phonetic.doc", ["東京"]),
        ("casing/simple_upper_case.doc", ["This is a sample Word document"]),
    ],
)  # fmt: skip
def test_corpus(read: Any, corpora: Path, name: str, words: list[str]) -> None:
    found = read((corpora / TIKA / name).read_bytes(), name)
    assert found.status == "ok"
    for each in words:
        assert each in found.text


def test_a_real_document_with_revisions(read: Any, corpora: Path) -> None:
    found = read((corpora / TIKA / "testWORD_features.doc").read_bytes(), "x.doc")
    assert "insert this " in found.spans("inserted")
    assert "bibendum " in found.spans("deleted")
    assert "inceptos " in found.spans("hidden")
