"""Visio, XPS, EMF and WMF: words of drawings and fixed pages."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Status

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)
_TYPES = '<Types xmlns="x"><Override PartName="/p" ContentType="application/{}"/></Types>'
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_REL = '<Relationship Id="{}" Type="http://example.invalid/{}" Target="{}"/>'


def package(kind: str, parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(kind))
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def rels(*rows: tuple[str, str, str]) -> str:
    return _RELS.format("".join(_REL.format(*row) for row in rows))


def vsdx() -> bytes:
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    page = """<PageContents><Shapes><Shape><Text><cp IX="0"/>The depot
</Text><Section N="Property"><Row><Cell N="Label" V="Owner"/><Cell N="Value" V="Ann Example"/>
</Row></Section><Section N="Hyperlink"><Row><Cell N="Address" V="https://example.invalid/x"/>
</Row></Section></Shape></Shapes></PageContents>"""
    return package(
        "vnd.ms-visio.drawing.main+xml",
        {
            "_rels/.rels": rels(("r1", "document", "visio/document.xml")),
            "visio/document.xml": "<VisioDocument/>",
            "visio/_rels/document.xml.rels": rels(
                ("r1", "pages", "pages/pages.xml"), ("r2", "masters", "masters/masters.xml")
            ),
            "visio/pages/pages.xml": f"""<Pages {r}><Page Name="Route"><Rel r:id="b"/></Page>
                <Page Name="Behind" Background="1"><Rel r:id="a"/></Page></Pages>""",
            "visio/pages/_rels/pages.xml.rels": rels(
                ("a", "page", "page1.xml"), ("b", "page", "page2.xml")
            ),
            "visio/pages/page1.xml": "<PageContents><Text>watermark</Text></PageContents>",
            "visio/pages/page2.xml": page,
            "visio/masters/masters.xml": f"""<Masters {r}>
                <Master Name="Van"><Rel r:id="m"/></Master></Masters>""",
            "visio/masters/_rels/masters.xml.rels": rels(("m", "master", "master1.xml")),
            "visio/masters/master1.xml": "<M><Text>Van no.</Text></M>",
            "visio/comments.xml": """<Comments><AuthorEntry ID="1" Name="Bo Example"/>
                <CommentEntry AuthorID="1" Date="2021-04-01">who drove?</CommentEntry>
                </Comments>""",
            "visio/media/image1.png": PNG,
        },
    )


def test_visio(read: Any) -> None:
    found = read(vsdx(), "x.vsdx")
    assert found.status == "ok"
    assert [p.label for p in found.pages] == [
        "Route", "Behind (background)", "comment", "master Van",
    ]  # fmt: skip
    assert found.pages[0].text.startswith("The depot\n")
    assert found.spans("annotation") == ["Owner: Ann Example"]
    assert found.spans("link") == [" <https://example.invalid/x>"]
    assert found.spans("comment") == ["Bo Example 2021-04-01 who drove?"]
    assert found.spans("hidden") == ["Van no."]
    assert [(c.head.name, c.data) for c in found.children] == [("image1.png", PNG)]


def xps() -> bytes:
    def glyphs(text: str, x: float, y: float, indices: str = "") -> str:
        return (
            f'<Glyphs UnicodeString="{text}" OriginX="{x}" OriginY="{y}" Indices="{indices}" '
            'FontRenderingEmSize="10"/>'
        )

    first = "<FixedPage>" + glyphs("Con", 0, 10, ",60;,60;,60") + glyphs("fidential", 18, 10)
    first += glyphs("apart", 200, 10) + glyphs("below", 0, 30)
    first += '<Path FixedPage.NavigateUri="https://example.invalid/"/></FixedPage>'
    return package(
        "vnd.ms-package.xps-fixeddocumentsequence+xml",
        {
            "_rels/.rels": rels(("r1", "fixedrepresentation", "/FixedDocSeq.fdseq")),
            "FixedDocSeq.fdseq": '<S><DocumentReference Source="/Documents/1/Doc.fdoc"/></S>',
            "Documents/1/Doc.fdoc": '<D><PageContent Source="Pages/2.fpage"/>'
            '<PageContent Source="Pages/1.fpage"/></D>',
            "Documents/1/Pages/2.fpage": first,
            "Documents/1/Pages/1.fpage": "<FixedPage>" + glyphs("last", 0, 10) + "</FixedPage>",
            "Resources/a.png": PNG,
            "Resources/font.odttf": b"font",
        },
    )


def test_xps_pages_in_order_and_words_joined(read: Any) -> None:
    found = read(xps(), "x.xps")
    assert found.status == "ok"
    assert found.pages[0].text == "Confidential apart\nbelow\n<https://example.invalid/>\n"
    assert found.pages[1].text == "last\n"
    assert [c.head.name for c in found.children] == ["a.png"]


def test_other_packages_give_their_parts(read: Any) -> None:
    data = package("made-up", {"_rels/.rels": rels(), "model/part.bin": b"\0words in a part"})
    found = read(data, "x.3mf")
    assert "model/part.bin" in [c.head.name for c in found.children]


# --- EMF, WMF -----------------------------------------------------------------------------------


def record(kind: int, data: bytes) -> bytes:
    data += bytes(-len(data) % 4)
    return struct.pack("<II", kind, len(data) + 8) + data


def text_out(text: str, x: int, y: int, options: int = 0) -> bytes:
    raw = text.encode("utf-16-le")
    spread = struct.pack(f"<{len(text)}i", *[10] * len(text))
    padded = raw + bytes(-len(raw) % 4)
    head = bytes(16) + struct.pack("<Iff", 1, 1, 1)
    head += struct.pack("<iiIII", x, y, len(text), 76, options) + bytes(16)
    return record(84, head + struct.pack("<I", 76 + len(padded)) + padded + spread)


def emf(*records: bytes) -> bytes:
    named = "Maker\0Plan of the depot\0\0".encode("utf-16-le")
    head = bytes(32) + b" EMF" + struct.pack("<IIIHHII", 0x10000, 0, 0, 0, 0, len(named) // 2, 100)
    head = record(1, head.ljust(92, b"\0") + named)
    return head + b"".join(records) + record(14, bytes(12))


def test_emf(read: Any) -> None:
    found = read(emf(text_out("Con", 0, 0), text_out("fidential", 30, 0), text_out("at", 200, 0),
                     text_out("below", 0, 40)), "x.emf")  # fmt: skip
    assert found.text == "Confidential at\nbelow\n"
    assert found.metadata["title"] == ["Plan of the depot"]
    assert found.metadata["application"] == ["Maker"]


def test_emf_plus_is_asked_only_where_emf_has_no_text(read: Any) -> None:
    raw = "drawn by plus".encode("utf-16-le")
    body = struct.pack("<III", 0, 0, len(raw) // 2) + bytes(16) + raw
    plus = b"EMF+" + struct.pack("<HHII", 0x401C, 0, len(body) + 12, len(body)) + body
    comment = record(70, struct.pack("<I", len(plus)) + plus)
    assert read(emf(comment), "x.emf").text == "drawn by plus\n"
    assert read(emf(comment, text_out("plain", 0, 0)), "x.emf").text == "plain\n"


def test_emf_text_stored_as_glyphs_is_told(read: Any) -> None:
    found = read(emf(text_out("abc", 0, 0, 0x10)), "x.emf")
    assert found.status == "partial"


def wmf(*records: tuple[int, bytes]) -> bytes:
    out = b"\xd7\xcd\xc6\x9a" + bytes(18) + struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 4, 0, 0)
    for function, body in (*records, (0, b"")):
        body += b"\0" * (len(body) & 1)
        out += struct.pack("<IH", len(body) // 2 + 3, function) + body
    return out


def test_wmf_in_the_encoding_of_its_font(read: Any) -> None:
    word = "совершенно".encode("cp1251")
    font = bytes(13) + b"\xcc" + bytes(36)
    found = read(
        wmf(
            (0x02FA, bytes(10)),
            (0x02FB, font),
            (0x012D, b"\1\0"),
            (0x0521, struct.pack("<H", len(word)) + word + struct.pack("<hh", 5, 0)),
            (0x0A32, struct.pack("<hhHH", 90, 0, 4, 0) + b"2021"),
        ),
        "x.wmf",
    )
    assert found.text == "совершенно\n2021\n"


SEEDS = {"x.emf": emf(text_out("Con", 0, 0)), "x.wmf": wmf((0x0521, b"\4\0abcd\0\0\0\0")),
         "x.vsdx": vsdx(), "x.xps": xps()}  # fmt: skip


@pytest.mark.parametrize("name", SEEDS)
def test_mutations_give_an_outcome(read: Any, name: str) -> None:
    dice = random.Random(f"evidencebox {name}")
    for _ in range(100):
        data = bytearray(SEEDS[name])
        for _ in range(dice.choice([1, 5, 50])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        assert isinstance(read(bytes(data), name).outcome.status, Status)


def test_the_corpora(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs/files/tika-parser-microsoft-module"
    for name, words in (
        ("testVISIO_text.vsdx", "Text, text, everywhere!"),
        ("testPPT.xps", "Attachment Test\nRajiv"),
        ("testXPSWithDataDescriptor.xps", "my XPS document"),
        ("testEMF_iconOnlyLongFilename.emf", "wrapped.docx"),
        ("testWMF_charset.wmf", "普林斯"),
    ):
        assert words in read((folder / name).read_bytes(), name).text
