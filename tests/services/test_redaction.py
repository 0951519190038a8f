"""Redacted files are taken apart as an opponent would: nothing of what was blacked out is left."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from evidencebox.export.hunt import hunt
from evidencebox.extract.ocr import Tesseract
from evidencebox.model.ids import DocumentId
from evidencebox.model.redactions import Box, Plan, Term
from evidencebox.services.case import Case
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.printing import Printer
from evidencebox.services.redaction import Redactor
from tests.services.making import by_path, make_case, never, plant, quiet
from tests.services.secrets_deeper import DEEPER
from tests.services.secrets_planted import KINDS as PLANTED
from tests.services.secrets_planted import Secret

KINDS = PLANTED | DEEPER

needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, ("pdftotext", "pdfimages", "pdfinfo", "qpdf"))),
    reason="needs poppler-utils and qpdf, which take a PDF apart",
)


@pytest.fixture(scope="module")
def engine() -> Tesseract:
    return Tesseract("eng")


def _case(folder: Path, secrets: dict[str, Secret]) -> tuple[Case, dict[str, DocumentId]]:
    files = {
        f"{name}.{KINDS[name.split('-')[0]][0]}": KINDS[name.split("-")[0]][1](secret)
        for name, secret in secrets.items()
    }
    case = make_case(folder / "c")
    ingest(case, plant(folder / "trove", files), Options(workers=2, ocr=""), quiet, never)
    known = by_path(case)
    found = {}
    for name in secrets:
        record = known[f"{name}.{KINDS[name.split('-')[0]][0]}"]
        assert record.sha256 is not None
        found[name] = record.sha256
    return case, found


def _run(*command: str | Path) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def _said(pdf: Path, folder: Path, engine: Tesseract) -> Iterator[tuple[str, str]]:
    """Everything that the file says to the usual tools, by tool."""
    yield "pdftotext", _run("pdftotext", "-layout", pdf, "-").decode("utf-8", "replace")
    yield "pdfinfo", _run("pdfinfo", "-meta", pdf).decode() + _run("pdfinfo", pdf).decode()
    opened = _run("qpdf", "--qdf", "--object-streams=disable", pdf, "-")
    yield "qpdf", opened.decode("latin-1")
    yield "qpdf as UTF-16", opened.decode("utf-16-be", "ignore")
    yield "attachments", _run("qpdf", "--list-attachments", pdf).decode()
    pictures = folder / pdf.stem
    pictures.mkdir()
    _run("pdfimages", "-all", pdf, pictures / "p")
    for picture in sorted(pictures.iterdir()):
        data = picture.read_bytes()
        assert b"Exif" not in data[:200]
        with Image.open(picture) as image:
            yield "pdfimages + OCR", engine.page(image.convert("L"), 200).page()[0]


def _check(
    case: Case,
    found: dict[str, DocumentId],
    secrets: dict[str, Secret],
    folder: Path,
    engine: Tesseract,
) -> list[str]:
    """Where something was left."""
    left = []
    with Printer(case) as printer, Redactor(case, printer) as redactor:
        for name, secret in secrets.items():
            plan = Plan(tuple(Term(term) for term in secret.terms))
            made = redactor.redact(printer.paper(found[name]), plan)
            assert not made.unfound, name
            pdf = folder / f"{name}.pdf"
            pdf.write_bytes(made.pdf)
            said = [*_said(pdf, folder, engine), *(("text", text) for text in made.texts)]
            for tool, text in said:
                if any(hunt(text, secret.terms, recognised="OCR" in tool)):
                    left.append(f"{name}: {tool}")
                last = secret.name.split()[1]
                if re.search(last, text, re.IGNORECASE) or secret.number in text:
                    left.append(f"{name}: {tool}, to the letter")
    return left


@needs_tools
def test_nothing_of_a_redacted_document_can_be_got_back(tmp_path: Path, engine: Tesseract) -> None:
    kinds = ("text", "white", "garbled", "scan", "parted", "scans", "lined")
    secrets = {name: Secret(7 + place) for place, name in enumerate(kinds)}
    case, found = _case(tmp_path, secrets)
    try:
        assert _check(case, found, secrets, tmp_path, engine) == []
    finally:
        case.close()


@needs_tools
@pytest.mark.long
@pytest.mark.timeout(7200)
def test_nothing_of_two_hundred_redacted_documents_can_be_got_back(
    tmp_path: Path, engine: Tesseract
) -> None:
    names = [f"{kind}-{n}" for n in range(10) for kind in KINDS][:220]
    secrets = {name: Secret(100 + place) for place, name in enumerate(names)}
    case, found = _case(tmp_path, secrets)
    try:
        assert _check(case, found, secrets, tmp_path, engine) == []
    finally:
        case.close()


def test_without_redaction_the_same_tools_find_the_secret(
    tmp_path: Path, engine: Tesseract
) -> None:
    """Else the tests above could not fail."""
    secret = Secret(7)
    pdf = tmp_path / "open.pdf"
    pdf.write_bytes(KINDS["text"][1](secret))
    if shutil.which("pdftotext"):
        text = _run("pdftotext", "-layout", pdf, "-").decode()
        assert len(list(hunt(text, secret.terms))) == 5


def test_a_box_by_hand_takes_the_words_under_it_out_of_the_text(tmp_path: Path) -> None:
    secret = Secret(3)
    case, found = _case(tmp_path, {"plain": secret})
    try:
        with Printer(case) as printer, Redactor(case, printer, check=False) as redactor:
            paper = printer.paper(found["plain"])
            before = paper.texts[0]
            everything = Plan(boxes=(Box(1, 0, 0, 10_000, 9_000, "PII"),))
            nothing = Plan(boxes=(Box(1, 9_000, 8_000, 9_900, 8_500, "PII"),))
            gone = redactor.redact(paper, everything)
            kept = redactor.redact(paper, nothing)
    finally:
        case.close()
    assert secret.name in before
    assert secret.name not in gone.texts[0]
    assert secret.name in kept.texts[0]
    assert [region.reason for region in gone.regions] == ["PII"]


def test_inverse_shows_what_is_named_and_nothing_else(tmp_path: Path) -> None:
    secret = Secret(5)
    case, found = _case(tmp_path, {"plain": secret})
    try:
        with Printer(case) as printer, Redactor(case, printer, check=False) as redactor:
            made = redactor.redact(
                printer.paper(found["plain"]), Plan((Term(secret.number),), inverse=True)
            )
    finally:
        case.close()
    assert made.texts == (secret.number,)


def test_what_a_part_shows_says_nothing_of_others(tmp_path: Path) -> None:
    """As in a dossier of somebody whose document shows only what was named."""
    secret = Secret(5)
    case, found = _case(tmp_path, {"plain": secret})
    shown = f"{secret.name}\t{secret.number}"
    plan = Plan((Term(shown),), inverse=True, always=(Term(secret.name, "Name"),))
    try:
        with Printer(case) as printer, Redactor(case, printer, check=False) as redactor:
            made = redactor.redact(printer.paper(found["plain"]), plan)
    finally:
        case.close()
    assert secret.number in made.texts[0]
    assert not list(hunt(made.texts[0], [secret.name]))
    assert "Name" in [region.reason for region in made.regions]


def test_a_whole_line_goes_with_its_name(tmp_path: Path) -> None:
    """Neither the box nor the words beside it tell how wide the name was."""
    secret = Secret(11)
    case, found = _case(tmp_path, {"text": secret})
    try:
        with Printer(case) as printer, Redactor(case, printer, check=False) as redactor:
            paper = printer.paper(found["text"])
            made = redactor.redact(paper, Plan((Term(secret.number),), lines=True))
    finally:
        case.close()
    assert "Interview of" in paper.texts[0]
    assert "Interview of" not in made.texts[0]
    assert "was told to wait" in made.texts[0]
    widths = {round(region.right - region.left) for region in made.regions}
    assert widths == {612}


def test_words_of_a_scan_under_a_box_by_hand_go_without_a_check_too(tmp_path: Path) -> None:
    secret = Secret(13)
    case, found = _case(tmp_path, {"scanned": secret})
    try:
        with Printer(case) as printer, Redactor(case, printer, check=False) as redactor:
            paper = printer.paper(found["scanned"], [1])
            hand = Box(1, 0, 1_800, 10_000, 2_250, "PII")
            made = redactor.redact(paper, Plan((Term(secret.name),), (hand,)))
    finally:
        case.close()
    assert "security" not in made.texts[0]
    assert "in person" in made.texts[0]
    assert not list(hunt(made.texts[0], secret.terms, recognised=True))
