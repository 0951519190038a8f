"""Figures for dashboards that can be counted by hand; what colleagues do, on a real case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.ids import OfficerId
from evidencebox.model.review import Anchor
from evidencebox.services import tags
from evidencebox.services.case import Case
from evidencebox.services.insight import Insight
from evidencebox.services.mention_search import refresh_mentions
from evidencebox.services.search import search
from evidencebox.services.team import Colleagues
from tests.services.making import copied, found, person, plant, ready, take


def fill(case: Case, folder: Path) -> None:
    files: dict[str, bytes | str] = {
        "mail/a.txt": "Interview of Ann Xu about the loan.",
        "mail/b.txt": "Xu, Ann was called again.",
        "c.txt": "Nobody of interest.",
    }
    take(case, plant(folder / "t", files))
    ann = person(case, "11", "Xu", "Ann")
    person(case, "44", "Absent", "Al")
    refresh_mentions(case)
    (a,) = found(case, "name:a.txt")
    (c,) = found(case, "name:c.txt")
    tags.tag(case, Anchor(a), ann, Harm.HIGH, ["finances"], "the loan")
    tags.reviewed(case, c)


@pytest.fixture(scope="module")
def _filled(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return ready(_blank, tmp_path_factory.mktemp("filled"), fill)


@pytest.fixture
def filled(_filled: Case, tmp_path: Path) -> Iterator[Case]:
    with copied(_filled, tmp_path / "filled") as case:
        yield case


def test_each_cell_finds_what_it_counts(filled: Case) -> None:
    exposure = Insight(filled).exposure()
    absent, ann = exposure.rows
    assert exposure.categories == ("finances",)
    assert (ann.documents, ann.worst, ann.named) == (1, Harm.HIGH, 2)
    cell = ann.cells["finances"]
    assert (cell.documents, cell.worst) == (1, Harm.HIGH)
    for query, count in ((cell.query, 1), (ann.query, 1), (ann.named_query, 2)):
        assert len(search(filled, query).documents) == count
    assert (absent.documents, absent.disposition) == (0, "searched, nothing found")


def test_charts_count_each_document_once(filled: Case) -> None:
    overview = Insight(filled).overview()
    assert (overview.documents, overview.reviewed, overview.failures) == (3, 1, 0)
    assert [(bar.label, bar.count) for bar in overview.categories] == [("finances", 1)]
    assert sum(bar.count for bar in overview.types) == 3
    assert [day.count for day in overview.per_day] == [1]
    assert sum(sum(stack.counts.values()) for stack in overview.over_time) == 1
    for bar in (*overview.types, *overview.folders, *overview.statuses, *overview.categories):
        assert len(search(filled, bar.query).documents) == bar.count
    for stack in overview.over_time:
        assert len(search(filled, stack.query).documents) == sum(stack.counts.values())


def test_an_officers_page_has_tags_and_what_waits(filled: Case) -> None:
    ann = Insight(filled).exposure().rows[1].officer
    page = Insight(filled).officer(ann.id)
    assert [(e.name, e.harm, e.words, e.note) for e in page.tagged] == [
        ("a.txt", Harm.HIGH, "Finances", "the loan")
    ]
    assert [e.name for e in page.suggested] == ["b.txt"]
    assert page.more == 0
    with pytest.raises(UserError):
        Insight(filled).officer(OfficerId("nobody"))


def test_colleagues(filled: Case, tmp_path: Path) -> None:
    team = Colleagues(filled)
    assert "acts written" in team.export_pack(tmp_path / "mine.pack")
    assert team.import_pack(tmp_path / "mine.pack").startswith("0 new acts")
    assert team.conflicts() == []
    known = team.team()
    assert [(m.role, m.own) for m in known.members] == [("lead", True)]
    assert known.lead
    team.seal(["minor"])
    assert team.team().sealed == {"minor"}
    with pytest.raises(UserError, match="only lead"):
        team.set_role(known.members[0].name, "reviewer")
    assert (tmp_path / "kept.backup").name in team.backup(tmp_path / "kept.backup")
    roster = tmp_path / "roster.csv"
    roster.write_text("Shield,Surname,Given\n7,Ito,Mai\n9,,\n")
    seen = team.preview_roster(roster, {"badge": "Shield", "first": "Given"})
    assert (seen.people[0][:3], seen.count, len(seen.rejects)) == (("7", "Ito", "Mai"), 1, 1)
    said = team.take_roster(roster, {"first": "Given", "badge": "Shield"})
    assert said == "1 officer added, 0 updated, 1 line left out."
