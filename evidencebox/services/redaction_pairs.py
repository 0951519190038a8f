"""Two sheets that follow each other, as they were recognised: a name half on one, half on the next.

A scan has no text in which such a name could be found before: it is found in the recognitions, each
reading of one sheet beside each of the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from evidencebox.export.hunt import Found, parted
from evidencebox.model.redactions import Plan
from evidencebox.services.redaction_sheets import Work, by_words
from evidencebox.services.redaction_text import READINGS, first_hidden


def across(one: Work, other: Work, plan: Plan) -> int:
    """Boxes over what begins on one sheet and ends on the next; how many are new."""
    terms, shift = [term.text for term in plan.hidden], first_hidden(plan)
    begun, ended = set[Found](), set[Found]()
    for before, after in itertools.product(_readings(one), _readings(other)):
        for first, second in parted(before[1], after[1], terms, recognised=True):
            begun.add(_moved(first, before[0], shift))
            ended.add(_moved(second, after[0], shift))
    return by_words(one, plan, begun) + by_words(other, plan, ended) if begun else 0


def _readings(work: Work) -> Iterator[tuple[int, str]]:
    """Each reading of the picture, with where it begins in all that was read."""
    at = 0
    for text in (work.read.text if work.read else "").split(READINGS):
        yield at, text
        at += len(text) + len(READINGS)


def _moved(found: Found, at: int, shift: int) -> Found:
    return replace(found, term=found.term + shift, start=found.start + at, end=found.end + at)
