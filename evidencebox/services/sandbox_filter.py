"""The seccomp filter: the system calls that reading a document needs, and no other.

An allow-list, so a call that a later kernel brings is denied too. Denied calls fail with EACCES,
which Python's import system and its libraries take for an unreadable path; a call by another
architecture's numbers kills the process. No library: the program is a hundred instructions.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Mapping, Sequence
from typing import Final

# linux/audit.h; then what each call is numbered on x86-64 and on 64-bit ARM (0: has no such call).
_ARCHITECTURES: Final = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_NONE: Final = -1
Condition = tuple[tuple[int, int], int, tuple[int, ...]]
"""A call by its numbers, which of its arguments, and the values it may have."""
CALLS: Final[dict[str, tuple[int, int]]] = {
    # descriptors that are open already
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "poll": (7, _NONE),
    "lseek": (8, 62),
    "pread64": (17, 67),
    "readv": (19, 65),
    "writev": (20, 66),
    "dup": (32, 23),
    "dup2": (33, _NONE),
    "dup3": (292, 24),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "ppoll": (271, 73),
    "close_range": (436, 436),
    # memory
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mremap": (25, 216),
    "madvise": (28, 233),
    # time, signals to itself, waiting
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "sched_yield": (24, 124),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, _NONE),
    "times": (100, 153),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "membarrier": (324, 283),
    "rseq": (334, 293),
    # questions about itself
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "sched_getaffinity": (204, 123),
    "getrandom": (318, 278),
    # the end
    "exit": (60, 93),
    "exit_group": (231, 94),
}
FCNTL: Final = (72, 25)
_FSTATAT: Final = (262, 79)
_TGKILL: Final = (234, 131)
CLONE: Final = (56, 220)
_CLONE3: Final = (435, 435)

# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC. Not F_SETOWN: it sends signals.
_FCNTL_COMMANDS: Final = (0, 1, 2, 3, 1030)
# A thread as glibc and musl ask for it; nothing else may be cloned. The HEIC decoder needs threads.
THREAD_FLAGS: Final = (0x3D0F00, 0x7D0F00)
_AT_EMPTY_PATH: Final = 0x1000

_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


def known(machine: str) -> bool:
    """Whether the filter can be made for a machine as `os.uname` names it."""
    return machine in _ARCHITECTURES


def program(machine: str, pid: int) -> bytes:
    """The filter for the process `pid`, as an array of `struct sock_filter`.

    The number is that of the process which will run under it: it may send signals to itself alone.
    """
    return assembled(
        machine,
        CALLS,
        (
            (CLONE, 0, THREAD_FLAGS),
            (FCNTL, 1, _FCNTL_COMMANDS),
            # This is how older C libraries ask for the state of a descriptor.
            (_FSTATAT, 3, (_AT_EMPTY_PATH,)),
            (_TGKILL, 0, (pid,)),
        ),
    )


def assembled(
    machine: str, calls: Mapping[str, tuple[int, int]], conditions: Sequence[Condition]
) -> bytes:
    """A filter that lets some calls pass, and others with certain values of one argument."""
    audit, column = _ARCHITECTURES[machine]
    out = [
        _op(_LOAD, _ARCHITECTURE),
        _op(_EQUAL, audit, true=1),
        _op(_RETURN, _KILL),
        _op(_LOAD, _NUMBER),
    ]
    for numbers in calls.values():
        if numbers[column] != _NONE:
            out += [_op(_EQUAL, numbers[column], false=1), _op(_RETURN, _ALLOW)]
    # Its flags lie in memory, where a filter cannot look; the C library then tries clone.
    out += [_op(_EQUAL, _CLONE3[column], false=1), _op(_RETURN, _ERRNO | errno.ENOSYS)]
    for numbers, argument, values in conditions:
        out += _where(numbers[column], argument, values)
    out.append(_op(_RETURN, _ERRNO | errno.EACCES))
    return b"".join(out)


def _where(number: int, argument: int, values: tuple[int, ...]) -> list[bytes]:
    """A call that is allowed with these values of an argument only (its low 32 bits)."""
    checks = [_op(_LOAD, _ARGUMENTS + 8 * argument)]
    for value in values:
        checks += [_op(_EQUAL, value, false=1), _op(_RETURN, _ALLOW)]
    checks.append(_op(_RETURN, _ERRNO | errno.EACCES))
    return [_op(_EQUAL, number, false=len(checks)), *checks]


def _op(code: int, value: int, true: int = 0, false: int = 0) -> bytes:
    """An instruction; `true` and `false` are how many to skip after a comparison."""
    return struct.pack("=HBBI", code, true, false, value)
