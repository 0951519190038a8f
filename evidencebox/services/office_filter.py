"""The system calls of an office program: files, threads and local sockets, within its own room.

An allow-list as for readers, longer. What may be named is decided by the room's file system, what
may be run by Landlock; here is no network address, no new process, mount, trace or key.
"""

from __future__ import annotations

from typing import Final

from evidencebox.services import sandbox_filter

_NONE: Final = -1
_CALLS: Final[dict[str, tuple[int, int]]] = {
    "open": (2, _NONE),
    "openat": (257, 56),
    "stat": (4, _NONE),
    "lstat": (6, _NONE),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, _NONE),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, _NONE),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "unlink": (87, _NONE),
    "unlinkat": (263, 35),
    "rename": (82, _NONE),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, _NONE),
    "mkdirat": (258, 34),
    "rmdir": (84, _NONE),
    "link": (86, _NONE),
    "linkat": (265, 37),
    "chmod": (90, _NONE),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "utimensat": (280, 88),
    "umask": (95, 166),
    "flock": (73, 32),
    "pwrite64": (18, 68),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "fadvise64": (221, 223),
    "msync": (26, 227),
    "sendfile": (40, 71),
    "accept": (43, 202),
    "accept4": (288, 242),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "shutdown": (48, 210),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "getsockname": (51, 204),
    "getpeername": (52, 205),
    "getsockopt": (55, 209),
    "setsockopt": (54, 208),
    "select": (23, _NONE),
    "pselect6": (270, 72),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, _NONE),
    "epoll_pwait": (281, 22),
    "eventfd2": (290, 19),
    "pipe": (22, _NONE),
    "pipe2": (293, 59),
    "prlimit64": (302, 261),
    "getrlimit": (97, 163),
    "uname": (63, 160),
    "set_tid_address": (218, 96),
    "arch_prctl": (158, _NONE),
    "execve": (59, 221),
    "wait4": (61, 260),
    "getpgrp": (111, _NONE),
    "getpgid": (121, 155),
    "getpriority": (140, 141),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getgroups": (115, 158),
    "sched_getscheduler": (145, 120),
    "sched_getparam": (143, 121),
    "tgkill": (234, 131),
    "rt_sigtimedwait": (128, 137),
    "get_robust_list": (274, 100),
}
_AF_UNIX: Final = 1
# Names of threads, and whether it may be traced.
_PRCTL_OPTIONS: Final = (3, 15, 16)
# TCGETS, FIONREAD, FIONBIO, FIOCLEX. Not TIOCSTI, which types on a terminal.
_IOCTLS: Final = (0x5401, 0x541B, 0x5421, 0x5451)
# As readers, and F_SETFL and locks.
_FCNTL_COMMANDS: Final = (0, 1, 2, 3, 4, 5, 6, 7, 1030)


def program(machine: str) -> bytes:
    """The filter, as an array of `struct sock_filter`. Threads may be made, processes not."""
    return sandbox_filter.assembled(
        machine,
        sandbox_filter.CALLS | _CALLS,
        (
            ((41, 198), 0, (_AF_UNIX,)),  # socket
            ((53, 199), 0, (_AF_UNIX,)),  # socketpair
            ((157, 167), 0, _PRCTL_OPTIONS),
            ((16, 29), 1, _IOCTLS),
            (sandbox_filter.FCNTL, 1, _FCNTL_COMMANDS),
            (sandbox_filter.CLONE, 0, sandbox_filter.THREAD_FLAGS),
        ),
    )
