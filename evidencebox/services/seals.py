"""Sealed documents: covered wherever content shows, until a lead opens one; each look is an act.

Sealed is what a reviewer's tag, or a suggestion to which nobody has said no, puts into one of the
sealed categories; but for those that a tag alone seals. Reported material is sealed for good:
nobody opens it here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentRecord, Page
from evidencebox.model.harm import CATEGORIES
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.ledger import Kind
from evidencebox.model.pictures import Picture
from evidencebox.model.policy import BY_TAG_ALONE, REPORTED, Role
from evidencebox.model.suggestions import LIKELY, Answer
from evidencebox.model.views import Done, Hit, PageHead
from evidencebox.services.case import Case
from evidencebox.services.element_answers import Answers
from evidencebox.store.elements import Elements
from evidencebox.store.ledger import Draft
from evidencebox.store.removal import suggested

__all__ = [
    "COVERED",
    "NAME",
    "REPORTED",
    "Seals",
    "covered",
    "everything",
    "nameless",
    "without_labels",
]
COVERED = "Sealed."
NAME = "Sealed document"
"""Stands in place of a covered document's name, path and title."""
_BLOCK_SHARE = 24
"""A covered page is drawn in blocks of a 24th of its width: dark and light, and no letter."""
_SIGN = re.compile(r"\w")


def covered(case: Case, documents: Sequence[DocumentId]) -> dict[DocumentId, tuple[str, ...]]:
    """Of these documents those that are sealed, with the categories that say so."""
    sealed = case.decided.policy().sealed
    found: dict[DocumentId, set[str]] = {}
    for tag in case.decided.tags(documents):
        if hit := sealed.intersection(tag.categories):
            found.setdefault(tag.anchor.document, set()).update(hit)
    for document, kinds in _suggested(case, documents, sealed - BY_TAG_ALONE).items():
        found.setdefault(document, set()).update(kinds)
    for document in case.decided.reported(documents):
        found.setdefault(document, set()).add(REPORTED)
    return {document: tuple(sorted(why)) for document, why in found.items()}


def _suggested(
    case: Case, documents: Sequence[DocumentId], kinds: Collection[str]
) -> dict[DocumentId, set[str]]:
    """What of these kinds is suggested; where a reviewer said no to all of it, nothing."""
    found = suggested(case.catalogue, documents, kinds)
    answers = Answers(case.decided.answers(sorted(found)) if found else ())
    asked = sorted(answers.documents & found.keys())
    for document in asked:
        del found[document]
    if asked:
        for element in Elements(case.catalogue).each(asked, None, sorted(kinds), LIKELY, None):
            if answers.applied(element).decision is not Answer.DIFFERENT:
                found.setdefault(element.document, set()).add(element.kind)
    return found


def everything(case: Case) -> dict[DocumentId, tuple[str, ...]]:
    """All sealed documents of the case: for lists that go through it from end to end."""
    return covered(case, case.catalogue.all_ids())


def nameless(record: DocumentRecord) -> DocumentRecord:
    """A covered document's record without its names, titles and other words of its own."""
    places = tuple(replace(place, path=NAME, path_b64=None) for place in record.locations)
    return replace(record, locations=places, title="", metadata={})


def without_labels(heads: Sequence[PageHead]) -> tuple[PageHead, ...]:
    """A covered document's pages without the labels, which are words of its own."""
    return tuple(replace(head, label="") for head in heads)


def look(case: Case, document: DocumentId, reason: str, where: str) -> Done:
    """Records that somebody opens a sealed document. Raises UserError where he may not.

    Args:
        where: `window`, `text`, or what else shows it.
    """
    why = covered(case, [document]).get(document, ())
    if REPORTED in why:
        raise UserError(
            f"{short_id(document)} was reported and is sealed for good: EvidenceBox neither shows "
            "nor copies it. Leave it to the authorities."
        )
    if not reason.strip():
        raise UserError("Give a reason: every look at a sealed document stands in the ledger.")
    draft = Draft(Kind.LOOK, [{"document": document}], {"reason": reason.strip(), "where": where})
    act = case.decided.act(draft, case.signer)
    return Done(act.id, f"{short_id(document)} opened; the look is recorded")


