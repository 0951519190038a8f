"""What is kept of the roster and the rules is what the acts say, whatever came since."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.ledger import Kind
from evidencebox.model.people import Officer
from evidencebox.store import people_rows
from tests.store.conftest import Desk

OFFICER = {"badge": "4471", "last": "Quill", "first": "Dana", "middle": "", "rank": "", "unit": ""}
MORE = {"status": "", "email": "", "birth_date": ""}


def put(desk: Desk, officer: str, **said: str) -> str:
    body = {**OFFICER, **MORE, **said}
    return str(desk.act(Kind.OFFICER, {"officer": officer}, officers=[body]).id)


def test_the_roster_is_read_once_and_again_when_it_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = people_rows.officers
    reads = []

    def counted(connection: Connection) -> list[Officer]:
        reads.append(1)
        return read(connection)

    monkeypatch.setattr(people_rows, "officers", counted)
    assert desk.decided.officers() == []
    desk.tag("1" * 64)
    assert desk.decided.officers() == []
    assert len(reads) == 1
    put(desk, "off-1")
    assert [officer.last for officer in desk.decided.officers()] == ["Quill"]
    desk.decided.officers().clear()
    assert [officer.id for officer in desk.decided.officers()] == [OfficerId("off-1")]
    assert len(reads) == 2


def test_an_undone_officer_is_gone(desk: Desk) -> None:
    act = put(desk, "off-1")
    assert len(desk.decided.officers()) == 1
    desk.act(Kind.UNDO, {"act": act})
    assert desk.decided.officers() == []


def test_a_merge_moves_tags_at_once(desk: Desk) -> None:
    put(desk, "off-1")
    put(desk, "off-2", badge="2")
    desk.tag("1" * 64)
    assert {tag.officer for tag in desk.decided.tags([DocumentId("1" * 64)])} == {"off-1"}
    desk.act(Kind.MERGE, {"officer": "off-1"}, into="off-2")
    assert {tag.officer for tag in desk.decided.tags([DocumentId("1" * 64)])} == {"off-2"}


def test_the_rules_follow_their_acts(desk: Desk) -> None:
    desk.act(Kind.REVIEWER, {"author": desk.ann.author}, name="Ann")
    before = desk.decided.policy()
    assert desk.decided.policy() is before
    desk.act(Kind.SEALING, {"label": "sealed"}, categories=["finances"])
    assert desk.decided.policy().sealed == {"finances"}


def test_a_rebuilding_forgets(desk: Desk) -> None:
    put(desk, "off-1")
    assert len(desk.decided.officers()) == 1
    desk.raw("DELETE FROM officers")
    desk.decided.rebuild()
    assert len(desk.decided.officers()) == 1
