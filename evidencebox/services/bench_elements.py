"""How well elements are found and given to their owners: against the sample's key, and on spans.

On the sample an element is right where the key has that kind on that page; whoever it is of. What
belongs to somebody on no roster counts neither for nor against. On presidio-synth a span is found
where an element of its kind overlaps it.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Set
from pathlib import Path

from evidencebox.analysis.elements import Finder
from evidencebox.index.bench import BenchLine
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import LIKELY
from evidencebox.services import schemes
from evidencebox.services.case import Case
from evidencebox.services.elements import listed, work_domains

Triple = tuple[str, int, str]
_ATTRIBUTION = 0.93
SPANS = {
    "CREDIT_CARD": ("card", 0.95),
    "PHONE_NUMBER": ("phone", 0.85),
    "EMAIL_ADDRESS": ("email", 0.0),
    "IBAN_CODE": ("bank_account", 0.0),
    "US_SSN": ("ssn", 0.0),
    "US_DRIVER_LICENSE": ("driver_license", 0.0),
    "STREET_ADDRESS": ("address", 0.0),
}
"""Kinds of spans in presidio-synth, ours, and the least F1."""


def bench_elements(case: Case, answers: Path) -> Iterator[BenchLine]:
    """By kind, all kinds together, whose they are, and megabytes a second on one core."""
    badges = {officer.id: officer.badge for officer in case.decided.officers()}
    owners: dict[Triple, set[str]] = defaultdict(set)
    for element in listed(case):
        place = (element.document, element.page, element.kind)
        owners[place].update([badges[element.officer]] if element.officer in badges else [])
    truth, others, pictures = _key(answers)
    text = {place for place in truth if place[:2] not in pictures}
    had = {place for place in owners if place[:2] not in pictures and place not in others}
    for kind in sorted({place[2] for place in text}):
        own = {place for place in text if place[2] == kind}
        yield from _scores(kind, own, {place for place in had if place[2] == kind} | (own & had))
    yield from _scores("all kinds", text, had | (text & owners.keys()))
    found = [(place, badge) for place in text & owners.keys() for badge in truth[place]]
    right = sum(badge in owners[place] for place, badge in found)
    wrong = sum(len(owners[place] - truth[place]) for place in text & owners.keys())
    wrong += sum(bool(owners[place]) for place in owners.keys() & others)
    yield _line("owners: right of those found", right / max(1, len(found)), _ATTRIBUTION)
    yield _line("owners: right of those named", right / max(1, right + wrong), _ATTRIBUTION)
    yield _speed(case)


def bench_spans(file: Path) -> Iterator[BenchLine]:
    """The kinds of presidio-synth that we look for, with how many there are."""
    finder = Finder(schemes.default(schemes.VOCABULARY))
    kinds = {kind for kind, _ in SPANS.values()}
    hit: dict[str, int] = defaultdict(int)
    missed: dict[str, int] = defaultdict(int)
    false: dict[str, int] = defaultdict(int)
    for sample in json.loads(file.read_text(encoding="utf-8")):
        found = finder.find(DocumentId("0" * 64), [Page(1, sample["full_text"])])
        got = [(e.kind, e.start, e.end) for e in found if e.confidence >= LIKELY]
        want = [
            (SPANS[s["entity_type"]][0], s["start_position"], s["end_position"])
            for s in sample["spans"]
            if s["entity_type"] in SPANS
        ]
        for each in want:
            table = hit if any(_overlap(each, other) for other in got) else missed
            table[each[0]] += 1
        for each in got:
            false[each[0]] += each[0] in kinds and not any(_overlap(each, o) for o in want)
    for kind, gate in SPANS.values():
        both = 2 * hit[kind] / max(1, 2 * hit[kind] + missed[kind] + false[kind])
        unit = f"of {hit[kind] + missed[kind]}, {false[kind]} false"
        yield BenchLine(f"presidio-synth {kind}: F1", both, unit, "aim", gate, both / (gate or 1))


def _overlap(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _key(answers: Path) -> tuple[dict[Triple, set[str]], set[Triple], set[tuple[str, int]]]:
    """(document, page, kind) → badges; the same of people on no roster; pages that are pictures."""
    truth: dict[Triple, set[str]] = defaultdict(set)
    others: set[Triple] = set()
    pictures: set[tuple[str, int]] = set()
    for line in map(json.loads, answers.read_text(encoding="utf-8").splitlines()):
        if line.get("ocr"):
            pictures.add((line["sha256"], line["page"]))
        if line["kind"] == "element":
            truth[line["sha256"], line["page"], line["element"]].add(line["badge"])
        elif line["kind"] == "person_element":
            others.add((line["sha256"], line["page"], line["element"]))
    return dict(truth), others - truth.keys(), pictures


def _scores(name: str, expected: Set[Triple], had: Set[Triple]) -> Iterator[BenchLine]:
    right = len(expected & had)
    recall, precision = right / max(1, len(expected)), right / max(1, len(had))
    both = 2 * recall * precision / max(1e-9, recall + precision)
    unit = f"R {recall:.3f} P {precision:.3f} of {len(expected):,}"
    yield BenchLine(f"elements, {name}: F1", both, unit, "aim", 0, 1.0)


def _speed(case: Case) -> BenchLine:
    finder = Finder(schemes.text(case, schemes.VOCABULARY), work_domains(case))
    texts = [(d, list(case.index.pages(d))) for d in case.catalogue.all_ids()]
    size = sum(len(page.text) for _, pages in texts for page in pages)
    began = time.process_time()
    for document, pages in texts:
        finder.find(document, pages)
    rate = size / 1e6 / (time.process_time() - began)
    return BenchLine("elements: text a second, one core", rate, "MB/s", "aim", 5.0, rate / 5.0)


def _line(name: str, value: float, aim: float) -> BenchLine:
    return BenchLine(name, value, "share", "aim", aim, value / aim)
