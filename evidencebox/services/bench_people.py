"""How well and how fast people are found: against the sample's answer key, and on real mail.

On the sample everything is known: a mention is right where the answer key has that badge on that
page. On mail the roster is who stands in From and To, and so is the truth that recall is measured
by. What else stands in a text nobody has marked: a mention of somebody who is not in a message's
header counts as right only where his full name or his address stands in the text letter for
letter, as a plain search finds it, and as wrong everywhere else.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from email.utils import getaddresses
from hashlib import sha256
from pathlib import Path

from evidencebox.analysis.folding import fold
from evidencebox.analysis.mentions import find
from evidencebox.analysis.roster import Roster
from evidencebox.index.bench import BenchLine
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import LIKELY, Mention
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services import officers
from evidencebox.services.bench_elements import bench_elements
from evidencebox.services.case import Case
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.mention_search import looked_for, refresh_mentions
from evidencebox.services.mentions import listed

OFFICERS = 3600
SEED = 23
"""Not the seed of the tests, nor one that rules were tried on."""

_PASSPHRASE = "a passphrase for a case that is thrown away"  # no secret: see the name
Triple = tuple[str, int, str]


def bench_sample(folder: Path, documents: int) -> Iterator[BenchLine]:
    """Precision and recall on the sample, text and pictures apart; speed; one more officer."""
    generate(folder / "sample", documents, OFFICERS, SEED)
    with _case(folder, folder / "sample" / "roster.csv", folder / "sample" / "trove") as case:
        badges = {officer.id: officer.badge for officer in case.decided.officers()}
        found = {(m.document, m.page, badges[m.officer]) for m in listed(case)}
        truth = _answers(folder / "sample" / "answers.jsonl")
        pictures = {triple[:2] for triple, ocr in truth.items() if ocr}
        for name, ocr, gate in (("text", False, 0.97), ("recognised", True, 0.90)):
            expected = {triple for triple, picture in truth.items() if picture is ocr}
            had = {triple for triple in found if (triple[:2] in pictures) is ocr}
            yield from _scores(f"mentions, {name}", expected, had, had & expected, gate)
        yield from bench_elements(case, folder / "sample" / "answers.jsonl")
        yield from _speed(case)
        began = time.perf_counter()
        officers.add(case, last="Quisenberry", first="Thelonious", badge="11999", rank="Officer")
        refresh_mentions(case)
        yield _line("one officer more", time.perf_counter() - began, "s", 5.0, low=True)


def bench_mail(folder: Path, trove: Path) -> Iterator[BenchLine]:
    """The same on a folder of messages, with their senders and recipients for a roster."""
    people, truth = header_people(trove)
    roster = folder / "roster.csv"
    lines = [",".join(("last", "first", "middle", "email"))]
    for (last, first, middle), addresses in sorted(people.items()):
        lines.append(f'"{last}","{first}","{middle}","{";".join(sorted(addresses))}"')
    roster.write_text("\n".join(lines), encoding="utf-8")
    with _case(folder, roster, trove) as case:
        persons = {o.id: (o.last, o.first, o.middle) for o in case.decided.officers()}
        known = set(case.catalogue.all_ids())
        expected = {(document, person) for document, who in truth.items() for person in who}
        expected = {pair for pair in expected if pair[0] in known}
        had = {(m.document, persons[m.officer]) for m in listed(case) if m.document in truth}
        right = {p for p in had if p in expected or _stands(case, p[0], people, p[1])}
        yield _line("people in the roster", len(people), "people", 0)
        yield _line("mail recall, headers", _share(had & expected, expected), "share", 0.97)
        yield _line("mail precision, at least", _share(right, had), "share", 0.97)
        yield from _speed(case)


Person = tuple[str, str, str]


def header_people(trove: Path) -> tuple[dict[Person, set[str]], dict[str, set[Person]]]:
    """Who stands in From and To of a folder's messages with a name of two words and more.

    Returns person → addresses, and document → persons.
    """
    people: dict[Person, set[str]] = defaultdict(set)
    truth: dict[str, set[Person]] = {}
    for file in sorted(trove.rglob("*.eml")):
        data = file.read_bytes()
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        values = [str(v) for name in ("From", "To") for v in message.get_all(name, [])]
        named = truth.setdefault(sha256(data).hexdigest(), set())
        for shown, address in getaddresses(values):
            person = _person(shown)
            if person and "@" in address and address.isascii():
                people[person].add(address.casefold())
                named.add(person)
    return dict(people), truth


_SHOWN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")


def _person(shown: str) -> Person | None:
    """A name as headers show it: two to four words of letters, in either order."""
    last, comma, given = shown.strip(" '\"").partition(",")
    words = [*given.split(), *last.split()] if comma else shown.strip(" '\"").split()
    if not 2 <= len(words) <= 4 or not all(_SHOWN.fullmatch(word) for word in words):
        return None
    if len(words[-1]) < 2 or not words[0][0].isupper() or not words[-1][0].isupper():
        return None
    return words[-1], words[0], " ".join(words[1:-1])


def _stands(case: Case, document: str, people: Mapping[Person, Set[str]], person: Person) -> bool:
    """Whether a full name or an address stands in the document, letter for letter."""
    last, first, middle = (fold(part) for part in person)
    text = " ".join(fold(p.text) for p in case.index.pages(DocumentId(document)))
    text = " ".join(text.split())
    names = {f"{first} {last}", f"{last}, {first}", f"{first} {middle} {last}"}
    return any(name in text for name in names | people[person])


def _answers(file: Path) -> dict[Triple, bool]:
    """(document, page, badge) → whether the page is a picture."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {
        (line["sha256"], line["page"], line["badge"]): bool(line.get("ocr"))
        for line in lines
        if line["kind"] == "mention"
    }


@contextmanager
def _case(folder: Path, roster: Path, trove: Path) -> Iterator[Case]:
    case, _ = cases.create(folder / "bench", "bench", _PASSPHRASE)
    try:
        officers.import_roster(case, roster)
        ingest(case, trove, Options(ocr="eng"), lambda _: None, lambda: False)
        yield case
    finally:
        case.close()


def _speed(case: Case) -> Iterator[BenchLine]:
    """Megabytes of text a second on one core, all of it in memory."""
    roster = Roster(looked_for(case))
    texts = [(d, list(case.index.pages(d))) for d in case.catalogue.all_ids()]
    size = sum(len(page.text) for _, pages in texts for page in pages)
    found: list[Mention] = []
    began = time.process_time()
    for document, pages in texts:
        found += find(roster, document, pages).mentions
    took = time.process_time() - began
    likely = sum(mention.confidence >= LIKELY for mention in found)
    yield _line("text a second, one core", size / 1e6 / took, "MB/s", 15.0)
    yield _line("likely mentions in a MB", likely / (size / 1e6), "", 0)


def _scores(
    name: str, expected: Set[Triple], had: Set[Triple], right: Set[Triple], gate: float
) -> Iterator[BenchLine]:
    recall, precision = _share(right, expected), _share(right, had)
    yield _line(f"{name}: recall", recall, f"of {len(expected):,}", gate)
    yield _line(f"{name}: precision", precision, f"of {len(had):,}", 0.97)
    both = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    yield _line(f"{name}: F1", both, "", gate)


def _share(part: Iterable[object], whole: Iterable[object]) -> float:
    total = len(set(whole))
    return len(set(part)) / total if total else 0.0


def _line(name: str, value: float, unit: str, aim: float, *, low: bool = False) -> BenchLine:
    ratio = (aim / value if low else value / aim) if aim and value else 1.0
    return BenchLine(name, value, unit, "aim", aim, ratio)
