"""Finding elements in an analyser: rules and a batch of texts in, what is exposed out.

The batch's first entry is the vocabulary and the department's domains; then one a document, whose
first page is a list of its mentions. What comes back is JSON, checked like all from a worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidencebox.analysis.elements import KINDS, Finder
from evidencebox.analysis.number_checks import load_forms
from evidencebox.model.documents import Layer, Page
from evidencebox.model.fields import WRONG, clean
from evidencebox.model.frames import ProtocolError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.suggestions import Element, Mention

_RULES = DocumentId("0" * 64)
_DOMAINS = "domains"
_SCALE = 1000
_TEXT_MAX = 4000
_last: list[tuple[str, tuple[str, ...], Finder]] = []
"""The rules of the batch before: batches that follow each other have the same."""


@dataclass(frozen=True, slots=True)
class ElementBatch:
    """Documents to be looked through, each with its pages and its mentions."""

    vocabulary: str
    domains: Sequence[str]
    documents: Sequence[tuple[DocumentId, Sequence[Page], Sequence[Mention]]]

    @property
    def size(self) -> int:
        """Code points of all pages."""
        return sum(len(page.text) for _, pages, _ in self.documents for page in pages)

    def entries(self) -> Iterator[IndexEntry]:
        """What the analyser gets, the rules first."""
        domains = {_DOMAINS: tuple(self.domains)}
        yield IndexEntry(_RULES, (Page(1, self.vocabulary),), {}, domains, None, 0)
        for document, pages, mentions in self.documents:
            first = Page(1, clean(json.dumps(_packed_mentions(mentions))))
            yield IndexEntry(document, (first, *pages), {}, {}, None, 0)

    def unpacked(self, data: bytes) -> list[list[Element]]:
        """What the analyser says. Raises ProtocolError for what does not fit the batch."""
        try:
            found = json.loads(data)
            if len(found) != len(self.documents):
                raise ProtocolError(WRONG)
            return [
                list(_elements(*each, rows))
                for each, rows in zip(self.documents, found, strict=True)
            ]
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            raise ProtocolError(WRONG) from None


def warm() -> None:
    """Loads what the rules import at first use: a worker that is shut in can open no file."""
    load_forms()
    Finder("").find(
        _RULES, [Page(1, "Routing 021000021. EIN 12-3456789. IBAN GB82WEST12345698765432")]
    )


def exposures(entries: Sequence[IndexEntry]) -> bytes:
    """The worker's side: what stands in the documents after the first entry, the rules."""
    finder = _finder(entries[0].pages[0].text, entries[0].keywords.get(_DOMAINS, ()))
    found = []
    for entry in entries[1:]:
        mentions, officers = _unpacked_mentions(entry)
        elements = finder.find(entry.document, entry.pages[1:], mentions)
        found.append([_packed(element, officers) for element in elements])
    return json.dumps(found, separators=(",", ":")).encode("ascii")


def _finder(vocabulary: str, domains: tuple[str, ...]) -> Finder:
    if not _last or _last[0][:2] != (vocabulary, domains):
        _last[:] = [(vocabulary, domains, Finder(vocabulary, domains))]
    return _last[0][2]


def _officers(mentions: Sequence[Mention]) -> list[OfficerId]:
    return sorted({mention.officer for mention in mentions})


def _packed_mentions(mentions: Sequence[Mention]) -> dict[str, Any]:
    officers = _officers(mentions)
    numbers = {officer: number for number, officer in enumerate(officers)}
    rows = [
        [m.page, m.layer.value, m.start, m.end, numbers[m.officer], round(m.confidence * _SCALE)]
        for m in mentions
    ]
    return {"officers": officers, "mentions": rows}


def _unpacked_mentions(entry: IndexEntry) -> tuple[list[Mention], Mapping[OfficerId, int]]:
    said = json.loads(entry.pages[0].text)
    officers = [OfficerId(each) for each in said["officers"]]
    mentions = [
        Mention(
            document=entry.document,
            page=page,
            layer=Layer(layer),
            start=start,
            end=end,
            officer=officers[officer],
            form="",
            text="",
            confidence=confidence / _SCALE,
            evidence="",
            reason="",
        )
        for page, layer, start, end, officer, confidence in said["mentions"]
    ]
    return mentions, {officer: number for number, officer in enumerate(officers)}


def _packed(element: Element, officers: Mapping[OfficerId, int]) -> list[Any]:
    return [
        element.page,
        element.layer.value,
        element.start,
        element.end,
        element.kind,
        element.masked,
        round(element.confidence * _SCALE),
        element.reason,
        -1 if element.officer is None else officers[element.officer],
        round(element.belongs * _SCALE),
        element.belonging,
    ]


def _elements(
    document: DocumentId, pages: Sequence[Page], mentions: Sequence[Mention], rows: Sequence[Any]
) -> Iterator[Element]:
    lengths = {(page.number, page.layer.value): len(page.text) for page in pages}
    officers = _officers(mentions)
    for row in rows:
        page, layer, start, end, kind, masked, confidence, reason, officer, belongs, why = row
        numbers = (page, start, end, confidence, officer, belongs)
        words = (layer, kind, masked, reason, why)
        fits = all(type(n) is int for n in numbers) and all(
            type(w) is str and len(w) <= _TEXT_MAX for w in words
        )
        if not fits or not 0 <= start < end <= lengths[page, layer] or kind not in KINDS:
            raise ProtocolError(WRONG)
        yield Element(
            document,
            page,
            Layer(layer),
            start,
            end,
            kind,
            clean(masked),
            _share(confidence),
            clean(reason),
            officers[officer] if officer >= 0 else None,
            _share(belongs),
            clean(why),
        )


def _share(thousandths: int) -> float:
    return min(max(thousandths, 0), _SCALE) / _SCALE
