"""Keeps what a process that holds keys has in memory out of core dumps, and from its neighbours."""

from __future__ import annotations

import contextlib
import sys

_SET_DUMPABLE = 4


def keep_private() -> None:
    """No core dump of this process and those it starts; on Linux no other program of the same
    user may look into it either. As far as the system lets us.
    """
    if sys.platform == "win32":
        return  # Windows keeps no dumps unless an administrator set it up
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
