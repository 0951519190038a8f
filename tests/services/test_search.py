"""One search for the window, the command line and every export."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidencebox.errors import QueryError
from evidencebox.index.plan import Between
from evidencebox.model.ids import DocumentId
from evidencebox.model.query import HAS_IN_LEDGER, LedgerClause
from evidencebox.services import querying
from evidencebox.services import search as searching
from evidencebox.services.case import Case
from evidencebox.services.date_buckets import buckets
from evidencebox.services.search import hits, page_hits, receipt, search
from evidencebox.services.settings import change, time_zone


def test_hits_come_best_first_with_a_page_and_a_snippet_that_has_the_word(case: Case) -> None:
    found = search(case, "polygraph")
    assert list(found.scores) == sorted(found.scores, reverse=True)
    for hit, document in zip(hits(case, found), found.documents, strict=True):
        assert hit.document == document
        assert hit.path == case.catalogue.records([document])[0].locations[0].path
        # The word may stand in a name or subject alone; then the snippet shows the beginning.
        for start, end in hit.highlights:
            assert hit.snippet[start:end].casefold() == "polygraph"
    assert any(hit.highlights for hit in hits(case, found))


def test_a_limit_takes_the_best(case: Case) -> None:
    found = search(case, "officer")
    everything = list(hits(case, found))
    assert len(everything) == len(found.documents) > 3
    assert list(hits(case, found, 3)) == everything[:3]


def test_nothing_typed_asks_for_everything(case: Case) -> None:
    found = search(case, "  ")
    assert found.documents == tuple(case.catalogue.all_ids())
    assert found.parsed == "every document"
    assert len(list(hits(case, found, 5))) == 5
    assert page_hits(case, "", found.documents[0]) == []
    assert searching.hit(case, "", found.documents[0]).highlights == ()


def test_the_same_query_gives_the_same_documents_twice(case: Case) -> None:
    for query in ("officer", "officer AND badge", 'type:mail "the"', "is:failed OR is:encrypted"):
        first, second = search(case, query), search(case, query)
        assert (first.documents, first.scores) == (second.documents, second.scores)


def test_page_hits_point_at_the_word(case: Case) -> None:
    document = search(case, "badge").documents[0]
    texts = {page.number: page.text for page in case.index.pages(document)}
    found = page_hits(case, "badge", document)
    assert found
    assert {texts[h.page][h.start : h.end].casefold() for h in found} == {"badge"}


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ('"never closed', 0),
        ("(a OR b", 0),
        ("nosuchfield:x", 0),
        ("harm:>=high", 0),
        ("officer harm:9", 8),
    ],
)
def test_a_mistake_has_a_position(case: Case, query: str, position: int) -> None:
    with pytest.raises(QueryError) as raised:
        search(case, query)
    assert raised.value.position == position
    assert str(raised.value).endswith(".")


def test_a_receipt_proves_which_search_it_was(case: Case) -> None:
    found = search(case, "officer")
    paper = receipt(case, found)
    assert (paper["query"], paper["total"]) == ("officer", len(found.documents))
    assert paper["documents"] == list(found.documents)
    assert paper["index_fingerprint"] == case.index.state().fingerprint
    assert paper["ledger_head"] == case.decided.head().digest
    assert paper["utc"].endswith("Z")
    assert receipt(case, search(case, "officer"))["documents"] == paper["documents"]


def test_exhibits_come_later_and_match_nothing_yet(case: Case) -> None:
    assert search(case, "exhibit:PX-1").documents == ()


def test_a_word_that_is_nowhere_has_a_suggestion_and_operators_in_small_letters_a_note(
    case: Case,
) -> None:
    found = search(case, "polygrpah or officer")
    assert [(one.word, one.instead) for one in found.suggestions] == [("polygrpah", "polygraph")]
    assert found.suggestions[0].query == "polygraph or officer"
    assert found.suggestions[0].documents == len(search(case, "polygraph").documents)
    assert len(found.notes) == 1
    assert "did you mean “polygraph”?" in found.details
    assert search(case, "polygraph").suggestions == ()


def test_a_name_is_found_by_its_other_forms(case: Case) -> None:
    forms = querying.name_forms("bill")
    assert {"william", "will", "bill"} <= set(forms)
    expected = set(search(case, " OR ".join(forms)).documents)
    assert set(search(case, "name(Bill)").documents) == expected


def test_a_thread_is_found_by_its_name_and_by_the_id_of_any_message(case: Case) -> None:
    threads: dict[str, set[DocumentId]] = {}
    for record in case.catalogue.each():
        if record.thread is not None and record.sha256 is not None:
            threads.setdefault(record.thread, set()).add(record.sha256)
    thread, members = max(threads.items(), key=lambda item: (len(item[1]), item[0]))
    assert len(members) > 1
    assert set(search(case, f"thread:{thread}").documents) == members
    for record in case.catalogue.records(sorted(members)):
        assert set(search(case, f"thread:{record.id}").documents) == members
    assert search(case, "thread:0123456789abcdef").documents == ()


def test_what_the_ledger_has_of_a_document(case: Case) -> None:
    clauses = [LedgerClause(has=name) for name in HAS_IN_LEDGER]
    tagged = {tag.anchor.document for tag in case.decided.tags()}
    found = {clause.has: searching.resolve(case, clause) for clause in clauses}
    assert found["tag"] == found["officer"] == tagged
    assert found["note"] == {t.anchor.document for t in case.decided.tags() if t.note}
    assert found["label"] == set(case.decided.labels())


def test_dates_are_those_of_the_case(empty: Case) -> None:
    def bounds() -> tuple[int | None, int | None]:
        node = querying.understood(empty, "date:2021-03-14").node
        assert isinstance(node, Between)
        return node.low, node.high

    day = int(datetime(2021, 3, 14, tzinfo=UTC).timestamp())
    assert bounds() == (day, day + 86_400)
    change(empty, {"time_zone": "America/New_York"})
    zone = time_zone(empty)
    # Five hours behind in the morning, four in the evening: clocks are put forward that day.
    assert bounds() == (day + 5 * 3600, day + 28 * 3600)
    assert buckets(day, day, zone) == ["2021-03-13"]
    assert buckets(day + 5 * 3600, day + 28 * 3600, zone) == ["2021-03-14", "2021-03-15"]
