"""EvidenceBox: search, tag and exhibit a leaked trove, for the victims' side."""

from __future__ import annotations

__version__ = "0.1.0"
