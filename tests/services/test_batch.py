"""One decision about many documents: its preview, conflicts, one act, one undo."""

from __future__ import annotations

import pytest

from evidencebox.errors import UserError
from evidencebox.model.coding import BatchPreview, Coding
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.review import Anchor
from evidencebox.services import batch, tags
from evidencebox.services.case import Case
from tests.services.making import found, person

Four = tuple[Case, list[DocumentId]]


@pytest.fixture
def four(eight: Four) -> Four:
    case, documents = eight
    return case, documents[:4]


def test_conflicts_are_counted_and_kept_unless_overwritten(four: Four) -> None:
    case, documents = four
    x = person(case, "1", "Xu", "Ann")
    coding = Coding(x, Harm.LOW, ("address",), "n")
    tags.tag(case, Anchor(documents[0]), x, Harm.HIGH)
    tags.tag(case, Anchor(documents[1]), x, Harm.LOW, ["address"], "n")
    tags.tag(case, Anchor(documents[2], 1), x, Harm.VERY_HIGH)  # a page's tag is no conflict
    shown = batch.preview(case, documents, coding)
    assert shown == BatchPreview(4, fresh=2, same=1, differing=((Harm.HIGH, 1),), sealed=0)
    assert (shown.acts_on(False), shown.acts_on(True)) == (2, 3)
    done = batch.code(case, documents, coding)
    assert done.text == "Low set for Xu on 2 documents"
    assert found(case, "officer:1 harm:1") == set(documents[1:])
    assert found(case, "officer:1 harm:3") == {documents[0]}
    batch.code(case, documents, coding, overwrite=True)
    assert found(case, "officer:1 harm:1") == set(documents)
    with pytest.raises(UserError, match="Nothing to do"):
        batch.code(case, documents, coding)


def test_a_batch_is_one_act_and_one_undo(four: Four) -> None:
    case, documents = four
    x = person(case, "1", "Xu", "Ann")
    before = case.decided.head().arrivals
    batch.code(case, documents, Coding(x, Harm.HIGH))
    assert case.decided.head().arrivals == before + 1
    assert tags.undo(case).text == "Undone: tag set (4 at once)"
    assert found(case, "officer:1") == set()
    tags.redo(case)
    assert found(case, "officer:1") == set(documents)
    assert case.decided.verify()[0] is None


def test_labels_and_review_marks_of_many(four: Four) -> None:
    case, documents = four
    batch.label(case, documents[:3], " Privileged ")
    assert found(case, "label:privileged") == set(documents[:3])
    batch.label(case, documents[:1], "privileged", on=False)
    assert found(case, "label:privileged") == set(documents[1:3])
    batch.reviewed(case, documents)
    assert found(case, "is:reviewed") == set(documents)
    tags.undo(case)
    assert found(case, "is:reviewed") == set()


def test_what_cannot_be_done_is_said(four: Four) -> None:
    case, documents = four
    x = person(case, "1", "Xu", "Ann")
    with pytest.raises(UserError, match="no document to code"):
        batch.preview(case, [], Coding(x, Harm.LOW))
    with pytest.raises(UserError, match="No such category"):
        batch.code(case, documents, Coding(x, Harm.LOW, ("gossip",)))
    with pytest.raises(UserError, match="not in this case"):
        batch.reviewed(case, [*documents, DocumentId("0" * 64)])


def test_sealed_documents_are_counted(four: Four) -> None:
    case, documents = four
    x = person(case, "1", "Xu", "Ann")
    tags.tag(case, Anchor(documents[0]), x, Harm.HIGH, ["minor"])
    assert batch.preview(case, documents, Coding(x, Harm.LOW)).sealed == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_every_act_can_be_said_in_words(kind: Kind) -> None:
    assert tags.describe(Act("a", "d", 1, "", 1, kind, (), "", ""))
