"""Linux: how a process gives up everything but memory, time and the descriptors it was handed.

What is given up is given up for good, also by what the process may become. Called in a child that
the fork server made for one document; needs no privilege, and leaves none to root either.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from dataclasses import dataclass

from evidencebox.services import sandbox_filter
from evidencebox.services.sandbox import Tier

assert sys.platform == "linux"

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9
_NR_CAPSET = {"x86_64": 126, "aarch64": 91}
_NR_LANDLOCK_CREATE, _NR_LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_VERSION = 1
_CAPABILITIES_3 = 0x20080522
# Rights over files by Landlock's version (execute … make_sym, refer, truncate, ioctl_dev), then
# over TCP (bind, connect, from 4), then scopes (abstract sockets, signals, from 6).
_FILE_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_BITS_NOW = 16
_DESCRIPTORS = 64
_LEFT_OPEN = 16

_libc = ctypes.CDLL(None, use_errno=True)
_MACHINE = os.uname().machine


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What children are shut in with. `ruleset` is a descriptor, or -1 without Landlock."""

    tier: Tier
    ruleset: int = -1

    @property
    def filtered(self) -> bool:
        return self.tier in (Tier.FULL, Tier.SECCOMP)


def die_with(parent: int) -> None:
    """Ties this process's life to its parent's, whose thread must be the one that made it."""
    _check(_libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0), "PR_SET_PDEATHSIG")
    if os.getppid() != parent:
        os._exit(0)


def harden_server() -> None:
    """What the fork server gives up for itself and so for every child. It never reads a document.

    Few descriptors, nothing of the environment, no more rights by execution.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (_DESCRIPTORS, _DESCRIPTORS))
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS")
    os.environ.clear()


def landlock_version() -> int:
    """The kernel's Landlock version; 0 where it has none or it is switched off."""
    version: int = _libc.syscall(_NR_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION)
    return max(0, version)


def prepare(tier: Tier) -> Sandbox:
    """What a tier needs to be made ready once. Raises OSError where this kernel lacks it."""
    if tier in (Tier.FULL, Tier.SECCOMP) and not sandbox_filter.known(_MACHINE):
        raise OSError(f"no system call filter for {_MACHINE}")
    if tier in (Tier.FULL, Tier.LANDLOCK):
        return Sandbox(tier, _deny_all_ruleset())
    return Sandbox(tier)


def _deny_all_ruleset() -> int:
    """A ruleset that handles every right the kernel knows and grants none."""
    version = landlock_version()
    if version == 0:
        raise OSError("no Landlock")
    fields = [(1 << _FILE_BITS.get(version, _FILE_BITS_NOW)) - 1]
    if version >= 4:
        fields.append(0b11)
    if version >= 6:
        fields.append(0b11)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    ruleset: int = _libc.syscall(_NR_LANDLOCK_CREATE, attributes, len(attributes), 0)
    return _check(ruleset, "landlock_create_ruleset")


def enter(sandbox: Sandbox, keep: set[int], memory: int, seconds: float) -> None:
    """Shuts this process in: at most `memory` bytes of address space and `seconds` of CPU.

    Only the descriptors `keep` and the three standard ones stay open. Raises OSError, after which
    the process must not read a document.
    """
    _close_others(keep | {sandbox.ruleset})
    _limit(memory, seconds)
    if not sandbox.filtered:
        _lower(resource.RLIMIT_NPROC, 0)  # counts threads too, which a filter can tell apart
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS")
    _check(_libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0), "PR_SET_DUMPABLE")
    drop_capabilities()
    if sandbox.ruleset >= 0:
        _check(_libc.syscall(_NR_LANDLOCK_RESTRICT, sandbox.ruleset, 0), "landlock_restrict_self")
        os.close(sandbox.ruleset)
    if sandbox.filtered:
        load_filter(sandbox_filter.program(_MACHINE, os.getpid()))


def _close_others(keep: set[int]) -> None:
    low = 3
    for descriptor in sorted(number for number in keep if number >= low):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, max(low, _DESCRIPTORS))


def _limit(memory: int, seconds: float) -> None:
    # Wall-clock time is the parent's to keep; this is for a child that nobody waits for any more.
    cpu = int(seconds) + 10
    for what, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_NOFILE, _LEFT_OPEN),
    ):
        _lower(what, value)


def _lower(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))


def drop_capabilities() -> None:
    """None, also for root: it could raise its own limits and look into other processes."""
    number = _NR_CAPSET.get(_MACHINE)
    if number is not None:
        header, nothing = struct.pack("=Ii", _CAPABILITIES_3, 0), bytes(24)
        _check(_libc.syscall(number, header, nothing), "capset")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def load_filter(code: bytes) -> None:
    """From here on this process, and what it becomes, makes only the calls that `code` allows."""
    program = _Program(len(code) // 8, code)
    result = _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    _check(result, "PR_SET_SECCOMP")


def _check(result: int, what: str) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), what)
    return result
