"""OpenDocument: what is hidden, tracked, noted or repeated; packages and flat files alike."""
# ruff: noqa: E501 - one part, one line

from __future__ import annotations

import base64
import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

U = "urn:oasis:names:tc:opendocument:xmlns"
NS = (
    " ".join(
        f'xmlns:{prefix}="{U}:{name}:1.0"'
        for prefix, name in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
            ("style", "style"), ("meta", "meta"), ("svg", "svg-compatible"), ("form", "form"),
            ("fo", "xsl-fo-compatible"), ("presentation", "presentation"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)  # fmt: skip
TYPE = "application/vnd.oasis.opendocument."


def content(body: str, styles: str = "", what: str = "text") -> str:
    return (
        f"<office:document-content {NS}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{what}>{body}</office:{what}>"
        "</office:body></office:document-content>"
    )


def package(parts: dict[str, str | bytes], what: str = "text") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TYPE + what, zipfile.ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def text(body: str, styles: str = "", **more: str | bytes) -> bytes:
    return package({"content.xml": content(body, styles), **more})


def sheet(body: str, styles: str = "", **more: str | bytes) -> bytes:
    made = content(body, styles, "spreadsheet")
    return package({"content.xml": made, **more}, "spreadsheet")


def slides(body: str, styles: str = "", **more: str | bytes) -> bytes:
    made = content(body, styles, "presentation")
    return package({"content.xml": made, **more}, "presentation")


def test_paragraphs_spaces_tables_links_and_boxes(read: Any) -> None:
    body = (
        "<text:h>Head</text:h><text:p>a<text:s text:c='3'/>b<text:tab/>c\n  d<text:line-break/>e</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>one</text:p><text:p>two</text:p>"
        "</table:table-cell><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><text:a xlink:href='http://x.example/'>here</text:a><draw:frame><draw:text-box>"
        "<text:p>boxed</text:p></draw:text-box><svg:desc>a face</svg:desc></draw:frame>after</text:p>"
    )
    found = read(text(body), "x.odt")
    assert found.status == "ok"
    assert found.outcome.type == "word"
    assert found.text.startswith("Head\na   b\tc d\ne\none\ntwo\tx\n")
    assert found.spans("link") == [" <http://x.example/>"]
    for words in ("boxed\n", "a face\n", "after\n"):
        assert words in found.text


def test_tracked_changes_stand_where_they_were_made(read: Any) -> None:
    info = "<office:change-info><dc:creator>Roe</dc:creator><dc:date>2021-01-02</dc:date></office:change-info>"
    body = (
        "<text:tracked-changes>"
        f"<text:changed-region text:id='c1'><text:deletion>{info}<text:p>struck</text:p></text:deletion></text:changed-region>"
        f"<text:changed-region text:id='c2'><text:insertion>{info}</text:insertion></text:changed-region>"
        f"<text:changed-region text:id='c3'><text:deletion>{info}<text:p>lost place</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:p>was <text:change-start text:change-id='c2'/>put<text:change-end text:change-id='c2'/>"
        "<text:change text:change-id='c1'/> here</text:p>"
    )
    found = read(text(body), "x.odt")
    assert found.pages[0].text == "was put struck here\n"
    assert found.spans("inserted") == ["put"]
    assert found.spans("deleted") == ["struck", "lost place"]
    assert {span.label for span in found.pages[0].spans} == {"Roe 2021-01-02"}
    assert found.pages[1].label == "deleted text"


def test_notes_comments_headers_and_footers(read: Any) -> None:
    body = (
        "<text:p>body<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>foot</text:p></text:note-body></text:note>"
        "<text:note text:note-class='endnote'><text:note-citation>i</text:note-citation><text:note-body>"
        "<text:p>end</text:p></text:note-body></text:note><office:annotation><dc:creator>R. Roe</dc:creator>"
        "<dc:date>2021-01-02</dc:date><text:p>said</text:p></office:annotation> on</text:p>"
    )
    styles = (
        f"<office:document-styles {NS}><office:master-styles><style:master-page style:name='S'>"
        "<style:header><text:p>the header</text:p></style:header><style:footer><text:p>the footer</text:p>"
        "</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )
    found = read(text(body, **{"styles.xml": styles}), "x.odt")
    assert found.pages[0].text == "body on\n"
    assert [page.label for page in found.pages[1:]] == [
        "headers", "footers", "footnotes", "endnotes", "comments",
    ]  # fmt: skip
    assert found.spans("header") == ["the header\n"]
    assert found.spans("footer") == ["the footer\n"]
    assert found.spans("note") == ["[1] foot\n", "[i] end\n"]
    assert found.spans("comment") == ["[1]: R. Roe 2021-01-02 said\n"]


def test_hidden_text_and_sections_and_page_breaks(read: Any) -> None:
    styles = (
        "<style:style style:name='T1' style:family='text'><style:text-properties text:display='none'/></style:style>"
        "<style:style style:name='T2' style:family='text' style:parent-style-name='T1'/>"
        "<style:style style:name='P1' style:family='paragraph'><style:paragraph-properties fo:break-before='page'/></style:style>"
    )
    body = (
        "<text:p>a<text:span text:style-name='T2'>unseen</text:span></text:p>"
        "<text:section text:display='none'><text:p>section</text:p></text:section>"
        "<text:p text:style-name='P1'>two</text:p><text:soft-page-break/><text:p>three</text:p>"
    )
    found = read(text(body, styles), "x.odt")
    assert found.spans("hidden") == ["unseen", "section\n"]
    assert [page.text.split()[-1] for page in found.pages] == ["section", "two", "three"]


def test_metadata_children_and_embedded_documents(read: Any) -> None:
    meta = (
        f"<office:document-meta {NS}><office:meta><dc:title>Roster</dc:title><meta:initial-creator>Roe"
        "</meta:initial-creator><dc:creator>Doe</dc:creator><meta:creation-date>2020-01-01</meta:creation-date>"
        "<dc:date>2021-01-01</dc:date><meta:user-defined meta:name='Case'>12-77</meta:user-defined>"
        "</office:meta></office:document-meta>"
    )
    parts: dict[str, str | bytes] = {
        "meta.xml": meta,
        "Pictures/a.png": b"PNG",
        "Basic/Standard/Module1.xml": "<m>Shell</m>",
        "Thumbnails/thumbnail.png": b"no",
        "Object 1/content.xml": content("<text:p>inner words</text:p>"),
        "Object 2": b"\xd0\xcf",
        "content.xml": content("<text:p>x</text:p>"),
    }
    data = package(parts)
    found = read(data, "x.odt")
    assert found.metadata["title"] == ["Roster"]
    assert found.metadata["author"] == ["Roe"]
    assert found.metadata["last_author"] == ["Doe"]
    assert found.metadata["date"] == ["2021-01-01"]
    assert found.metadata["property"] == ["Case: 12-77"]
    assert [child.head.name for child in found.children] == ["a.png", "Module1.xml", "Object 2"]
    assert found.pages[1].label == "embedded Object 1"
    assert "inner words" in found.pages[1].text


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_sheets_rows_columns_hidden_repeated_and_commented(read: Any) -> None:
    styles = "<style:style style:name='ta2' style:family='table'><style:table-properties table:display='false'/></style:style>"
    comment = (
        "<office:annotation><dc:creator>Roe</dc:creator><text:p>why</text:p></office:annotation>"
    )
    body = (
        "<table:table table:name='Pay'><table:table-column/><table:table-column table:visibility='collapse'/>"
        + row(cell("name"), cell("secret"), cell("c", "table:number-columns-repeated='2'"))
        + row("<table:table-cell table:number-columns-repeated='16384'/>", more="table:number-rows-repeated='4'")
        + row(f"<table:table-cell office:value='7'/><table:table-cell>{comment}<text:p>v</text:p></table:table-cell>", more="table:visibility='collapse'")
        + row(cell("same"), more="table:number-rows-repeated='1048000'")
        + "</table:table><table:table table:name='Off' table:style-name='ta2'>"
        + row(cell("unseen")) + "</table:table>"
    )  # fmt: skip
    found = read(sheet(body, styles), "x.ods")
    first = found.pages[0]
    assert first.label == "Pay rows 1–106"
    assert first.text.startswith("Pay\nname\tsecret\tc\tc\n7\tv\nsame\nsame\n")
    assert first.text.count("same") == 100
    assert found.spans("hidden") == ["secret", "7", "v", "unseen"]
    assert found.spans("comment") == ["B6: Roe why\n"]
    assert found.pages[-1].label == "Off (hidden) row 1"
    assert found.metadata["sheet"] == ["Pay", "Off"]
    assert "repeated" in found.codes


def test_what_a_cell_held_before_a_change(read: Any) -> None:
    body = (
        "<table:tracked-changes><table:cell-content-change><table:cell-address table:column='1' table:row='6' table:table='0'/>"
        "<office:change-info><dc:creator>Roe</dc:creator><dc:date>2021-01-02</dc:date></office:change-info><table:previous>"
        "<table:change-track-table-cell office:value='250'><text:p>before</text:p></table:change-track-table-cell>"
        "</table:previous></table:cell-content-change></table:tracked-changes><table:table table:name='Pay'>"
        + row(cell("after")) + "</table:table>"
    )  # fmt: skip
    found = read(sheet(body), "x.ods")
    assert found.pages[0].text == "Pay\nafter\n"
    assert found.spans("deleted") == ["B7 Roe 2021-01-02: 250 before\n"]


def test_slides_are_pages_with_notes_after_them(read: Any) -> None:
    styles = "<style:style style:name='dp2' style:family='drawing-page'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
    title = "<draw:frame presentation:class='title'><draw:text-box><text:p>Raid</text:p></draw:text-box></draw:frame>"
    notes = "<presentation:notes><draw:page-thumbnail/><draw:frame><draw:text-box><text:p>say this</text:p></draw:text-box></draw:frame></presentation:notes>"
    shape = "<draw:custom-shape><text:p>secret</text:p></draw:custom-shape>"
    body = f"<draw:page draw:name='p'>{title}{notes}</draw:page><draw:page/><draw:page draw:style-name='dp2'>{shape}</draw:page>"
    found = read(slides(body, styles), "x.odp")
    assert found.outcome.type == "slides"
    assert [(page.label, page.text.strip()) for page in found.pages] == [
        ("slide 1: Raid", "Raid"),
        ("slide 2", ""),
        ("slide 3 (hidden)", "secret"),
        ("slide 1 notes", "say this"),
    ]
    assert found.spans("hidden") == ["secret\n"]
    assert found.spans("note") == ["say this\n"]


def test_a_flat_document_is_read_like_a_package(read: Any) -> None:
    picture = base64.b64encode(b"PNG").decode()
    flat = (
        f"<?xml version='1.0'?><office:document {NS} office:mimetype='{TYPE}text'><office:meta><dc:title>Flat</dc:title>"
        "</office:meta><office:body><office:text><text:p>words<draw:frame><draw:image><office:binary-data>"
        f"{picture}</office:binary-data></draw:image></draw:frame></text:p></office:text></office:body></office:document>"
    )
    found = read(flat.encode(), "x.fodt")
    assert (found.status, found.outcome.type, found.text) == ("ok", "word", "words\n")
    assert found.metadata["title"] == ["Flat"]
    assert [child.data for child in found.children] == [b"PNG"]
    assert "mismatch" not in found.codes


def test_staroffice_with_its_document_type(read: Any) -> None:
    old = "http://openoffice.org/2000"
    body = (
        '<?xml version="1.0"?><!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD 1.0//EN" "office.dtd">'
        f'<office:document-content xmlns:office="{old}/office" xmlns:text="{old}/text"><office:body><text:p>old'
        '<text:footnote><text:footnote-citation>1</text:footnote-citation><text:footnote-body><text:p>note</text:p>'
        "</text:footnote-body></text:footnote></text:p></office:body></office:document-content>"
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.sun.xml.writer")
        archive.writestr("content.xml", body)
    found = read(out.getvalue(), "x.sxw")
    assert found.status == "ok"
    assert [page.text for page in found.pages] == ["old\n", "[1] note\n"]


def test_encrypted_documents_say_so(read: Any) -> None:
    manifest = '<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    data = package({"META-INF/manifest.xml": manifest, "content.xml": b"\x00\x01"})
    assert read(data, "x.odt").status == "encrypted"


@pytest.mark.parametrize(
    "inside", ['[<!ENTITY a "haha">]', '[<!ENTITY a SYSTEM "file:///etc/passwd">]']
)
def test_entities_are_refused(read: Any, inside: str) -> None:
    made = f"<!DOCTYPE x {inside}>" + content("<text:p>&a;</text:p>")
    found = read(package({"content.xml": made}), "x.odt")
    assert found.status == "partial"
    assert not found.text.strip()
    flat = f"<!DOCTYPE x {inside}><office:document {NS} office:mimetype='{TYPE}text'>&a;</office:document>"
    assert not read(flat.encode(), "x.fodt").text.count("haha")


def test_broken_ends_keep_what_came_before(read: Any) -> None:
    found = read(package({"content.xml": content("<text:p>kept</text:p>")[:-40] + "<"}), "x.odt")
    assert (found.status, found.text) == ("partial", "kept\n")


def test_mutations_give_an_outcome(read: Any) -> None:
    dice = random.Random("odf")
    body = (
        "<table:table table:name='a'>"
        + row(cell("b", "table:number-columns-repeated='3'"))
        + "</table:table>"
    )
    flat = f"<office:document {NS} office:mimetype='{TYPE}spreadsheet'><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document>"
    for seed, name in ((sheet(body), "x.ods"), (flat.encode(), "x.fods")):
        for _ in range(100):
            data = bytearray(seed)
            for _ in range(dice.choice([1, 5, 40])):
                data[dice.randrange(len(data))] = dice.randrange(256)
            assert read(bytes(data), name).outcome.status


EXPECTED = {
    "testODFwithOOo3.odt": ["Apache Tika", "Lucene", "This is of course a simple footnote", "Tika is part of the Lucene project."],
    "testFooter.odt": ["Here is footer text"],
    "testFooter.ods": ["Here is a footer in the center area"],
    "testMasterFooter.odp": ["Master footer is here"],
    "testODTEncrypted.odt": [],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_what_others_read_in_the_corpora(read: Any, corpora: Path, name: str) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-miscoffice-module"
    found = read((folder / name).read_bytes(), name)
    assert found.status == ("ok" if EXPECTED[name] else "encrypted")
    for expected in EXPECTED[name]:
        assert expected in found.text


def test_an_encoding_that_nobody_knows_costs_that_part(read: Any) -> None:
    meta = f"<?xml version='1.0' encoding='no-such'?><office:document-meta {NS}/>"
    found = read(text("<text:p>kept</text:p>", **{"meta.xml": meta}), "x.odt")
    assert (found.status, found.text) == ("partial", "kept\n")
    assert "broken_part" in found.codes
