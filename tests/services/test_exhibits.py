"""Exhibits: numbers for life, Bates ranges, the book as it comes out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from evidencebox.errors import UserError
from evidencebox.export.stamps import read_profile
from evidencebox.model.exhibits import bates_gaps, key_of
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Plan, Redacted, Term
from evidencebox.services import exhibit_book, exhibits, exporting, redacting, tags
from evidencebox.services.case import Case
from evidencebox.services.exporting import Request
from evidencebox.services.ingest import Options, ingest
from tests.services.making import (
    PASSPHRASE,
    by_path,
    copy_case,
    mail,
    make_case,
    never,
    plant,
    quiet,
)
from tests.services.secrets_planted import Secret, text


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Closed, to be copied."""
    files: dict[str, bytes | str] = {
        "a.pdf": text(Secret(11)),
        "b.eml": mail("Harbor", "Nothing was seen.", {"list.txt": b"one\ntwo\n"}),
        "c.csv": "name,amount\nx,1\n",
        "d.bin": b"\0" * 100,
    }
    folder = tmp_path_factory.mktemp("exhibits")
    case = make_case(folder / "c")
    ingest(case, plant(folder / "trove", files), Options(workers=1, ocr=""), quiet, never)
    case.close()
    return case


@pytest.fixture
def made(known: Case, tmp_path: Path) -> Iterator[tuple[Case, dict[str, DocumentId]]]:
    case = copy_case(known, tmp_path)
    found = {path: record.sha256 for path, record in by_path(case).items() if record.sha256}
    yield case, found
    case.close()


Made = tuple[Case, dict[str, DocumentId]]


def test_a_number_is_for_life(made: Made) -> None:
    case, found = made
    exhibits.add(case, found["a.pdf"])
    tags.undo(case)
    exhibits.add(case, found["b.eml"])
    exhibits.change(case, "PX-2", {"withdrawn": "Cumulative."})
    exhibits.add(case, found["c.csv"])
    with pytest.raises(UserError, match="for life"):
        exhibits.add(case, found["a.pdf"], number="PX-2")
    lines = {line["number"]: line for line in exhibits.lines(case)}
    assert [lines[n]["taken_back"] for n in ("PX-1", "PX-2", "PX-3")] == [True, False, False]
    assert lines["PX-2"]["withdrawn"] == "Cumulative."
    with pytest.raises(UserError, match="no exhibit"):
        exhibits.change(case, "PX-1", {"offered": "2026-11-23"})


def test_bates_numbers_are_assigned_once_and_gaps_are_explained(made: Made) -> None:
    case, found = made
    a, b = found["a.pdf"], found["b.eml"]
    first = exhibits.numbered(case, "PLF-", 6, [(a, (), 3), (b, (), 2)])
    assert [each.ends for each in first] == [
        ("PLF-000001", "PLF-000003"),
        ("PLF-000004", "PLF-000005"),
    ]
    acts = case.decided.head().arrivals
    again = exhibits.numbered(case, "PLF-", 6, [(b, (), 2), (a, (), 3)])
    assert again == first[::-1]
    assert case.decided.head().arrivals == acts
    longer = exhibits.numbered(case, "PLF-", 6, [(a, (), 4)])
    assert longer[0].ends == ("PLF-000006", "PLF-000009")
    gaps = bates_gaps(exhibits.ranges(case), "PLF-", [key_of(a, ())])
    assert [numbers for numbers, _ in gaps] == [
        "PLF-000001 to PLF-000003",
        "PLF-000004 to PLF-000005",
    ]
    assert exhibits.numbered(case, "OTH-", 6, [(a, (1,), 1)])[0].ends[0] == "OTH-000001"


def _book(case: Case, out: Path) -> Path:
    exhibit_book.build(case, Request(exhibit_book.KIND, out))
    return out


