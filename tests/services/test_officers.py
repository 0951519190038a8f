"""The roster: rosters of every kind go in, or are refused in one sentence that helps."""

from __future__ import annotations

import contextlib
import datetime
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.model.ids import OfficerId, officer_id
from evidencebox.model.people import Officer
from evidencebox.services import officers, roster_file
from evidencebox.services.case import Case
from evidencebox.services.officers import find, import_roster, preview
from evidencebox.services.roster_reading import read_roster

CASE = "12345678-1234-5678-1234-567812345678"
HEADER = "badge,last,first,middle,rank,unit,status,email,birth_date\n"


def roster(folder: Path, text: str | bytes) -> Path:
    file = folder / "roster.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def read(folder: Path, text: str | bytes, **mapping: str) -> list[Officer]:
    return [officer for officer, _ in read_roster(CASE, roster(folder, text), mapping)[0]]


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
    assert [(o.badge, o.last, line) for o, line in found] == [
        ("1", "May", 2),
        ("", "NoBadge", 4),
        ("4", "Short", 7),
    ]
    assert [(r.line, r.reason) for r in rejects] == [
        (5, "It has no last name."),
        (6, "It has no last name."),
    ]


@pytest.mark.parametrize(
    ("text", "mapping", "sentence"),
    [
        ("", {}, "is empty; a roster has a header line"),
        ("12,May,Ann\n13,Will,Bo\n", {}, "has no header line with a column for the last name"),
        (HEADER, {}, "has a header but no line"),
        (HEADER + "1,A,B\n1,E,F\n", {}, "Lines 2 and 3 have badge 1, which has to name one"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", {}, "is not a CSV file; save the roster as CSV"),
        (b"PK\x03\x04 no workbook", {}, "cannot be read as a workbook; save the roster as CSV"),
        (HEADER + "1,A,B\n", {"badge": "Shield"}, "has no column “Shield”; it has: badge, last"),
        (HEADER + "1,A,B\n", {"bagde": "badge"}, "No such field: bagde; use badge, last"),
        ("badge,first\n1,A\n", {}, "for the last name .*; add one, or say .*--map"),
        ('badge,last,first\n1,"A,B\n', {}, "Line 2: Its quotation marks do not fit together"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(
    empty: Case, tmp_path: Path, text: str | bytes, mapping: dict[str, str], sentence: str
) -> None:
    head = empty.decided.head()
    with pytest.raises(UserError) as refused:
        import_roster(empty, roster(tmp_path, text), mapping)
    assert re.search(sentence, refused.value.typed)
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


def test_a_roster_in_unicode_of_windows(tmp_path: Path) -> None:
    assert [o.last for o in read(tmp_path, (HEADER + "1,Peña,B\n").encode("utf-16"))] == ["Peña"]


def test_bad_rows_are_told_and_the_others_kept(tmp_path: Path) -> None:
    rows = [
        "1,May,Ann",
        "2,=CONCAT(A1),Bo",
        "3,NuÃ±ez,Lucia",
        "4,Twice,Al",
        "4,Twice,Al",
        "5,One,Al",
        "5,Other,Bea",
        "6,N\ufffdez,Lu",
        "7,Kept,Cy",
    ]
    found, rejects = read_roster(CASE, roster(tmp_path, HEADER + "\n".join(rows)), {})
    assert [(o.badge, line) for o, line in found] == [("1", 2), ("4", 5), ("7", 10)]
    told = {reject.line: reject.reason for reject in rejects}
    assert "formula" in told[3]
    assert "garbled" in told[4]
    assert told[6] == "It repeats line 5."
    assert told[7] == told[8]
    assert "Lines 7 and 8 have badge 5" in told[7]
    assert "cannot be read" in told[9]


def test_a_quote_that_is_not_closed_costs_its_own_line(tmp_path: Path) -> None:
    text = HEADER + '1,"May,Ann\n2,Ng,Bo\n3,"Hi"ll,Cy\n4,"Will\nJr.",Di\n5,Reyes, Jr.,Ed,,,,,,,x\n'
    found, rejects = read_roster(CASE, roster(tmp_path, text), {})
    assert [(o.badge, o.last, line) for o, line in found] == [("2", "Ng", 3), ("4", "Will Jr.", 5)]
    assert [(r.line, r.reason.split()[1]) for r in rejects] == [
        (2, "quotation"),
        (4, "quotation"),
        (7, "has"),
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252", "utf-8-sig"])
def test_encodings_that_do_not_say_so(tmp_path: Path, encoding: str) -> None:
    data = (HEADER + "1,Peña,Ann\n2,Núñez,Bo\n").encode(encoding)
    assert [o.last for o in read(tmp_path, data)] == ["Peña", "Núñez"]


def test_letters_of_dos_are_told_and_not_guessed(tmp_path: Path) -> None:
    data = (HEADER + "1,Peña,Ann\n2,Reyes,Bo\n").encode("cp437")
    found, rejects = read_roster(CASE, roster(tmp_path, data), {})
    assert [o.last for o, _ in found] == ["Reyes"]
    assert [(r.line, r.reason) for r in rejects] == [
        (2, "Its letters were garbled; save it as UTF-8 anew.")
    ]


def test_a_heading_above_the_header(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Metropolitan Police — Roster", None, None],
        ["Badge", "Last name", "First name"],
        [1, "May", "Ann"],
        [2, "Ng", "Bo"],
    ]
    file = workbook(tmp_path, rows, "A1:C1")
    found, rejects = read_roster(CASE, file, {})
    assert [o.last for o, _ in found] == ["May", "Ng"]
    assert [(r.line, r.reason) for r in rejects] == [(1, "It stands above the header line.")]
    assert preview(file).columns == {"badge": "Badge", "last": "Last name", "first": "First name"}


@pytest.mark.long
def test_a_hundred_thousand_rows_with_faults(empty: Case, tmp_path: Path) -> None:
    """Each fault is told by its row, and everybody else is in the case."""
    bad = {
        10: (",,,", None),
        5_000: ("7,,Nameless", "last name"),
        40_000: ("8,=CONCAT(A1),Bo", "formula"),
        60_000: ("9,NuÃ±ez,Lu", "garbled"),
        80_000: ('10,"Open,Lu', "quotation"),
        99_990: ("1,Other,Zed", "have badge 1,"),
    }
    lines = [bad[n][0] if n in bad else f"{n},Last{n % 900},First{n}" for n in range(1, 100_001)]
    done = import_roster(empty, roster(tmp_path, "badge,last,first\n" + "\n".join(lines)))
    told = {reject.line: reject.reason for reject in done.rejects}
    # Badge 1 is claimed by two lines, and neither is taken.
    assert sorted(told) == [2, *sorted(n + 1 for n, (_, why) in bad.items() if why)]
    assert all(why in told[n + 1] for n, (_, why) in bad.items() if why)
    assert done.added == len(empty.decided.officers()) == 100_000 - len(bad) - 1
    assert empty.decided.verify()[0] is None


def test_lines_of_mixed_encodings(tmp_path: Path) -> None:
    data = HEADER.encode() + "1,Peña,A\n".encode() + "2,Núñez,B\n".encode("cp1252")
    assert [o.last for o in read(tmp_path, data)] == ["Peña", "Núñez"]


def workbook(folder: Path, rows: list[list[object]], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(folder / "roster.xlsx")
    return folder / "roster.xlsx"


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Badge No.", "Employee name", "DOB", "Maiden name"],
        [4471, "Reyes, Dana M.", datetime.date(1980, 2, 3), "Lind"],
        [4472.0, "Bo Ng", None, None],
        [4473, "=A1", None, None],
        [4474, "Merged, With", None, None],
        [4475, "Next, One", None, None],
    ]
    found, rejects = read_roster(CASE, workbook(tmp_path, rows, "B5:C5"), {})
    assert [(o.badge, o.last, o.first, o.middle) for o, _ in found] == [
        ("4471", "Reyes", "Dana", "M."),
        ("4472", "Ng", "Bo", ""),
        ("4475", "Next", "One", ""),
    ]
    assert (found[0][0].birth_date, found[0][0].former_names) == ("1980-02-03", "Lind")
    assert [(r.line, r.reason.partition(";")[0]) for r in rejects] == [
        (4, "It holds a formula"),
        (5, "Its cells are merged with others"),
    ]


def test_a_workbook_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_file, "MAX_UNPACKED", 1000)
    with pytest.raises(UserError, match="unpacks to more than a roster can be"):
        read_roster(CASE, workbook(tmp_path, [["badge", "last"], [1, "May"]]), {})


def test_many_rows(tmp_path: Path) -> None:
    lines = "".join(f"{n},Last{n % 900},First{n}\n" for n in range(20_000))
    assert len(read(tmp_path, "badge,last,first\n" + lines + "x\n")) == 20_000


def test_a_preview_imports_nothing(tmp_path: Path) -> None:
    text = "Shield,Surname,Given name\n" + "".join(f"{n},May,Ann\n" for n in range(1, 9))
    seen = preview(roster(tmp_path, text + "9,,\n"))
    assert seen.columns == {"badge": "Shield", "last": "Surname", "first": "Given name"}
    assert [o.badge for o in seen.officers] == ["1", "2", "3", "4", "5"]
    assert seen.people == 8
    assert [reject.line for reject in seen.rejects] == [10]


def test_without_badges_addresses_and_names_tell_people_apart(empty: Case, tmp_path: Path) -> None:
    text = "last,first,email\nMay,Ann,a@x.example\nMay,Ann,b@x.example\nWill,Bo,\n"
    assert import_roster(empty, roster(tmp_path, text)).added == 3
    assert import_roster(empty, roster(tmp_path, text)).unchanged == 3


def test_an_address_that_two_share_makes_them_two(empty: Case, tmp_path: Path) -> None:
    text = (
        "last,first,email\nMay,Ann,home@x.example\nMay,Bo,home@x.example\nMay,Bo,home@x.example\n"
    )
    done = import_roster(empty, roster(tmp_path, text))
    assert (done.added, [r.reason for r in done.rejects]) == (2, ["It repeats line 3."])
    assert import_roster(empty, roster(tmp_path, text)).unchanged == 2


def test_a_new_surname_keeps_the_old_one(empty: Case, tmp_path: Path) -> None:
    import_roster(empty, roster(tmp_path, HEADER + "12,May,Ann,,,,,,\n"))
    import_roster(empty, roster(tmp_path, HEADER + "12,Hill,Ann,,,,,,\n"))
    assert officers.one(empty, "12").former_names == "May"


def test_a_badge_given_to_somebody_else_is_left_to_the_reviewer(
    empty: Case, tmp_path: Path
) -> None:
    import_roster(empty, roster(tmp_path, HEADER + "12,May,Ann,,,,,,\n"))
    done = import_roster(empty, roster(tmp_path, HEADER + "12,Hill,Bo,,,,,,\n13,Ng,Cy,,,,,,\n"))
    assert (done.added, len(done.rejects)) == (1, 1)
    assert "Badge 12 is May, Ann in the case" in done.rejects[0].reason
    assert officers.one(empty, "12").last == "May"


def test_a_corrected_badge_stays_one_person(empty: Case, tmp_path: Path) -> None:
    import_roster(empty, roster(tmp_path, HEADER + "12,May,Ann,,,,,,\n"))
    before = officers.one(empty, "12")
    officers.change(empty, before, badge="21")
    done = import_roster(empty, roster(tmp_path, HEADER + "21,May,Ann,,Sergeant,,,,\n"))
    assert (done.added, done.updated) == (0, 1)
    assert officers.one(empty, "21").id == before.id
    with pytest.raises(UserError, match="No such field: bagde"):
        officers.change(empty, before, bagde="1")


def test_a_merge_and_its_split(empty: Case) -> None:
    first = officers.add(empty, last="May", first="Ann", badge="12")
    second = officers.add(empty, last="May", first="Annie", badge="13")
    officers.merge(empty, second, first, "one person, two badges")
    assert empty.decided.officers() == [first]
    assert officers.one(empty, "13") == officers.one(empty, second.id) == first
    assert [merge.note for merge in empty.decided.merges()] == ["one person, two badges"]
    with pytest.raises(UserError, match="that person already"):
        officers.merge(empty, first, first)
    assert officers.split(empty, "13") == second
    assert {o.id for o in empty.decided.officers()} == {first.id, second.id}
    with pytest.raises(UserError, match="was not merged"):
        officers.split(empty, "13")
    empty.decided.rebuild()
    assert empty.decided.verify()[0] is None


def test_two_merged_into_each_other_are_one(empty: Case) -> None:
    first = officers.add(empty, last="May", first="Ann")
    second = officers.add(empty, last="May", first="Annie")
    officers.merge(empty, second, first)
    officers.merge(empty, first, second)
    assert [o.id for o in empty.decided.officers()] == [min(first.id, second.id)]
