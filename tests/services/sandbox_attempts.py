"""Tries to escape from a sandbox, each way in a process of its own. Started by tests only.

Arguments: the package's folder, a tier (`none` for no sandbox at all), a folder that may be written
to. Prints a JSON object: the error number that stopped each attempt, 0 where nothing did.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import resource
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, sys.argv[1])

from evidencebox.services import sandbox_linux
from evidencebox.services.sandbox import Tier

FOLDER = Path(sys.argv[3])
ABSTRACT = f"\0evidencebox-test-{os.getpid()}"
X86 = platform.machine() == "x86_64"
libc = ctypes.CDLL(None, use_errno=True)

tcp = socket.create_server(("127.0.0.1", 0))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", 0))
named = socket.socket(socket.AF_UNIX)
named.bind(str(FOLDER / "socket"))
named.listen()
abstract = socket.socket(socket.AF_UNIX)
abstract.bind(ABSTRACT)
abstract.listen()
(FOLDER / "known").write_bytes(b"known")
program = os.open("/bin/true", os.O_RDONLY)
outside = os.getpid()
tcp_address, udp_address = tcp.getsockname(), udp.getsockname()


def call(number: int, *arguments: object) -> None:
    """A system call by its number on x86-64."""
    result = libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"system call {number}")


def connect(family: int, kind: int, address: tuple[str, int] | str) -> None:
    with socket.socket(family, kind) as sock:
        sock.connect(address)
        sock.send(b"escaped")


def fork() -> None:
    if (pid := os.fork()) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def thread() -> None:
    started = threading.Thread(target=lambda: None)
    try:
        started.start()
    except RuntimeError:
        raise OSError(errno.EAGAIN, "no thread") from None
    started.join()


def write() -> None:
    with open(FOLDER / f"written-{os.getpid()}", "wb", buffering=0) as out:
        out.write(b"escaped")


def bind() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))


# What every tier with a filter has to stop; the ten of the report first.
CORE: dict[str, Callable[[], object]] = {
    "read": lambda: (FOLDER / "known").read_bytes(),
    "list": lambda: os.listdir(FOLDER),
    "write": write,
    "tcp": lambda: connect(socket.AF_INET, socket.SOCK_STREAM, tcp_address),
    "udp": lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, udp_address),
    "unix": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, str(FOLDER / "socket")),
    "abstract": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, ABSTRACT),
    "fork": fork,
    "exec": lambda: os.execv("/bin/sh", ["sh", "-c", "exit 99"]),
    "signal": lambda: os.kill(outside, 0),
}
MORE: dict[str, Callable[[], object]] = {
    "thread": thread,
    "bind": bind,
    "socketpair": socket.socketpair,
    "netlink": lambda: socket.socket(getattr(socket, "AF_NETLINK", 16), socket.SOCK_RAW),
    "read own memory": lambda: os.open("/proc/self/mem", os.O_RDWR),
    "read another's environment": lambda: Path(f"/proc/{outside}/environ").read_bytes(),
    "status of a path": lambda: os.stat(FOLDER / "known"),
    "truncate": lambda: os.truncate(FOLDER / "known", 0),
    "remove": lambda: os.unlink(FOLDER / "known"),
    "make a folder": lambda: os.mkdir(FOLDER / "made"),
    "link": lambda: os.symlink("known", FOLDER / "link"),
    "rename": lambda: os.rename(FOLDER / "known", FOLDER / "renamed"),
    "mode": lambda: os.chmod(FOLDER / "known", 0o777),
    "change folder": lambda: os.chdir(FOLDER),
    "change root": lambda: os.chroot(FOLDER),
    "exec of a descriptor": lambda: os.execve(program, ["true"], {}),
    "file in memory": lambda: os.memfd_create("x"),
    "own session": os.setsid,
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, outside, 19),
    "limits of another": lambda: resource.prlimit(outside, resource.RLIMIT_NOFILE),
    "own limits": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    "descriptor of a process": lambda: os.pidfd_open(outside),
}
# By number, on x86-64: what Python has no function for.
NUMBERS: dict[str, tuple[object, ...]] = {
    "open": (2, b"/etc/passwd", 0),
    "open by the x32 number": (0x40000000 | 2, b"/etc/passwd", 0),
    "openat2": (437, -100, b"/etc/passwd", bytes(24), 24),
    "vfork": (58,),
    "clone": (56, 17, 0, 0, 0, 0),
    "clone3": (435, bytes(88), 88),
    "ptrace": (101, 0x4206, outside, 0, 0),
    "process_vm_readv": (310, outside, 0, 0, 0, 0, 0),
    "signal to a thread of another": (234, outside, outside, 0),
    "tkill": (200, outside, 0),
    "sigqueue": (129, outside, 0, 0),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0),
    "unshare": (272, 0x10000000),
    "setns": (308, program, 0),
    "bpf": (321, 0, 0, 0),
    "perf_event_open": (298, 0, 0, -1, -1, 0),
    "io_uring_setup": (425, 1, 0),
    "keyctl": (250, 0, -3, 0),
    "add_key": (248, b"user", b"x", b"x", 1, -3),
    "userfaultfd": (323, 0),
    "personality": (135, 0xFFFFFFFF),
    "prctl": (157, 3, 0, 0, 0, 0),
    "seccomp": (317, 2, 0, 0),
    "ioctl": (16, 0, 0x5412, b"x"),
    "order signals by descriptor": (72, 0, 8, outside),
    "sendto": (44, 0, b"x", 1, 0, 0, 0),
    "sendmsg": (46, 0, bytes(56), 0),
    "shared memory": (29, 0, 4096, 0o1600),
    "message queue": (68, 0, 0o1600),
    "inotify": (253,),
    "capabilities": (126, 0, 0),
    "module": (175, 0, 0, 0),
    "other's affinity": (203, outside, 8, bytes(8)),
    "kcmp": (312, outside, outside, 0, 0, 0),
}


def by_number(arguments: tuple[object, ...]) -> Callable[[], object]:
    return lambda: call(*arguments)  # type: ignore[arg-type]


def attempts() -> dict[str, Callable[[], object]]:
    if sys.argv[2] not in ("full", "seccomp"):
        return CORE  # the others might do harm where they succeed
    numbered = {name: by_number(arguments) for name, arguments in NUMBERS.items() if X86}
    return CORE | MORE | numbered


def tried(attempt: Callable[[], object], tier: str) -> int:
    """The error number of one attempt in a child of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if tier != "none":
                sandbox = sandbox_linux.prepare(Tier(tier))
                keep = {writing, program}
                sandbox_linux.enter(sandbox, keep, 1 << 31, 30.0)
            found = 0
            try:
                attempt()
            except OSError as error:
                found = error.errno or -1
            os.write(writing, str(found).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as said:
        answer = said.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    # One that was replaced by another program says nothing, and one that forked may say it twice.
    return 0 if status or not answer else int(answer)


found = {name: tried(attempt, sys.argv[2]) for name, attempt in attempts().items()}
sys.stdout.write(json.dumps(found))
