"""Whom a document seems to name, answers to it, and what else a decision may be right for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.suggestions import Answer
from evidencebox.services import suggesting, tags
from evidencebox.services.case import Case
from evidencebox.services.completing import completions
from evidencebox.services.kin import family_of
from evidencebox.services.mention_search import refresh_mentions
from tests.services.making import copied, found, person, plant, ready, take

NOTE = "Detective Dana Quill (badge 4471) met with the examiner {}."


def fill(case: Case, folder: Path) -> None:
    person(case, "4471", "Quill", "Dana")
    take(case, plant(folder / "t", {f"{n}.txt": NOTE.format(n) for n in (1, 2)}))
    refresh_mentions(case)


@pytest.fixture(scope="module")
def _named(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return ready(_blank, tmp_path_factory.mktemp("named"), fill)


@pytest.fixture
def named(_named: Case, tmp_path: Path) -> Iterator[Case]:
    with copied(_named, tmp_path / "named") as case:
        yield case


def test_one_answer_is_one_act_for_all_of_a_documents_mentions(named: Case) -> None:
    document, other = sorted(found(named, "examiner"))
    (one,) = suggesting.suggested(named, document)
    assert (one.officer.last, one.answer, one.open, one.pages) == ("Quill", None, True, "p. 1")
    assert one.best.reason
    before = named.decided.head().arrivals
    assert suggesting.elsewhere(named, one.mentions) == 1
    suggesting.answer(named, one.mentions, Answer.SAME)
    assert named.decided.head().arrivals == before + 1
    (one,) = suggesting.suggested(named, document)
    assert one.answer is Answer.SAME
    assert suggesting.suggested(named, other)[0].answer is None
    assert tags.undo(named).text.startswith("Undone: mention answered")
    assert suggesting.suggested(named, document)[0].open


def test_an_answer_may_hold_wherever_it_is_written_alike(named: Case) -> None:
    document, other = sorted(found(named, "examiner"))
    (one,) = suggesting.suggested(named, document)
    done = suggesting.answer(named, one.mentions, Answer.DIFFERENT, everywhere=True)
    assert done.text.endswith("here and wherever written alike")
    assert suggesting.suggested(named, other)[0].answer is Answer.DIFFERENT
    assert suggesting.elsewhere(named, one.mentions) == 0
    with pytest.raises(UserError):
        suggesting.answer(named, [], Answer.SAME)


def test_words_are_completed_from_the_index_the_fields_and_the_roster(named: Case) -> None:
    assert completions(named, "exam") == ["examiner"]
    assert completions(named, "detective AND exam")[0] == "detective AND examiner"
    assert completions(named, "corr") == ["correspondent:"]
    assert completions(named, "category:poly") == ["category:polygraph"]
    assert completions(named, "officer:qui") == ['officer:"Quill, Dana"']
    assert completions(named, "e") == []
    assert completions(named, '"exam') == []


def test_a_family_is_a_message_with_what_it_brought(case: Case) -> None:
    record = next(
        each
        for each in case.catalogue.each()
        if each.children and each.type == "mail" and each.sha256
    )
    assert record.sha256 is not None
    family = family_of(case, record.sha256)
    assert set(record.children) <= set(family)
    assert record.sha256 not in family
    assert record.sha256 in family_of(case, record.children[0])


def test_harm_is_proposed_with_its_terms_and_not_for_what_is_sealed(case: Case) -> None:
    made = next(
        (
            found_
            for each in case.catalogue.all_ids()
            if (found_ := suggesting.proposed(case, each))
        ),
        [],
    )
    assert made
    assert made == sorted(made, key=lambda one: -one.harm)
    assert made[0].summary.rsplit(", ", 1)[1].startswith("p. ")
    assert made[0].why[0][0] in "+-"
