"""The ledger measured beside plain SQLite: a tag, an opening, a lock, and the passphrase's cost."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencebox.index.bench import BenchLine
from evidencebox.model.ledger import Kind
from evidencebox.services import case as cases
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft
from evidencebox.vault import keys
from evidencebox.vault.header import Unlocked

_BATCH, _TIMES = 1_000, 30


def bench_ledger(folder: Path, tags: int) -> Iterator[BenchLine]:
    """A case with so many tags beside a plain table of as many rows in the same folder."""
    case, _ = cases.create(folder / "bench", "Bench", keys.write_code(keys.new_key()))
    opened = Unlocked(case.case_key, case.seed)
    with contextlib.closing(case):
        fill(case, tags)
        ours = _median(lambda: case.decided.act(_draft(random.randrange(tags)), case.signer))
        theirs, peer = _peer(folder / "plain.db", tags)
        name = f"a tag, {tags:,} in the case"
        yield BenchLine(name, ours, "ms", "one INSERT, plain SQLite", theirs, ours / theirs)
        began = time.perf_counter()
        problem = case.decided.verify()[0]
        whole = time.perf_counter() - began
        assert problem is None
    began = time.perf_counter()
    case.close()
    lock = (time.perf_counter() - began) * 1000
    began = time.perf_counter()
    again = cases.open_with_keys(case.folder, case.case_id, opened)
    with contextlib.closing(again):
        assert again.decided.verify_tail() is None
        ours = (time.perf_counter() - began) * 1000
        yield BenchLine("opening, tail verified", ours, "ms", "plain SQLite", peer, ours / peer)
        began = time.perf_counter()
        assert again.decided.verify_tail() is None
        tail = time.perf_counter() - began
    yield BenchLine("verify, all of it", whole, "s", "its tail", tail, whole / tail)
    yield BenchLine("closing, as a lock does", lock, "ms", "opening", ours, lock / ours)
    yield _argon2()


def fill(case: Case, tags: int) -> None:
    """So many acts, a thousand to a transaction."""
    for start in range(0, tags, _BATCH):
        drafts = [_draft(number) for number in range(start, min(start + _BATCH, tags))]
        case.decided.act_all(drafts, case.signer)


def _draft(number: int) -> Draft:
    document = f"{number // 5:064x}"
    target = {"document": document, "officer": f"{number % 5:032x}", "page": 1}
    path = f"folder/{number}.pdf"
    payload = {"harm": number % 5, "categories": ["medical"], "note": "", "paths": [path]}
    return Draft(Kind.TAG, [target], payload)


def _peer(path: Path, rows: int) -> tuple[float, float]:
    """Milliseconds of one committed INSERT, and of opening and counting, in plain SQLite."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("CREATE TABLE tags (id INTEGER PRIMARY KEY, key TEXT UNIQUE, body TEXT)")
    connection.execute("BEGIN")
    for number in range(rows):
        draft = _draft(number)
        values = (json.dumps(dict(draft.targets[0])), json.dumps(dict(draft.payload)))
        connection.execute("INSERT INTO tags (key, body) VALUES (?, ?)", values)
    connection.execute("COMMIT")
    numbers = iter(range(rows, rows + _TIMES + 1))

    def insert() -> None:
        values = (str(next(numbers)), "x" * 300)
        connection.execute("INSERT INTO tags (key, body) VALUES (?, ?)", values)

    took = _median(insert)
    connection.close()
    began = time.perf_counter()
    with contextlib.closing(sqlite3.connect(path)) as again:
        again.execute("SELECT max(id) FROM tags").fetchone()
    return took, (time.perf_counter() - began) * 1000


def _argon2() -> BenchLine:
    cost = keys.calibrated()
    ours = _median(lambda: keys.stretch("correct horse battery", b"s" * 16, cost), 3) / 1000
    theirs = (
        _median(lambda: hashlib.pbkdf2_hmac("sha512", b"correct horse", b"s" * 16, 256_000), 3)
        / 1000
    )
    peer = "PBKDF2, 256,000 rounds"
    return BenchLine("Argon2id of a passphrase", ours, "s", peer, theirs, ours / theirs)


def _median(call: Callable[[], object], times: int = _TIMES) -> float:
    """Milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
