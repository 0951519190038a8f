"""The index on a trove's own texts, beside the same peers: words as people use them.

The peers keep texts in the clear, so all of it is in memory, and nowhere where there is no such
disk. Meant for public corpora all the same.
"""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evidencebox.errors import UserError
from evidencebox.index import bench_texts
from evidencebox.index.bench import BenchLine
from evidencebox.index.bench_texts import Corpus
from evidencebox.services import bench_index
from evidencebox.services import case as cases
from evidencebox.services.case import Case
from evidencebox.services.ingest import Options, ingest
from evidencebox.vault import keys

_IN_MEMORY: Final = Path("/dev/shm")
_WORD: Final = re.compile(r"\b[a-z]{2,14}\b")
_WORKERS: Final = 2


def bench_trove(trove: Path) -> Iterator[BenchLine]:
    """The table of the index, without the curve and Whoosh. Engines cut real texts differently,
    so totals are not compared."""
    if not _IN_MEMORY.is_dir():
        raise UserError("Texts of a trove are measured in memory only, and /dev/shm is not there.")
    with tempfile.TemporaryDirectory(prefix="evidencebox-bench-", dir=_IN_MEMORY) as given:
        folder = Path(given)
        case, _ = cases.create(folder / "case", "Bench", keys.write_code(keys.new_key()))
        with contextlib.closing(case):
            ingest(case, trove, Options(_WORKERS), lambda _: None, lambda: False)
            corpus = written(case, folder / "texts.jsonl")
        if not corpus.documents:
            raise UserError("That folder holds no text to be measured.")
        yield from bench_index.beside(folder, corpus, ranked(corpus))


def written(case: Case, file: Path) -> Corpus:
    """The case's texts as the bench reads them."""
    size = number = 0
    with file.open("w", encoding="utf-8") as out:
        for record in case.catalogue.each():
            if record.sha256 is None:
                continue
            pages = [page.text for page in case.index.pages(record.sha256) if page.text]
            if not pages:
                continue
            folder = record.locations[0].path.rpartition("/")[0] if record.locations else ""
            facets = [str(record.type), "", "", folder or "top"]
            out.write(json.dumps([number, pages, record.title, record.name, facets]) + "\n")
            number += 1
            size += sum(len(text.encode("utf-8", "replace")) for text in pages)
    return Corpus(file, number, size)


def ranked(corpus: Corpus) -> list[str]:
    """The words of the texts, the most frequent first."""
    counts: Counter[str] = Counter()
    for text in bench_texts.read(corpus):
        for page in text.pages:
            counts.update(_WORD.findall(page.lower()))
    return [word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
