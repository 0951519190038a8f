"""Inverting, the codec, and segments as bytes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.index import postings
from evidencebox.index.invert import invert
from evidencebox.index.postings import Lists
from evidencebox.index.segment import Segment, check, decoded, term_list
from evidencebox.model.documents import Layer, Page
from evidencebox.model.indexing import IndexEntry
from tests.index.helpers import document, entry


def read(segment: Segment, field: str) -> dict[str, list[tuple[int, list[int]]]]:
    """Term → (document, positions)."""
    part = segment.fields[field]
    names = [raw.decode() for raw in term_list(part.term_lengths, part.terms)]
    found: dict[str, list[tuple[int, list[int]]]] = {}
    for block, docs, freqs, places in decoded(part):
        at = place = 0
        for term in range(block.start, block.stop):
            rows = found.setdefault(names[term], [])
            for _ in range(int(part.df[term])):
                rows.append((int(docs[at]), places[place : place + freqs[at]].tolist()))
                place += int(freqs[at])
                at += 1
    return found


def test_positions_go_on_over_pages_and_start_again_with_a_document() -> None:
    segment = invert([entry(1, "one two", "two three"), entry(2), entry(3, "two")])
    assert read(segment, "body") == {
        "one": [(0, [0])],
        "two": [(0, [1, 2]), (2, [0])],
        "three": [(0, [3])],
    }
    assert segment.columns.page_starts.tolist() == [0, 2, 0]
    assert segment.columns.page_counts.tolist() == [2, 0, 1]
    assert segment.fields["body"].lengths.tolist() == [4, 0, 1]


def test_counts_are_never_clipped() -> None:
    segment = invert([entry(1, "will " * 70_000), entry(2, "x " * 70_000 + "will")])
    assert read(segment, "body")["will"][0][1] == list(range(70_000))
    assert read(segment, "body")["will"][1] == (1, [70_000])


def test_keywords_are_whole_folded_values() -> None:
    one = entry(1, keywords={"folder": ("Mail/Ä B", "mail/a b", "x"), "type": ("mail",)})
    segment = invert([one])
    assert read(segment, "folder") == {"mail/a b": [(0, [0])], "x": [(0, [1])]}


def test_a_page_knows_its_layer() -> None:
    pages = (Page(1, "a"), Page(1, "b", layer=Layer.OCR))
    segment = invert([IndexEntry(document(1), pages, {}, {}, None, 0)])
    assert segment.columns.page_layers.tolist() == [0, 1]


def test_long_texts_are_streamed_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    one = entry(1, "O'Neil went ho-\nme " * 50, "漢字 and é")
    whole = invert([one]).to_bytes()
    monkeypatch.setattr("evidencebox.index.invert._STREAMED", 10)
    monkeypatch.setattr("evidencebox.index.invert._AT_ONCE", 7)
    monkeypatch.setattr("evidencebox.index.parts._AT_ONCE", 20)
    assert invert([one]).to_bytes() == whole


@pytest.mark.parametrize(
    "entries",
    [
        [entry(1), entry(1)],
        [entry(1, fields={"unknown": "x"})],
        [entry(1, keywords={"subject": ("x",)})],
    ],
)
def test_entries_that_contradict_themselves_are_refused(entries: list[IndexEntry]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        invert(entries)


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 70_000), st.lists(st.integers(1, 70_000), min_size=1)),
            min_size=1,
            max_size=4,
        ),
        max_size=6,
    )
)
def test_lists_come_back_as_they_were(lists: list[list[tuple[int, list[int]]]]) -> None:
    docs = [np.cumsum([step for step, _ in one]) - 1 for one in lists]
    places = [np.cumsum(steps) - 1 for one in lists for _, steps in one]
    nothing = np.zeros(0, dtype=np.int64)
    freqs = np.array([len(steps) for one in lists for _, steps in one], dtype=np.int64)
    df = np.array([len(one) for one in lists], dtype=np.int64)
    cf = np.array([sum(len(steps) for _, steps in one) for one in lists], dtype=np.int64)
    given_lists = Lists(
        df, cf, np.concatenate([nothing, *docs]), freqs, np.concatenate([nothing, *places])
    )
    packed = postings.pack(given_lists)
    got_docs, got_freqs = postings.unpack_documents(df, packed.sizes, packed.docs)
    got = postings.unpack_positions(cf, packed.sizes.positions, freqs, packed.positions)
    assert got_docs.tolist() == given_lists.docs.tolist()
    assert got_freqs.tolist() == freqs.tolist()
    assert got.tolist() == given_lists.positions.tolist()


def _sample() -> bytes:
    made = [
        entry(1, "O'Neil and Will", "exam-\nple 12-3456", fields={"subject": "Will"}, date=5),
        entry(2, "Will " * 300, keywords={"type": ("mail",)}),
    ]
    return invert(made).to_bytes()


def test_a_segment_comes_back_as_it_was() -> None:
    raw = _sample()
    assert Segment.from_bytes(raw).to_bytes() == raw
    assert Segment.from_bytes(memoryview(raw)).to_bytes() == raw
    assert Segment.from_bytes(invert([]).to_bytes()).count == 0


@settings(max_examples=400)
@given(st.data())
def test_changed_bytes_give_a_valid_segment_or_valueerror(data: st.DataObject) -> None:
    raw = bytearray(_sample())
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)) | st.just(len(raw)))
    try:
        segment = Segment.from_bytes(bytes(raw[:cut]))
    except ValueError:
        return
    for field in segment.fields:
        read(segment, field)


def test_the_inverter_loads_neither_keys_nor_a_database_nor_whoosh() -> None:
    code = (
        "import sys, evidencebox.index.invert;"
        "bad = {'sqlcipher3', 'sqlite3', 'whoosh', 'PySide6', 'evidencebox.vault'};"
        "print(*(bad & set(sys.modules)), end='')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", ["df", "cf"])
def test_a_count_without_bytes_cannot_ask_for_all_memory(name: str) -> None:
    segment = invert([entry(1, "will may")])
    part = segment.fields["body"]
    huge = np.full(len(part.df), 0xFFFFFFFF, dtype="<u4")
    both = replace(part, **{name: huge, "cf": huge})
    with pytest.raises(ValueError, match=r"than there are|too often"):
        check(replace(segment, fields={"body": both}))
