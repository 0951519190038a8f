"""The room in which an office program lays out one document: a worker of its own, for Linux.

New user, mount, network, process and IPC namespaces; a root of nothing but programs, libraries and
typefaces, read-only; the document, and memory to work in. Then no capabilities, Landlock, a filter
of system calls, limits. All of it is tried from within before the document is opened by anybody.

Standard input: a line of JSON (`Task`), then the document. Standard output: a line of JSON with
`bytes` or `error`, then the PDF. Needs no privilege; root gives its own up first.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import struct
import sys
import time
from pathlib import Path
from typing import Any, Final, NoReturn

from evidencebox.services import office_filter, office_ways, sandbox_linux

assert sys.platform == "linux"

_NEWNS, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x10000000, 0x20000000, 0x40000000
_NEWUTS, _NEWIPC = 0x4000000, 0x8000000
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT = 1, 2, 4, 8, 32
_BIND, _REC, _PRIVATE = 0x1000, 0x4000, 0x40000
_MNT_DETACH, _AT_FDCWD, _AT_RECURSIVE = 2, -100, 0x8000
_NR_MOUNT_SETATTR, _NR_LANDLOCK_ADD = 442, 445
_NR_PIVOT_ROOT: Final = {"x86_64": 155, "aarch64": 41}
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_NOBODY: Final = 65534
_INSIDE: Final = 1000
_SHOWN: Final = (
    *("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/libreoffice"),
    *("/usr/share/libreoffice", "/usr/share/fonts", "/usr/share/fontconfig", "/etc/fonts"),
    *("/usr/share/hyphen", "/usr/share/hunspell", "/usr/share/liblangtag"),
)
_MEMORY: Final = 4 << 30
_PDF: Final = 256 << 20
_AGAIN: Final = 81
"""An office program ends so when it has made itself a profile."""
_FAILED, _OPEN = 70, 100
_ROOM: Final = "/tmp"

_libc = ctypes.CDLL(None, use_errno=True)
_MACHINE = os.uname().machine


def main() -> int:
    """One document. Ends with its answer, whatever became of it."""
    task, answer, data = json.loads(sys.stdin.buffer.readline()), {"error": ""}, b""
    try:
        _build(task, sys.stdin.buffer.read(task["bytes"]))
        data = _laid_out(task) if task["suffix"] else _version(task)
    except (OSError, ValueError) as error:
        answer["error"] = str(error) or type(error).__name__
    sys.stdout.buffer.write(json.dumps(answer | {"bytes": len(data)}).encode() + b"\n" + data)
    sys.stdout.buffer.flush()
    return 0


def _laid_out(task: dict[str, Any]) -> bytes:
    wanted = ["--convert-to", "pdf", "--outdir", "/work/out", f"/in/document.{task['suffix']}"]
    return _result("/work/out/document.pdf", _run(task, wanted))


def _version(task: dict[str, Any]) -> bytes:
    return _result("/work/said", _run(task, ["--version"]))


def _result(path: str, status: int) -> bytes:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            data = file.read(_PDF + 1)
    except OSError:
        data = b""
    if status or not data or len(data) > _PDF:
        raise ValueError(f"the office program gave nothing (status {status})")
    return data


# --- the room


def _build(task: dict[str, Any], document: bytes) -> None:
    """Moves this process into the room; all it had open before is out of its reach by name."""
    _own_namespaces()
    _mount(None, "/", None, _REC | _PRIVATE)
    _mount("room", _ROOM, "tmpfs", _NOSUID | _NODEV, "size=1m,mode=755")
    for path in dict.fromkeys((*_SHOWN, task["program"])):
        _show(path)
    os.mkdir(f"{_ROOM}/dev")
    for device in ("/dev/null", "/dev/zero", "/dev/urandom"):
        Path(_ROOM + device).touch()
        _mount(device, _ROOM + device, None, _BIND)
    for name in ("in", "tmp", "work"):
        os.mkdir(f"{_ROOM}/{name}")
        flags = _NOSUID | _NODEV | _NOEXEC
        _mount(name, f"{_ROOM}/{name}", "tmpfs", flags, "size=512m,mode=700")
    Path(f"{_ROOM}/in/document.{task['suffix']}").write_bytes(document)
    _seal(f"{_ROOM}/in")
    profile = Path(f"{_ROOM}/work/profile/user")
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(task["settings"], encoding="utf-8")
    Path(f"{_ROOM}/work/out").mkdir()
    os.chdir(_ROOM)
    os.mkdir("old")
    _check(_libc.syscall(_NR_PIVOT_ROOT[_MACHINE], b".", b"old"), "pivot_root")
    os.chdir("/")
    _check(_libc.umount2(b"/old", _MNT_DETACH), "umount2")
    os.rmdir("/old")
    _mount(None, "/", None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)


def _own_namespaces() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        # Or the maps below would belong to root.
        _check(_libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0), "PR_SET_DUMPABLE")
    user, group, before = os.getuid(), os.getgid(), os.getppid()
    spaces = _NEWUSER | _NEWNS | _NEWNET | _NEWIPC | _NEWUTS
    _check(_libc.unshare(spaces), "unshare")
    Path("/proc/self/setgroups").write_bytes(b"deny")
    Path("/proc/self/uid_map").write_bytes(f"{_INSIDE} {user} 1".encode())
    Path("/proc/self/gid_map").write_bytes(f"{_INSIDE} {group} 1".encode())
    _check(_libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "PR_SET_PDEATHSIG")
    if os.getppid() != before:
        raise OSError("nobody waits for it any more")


def _show(path: str) -> None:
    """The same path in the room, read-only; a link as it is."""
    there = Path(_ROOM + path)
    if not os.path.exists(path) or there.exists():
        return
    there.parent.mkdir(parents=True, exist_ok=True)
    if os.path.islink(path):
        there.symlink_to(os.readlink(path))
        return
    if os.path.isdir(path):
        there.mkdir()
    else:
        there.touch()
    _mount(path, str(there), None, _BIND | _REC)
    _seal(str(there))


def _seal(path: str) -> None:
    """Read-only with all that is mounted below; Linux has the call since 5.12."""
    attributes = struct.pack("=4Q", _RDONLY | _NOSUID | _NODEV, 0, 0, 0)
    where = (_AT_FDCWD, path.encode(), _AT_RECURSIVE, attributes, len(attributes))
    _check(_libc.syscall(_NR_MOUNT_SETATTR, *where), "mount_setattr")


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, data: str | None = None
) -> None:
    coded = [text and text.encode() for text in (source, target, kind, data)]
    done = _libc.mount(coded[0], coded[1], coded[2], ctypes.c_ulong(flags), coded[3])
    _check(done, f"mount {target}")


# --- what runs in it


def _run(task: dict[str, Any], arguments: list[str]) -> int:
    """Tries the ways out, then runs the office program, which may want to begin again.

    All in a process namespace that ends, with whatever is left in it, when its first process does.
    Returns the exit status. Raises OSError where a way out is open, ValueError where it is late.
    """
    _check(_libc.unshare(_NEWPID), "unshare")
    first = os.fork()
    if first == 0:
        _be_first(task, arguments)
    end = time.monotonic() + task["seconds"]
    while not (done := os.waitpid(first, os.WNOHANG))[0]:
        if time.monotonic() > end:
            os.kill(first, signal.SIGKILL)
            os.waitpid(first, 0)
            raise ValueError("the office program took too long")
        time.sleep(0.01)
    status = os.waitstatus_to_exitcode(done[1])
    if status >= _OPEN:
        raise OSError(f"the room is not shut: way {status - _OPEN}")
    return status


def _be_first(task: dict[str, Any], arguments: list[str]) -> NoReturn:
    code = _FAILED
    try:
        _check(_libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "PR_SET_PDEATHSIG")
        way = _child(task, None)
        if way:
            code = _OPEN + way
        else:
            code = _child(task, arguments)
            if code == _AGAIN:
                code = _child(task, arguments)
            code = 0 if code == 0 else _FAILED
    finally:
        os._exit(code)


def _child(task: dict[str, Any], arguments: list[str] | None) -> int:
    """Shut in, as the second process; without arguments it tries the ways out."""
    second = os.fork()
    if second == 0:
        _enter(task, arguments)
    status = os.waitstatus_to_exitcode(os.waitpid(second, 0)[1])
    return status if status >= 0 else _FAILED


def _enter(task: dict[str, Any], arguments: list[str] | None) -> NoReturn:
    try:
        program = f"{task['program']}/soffice.bin"
        nowhere = os.open("/dev/null", os.O_RDWR)
        said = os.open("/work/said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for number, target in ((nowhere, 0), (said, 1), (nowhere, 2)):
            os.dup2(number, target)
        os.closerange(3, 1024)
        _limit(task["seconds"])
        _check(_libc.prctl(38, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS")
        sandbox_linux.drop_capabilities()
        _may_execute_only((program, os.path.realpath(_interpreter(program))))
        sandbox_linux.load_filter(office_filter.program(_MACHINE))
        if arguments is None:
            os._exit(office_ways.tried())
        os.execve(program, [program, *_FLAGS, *arguments], _environment(task["program"]))
    finally:
        os._exit(125)


_FLAGS: Final = (
    *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
    "-env:UserInstallation=file:///work/profile",
)


def _environment(program: str) -> dict[str, str]:
    # Without /proc the loader cannot tell where a program stands.
    found = {"LD_LIBRARY_PATH": program, "HOME": "/work", "TMPDIR": "/tmp", "TZ": "UTC"}
    return found | {"LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1"}


def _limit(seconds: float) -> None:
    for what, value in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, int(seconds) + 10),
        (resource.RLIMIT_FSIZE, _PDF),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 512),
        (resource.RLIMIT_NPROC, 256),
    ):
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))


def _interpreter(program: str) -> str:
    """The loader that a 64-bit ELF file names."""
    with open(program, "rb") as file:
        head = file.read(4096)
    at, (size, count) = struct.unpack_from("<Q", head, 32)[0], struct.unpack_from("<HH", head, 54)
    for number in range(count):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", head, at + number * size)
        if kind == 3:
            return head[offset : offset + length].rstrip(b"\0").decode()
    raise ValueError("no program for this system")


def _may_execute_only(programs: tuple[str, ...]) -> None:
    """Landlock: nothing else is run; from 4 no TCP, from 6 no signals or sockets out of here."""
    version = sandbox_linux.landlock_version()
    if version == 0:
        raise OSError("no Landlock")
    fields = [1] + [0b11] * ((version >= 4) + (version >= 6))
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    rules = _check(_libc.syscall(444, attributes, len(attributes), 0), "landlock_create_ruleset")
    for program in programs:
        descriptor = os.open(program, os.O_PATH)
        rule = struct.pack("=Qi", 1, descriptor)
        _check(_libc.syscall(_NR_LANDLOCK_ADD, rules, 1, rule, 0), "landlock_add_rule")
        os.close(descriptor)
    _check(_libc.syscall(446, rules, 0), "landlock_restrict_self")
    os.close(rules)


def _check(result: int, what: str) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), what)
    return result
