"""Excel 2 to 2003: rows that can be cited, and everything that hangs on them."""

from __future__ import annotations

import hashlib
import random
import struct
from pathlib import Path
from typing import Any

import olefile
import pytest

from evidencebox.extract.ciphers import rc4
from evidencebox.extract.olewrite import container
from evidencebox.extract.xlscrypt import opened
from evidencebox.extract.xlsrecords import records
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits
from tests.extract.xlsmake import (
    END,
    Maker,
    Sheet,
    begin,
    book,
    label,
    note,
    number,
    record,
    shared,
    text8,
)

TIKA = "tika-docs/files/tika-parser-microsoft-module"


def style(number_format: int) -> bytes:
    return record(0xE0, struct.pack("<HH", 0, number_format) + bytes(16))


def test_rows_of_every_kind_of_cell(read: Any) -> None:
    cells = (
        shared(0, 0, 0)
        + shared(0, 1, 1)
        + number(1, 0, 0.1 + 0.2)
        + record(0x27E, struct.pack("<HHHI", 1, 1, 0, 4_471 << 2 | 2))
        + record(0xBD, struct.pack("<HHHIHIH", 1, 2, 0, 150 << 2 | 3, 0, 0xFFFFFFFE, 3))
        + record(0x205, struct.pack("<HHHBB", 2, 0, 0, 1, 0))
        + record(0x205, struct.pack("<HHHBB", 2, 1, 0, 0x2A, 1))
        + record(0x06, struct.pack("<HHHd", 3, 0, 0, 7.0) + bytes(8))
        + record(0x06, struct.pack("<HHH", 3, 1, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))
        + record(0x207, text8("computed"))
    )
    found = read(Maker([Sheet("Cells", cells)], ["badge №", "name"]).file(), "x.xls")
    assert found.status == "ok"
    assert found.outcome.media_type == "application/vnd.ms-excel"
    assert found.pages[0].label == "Cells rows 1–4"
    assert found.text == "Cells\nbadge №\tname\n0.3\t4471\t1.5\t-1\nTRUE\t#N/A\n7\tcomputed\n"
    assert found.metadata["sheet"] == ["Cells"]


def test_dates_and_masks_as_they_are_shown(read: Any) -> None:
    formats = record(0x41E, struct.pack("<H", 164) + text8("000-00-0000"))
    formats += style(0) + style(14) + style(164) + style(22) + style(20)
    cells = (
        number(0, 0, 44_313.0, 1)
        + number(0, 1, 78_051_120, 2)
        + number(0, 2, 44_313.5, 3)
        + number(0, 3, 0.25, 4)
    )
    found = read(book(cells, globals_=formats))
    assert found.text == "Sheet1\n2021-04-27\t078-05-1120\t2021-04-27 12:00:00\t6:00:00\n"
    from_1904 = record(0x22, b"\1\0") + formats
    assert "2025-04-28" in read(book(cells, globals_=from_1904)).text


def test_hidden_sheets_rows_and_columns_are_marked(read: Any) -> None:
    hidden_row = record(0x208, struct.pack("<HHHHHHH", 1, 0, 2, 255, 0, 0, 0x20) + b"\0\0")
    hidden_column = record(0x7D, struct.pack("<6H", 1, 1, 0, 0, 1, 0))
    cells = hidden_column + hidden_row + shared(0, 0, 0) + shared(0, 1, 1) + shared(1, 0, 2)
    sheets = [Sheet("Open", cells), Sheet("Off", shared(0, 0, 3), 1), Sheet("Far", b"", 2)]
    found = read(Maker(sheets, ["seen", "in column", "in row", "in sheet"]).file())
    assert found.spans("hidden") == ["in column", "in row", "in sheet"]
    assert [page.label for page in found.pages] == ["Open rows 1–2", "Off (hidden) row 1"]


def test_notes_boxes_links_and_headers(read: Any) -> None:
    raw = "boxed".encode("utf-16-le")
    box = record(0x5D, struct.pack("<HHHHH", 0x15, 0x12, 6, 9, 0) + bytes(12))
    box += record(0x1B6, struct.pack("<HH6xHHI", 0, 0, 5, 0, 0)) + record(0x3C, b"\1" + raw)
    url = "http://example.org/\0".encode("utf-16-le")
    link = struct.pack("<4H", 0, 0, 0, 0) + bytes(16) + struct.pack("<II", 2, 3)
    link += bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<I", len(url)) + url
    head = record(0x14, text8('&L&"Arial,Bold"Top &D')) + record(0x15, text8("&CBottom &P"))
    even = record(0x89C, bytes(30) + struct.pack("<4H", 4, 0, 0, 0) + text8("Even"))
    cells = head + shared(0, 0, 0) + note(0, 0, "R. Roe", "a remark") + box
    found = read(Maker([Sheet("S", cells + record(0x1B8, link) + even)], ["x"]).file())
    assert found.spans("comment") == ["A1 R. Roe: a remark"]
    assert found.spans("header") == ["Top\n", "Even\n"]
    assert found.spans("footer") == ["Bottom\n"]
    assert found.spans("link") == ["A1 <http://example.org/>\n"]
    assert "boxed" in found.text


