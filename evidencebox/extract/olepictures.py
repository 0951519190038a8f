"""Pictures found in an old Office document, as children."""

from __future__ import annotations

from collections.abc import Iterator

from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.oleart import Picture
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead


def emit(job: Job, found: Iterator[Picture]) -> None:
    """Each different picture as a child, inside the ratio limits."""
    budget = Budget(job, job.size)
    seen: set[bytes] = set()
    for number, picture in enumerate(found, 1):
        mark = picture.data[:4_096] + len(picture.data).to_bytes(8, "little")
        if mark in seen:
            continue
        seen.add(mark)
        try:
            budget.open_member(job.size)
            budget.charge(len(picture.data))
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error
        name = f"picture {number}.{picture.ending}"
        job.whole(ChildHead(name, "embedded", "", str(number)), picture.data)
