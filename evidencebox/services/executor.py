"""Our own executor: worker processes that may crash, hang or lie, and cost one task each time.

One thread a worker feeds it from one bounded queue and reads its frames; a watchdog thread kills
what is over its time. Nothing here knows what a task is about: a `Job` speaks the frames.
"""

from __future__ import annotations

import contextlib
import queue
import secrets
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar, cast

from evidencebox.model.frames import (
    PROTOCOL,
    Frame,
    FrameType,
    ProtocolError,
    TruncatedError,
    read_frame,
)
from evidencebox.model.messages import TOKEN_BYTES, read_ready
from evidencebox.services.worker_process import Transport, WorkerProcess, worker_command

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

RECYCLE_AFTER = 200
START_SECONDS = 60.0
_OWN_END_SECONDS = 5.0
_TICK = 0.1
_SIGKILL = 9


class FaultKind(StrEnum):
    """What may happen to a task that is not its own doing."""

    TIMEOUT = "timeout"
    STALLED = "stalled"
    CRASHED = "crashed"
    PROTOCOL = "protocol"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Fault:
    """How a worker failed. `status` is its exit status: negative is the signal that ended it."""

    kind: FaultKind
    status: int = 0
    rule: str = ""

    def sentence(self) -> str:
        """What happened, for people, as the start of a sentence: "The reader …"."""
        if self.kind is FaultKind.TIMEOUT:
            return "took longer than it may and was stopped"
        if self.kind is FaultKind.STALLED:
            return "made no progress for too long and was stopped"
        if self.kind is FaultKind.MEMORY:
            return "was stopped by the system, most likely because memory ran out,"
        if self.kind is FaultKind.PROTOCOL:
            return f"gave an answer that cannot be trusted ({self.rule}) and was stopped"
        return f"stopped with {_status_words(self.status)}"


def _status_words(status: int) -> str:
    if status < 0:
        try:
            return f"signal {-status} ({signal.Signals(-status).name})"
        except ValueError:
            return f"signal {-status}"
    return f"exit code {status}" if status < 256 else f"exit code 0x{status:08X}"


class WorkerStartError(RuntimeError):
    """Workers of a role cannot be started: no file's fault, so no file is blamed for it."""


class ExecutorClosedError(RuntimeError):
    """The executor was closed before, or while, the task ran."""


class _WorkerEndedError(Exception):
    """The worker's stream ended."""


class WorkerRefusedError(Exception):
    """Raised by a job that has its result but trusts its worker no longer: it is replaced."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


class Channel:
    """A job's way to speak to its worker. The clocks run only while the worker is waited for."""

    def __init__(self, slot: _Slot, worker: WorkerProcess) -> None:
        self._slot = slot
        self._worker = worker
        self.token = secrets.token_bytes(TOKEN_BYTES)
        self.descriptors = worker.transport == "socket"

    def send(self, data: bytes, descriptor: int | None = None) -> None:
        """Sends whole frames, and with them a descriptor where `descriptors` says that can be."""
        self._slot.moved()
        try:
            self._worker.write(data, descriptor)
        except OSError:
            raise _WorkerEndedError from None

    def receive(self) -> Frame:
        """The worker's next frame. Raises ProtocolError; other ends are the executor's business."""
        self._slot.moved()
        frame = read_frame(self._worker.read)
        if frame is None:
            raise _WorkerEndedError
        return frame

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


class Job(Protocol[T_co]):
    """One task: its limits, its conversation, and what it makes of a fault."""

    @property
    def total_seconds(self) -> float: ...

    @property
    def stall_seconds(self) -> float: ...

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        """The REQUEST with the channel's token, and the descriptor that goes with it, if any."""
        ...

    def converse(self, channel: Channel) -> T_co:
        """Speaks with the worker, once it has begun, and gives the result.

        Raises ProtocolError, or WorkerRefusedError with a result.
        """
        ...

    def fault(self, fault: Fault) -> T_co:
        """The result (or the error to raise) where the worker failed."""
        ...

    def close(self) -> None:
        """Called once when the job is over, run or not: releases what it holds."""
        ...


