"""How much may come out of a compressed container, for what went in."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.job import Job

_ROOM: Final = 64
"""MiB that any outermost container may hold whatever the ratio: a real log of one line repeated
deflates 1000:1. Each level below has a quarter, so that nesting cannot multiply it."""


class Overflow(Exception):
    """The ratio is that of a bomb. `whole` when the container, not one member, is over."""

    def __init__(self, whole: bool, ratio: int) -> None:
        what = "It" if whole else "A member"
        super().__init__(what)
        self.whole = whole
        self.reason = f"{what} unpacks to more than {ratio} times its size, as a bomb does."


class Budget:
    """Counts bytes out against bytes in, for each member and for the whole container."""

    def __init__(self, job: Job, packed: int) -> None:
        limits = job.limits
        room = (_ROOM * limits.ratio_after_bytes) >> (2 * min(job.hint.depth, 3))
        self._ratio = limits.ratio
        self._room = room
        self._whole_left = max(room, limits.ratio * packed)
        self._member_left = self._whole_left

    def open_member(self, packed: int) -> None:
        self._member_left = max(self._room, self._ratio * packed)

    def most(self, packed: int) -> int:
        """How many bytes a member that takes up `packed` may still unpack to."""
        return max(0, min(self._whole_left, max(self._room, self._ratio * packed)))

    def charge(self, size: int) -> None:
        """Raises `Overflow` when `size` more bytes are too many."""
        self._whole_left -= size
        self._member_left -= size
        if self._whole_left < 0 or self._member_left < 0:
            raise Overflow(self._whole_left < 0, self._ratio)
