"""Books: parts in the spine's order, those in no order too, and the locked ones named."""

from __future__ import annotations

import io
import zipfile
from typing import Any

CONTAINER = '<container><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></container>'
OPF = (
    '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Beat</dc:title>'
    "<dc:creator>R. Roe</dc:creator>"
    "<dc:date>2020-01-02</dc:date><dc:language>en</dc:language></metadata><manifest>"
    '<item id="a" href="one%20a.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="c" href="left.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>'
)


def chapter(words: str) -> str:
    return f"<!DOCTYPE html><html><head><title>t</title></head><body><p>{words}</p></body></html>"


def book(more: dict[str, str] | None = None) -> bytes:
    members = {
        "META-INF/container.xml": CONTAINER,
        "OPS/b.opf": OPF,
        "OPS/one a.xhtml": chapter("first wörds"),
        "OPS/two.xhtml": chapter("second"),
        "OPS/left.xhtml": chapter("left out"),
        "OPS/style.css": "p {}",
        "OPS/cover.jpg": "JPG",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in (members | (more or {})).items():
            archive.writestr(name, text)
    return out.getvalue()


def test_parts_in_order_metadata_and_pictures(read: Any) -> None:
    found = read(book(), "x.epub")
    assert found.status == "ok"
    assert [page.label for page in found.pages] == [
        "part 1", "part 2", "outside the order: left.xhtml",
    ]  # fmt: skip
    for page, words in zip(found.pages, ("second", "first wörds", "left out"), strict=True):
        assert words in page.text
    assert found.metadata["title"] == ["Beat"]
    assert found.metadata["author"] == ["R. Roe"]
    assert found.metadata["date"] == ["2020-01-02"]
    assert found.metadata["stated_language"] == ["en"]
    assert [child.head.name for child in found.children] == ["cover.jpg"]


def test_locked_parts_are_named_and_a_locked_book_is_encrypted(read: Any) -> None:
    one = '<encryption><CipherReference URI="OPS/two.xhtml"/></encryption>'
    found = read(book({"META-INF/encryption.xml": one}), "x.epub")
    assert found.status == "partial"
    assert "second" not in found.text
    assert "first wörds" in found.text
    both = one.replace("</", '<CipherReference URI="OPS/one%20a.xhtml"/></', 1)
    found = read(book({"META-INF/encryption.xml": both}), "x.epub")
    assert found.status == "encrypted"


def test_a_book_that_does_not_say_what_its_parts_are(read: Any) -> None:
    found = read(book({"META-INF/container.xml": "<broken"}), "x.epub")
    assert found.status == "partial"
    assert "first wörds" in found.text
    assert "second" in found.text


def test_entities_are_refused(read: Any) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "haha">]>' + OPF.replace("Beat", "&a;")
    found = read(book({"OPS/b.opf": evil}), "x.epub")
    assert found.status == "partial"
    assert "haha" not in str(found.metadata)