class _Slot:
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


class _Seat:
    """Keeps a slot's worker alive and runs jobs on it. One thread's own."""

    def __init__(
        self, slot: _Slot, role: str, command: list[str], recycle: int, transport: Transport | None
    ) -> None:
        self._slot = slot
        self._role = role
        self._command = command
        self._recycle_after = recycle
        self._transport: Transport | None = transport
        self._worker: WorkerProcess | None = None
        self._served = 0

    def run(self, job: Job[T]) -> T:
        """The job's result, whatever becomes of its worker."""
        try:
            result = job.converse(self._begin(job))
        except (_WorkerEndedError, ProtocolError) as error:
            return self._after(job, error)
        except WorkerRefusedError as refused:
            self.empty()
            return cast(T, refused.result)
        except BaseException:
            self.empty()
            raise
        self._slot.stop()
        self._served += 1
        if self._slot.verdict is not None or self._served >= self._recycle_after:
            self.empty()
        return result

    def _begin(self, job: Job[Any]) -> Channel:
        """A channel on which the worker has taken the request up.

        A worker that was used before may be broken already, or speak out of turn, by an earlier
        document's doing; this one is not blamed for it and gets a new worker.
        """
        used = self._served > 0
        channel = Channel(self._slot, self._ready_worker())
        self._slot.start(job.total_seconds, job.stall_seconds)
        try:
            channel.begin(*job.request(channel))
        except (_WorkerEndedError, ProtocolError):
            if not used or self._slot.closed:
                raise
            self.empty()
            return self._begin(job)
        return channel

    def _after(self, job: Job[T], error: Exception) -> T:
        fault = self._bury(error)
        if self._slot.closed:
            raise ExecutorClosedError
        return job.fault(fault)

    def _bury(self, error: Exception) -> Fault:
        """Ends the worker and says what was wrong with it."""
        worker = self._worker
        assert worker is not None
        self._slot.stop()
        gone = isinstance(error, _WorkerEndedError | TruncatedError)
        status = self._remove(_OWN_END_SECONDS if gone else 0)
        if self._slot.verdict is not None:
            return Fault(self._slot.verdict, status)
        if not gone:
            return Fault(FaultKind.PROTOCOL, status, str(error))
        if worker.killed:
            return Fault(FaultKind.PROTOCOL, status, "it fell silent but went on")
        if status == -_SIGKILL:
            return Fault(FaultKind.MEMORY, status)
        return Fault(FaultKind.CRASHED, status)

    def _ready_worker(self) -> WorkerProcess:
        if self._worker is None:
            try:
                self._start()
            except WorkerStartError:
                if self._slot.closed:
                    raise ExecutorClosedError from None
                self._start()  # once more: the system may have been short of something
        assert self._worker is not None
        return self._worker

    def _start(self) -> None:
        try:
            worker = WorkerProcess(self._command, self._transport)
        except OSError as error:
            raise WorkerStartError(f"a worker could not be started: {error}") from error
        self._worker, self._served = worker, 0
        self._slot.put(worker)
        self._slot.start(START_SECONDS, START_SECONDS)
        try:
            self._greet(Channel(self._slot, worker).receive())
        except (_WorkerEndedError, ProtocolError) as error:
            fault = self._bury(error)
            raise WorkerStartError(f"a worker {fault.sentence()} at its start") from None
        except WorkerStartError:
            self.empty()
            raise
        self._slot.stop()

    def _greet(self, frame: Frame) -> None:
        if frame.kind is not FrameType.READY:
            raise ProtocolError("a first frame that is not READY")
        ready = read_ready(frame.payload)
        if ready.error:
            raise WorkerStartError(f"a worker cannot work: {ready.error}")
        if (ready.protocol, ready.role) != (PROTOCOL, self._role):
            raise WorkerStartError("a worker of another version or role answered")

    def empty(self) -> None:
        """Ends the worker: it holds nothing that would be lost."""
        self._slot.stop()
        self._remove(0)

    def _remove(self, patience: float) -> int:
        worker, self._worker = self._worker, None
        if worker is None:
            return 0
        self._served = 0
        status = worker.bury(patience)
        self._slot.put(None)
        return status


