"""The ledger refuses to forget, and verify names the first act that is not as it was."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import FIRST, Kind
from evidencebox.vault import database
from evidencebox.vault.anchor import Head
from evidencebox.vault.signing import signature_holds

if TYPE_CHECKING:
    from tests.store.conftest import Desk

KEY = b"k" * 32  # as in conftest.py


@pytest.fixture
def five(desk: Desk) -> Desk:
    """Acts 1 and 2 are Ann's, 3 Ben's, 4 Ann's, 5 takes back the fourth."""
    for number, by in enumerate((desk.ann, desk.ann, desk.ben, desk.ann)):
        desk.tag(f"doc-{number}", by=by)
    desk.decided.undo_last(desk.ann)
    assert desk.decided.verify() == (None, 5, desk.decided.head().digest)
    return desk


def problem(desk: Desk) -> str:
    return desk.decided.verify()[0] or ""


def test_chains_are_kept_for_each_author(five: Desk) -> None:
    rows = five.raw("SELECT author, seq, clock, previous, id FROM acts ORDER BY arrival")
    ann = [row for row in rows if row[0] == five.ann.author]
    ben = [row for row in rows if row[0] == five.ben.author]
    assert [row[1] for row in ann] == [1, 2, 3, 4]
    assert [row[1] for row in ben] == [1]
    assert [row[3] for row in ann] == [FIRST, *(row[4] for row in ann[:-1])]
    assert ben[0][3] == FIRST
    assert [row[2] for row in rows] == [1, 2, 3, 4, 5]


def test_acts_are_signed_by_their_author(desk: Desk) -> None:
    act = desk.tag("doc")
    ((signature,),) = desk.raw("SELECT signature FROM acts")
    assert signature_holds(desk.ann.author, act.digest, signature)


def test_the_payload_is_salted(desk: Desk) -> None:
    one, two = desk.tag("doc"), desk.tag("doc")
    assert one.payload_hash != two.payload_hash
    rows = desk.raw("SELECT salt, body FROM payloads")
    hashes = {hashlib.sha256(salt + body.encode()).hexdigest() for salt, body in rows}
    assert hashes == {one.payload_hash, two.payload_hash}


def test_nothing_of_the_payload_stands_in_the_act(desk: Desk) -> None:
    desk.act(Kind.TAG, {"document": "d", "officer": "o"}, harm=1, note="MARKER", paths=["MARKER"])
    assert "MARKER" not in str(desk.raw("SELECT * FROM acts"))


@pytest.mark.parametrize("table", ["acts", "receipts", "act_keys", "act_undos", "payloads"])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {table}",
        "UPDATE {table} SET {column} = {column}",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "UPDATE OR REPLACE {table} SET {column} = {column}",
    ],
)
def test_the_tables_refuse_to_forget(five: Desk, table: str, statement: str) -> None:
    connection = database.connect(five.path, KEY, journal="DELETE")
    column = connection.execute(f"SELECT * FROM {table}").description[0][0]
    before = connection.execute(f"SELECT * FROM {table}").fetchall()
    with pytest.raises(database.DatabaseError, match=r"append-only|can be purged"):
        connection.execute(statement.format(table=table, column=column))
    assert connection.execute(f"SELECT * FROM {table}").fetchall() == before
    connection.close()


@pytest.mark.parametrize(
    "change",
    [
        "body = 'other'",
        "salt = x'00'",
        "body = NULL",
        "salt = NULL",
        "act = 'x', salt = NULL, body = NULL",
    ],
)
def test_a_payload_cannot_be_changed_by_halves(five: Desk, change: str) -> None:
    connection = database.connect(five.path, KEY, journal="DELETE")
    with pytest.raises(database.DatabaseError, match="purged, not changed"):
        connection.execute(f"UPDATE payloads SET {change}")
    connection.close()


