"""A synthetic leak of an invented city's police: trove, roster and answer key (docs/sample.md)."""

from __future__ import annotations

from evidencebox.sample.generate import SampleSummary, generate

__all__ = ["SampleSummary", "generate"]