def check_open(case: Case, document: DocumentId, reason: str | None, where: str) -> None:
    """For what shows a document's content once: asks for a reason and records it.

    Raises UserError for a sealed document without one.
    """
    why = covered(case, [document]).get(document)
    if why is None:
        return
    if reason is None and REPORTED not in why:
        raise UserError(
            f"{short_id(document)} is sealed ({words(why)}); a lead may open it with a reason, "
            "which is recorded.",
            option="--unseal REASON",
        )
    look(case, document, reason or "", where)


def words(why: Sequence[str]) -> str:
    """Categories for people."""
    return ", ".join(CATEGORIES.get(name, name.replace("_", " ")) for name in why)


def change(case: Case, categories: Collection[str]) -> Done:
    """Says which categories are sealed from now on. Raises UserError; a lead's to do."""
    unknown = sorted(set(categories) - set(CATEGORIES))
    if unknown:
        raise UserError(f"No such category: {', '.join(unknown)}; use {', '.join(CATEGORIES)}.")
    draft = Draft(Kind.SEALING, [{"label": "sealed"}], {"categories": sorted(set(categories))})
    act = case.decided.act(draft, case.signer)
    return Done(act.id, "Sealed categories changed")


class Seals:
    """What one session has opened. Safe for use from several threads."""

    NAME = NAME

    def __init__(self, case: Case) -> None:
        self._case = case
        self._opened: frozenset[DocumentId] = frozenset()

    def why(self, document: DocumentId) -> tuple[str, ...]:
        """The categories that keep a document covered now; empty where it is open to view."""
        if document in self._opened:
            return ()
        return covered(self._case, [document]).get(document, ())

    def open(self, document: DocumentId, reason: str) -> Done:
        """Opens a document for this session, by an act. Raises UserError."""
        done = look(self._case, document, reason, "window")
        self._opened |= {document}
        return done

    def refuse(self, documents: Sequence[DocumentId]) -> None:
        """Raises UserError where one of them is covered now."""
        for document in documents:
            if why := self.why(document):
                raise UserError(
                    f"{short_id(document)} is sealed ({words(why)}); a lead may open it first."
                )

    def page(self, document: DocumentId, page: Page) -> Page:
        """The page, or one of the same shape without a legible sign."""
        if not self.why(document):
            return page
        return replace(page, label="", text=_SIGN.sub("\u2592", page.text))

    def among(self, documents: Sequence[DocumentId]) -> set[DocumentId]:
        """Those of them that are covered now."""
        return set(covered(self._case, documents)) - self._opened

    def hit(self, hit: Hit) -> Hit:
        """The hit, or one without its words."""
        if not self.why(hit.document):
            return hit
        return replace(hit, snippet=COVERED, highlights=(), path=NAME, sealed=True)

    def picture(self, document: DocumentId, picture: Picture) -> Picture:
        """The picture, or coarse blocks of it; of reported material, plain grey."""
        why = self.why(document)
        if not why:
            return picture
        if REPORTED in why:
            return replace(picture, boxes=(), pixels=b"\xc0" * picture.size)
        return replace(picture, boxes=(), pixels=blurred(picture))


def blurred(picture: Picture) -> bytes:
    """The pixels in blocks of one colour each, in which nothing can be read."""
    side = max(8, picture.width // _BLOCK_SHARE)
    shape = (picture.height, picture.width, picture.channels)
    pixels = np.frombuffer(picture.pixels, np.uint8).reshape(shape)
    rows, columns = np.arange(0, picture.height, side), np.arange(0, picture.width, side)
    sums = np.add.reduceat(np.add.reduceat(pixels.astype(np.uint32), rows, 0), columns, 1)
    heights = np.diff(np.append(rows, picture.height))
    widths = np.diff(np.append(columns, picture.width))
    means = (sums // np.outer(heights, widths)[:, :, None]).astype(np.uint8)
    return bytes(means.repeat(heights, 0).repeat(widths, 1).tobytes())


def may_open(case: Case) -> bool:
    """Whether whoever opened the case is a lead."""
    return case.decided.policy().role(case.signer.author) is Role.LEAD