def test_a_payload_that_went_without_an_order_shows(five: Desk) -> None:
    act = five.tag("doc-9", harm=4)
    connection = database.connect(five.path, KEY, journal="DELETE")
    connection.execute("UPDATE payloads SET salt = NULL, body = NULL WHERE act = ?", (act.id,))
    connection.close()
    five.decided.rebuild()
    assert "Act 6 (tag.set" in problem(five)
    assert "removed without an order" in problem(five)


ID = "(SELECT id FROM acts WHERE arrival = {})"


def edit(arrival: int, change: str) -> list[str]:
    return [f"UPDATE acts SET {change} WHERE arrival = {arrival}"]


def say(arrival: int, change: str) -> list[str]:
    return [f"UPDATE payloads SET {change} WHERE act = {ID.format(arrival)}"]


def remove(arrival: int) -> list[str]:
    return [f"DELETE FROM {table} WHERE arrival = {arrival}" for table in ("acts", "receipts")]


def swap(one: int, two: int) -> list[str]:
    steps = ((one, 99), (two, one), (99, two))
    return [f"UPDATE acts SET arrival = {new} WHERE arrival = {old}" for old, new in steps]


FORGED = (
    f"INSERT INTO acts SELECT 6, '{'f' * 64}', author, device, 9, utc, 9, kind, targets, "
    "payload_hash, previous, signature FROM acts WHERE arrival = 1"
)
OTHERS = "signature = (SELECT signature FROM acts WHERE arrival = 1)"
SWAPPED = "targets = replace(targets, 'off-1', 'off-2')"


@pytest.mark.parametrize(
    ("bad", "statements", "says"),
    [
        (2, edit(2, SWAPPED), "content"),
        (3, edit(3, "utc = '2020-01-01T00:00:00Z'"), "content"),
        (1, edit(1, "kind = 'tag.clear'"), "content"),
        (1, edit(1, "kind = 'no such kind'"), "cannot be read"),
        (1, edit(1, "targets = '{'"), "cannot be read"),
        (1, edit(1, "targets = '[\"ab\"]'"), "cannot be read"),
        (1, edit(1, "targets = '7'"), "cannot be read"),
        (4, edit(4, "signature = zeroblob(64)"), "signature"),
        (4, edit(4, OTHERS), "signature"),
        (2, say(2, "body = replace(body, '\"harm\":1', '\"harm\":4')"), "payload"),
        (2, say(2, "salt = NULL"), "payload"),
        (2, [f"DELETE FROM payloads WHERE act = {ID.format(2)}"], "payload"),
        (3, remove(2), "order of arrival"),
        (4, remove(3), "order of arrival"),
        (3, swap(3, 4), "order of arrival"),
        (1, swap(1, 2), "chain"),
        (6, [FORGED], "content"),
        (3, ["UPDATE receipts SET head = 'x' WHERE arrival = 3"], "order of arrival"),
        (3, ["DELETE FROM receipts WHERE arrival = 3"], "order of arrival"),
    ],
)
def test_verify_names_the_first_bad_act(
    five: Desk, bad: int, statements: list[str], says: str
) -> None:
    five.raw(*statements)
    found = problem(five)
    assert found.startswith(f"Act {bad} "), found
    assert says in found


def test_an_act_cannot_be_given_to_another_author(five: Desk) -> None:
    """With a digest that fits: what is missing is the other's signature."""
    five.close()
    given = dataclasses.replace(five.open().history(DocumentId("doc-3"))[0][0], seq=2)
    given = dataclasses.replace(given, author=five.ben.author)
    five.raw(f"UPDATE acts SET id='{given.id}', author='{given.author}', seq=2 WHERE arrival=5")
    assert "Act 5 (undo" in problem(five)
    assert "its signature does not hold" in problem(five)