def test_strings_go_on_over_records(read: Any) -> None:
    """A continued string may change its width in the middle."""
    table = record(0xFC, struct.pack("<II", 2, 2) + struct.pack("<HB", 6, 0) + b"abc")
    table += record(0x3C, b"\1" + "дéf".encode("utf-16-le") + struct.pack("<HB", 3, 0) + b"end")
    data = Maker([Sheet("S", shared(0, 0, 0) + shared(0, 1, 1))], globals=table).file()
    assert read(data).text == "S\nabcдéf\tend\n"


def test_phonetic_guides_and_runs_are_left_out(read: Any) -> None:
    body = struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 6) + "東京".encode("utf-16-le") + bytes(4)
    table = record(0xFC, struct.pack("<II", 2, 2) + body + b"\1\0\2\0ab" + text8("next"))
    data = Maker([Sheet("S", shared(0, 0, 0) + shared(0, 1, 1))], globals=table).file()
    assert read(data).text == "S\n東京\tnext\n"


def test_charts_in_and_beside_sheets(read: Any) -> None:
    chart = begin(0x20) + record(0x100D, b"\0\0" + text8("Overtime", "<B")) + END
    sheets = [
        Sheet("S", shared(0, 0, 0) + chart + shared(1, 0, 1)),
        Sheet("C", chart[20:-4], 0, 0x20),
    ]
    found = read(Maker(sheets, ["before", "after"]).file())
    assert [page.label for page in found.pages] == ["S rows 1–2", "S charts", "C charts"]
    assert found.text == "S\nbefore\nafter\nOvertime\nOvertime\n"


def test_values_of_other_workbooks_and_pivot_caches(read: Any) -> None:
    path = text8("\1C\2pay.xls")
    kept = struct.pack("<BBH", 1, 0, 0) + b"\2" + text8("kept") + b"\1" + struct.pack("<d", 12)
    other = record(0x1AE, struct.pack("<H", 1) + path) + record(0x59, bytes(4)) + record(0x5A, kept)
    maker = Maker([Sheet("S", number(0, 0, 1))], globals=other)
    cache = record(0xCD, text8("gone source")) + record(0xC9, struct.pack("<d", 5.5))
    found = read(maker.file({"_SX_DB_CUR": {"0001": cache}}))
    assert "kept\t12\n" in found.text
    assert "pay.xls" in found.spans("link")[0]
    assert found.spans("hidden") == ["gone source\n", "5.5\n"] or found.spans("hidden") == [
        "gone source\n5.5\n"
    ]


def test_excel_5_in_its_code_page(read: Any) -> None:
    remark = "донос".encode("cp1251")
    cells = label(0, 0, "имя".encode("cp1251"))
    cells += record(0x1C, struct.pack("<HHH", 0, 0, len(remark) + 3) + remark)
    cells += record(0x1C, struct.pack("<HHH", 0xFFFF, 0, 3) + b" ok")
    page = record(0x42, struct.pack("<H", 1251))
    found = read(Maker([Sheet("Лист", cells)], globals=page, version=5).file(), "x.xls")
    assert found.text == "Лист\nимя\nA1: донос ok\n"
    assert found.spans("comment") == ["A1: донос ok"]


@pytest.mark.parametrize("version", [3, 4])
def test_excel_3_and_4_are_bare_streams(read: Any, version: int) -> None:
    data = begin(0x10, version) + label(0, 0, b"words") + number(0, 1, 4471.0) + END
    found = read(data, "x.xls")
    assert (found.status, found.text) == ("ok", "sheet 1\nwords\t4471\n")


def test_excel_2(read: Any) -> None:
    data = begin(0x10, 2) + record(0x04, struct.pack("<HH3sB", 0, 0, bytes(3), 5) + b"words")
    data += record(0x02, struct.pack("<HH3sH", 1, 0, bytes(3), 4471)) + END
    assert read(data, "x.xls").text == "sheet 1\nwords\n4471\n"


def test_a_lone_far_cell_costs_nothing(read: Any) -> None:
    found = read(book(number(65_535, 255, 1.0)))
    assert found.text == "Sheet1\n1\n"
    assert found.pages[0].label == "Sheet1 row 65536"


def test_notes_that_share_one_object_do_not_multiply_it(read: Any) -> None:
    found = read(book(note(0, 0, "R. Roe", "a remark") * 500))
    assert found.text.count("a remark") == 500


def test_encrypted(read: Any) -> None:
    found = read(book(b"", globals_=record(0x2F, struct.pack("<HHHH", 1, 2, 0, 0))))
    assert found.status == "encrypted"


def test_sheets_that_are_listed_but_not_there(read: Any) -> None:
    data = Maker([Sheet("S", number(0, 0, 4471.0)), Sheet("T", number(0, 0, 1.0))]).stream()
    found = read(data[: data.rfind(struct.pack("<HH", 0x809, 16))], "x.xls")
    assert found.status == "partial"
    assert "4471" in found.text


