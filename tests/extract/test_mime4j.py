"""The structure of torture messages, against what mime4j's authors expect of each.

The rule: a message is *alike* when its tree has the same shape (which entity is a multipart with
how many parts, an embedded message, or a leaf) and each leaf's decoded bytes are the same, line
ends and blank lines at either end aside. A multipart that mime4j gives no parts has none here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from evidencebox.extract import mime
from evidencebox.extract.mime import Part

Tree = tuple[str, tuple[object, ...]]


def expected(path: Path) -> Tree:
    """The tree in `NAME_decoded.xml`; leaves hold the bytes of the files it names."""
    source = path.with_name(path.stem + "_decoded.xml").read_bytes()
    # their writer escapes nothing below a space, which XML does not allow
    cleaned = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", source)
    return entity(ElementTree.fromstring(cleaned.decode("latin-1")), path.parent)


def entity(node: ElementTree.Element, folder: Path) -> Tree:
    for kid in node:
        if kid.tag == "multipart":
            return "multipart", tuple(entity(part, folder) for part in kid.findall("body-part"))
        if kid.tag == "message":
            return "message", (entity(kid, folder),)
        if kid.tag in ("text-body", "binary-body"):
            return "leaf", (plain((folder / kid.attrib["name"]).read_bytes()),)
    return "leaf", (b"",)


def found(data: bytes) -> Tree:
    root, _ = mime.scan(io.BytesIO(data), len(data), 65_536, lambda: None)
    return shape(root, data)


def shape(part: Part, data: bytes) -> Tree:
    if part.children or part.media_type.startswith("multipart/"):
        return "multipart", tuple(shape(kid, data) for kid in part.children)
    body = b"".join(mime.body_bytes(io.BytesIO(data), part))
    if part.media_type == "message/rfc822":
        return "message", (found(body),)
    return "leaf", (plain(body),)


def plain(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").strip(b"\r\n")


def bare(tree: Tree) -> object:
    """The shape alone."""
    kind, held = tree
    return kind if kind == "leaf" else (kind, tuple(bare(kid) for kid in held))  # type: ignore[arg-type]


def messages(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.msg")):
        if path.with_name(path.stem + "_decoded.xml").is_file():
            yield path


@pytest.fixture(scope="module")
def gold(corpora: Path) -> list[Path]:
    return list(messages(corpora / "mime4j-mail"))


# Where the decoded bytes differ on purpose, and why. Each of ours holds what is expected, and more.
MORE = {
    "hdr-fakeout.msg": "a line of one space ends the header block; mime4j finds no body at all",
    "basic-plain-with-bad-header-separator.msg": "the same; mime4j drops the body's first lines",
    "malformedHeader-noheader.msg": "a body without headers; mime4j drops all of it",
    "malformedHeaderStartsBody-noheader.msg": "the same; mime4j drops its last line",
    "frag.msg": "base64 without its padding; mime4j drops the last bytes",
    "multi-frag.msg": "base64 without its padding; mime4j drops the last bytes",
}
# A line that is no header, with headers after it: mime4j's second parser takes it and all that
# follows for the body, its first one (malformedHeader-nocrlfcrlf.msg) passes over it as we do.
OTHER = {"malformedHeaderStartsBody-nocrlfcrlf.msg"}


def leaves(tree: Tree) -> Iterator[bytes]:
    kind, held = tree
    for kid in held:
        if kind == "leaf":
            assert isinstance(kid, bytes)
            yield kid
        else:
            yield from leaves(kid)  # type: ignore[arg-type]


def test_every_message_has_the_shape_it_should(gold: list[Path]) -> None:
    assert len(gold) == 80
    other = [path.name for path in gold if bare(expected(path)) != bare(found(path.read_bytes()))]
    assert other == []


def test_leaves_hold_the_bytes_they_should_or_more(gold: list[Path]) -> None:
    differ = {path.name for path in gold if expected(path) != found(path.read_bytes())}
    assert differ == set(MORE) | OTHER
    for path in gold:
        if path.name in MORE:
            pairs = zip(leaves(expected(path)), leaves(found(path.read_bytes())), strict=True)
            assert all(wanted in ours for wanted, ours in pairs), path.name


def test_a_line_that_is_no_header_is_read(read: Any) -> None:
    data = b"From: a@example.org\r\nTo: b@example.org\r\nMeet at the dock\r\nSubject: x\r\n\r\nBody"
    found = read(data, "a.eml")
    assert found.spans("hidden") == ["Meet at the dock\n"]
    assert found.text.endswith("Body")
