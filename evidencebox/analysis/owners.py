"""Whose a datum is: by the row, the sentence, the form field, the subject, the sender. Pure.

A page says whom it is about in many ways, and says it once. So a record begins where a form or a
letter names its subject, and what follows is his until the next one begins, over pages, too.
Where a record names somebody whom no roster knows, what follows is nobody's.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidencebox.analysis.around import Surroundings
from evidencebox.analysis.identifiers import Value
from evidencebox.model.documents import Page
from evidencebox.model.ids import OfficerId
from evidencebox.model.suggestions import LIKELY, Mention

_SUBJECT = re.compile(
    r"^[ \t>*•-]{0,4}"
    r"(?P<label>(?:full |officer |employee |member |applicant |patient |subject )?name"
    r"|name of [a-z ]{3,24}|subject(?: officer| of [a-z ]{3,24})?|re|in re|regarding|applicant"
    r"|candidate|patient|employee|officer|accused(?: officer)?|respondent|member|examinee|claimant"
    r"|detective|sergeant|lieutenant|captain|informant|source|witness|complainant|spouse"
    r"|owner|debtor|borrower|account holder|about|concerning)[ \t]*[:\t][ \t]*(?=\S)",
    re.MULTILINE,
)
_SENDER = re.compile(r"^(?:from|sender|signed|written by)[ \t]*:[^\n]*", re.MULTILINE)
_FIRST_PERSON = re.compile(r"\b(?:i|my|me|mine|i'm|i’m|we|our|us)\b")
_OFFICE = re.compile(
    r"(?:\bcc|\bcopy to|\bcopies to|\bc\.c\.|\b(?:prepared|reviewed|approved|examined|witnessed"
    r"|investigated|interviewed|conducted|signed|reported|written|taken|handled|received|sent"
    r"|forwarded) (?:by|to)|\binvestigator|\bexaminer|\breviewer|\bsupervisor)[ :,]{1,3}$"
)
"""Before the name of somebody whom a page does not speak of, but who wrote or gets it."""
_NAMED = re.compile(r"\b[A-Z][a-zà-ÿ'’-]+(?: [A-Z]\.)? [A-Z][A-Za-zà-ÿ'’-]+\b")
_NAMES = re.compile(
    r"\b(?:names?|officers?|employees?|members?|persons?|applicants?|holders?|who|last|surname)\b"
)
"""Headings of a column that says whom a row is about."""
_FIRST_LINES = 4
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with its mentions in their order."""

    page: Page
    around: Surroundings
    mentions: Sequence[Mention]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a datum is, how sure that is (0 to 1), and why in words."""

    officer: OfficerId
    sure: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Record:
    """What follows `start` is about `officer`; None: about somebody on no roster."""

    start: int
    officer: OfficerId | None
    label: str


class _Sheet:
    """A page as owners see it."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self.mentions = [m for m in leaf.mentions if m.confidence >= LIKELY]
        self.starts = [m.start for m in self.mentions]
        self.officers = Counter(m.officer for m in self.mentions)
        self.records = list(self._records())
        self.sender = self._sender()

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in a range."""
        low = bisect.bisect_left(self.starts, start)
        return self.mentions[low : bisect.bisect_left(self.starts, end)]

    def _records(self) -> list[_Record]:
        around, found = self.leaf.around, []
        for match in _SUBJECT.finditer(around.lower):
            end = around.bounds(around.line(match.end()))[1]
            named = self.within(match.start(), end)
            stranger = None if named else _NAMED.match(self.leaf.page.text, match.end())
            if named or stranger:
                officer = named[0].officer if named else None
                found.append(_Record(match.start(), officer, match["label"].strip()))
        return found

    def _sender(self) -> OfficerId | None:
        for match in _SENDER.finditer(self.leaf.around.lower):
            named = self.within(*match.span())
            return named[0].officer if named else None
        return None

    def record(self, at: int) -> _Record | None:
        """The record in which a place stands."""
        before = [record for record in self.records if record.start <= at]
        return before[-1] if before else None

    @property
    def title(self) -> OfficerId | None:
        """Who alone is named in the page's first lines."""
        around = self.leaf.around
        last = min(_FIRST_LINES, len(around.starts)) - 1
        first = {m.officer for m in self.within(0, around.bounds(last)[1])}
        return next(iter(first)) if len(first) == 1 else None


