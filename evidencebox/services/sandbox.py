"""How strongly a worker is shut in: the tiers, by name and by strength.

Names and their order only, the same on every system; what they are made of stands in the
`sandbox_*` modules, each for one system.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Tier(StrEnum):
    """What held when a worker tried to escape at its start. Strongest first."""

    FULL = "full"
    """Linux: Landlock, seccomp, limits; a fresh process for each document."""
    SECCOMP = "seccomp"
    """The same without Landlock."""
    SEATBELT = "seatbelt"
    """macOS: a profile that denies everything, and limits."""
    LANDLOCK = "landlock"
    """Linux: Landlock and limits; some sockets and new processes are not denied."""
    LOW = "low"
    """Windows: a job of one process with bounded memory, and low integrity."""
    JOB = "job"
    """Windows: the job alone."""
    LIMITS = "limits"
    """Limits on memory, time and files written, and no way to more rights. Nothing else."""
    NONE = "none"


LINUX_TIERS = (Tier.FULL, Tier.SECCOMP, Tier.LANDLOCK, Tier.LIMITS)
WEAKEST = frozenset({Tier.JOB, Tier.LIMITS, Tier.NONE})
"""At these, a reader that is taken over can read what its user can: the oldest formats are left."""
_STRENGTH = {tier: rank for rank, tier in enumerate(reversed(Tier))}


def weakest(tiers: Iterable[str]) -> str:
    """The weakest of some tiers; empty where there are none. A name nobody knows counts as none."""
    known = [Tier(tier) if tier in set(Tier) else Tier.NONE for tier in tiers if tier]
    return min(known, key=lambda tier: _STRENGTH[tier]).value if known else ""
