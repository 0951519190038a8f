"""How fast a matrix opens: 3,600 officers × 25 kinds, from ten elements a document."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencebox.analysis.elements import KINDS
from evidencebox.index.bench import BenchLine
from evidencebox.model.ids import OfficerId
from evidencebox.model.people import Officer
from evidencebox.services import case as cases
from evidencebox.services import matrix, officers
from evidencebox.store.bench import count_all, fill

OFFICERS, OF_KINDS, EACH = 3600, 25, 10
_PASSPHRASE = "a passphrase for a case that is thrown away"  # no secret: see the name
_AIM = 1.0
_RUNS = 3


def bench_matrix(folder: Path, documents: int) -> Iterator[BenchLine]:
    """The window's table from the totals, beside a count of all elements by the database."""
    case, _ = cases.create(folder / "bench", "bench", _PASSPHRASE)
    try:
        people = [
            Officer(OfficerId(str(uuid.UUID(int=n))), str(n), f"Name{n}", "A")
            for n in range(OFFICERS)
        ]
        officers.put(case, people)
        began = time.perf_counter()
        fill(case.catalogue, [o.id for o in people], KINDS[:OF_KINDS], documents, EACH)
        filled = time.perf_counter() - began
        opened, cells = _best(lambda: sum(len(row.exposed) for row in matrix.matrix(case)))
        counted, pairs = _best(lambda: count_all(case.catalogue))
        if cells != pairs:
            raise AssertionError("the totals are not what a count says")
        elements = documents * EACH
        yield BenchLine("elements", elements, "elements", "documents", documents, EACH)
        yield BenchLine("matrix opened", opened, "s", "counted by SQL", counted, counted / opened)
        yield BenchLine("matrix opened", opened, "s", "aim", _AIM, _AIM / opened)
        yield BenchLine("cells", cells, "cells", "counted by SQL", pairs, cells / max(1, pairs))
        rate = elements / filled
        yield BenchLine("elements put, totals kept", rate, "elements/s", "none", 0, 1.0)
    finally:
        case.close()


def _best(call: Callable[[], int]) -> tuple[float, int]:
    took, value = [], 0
    for _ in range(_RUNS):
        began = time.perf_counter()
        value = call()
        took.append(time.perf_counter() - began)
    return min(took), value
