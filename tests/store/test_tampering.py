"""Acts edited, deleted, reordered, inserted, cut off: the first bad one is named, each time.

And what reads all of the ledger keeps nobody from adding to it.
"""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evidencebox.model.ledger import Kind
from evidencebox.store import ledger_check, projection_check
from evidencebox.vault import database

if TYPE_CHECKING:
    from tests.store.conftest import Desk

KEY = b"k" * 32  # as in conftest.py
ACTS = 24
Tamper = Callable[[random.Random, "Desk"], int]


@pytest.fixture(scope="module")
def whole(new_desk: Callable[[], Desk]) -> Desk:
    """Acts of two authors, with undos and a batch; closed, to be copied."""
    desk = new_desk()
    for number in range(ACTS):
        by = desk.ben if number % 3 == 2 else desk.ann
        if number % 7 == 6:
            desk.decided.undo_last(by)
        elif number % 5 == 4:
            both = [{"document": f"doc-{n}", "label": "x"} for n in (number, number + 1)]
            desk.act(Kind.LABEL, *both, by=by, paths=["a", "b"])
        else:
            desk.tag(f"doc-{number}", number % 5, by=by)
    assert desk.decided.head().arrivals == ACTS
    desk.close()
    return desk


def edited(rng: random.Random, desk: Desk) -> int:
    at = rng.randint(1, ACTS)
    change = rng.choice(
        ["utc = '2020-01-01T00:00:00Z'", "clock = clock + 1", "seq = seq + 40", "author = id",
         "device = id", "kind = 'nothing'", "signature = zeroblob(64)",
         "payload_hash = id", "previous = id", "targets = replace(targets, 'doc-', 'doc=')",
         "id = previous || '0'"]
    )  # fmt: skip
    if "replace" in change:
        rows = desk.raw("SELECT arrival FROM acts WHERE targets LIKE '%doc-%'")
        at = rng.choice(rows)[0]
    desk.raw(f"UPDATE acts SET {change} WHERE arrival = {at}")
    return at


def said_otherwise(rng: random.Random, desk: Desk) -> int:
    at = rng.randint(1, ACTS)
    change = rng.choice(["body = body || ' '", "salt = zeroblob(16)", "hash = act", "body = NULL"])
    desk.raw(
        f"UPDATE payloads SET {change} WHERE part = 0 AND act ="
        f" (SELECT id FROM acts WHERE arrival = {at})"
    )
    return at


def deleted(rng: random.Random, desk: Desk) -> int:
    at = rng.randint(1, ACTS - 1)
    tables = ["acts"] if rng.random() < 0.5 else ["acts", "receipts"]
    desk.raw(*(f"DELETE FROM {table} WHERE arrival = {at}" for table in tables))
    return at + 1


def reordered(rng: random.Random, desk: Desk) -> int:
    one, two = sorted(rng.sample(range(1, ACTS + 1), 2))
    steps = ((one, 99), (two, one), (99, two))
    desk.raw(*(f"UPDATE acts SET arrival = {new} WHERE arrival = {old}" for old, new in steps))
    return one


def inserted(rng: random.Random, desk: Desk) -> int:
    source = rng.randint(1, ACTS)
    desk.raw(
        f"INSERT INTO acts SELECT {ACTS + 1}, '{'f' * 64}', author, device, 99, utc, 99, kind,"
        f" targets, payload_hash, previous, signature FROM acts WHERE arrival = {source}"
    )
    return ACTS + 1


def truncated(rng: random.Random, desk: Desk) -> int:
    last = rng.randint(1, ACTS - 1)
    gone = f"(SELECT id FROM acts WHERE arrival > {last})"
    tables = ("payloads WHERE act IN", "act_keys WHERE act IN", "act_undos WHERE undo IN")
    statements = [f"DELETE FROM {where} {gone}" for where in tables]
    statements.append(f"DELETE FROM acts WHERE arrival > {last}")
    if rng.random() < 0.5:
        statements.append(f"DELETE FROM receipts WHERE arrival > {last}")
    desk.raw(*statements)
    return -last


