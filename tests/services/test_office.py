"""The room of an office program: what cannot be reached from it, and what comes out of it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document

from evidencebox.export.stamps import read_profile
from evidencebox.services import exhibit_book, exhibits, office, office_printing
from evidencebox.services.case import Case
from evidencebox.services.exporting import Request
from evidencebox.services.ingest import Options, ingest
from tests.services.making import by_path, make_case, never, plant, quiet

if sys.platform != "linux":
    pytest.skip("namespaces are Linux's", allow_module_level=True)

from evidencebox.services import office_filter, office_ways, sandbox_filter

ROOT = Path(office.__file__).resolve().parents[2]


def test_days_that_only_the_layout_shows_are_refused() -> None:
    letter = ["Dear Ms Harbor,", "the hearing of 3 May 2019 stands."]
    assert office_printing.agrees(letter, [" ".join(letter), "Page 1 of 2"])
    assert not office_printing.agrees(letter, [" ".join(letter), "24 November 2026"])
    assert not office_printing.agrees(letter, [" ".join(letter), "11/24/26"])
    assert not office_printing.agrees(letter, ["Dear Ms Harbor,"])
    assert not office_printing.agrees([], [])


def test_the_filter_is_a_program_for_both_machines() -> None:
    for machine in ("x86_64", "aarch64"):
        code = office_filter.program(machine)
        assert len(code) % 8 == 0
        assert len(code) // 8 < 4096  # what the kernel takes
        # Jumps are bytes, and none goes past the end.
        for at in range(0, len(code), 8):
            assert at // 8 + max(code[at + 2], code[at + 3]) < len(code) // 8
    assert len(office_filter.program("x86_64")) > len(sandbox_filter.program("x86_64", 1))


def test_without_a_room_every_way_is_open() -> None:
    """Else the attempts would prove nothing. In a process of its own: some of them do harm."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
            "from evidencebox.services import office_ways as room\n"
            "open_ways = []\n"
            "for n in (0, 3, 7, 8, 9):\n"
            "    try: room.ATTEMPTS[n]()\n"
            "    except OSError: continue\n"
            "    open_ways.append(n)\n"
            "print(open_ways)",
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    assert said.stdout.strip() == "[0, 3, 7, 8, 9]"
    assert len(office_ways.ATTEMPTS) == 16


@pytest.fixture(scope="module")
def program() -> office.Office:
    found = office.found()
    if found is None:
        pytest.skip("no office program that can be shut in")
    return found


@pytest.mark.long
def test_a_page_is_laid_out_and_links_are_not_followed(
    program: office.Office, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("KEPT-SECRET", encoding="utf-8")
    secret.chmod(0o644)
    fields = "".join(
        '{\\field{\\*\\fldinst INCLUDETEXT "' + str(path) + '"}{\\fldrslt nothing}}'
        for path in (secret, "file:///etc/passwd")
    )
    pdf = program.laid_out(b"{\\rtf1 Harbor " + fields.encode() + b"}", "application/rtf")
    read = pdfium.PdfDocument(pdf)
    said = "".join(page.get_textpage().get_text_bounded() for page in read)
    read.close()
    assert "Harbor" in said
    assert "KEPT-SECRET" not in said
    assert "root:" not in said
    assert program.name.startswith("LibreOffice ")


@pytest.mark.long
def test_what_is_no_such_document_is_left_to_us(program: office.Office) -> None:
    with pytest.raises(office.OfficeError):
        program.laid_out(b"x", "application/zip")


def _letter() -> bytes:
    made = Document()
    made.add_heading("Interview of Ms Harbor", 1)
    table = made.add_table(2, 2)
    table.style = "Table Grid"
    for cell, text in zip(table._cells, ("Badge", "4471", "Unit", "Marine"), strict=True):
        cell.text = text
    made.add_paragraph("She saw nothing on the pier.")
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[Case]:
    case = make_case(tmp_path / "c")
    trove = plant(tmp_path / "trove", {"a.docx": _letter(), "b.txt": "plain\n"})
    ingest(case, trove, Options(workers=1, ocr=""), quiet, never)
    yield case
    case.close()


@pytest.mark.long
def test_a_book_says_who_laid_out_its_sheets_and_comes_out_the_same_twice(
    program: office.Office, letters: Case, tmp_path: Path
) -> None:
    for record in by_path(letters).values():
        exhibits.add(letters, record.sha256)  # type: ignore[arg-type]
    form = tmp_path / "mine.toml"
    ours = (ROOT / "resources" / "profiles" / "exhibits.toml").read_text(encoding="utf-8")
    form.write_text(ours.replace('layout = "own"', 'layout = "libreoffice"'), encoding="utf-8")
    assert read_profile(form).layout == "libreoffice"
    books = []
    for name in ("one", "two"):
        request = Request("exhibits", tmp_path / name, profile=str(form))
        exhibit_book.build(letters, request)
        books.append(next((tmp_path / name).rglob("exhibit-book.pdf")).read_bytes())
    assert books[0] == books[1]
    table = next((tmp_path / "one").rglob("exhibit-list.csv")).read_text("utf-8-sig")
    rows = csv.DictReader(io.StringIO(table))
    assert sorted(row["TREATMENT"] for row in rows) == [f"Laid out by {program.name}", "Typeset"]


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_has_the_room_too(program: office.Office) -> None:
    """Root gives its rights up before it builds the room; nobody has none to begin with."""
    start = (
        "import sys; sys.dont_write_bytecode = True\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from evidencebox.services.office_room import main\n"
        "main()"
    )
    python = ["/usr/bin/python3", "-I", "-c"]
    become = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    if subprocess.run([*become, *python, start.rsplit("\n", 1)[0]], check=False).returncode:
        pytest.skip("nobody cannot read the program")
    task = {"program": program.program, "suffix": "", "bytes": 0, "seconds": 60, "settings": ""}
    said = subprocess.run(
        [*become, *python, start],
        input=json.dumps(task).encode() + b"\n",
        capture_output=True,
        check=True,
    )
    answer, _, version = said.stdout.partition(b"\n")
    assert not json.loads(answer)["error"]
    assert version.decode().startswith(program.name)
