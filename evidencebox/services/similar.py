"""What is like a document: copies of a message, near-duplicates, and what speaks of the same."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evidencebox.analysis import near_duplicates
from evidencebox.analysis.difference import Difference, difference
from evidencebox.analysis.near_duplicates import PLACES, Shingles, Signatures
from evidencebox.errors import UserError
from evidencebox.index import like
from evidencebox.model.documents import Layer
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.views import Similar
from evidencebox.services.case import Case
from evidencebox.services.signatures import own_text
from evidencebox.store import signatures as stored
from evidencebox.store.signatures import Signed

AT_LEAST = 0.8
LEAST = 0.2
"""Below this, nearly everything would have to be compared."""
_MARGIN = 4.0
"""How many standard deviations an estimate may lie below: one in thirty thousand lies lower."""
_TERMS = 25


@dataclass(frozen=True, slots=True)
class SignatureSet:
    """All signatures of one state of the index."""

    generation: int
    signed: tuple[Signed, ...]
    places: Signatures

    @staticmethod
    def read(case: Case) -> SignatureSet:
        """The case's signatures."""
        generation = case.index.state().generation
        signed = tuple(stored.Signatures(case.catalogue).all())
        data = b"".join(each.places for each in signed)
        places = np.frombuffer(data, "<u2").astype(np.uint16).reshape(-1, PLACES)
        return SignatureSet(generation, signed, places)


class SimilarDocuments:
    """Answers for one case; keeps its signatures while the index does not change."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lock = threading.Lock()
        self._known: SignatureSet | None = None

    def all(self) -> SignatureSet:
        """The signatures of the present state."""
        with self._lock:
            if self._known is None or self._known.generation != self._case.index.state().generation:
                self._known = SignatureSet.read(self._case)
            return self._known

    def similar(
        self, document: DocumentId, at_least: float = AT_LEAST, limit: int = 100
    ) -> list[Similar]:
        """Copies of the message first, then near-duplicates, the most alike first; ties by id.

        `similarity` is exact: the estimate only says which texts to compare. `limit` 0: all.
        Raises UserError.
        """
        check(at_least)
        own = stored.Signatures(self._case.catalogue).one(document)
        if own is None:
            return []
        copies = self._copies(own)
        others = [each for each in self._near(own, at_least) if each.document not in copies]
        texts = Texts(self._case)
        found = [
            Similar(copy, texts.alike(document, copy), "copy of the message") for copy in copies
        ]
        near = []
        for each in others:
            similarity = texts.alike(document, each.document)
            if similarity >= at_least:
                same = each.digest == own.digest
                near.append(
                    Similar(each.document, similarity, "same words" if same else "near-duplicate")
                )
        near.sort(key=lambda one: (-one.similarity, one.document))
        found += near
        return found[:limit] if limit else found

    def groups(self, at_least: float = AT_LEAST) -> list[list[DocumentId]]:
        """Groups of near-duplicates: each member is as alike as that to another of its group.

        Every pair that joins a group was compared exactly. Raises UserError.
        """
        check(at_least)
        known = self.all()
        texts = Texts(self._case)
        ids = [each.document for each in known.signed]
        least = _estimate_for(at_least)
        pairs = [
            (one, other)
            for one, other in near_duplicates.candidates(known.places)
            if (known.places[one] == known.places[other]).mean() >= least
            and texts.alike(ids[one], ids[other]) >= at_least
        ]
        return [[ids[at] for at in group] for group in near_duplicates.groups(pairs)]

    def _copies(self, own: Signed) -> list[DocumentId]:
        found = stored.Signatures(self._case.catalogue).messages(own.message)
        return [document for document in found if document != own.document]

    def _near(self, own: Signed, at_least: float) -> list[Signed]:
        known = self.all()
        if not known.signed:
            return []
        one = np.frombuffer(own.places, "<u2").astype(np.uint16)
        estimates = near_duplicates.estimate(known.places, one)
        rows = np.flatnonzero(estimates >= _estimate_for(at_least)).tolist()
        return [known.signed[at] for at in rows if known.signed[at].document != own.document]


class Texts:
    """Exact comparison of texts; the shingles of the last few are kept."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known: dict[DocumentId, Shingles] = {}

    def alike(self, one: DocumentId, other: DocumentId) -> float:
        """The Jaccard index of two documents' shingles."""
        return near_duplicates.jaccard(self._shingles(one), self._shingles(other))

    def _shingles(self, document: DocumentId) -> Shingles:
        found = self._known.pop(document, None)
        if found is None:
            found = near_duplicates.shingles(own_text(self._case.index.pages(document)))
        self._known[document] = found  # the latest stands last
        while len(self._known) > 16:
            del self._known[next(iter(self._known))]
        return found


def check(at_least: float) -> float:
    """The threshold, if it is one. Raises UserError."""
    if not LEAST <= at_least <= 1:
        raise UserError(f"How alike documents must be is a number from {LEAST} to 1, such as 0.8.")
    return at_least


def _estimate_for(at_least: float) -> float:
    """The least estimate that documents so much alike have, but for one in very many."""
    return float(at_least - _MARGIN * np.sqrt(at_least * (1 - at_least) / PLACES))


def like_query(case: Case, document: DocumentId) -> str:
    """A query for what speaks of the same: a document's most telling words, joined by OR.

    Raises UserError for a document without words.
    """
    terms = like.telling_terms(case.index, document, _TERMS)
    if not terms:
        raise UserError(f"{short_id(document)} has no words by which to look for others.")
    return " OR ".join(terms)


def compare(case: Case, one: DocumentId, other: DocumentId) -> tuple[str, str, Difference]:
    """Two documents' texts, and where they differ. Pages are joined by a form feed."""
    texts = [_text(case, document) for document in (one, other)]
    return texts[0], texts[1], difference(texts[0], texts[1])


def _text(case: Case, document: DocumentId) -> str:
    """The text layer; what was recognised where a page has none."""
    pages = list(case.index.pages(document))
    own = {page.number: page.text for page in pages if page.layer is Layer.OCR}
    own |= {page.number: page.text for page in pages if page.layer is Layer.TEXT and page.text}
    return "\f".join(own[number] for number in sorted(own))


def collapsed(case: Case, documents: Sequence[DocumentId]) -> dict[DocumentId, list[DocumentId]]:
    """The first of each message's copies → the others, in the order of `documents`."""
    keys = stored.Signatures(case.catalogue).message_keys()
    first: dict[str, DocumentId] = {}
    found: dict[DocumentId, list[DocumentId]] = defaultdict(list)
    for document in documents:
        key = keys.get(document)
        if key is None:
            continue
        leader = first.setdefault(key, document)
        if leader != document:
            found[leader].append(document)
    return dict(found)
