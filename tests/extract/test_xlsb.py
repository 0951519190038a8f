"""Binary workbooks: the same evidence as in XLSX, from records built by hand."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.extract.xlsbrecords import rk

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.'
    'macroEnabled.main"/></Types>'
)


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, count = b"", len(data)
    while True:
        size += bytes([count & 0x7F | (0x80 if count > 0x7F else 0)])
        count >>= 7
        if not count:
            return head + size + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def at(column: int, style: int = 0) -> bytes:
    return struct.pack("<II", column, style)


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0))


def rels(*targets: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"/>'
        for id_, kind, target in targets
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rows}</Relationships>"
    )


def book(cells: bytes, state: int = 0, more: dict[str, bytes | str] | None = None) -> bytes:
    """A workbook of one sheet; `more` are further members by name."""
    styles = (
        record(44, struct.pack("<H", 164) + wide("000-00-0000"))
        + record(617)
        + b"".join(record(47, struct.pack("<HH", 0, n) + bytes(12)) for n in (0, 14, 164))
        + record(618)
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": rels(("r1", "officeDocument", "xl/workbook.bin")),
        "xl/_rels/workbook.bin.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.bin"),
            ("rId2", "sharedStrings", "sharedStrings.bin"),
            ("rId3", "styles", "styles.bin"),
        ),
        "xl/workbook.bin": record(156, struct.pack("<II", state, 1) + wide("rId1") + wide("Pay")),
        "xl/sharedStrings.bin": record(19, b"\0" + wide("shared")),
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": cells,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (members | (more or {})).items():
            package.writestr(name, data)
    return out.getvalue()


def test_every_kind_of_cell_is_shown(read: Any) -> None:
    cells = (
        row(0)
        + record(7, at(0) + struct.pack("<I", 0))
        + record(5, at(1) + struct.pack("<d", 0.1 + 0.2))
        + record(5, at(2, 1) + struct.pack("<d", 44_317))
        + record(5, at(3, 2) + struct.pack("<d", 123_456_789))
        + record(2, at(4) + struct.pack("<I", 7 << 2 | 2))
        + record(4, at(5) + b"\1")
        + record(3, at(6) + b"\x2a")
        + record(6, at(7) + wide("in place"))
        + record(8, at(8) + wide("by formula") + bytes(8))
        + record(62, at(9) + b"\0" + wide("rich"))
        + record(18, struct.pack("<II", 0, 0))
        + row(1_048_575)
        + record(9, at(16_383) + struct.pack("<d", 5) + bytes(6))
    )
    found = read(book(cells), "x.xlsb")
    assert found.status == "ok"
    assert found.outcome.type == "sheet"
    assert found.pages[0].text == (
        "Pay\nshared\t0.3\t2021-05-01\t123-45-6789\t7\tTRUE\t#N/A\tin place\tby formula\trich\t"
        "shared\n"
    )
    assert found.pages[1].label == "Pay row 1048576"
    assert found.pages[1].text == "5\n"


def test_hidden_rows_columns_and_sheets_are_marked(read: Any) -> None:
    words = [record(6, at(n) + wide(word)) for n, word in enumerate(("a", "b"))]
    columns = record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1))
    found = read(book(columns + row(0) + words[0] + words[1] + row(1, hidden=True) + words[0]))
    assert found.spans("hidden") == ["b", "a"]
    found = read(book(row(0) + words[0], state=2))
    assert found.pages[0].label == "Pay (hidden) row 1"
    assert found.spans("hidden") == ["a"]


LINKED = (
    '<Relationships><Relationship Id="r1" Type="x/externalLinkPath" '
    'Target="S:/rota.xlsb" TargetMode="External"/></Relationships>'
)


def test_comments_headers_and_pivot_caches(read: Any) -> None:
    head = record(479, b"\0\0" + wide("&Lthe header") + wide("&Cthe footer") + b"\xff" * 16)
    comments = (
        record(632, wide("R. Roe"))
        + record(635, struct.pack("<5I", 0, 4, 4, 1, 1) + bytes(16))
        + record(637, b"\0" + wide("why"))
    )
    found = read(
        book(
            row(0) + record(6, at(0) + wide("x")) + head,
            more={
                "xl/worksheets/_rels/sheet1.bin.rels": rels(("c", "comments", "../comments1.bin")),
                "xl/comments1.bin": comments,
                "xl/pivotCache/pivotCacheDefinition1.bin": record(24, wide("cached")),
                "xl/externalLinks/externalLink1.bin": record(584, b"\0\0\0\0" + wide("theirs")),
                "xl/externalLinks/_rels/externalLink1.bin.rels": LINKED,
                "xl/vbaProject.bin": b"VBA",
            },
        ),
        "x.xlsb",
    )
    assert found.spans("header") == [" the header"]
    assert found.spans("footer") == [" the footer"]
    assert found.spans("comment") == ["B5 R. Roe: why"]
    assert found.spans("hidden") == ["cached\n", "theirs\n"]
    assert found.spans("link") == ["<S:/rota.xlsb>\n"]
    assert [child.head.name for child in found.children] == ["vbaProject.bin"]


def test_a_record_that_lies_about_its_size_costs_its_part(read: Any) -> None:
    cells = row(0) + record(6, at(0) + wide("kept")) + b"\x06\xff\xff\xff\x7f"
    found = read(book(cells), "x.xlsb")
    assert (found.status, found.text) == ("partial", "Pay\nkept\n")
    cut = read(book(row(0) + record(6, at(0) + wide("kept")) + b"\x06\x20"), "x.xlsb")
    assert (cut.status, cut.text) == ("partial", "Pay\nkept\n")


def test_mutations_give_an_outcome(read: Any) -> None:
    dice = random.Random("xlsb")
    for _ in range(150):
        cells = bytearray(row(0) + record(6, at(0) + wide("kept words")) + record(5, at(1) * 2))
        for _ in range(dice.choice([1, 3, 9])):
            cells[dice.randrange(len(cells))] = dice.randrange(256)
        assert read(book(bytes(cells)), "x.xlsb").status in ("ok", "partial", "empty")


@given(st.integers(-(2**29), 2**29 - 1), st.booleans())
def test_packed_integers(number: int, hundredth: bool) -> None:
    packed = (number << 2 & 0xFFFFFFFF) | 2 | hundredth
    assert rk(packed) == (number / 100 if hundredth else number)


EXPECTED = {
    "testEXCEL_various.xlsb": [
        "This is a string", "13.12131231", "comment5 between cells", "OddLeftHeader",
        "test textbox", "myChartTitle", "tika_link", "March",
    ],
    "testEXCEL.xlsb": ["This is an example spreadsheet"],
    "testEXCEL_diagramData.xlsb": ["SmartArt text#1."],
    "test-columnar.xlsb": ["Record Number\tSquare of the Record Number", "1960-01-01"],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_what_others_read_in_the_corpora(read: Any, corpora: Path, name: str) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    found = read((folder / name).read_bytes(), name)
    assert found.status == "ok"
    for expected in EXPECTED[name]:
        assert expected in found.text