def test_the_book_has_every_sheet_its_stamps_links_and_bookmarks(
    made: Made, tmp_path: Path
) -> None:
    case, found = made
    exhibits.add(case, found["a.pdf"], description="=cmd|' /C calc'!A0")
    exhibits.add(case, found["b.eml"], family=True)
    exhibits.add(case, found["d.bin"])
    tags.label(case, found["c.csv"], "privileged")
    exhibits.add(case, found["c.csv"], number="PX-9")
    out = _book(case, tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO((out / "exhibit-list.csv").read_text("utf-8-sig"))))
    assert [row["PLF. NO."] for row in rows] == ["PX-1", "PX-2", "PX-3", "PX-9"]
    assert [row["TREATMENT"] for row in rows] == ["Drawn", "Typeset", "Slip-sheet", "Slip-sheet"]
    assert rows[0]["DESCRIPTION"].startswith("'=")
    sheets = sum(int(row["SHEETS"]) for row in rows)
    with pikepdf.open(out / exhibit_book.BOOK) as book:
        assert len(book.pages) == sheets + 1
        links = [note.Dest[0].objgen for note in book.pages[0].obj.Annots]
        firsts, at = [], 1
        for row in rows:
            firsts.append(book.pages[at].obj.objgen)
            at += int(row["SHEETS"])
        assert links == firsts
        with book.open_outline() as outline:
            assert len(outline.root) == 5
            assert len(outline.root[2].children) == 2
    stamped = _texts(out / exhibit_book.BOOK)[1:]
    assert all(f"PLF-{n:09d}" in text for n, text in enumerate(stamped, 1))
    assert "PX-1" in stamped[0]
    assert "Withheld as privileged" in stamped[-1]


def _texts(pdf: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [str(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def test_two_books_of_one_state_are_the_same_bytes(made: Made, tmp_path: Path) -> None:
    case, found = made
    exhibits.add(case, found["a.pdf"])
    exhibits.add(case, found["b.eml"])
    one, other = _book(case, tmp_path / "1"), _book(case, tmp_path / "2")
    names = {p.relative_to(one) for p in one.rglob("*") if p.is_file()}
    same = {n for n in names if (one / n).read_bytes() == (other / n).read_bytes()}
    assert {str(n) for n in names - same} <= {"manifest.json", "manifest.sig", "SHA256SUMS"}


def test_an_exhibit_that_was_redacted_goes_out_redacted(made: Made, tmp_path: Path) -> None:
    case, found = made
    secret = Secret(11)
    plan = Plan(tuple(Term(term) for term in secret.terms))
    nothing = Redacted(b"", (), (1,), (), (), True)
    redacting.record(case, found["a.pdf"], redacting.Ask(), plan, nothing, "0" * 64)
    exhibits.add(case, found["a.pdf"])
    out = _book(case, tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO((out / "redaction-log.csv").read_text("utf-8-sig"))))
    assert {row["Bates"] for row in rows} == {"PLF-000000001"}
    assert len(rows) >= 5
    everything = "".join(_texts(out / exhibit_book.BOOK))
    assert secret.number not in everything
    assert secret.name.split()[1] not in everything


def test_sealed_documents_leave_a_gap_that_says_so(made: Made, tmp_path: Path) -> None:
    from evidencebox.model.harm import Harm
    from evidencebox.model.review import Anchor
    from tests.services.making import person

    case, found = made
    exhibits.add(case, found["a.pdf"])
    exhibits.add(case, found["b.eml"])
    tags.tag(case, Anchor(found["a.pdf"]), person(case, "1"), Harm(4), ["sexual_abuse"])
    with pytest.raises(UserError, match="Sealed"):
        _book(case, tmp_path / "refused")
    request = Request(exhibit_book.KIND, tmp_path / "out", without_sealed=True)
    exhibit_book.build(case, request)
    assert '"PX-1","Sealed; not produced."' in (tmp_path / "out" / "gaps.csv").read_text(
        "utf-8-sig"
    )


def test_the_passphrase_is_asked_again(made: Made) -> None:
    case, _ = made
    exporting.confirm(case, PASSPHRASE)
    with pytest.raises(UserError):
        exporting.confirm(case, PASSPHRASE + "x")


def test_a_profile_that_is_none_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "p.toml"
    for words in ("x = 1", "[bates]\nprefix = 3", "\x00"):
        bad.write_text(words)
        with pytest.raises(UserError, match="profile"):
            read_profile(bad)
    assert read_profile().bates_digits == 9