def test_embedded_objects_are_children(read: Any) -> None:
    maker = Maker([Sheet("S", number(0, 0, 1.0))])
    found = read(maker.file({"MBD0001": {"WordDocument": b"x", "1Table": b""}}))
    assert [child.head.name for child in found.children] == ["MBD0001.ole"]
    assert read(found.children[0].data).outcome.media_type == "application/msword"


def test_mutations_give_an_outcome(read: Any, request: pytest.FixtureRequest) -> None:
    dice = random.Random("evidencebox xls")
    cells = shared(0, 0, 0) + number(0, 1, 44_313.0, 1) + note(0, 0, "R. Roe", "a remark")
    formats = style(0) + style(14) + record(0x41E, struct.pack("<H", 164) + text8("0-0"))
    maker = Maker([Sheet("S", cells), Sheet("T", cells, 1)], ["words", "more"], formats)
    seed = maker.file({"_SX_DB_CUR": {"0001": record(0xCD, text8("x"))}})
    stream = maker.stream()
    for turn in range(5_000 if request.config.getoption("--long") else 400):
        out = bytearray(seed if turn % 2 else stream)
        for _ in range(dice.choice([1, 3, 20])):
            at = dice.randrange(len(out) - 4)
            out[at : at + dice.choice([1, 2, 4])] = dice.choice(
                [b"\xff\xff\xff\xff", b"\0\0", b"\x7f", bytes([dice.randrange(256)])]
            )
        found = read(bytes(out), "x.xls", limits=Limits(chars=1_000_000))
        assert isinstance(found.outcome.status, Status)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("testEXCEL.xls", ["Sample Excel Worksheet - Numbers and their Squares", "15\t225"]),
        ("testEXCEL_5.xls", ["15\t225"]),
        ("testEXCEL_4.xls", ["Estate and trust income tax returns"]),
        ("testComment.xls", ["A1 Author: Author:\nHere is a comment"]),
        ("testEXCEL_textbox.xls", ["some autoshape text"]),
        ("testEXCEL_headers_footers.xls", ["Header - For Internal Use Only"]),
        ("testEXCEL-charts.xls", ["fizzlepuff", "WhamPuff"]),
        ("testEXCEL_dateFormats.xls", ["2018-09-20\n1996-08-10"]),
        ("testEXCEL_macro.xls", ["dirty dirt dirt"]),
        ("testEXCEL_WORKBOOK_in_capitals.xls", ["Inventarliste für GALIPLAN"]),
    ],
)
def test_corpus(read: Any, corpora: Path, name: str, words: list[str]) -> None:
    found = read((corpora / TIKA / name).read_bytes(), name)
    assert found.status == "ok"
    for each in words:
        assert each in found.text


def locked_by_excel(maker: Maker) -> bytes:
    """The stream of a workbook as Excel protects it: its own password, a key every 1,024 bytes."""

    def md5(data: bytes) -> bytes:
        return hashlib.md5(data, usedforsecurity=False).digest()

    salt = bytes(range(16))
    base = md5((md5("VelvetSweatshop".encode("utf-16-le"))[:5] + salt) * 16)[:5]
    proof = rc4(md5(base + bytes(4)), bytes(16) + md5(bytes(16)))
    maker.globals = record(0x2F, struct.pack("<HHH", 1, 1, 1) + salt + proof) + maker.globals
    plain = maker.stream()
    out = bytearray()
    for block in range(-(-len(plain) // 1_024)):
        out += rc4(md5(base + struct.pack("<I", block)), plain[block * 1_024 :][:1_024])
    at = 0
    while at < len(plain):
        kind, size = struct.unpack_from("<HH", plain, at)
        kept = 4 + (size if kind in (0x809, 0x2F) else 4 if kind == 0x85 else 0)
        out[at : at + kept] = plain[at : at + kept]
        at += 4 + size
    return bytes(out)


def test_a_workbook_that_only_excel_locked_is_read(read: Any) -> None:
    cells = b"".join(shared(n, 0, n) for n in range(200))
    words = [f"row {n} of evidence" for n in range(200)]
    stream = locked_by_excel(Maker([Sheet("S", cells)], words))
    assert b"evidence" not in stream
    found = read(container({"Workbook": stream}))
    assert (found.status, found.codes) == ("ok", {"protected"})
    assert "row 199 of evidence" in found.text


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        (f"{TIKA}/testEXCEL_protected_passtika.xls", "tika", "This is an Encrypted Excel"),
        ("tika-docs/files/tika-server-standard/password.xls", "password", "A ZIP bomb"),
    ],
)
def test_key_of_a_password(read: Any, corpora: Path, name: str, password: str, words: str) -> None:
    with olefile.OleFileIO(corpora / name) as file:
        data = file.openstream("Workbook").read()
    how = next(parts[0] for kind, _, parts in records(data) if kind == 0x2F)
    assert opened(data, how, lambda: None) is None
    plain = opened(data, how, lambda: None, password)
    assert plain is not None
    assert words in read(plain, "x.xls").text
