"""What is still to be done for a case that was locked: by a child of its own, which nobody awaits.

A lock drops the keys within two seconds. The backup of a large case.db takes longer; so a trusted
child gets the keys by pipe, as an import does, makes it, and ends.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence

_left: list[subprocess.Popen[bytes]] = []
"""Those that were begun and may not have ended: kept until it is known that they have."""


def leave(command: Sequence[str], first: bytes) -> Callable[[], bool]:
    """Starts a child that outlives this process, and hands it `first`. Raises OSError.

    Returns what tells whether it still runs.
    """
    child = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # may quote what it works on
        start_new_session=os.name != "nt",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _left[:] = [other for other in _left if other.poll() is None] + [child]
    assert child.stdin is not None
    with child.stdin as pipe:
        pipe.write(first)
    return lambda: child.poll() is None
