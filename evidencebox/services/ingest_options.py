"""What can be chosen for an ingest."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from evidencebox.model.extraction import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest. `workers`: extractors, and as many analysers beside them.

    `ocr`: languages of text recognition joined by `+`; empty for none now (pages go on waiting).
    Without `ocr_wait` the pages are left for the same call another time. `dangerous_formats`: see
    `ExtractPool`.
    """

    workers: int = max(1, os.cpu_count() or 1)
    custodian: str = ""
    limits: Limits = field(default_factory=Limits)
    ocr: str = ""
    ocr_wait: bool = True
    dangerous_formats: bool = False
