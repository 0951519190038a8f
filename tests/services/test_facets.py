"""A facet's count is what the search with its clause finds, for every facet there is."""

from __future__ import annotations

import pytest

from evidencebox.model.filters import Filter, compose
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.services import officers, tags
from evidencebox.services.case import Case
from evidencebox.services.date_buckets import buckets
from evidencebox.services.entry import addresses, domains
from evidencebox.services.facets import FACETS, clause, facets
from evidencebox.services.search import search


def decide(case: Case) -> None:
    """Something for every facet of the ledger."""
    person, other = case.decided.officers()[:2]
    documents = search(case, "officer").documents
    tags.tag(case, Anchor(documents[0]), person, Harm.HIGH, ["finances"])
    tags.tag(case, Anchor(documents[0], 1), other, Harm.LOW, ["finances", "medical"])
    tags.tag(case, Anchor(documents[1]), other, Harm.LOW)
    tags.label(case, documents[1], 'second "look"')
    tags.label(case, documents[2], "privileged")
    tags.reviewed(case, documents[2])


@pytest.mark.parametrize("query", ["", "officer", "type:mail OR polygraph"])
def test_every_count_is_what_its_clause_finds(case: Case, query: str) -> None:
    decide(case)
    found = facets(case, query)
    assert [facet.name for facet in found] == list(FACETS)
    if not query:
        filled = {facet.name for facet in found if any(value.count for value in facet.values)}
        assert filled >= set(FACETS) - {"Custodian", "Language"}
    for facet in found:
        step = max(1, len(facet.values) // 6)
        for value in facet.values[::step]:
            narrowed = compose(query, [Filter(facet.name, value.clause, value.label)]).query
            assert len(search(case, narrowed).documents) == value.count, value
            left = Filter(facet.name, value.clause, value.label, excluded=True)
            without = search(case, compose(query, [left]).query)
            assert len(without.documents) == len(search(case, query).documents) - value.count


def test_only_what_was_asked_for_is_counted(case: Case) -> None:
    assert [facet.name for facet in facets(case, "", ["Type", "Date"])] == ["Date", "Type"]


def test_folders_are_a_tree_in_order(case: Case) -> None:
    (tree,) = facets(case, "", ["Folder"])
    assert any(value.depth for value in tree.values)
    for before, value in zip(tree.values, tree.values[1:], strict=False):
        assert value.depth <= before.depth + 1


def test_dates_leave_no_gap_and_count_everything(case: Case) -> None:
    (dates,) = facets(case, "", ["Date"])
    assert sum(value.count for value in dates.values) == case.index.count()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (0, 0, ["1970-01-01"]),
        (-1, 86_400, ["1969-12-31", "1970-01-01", "1970-01-02"]),
        (1_575_158_400, 1_585_699_200, ["2019-12", "2020-01", "2020-02", "2020-03", "2020-04"]),
        (0, 253_402_300_799, [str(year) for year in range(1970, 10_000)]),
    ],
)
def test_buckets(first: int, last: int, expected: list[str]) -> None:
    assert buckets(first, last) == expected


def test_a_clause_can_be_made_of_any_value(empty: Case) -> None:
    assert clause("folder", "a b/(c)") == 'folder:"a b/(c)"'
    assert clause("label", 'say "no" (x)') == "label:say??no???x?"
    officers.add(empty, last="May", first="Ann", badge="7")
    search(empty, clause("folder", "“a” *?")).documents  # noqa: B018


def test_addresses_are_found_in_headers() -> None:
    said = ["Dana <Dana@PD.example>, records@pd.example", "no address; @nor here"]
    assert addresses(said) == ("dana@pd.example", "records@pd.example")
    assert domains(said) == ("pd.example",)
    assert len(addresses([",".join(f"a{n}@b.c" for n in range(1000))])) == 500
