"""The roster: rosters of every kind go in, or are refused in one sentence that helps."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.model.ids import OfficerId, officer_id
from evidencebox.model.people import Officer
from evidencebox.services import officers
from evidencebox.services.case import Case
from evidencebox.services.officers import find, import_roster, read_roster

CASE = "12345678-1234-5678-1234-567812345678"
HEADER = "badge,last,first,middle,rank,unit,status,email,birth_date\n"


def roster(folder: Path, text: str | bytes) -> Path:
    file = folder / "roster.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def read(folder: Path, text: str | bytes, **mapping: str) -> list[Officer]:
    return read_roster(CASE, roster(folder, text), mapping)[0]


def test_the_samples_roster(case: Case) -> None:
    people = case.decided.officers()
    assert len(people) == 40
    assert all(o.id == officer_id(case.case_id, o.badge) for o in people)


def test_two_imports_are_one(empty: Case, tmp_path: Path) -> None:
    first = roster(tmp_path, HEADER + "12,May,Ann,,,,,,\n13,Will,Bo,,,,,,\n")
    done = import_roster(empty, first)
    assert (done.added, done.updated, done.unchanged, done.rejects) == (2, 0, 0, ())
    head = empty.decided.head()
    done = import_roster(empty, first)
    assert (done.added, done.updated, done.unchanged) == (0, 0, 2)
    assert empty.decided.head() == head
    done = import_roster(empty, roster(tmp_path, HEADER + "12,May-Hill,Ann,,,,,,\n14,O,P,,,,,,\n"))
    assert (done.added, done.updated, done.unchanged) == (1, 1, 0)
    assert {o.badge: o.last for o in empty.decided.officers()} == {
        "12": "May-Hill",
        "13": "Will",
        "14": "O",
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Shield", "Surname", "Given name"], ["7", "Peña", "Iñaki"], ["8", "Ng", "An"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    found = read(tmp_path, text.encode(encoding))
    assert [(o.badge, o.last, o.first) for o in found] == [
        ("7", "Peña", "Iñaki"),
        ("8", "Ng", "An"),
    ]


def test_quotes_beyond_the_first_lines_are_read_rightly(tmp_path: Path) -> None:
    lines = [f'{n},"Smith {n}, Jr.",Al' for n in range(500)]
    lines.append('900,"O""Neil",Pat')
    found = read(tmp_path, "badge,last,first\n" + "\n".join(lines))
    assert found[-1].last == 'O"Neil'
    assert found[3].last == "Smith 3, Jr."


def test_mapping_names_columns(tmp_path: Path) -> None:
    found = read(tmp_path, "No.,Who,Vorname\n5,May,Ann\n", badge="no.", last="Who", first="Vorname")
    assert [(o.badge, o.last, o.first) for o in found] == [("5", "May", "Ann")]


def test_lines_that_are_no_person_are_told_by_number(tmp_path: Path) -> None:
    text = HEADER + "1,May,Ann,,,,,,\n\n,NoBadge,X,,,,,,\n3,,Y,,,,,,\n,,Z,,,,,,\n4,Short\n"
    found, rejects = read_roster(CASE, roster(tmp_path, text), {})
    assert [o.badge for o in found] == ["1", "4"]
    assert [(r.line, r.reason) for r in rejects] == [
        (4, "It has no badge."),
        (5, "It has no last."),
        (6, "It has no badge and no last."),
    ]


@pytest.mark.parametrize(
    ("text", "mapping", "sentence"),
    [
        ("", {}, "is empty; a roster has a header line"),
        ("12,May,Ann\n13,Will,Bo\n", {}, "has no header line with the columns badge, last, first"),
        (HEADER, {}, "has a header but no line"),
        (HEADER + "1,A,B\n2,C,D\n1,E,F\n", {}, "badge 1 stands on lines 2 and 4"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", {}, "is not a CSV file; save the roster as CSV"),
        ((HEADER + "1,A,B\n").encode("utf-16"), {}, "is not a CSV file"),
        (HEADER + "1,A,B\n", {"badge": "Shield"}, "has no column “Shield”; it has: badge, last"),
        (HEADER + "1,A,B\n", {"bagde": "badge"}, "No such field: bagde; use badge, last"),
        ("badge,last\n1,A\n", {}, "with the columns first; add one, or say .* --map"),
        ('badge,last,first\n1,"A,B\n2,C,D\n', {}, "cannot be read as CSV: unexpected end of data"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(
    empty: Case, tmp_path: Path, text: str | bytes, mapping: dict[str, str], sentence: str
) -> None:
    head = empty.decided.head()
    with pytest.raises(UserError, match=sentence):
        import_roster(empty, roster(tmp_path, text), mapping)
    assert empty.decided.officers() == []
    assert empty.decided.head() == head


def test_a_file_that_is_not_there(empty: Case, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read: "):
        import_roster(empty, tmp_path / "none.csv")
    with pytest.raises(UserError, match="cannot be read: "):
        import_roster(empty, tmp_path)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_roster_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = roster(tmp_path_factory.getbasetemp(), data)
    with contextlib.suppress(UserError):
        found, rejects = read_roster(CASE, file, {})
        assert found
        assert all(reject.line > 1 for reject in rejects)


def test_by_hand_and_by_badge(empty: Case) -> None:
    informant = officers.add(empty, last=" Doe ", first="J.")
    again = officers.add(empty, last="Doe", first="J.")
    assert informant.id != again.id
    assert informant.last == "Doe"
    badge = officers.add(empty, last="May", first="Ann", badge="77", rank="Sergeant")
    assert officers.one(empty, "77") == officers.one(empty, badge.id) == badge
    with pytest.raises(UserError, match="Badge 77 is on the roster already"):
        officers.add(empty, last="X", first="Y", badge="77")
    with pytest.raises(UserError, match="at least a last name"):
        officers.add(empty, last=" ", first="Y")
    with pytest.raises(UserError, match="No officer has the id or badge 78; see `officers list`"):
        officers.one(empty, "78")


def person(badge: str, last: str, first: str) -> Officer:
    return Officer(OfficerId(badge), badge, last, first)


PEOPLE = [
    person("7", "May", "Ann"),
    person("71", "Mayhew", "Bo"),
    person("8", "Ortiz-Lane", "May"),
    person("9", "Lane", "Carl"),
]


@pytest.mark.parametrize(
    ("typed", "badges"),
    [
        ("may", ["7", "71", "8"]),
        ("may, ann", ["7"]),
        ("ann may", ["7"]),
        ("lane", ["9", "8"]),
        ("#7", ["7", "71"]),
        ("71", ["71"]),
        ("zed", []),
        ("", ["9", "7", "71", "8"]),
    ],
)
def test_finding_by_what_is_typed(typed: str, badges: list[str]) -> None:
    assert [o.badge for o in find(PEOPLE, typed, 20)] == badges
    assert find(PEOPLE, typed, 1) == find(PEOPLE, typed, 20)[:1]