TAMPERS = (edited, said_otherwise, deleted, reordered, inserted, truncated)


@pytest.mark.parametrize("times", [4, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.parametrize("tamper", TAMPERS)
def test_the_first_bad_act_is_named(
    whole: Desk, tmp_path: Path, tamper: Tamper, times: int
) -> None:
    rng = random.Random(tamper.__name__)
    for number in range(times):
        copy = type(whole).__new__(type(whole))
        copy.folder = tmp_path / str(number)
        shutil.copytree(whole.folder, copy.folder)
        copy.path, copy._opened = copy.folder / "case.db", []
        bad = tamper(rng, copy)
        problem = copy.open().verify()[0] or ""
        copy.close()
        if bad < 0:
            after = (f"missing after act {-bad}:", f"has {-bad} acts, {ACTS + bad} fewer")
            assert any(words in problem for words in after), problem
        else:
            assert problem.startswith(f"Act {bad} "), problem


# --- nobody waits for it


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_check, "PIECE", 5)
    monkeypatch.setattr(projection_check, "PIECE", 5)


@pytest.mark.usefixtures("small_pieces")
def test_acts_are_added_between_any_two_pieces(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each piece that is read, a tag is set, changed, undone or its document removed."""
    for number in range(12):
        desk.tag(f"doc-{number}")
    numbers = iter(range(10_000))

    def act() -> None:
        number = next(numbers)
        if number % 4 == 0:
            desk.tag(f"doc-{number % 12}", number % 5)
        elif number % 4 == 1:
            desk.decided.undo_last(desk.ann)
        elif number == 6:
            desk.act(Kind.PURGE, {"document": "doc-3"}, order="x")
        else:
            desk.tag(f"new-{number}", by=desk.ben)

    for module in (ledger_check, projection_check):
        monkeypatch.setattr(module, "reading", acting_after(module.reading, act))
    assert desk.decided.verify()[0] is None
    assert next(numbers) > 12
    monkeypatch.undo()
    assert desk.decided.verify()[0] is None


def acting_after(reading: Callable[..., Any], act: Callable[[], None]) -> Callable[..., Any]:
    import contextlib

    budget = iter(range(25))

    @contextlib.contextmanager
    def wrapped(engine: Any) -> Iterator[Any]:
        with reading(engine) as connection:
            yield connection
        if next(budget, None) is not None:
            act()

    return wrapped


def test_a_tag_is_set_while_everything_is_verified(desk: Desk) -> None:
    for number in range(60):
        desk.tag(f"doc-{number}")
    ended = threading.Event()
    problems: list[str | None] = []

    def verify() -> None:
        while not ended.is_set():
            problems.append(desk.decided.verify()[0])

    thread = threading.Thread(target=verify)
    thread.start()
    try:
        for number in range(20):
            desk.tag(f"more-{number}")
    finally:
        ended.set()
        thread.join()
    assert set(problems) == {None}
    assert desk.decided.head().arrivals == 80


def test_the_tail_is_checked_at_an_opening(whole: Desk, tmp_path: Path) -> None:
    copy = type(whole).__new__(type(whole))
    copy.folder = tmp_path / "copy"
    shutil.copytree(whole.folder, copy.folder)
    copy.path, copy._opened = copy.folder / "case.db", []
    try:
        assert copy.open().verify_tail() is None
        engine = copy.decided._engine
        assert ledger_check.verify_tail(engine, 5) is None
        copy.raw("UPDATE acts SET utc = 'x' WHERE arrival = 3")
        assert ledger_check.verify_tail(engine, 5) is None
        assert (ledger_check.verify_tail(engine) or "").startswith("Act 3 ")
        copy.raw("UPDATE acts SET utc = 'x' WHERE arrival = 22")
        assert (ledger_check.verify_tail(engine, 5) or "").startswith("Act 22 ")
    finally:
        copy.close()


def test_guards_are_there(desk: Desk) -> None:
    connection = database.connect(desk.path, KEY, journal="DELETE")
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.close()
    assert len(names) == 10
