"""Assignments, samples, agreement of two reviewers, progress."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import Anchor
from evidencebox.services import batch, review, tags
from evidencebox.services.case import Case
from tests.services.making import found, person

Eight = tuple[Case, list[DocumentId]]


def test_what_is_assigned_is_divided_once(eight: Eight) -> None:
    case, documents = eight
    review.assign(case, "polygraph", ["Ann", "Bo", "Ann"])
    first, second = found(case, 'label:"for ann"'), found(case, 'label:"for bo"')
    assert (len(first), len(second), first | second) == (4, 4, set(documents))
    with pytest.raises(UserError, match="Nothing to assign"):
        review.assign(case, "polygraph", ["Cy"])
    with pytest.raises(UserError, match="one name or more"):
        review.assign(case, "polygraph", [])


def test_ones_own_queue_is_a_query(eight: Eight) -> None:
    case, documents = eight
    review.assign(case, "polygraph", ["R. Viewer"])
    tags.reviewed(case, documents[0])
    assert found(case, review.queue_for(case)) == set(documents[1:])


def test_a_sample_is_drawn_from_what_was_reviewed_and_can_be_drawn_again(eight: Eight) -> None:
    case, documents = eight
    with pytest.raises(UserError, match="Nothing to draw"):
        review.draw(case, "q1", "polygraph", 3)
    batch.reviewed(case, documents[:6])
    review.draw(case, "q1", "polygraph", 3, seed=7)
    drawn = found(case, 'label:"sample q1"')
    assert len(drawn) == 3
    assert drawn <= set(documents[:6])
    tags.undo(case)
    review.draw(case, "q1", "polygraph", 3, seed=7)
    assert found(case, 'label:"sample q1"') == drawn


def test_agreement_counts_who_reviewed_and_tagged_nobody(eight: Eight, second: Case) -> None:
    case, documents = eight
    x = person(case, "1", "Xu", "Ann")
    batch.reviewed(case, documents[:3])
    tags.tag(case, Anchor(documents[0]), x, Harm.HIGH)
    tags.tag(case, Anchor(documents[1]), x, Harm.HIGH)
    review.draw(case, "q1", "polygraph", 3)
    assert review.agreement(case, "q1").share is None
    tags.tag(second, Anchor(documents[0]), x, Harm.HIGH)
    tags.tag(second, Anchor(documents[1]), x, Harm.LOW)
    tags.reviewed(second, documents[2])
    result = review.agreement(case, "q1")
    assert (result.documents, result.twice, result.alike) == (3, 3, 2)
    (one,) = result.differences
    assert (one.document, one.officer) == (documents[1], x.name)
    assert {harm for _, harm in one.levels} == {Harm.HIGH, Harm.LOW}
    with pytest.raises(UserError, match="no sample"):
        review.agreement(case, "other")


@pytest.fixture
def second(eight: Eight) -> Case:
    """The same open case, signed by a colleague."""
    from dataclasses import replace

    from evidencebox.model.ledger import Kind
    from evidencebox.store.ledger import Draft
    from evidencebox.vault.signing import Signer

    case, _ = eight
    signer = Signer(bytes(range(32)))
    case.decided.act(Draft(Kind.REVIEWER, [{"author": signer.author}], {"name": "Bo"}), signer)
    return replace(case, signer=signer)


def test_progress_counts_pace_and_severe_material(eight: Eight) -> None:
    case, documents = eight
    x = person(case, "1", "Xu", "Ann")
    batch.reviewed(case, documents[:5])
    tags.tag(case, Anchor(documents[0]), x, Harm.VERY_HIGH)
    tags.tag(case, Anchor(documents[1]), x, Harm.LOW)
    now = datetime.now(UTC)
    state = review.progress(case, "polygraph", now + timedelta(seconds=2))
    assert (state.documents, state.reviewed, state.left) == (8, 5, 3)
    assert (state.by, state.pace) == ((("R. Viewer", 5),), 5)
    assert state.severe == 1
    later = review.progress(case, "polygraph", now + timedelta(days=2))
    assert (later.pace, later.severe) == (0, 0)
