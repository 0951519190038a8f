"""Batches of text to segments, and the search for the document at fault."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from evidencebox.index.invert import invert
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.analyse_pool import AnalysePool, BatchError

ROOT = Path(__file__).resolve().parents[2]
MOCK = [sys.executable, "-I", "-B", str(Path(__file__).with_name("mock_worker.py")), str(ROOT)]


def entry(number: int, text: str) -> IndexEntry:
    fields = {"subject": f"Case {number}"}
    keywords: dict[str, tuple[str, ...]] = {"type": ("text",)}
    pages = (Page(1, text), Page(2, "second page"))
    return IndexEntry(DocumentId(f"{number:064x}"), pages, fields, keywords, 1_600_000_000, 9)


def batch(texts: Sequence[str]) -> list[IndexEntry]:
    return [entry(number, text) for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def pool() -> Iterator[AnalysePool]:
    with AnalysePool(1, [*MOCK, "analyse"]) as made:
        yield made


def test_the_real_worker_inverts_as_this_process_does() -> None:
    entries = batch(["Officer May", "Élm Street 12-3456", "", "x" * 2_000_000])
    with AnalysePool(1) as pool:
        assert pool.submit(entries).result().to_bytes() == invert(entries).to_bytes()


@pytest.mark.skipif(os.name != "posix", reason="the mock worker is written for POSIX")
@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("poison", "signal 6 (SIGABRT)"),
        ("mistake", "error (LookupError)"),
        ("nonsense", "a segment that cannot be read"),
    ],
)
def test_the_document_at_fault_is_found_and_the_rest_indexed(
    pool: AnalysePool, word: str, reason: str
) -> None:
    entries = batch(["one", "two", word, "four", "five", f"{word} too", "seven"])
    with pytest.raises(BatchError) as raised:
        pool.submit(entries).result()
    assert "secret" not in str(raised.value)
    segments, failures = pool.isolate(entries)
    assert [failure.document for failure in failures] == [entries[2].document, entries[5].document]
    assert all(reason in failure.reason for failure in failures)
    # Seven are halved into 3 and 4, those into 1, 2 and 2, 2, and so on.
    parts = [entries[0:1], entries[1:2], entries[3:5], entries[6:7]]
    assert [s.to_bytes() for s in segments] == [invert(part).to_bytes() for part in parts]
    assert pool.submit(batch(["next"])).result().count == 1


def test_a_good_batch_is_isolated_as_it_is(pool: AnalysePool) -> None:
    entries = batch(["one", "two", "three"])
    segments, failures = pool.isolate(entries)
    assert [segment.to_bytes() for segment in segments] == [invert(entries).to_bytes()]
    assert failures == []
    assert pool.isolate([]) == ([], [])
