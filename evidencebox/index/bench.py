"""What a measurement says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenchLine:
    """One line of `evidencebox bench`. `ratio` above 1: we are that many times better."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float
