"""Attempts to escape, made for real by a shut-in process at the start of a worker.

Each gives the error number that stopped it, or 0 where nothing did. They touch nothing of the case
and leave nothing behind, even where they succeed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import secrets
import socket
import sys
from collections.abc import Callable

assert sys.platform == "linux"

# Stopped by the sandbox, and not because there was nobody to speak to.
STOPPED = frozenset(
    {errno.EACCES, errno.EPERM, errno.ENOSYS, errno.EAGAIN, errno.EFBIG, errno.EXDEV}
)
EXEC_ESCAPED = 99
_PTRACE_SEIZE = 0x4206
_NOBODY = ("127.0.0.1", 9)

_libc = ctypes.CDLL(None, use_errno=True)


def attempts(parent: int) -> dict[str, int]:
    """Everything but exec, which would not come back; `parent` is a process outside the sandbox."""
    return {name: _errno(attempt, parent) for name, attempt in _ATTEMPTS.items()}


def execute() -> int:
    """The error number; where the attempt succeeds the process ends with EXEC_ESCAPED instead."""
    return _errno(lambda _: _exec(), 0)


def _errno(attempt: Callable[[int], None], parent: int) -> int:
    try:
        attempt(parent)
    except OSError as error:
        return error.errno or errno.EPERM
    return 0


def _read(_: int) -> None:
    os.close(os.open("/proc/self/status", os.O_RDONLY))


def _list(_: int) -> None:
    os.listdir("/")


def _write(_: int) -> None:
    path = f"/tmp/evidencebox-probe-{secrets.token_hex(8)}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, b"probe")
    finally:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            os.unlink(path)


def _tcp(_: int) -> None:
    # Refused by the other side means that this side let it out.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(_NOBODY)


def _udp(_: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"probe", _NOBODY)


def _unix(_: int) -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


def _fork(_: int) -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _exec() -> None:
    os.execv("/bin/sh", ["sh", "-c", f"exit {EXEC_ESCAPED}"])


def _signal(parent: int) -> None:
    os.kill(parent, 0)


def _ptrace(parent: int) -> None:
    # Seizing does not stop the other process, and ends with this one.
    if _libc.ptrace(_PTRACE_SEIZE, parent, None, None) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


_ATTEMPTS: dict[str, Callable[[int], None]] = {
    "read": _read,
    "list": _list,
    "write": _write,
    "tcp": _tcp,
    "udp": _udp,
    "unix": _unix,
    "fork": _fork,
    "signal": _signal,
    "ptrace": _ptrace,
}
