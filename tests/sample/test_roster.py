"""The roster: its columns, and the traps a matcher must survive."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from evidencebox.sample.roster import COLUMNS, make_cast, write_roster


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    write_roster(path, make_cast(300, 1))
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_columns_are_those_of_the_contract(rows: list[dict[str, str]]) -> None:
    assert tuple(rows[0]) == COLUMNS
    assert ",".join(COLUMNS) == "badge,last,first,middle,rank,unit,status,email,birth_date"


def test_badges_and_addresses_are_unique(rows: list[dict[str, str]]) -> None:
    assert len({row["badge"] for row in rows}) == 300
    assert len({row["email"] for row in rows}) == 300


def test_all_statuses_occur(rows: list[dict[str, str]]) -> None:
    assert {row["status"] for row in rows} == {"active", "retired", "former", "deceased"}


@pytest.mark.parametrize(
    "last",
    [
        *("Will", "May", "An", "Grant", "Page", "Chance", "Rich", "Law", "Gonzalez"),
        *("Reyes-Hart", "O'Neil", "Núñez", "Müller", "Baker Jr.", "Baker Sr."),
    ],
)
def test_hard_surnames_are_there(rows: list[dict[str, str]], last: str) -> None:
    assert last in {row["last"] for row in rows}


def test_two_john_smiths_differ_in_badge_and_address(rows: list[dict[str, str]]) -> None:
    smiths = [row for row in rows if (row["first"], row["last"]) == ("John", "Smith")]
    assert len(smiths) == 2
    assert smiths[0]["badge"] != smiths[1]["badge"]
    assert smiths[0]["email"] != smiths[1]["email"]
    assert smiths[0]["unit"] != smiths[1]["unit"]


def test_brothers_live_at_one_address() -> None:
    cast = make_cast(300, 1)
    homes = {cast.private(m).address for m in cast.members if m.trap == "brothers"}
    assert len(homes) == 1


def test_family_is_never_an_officer_by_name() -> None:
    cast = make_cast(3600, 1)
    for member in cast.members[:500]:
        assert not cast.is_officer(cast.private(member).spouse)
        assert not cast.is_officer(cast.private(member).child)


def test_a_roster_of_thousands_keeps_most_full_names_apart() -> None:
    cast = make_cast(3600, 2)
    names = Counter(member.full for member in cast.members)
    assert len(cast.members) == 3600
    assert sum(names[member.full] == 1 for member in cast.members) > 3400


def test_the_file_is_the_same_bytes_on_every_system(tmp_path: Path) -> None:
    write_roster(tmp_path / "r.csv", make_cast(30, 1))
    data = (tmp_path / "r.csv").read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
