"""OLE containers: the file system, property sets, macros, embedded objects, hostile tables."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path
from typing import Any

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.extract.job import Job
from evidencebox.extract.ole import Container, DamagedError, Tree
from evidencebox.extract.oleembed import native
from evidencebox.extract.olemacros import unpacked
from evidencebox.extract.oleprops import sets
from evidencebox.extract.olewrite import container
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Hint, Limits

SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
DOCUMENT = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
USER = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")


def opened(data: bytes, found: Any) -> Container:
    job = Job(io.BytesIO(data), Hint(), Limits(), found, len(data))
    return Container(job)


NAMES = st.text(st.characters(codec="utf-16", exclude_characters="/\\:!\0"), min_size=1, max_size=9)


@settings(max_examples=60)
@given(st.dictionaries(NAMES, st.binary(max_size=9_000), max_size=12))
def test_what_is_written_is_read_alike_by_two_readers(streams: dict[str, bytes]) -> None:
    unique = {name.lower(): name for name in streams}
    tree: Tree = {f"s{n}{name}"[:20]: streams[name] for n, name in enumerate(unique.values())}
    data = container({"in": tree, **tree})
    ours = opened(data, None)
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as theirs:
        assert {entry.path for entry in ours.entries} == {
            tuple(path) for path in theirs.listdir(streams=True, storages=True)
        }
        for name, value in tree.items():
            assert theirs.openstream(["in", name]).read() == value
    assert not theirs.parsing_issues


class Beats:
    """A sink that only counts."""

    def beat(self) -> None: ...

    def warn(self, code: str, detail: str) -> None: ...


def test_streams_small_and_large_whatever_the_case_of_their_names() -> None:
    tree: Tree = {"Small": b"a" * 4_095, "Large": b"b" * 9_000_000, "In": {"Empty": b""}}
    holder = opened(container(tree), Beats())
    assert holder.stream("SMALL") == tree["Small"]
    assert holder.stream("large") == tree["Large"]
    assert holder.tree() == tree
    assert [entry.name for entry in holder.kids("in")] == ["Empty"]


def test_a_chain_that_bites_its_tail_ends(read: Any) -> None:
    data = bytearray(container({"Large": b"b" * 9_000}))
    fat = data.rfind(struct.pack("<III", 1, 2, 3))
    struct.pack_into("<I", data, fat + 4 * 5, 0)
    entry = data.find("Large".encode("utf-16-le"))
    struct.pack_into("<I", data, entry + 120, 0xFFFFFFF0)
    holder = opened(bytes(data), Beats())
    assert len(holder.stream("Large")) <= len(data)
    assert read(bytes(data)).status in ("unsupported", "partial")


def test_a_file_that_is_cut_off_keeps_the_streams_before() -> None:
    # the directory comes before the cut, the table of chains after it
    data = container({"Small": b"a" * 100})
    holder = opened(data[: len(data) - 256], Beats())
    assert holder.stream("Small") == b"a" * 100


@pytest.mark.parametrize("data", [b"", bytes(600), container({})[:600]])
def test_no_container(data: bytes) -> None:
    with pytest.raises(DamagedError):
        opened(data, Beats())


def test_many_entries_that_share_their_sectors_are_a_bomb(read: Any) -> None:
    data = bytearray(container({f"s{n:04}": b"" for n in range(2_000)}))
    at = len(data)
    for n in range(2_000):
        entry = data.find(f"s{n:04}".encode("utf-16-le"))
        struct.pack_into("<IQ", data, entry + 116, 0, at)
    found = read(bytes(data), depth=3)
    assert found.status in ("limit", "unsupported", "empty", "partial")


def value(kind: int, body: bytes) -> bytes:
    body = struct.pack("<I", kind) + body
    return body + bytes(-len(body) % 4)


def ansi(text: bytes) -> bytes:
    return value(30, struct.pack("<I", len(text) + 1) + text + b"\0")


def property_set(*parts: tuple[bytes, dict[int, bytes]]) -> bytes:
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), len(parts))
    at = len(head) + 20 * len(parts)
    out = b""
    for kind, values in parts:
        head += kind + struct.pack("<I", at + len(out))
        table, body, offset = b"", b"", 8 + 8 * len(values)
        for number, packed in values.items():
            table += struct.pack("<II", number, offset + len(body))
            body += packed
        out += struct.pack("<II", 8 + len(table) + len(body), len(values)) + table + body
    return head + out


def test_properties_are_metadata(read: Any) -> None:
    page = value(2, struct.pack("<h", 1251))
    summary = property_set(
        (SUMMARY, {
            1: page,
            2: ansi("донос".encode("cp1251")),
            4: value(31, struct.pack("<I", 5) + "R.Roe".encode("utf-16-le")),
            10: value(64, struct.pack("<Q", 600_000_000)),
            12: value(64, struct.pack("<Q", 132_640_000_000_000_000)),
        })
    )  # fmt: skip
    names = struct.pack("<I", 1) + struct.pack("<II", 2, 6) + b"Judge\0"
    document = property_set(
        (DOCUMENT, {1: page, 15: ansi(b"City")}),
        (USER, {0: names + b"\0\0", 1: page, 2: ansi(b"J. Doe")}),
    )
    tree: Tree = {
        "\x05SummaryInformation": summary, "\x05DocumentSummaryInformation": document,
    }  # fmt: skip
    found = read(container(tree))
    assert found.metadata == {
        "title": ["донос"],
        "author": ["R.Roe"],
        "created": ["2021-04-27T12:26:40Z"],
        "date": ["2021-04-27T12:26:40Z"],
        "company": ["City"],
        "property": ["Judge: J. Doe"],
    }


@given(st.binary(max_size=300))
def test_property_sets_never_raise(data: bytes) -> None:
    list(sets(struct.pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), 3) + data))


def packed(text: bytes) -> bytes:
    """The text as literals, eight to a flag byte, in chunks."""
    out = b"\1"
    for at in range(0, len(text), 3_200):
        piece = text[at : at + 3_200]
        body = b"".join(b"\0" + piece[n : n + 8] for n in range(0, len(piece), 8))
        out += struct.pack("<H", 0xB000 | (len(body) - 1)) + body
    return out


def test_macros_are_pages(read: Any) -> None:
    module = b"compiled\xff" + packed(b'Attribute VB_Name = "M"\r\nSub Leak()\r\nEnd Sub\r\n')
    folder: Tree = {"M": module, "dir": packed(b"\x03\0\x02\0\0\0\xe3\x04"), "_VBA_PROJECT": b"x"}
    found = read(container({"Macros": {"VBA": folder, "PROJECT": b'ID="{0}"'}}))
    assert found.pages[0].label == "macros"
    assert "Sub Leak()\nEnd Sub\n" in found.text


def test_macros_repeat_what_stands_before() -> None:
    # the example of the specification: #aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa
    example = bytes.fromhex(
        "012fb000236161616263646582660070616768696a013808616b6c0030"
        "6d6e6f700671027004107273747576107778797a003c"
    )
    wanted = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert unpacked(example, 0) == wanted


@given(st.binary(max_size=200))
def test_macros_never_raise(data: bytes) -> None:
    unpacked(b"\1" + data, 0)
    native(data)


def test_unknown_streams_give_strings_and_what_they_embed(read: Any) -> None:
    tree: Tree = {
        "Contents": b"\0\1\2the hidden ledger\0\0\0" + "имя агента".encode("utf-16-le"),
        "Picture": b"\x89PNG\r\n\x1a\n",
        "Object 1": {"WordDocument": b"x", "\x01CompObj": b"y"},
        "Object 2": {"\x01Ole10Native": struct.pack("<I", 4) + b"%PDF"},
    }
    found = read(container(tree))
    assert found.status == "unsupported"
    assert "the hidden ledger" in found.text
    assert "имя агента" in found.text
    assert {child.head.name: child.data[:4] for child in found.children} == {
        "Picture": b"\x89PNG", "Object 1.ole": b"\xd0\xcf\x11\xe0", "Object 2.bin": b"%PDF",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["EncryptedPackage", "\x06DataSpaces"])
def test_encrypted_packages(read: Any, name: str) -> None:
    found = read(container({name: b"x" * 2_000}), "x.docx")
    assert (found.status, found.pages) == ("encrypted", [])
    assert "mismatch" not in found.codes


def test_a_container_beyond_repair_gives_its_strings(read: Any) -> None:
    data = bytearray(container({"WordDocument": b"evidence in plain sight " * 200}))
    struct.pack_into("<I", data, 48, 0xFFFFFFFE)
    found = read(bytes(data), "x.doc")
    assert found.status == "partial"
    assert "evidence in plain sight" in found.text


def test_a_directory_of_rubbish_is_not_taken_for_an_empty_document(read: Any) -> None:
    data = container({"Book": b"evidence in plain sight " * 200})
    at = data.find("Book".encode("utf-16-le"))
    found = read(data[:at] + bytes(128) + data[at + 128 :], "x.xls")
    assert found.status == "partial"
    assert "evidence in plain sight" in found.text


def test_mutations_give_an_outcome(read: Any, request: pytest.FixtureRequest) -> None:
    dice = random.Random("evidencebox ole")
    seed = container(
        {"a": {"VBA": {"M": b"\xff" + packed(b"Attribute x")}}, "b": {"Package": b"PK\3\4"},
         "c": b"words and words" * 400, "\x05SummaryInformation": property_set((SUMMARY, {}))}
    )  # fmt: skip
    for _ in range(5_000 if request.config.getoption("--long") else 400):
        out = bytearray(seed)
        for _ in range(dice.choice([1, 3, 20])):
            at = dice.randrange(len(out) - 4)
            out[at : at + dice.choice([1, 2, 4])] = dice.choice(
                [b"\xff\xff\xff\xff", b"\0\0", b"\x7f", bytes([dice.randrange(256)])]
            )
        found = read(bytes(out), "x.ole", limits=Limits(chars=1_000_000))
        assert isinstance(found.outcome.status, Status)


def test_every_container_of_the_corpus_reads_as_with_the_oracle(corpora: Path) -> None:
    files = sorted(
        (corpora / "tika-docs/files/tika-parser-microsoft-module").rglob("*.[dxpm][olps][cstg]")
    )
    seen = 0
    for path in files:
        data = path.read_bytes()
        if not olefile.isOleFile(data):
            continue
        ours = opened(data, Beats())
        with olefile.OleFileIO(io.BytesIO(data)) as theirs:
            for name in theirs.listdir():
                seen += 1
                assert ours.stream(*name) == theirs.openstream(name).read()
    assert seen > 1_000
