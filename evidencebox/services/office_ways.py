"""Ways out of an office program's room, tried from within before a document is opened there."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import socket
import sys
from collections.abc import Callable
from typing import Final

assert sys.platform == "linux"

_NEWUSER, _PTRACE_SEIZE = 0x10000000, 0x4206
_SHUT: Final = frozenset({errno.EACCES, errno.EPERM, errno.ENOSYS, errno.ENOENT, errno.EROFS})
"""Stopped, or not there to begin with."""

_libc = ctypes.CDLL(None, use_errno=True)


def tried() -> int:
    """0, or the place of the first attempt that was not stopped."""
    for number, attempt in enumerate(ATTEMPTS, 1):
        try:
            attempt()
        except OSError as error:
            if error.errno in _SHUT:
                continue
        return number
    return 0


def _done(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "call")


def _inet(kind: int) -> None:
    with contextlib.closing(socket.socket(socket.AF_INET, kind)):
        pass


ATTEMPTS: Final[tuple[Callable[[], object], ...]] = (
    lambda: os.listdir("/proc"),
    lambda: os.listdir("/home"),
    lambda: os.listdir("/root"),
    lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
    lambda: os.close(os.open("/usr/lib/left", os.O_WRONLY | os.O_CREAT, 0o600)),
    lambda: os.close(os.open("/in/left", os.O_WRONLY | os.O_CREAT, 0o600)),
    lambda: os.close(os.open("/left", os.O_WRONLY | os.O_CREAT, 0o600)),
    lambda: _inet(socket.SOCK_STREAM),
    lambda: _inet(socket.SOCK_DGRAM),
    lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    lambda: os.fork() or os._exit(99),
    lambda: os.kill(1, 0),
    lambda: _done(_libc.unshare(_NEWUSER)),
    lambda: _done(_libc.mount(b"way", b"/work", b"tmpfs", 0, None)),
    lambda: _done(_libc.ptrace(_PTRACE_SEIZE, 1, None, None)),
    lambda: os.execv("/work/said", ["said"]),
)
