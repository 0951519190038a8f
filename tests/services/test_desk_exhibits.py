"""Exhibits as the window works on them: one act orders them, a sheet looks as it will be bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evidencebox.errors import UserError
from evidencebox.model.filing import StampedSheet
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.review import Anchor
from evidencebox.services import exhibits, officers, stamping, tags
from evidencebox.services.case import Case
from evidencebox.services.desk_exhibits import Exhibits
from evidencebox.services.seals import Seals
from evidencebox.services.sheet_preview import Previews, place_of
from evidencebox.store.ledger import Draft
from tests.services.making import make_case, plant, take


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    texts = {"one.txt": "First words. " * 900, "two.txt": "Second.", "three.txt": "Sealed words."}
    plant(tmp_path / "trove", texts)
    made = make_case(tmp_path / "case")
    take(made, tmp_path / "trove")
    for name in texts:
        exhibits.add(made, named(made, name))
    yield made
    made.close()


@pytest.fixture
def desk(case: Case) -> Iterator[Exhibits]:
    previews = Previews(case)
    yield Exhibits(case, Seals(case), previews)
    previews.close()


def named(case: Case, name: str) -> DocumentId:
    return next(r.sha256 for r in case.catalogue.each() if r.name == name and r.sha256)


def numbers(desk: Exhibits) -> list[str]:
    return [row.number for row in desk.rows() if row.stands]


def strip(shown: StampedSheet, third: int) -> int:
    """How much ink there is in a third, from the left, of the strip at the foot of a sheet."""
    picture = shown.picture
    pixels = np.frombuffer(picture.pixels, np.uint8)
    rows = pixels.reshape(picture.height, picture.width, picture.channels)
    across = picture.width // 3
    foot = rows[-picture.height // 22 :, third * across : (third + 1) * across]
    return int((foot < 128).sum())


def test_one_act_orders_many_and_one_undo_takes_it_back(case: Case, desk: Exhibits) -> None:
    desk.reorder(["PX-3", "PX-1", "PX-2"])
    assert numbers(desk) == ["PX-3", "PX-1", "PX-2"]
    exhibits.add(case, named(case, "two.txt"), number="PX-9")
    assert numbers(desk) == ["PX-3", "PX-1", "PX-2", "PX-9"]
    tags.undo(case)
    tags.undo(case)
    assert numbers(desk) == ["PX-1", "PX-2", "PX-3"]
    with pytest.raises(UserError, match="other ones by now"):
        desk.reorder(["PX-1", "PX-2"])


def test_a_proposal_knows_what_is_there(case: Case, desk: Exhibits) -> None:
    proposal = desk.propose(named(case, "one.txt"))
    assert (proposal.number, proposal.known) == ("PX-4", ("PX-1",))
    assert proposal.pages > 1
    desk.add(named(case, "one.txt"), "1-2", "", "Two pages", False)
    assert desk.rows()[3].pages == (1, 2)
    desk.change("PX-4", "withdrawn", "Twice")
    assert desk.rows()[3].gone == "Withdrawn: Twice"


def test_a_sheet_is_stamped_where_it_was_chosen(desk: Exhibits) -> None:
    row, choice = desk.rows()[0], desk.stamping()
    first, second = desk.sheet(row.act, 1, choice), desk.sheet(row.act, 2, choice)
    assert (first.sheet, first.bates, first.provisional) == (1, "PLF-000000001", True)
    assert second.bates == "PLF-000000002"
    assert strip(first, 2) > 0
    assert strip(second, 2) > 0
    assert strip(first, 1) > strip(second, 1)
    above = replace(choice, sticker_position="top left", bates_position="top right")
    assert strip(desk.sheet(row.act, 1, above), 2) == 0
    with pytest.raises(UserError, match="sheets"):
        desk.sheet(row.act, 99, choice)


def test_a_choice_is_kept_in_the_case_and_checked(case: Case, desk: Exhibits) -> None:
    choice = replace(desk.stamping(), legend="CONFIDENTIAL", bates_prefix="EVB-", paper="a4")
    desk.keep_stamping(choice)
    assert desk.stamping() == choice
    for wrong in (
        replace(choice, sticker_position=choice.bates_position),
        replace(choice, bates_digits=0),
        replace(choice, legend="x" * 61),
        replace(choice, bates_position="middle"),
    ):
        with pytest.raises(UserError):
            desk.keep_stamping(wrong)
    assert desk.stamping() == choice


def test_a_choice_of_stamps_is_an_act_that_colleagues_get(case: Case, desk: Exhibits) -> None:
    """And what nobody can set is no choice, whoever's laptop it comes from."""
    before = case.decided.head().arrivals
    case.decided.set_meta("exhibits:stamping", '{"legend": "OF BEFORE"}')
    assert desk.stamping().legend == "OF BEFORE"
    choice = replace(desk.stamping(), legend="CONFIDENTIAL", prefix="DX-")
    desk.keep_stamping(choice)
    desk.keep_stamping(choice)
    assert case.decided.head().arrivals == before + 1
    assert desk.propose(named(case, "one.txt")).number == "DX-1"
    exhibits.add(case, named(case, "one.txt"))
    assert "DX-1" in numbers(desk)
    for wrong in ("{", '{"paper": "folio"}', '{"bates_digits": "nine"}', "[]"):
        target = {"setting": stamping.SETTING}
        case.decided.act(Draft(Kind.SETTING, [target], {"value": wrong}), case.signer)
        assert desk.stamping().bates_digits == 9
        assert desk.stamping().legend == ""


def test_sealed_sheets_are_not_shown_and_withheld_ones_are_slips(
    case: Case, desk: Exhibits
) -> None:
    dana = officers.add(case, last="Whitlow", first="Dana", badge="101")
    sealed = Anchor(named(case, "three.txt"), 1)
    tags.tag(case, sealed, dana, Harm.HIGH, ["sexual_abuse"], "")
    tags.label(case, named(case, "two.txt"), "privileged")
    rows = desk.rows()
    assert [row.marks for row in rows] == [(), ("privileged",), ("sealed",)]
    with pytest.raises(UserError, match="sealed"):
        desk.sheet(rows[2].act, 1, desk.stamping())
    assert desk.sheet(rows[1].act, 1, desk.stamping()).words == "Withheld as privileged."


def test_sheets_are_counted_over_all_parts() -> None:
    assert [place_of([2, 3], n) for n in range(1, 6)] == [(0, 1), (0, 2), (1, 1), (1, 2), (1, 3)]
    with pytest.raises(UserError, match="5 sheets"):
        place_of([2, 3], 6)
