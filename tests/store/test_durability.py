"""A full disk, a hurt journal, a busy database: a sentence or a finding, and nothing lost."""

from __future__ import annotations

import functools
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.vault import database
from evidencebox.vault.anchor import Anchor

if TYPE_CHECKING:
    from tests.store.conftest import Desk

KEY = b"k" * 32  # as in conftest.py
CASE = "9b2f6f0e-6f0b-4d0e-8a39-3f2f7f6f4d11"


def test_a_full_disk_is_a_sentence_and_loses_nothing(desk: Desk) -> None:
    """At any page: the limit is raised by one until the act goes through."""
    desk.tag("before")
    desk.close()
    pages = desk.path.stat().st_size // 4096
    refused = 0
    for room in range(200):

        def connect(limit: int = pages + room) -> Any:
            connection = database.connect(desk.path, KEY, journal="DELETE")
            connection.execute(f"PRAGMA max_page_count = {limit}")
            return connection

        decided = Decided(connect, CASE, Anchor(desk.folder / "anchor.log", KEY))
        targets = [{"document": f"{n:064}", "officer": "o"} for n in range(150)]
        try:
            decided.act(Draft(Kind.TAG, targets, {"harm": 1}), desk.ann)
        except UserError as error:
            assert "is full, so nothing was changed" in str(error)  # noqa: PT017
            assert decided.verify()[:2] == (None, 1)
            assert [tag.anchor.document for tag in decided.tags()] == ["before"]
            refused += 1
        else:
            break
        finally:
            decided.close()
    assert refused > 10
    assert desk.open().verify()[:2] == (None, 2)
    assert len(desk.decided.tags()) == 151


@pytest.fixture
def hot(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a case in the middle of a transaction, as a power cut leaves it."""
    for number in range(30):
        desk.tag(f"doc-{number}")
    connection = database.connect(desk.path, KEY, journal="DELETE")
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE tags SET harm = 4, note = ?", ("x" * 3000,))
    connection.execute("UPDATE officers SET last = 'x'")
    copy = tmp_path_factory.mktemp("hot")
    for path in desk.folder.iterdir():
        shutil.copy(path, copy)
    connection.execute("ROLLBACK")
    connection.close()
    assert (copy / "case.db-journal").stat().st_size > 4096
    return copy


def look(folder: Path) -> str:
    """What opening and verifying say: "refused", "found", or what the tags are."""
    connect = functools.partial(database.connect, folder / "case.db", KEY, journal="DELETE")
    try:
        decided = Decided(connect, CASE, Anchor(folder / "anchor.log", KEY))
    except UserError:
        return "refused"
    try:
        problem, acts, _ = decided.verify()
        if problem:
            return "found"
        return f"{acts} {sorted((t.anchor.document, int(t.harm)) for t in decided.tags())}"
    finally:
        decided.close()


def test_a_transaction_cut_short_is_as_if_it_had_not_begun(hot: Path, desk: Desk) -> None:
    assert look(hot) == look(desk.folder)
    assert not (hot / "case.db-journal").exists()


@pytest.mark.parametrize("count", [40, pytest.param(400, marks=pytest.mark.long)])
def test_a_hurt_journal_is_never_silent(hot: Path, desk: Desk, count: int, tmp_path: Path) -> None:
    whole = look(desk.folder)
    rng = random.Random(count)
    silent = []
    for number in range(count):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(hot, copy)
        journal = bytearray((copy / "case.db-journal").read_bytes())
        # Half of the flips go to its first page, where its counters stand.
        place = rng.randrange(512 if number % 2 else len(journal))
        journal[place] ^= 1 << rng.randrange(8)
        (copy / "case.db-journal").write_bytes(journal)
        if look(copy) not in ("refused", "found", whole):
            silent.append(place)
        shutil.rmtree(copy)
    assert silent == []


def test_without_its_journal_a_cut_transaction_is_found(hot: Path) -> None:
    (hot / "case.db-journal").unlink()
    assert look(hot) in ("refused", "found")


def test_a_database_that_is_busy_too_long_is_a_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tag("before")
    desk.close()
    monkeypatch.setattr(database, "_BUSY_MS", 50)
    desk.open()
    rival = database.connect(desk.path, KEY, journal="DELETE")
    rival.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="held by another program"):
        desk.tag("after")
    rival.execute("ROLLBACK")
    rival.close()
    desk.tag("after")
    assert desk.decided.verify()[:2] == (None, 2)
