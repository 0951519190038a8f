"""The worker's side of the pipe, common to extractors and analysers.

Imported in workers only: standard library and `evidencebox.model`, nothing else.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import socket
import stat
import sys
import threading
import time
from collections import deque
from collections.abc import Callable

from evidencebox.model.frames import PIECE, PROTOCOL, Frame, FrameType, encode, read_frame
from evidencebox.model.messages import Ready, read_frame_at, read_passwords, ready_frame
from evidencebox.model.passwords import KnownPassword

_FLUSH_BYTES = 64 << 10
_FLUSH_SECONDS = 1.0
_RECEIVE = 256 << 10
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_SIGKILL = 9


class ParentGoneError(Exception):
    """Nobody listens any more: the worker has only to end."""


class WorkerChannel:
    """Frames from and to the parent. Output is gathered, and sent at 64 KiB or once a second."""

    def __init__(self, read: Callable[[int], bytes], output: int) -> None:
        self.descriptors: deque[int] = deque()
        self.is_socket = False
        self._read = read
        self._output = output
        self._pending: list[bytes] = []
        self._size = 0
        self._flushed = time.monotonic()

    def receive(self) -> Frame:
        """The parent's next frame."""
        try:
            frame = read_frame(self._read)
        except OSError:
            frame = None
        if frame is None:
            raise ParentGoneError
        return frame

    def send(self, frame: bytes) -> None:
        """Queues a frame."""
        self._pending.append(frame)
        self._size += len(frame)
        if self._size >= _FLUSH_BYTES or self.idle_for() >= _FLUSH_SECONDS:
            self.flush()

    def idle_for(self) -> float:
        """Seconds since the parent was last sent anything."""
        return time.monotonic() - self._flushed

    def flush(self) -> None:
        """Sends what is queued."""
        view = memoryview(b"".join(self._pending))
        self._pending.clear()
        self._size = 0
        try:
            while view:
                view = view[os.write(self._output, view) :]
        except OSError as error:
            raise ParentGoneError from error
        self._flushed = time.monotonic()


def open_channel() -> WorkerChannel:
    """Takes over standard input and output, and ties this process's life to its parent's."""
    _die_first()
    _die_with_parent()
    _no_core_dumps()
    os.umask(0o077)
    given, output = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # a library that prints must not speak in our stream
        os.dup2(nowhere, standard)
    os.close(nowhere)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(given, os.O_BINARY)
        msvcrt.setmode(output, os.O_BINARY)
    return channel_on(given, output)


def channel_on(given: int, output: int) -> WorkerChannel:
    """A channel on two descriptors: a socket (which can carry descriptors) or pipes."""
    if sys.platform != "win32" and stat.S_ISSOCK(os.fstat(given).st_mode):
        return _socket_channel(socket.socket(fileno=given), output)
    return WorkerChannel(open(given, "rb", buffering=_RECEIVE).read, output)


if sys.platform != "win32":

    def _socket_channel(sock: socket.socket, output: int) -> WorkerChannel:
        """Exact reads from a socket; descriptors that arrive between the bytes are kept."""
        descriptors, buffer = deque[int](), bytearray()

        def read(size: int) -> bytes:
            while len(buffer) < size:
                data, found, _, _ = socket.recv_fds(sock, _RECEIVE, 4)
                descriptors.extend(found)
                if not data:
                    break
                buffer.extend(data)
            taken = bytes(buffer[:size])
            del buffer[:size]
            return taken

        channel = WorkerChannel(read, output)
        channel.descriptors = descriptors
        channel.is_socket = True
        return channel


def say_ready(
    channel: WorkerChannel, role: str, tier: str = "none", error: str = "", *, forks: bool = False
) -> None:
    """The first frame: the tier of the sandbox that held, or why this worker cannot work."""
    channel.send(ready_frame(Ready(PROTOCOL, role, tier, error, forks)))
    channel.flush()


def limit_memory(size: int) -> None:
    """Bounds the address space (POSIX; the parent's job object does it on Windows), in bytes."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = size if hard == resource.RLIM_INFINITY else min(size, hard)
        try:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        except (OSError, ValueError):
            # macOS knows the name and refuses the number; a watchdog is the sandbox's business.
            if sys.platform == "linux":
                raise


def _die_first() -> None:
    """Where memory runs out, Linux is to end readers and not the process that holds the case."""
    if sys.platform == "linux":
        # A system without /proc does not have this either.
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")


def _no_core_dumps() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with_parent() -> None:
    """A parent killed with -9 leaves no worker. On Windows the job object sees to it."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
        # Nor may another process of the same user read the document out of this one.
        if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_DUMPABLE)")
    elif sys.platform != "win32":
        threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(0)


def ask_passwords(channel: WorkerChannel) -> list[KnownPassword]:
    """What the case knows. The parent answers once a document, and this process ends with it."""
    channel.send(encode(FrameType.ASK))
    channel.flush()
    frame = channel.receive()
    if frame.kind is not FrameType.PASSWORDS:
        raise ParentGoneError
    return read_passwords(frame.payload)


class AskedSource(io.RawIOBase):
    """A document whose bytes stay with the parent: each read asks for them."""

    def __init__(self, channel: WorkerChannel, size: int) -> None:
        self._channel = channel
        self._length = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        if base + offset < 0:
            raise ValueError("a position before the start")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        wanted = min(len(view), self._length - self._at, PIECE)
        if wanted <= 0:
            return 0
        self._channel.send(read_frame_at(self._at, wanted))
        self._channel.flush()
        frame = self._channel.receive()
        if frame.kind is not FrameType.DATA or len(frame.payload) > wanted:
            raise ParentGoneError
        view[: len(frame.payload)] = frame.payload
        self._at += len(frame.payload)
        return len(frame.payload)


BEAT_FRAME = encode(FrameType.BEAT)
