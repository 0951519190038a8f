"""One worker process: how it is started, spoken to, killed and buried.

POSIX: a socket pair is both its standard input and output, so that a descriptor can travel with a
frame and a blocked reader can be woken. Elsewhere, and on request: two pipes. A worker leads a
process group (POSIX) or a job (Windows), and is killed with all it started.

A worker that forks gets a socket pair more for each task; what is read and written then is its
child's, and the first pair is between this process and the fork server alone.
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
from evidencebox.model.frames import FrameType, ProtocolError, encode, read_frame
from evidencebox.model.messages import read_exit

if sys.platform == "win32":
    from evidencebox.services.windows_job import Job as WindowsJob

Transport = Literal["socket", "pipes"]

POSIX = os.name == "posix"
_BUFFER = 256 << 10
_FORK, _REAP = encode(FrameType.FORK), encode(FrameType.REAP)
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


class _SocketStream:
    """One end of a socket pair: bytes, and descriptors between them."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._reader = cast(IO[bytes], sock.makefile("rb", buffering=_BUFFER))

    def read(self, size: int) -> bytes:
        try:
            return self._reader.read(size)
        except ConnectionResetError:  # the other side died before it had read all we wrote
            return b""

    def write(self, data: bytes, descriptor: int | None) -> None:
        if descriptor is None:
            self._socket.sendall(data)
        elif sys.platform != "win32":
            sent = socket.send_fds(self._socket, [data], [descriptor])
            self._socket.sendall(data[sent:])

    def patience(self, seconds: float | None) -> None:
        self._socket.settimeout(seconds)

    def wake(self) -> None:
        # Something that left the worker's group may still hold the other end.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def end_input(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._reader.close()
        self._socket.close()


class _PipeStream:
    """A worker's standard input and output."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input, self._output = process.stdin, process.stdout

    def read(self, size: int) -> bytes:
        return self._output.read(size)

    def write(self, data: bytes, descriptor: int | None) -> None:
        assert descriptor is None
        self._input.write(data)
        self._input.flush()

    def wake(self) -> None:
        """Not to be had: the end of the process closes its pipes, and nothing sooner."""

    def end_input(self) -> None:
        with contextlib.suppress(OSError):
            self._input.close()

    def close(self) -> None:
        self._output.close()


class WorkerProcess:
    """A running worker. `kill` is for any thread, all else for its owner's.

    `killed` says that its end was our doing; `forks`, which its owner sets once the worker has said
    so, that each task has a child of its own. What is read and written is then that child's.
    """

    def __init__(self, command: Sequence[str], transport: Transport | None = None) -> None:
        self.transport: Transport = transport or ("socket" if POSIX else "pipes")
        self._lock = threading.Lock()
        self._over = False
        self.killed = False
        self.forks = False
        self._process: subprocess.Popen[bytes]
        self._line: _SocketStream | _PipeStream
        self._task: _SocketStream | None = None
        self._spare: _SocketStream | None = None
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
        self._line = _SocketStream(ours)

    def _start_on_pipes(self, command: Sequence[str]) -> None:
        self._process = _spawn(command, subprocess.PIPE, subprocess.PIPE)
        self._line = _PipeStream(self._process)
        if sys.platform == "win32":
            self._job = WindowsJob()
            self._job.adopt(self._process)

    def prepare(self, memory: int) -> None:
        """Makes ready for a task that may use so many bytes. Raises OSError when it ended.

        Where the worker forks: for a task with a child of its own. Left out, the last one goes on.
        """
        if sys.platform == "win32":
            self._job.limit_memory(memory)
        if not self.forks:
            return
        spare = self._spare or self._fork()
        self.release()
        with self._lock:
            self._task, self._spare = spare, None
        # The next task's child is made, and the last one's buried, while this one's works.
        self._spare = self._fork()

    def release(self) -> None:
        """Lets the last task's child end, if there is one."""
        with self._lock:
            before, self._task = self._task, None
        if before is not None:
            before.close()

    def _fork(self) -> _SocketStream:
        ours, theirs = socket.socketpair()
        stream = _SocketStream(ours)
        with theirs:
            try:
                self._line.write(_FORK, theirs.fileno())
            except OSError:
                stream.close()
                raise
        return stream

    def autopsy(self, patience: float) -> int | None:
        """How the last task's child ended; None where nobody can tell within so many seconds."""
        if self._task is None or not isinstance(self._line, _SocketStream):
            return None
        try:
            self._line.patience(patience)
            self._line.write(_REAP, None)
            frame = read_frame(self._line.read)
            if frame is None or frame.kind is not FrameType.EXIT:
                return None
            self._line.patience(None)
            return read_exit(frame.payload)
        except (OSError, ProtocolError):
            return None

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, or fewer where the worker's stream ended."""
        return (self._task or self._line).read(size)

    def write(self, data: bytes, descriptor: int | None = None) -> None:
        """Sends bytes, and a descriptor with them (sockets only). Raises OSError when it ended."""
        (self._task or self._line).write(data, descriptor)

    def kill(self) -> None:
        """Ends the worker and its group now, and wakes whoever waits for it. Any thread."""
        with self._lock:
            if self._over or self._process.returncode is not None:
                return
            self.killed = True
            _kill_group(self._process)
            if sys.platform == "win32":
                self._job.kill()
            for stream in self._streams():
                stream.wake()

    def bury(self, patience: float) -> int:
        """Waits up to `patience` seconds for the worker's own end, then kills it. Its exit status.

        Negative: the signal that ended it. Nothing may be called after.
        """
        self._line.end_input()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
        with self._lock:
            self._over = True
        status = self._process.wait()
        _kill_group(self._process)  # what it may have started outlives it otherwise
        for stream in self._streams():
            stream.close()
        if sys.platform == "win32":
            self._job.close()
        return status

    def _streams(self) -> list[_SocketStream | _PipeStream]:
        tasks = (self._task, self._spare)
        return [self._line, *(stream for stream in tasks if stream is not None)]


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
