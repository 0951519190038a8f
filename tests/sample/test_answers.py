"""The answer key against what other libraries read in the trove."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest

from evidencebox.sample import generate

_KINDS = """ssn itin tin driver_license passport bank_account card credit salary debt address
    phone email birth_date medical mental_health drug_history polygraph sexual_abuse discipline
    background intelligence credential biometric family minor"""
KINDS = set(_KINDS.split())


def _flat(text: str) -> str:
    """One line, without quotation marks of replies and with PDF's hyphens at line ends undone."""
    text = re.sub(r"\n> ?", "\n", text)
    return re.sub(r"\s+", " ", text.replace("\x02", "- ").replace("\ufffe", "- "))


def _text_truths(sample: Any, kind: str) -> list[dict[str, Any]]:
    return [line for line in sample.of_kind(kind) if not line.get("ocr")]


def test_every_mention_stands_on_its_page(sample: Any) -> None:
    lines = _text_truths(sample, "mention")
    assert len(lines) > 300
    for line in lines:
        page = _flat(sample.pages(line["sha256"])[line["page"] - 1])
        for form in line["forms"]:
            assert _flat(form) in page, line


def test_every_element_stands_on_its_page(sample: Any) -> None:
    lines = _text_truths(sample, "element") + _text_truths(sample, "person_element")
    assert len(lines) > 400
    for line in lines:
        page = _flat(sample.pages(line["sha256"])[line["page"] - 1])
        for value in line.get("values") or [line["value"]]:
            assert _flat(value) in page, line


def test_every_person_and_trap_stands_on_its_page(sample: Any) -> None:
    for line in _text_truths(sample, "person") + _text_truths(sample, "trap"):
        page = _flat(sample.pages(line["sha256"])[line["page"] - 1])
        # Authors of comments and changes stand in attributes, not in the page's text.
        assert (line.get("name") or line["text"]) in page or line.get("role") == "author", line


def test_every_document_of_the_key_is_in_the_trove(sample: Any) -> None:
    assert {line["sha256"] for line in sample.answers} <= sample.items.keys()


def test_lines_hold_the_contract(sample: Any) -> None:
    with sample.summary.roster.open(encoding="utf-8", newline="") as stream:
        badges = {row["badge"] for row in csv.DictReader(stream)}
    for line in sample.answers:
        assert re.fullmatch(r"[0-9a-f]{64}", line["sha256"])
        if line["kind"] in ("mention", "element"):
            assert line["badge"] in badges
            assert line["page"] >= 1
            assert line.get("ocr", True) is True
        if line["kind"] == "element":
            assert line["element"] in KINDS


def test_no_truth_is_told_twice(sample: Any) -> None:
    keys = [
        (line["kind"], line["sha256"], line["page"], line.get("element"), line["badge"])
        for line in sample.of_kind("mention") + sample.of_kind("element")
    ]
    assert max(Counter(keys).values()) == 1


def test_all_element_kinds_occur(tmp_path: Path) -> None:
    summary = generate(tmp_path / "s", 1500)
    lines = map(json.loads, summary.answers.read_text("utf-8").splitlines())
    assert {line["element"] for line in lines if line["kind"] == "element"} == KINDS


def test_no_full_name_of_an_officer_stands_unclaimed_on_a_page(sample: Any) -> None:
    """The other direction: a unique full name of the roster always has its truth."""
    with sample.summary.roster.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = Counter(f"{row['first']} {row['last']}" for row in rows)
    unique = {
        f"{row['first']} {row['last']}": row["badge"]
        for row in rows
        if names[f"{row['first']} {row['last']}"] == 1
    }
    claimed = {(line["sha256"], line["page"], line["badge"]) for line in sample.of_kind("mention")}
    for sha256 in sample.readable():
        for number, page in enumerate(sample.pages(sha256), start=1):
            flat = _flat(page)
            for name, badge in unique.items():
                if name in flat:
                    assert (sha256, number, badge) in claimed, (name, flat[:300])


def test_pages_stay_short_enough_to_be_one_page_everywhere(sample: Any) -> None:
    lengths = [len(page) for sha256 in sample.readable() for page in sample.pages(sha256)]
    assert len(lengths) > 300
    assert max(lengths) < 2_600


def test_word_files_open_in_python_docx(sample: Any) -> None:
    readable = [sample.items[sha256] for sha256 in sample.readable()]
    files = [data for data in readable if b"word/document.xml" in data]
    assert len(files) > 30
    for data in files:
        assert docx.Document(io.BytesIO(data)).core_properties.created is not None


def test_most_documents_name_nobody(sample: Any) -> None:
    named = {line["sha256"] for line in sample.of_kind("mention")}
    assert 0.5 < 1 - len(named) / len(sample.items) < 0.65


@pytest.mark.parametrize("ocr", [True, False])
def test_scans_and_texts_both_have_mentions(sample: Any, ocr: bool) -> None:
    assert any(bool(line.get("ocr")) == ocr for line in sample.of_kind("mention"))
