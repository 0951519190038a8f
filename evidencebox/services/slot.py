"""A worker's place in an executor: its clocks, its process, and the way a job speaks to it."""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator

from evidencebox.model.frames import Frame, FrameType, ProtocolError, read_frame
from evidencebox.model.messages import TOKEN_BYTES
from evidencebox.services.faults import FaultKind, WorkerEndedError
from evidencebox.services.worker_process import WorkerProcess


class Slot:
    """One worker's place: its clocks, and the process in it. Shared with the watchdog."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._running = False
        self._total_at = self._stall_at = 0.0
        self._stall = 0.0
        self._paused_at = 0.0
        self.verdict: FaultKind | None = None
        self.closed = False
        self.tier = ""

    def put(self, worker: WorkerProcess | None) -> None:
        """Says which process the watchdog may kill."""
        with self._lock:
            self._worker = worker
            if self.closed and worker is not None:
                worker.kill()

    def start(self, total: float, stall: float) -> None:
        """Starts the clocks of a task."""
        now = time.monotonic()
        with self._lock:
            self.verdict = None
            self._total_at, self._stall, self._stall_at = now + total, stall, now + stall
            self._running = True

    def stop(self) -> None:
        """Stops the clocks: from here on the watchdog leaves the worker alone."""
        with self._lock:
            self._running = False

    def moved(self) -> None:
        """The worker, or this side, did something."""
        self._stall_at = time.monotonic() + self._stall

    def pause(self) -> None:
        with self._lock:
            self._running = False
            self._paused_at = time.monotonic()

    def resume(self) -> None:
        with self._lock:
            now = time.monotonic()
            self._total_at += now - self._paused_at
            self._stall_at = now + self._stall
            self._running = self.verdict is None

    def check(self, now: float) -> None:
        """Kills the worker where its time is over. The watchdog's thread."""
        with self._lock:
            if not self._running or self._worker is None:
                return
            if now >= self._total_at:
                self.verdict = FaultKind.TIMEOUT
            elif now >= self._stall_at:
                self.verdict = FaultKind.STALLED
            else:
                return
            self._running = False
            self._worker.kill()

    def close(self) -> None:
        """Kills whatever runs here, now or later. Any thread."""
        with self._lock:
            self.closed = True
            if self._worker is not None:
                self._worker.kill()


class Channel:
    """A job's way to speak to its worker. The clocks run only while the worker is waited for."""

    def __init__(self, slot: Slot, worker: WorkerProcess) -> None:
        self._slot = slot
        self._worker = worker
        self.token = secrets.token_bytes(TOKEN_BYTES)
        self.descriptors = worker.transport == "socket"
        self.tier = slot.tier

    def send(self, data: bytes, descriptor: int | None = None) -> None:
        """Sends whole frames, and with them a descriptor where `descriptors` says that can be."""
        self._slot.moved()
        try:
            self._worker.write(data, descriptor)
        except OSError:
            raise WorkerEndedError from None

    def receive(self) -> Frame:
        """The worker's next frame. Raises ProtocolError; other ends are the executor's business."""
        self._slot.moved()
        frame = read_frame(self._worker.read)
        if frame is None:
            raise WorkerEndedError
        return frame

    def prepare(self, memory: int) -> None:
        """Makes the worker ready for a task that may use so many bytes."""
        try:
            self._worker.prepare(memory)
        except OSError:
            raise WorkerEndedError from None

    def begin(self, request: bytes, descriptor: int | None) -> None:
        """Sends the request and takes the frame that must answer it: its token, said back."""
        self.send(request, descriptor)
        frame = self.receive()
        if frame.kind is not FrameType.BEGIN or frame.payload != self.token:
            raise ProtocolError("an answer that does not begin with its token")

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Stops the worker's clocks while this side is busy with what it said."""
        self._slot.pause()
        try:
            yield
        finally:
            self._slot.resume()
