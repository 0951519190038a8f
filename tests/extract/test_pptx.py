"""Presentations: page n is slide n, and nothing that a slide, a note or a comment says is lost."""
# ruff: noqa: E501 - one part, one line

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.presentationml.presentation.main+xml"/></Types>'
)


def rels(*targets: tuple[str, str, str]) -> str:
    """A relationships part: (id, kind, target); a target with `:` is outside."""
    rows = ""
    for id_, kind, target in targets:
        mode = ' TargetMode="External"' if ":" in target else ""
        rows += f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"{mode}/>'
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rows}</Relationships>"
    )


def shape(text: str, holder: str = "", more: str = "") -> str:
    held = f'<p:ph type="{holder}"/>' if holder else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="n" {more}/><p:nvPr>{held}</p:nvPr></p:nvSpPr>'
        f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slide(*shapes: str, show: str = "1", root: str = "sld") -> str:
    return f'<p:{root} {NS} show="{show}"><p:cSld><p:spTree>{"".join(shapes)}</p:spTree></p:cSld></p:{root}>'


def deck(*slides: str, **more: str) -> bytes:
    """A presentation of these slides; `more` are further members by name."""
    ids = "".join(f'<p:sldId r:id="rId{n}" id="{255 + n}"/>' for n, _ in enumerate(slides, 1))
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": rels(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {NS}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        # the show's order is not that of the names
        "ppt/_rels/presentation.xml.rels": rels(
            *((f"rId{n}", "slide", f"slides/slide{len(slides) - n + 1}.xml")
              for n, _ in enumerate(slides, 1))
        ),
    }  # fmt: skip
    for n, text in enumerate(slides, 1):
        members[f"ppt/slides/slide{len(slides) - n + 1}.xml"] = text
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (members | more).items():
            package.writestr(name, text)
    return out.getvalue()


def test_slides_are_pages_in_the_order_of_the_show(read: Any) -> None:
    found = read(deck(slide(shape("Alpha", "title")), slide(), slide(shape("words"))), "x.pptx")
    assert found.status == "ok"
    assert found.outcome.type == "slides"
    assert [(page.label, page.text.strip()) for page in found.pages] == [
        ("slide 1: Alpha", "Alpha"),
        ("slide 2", ""),
        ("slide 3", "words"),
    ]


def test_hidden_slides_shapes_and_slides_in_no_show_are_marked(read: Any) -> None:
    data = deck(
        slide(shape("seen"), shape("unseen", more='hidden="1"')),
        slide(shape("secret"), show="0"),
        **{"ppt/slides/slide9.xml": slide(shape("orphan"))},
    )
    found = read(data, "x.pptx")
    assert [page.label for page in found.pages] == [
        "slide 1", "slide 2 (hidden)", "slide in no show 9",
    ]  # fmt: skip
    assert found.spans("hidden") == ["unseen", "secret", "orphan"]


def test_tables_links_breaks_alternative_text_and_footers(read: Any) -> None:
    cell = "<a:tc><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    table = f"<p:graphicFrame><a:tbl><a:tr>{cell.format('a')}{cell.format('b')}</a:tr><a:tr>{cell.format('c')}</a:tr></a:tbl></p:graphicFrame>"
    link = '<p:sp><a:p><a:r><a:rPr><a:hlinkClick r:id="x1"/></a:rPr><a:t>here</a:t></a:r><a:br/><a:r><a:t>next</a:t></a:r></a:p></p:sp>'
    data = deck(
        slide(table, link, shape("foot", "ftr"), shape("7", "sldNum"), shape("", more='descr="a face"')),
        **{"ppt/slides/_rels/slide1.xml.rels": rels(("x1", "hyperlink", "http://x.example/"), ("x2", "video", "file:///c:/v.mp4"))},
    )  # fmt: skip
    found = read(data, "x.pptx")
    assert "a\tb\nc\n" in found.text
    assert "here <http://x.example/>\nnext" in found.text
    assert found.spans("footer") == ["foot"]
    assert "a face" in found.text
    assert "7" not in found.text
    assert "<file:///c:/v.mp4>" in found.text


