"""Redaction as the window works on it: looked at, kept in the case, taken back, stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.pictures import Picture
from evidencebox.model.redactions import Ask, Box, Term
from evidencebox.model.review import Anchor
from evidencebox.services import elements, exhibits, mention_search, officers, redacting, tags
from evidencebox.services.case import Case
from evidencebox.services.desk_exhibits import Exhibits
from evidencebox.services.desk_redactions import Redactions
from evidencebox.services.seals import Seals
from evidencebox.services.sheet_preview import Previews
from tests.services.making import PASSPHRASE, make_case, plant, take

TEXT = "Detective Dana Whitlow, SSN 512-47-8831, saw Officer Luis Ortega.\n\n" + "Filler. " * 900


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("desk-redactions")
    plant(folder / "trove", {"one.txt": TEXT, "sealed.txt": "What nobody reads."})
    made = make_case(folder / "case")
    dana = officers.add(made, last="Whitlow", first="Dana", badge="101")
    officers.add(made, last="Ortega", first="Luis", badge="102")
    take(made, folder / "trove")
    mention_search.refresh_mentions(made)
    elements.refresh_elements(made)
    tags.tag(made, Anchor(named(made, "sealed.txt"), 1), dana, Harm.HIGH, ["sexual_abuse"], "")
    yield made
    made.close()


@pytest.fixture(scope="module")
def previews(case: Case) -> Iterator[Previews]:
    made = Previews(case)
    yield made
    made.close()


@pytest.fixture
def desk(case: Case, previews: Previews) -> Redactions:
    return Redactions(case, Seals(case), previews)


def named(case: Case, name: str) -> DocumentId:
    return next(r.sha256 for r in case.catalogue.each() if r.name == name and r.sha256)


def ink(picture: Picture) -> int:
    return int((np.frombuffer(picture.pixels, np.uint8) < 100).sum())


def test_a_sheet_is_shown_before_and_after(case: Case, desk: Redactions) -> None:
    document = named(case, "one.txt")
    opened = desk.open(document)
    assert {each.kind: each.undecided for each in opened.kinds}["ssn"] == 1
    assert len(opened.pages) > 1
    assert not opened.sealed
    ask = Ask(
        terms=(Term("Filler", "PII"),),
        elements=("ssn",),
        boxes=(Box(1, 0, 9_000, 900, 9_500, "X"),),
    )
    seen = desk.look(document, ask, 1)
    assert ink(seen.after) > ink(seen.before)
    assert "Dana Whitlow" in seen.text
    by_hand = [box for box in seen.boxes if box.by_hand == 0]
    assert [(box.left, box.bottom, box.reason) for box in by_hand] == [(0, 9_500, "X")]
    assert {box.reason for box in seen.boxes if box.suggested} == {"SSN"}
    assert not any(box.suggested for box in seen.boxes if box.reason == "PII")
    second = desk.look(document, ask, 2)
    assert not [box for box in second.boxes if box.by_hand >= 0]
    with pytest.raises(UserError, match="letter or a digit"):
        desk.look(document, Ask(terms=(Term("…", "PII"),)), 1)


def test_everybody_but_one_and_inverse(case: Case, desk: Redactions) -> None:
    document = named(case, "one.txt")
    dana = officers.one(case, "101")
    seen = desk.look(document, Ask(everyone_but=dana.id), 1)
    assert "Name" in {box.reason for box in seen.boxes}
    only = desk.look(document, Ask(terms=(Term("Ortega", "Name"),), inverse=True), 1)
    assert ink(only.after) > 10 * ink(seen.after)


def test_a_plan_is_kept_found_again_and_taken_back(
    case: Case, desk: Redactions, previews: Previews
) -> None:
    document = named(case, "one.txt")
    exhibits.add(case, document)
    room = Exhibits(case, Seals(case), previews)
    row = room.rows()[0]
    plain = ink(room.sheet(row.act, 1, room.stamping()).picture)
    boxes = (Box(1, 1_000, 3_000, 9_000, 6_000, "Minor"), Box(2, 0, 0, 500, 500, "PII"))
    ask = Ask(terms=(Term("Whitlow", "Name"),), elements=("ssn",), boxes=boxes)
    assert desk.keep(document, ask).endswith("kept")
    opened = desk.open(document)
    assert opened.ask == ask
    assert opened.stands
    assert room.rows()[0].marks == ("redacted",)
    assert ink(room.sheet(row.act, 1, room.stamping()).picture) > 2 * plain
    assert list(redacting.log_rows(case, document)) == []
    assert desk.keep(document, Ask()).endswith("not redacted any more")
    assert desk.open(document).ask == Ask()
    assert room.rows()[0].marks == ()
    tags.undo(case)
    assert desk.open(document).ask == ask


def test_a_draft_is_kept_and_is_no_act(case: Case, desk: Redactions) -> None:
    document, dana = named(case, "one.txt"), officers.one(case, "101")
    box = Box(2, 0, 0, 500, 500, "PII")
    ask = Ask(terms=(Term("Ortega", "Name"),), boxes=(box,), everyone_but=dana.id, lines=True)
    head = case.decided.head()
    desk.keep_draft(document, ask)
    opened = desk.open(document)
    assert opened.draft == ask
    assert opened.names[dana.id] == dana.name
    assert case.decided.head() == head
    desk.keep_draft(document, None)
    assert desk.open(document).draft is None
    desk.keep_draft(document, ask)
    case.decided.forget_typed()
    assert desk.open(document).draft is None


def test_what_is_sealed_is_not_opened_here(case: Case, desk: Redactions) -> None:
    document = named(case, "sealed.txt")
    for refused in (lambda: desk.open(document), lambda: desk.look(document, Ask(), 1),
                    lambda: desk.keep(document, Ask())):  # fmt: skip
        with pytest.raises(UserError, match="sealed"):
            refused()


def test_stopped_or_refused_nothing_is_written(
    case: Case, desk: Redactions, tmp_path: Path
) -> None:
    document, ask = named(case, "one.txt"), Ask(terms=(Term("Whitlow", "Name"),))
    before = len(case.decided.acts_of((Kind.REDACTION, Kind.HANDED)))
    with pytest.raises(UserError, match="stopped"):
        desk.write(document, ask, tmp_path / "x.pdf", PASSPHRASE, cancelled=lambda: True)
    with pytest.raises(UserError):
        desk.write(document, ask, tmp_path / "x.pdf", "wrong")
    desk.stop()
    with pytest.raises(UserError, match="stopped"):
        desk.write(document, ask, tmp_path / "x.pdf", PASSPHRASE)
    assert list(tmp_path.iterdir()) == []
    assert len(case.decided.acts_of((Kind.REDACTION, Kind.HANDED))) == before


@pytest.mark.long
def test_a_copy_is_written_and_checked(case: Case, desk: Redactions, tmp_path: Path) -> None:
    document, heard = named(case, "one.txt"), list[tuple[int, int]]()
    ask = Ask(terms=(Term("Whitlow", "Name"),))
    made = desk.write(
        document, ask, tmp_path / "x.pdf", PASSPHRASE, progress=lambda *far: heard.append(far)
    )
    assert made.checked
    assert made.places >= 1
    assert {path.name for path in tmp_path.iterdir()} == set(made.files)
    assert "Whitlow" not in (tmp_path / "x.txt").read_text("utf-8")
    assert heard[-1] == (made.sheets - 1, made.sheets)
