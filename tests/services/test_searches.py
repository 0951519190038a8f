"""Saved searches are acts; what is new in them, and the history, are the reviewer's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencebox.errors import QueryError, UserError
from evidencebox.model.filters import Filter
from evidencebox.services import searches, tags, verify
from evidencebox.services.case import Case
from evidencebox.services.search import search
from tests.services.making import plant, take

MAIL = Filter("Type", "type:mail", "Mail")
NOT_PDF = Filter("Type", "type:pdf", "PDF", excluded=True)


def test_a_search_is_saved_whole_and_found_again(case: Case) -> None:
    done = searches.save(case, "  Badges  of mails ", "officer OR badge", "-date", [MAIL, NOT_PDF])
    assert done.text == "Search “Badges of mails” saved"
    (saved,) = searches.saved_searches(case)
    assert (saved.name, saved.query, saved.sort) == ("Badges of mails", "officer OR badge", "-date")
    assert saved.filters == (MAIL, NOT_PDF)
    assert (saved.reviewer, saved.own) == (case.reviewer, True)
    expected = search(case, "(officer OR badge) AND type:mail AND NOT type:pdf").documents
    assert search(case, saved.composed).documents == expected
    assert searches.one(case, "badges OF mails") == saved
    assert not verify.verify_case(case)[0]


def test_saving_again_replaces_deleting_takes_back_and_undo_brings_back(case: Case) -> None:
    searches.save(case, "Mine", "officer")
    searches.save(case, "mine", "badge")
    (saved,) = searches.saved_searches(case)
    assert (saved.name, saved.query) == ("mine", "badge")
    searches.delete(case, "MINE")
    assert searches.saved_searches(case) == []
    tags.undo(case)
    assert [each.query for each in searches.saved_searches(case)] == ["badge"]
    with pytest.raises(UserError, match="no saved search"):
        searches.delete(case, "another")


@pytest.mark.parametrize(
    ("name", "query", "sort"), [("", "x", "date"), ("n" * 101, "x", "date"), ("n", "x", "colour")]
)
def test_what_cannot_be_saved_is_refused(case: Case, name: str, query: str, sort: str) -> None:
    with pytest.raises(UserError):
        searches.save(case, name, query, sort)
    with pytest.raises(QueryError):
        searches.save(case, "broken", '"open')
    assert searches.saved_searches(case) == []


def test_new_hits_are_those_not_seen(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(empty, plant(tmp_path / "t", {"a.txt": "an officer", "b.txt": "officer too"}))
    searches.save(empty, "officers", "officer")
    saved = searches.one(empty, "officers")
    assert searches.counted(empty, [saved]) == [(saved, 2, 0)]
    take(empty, plant(tmp_path / "t", {"c.txt": "one more officer"}))
    assert searches.counted(empty, [saved]) == [(saved, 3, 1)]
    monkeypatch.setattr(searches, "MOST_SEEN", 2)
    searches.see(empty, saved, search(empty, "officer"))
    assert searches.counted(empty, [saved]) == [(saved, 3, 0)]
    take(empty, plant(tmp_path / "t", {"d.txt": "a fourth officer"}))
    assert searches.counted(empty, [saved]) == [(saved, 4, 1)]


def test_history_keeps_the_newest_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST_KEPT", 3)
    for query in ("a", "b", "a", "", "c", "d", "Peña \udcff"):
        searches.remember(case, query)
    assert searches.history(case) == ["Peña ?", "d", "c"]
    searches.forget(case)
    assert searches.history(case) == []