def test_notes_and_both_kinds_of_comments(read: Any) -> None:
    modern = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
    body = "<p188:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p188:txBody>"
    data = deck(
        slide(shape("body")),
        **{
            "ppt/slides/_rels/slide1.xml.rels": rels(
                ("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
                ("c", "comments", "../comments/comment1.xml"),
                ("m", "comments", "../comments/modernComment_1.xml"),
            ),
            "ppt/notesSlides/notesSlide1.xml": slide(
                shape("say this", "body"), shape("1", "sldNum"), root="notes"
            ),
            "ppt/commentAuthors.xml": f'<p:cmAuthorLst {NS}><p:cmAuthor id="0" name="R. Roe"/></p:cmAuthorLst>',
            "ppt/comments/comment1.xml": f'<p:cmLst {NS}><p:cm authorId="0" dt="2020-01-02T03:04:05"><p:text>old</p:text></p:cm></p:cmLst>',
            "ppt/authors.xml": f'<p188:authorLst xmlns:p188="{modern}"><p188:author id="{{G}}" name="J. Doe"/></p188:authorLst>',
            "ppt/comments/modernComment_1.xml": f'<p188:cmLst xmlns:p188="{modern}" xmlns:a="{A}"><p188:cm authorId="{{G}}" created="2021-05-06T07:08:09"><p188:replyLst><p188:reply authorId="{{G}}">{body.format("yes")}</p188:reply></p188:replyLst>{body.format("new")}</p188:cm></p188:cmLst>',
        },
    )  # fmt: skip
    found = read(data, "x.pptx")
    assert [page.label for page in found.pages] == ["slide 1", "slide 1 notes", "slide 1 comments"]
    assert found.spans("note") == ["say this"]
    said = found.pages[2].text
    assert "R. Roe 2020-01-02T03:04:05: old\n" in said
    assert "J. Doe 2021-05-06T07:08:09: " in said
    assert "reply, J. Doe: yes\n" in said
    assert "new" in said


def test_charts_diagrams_and_layouts(read: Any) -> None:
    chart = (
        f'<c:chart xmlns:c="c" xmlns:a="{A}"><a:p><a:t>Arrests</a:t></a:p><c:v>412</c:v></c:chart>'
    )
    data = deck(
        slide(shape("body")),
        **{
            "ppt/slides/_rels/slide1.xml.rels": rels(
                ("c", "chart", "../charts/chart1.xml"),
                ("d", "diagramData", "../diagrams/data1.xml"),
                ("l", "slideLayout", "../slideLayouts/slideLayout1.xml"),
            ),
            "ppt/charts/chart1.xml": chart,
            "ppt/diagrams/data1.xml": f'<d xmlns:a="{A}"><a:p><a:t>Chief</a:t></a:p></d>',
            "ppt/slideLayouts/slideLayout1.xml": slide(
                shape("Click to edit", "title"), shape("CONFIDENTIAL"), root="sldLayout"
            ),
        },
    )
    found = read(data, "x.pptx")
    assert found.pages[0].text.split() == ["body", "Arrests", "412", "Chief"]
    assert found.spans("header") == ["CONFIDENTIAL"]
    assert "Click" not in found.text


def test_what_is_embedded_is_a_child(read: Any) -> None:
    found = read(deck(slide(), **{"ppt/media/a.png": "PNG", "ppt/vbaProject.bin": "B"}), "x.pptm")
    assert [child.head.name for child in found.children] == ["a.png", "vbaProject.bin"]
    assert {child.head.relation for child in found.children} == {"embedded"}


def test_a_missing_or_broken_slide_costs_that_slide(read: Any) -> None:
    data = deck(slide(shape("one")), slide(shape("two")) + "<oops", slide(shape("three")))
    found = read(data, "x.pptx")
    assert found.status == "partial"
    for word in ("one", "two", "three"):
        assert word in found.text
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.endswith("slide2.xml"):
                new.writestr(name, old.read(name))
    found = read(out.getvalue(), "x.pptx")
    assert (found.status, found.text) == ("partial", "one\nthree\n")


def test_entities_are_refused(read: Any) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "haha">]>' + slide(shape("&a;"))
    found = read(deck(evil), "x.pptx")
    assert found.status == "partial"
    assert "haha" not in found.text


def test_mutations_give_an_outcome(read: Any) -> None:
    dice = random.Random("pptx")
    seed = deck(slide(shape("one", "title")), slide(shape("two"), show="0"))
    for _ in range(100):
        data = bytearray(seed)
        for _ in range(dice.choice([1, 5, 40])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        assert read(bytes(data), "x.pptx").outcome.status


EXPECTED = {
    "testPPT_various.pptx": ["Row 1 Col 1\tRow 1 Col 2", "Here is a text box", "Footnote appears"],
    "testPPT_masterText.pptx": ["Text that I added to the master slide"],
    "testPPT_masterFooter.pptx": ["Master footer is here"],
    "testPPT_comment.pptx": ["Allison, Timothy B."],
    "testPPT_charts.pptx": ["peach", "March"],
    "testPPT_diagramData.pptx": [],
    "testWordArt.pptx": ["Here is some red word Art"],
    "testPPT_groups.pptx": ["WordArt1", "Ungrouped text box", "Smart5"],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_what_others_read_in_the_corpora(read: Any, corpora: Path, name: str) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-microsoft-module"
    found = read((folder / name).read_bytes(), name)
    assert found.status == "ok"
    for expected in EXPECTED[name]:
        assert re.sub(r"\s+", " ", expected) in re.sub(r"\s+", " ", found.text)
