"""Finds what a document exposes: every kind of datum, on every page, with a masked value. Pure.

Whose a datum is, `owners` says, by who is named on the same pages.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from evidencebox.analysis.around import Surroundings
from evidencebox.analysis.identifiers import Value, identifiers
from evidencebox.analysis.masking import masked
from evidencebox.analysis.means import biometrics, credentials, money
from evidencebox.analysis.owners import Leaf, Owners
from evidencebox.analysis.particulars import addresses, birth_dates, emails, phones
from evidencebox.analysis.topics import Vocabulary, topics
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import LIKELY, Element, Mention

RULES = 2
"""Of these rules; raised when they change, so that documents are looked through anew."""

LEAST = 0.3
"""What is less likely is not kept."""

KINDS = (
    *("ssn", "itin", "tin", "driver_license", "passport", "bank_account", "card", "credit"),
    *("salary", "debt", "address", "phone", "email", "birth_date", "medical", "mental_health"),
    *("drug_history", "polygraph", "sexual_abuse", "discipline", "background", "intelligence"),
    *("credential", "biometric", "family", "minor"),
)
"""Every kind of DESIGN.md, section 12, in its order."""

_DIGITS = re.compile(r"\d+")
_EDGE = 3
"""A header or footer stands in the first or last so many lines."""

_SPOKEN = frozenset(("debt", "credit", "family", "minor"))
"""Kinds that words and values both speak of: a sentence goes where a value stands in it."""


class Finder:
    """The rules with a case's vocabulary and the domains of its department's addresses."""

    def __init__(self, vocabulary: str, work_domains: Collection[str] = ()) -> None:
        self._vocabulary = Vocabulary(vocabulary)
        self._domains = tuple(sorted(work_domains))

    def find(
        self, document: DocumentId, pages: Sequence[Page], mentions: Sequence[Mention] = ()
    ) -> list[Element]:
        """The elements of one document, by page and place. `mentions`: its own, in any order."""
        by_page: dict[tuple[int, str], list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_page[mention.page, mention.layer.value].append(mention)
        leaves = []
        for page in pages:
            here = by_page[page.number, page.layer.value]
            leaves.append(Leaf(page, Surroundings(page.text), sorted(here, key=_place)))
        bodies = _without_headers(leaves)
        values = [self._values(*each) for each in zip(leaves, bodies, strict=True)]
        owners = Owners(leaves) if any(values) else None
        found: list[Element] = []
        for leaf, listed in zip(leaves, values, strict=True):
            for value in listed:
                element = _element(document, leaf.page, value)
                owner = owners.of(leaf, value) if owners else None
                if owner is not None:
                    element = replace(
                        element,
                        officer=owner.officer,
                        belongs=owner.sure,
                        belonging=owner.reason,
                    )
                found.append(element)
        return found

    def _values(self, leaf: Leaf, body: Surroundings) -> list[Value]:
        around = leaf.around
        named = [m.start for m in leaf.mentions if m.confidence >= LIKELY]
        firm = _apart(
            value
            for value in (
                *identifiers(around),
                *phones(around),
                *emails(around, self._domains),
                *birth_dates(around),
                *addresses(around),
                *money(around),
                *credentials(around),
                *biometrics(around),
            )
            if value.confidence >= LEAST
        )
        said = [v for v in topics(body, self._vocabulary, named) if not _spoken_for(v, firm)]
        return sorted(firm + said, key=lambda v: (v.start, v.end, v.kind))


def version(vocabulary: str, work_domains: Collection[str] = ()) -> int:
    """What the elements of a document were found by, as a number of 48 bits."""
    words = "\0".join([str(RULES), vocabulary, *sorted(work_domains)])
    return int(hashlib.sha256(words.encode()).hexdigest()[:12], 16)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _apart(values: Iterable[Value]) -> list[Value]:
    """Of values that claim the same characters the likeliest, then the longest."""
    ranked = sorted(values, key=lambda v: (-v.confidence, v.start - v.end, v.start, v.kind))
    kept: list[Value] = []
    taken: set[int] = set()
    for value in ranked:
        span = range(value.start, value.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(value)
    return kept


def _spoken_for(said: Value, firm: Sequence[Value]) -> bool:
    return said.kind in _SPOKEN and any(
        value.kind == said.kind and said.start <= value.start < said.end for value in firm
    )


def _without_headers(leaves: Sequence[Leaf]) -> list[Surroundings]:
    """The pages for topics: a header that runs through a document says what it says once."""
    if len(leaves) < 2:
        return [leaf.around for leaf in leaves]
    edges = [_edges(leaf.around) for leaf in leaves]
    counts = Counter(shape for edge in edges for shape in set(edge.values()))
    seen: set[str] = set()
    found = []
    for leaf, edge in zip(leaves, edges, strict=True):
        text = leaf.page.text
        again = [line for line, shape in edge.items() if shape in seen]
        for line in again:
            start, end = leaf.around.bounds(line)
            text = text[:start] + "\n" * (end - start) + text[end:]
        seen.update(shape for shape in edge.values() if counts[shape] > 1)
        found.append(Surroundings(text) if again else leaf.around)
    return found


def _edges(page: Surroundings) -> dict[int, str]:
    """The first and last lines that say anything, as what they look like."""
    found: dict[int, str] = {}
    count = len(page.starts)
    for lines in (range(count), range(count - 1, -1, -1)):
        seen = 0
        for line in lines:
            start, end = page.bounds(line)
            shape = _DIGITS.sub("#", " ".join(page.text[start:end].split()))
            if shape:
                found[line] = shape
                seen += 1
            if seen == _EDGE:
                break
    return found


def _element(document: DocumentId, page: Page, value: Value) -> Element:
    return Element(
        document,
        page.number,
        page.layer,
        value.start,
        value.end,
        value.kind,
        masked(value.kind, page.text[value.start : value.end]),
        value.confidence,
        value.reason,
    )
