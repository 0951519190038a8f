"""PowerPoint 97 to 2003: page n is slide n, and nothing said beside it is lost."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from evidencebox.extract.olewrite import container
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits
from tests.extract.pptmake import (
    Entry,
    atom,
    comment,
    drawing,
    holder,
    notes,
    options,
    said,
    shape,
    show,
    slide,
    text,
)

TIKA = "tika-docs/files/tika-parser-microsoft-module"


def one(*shapes: bytes) -> Entry:
    return Entry(slide(drawing(*shapes)))


def pages(found: Any) -> list[tuple[str, str]]:
    return [(page.label, page.text) for page in found.pages]


def test_slides_are_pages(read: Any) -> None:
    found = read(
        show([one(shape(text("Alpha", 0)), shape(text("words\rand\x0blines"))), one(), one(
            shape(text("Имя")))]),
        "x.ppt",
    )  # fmt: skip
    assert found.status == "ok"
    assert found.outcome.type == "slides"
    assert pages(found) == [
        ("slide 1: Alpha", "Alpha\nwords\nand\nlines\n"),
        ("slide 2", ""),
        ("slide 3", "Имя\n"),
    ]


def test_texts_of_the_outline_stand_where_shapes_refer_to_them(read: Any) -> None:
    outline = text("Title", 0) + text("Body") + text("In no shape")
    shapes = drawing(shape(atom(3998, struct.pack("<I", 1))), shape(atom(3998, bytes(4))))
    found = read(show([Entry(slide(shapes), outline)]))
    assert pages(found) == [("slide 1: Title", "Body\nTitle\nIn no shape\n")]


def test_hidden_slides_and_shapes_are_marked(read: Any) -> None:
    unseen = shape(text("unseen"), looks=options((0x03BF, 0x20002)))
    found = read(show([Entry(slide(drawing(unseen, shape(text("seen"))), hidden=True))]))
    assert pages(found) == [("slide 1 (hidden)", "unseen\nseen\n")]
    assert "hidden" in found.codes
    assert found.spans("hidden") == ["unseen"]


def test_notes_and_comments_follow_the_slides(read: Any) -> None:
    page = notes(256, drawing(shape(text("Say this", 2)), shape(text("*"))))
    entries = [Entry(slide(drawing(shape(text("A"))), comment("R. Roe", "why?"))), one()]
    found = read(show(entries, pages=[page]))
    assert [label for label, _ in pages(found)] == [
        "slide 1", "slide 2", "slide 1 notes", "slide 1 comments",
    ]  # fmt: skip
    assert found.spans("note") == ["Say this"]
    assert found.spans("comment") == ["R. Roe 2021-04-27T09:30:15: why?"]


def test_word_art_and_descriptions(read: Any) -> None:
    looks = options((0x00C0, "Wanted"), (0x0381, "a photograph"), (0x0004, 5))
    assert pages(read(show([one(shape(looks=looks))]))) == [("slide 1", "Wanted\na photograph\n")]


def test_masters_without_their_prompts(read: Any) -> None:
    master = holder(
        1016,
        drawing(
            shape(text("Click to edit", 0), placeholder=1),
            shape(text("Confidential")),
            shape(text("The foot"), placeholder=9),
            shape(text("*"), placeholder=8),
        ),
    )
    found = read(show([one(shape(text("A")))], masters=[master]))
    assert pages(found)[1:] == [("layouts and masters", "Confidential\nThe foot\n")]
    assert found.spans("footer") == ["The foot"]


def test_footers_where_they_are_shown(read: Any) -> None:
    flags = atom(4058, struct.pack("<HH", 0, 0x20))
    edges = holder(4057, flags, said("a date", 0), said("the foot", 2), instance=3)
    found = read(show([Entry(slide(drawing(shape(text("A"))), edges))]))
    assert found.spans("footer") == ["the foot\n"]
    assert "a date" not in found.text


def test_links_keep_their_target(read: Any) -> None:
    link = holder(4055, atom(4051, struct.pack("<I", 7)), said("x"), said("http://example.org/", 1))
    action = holder(4082, atom(4083, struct.pack("<II", 0, 7) + bytes(8)))
    found = read(show([one(shape(text("here"), action))], more=holder(1033, link)))
    assert found.spans("link") == ["<http://example.org/>\n"]


def test_what_earlier_saves_left_is_marked_as_deleted(read: Any) -> None:
    old = slide(drawing(shape(text("the old figure")), shape(text("kept"))))
    found = read(show([one(shape(text("kept")))], old=old))
    assert pages(found)[-1] == ("left over from earlier saves", "the old figure\n")
    assert found.spans("deleted") == ["the old figure"]


def test_objects_sounds_and_pictures_are_children(read: Any) -> None:
    native = struct.pack("<H", 2) + b"a.txt\0C:\\a.txt\0\0\0\x03\0" + struct.pack("<I", 1) + b"\0"
    native += struct.pack("<I", 5) + b"words"
    wrapped = container({"\x01Ole10Native": struct.pack("<I", len(native)) + native})
    book = container({"Workbook": b"x" * 5_000})
    objects = [
        atom(4113, struct.pack("<I", len(book)) + zlib.compress(book), 1),
        atom(4113, wrapped),
    ]
    embed = holder(4044, atom(4035, struct.pack("<6I", 1, 0, 1, 0, 3, 0)), said("Excel.Sheet.8", 2))
    sound = holder(2020, holder(2022, said("shot"), said(".wav", 1), atom(2023, b"RIFF")))
    png = atom(0xF01E, bytes(17) + b"\x89PNG data", 0x6E0)
    found = read(
        show([one()], more=holder(1033, embed) + sound, objects=objects, streams={"Pictures": png})
    )
    children = {child.head.name: child.data for child in found.children}
    assert children["object 3 Excel.Sheet.8.ole"] == book
    assert children["a.txt"] == b"words"
    assert children["shot.wav"] == b"RIFF"
    assert children["picture 1.png"] == b"\x89PNG data"


def test_a_bomb_in_an_object_stops(read: Any) -> None:
    bomb = atom(4113, bytes(4) + zlib.compress(bytes(256 << 20)), 1)
    found = read(show([one(shape(text("A")))], objects=[bomb]), depth=3)
    assert found.status == "limit"
    assert "A\n" in found.text


def test_shapes_in_shapes_are_said_once(read: Any) -> None:
    nested = text("word")
    for _ in range(60):
        nested = holder(0xF004, nested)
    assert read(show([Entry(slide(nested))])).text == "word\n"


def test_encrypted(read: Any) -> None:
    locked = struct.pack("<II", 0x14, 0xF3D1C4DF)
    found = read(show([one(shape(text("A")))], user=locked), "x.ppt")
    assert found.status == "encrypted"
    assert not found.pages


def test_slides_are_found_where_the_list_is_broken(read: Any) -> None:
    data = show([one(shape(text("kept words")))])
    at = data.find(struct.pack("<HHI", 0, 4085, 28))
    found = read(data[:at] + bytes(8) + data[at + 8 :])
    assert found.status == "partial"
    assert "kept words" in found.text


def test_mutations_give_an_outcome(read: Any, request: pytest.FixtureRequest) -> None:
    dice = random.Random("evidencebox ppt")
    entry = Entry(
        slide(drawing(shape(text("words"), looks=options((0xC0, "art")))), comment("R", "c")),
        text("Title", 0),
    )
    seed = show(
        [entry, one()], pages=[notes(256, drawing(shape(text("n"))))], old=slide(drawing()),
        objects=[atom(4113, bytes(4) + zlib.compress(container({"a": b"b"})), 1)],
    )  # fmt: skip
    for _ in range(5_000 if request.config.getoption("--long") else 400):
        out = bytearray(seed)
        for _ in range(dice.choice([1, 3, 20])):
            at = dice.randrange(len(out) - 4)
            out[at : at + dice.choice([1, 2, 4])] = dice.choice(
                [b"\xff\xff\xff\xff", b"\0\0", b"\x7f", bytes([dice.randrange(256)])]
            )
        found = read(bytes(out), "x.ppt", limits=Limits(chars=1_000_000))
        assert isinstance(found.outcome.status, Status)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("testPPT.ppt", ["Sample Powerpoint Slide", "Powerpoint X for Mac"]),
        ("testComment.ppt", ["Michael McCandless 2011-09-17T08:45:16: Here is a comment"]),
        ("testPPT_various.ppt", ["Here is a text box", "Row 1 Col 1", "𐌲𐌿𐍄𐌹𐍃𐌺",
            "This is the header text.", "<http://tika.apache.org/>"]),
        ("testPPT_masterText.ppt", ["Text that I added to the master slide"]),
        ("testPPT_masterFooter.ppt", ["Master footer is here"]),
        ("testPPT_groups.ppt", ["WordArt1", "Text box4", "Ungrouped text box"]),
    ],
)  # fmt: skip
def test_corpus(read: Any, corpora: Path, name: str, words: list[str]) -> None:
    found = read((corpora / TIKA / name).read_bytes(), name)
    assert found.status == "ok"
    for each in words:
        assert each in found.text
