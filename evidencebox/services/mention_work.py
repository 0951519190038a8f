"""Finding mentions in an analyser: a roster and a batch of texts in, what was found out.

The batch's first entry is the roster; then one a document, with the officers whom its family names
beyond doubt as the keyword `related`. What comes back is JSON, and is checked like all that comes
from a worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidencebox.analysis.mentions import Found, Unknown, find
from evidencebox.analysis.roster import Roster
from evidencebox.model.documents import Layer, Page
from evidencebox.model.fields import WRONG, clean
from evidencebox.model.frames import ProtocolError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.people import OFFICER_FIELDS, Officer
from evidencebox.model.suggestions import Mention

RELATED = "related"
_ROSTER = DocumentId("0" * 64)
_SCALE = 1000
_WORD_MAX = 200
_TEXT_MAX = 2000
_last: list[tuple[str, Roster]] = []
"""The roster of the batch before: batches that follow each other have the same."""


@dataclass(frozen=True, slots=True)
class MentionBatch:
    """Documents to be looked through for a roster."""

    officers: Sequence[Officer]
    documents: Sequence[IndexEntry]

    @property
    def size(self) -> int:
        """Code points of all pages."""
        return sum(len(page.text) for entry in self.documents for page in entry.pages)

    def entries(self) -> Iterator[IndexEntry]:
        """What the analyser gets, the roster first."""
        rows = [[o.id, *(getattr(o, name) for name in OFFICER_FIELDS)] for o in self.officers]
        yield IndexEntry(_ROSTER, (Page(1, clean(json.dumps(rows))),), {}, {}, None, 0)
        yield from self.documents

    def unpacked(self, data: bytes) -> list[Found]:
        """What the analyser says. Raises ProtocolError for what does not fit the batch."""
        try:
            found = json.loads(data)
            if len(found) != len(self.documents):
                raise ProtocolError(WRONG)
            return [
                Found(
                    list(_mentions(entry, self.officers, mentions)), list(_unknown(entry, unknown))
                )
                for entry, (mentions, unknown) in zip(self.documents, found, strict=True)
            ]
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            raise ProtocolError(WRONG) from None


def names(entries: Sequence[IndexEntry]) -> bytes:
    """The worker's side: what stands in the documents after the first entry, the roster."""
    roster = _roster(entries[0].pages[0].text)
    numbers = {person.officer.id: number for number, person in enumerate(roster.people)}
    found = []
    for entry in entries[1:]:
        related = [OfficerId(each) for each in entry.keywords.get(RELATED, ())]
        each = find(roster, entry.document, entry.pages, related)
        mentions = [_packed(mention, numbers) for mention in each.mentions]
        unknown = [[u.page, u.name, u.rank, u.badge] for u in each.unknown]
        found.append([mentions, unknown])
    return json.dumps(found, separators=(",", ":")).encode("ascii")


def _roster(text: str) -> Roster:
    if not _last or _last[0][0] != text:
        rows = json.loads(text)
        _last[:] = [(text, Roster([Officer(OfficerId(row[0]), *row[1:]) for row in rows]))]
    return _last[0][1]


def _packed(mention: Mention, numbers: dict[OfficerId, int]) -> list[Any]:
    return [
        mention.page,
        mention.layer.value,
        mention.start,
        mention.end,
        numbers[mention.officer],
        mention.form,
        mention.text[:_WORD_MAX],
        round(mention.confidence * _SCALE),
        mention.evidence,
        mention.reason,
    ]


def _mentions(
    entry: IndexEntry, officers: Sequence[Officer], rows: Sequence[Any]
) -> Iterator[Mention]:
    lengths = {(page.number, page.layer.value): len(page.text) for page in entry.pages}
    for page, layer, start, end, officer, form, text, confidence, evidence, reason in rows:
        numbers = (page, start, end, officer, confidence)
        words = (layer, form, text, evidence, reason)
        fits = all(type(n) is int for n in numbers) and all(
            type(w) is str and len(w) <= _TEXT_MAX for w in words
        )
        if not fits or not 0 <= start < end <= lengths[page, layer] or officer < 0:
            raise ProtocolError(WRONG)
        yield Mention(
            entry.document,
            page,
            Layer(layer),
            start,
            end,
            officers[officer].id,
            form,
            clean(text),
            min(max(confidence, 0), _SCALE) / _SCALE,
            evidence,
            clean(reason),
        )


def _unknown(entry: IndexEntry, rows: Sequence[Any]) -> Iterator[Unknown]:
    pages = {page.number for page in entry.pages}
    for page, *words in rows:
        if page not in pages or not all(type(w) is str and len(w) <= _WORD_MAX for w in words):
            raise ProtocolError(WRONG)
        name, rank, badge = map(clean, words)
        yield Unknown(page, name, rank, badge)
