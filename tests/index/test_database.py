"""Tables, writer, merges and readers, on a real encrypted database."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.index import merge_lists
from evidencebox.index.database import Index
from evidencebox.index.invert import invert
from evidencebox.index.language import parse
from evidencebox.index.search import search
from evidencebox.model.documents import Layer, Page, Span
from evidencebox.model.indexing import IndexEntry
from evidencebox.vault import database as vault
from tests.index.helpers import CASE, add, chunked, document, entry, new_index


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = new_index(tmp_path)
    yield made
    made.close()


def some_entries(count: int, seed: int = 1) -> list[IndexEntry]:
    rng = random.Random(seed)
    words = ["will", "may", "an", "O'Neil", "12-3456", "ex-\nam", *map(str, range(400))]
    return [
        entry(
            number,
            *(" ".join(rng.choices(words, k=rng.randrange(30))) for _ in range(rng.randrange(3))),
            fields={"subject": rng.choice(words)} if number % 3 else {},
            keywords={"type": (rng.choice(("mail", "pdf")),)},
            date=number if number % 2 else None,
            size=number,
        )
        for number in range(count)
    ]


def test_pages_come_back_one_by_one(index: Index) -> None:
    pages = (
        Page(1, "text \ud800 é", "Sheet 1", spans=(Span(0, 4, "header", "A"),)),
        Page(2, ""),
        Page(1, "seen", layer=Layer.OCR),
    )
    add(index, [IndexEntry(document(1), pages, {}, {}, None, 0), entry(2, "other")])
    assert tuple(index.pages(document(1))) == pages
    assert index.page(document(1), 1) == pages[0]
    assert index.page(document(1), 1, Layer.OCR) == pages[2]
    assert index.page(document(1), 3) is None
    heads = index.page_heads(document(1))
    assert [(h.number, h.label, h.layer, h.chars) for h in heads] == [
        (1, "Sheet 1", Layer.TEXT, 8), (2, "", Layer.TEXT, 0), (1, "", Layer.OCR, 4)
    ]  # fmt: skip
    assert document(1) in index
    assert document(3) not in index
    assert index.count() == 2


@settings(max_examples=15)
@given(st.data())
def test_replacing_removing_and_merging_leave_what_one_go_would_give(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    entries = some_entries(30)
    index = new_index(tmp_path_factory.mktemp("a"))
    live: dict[str, IndexEntry] = {}
    for _ in range(data.draw(st.integers(1, 8))):
        some = data.draw(st.lists(st.sampled_from(entries), unique_by=lambda e: e.document))
        gone = data.draw(st.lists(st.sampled_from(entries), max_size=8))
        other = data.draw(st.booleans())
        some = [some_entries(30, 2)[entries.index(one)] for one in some] if other else some
        with index.writer(merge=data.draw(st.booleans())) as writer:
            writer.append(some, invert(some))
            writer.remove(one.document for one in gone)
            if data.draw(st.booleans()):
                writer.merge_all()
        live |= {one.document: one for one in some}
        for one in gone:
            live.pop(one.document, None)
    once = new_index(tmp_path_factory.mktemp("b"))
    add(once, list(live.values()))
    assert index.canonical_dump() == once.canonical_dump()
    assert index.count() == len(live)
    for text in ("*", "will", "o'neil", "subject:may", "pages:2", "date:1970", "type:mail may"):
        mine = search(index, parse(text), lambda _: set())
        theirs = search(once, parse(text), lambda _: set())
        assert (mine.documents, mine.scores) == (theirs.documents, theirs.scores), text
    for one in live.values():
        assert tuple(index.pages(one.document)) == one.pages
    index.close()
    once.close()


def test_many_small_commits_become_few_segments(index: Index) -> None:
    entries = some_entries(200)
    for some in chunked(entries, 2):
        add(index, some)
    with index.read() as snapshot:
        assert len(snapshot.arrays.segments) < 16
    assert index.count() == 200


def test_an_error_leaves_nothing_behind(index: Index) -> None:
    add(index, [entry(1, "before")])
    state, dump = index.state(), index.canonical_dump()

    def fail() -> None:
        with index.writer() as writer:
            writer.append([entry(2, "after")], invert([entry(2, "after")]))
            writer.remove([document(1)])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (index.state(), index.canonical_dump()) == (state, dump)
    assert index.page(document(2), 1) is None


def test_the_state_is_that_of_the_history(tmp_path: Path, index: Index) -> None:
    (tmp_path / "other").mkdir()
    other = new_index(tmp_path / "other")
    for one in (index, other):
        add(one, [entry(1, "a"), entry(2, "b")])
        with one.writer() as writer:
            writer.remove([document(1)])
    assert index.state() == other.state()
    assert index.state().generation == 2
    with index.writer() as writer:
        writer.remove([document(1)])
    assert index.state() == other.state()
    add(index, [entry(3, "c")])
    add(other, [entry(3, "d")])
    assert index.state() != other.state()
    other.close()


def test_readers_see_one_state_while_another_thread_writes(index: Index) -> None:
    add(index, [entry(number, "same words") for number in range(20)])
    stop = threading.Event()
    failures: list[str] = []

    def read() -> None:
        while not stop.is_set():
            found = search(index, parse("same OR changed"), lambda _: set())
            if found.total != 20:
                failures.append(f"{found.total} documents")

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(12):
        text = "changed words" if turn % 2 else "same words"
        add(index, [entry(number, text) for number in range(turn % 3, 20)])
    stop.set()
    reader.join()
    assert failures == []


def test_a_snapshot_outlives_a_commit(index: Index) -> None:
    add(index, [entry(1, "first")])
    with index.read() as snapshot:
        writer = threading.Thread(target=add, args=(index, [entry(1, "second")]))
        writer.start()
        writer.join()
        assert len(snapshot.postings("body", "first").docs) == 1
        assert len(snapshot.postings("body", "second").docs) == 0
    assert search(index, parse("second"), lambda _: set()).total == 1


def test_an_index_of_another_case_is_refused(tmp_path: Path) -> None:
    key, path = bytes(32), tmp_path / "index.db"
    vault.create(path)

    def connect() -> vault.Connection:
        return vault.connect(path, key, journal="WAL", new=True)

    with pytest.raises(UserError, match="does not belong"):
        Index(connect, CASE)
    Index.create(connect, CASE).close()
    with pytest.raises(UserError, match="does not belong"):
        Index(connect, "another")


def test_a_segment_of_other_entries_is_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="not of these entries"), index.writer() as writer:
        writer.append([entry(1, "a")], invert([entry(2, "a")]))


def test_long_and_short_lists_are_merged_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"w{number}" for number in range(40)]
    dumps = []
    for long in (0, 1 << 40):
        monkeypatch.setattr(merge_lists, "_LONG", long)
        folder = tmp_path / str(long)
        folder.mkdir()
        index = new_index(folder)
        for number in range(6):
            some = words[number : number + 30]
            add(index, [entry(number, " ".join(some * (300 if number == 2 else 1)))], merge=False)
        with index.writer() as writer:
            writer.merge_all()
        dumps.append(index.canonical_dump())
        index.close()
    assert dumps[0] == dumps[1]
    assert len(dumps[0]["body"]["w5"]) == 6
