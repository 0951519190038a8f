"""One worker process: how it is started, spoken to, killed and buried.

POSIX: a socket pair is both its standard input and output, so that a descriptor can travel with a
frame and a blocked reader can be woken. Elsewhere, and on request: two pipes. A worker leads a
process group (POSIX) or a job (Windows), and is killed with all it started.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal, cast

import evidencebox

if sys.platform == "win32":
    from evidencebox.services.windows_job import Job as WindowsJob

Transport = Literal["socket", "pipes"]

POSIX = os.name == "posix"
_BUFFER = 256 << 10
_FROM_OUTSIDE = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")
_BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); import evidencebox.__main__ as m; m.run()"


def worker_command(role: str) -> list[str]:
    """How this very program is started as a worker of the role."""
    return own_command("--worker", role)


def own_command(*arguments: str) -> list[str]:
    """How this very program is started once more, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    root = str(Path(evidencebox.__file__).resolve().parents[1])
    # Isolated: neither the environment nor the current folder may choose what a worker imports.
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOT, root, *arguments]


def worker_environment(outside: Mapping[str, str]) -> dict[str, str]:
    """What a worker may know of the environment: nothing but what Windows needs to start it."""
    kept = {name: outside[name] for name in _FROM_OUTSIDE if name in outside}
    return kept | {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class WorkerProcess:
    """A running worker. `read` and `write` are for its owner's thread, `kill` for any thread.

    `killed` says that its end was our doing.
    """

    def __init__(self, command: Sequence[str], transport: Transport | None = None) -> None:
        self.transport: Transport = transport or ("socket" if POSIX else "pipes")
        self._lock = threading.Lock()
        self._over = False
        self.killed = False
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes]
        self._reader: IO[bytes]
        if self.transport == "socket":
            self._start_on_socket(command)
        else:
            self._start_on_pipes(command)

    @property
    def pid(self) -> int:
        """Its process id, which is also its group's."""
        return self._process.pid

    def _start_on_socket(self, command: Sequence[str]) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = _spawn(command, theirs.fileno(), theirs.fileno())
            except BaseException:
                ours.close()
                raise
        self._socket = ours
        self._reader = cast(IO[bytes], ours.makefile("rb", buffering=_BUFFER))

    def _start_on_pipes(self, command: Sequence[str]) -> None:
        self._process = _spawn(command, subprocess.PIPE, subprocess.PIPE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._reader = self._process.stdout
        if sys.platform == "win32":
            self._job = WindowsJob()
            self._job.adopt(self._process)

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, or fewer where the worker's stream ended."""
        try:
            return self._reader.read(size)
        except ConnectionResetError:  # it died before it had read all we wrote
            return b""

    def write(self, data: bytes, descriptor: int | None = None) -> None:
        """Sends bytes, and a descriptor with them (sockets only). Raises OSError when it ended."""
        if self._socket is None:
            assert descriptor is None
            assert self._process.stdin is not None
            self._process.stdin.write(data)
            self._process.stdin.flush()
        elif descriptor is None:
            self._socket.sendall(data)
        elif sys.platform != "win32":
            sent = socket.send_fds(self._socket, [data], [descriptor])
            self._socket.sendall(data[sent:])

    def kill(self) -> None:
        """Ends the worker and its group now, and wakes whoever waits for it. Any thread."""
        with self._lock:
            if self._over or self._process.returncode is not None:
                return
            self.killed = True
            _kill_group(self._process)
            if sys.platform == "win32":
                self._job.kill()
            if self._socket is not None:
                # A grandchild that left the group may still hold the other end.
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def bury(self, patience: float) -> int:
        """Waits up to `patience` seconds for the worker's own end, then kills it. Its exit status.

        Negative: the signal that ended it. For the owner's thread; nothing may be called after.
        """
        self._end_input()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
        with self._lock:
            self._over = True
        status = self._process.wait()
        _kill_group(self._process)  # what it may have started outlives it otherwise
        self._close()
        return status

    def _end_input(self) -> None:
        with contextlib.suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_WR)
            elif self._process.stdin is not None:
                self._process.stdin.close()

    def _close(self) -> None:
        self._reader.close()
        if self._socket is not None:
            self._socket.close()
        if sys.platform == "win32":
            self._job.close()


def _spawn(command: Sequence[str], stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    special: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        from evidencebox.services.windows_job import CREATION_FLAGS

        special = {"creationflags": CREATION_FLAGS}
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        # Parsers quote what they read in their complaints; nobody may keep that.
        stderr=subprocess.DEVNULL,
        env=worker_environment(os.environ),
        cwd=os.path.abspath(os.sep),
        close_fds=True,
        **special,
    )


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
