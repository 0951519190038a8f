"""What is measured with: texts and queries that are the same every time, and worth measuring."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencebox.index import bench_texts
from evidencebox.index.bench_texts import KINDS


def test_texts_are_the_same_each_time_and_long_tailed(tmp_path: Path) -> None:
    first = bench_texts.write(tmp_path / "a", 400)
    second = bench_texts.write(tmp_path / "b", 400)
    assert first.file.read_bytes() == second.file.read_bytes()
    texts = list(bench_texts.read(first))
    assert [text.number for text in texts] == list(range(400))
    sizes = sorted(sum(map(len, text.pages)) for text in texts)
    assert sum(sizes) < first.bytes
    assert sizes[-1] > 20 * sizes[200]
    given = [bench_texts.entry(text) for text in texts]
    assert len({one.document for one in given}) == 400


def test_queries_are_of_every_kind_and_find_something(tmp_path: Path) -> None:
    corpus = bench_texts.write(tmp_path / "a", 400)
    queries = bench_texts.queries(corpus, 60)
    assert queries == bench_texts.queries(corpus, 60)
    assert {query.kind for query in queries} == set(KINDS)
    bodies = [" ".join(text.pages).lower() for text in bench_texts.read(corpus)]
    for query in queries:
        if query.kind == "phrase of rare words":
            assert any(" ".join(query.words) in body for body in bodies)


@pytest.mark.long
def test_all_engines_find_as_many_documents(tmp_path: Path) -> None:
    pytest.importorskip("tantivy")
    from evidencebox.services.bench_index import bench_index

    lines = {line.name for line in bench_index(tmp_path, 300)}
    assert "common word by rank, processor time" in lines