@pytest.mark.parametrize("receipts_too", [True, False])
def test_a_tail_that_was_cut_off_shows(five: Desk, receipts_too: bool) -> None:
    last = "(SELECT id FROM acts WHERE arrival = 5)"
    tables = ["payloads WHERE act =", "act_keys WHERE act =", "act_undos WHERE undo ="]
    statements = [f"DELETE FROM {where} {last}" for where in tables]
    statements.append("DELETE FROM acts WHERE arrival = 5")
    if receipts_too:
        statements.append("DELETE FROM receipts WHERE arrival = 5")
    five.raw(*statements)
    expected = "1 fewer than were once recorded" if receipts_too else "missing after act 4"
    assert expected in problem(five)
    if receipts_too:
        assert "1 fewer" in (five.decided.alarm() or "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tags SET harm = 4",
        "UPDATE tags SET officer = 'someone else' WHERE document = 'doc-1'",
        "DELETE FROM tags WHERE document = 'doc-1'",
        "INSERT INTO reviews VALUES ('k', 'a', 'd', 'x', 'p', 'u')",
        "DELETE FROM act_undos",
        "DELETE FROM act_keys WHERE act = (SELECT id FROM acts WHERE arrival = 1)",
        "UPDATE act_keys SET key = 'x' WHERE act = (SELECT id FROM acts WHERE arrival = 1)",
    ],
)
def test_tables_that_do_not_say_what_the_ledger_says_show(five: Desk, statement: str) -> None:
    five.raw(statement)
    assert "ledger says: rebuild" in problem(five) or "was altered" in problem(five)


def test_rebuild_mends_the_projections(five: Desk) -> None:
    five.raw("UPDATE tags SET harm = 4", "DELETE FROM tags WHERE document = 'doc-2'")
    five.decided.rebuild()
    assert problem(five) == ""
    assert five.harms() == {"doc-0": 1, "doc-1": 1, "doc-2": 1}


def test_a_case_put_back_from_an_older_copy_raises_the_alarm(desk: Desk) -> None:
    desk.tag("doc-0")
    desk.close()
    shutil.copy(desk.path, desk.folder / "old")
    desk.open()
    for number in range(3):
        desk.tag(f"doc-{number}")
    assert desk.decided.alarm() is None
    desk.close()
    shutil.copy(desk.folder / "old", desk.path)
    assert "has 1 acts, 3 fewer" in (desk.open().alarm() or "")
    assert "3 fewer" in problem(desk)


def test_a_page_that_rots_is_found_by_verify(five: Desk) -> None:
    five.close()
    data = bytearray(five.path.read_bytes())
    hits = 0
    for page in range(1, len(data) // 4096):
        hurt = bytearray(data)
        hurt[page * 4096 + 100] ^= 4
        five.path.write_bytes(hurt)
        try:
            hits += bool(five.open().verify()[0])
        except Exception as error:
            assert type(error).__name__ in ("UserError", "DamagedDatabase")  # noqa: PT017
            hits += 1
        five.close()
    assert hits == len(data) // 4096 - 1
    five.path.write_bytes(data)
    assert five.open().verify()[0] is None


def test_messages_carry_nothing_of_the_review(desk: Desk) -> None:
    desk.raw("DROP TABLE tags")
    with pytest.raises(Exception, match="no such table") as caught:
        desk.act(Kind.TAG, {"document": "d", "officer": "o"}, harm=1, note="MARKER")
    assert "MARKER" not in str(caught.value)
    assert desk.decided.head() == Head(0, FIRST)


def test_the_file_is_no_plain_database(five: Desk) -> None:
    plain = sqlite3.connect(five.path)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM acts")
    plain.close()
    assert b"doc-0" not in five.path.read_bytes()


def test_targets_are_kept_as_they_were_signed(desk: Desk) -> None:
    target = {"document": "d", "officer": "o", "page": 3, "start": 1, "end": 2, "version": 1}
    act = desk.act(Kind.TAG, target, harm=1, quotes=[{"quote": "q", "before": "b", "after": "a"}])
    ((kept,),) = desk.raw("SELECT targets FROM acts")
    assert json.loads(kept) == [target]
    (tag,) = desk.decided.tags()
    assert tag.act == act.id
    assert tag.anchor.passage is not None
    assert (tag.anchor.page, tag.anchor.passage.start, tag.anchor.passage.quote) == (3, 1, "q")
