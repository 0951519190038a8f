"""Tags, labels, review marks: what they bind together, replace, undo, and how search sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import Anchor, Passage
from evidencebox.services import officers, tags
from evidencebox.services.case import Case
from tests.services.making import copied, copy_case, found, person, plant, ready, take


def fill(case: Case, folder: Path) -> None:
    """Two documents, the first of three pages."""
    # A page ends where a paragraph does, after some 3,000 characters.
    fill = "and so on. " * 320
    long = "\n\n".join(f"page {n} of the polygraph file\n{fill}" for n in (1, 2, 3))
    take(case, plant(folder / "t", {"a/long.txt": long, "b.txt": "a short note"}))


Two = tuple[Case, DocumentId, DocumentId]


@pytest.fixture(scope="module")
def _two(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return ready(_blank, tmp_path_factory.mktemp("two"), fill)


@pytest.fixture
def two(_two: Case, tmp_path: Path) -> Iterator[Two]:
    with copied(_two, tmp_path / "two") as case:
        (first,), (second,) = found(case, "polygraph"), found(case, "short")
        yield case, first, second


def lines(case: Case) -> list[dict[str, Any]]:
    return list(tags.tag_lines(case))


def test_officer_and_harm_are_bound_to_one_tag(two: Two) -> None:
    case, first, second = two
    x, y = person(case, "1", "Xu", "Ann"), person(case, "2", "Yates", "Bo")
    tags.tag(case, Anchor(first), x, Harm.LOW, ["address"])
    tags.tag(case, Anchor(first), y, Harm.VERY_HIGH, ["polygraph"])
    tags.tag(case, Anchor(second), x, Harm.HIGH, ["polygraph"], "ask the union")
    assert found(case, "officer:1 harm:>=3") == {second}
    assert found(case, "officer:2 harm:>=3") == {first}
    assert found(case, "harm:>=3") == {first, second}
    assert found(case, "officer:1 category:polygraph") == {second}
    assert found(case, "officer:1 harm:1 category:address") == {first}
    assert found(case, "officer:1 harm:4") == set()
    assert found(case, "officer:1 NOT harm:>=3") <= {first, second}
    assert found(case, "note:union") == {second}
    assert found(case, "officer:2 note:union") == set()
    assert found(case, 'reviewer:"R. Viewer" officer:2') == {first}
    assert found(case, "reviewer:nobody") == set()
    for who in ("1", x.id, "Xu", '"Xu, Ann"', "xu"):
        assert found(case, f"officer:{who}") == {first, second}, who
    assert found(case, "officer:Zed") == set()
    assert found(case, "polygraph officer:1") == {first}


def test_a_page_and_a_passage_and_the_whole_are_three_tags(two: Two) -> None:
    case, first, _ = two
    who = person(case, "1")
    passage = Passage(14, 23, 1, "polygraph", "page 2 of the ", " file")
    for harm, anchor in enumerate((Anchor(first), Anchor(first, 2), Anchor(first, 2, passage)), 1):
        tags.tag(case, anchor, who, Harm(harm), ["identity"])
    found_ = {line["harm"]: line for line in lines(case)}
    assert [found_[h]["page"] for h in (1, 2, 3)] == [None, 2, 2]
    assert [found_[h]["start"] for h in (1, 2, 3)] == [None, None, 14]
    assert found_[3]["quote"] == "polygraph"
    tags.untag(case, Anchor(first, 2), who.id)
    assert sorted(line["harm"] for line in lines(case)) == [1, 3]
    with pytest.raises(UserError, match="You have no tag for that officer there"):
        tags.untag(case, Anchor(first, 2), who.id)


def test_the_shape_of_a_line(two: Two) -> None:
    case, first, _ = two
    who = person(case, "1")
    tags.tag(case, Anchor(first, 3), who, Harm.HIGH, ["address", "family", "address"], "n")
    (line,) = lines(case)
    assert line["officer"] == {"id": who.id, "badge": "1", "name": "Whitlow, Dana"}
    assert (line["sha256"], line["path"], line["page"]) == (first, "a/long.txt", 3)
    assert (line["harm"], line["harm_word"]) == (3, "High")
    assert line["categories"] == ["address", "family"]
    assert (line["note"], line["reviewer"]) == ("n", "R. Viewer")
    assert (line["start"], line["end"], line["quote"]) == (None, None, None)


def test_the_same_reviewer_replaces_what_he_said(two: Two) -> None:
    case, first, _ = two
    who = person(case, "1")
    tags.tag(case, Anchor(first), who, Harm.LOW, ["address"])
    tags.tag(case, Anchor(first), who, Harm.HIGH, ["family"])
    assert [(line["harm"], line["categories"]) for line in lines(case)] == [(3, ["family"])]
    assert tags.undo(case).text.startswith("Undone: tag set on EB-")
    assert [(line["harm"], line["categories"]) for line in lines(case)] == [(1, ["address"])]
    tags.undo(case)
    assert lines(case) == []
    tags.redo(case)
    tags.redo(case)
    assert [line["harm"] for line in lines(case)] == [3]
    with pytest.raises(UserError, match="nothing to redo"):
        tags.redo(case)


def test_labels_and_review_marks(two: Two) -> None:
    case, first, second = two
    tags.label(case, first, " Privileged ")
    tags.label(case, second, "responsive")
    tags.reviewed(case, second)
    assert found(case, "label:privileged") == {first}
    assert found(case, "is:reviewed") == {second}
    assert found(case, "label:responsive is:reviewed") == {second}
    assert found(case, "NOT is:reviewed") == {first}
    tags.label(case, first, "privileged", on=False)
    tags.reviewed(case, second, on=False)
    assert found(case, "label:privileged") == found(case, "is:reviewed") == set()
    tags.undo(case)
    assert found(case, "is:reviewed") == {second}
    for bad in ("", "  ", "x" * 65):
        with pytest.raises(UserError, match="A label has 1 to 64 characters"):
            tags.label(case, first, bad)


def test_everything_stands_after_reopening(two: Two, tmp_path: Path) -> None:
    case, first, second = two
    who = person(case, "1")
    tags.tag(case, Anchor(first), who, Harm.HIGH, ["address"], "note")
    tags.label(case, second, "confidential")
    tags.reviewed(case, first)
    before, history = lines(case), tags.history(case, first)
    (tmp_path / "again").mkdir()
    again = copy_case(case, tmp_path / "again")
    try:
        assert lines(again) == before
        assert tags.history(again, first) == history
        assert found(again, "officer:1 harm:>=3") == {first}
        assert found(again, "label:confidential") == {second}
        again.decided.rebuild()
        assert lines(again) == before
        assert again.decided.verify()[0] is None
    finally:
        again.close()


def test_what_cannot_be_tagged_is_refused_in_a_sentence(two: Two) -> None:
    case, first, _ = two
    who = person(case, "1")
    head = case.decided.head()
    unknown = DocumentId("0" * 64)
    late = Passage(0, 10_000, 1, "x")
    for anchor, sentence in (
        (Anchor(unknown), "There is no document 0000000000000000… in this case"),
        (Anchor(first, 4), "has 3 pages; there is no page 4"),
        (Anchor(first, 0), "there is no page 0"),
        (Anchor(first, 1, late), "has no such passage"),
        (Anchor(first, 1, Passage(5, 5, 1, "")), "has no such passage"),
        (Anchor(first, None, late), "A passage needs the page"),
    ):
        with pytest.raises(UserError, match=sentence):
            tags.tag(case, anchor, who, Harm.LOW)
    with pytest.raises(UserError, match="No such category: gossip; use identity"):
        tags.tag(case, Anchor(first), who, Harm.LOW, ["gossip"])
    with pytest.raises(UserError, match="longer than 20,000 characters"):
        tags.tag(case, Anchor(first), who, Harm.LOW, [], "x" * 20_001)
    for act in (tags.label, tags.reviewed):
        with pytest.raises(UserError, match="There is no document"):
            act(case, unknown, *(["x"] if act is tags.label else []))
    assert case.decided.head() == head


def test_undo_goes_back_to_the_beginning_and_no_further(two: Two) -> None:
    case, first, _ = two
    who = person(case, "1")
    tags.tag(case, Anchor(first), who, Harm.LOW)
    tags.reviewed(case, first)
    texts = [tags.undo(case).text for _ in range(3)]
    assert texts[0].startswith("Undone: marked reviewed on EB-")
    assert texts[1].startswith("Undone: tag set on EB-")
    assert texts[2] == "Undone: roster changed"
    with pytest.raises(UserError, match="There is nothing to undo"):
        tags.undo(case)


def test_history_is_newest_first(two: Two) -> None:
    case, first, _ = two
    who = person(case, "1")
    tags.tag(case, Anchor(first), who, Harm.HIGH)
    tags.reviewed(case, first)
    history = tags.history(case, first)
    assert len(history) == 2
    assert "marked reviewed" in history[0]
    assert history[1].endswith("R. Viewer · 3 High for Whitlow, Dana")


def test_a_tag_on_a_document_that_only_has_a_name(empty: Case, tmp_path: Path) -> None:
    take(empty, plant(tmp_path / "t", {"odd.xyz": b""}))
    (document,) = found(empty, "name:odd.xyz")
    tags.tag(empty, Anchor(document), person(empty, "1"), Harm.NONE)
    assert found(empty, "officer:1 harm:0") == {document}
    assert found(empty, "harm:>=1") == set()


def test_a_tag_is_found_again_after_a_merge_and_its_split(two: Two) -> None:
    case, first, _ = two
    own, other = person(case, "31", "May", "Ann"), person(case, "32", "May", "Annie")
    anchor = Anchor(first)
    tags.tag(case, anchor, other, Harm.HIGH, ["address"], "before")
    officers.merge(case, other, own)
    assert [line["officer"]["badge"] for line in lines(case)] == ["31"]
    # What is said anew replaces what was said under the other's name, not beside it.
    tags.tag(case, anchor, own, Harm.LOW, [], "after")
    assert [(line["harm"], line["note"]) for line in lines(case)] == [(1, "after")]
    tags.untag(case, anchor, own.id)
    assert lines(case) == []
    tags.undo(case)
    officers.split(case, "32")
    assert [(line["officer"]["badge"], line["harm"]) for line in lines(case)] == [("32", 1)]
    with pytest.raises(UserError, match="You have no tag for that officer there"):
        tags.untag(case, anchor, own.id)
    tags.untag(case, anchor, other.id)
    assert lines(case) == []


def test_tags_of_both_who_were_merged_are_changed_together(two: Two) -> None:
    case, first, _ = two
    own, other = person(case, "31", "May", "Ann"), person(case, "32", "May", "Annie")
    for officer, harm in ((own, Harm.LOW), (other, Harm.VERY_HIGH)):
        tags.tag(case, Anchor(first), officer, harm)
    officers.merge(case, other, own)
    tags.tag(case, Anchor(first), own, Harm.MEDIUM)
    assert [line["harm"] for line in lines(case)] == [2, 2]
    tags.untag(case, Anchor(first), own.id)
    assert lines(case) == []
    assert case.decided.verify()[0] is None
