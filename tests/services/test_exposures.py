"""Matrix, lists for notices, an officer's page, harm: over one small case, counted by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.model.suggestions import Answer, Element
from evidencebox.services import elements, harms, notices, officers, schemes, tags
from evidencebox.services.case import Case
from evidencebox.services.elements import refresh_elements
from evidencebox.services.matrix import (
    MatrixRow,
    State,
    Wanted,
    column_totals,
    drill,
    exposures,
    matrix,
)
from evidencebox.services.mention_search import refresh_mentions
from evidencebox.services.notice_list import notice_list, write_list
from evidencebox.services.notices import Decision
from evidencebox.services.officer_page import officer_page, searched
from evidencebox.services.persons import EXPOSURES, PERSONS, exposures_rows, persons_rows
from tests.services.making import copied, ready, take

FILES = {
    "a.txt": "Officer Marcus Whitlow, SSN 219-09-4321, lives at 12 Alder Street, Salem 04001.",
    "b.txt": "Subject: Whitlow, Marcus\nDate of birth: 04/02/1980\nSSN: 219-09-4321\n",
    "c.txt": "Sgt. Luz Ferrante was seen at the gate with Officer Marcus Whitlow.",
    "d.txt": "Nobody of interest.",
}


def fill(case: Case, folder: Path) -> None:
    officers.add(case, last="Whitlow", first="Marcus", badge="1001", rank="Officer", unit="A")
    officers.add(case, last="Ferrante", first="Luz", badge="1002", rank="Sergeant", unit="B")
    officers.add(case, last="=Absent", first="Al", badge="1003", unit="B", status="deceased")
    folder = folder / "small"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    take(case, folder)


@pytest.fixture(scope="module")
def _small(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return ready(_blank, tmp_path_factory.mktemp("small"), fill)


@pytest.fixture
def small(_small: Case, tmp_path: Path) -> Iterator[Case]:
    with copied(_small, tmp_path / "small") as case:
        yield case


def by_badge(case: Case) -> dict[str, MatrixRow]:
    return {row.officer.badge: row for row in matrix(case)}


def of(case: Case, kind: str) -> list[Element]:
    return [element for element in elements.listed(case) if element.kind == kind]


def test_states_and_totals(small: Case) -> None:
    rows = by_badge(small)
    assert [rows[b].state for b in ("1001", "1002", "1003")] == [
        State.OPEN,
        State.OPEN,
        State.NOTHING,
    ]
    ssn = rows["1001"].exposed["ssn"]
    assert (ssn.documents, ssn.pages, ssn.places) == (2, 2, 2)
    assert column_totals(rows.values()) == {"ssn": 1, "address": 1, "birth_date": 1}
    assert len(list(drill(small, rows["1001"].officer.id, "ssn"))) == 2
    for document in small.catalogue.all_ids():
        tags.reviewed(small, document)
    rows = by_badge(small)
    assert rows["1001"].state is State.CLEARED
    assert rows["1002"].state is State.MENTIONED
    tags.tag(small, Anchor(of(small, "ssn")[0].document), rows["1001"].officer, Harm.HIGH)
    assert by_badge(small)["1001"].state is State.HARMED
    assert [r.officer.badge for r in matrix(small, Wanted(units=["B"]))] == ["1003", "1002"]
    assert [r.officer.badge for r in matrix(small, Wanted(kinds=["ssn"]))] == ["1001"]
    assert [r.officer.badge for r in matrix(small, Wanted(least_harm=3))] == ["1001"]
    assert [r.officer.badge for r in matrix(small, Wanted(states=[State.NOTHING]))] == ["1003"]


def test_totals_follow_answers(small: Case) -> None:
    first, second = of(small, "ssn")
    ferrante = officers.one(small, "1002")
    elements.answer(small, first, Answer.DIFFERENT)
    elements.answer(small, second, Answer.SAME, ferrante.id)
    rows = by_badge(small)
    assert "ssn" not in rows["1001"].exposed
    assert rows["1002"].exposed["ssn"].documents == 1
    tags.undo(small)
    tags.undo(small)
    assert by_badge(small)["1001"].exposed["ssn"].documents == 2


def test_totals_are_what_a_count_from_scratch_says(small: Case) -> None:
    before = exposures(small)
    officers.add(small, last="Alder", first="Ann", badge="1009")
    refresh_mentions(small)
    refresh_elements(small)
    assert exposures(small) == before
    counted: dict[tuple[str, str], set[str]] = {}
    for each in elements.listed(small):
        if each.officer and each.belongs >= 0.5:
            counted.setdefault((each.officer, each.kind), set()).add(each.document)
    found = {(o, k): t.documents for o, kinds in before.items() for k, t in kinds.items()}
    assert found == {key: len(documents) for key, documents in counted.items()}


def test_persons_and_exposures(small: Case) -> None:
    rows = {row["BadgeNo"]: row for row in persons_rows(small)}
    assert tuple(rows["1001"]) == PERSONS
    assert (rows["1001"]["SSN"], rows["1001"]["Medical"]) == ("?", "N")
    assert rows["1001"]["CreditMonitoring"] == "may be eligible"
    assert rows["1003"]["LastName"] == "'=Absent"
    assert rows["1003"]["IsDeceased"] == "Y"
    element = of(small, "ssn")[0]
    elements.answer(small, element, Answer.SAME)
    whitlow = officers.one(small, "1001")
    notices.decide(small, [whitlow.id], Decision.NOTIFY, date="2026-11-23", monitoring=True)
    rows = {row["BadgeNo"]: row for row in persons_rows(small)}
    assert (rows["1001"]["SSN"], rows["1001"]["NotifyDecision"]) == ("Y", "notify")
    assert (rows["1001"]["NoticeDate"], rows["1001"]["CreditMonitoring"]) == ("2026-11-23", "yes")
    lines = list(exposures_rows(small))
    assert all(tuple(line) == EXPOSURES for line in lines)
    assert "219-09" not in json.dumps(lines)
    accepted = [line for line in lines if line["Status"] == "accepted"]
    assert [(line["SHA256"], line["Element"]) for line in accepted] == [(element.document, "ssn")]
    assert accepted[0]["Reviewer"]


def test_notices_are_undone_and_checked(small: Case) -> None:
    people = [officer.id for officer in small.decided.officers()]
    notices.decide(small, people, Decision.SENT, date="2026-11-01")
    notices.decide(small, people[:1], Decision.NONE, note="asked not to be told")
    assert [notices.notices(small)[o].decision for o in people] == [
        Decision.NONE,
        Decision.SENT,
        Decision.SENT,
    ]
    tags.undo(small)
    assert {n.decision for n in notices.notices(small).values()} == {Decision.SENT}
    for wrong in ("soon", "2026-13-01"):
        with pytest.raises(UserError, match="is no date"):
            notices.decide(small, people, Decision.SENT, date=wrong)
    with pytest.raises(UserError, match="Nobody"):
        notices.decide(small, [], Decision.SENT)


def test_an_officers_page_and_its_receipt(small: Case) -> None:
    whitlow = officers.one(small, "1001")
    page = officer_page(small, whitlow)
    assert {each["kind"] for each in page["elements"]} == {"ssn", "address", "birth_date"}
    assert len(page["documents"]) == 3
    assert page["documents"][0]["proposed"]["level"] == 3
    assert [each["officer"]["badge"] for each in page["named_with"]] == ["1002"]
    assert page["notice"]["may_be_eligible"] is True
    assert "219-09" not in json.dumps(page)
    again = searched(small, whitlow)
    assert again["digest"] == page["searched"]["digest"]
    assert again["looked_for"]["last"] == "Whitlow"
    officers.change(small, whitlow, former_names="Barlow")
    changed = searched(small, officers.one(small, "1001"))
    assert changed["digest"] != again["digest"]


def test_harm_is_proposed_with_terms(small: Case) -> None:
    found = harms.proposals(small)
    assert [p.proposal.level for p in found] == sorted(
        (p.proposal.level for p in found), reverse=True
    )
    for each in found:
        assert each.proposal.se == each.proposal.level + 1
        assert each.proposal.rationale
        assert each.accepted == 0


def test_a_tag_keeps_the_scheme_it_was_made_under(small: Case, tmp_path: Path) -> None:
    element = of(small, "ssn")[0]
    whitlow = officers.one(small, "1001")
    before = schemes.digest(schemes.text(small, schemes.HARM))
    tags.tag(small, Anchor(element.document), whitlow, Harm.HIGH, ["identity"])
    file = tmp_path / "harm.toml"
    text = schemes.default(schemes.HARM).replace('"Very high"', '"Extreme"')
    file.write_text(text.replace("[category]", '[category]\nrumour = "Rumour"'), encoding="utf-8")
    after = schemes.change(small, schemes.HARM, file)
    tags.tag(small, Anchor(element.document, 1), whitlow, Harm.LOW, ["rumour"])
    made = [payload["scheme"] for _, payload in small.decided.history(element.document)]
    assert made == [after, before]
    assert schemes.former(small, schemes.HARM, before) == schemes.default(schemes.HARM)
    assert schemes.harm_scheme(small).levels[4].word == "Extreme"
    for wrong in (
        "level = 3",
        "[kind.ssn",
        text.replace('category = "identity"', 'category = "x"'),
    ):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(UserError, match="harm scheme"):
            schemes.change(small, schemes.HARM, file)


def test_the_notice_list(small: Case, tmp_path: Path) -> None:
    lines = {line.officer.badge: line for line in notice_list(small)}
    assert [(b, lines[b].eligible, lines[b].concerned) for b in ("1001", "1003")] == [
        ("1001", "perhaps", True),
        ("1003", "no", False),
    ]
    whitlow = officers.one(small, "1001")
    element = of(small, "ssn")[0]
    elements.answer(small, element, Answer.SAME)
    tags.tag(small, Anchor(element.document), whitlow, Harm.HIGH, ["finances"])
    notices.decide(small, [whitlow.id], Decision.SENT, date="2026-11-23", monitoring=True)
    line = {line.officer.badge: line for line in notice_list(small)}["1001"]
    assert (line.found, line.eligible) == (("finances", "ssn"), "yes")
    assert (line.decision, line.date, line.monitoring) == (Decision.SENT, "2026-11-23", True)
    write_list([line, lines["1003"]], tmp_path / "n.csv")
    rows = list(csv.DictReader((tmp_path / "n.csv").read_text("utf-8-sig").splitlines()))
    assert [(r["Found"], r["MonitoringEligible"], r["Decision"]) for r in rows] == [
        ("finances; ssn", "yes", "sent"),
        ("", "no", "open"),
    ]
    assert rows[1]["LastName"].startswith("'=")
    with pytest.raises(UserError, match="cannot be written"):
        write_list([line], tmp_path / "nowhere" / "n.csv")


def test_a_notice_outlives_a_merge(small: Case) -> None:
    own, other = officers.one(small, "1001"), officers.one(small, "1002")
    notices.decide(small, [other.id], Decision.SENT, date="2026-11-01")
    officers.merge(small, other, own)
    assert notices.notices(small)[own.id].decision is Decision.SENT
    notices.decide(small, [own.id], Decision.NONE)
    assert notices.notices(small)[own.id].decision is Decision.NONE
    officers.split(small, "1002")
    assert notices.notices(small)[other.id].decision is Decision.SENT
