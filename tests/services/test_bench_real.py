"""Texts of a trove as the bench of the index takes them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.index import bench_texts
from evidencebox.index.bench_texts import KINDS
from evidencebox.services import bench_real
from tests.services.making import make_case, plant, take


def test_real_texts_and_their_words(tmp_path: Path) -> None:
    plant(tmp_path / "trove", {
        "a/one.txt": "the quick brown fox and the lazy dog met the heron",
        "two.txt": "the heron slept",
        "empty.bin": b"\0\1",
    })  # fmt: skip
    with contextlib.closing(make_case(tmp_path / "case")) as case:
        take(case, tmp_path / "trove")
        corpus = bench_real.written(case, tmp_path / "texts.jsonl")
    texts = list(bench_texts.read(corpus))
    assert {text.name for text in texts} >= {"one.txt", "two.txt"}
    ranked = bench_real.ranked(corpus)
    assert ranked[0] == "the"
    assert ranked.index("heron") < ranked.index("fox")
    queries = bench_texts.queries(corpus, 12, words_of=bench_texts.among(ranked[2:]))
    assert {query.kind for query in queries} == set(KINDS)
    assert all(
        word in ranked for query in queries if query.kind == "single" for word in query.words
    )


def test_it_needs_a_disk_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_real, "_IN_MEMORY", tmp_path / "none")
    with pytest.raises(UserError, match="in memory only"):
        list(bench_real.bench_trove(tmp_path))