@dataclass(frozen=True, slots=True)
class _Task:
    job: Job[Any]
    future: Future[Any]

    def run(self, seat: _Seat) -> None:
        if not self.future.set_running_or_notify_cancel():
            self.job.close()
            return
        try:
            try:
                result = seat.run(self.job)
            finally:
                self.job.close()
        except BaseException as error:  # the future's owner gets it, whatever it is
            self.future.set_exception(error)
        else:
            self.future.set_result(result)

    def drop(self) -> None:
        self.job.close()
        self.future.cancel()
        self.future.set_running_or_notify_cancel()


class Executor:
    """N persistent workers of a role behind one bounded queue.

    `command` starts a worker (this program itself, unless told); a worker is replaced after
    `recycle_after` tasks, and after every fault. `queue_size` tasks may wait; `submit` blocks
    beyond that. To be closed, and best used in a `with`.
    """

    def __init__(
        self,
        role: str,
        workers: int,
        command: Sequence[str] | None = None,
        recycle_after: int = RECYCLE_AFTER,
        queue_size: int | None = None,
        transport: Transport | None = None,
    ) -> None:
        self.role = role
        self.workers = workers
        self._command = list(command) if command is not None else worker_command(role)
        self._recycle_after = recycle_after
        self._transport = transport
        self._tasks: queue.Queue[_Task] = queue.Queue(queue_size or 2 * workers)
        self._closing = threading.Event()
        self._over = threading.Event()
        self._slots = [_Slot() for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=f"{role}-{number}", daemon=True)
            for number, slot in enumerate(self._slots)
        ]
        self._watchdog = threading.Thread(target=self._watch, name=f"{role}-watchdog", daemon=True)
        for thread in (*self._threads, self._watchdog):
            thread.start()

    def __enter__(self) -> Executor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, job: Job[T]) -> Future[T]:
        """Queues a job; blocks while the queue is full. Raises ExecutorClosedError.

        Not to be called from a job's own callbacks: a full queue would wait for itself.
        """
        if threading.current_thread() in self._threads:
            raise RuntimeError("a task cannot submit to the executor that runs it")
        future: Future[T] = Future()
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._tasks.put(_Task(job, future), timeout=_TICK)
                if self._closing.is_set():
                    self._drop_waiting()  # close() may have looked at the queue just before
                return future
        job.close()
        raise ExecutorClosedError

    def close(self, *, finish: bool = False) -> None:
        """Ends every worker and thread, within seconds. Twice is as good as once.

        What waits is cancelled and what runs is killed (its future raises ExecutorClosedError);
        with `finish`, all of it is done first, each task within its own limits.
        """
        if finish and not self._closing.is_set():
            self._tasks.join()
        self._closing.set()
        self._drop_waiting()
        for slot in self._slots:
            slot.close()
        for thread in self._threads:
            thread.join()
        self._over.set()
        self._watchdog.join()

    def _drop_waiting(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._tasks.get_nowait().drop()
                self._tasks.task_done()

    def _watch(self) -> None:
        while not self._over.wait(_TICK):
            now = time.monotonic()
            for slot in self._slots:
                slot.check(now)

    def _serve(self, slot: _Slot) -> None:
        seat = _Seat(slot, self.role, self._command, self._recycle_after, self._transport)
        # The system kills a worker when the thread that started it ends (Linux): the same thread
        # starts, feeds and buries it.
        while not self._closing.is_set():
            try:
                task = self._tasks.get(timeout=_TICK)
            except queue.Empty:
                continue
            try:
                task.run(seat)
            finally:
                self._tasks.task_done()
        seat.empty()