class Owners:
    """The pages of one document, asked for the owner of a datum."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._sheets = {id(leaf): _Sheet(leaf) for leaf in leaves}
        self._before: dict[int, OfficerId | None] = {}
        subject: OfficerId | None = None
        for leaf in leaves:
            self._before[id(leaf)] = subject
            sheet = self._sheets[id(leaf)]
            if sheet.records:
                subject = sheet.records[-1].officer
            elif subject is None:
                subject = sheet.title
        everyone: Counter[OfficerId] = Counter()
        for sheet in self._sheets.values():
            everyone.update(sheet.officers)
        self._alone = next(iter(everyone)) if len(everyone) == 1 else None

    def of(self, leaf: Leaf, value: Value) -> Owner | None:
        """Whose it is; None where nobody of the roster is near, or somebody else is nearer."""
        sheet = self._sheets[id(leaf)]
        line = leaf.around.line(value.start)
        start, end = leaf.around.bounds(line)
        if value.start != start and leaf.around.heading(value.start):
            return _in_row(sheet, start, end)
        said = _in_sentence(sheet, value)
        if said is not None:
            return said
        record = sheet.record(value.start)
        if record is not None:
            if record.officer is None:
                return None
            return Owner(record.officer, 0.9, f"It stands under “{record.label}”, who is he.")
        return self._by_page(leaf, sheet, value)

    def _by_page(self, leaf: Leaf, sheet: _Sheet, value: Value) -> Owner | None:
        lower = leaf.around.lower
        first, last = leaf.around.sentence(value.start, value.end)
        if sheet.sender and _FIRST_PERSON.search(lower, first, last):
            return Owner(sheet.sender, 0.85, "The sender writes of himself.")
        if len(sheet.officers) == 1:
            return Owner(next(iter(sheet.officers)), 0.85, "Only he is named on the page.")
        before = sheet.within(0, value.start)
        if before:
            gap = _PARAGRAPH.search(leaf.page.text, before[-1].end, value.start)
            if gap is None:
                return Owner(before[-1].officer, 0.65, "He is named last before it.")
        subject = self._before[id(leaf)]
        if subject is not None:
            return Owner(subject, 0.75, "The pages before are about him.")
        if sheet.title is not None:
            return Owner(sheet.title, 0.7, "He is named at the head of the page.")
        if before:
            return Owner(before[-1].officer, 0.5, "He is named last before it.")
        if self._alone is not None:
            return Owner(self._alone, 0.6, "Only he is named in the document.")
        return None


def _in_row(sheet: _Sheet, start: int, end: int) -> Owner | None:
    """A row of a table is about whom it names, or about nobody."""
    named = sheet.within(start, end)
    if named:
        return Owner(named[0].officer, 0.95, "He is named in the same row of the table.")
    around = sheet.leaf.around
    heads = around.headings(around.line(start))
    if any(_NAMES.search(heading) for heading in heads):
        return None
    record = sheet.record(start)
    if record is not None:
        reason = f"It stands under “{record.label}”, who is he."
        return Owner(record.officer, 0.8, reason) if record.officer else None
    if len(sheet.officers) == 1:
        return Owner(next(iter(sheet.officers)), 0.75, "Only he is named on the page.")
    return None


def _in_sentence(sheet: _Sheet, value: Value) -> Owner | None:
    """The last named before it in its sentence, else the first after it."""
    first, last = sheet.leaf.around.sentence(value.start, value.end)
    record = sheet.record(value.start)
    if record is not None:
        # Lines of a form end in no full stop: what stands above its subject is another's.
        first = max(first, record.start)
    lower = sheet.leaf.around.lower
    named = [
        m
        for m in sheet.within(first, last)
        if not _OFFICE.search(lower, max(0, m.start - 24), m.start)
    ]
    if not named:
        return None
    before = [m for m in named if m.start <= value.start]
    one = before[-1] if before else named[0]
    sure = 0.9 if len({m.officer for m in named}) == 1 else 0.75
    return Owner(one.officer, sure, f"He is named in the same {'sentence' if before else 'line'}.")
