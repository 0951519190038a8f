"""A message's last page: the header fields that its first does not show, for search to find."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.headers import Headers, decoded
from evidencebox.extract.job import Job

LABEL: Final = "other headers"
_STRUCTURE: Final = ("mime-version", "content-type", "content-transfer-encoding")


def other_headers(job: Job, headers: Headers, shown: Collection[str]) -> None:
    """Which way a message came, and by what; no page where only MIME's own fields are left.

    `shown`: names of those on page 1, in lower case.
    """
    others = [(key, raw) for key, raw in headers.fields if key and key not in shown]
    if all(key in _STRUCTURE for key, _ in others):
        return
    flow = Flow(job, LABEL)
    for key, raw in others:
        flow.add(f"{key.title()}: {' '.join(decoded(raw).split())}\n", "mail_header")
    flow.close()
