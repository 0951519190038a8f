"""Tells an installer that this program runs, so that it does not replace libraries under it.

Windows only: the set-up program looks for a mutex of this name (`AppMutex` in
`build/windows/evidencebox.iss`). On Linux the package looks for the processes themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

MUTEX = "EvidenceBoxRunning"

Create = Callable[[None, bool, str], int | None]
"""As Windows' CreateMutexW: security, whether to own it, name → a handle, or nothing."""

_held: list[int] = []


def announce(create: Create | None = None) -> bool:
    """Makes the mutex, which lives as long as this process. Returns whether it was made.

    A process that cannot make it works all the same: only an installer would not be warned.
    """
    create = create or _of_windows()
    handle = create(None, False, MUTEX) if create is not None else None
    if handle:
        _held.append(handle)
    return bool(handle)


def _of_windows() -> Create | None:
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        create: Create = ctypes.WinDLL("kernel32").CreateMutexW
        create.argtypes = (wintypes.LPVOID, wintypes.BOOL, wintypes.LPCWSTR)  # type: ignore[attr-defined]
        create.restype = wintypes.HANDLE  # type: ignore[attr-defined]
        return create
    return None
