"""A worker's seat in an executor: its clocks, its process, and the running of one job on it."""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator
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
from evidencebox.services.faults import (
    ExecutorClosedError,
    Fault,
    FaultKind,
    WorkerEndedError,
    WorkerRefusedError,
    WorkerStartError,
)
from evidencebox.services.worker_process import Transport, WorkerProcess

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

START_SECONDS = 60.0
_OWN_END_SECONDS = 2.0
_SIGKILL, _SIGXCPU = 9, 24


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


class Job(Protocol[T_co]):
    """One task: its limits, its conversation, and what it makes of a fault."""

    @property
    def total_seconds(self) -> float: ...

    @property
    def stall_seconds(self) -> float: ...

    @property
    def memory_bytes(self) -> int: ...

    @property
    def family(self) -> str:
        """Tasks that follow each other with the same name here may share a child; none with "".

        Asked again when the task is over: a child whose task gave up its family takes no other.
        """
        ...

    @property
    def share(self) -> int:
        """How many tasks of the family a child may take."""
        ...

    def again(self, result: Any) -> bool:
        """Whether a result may be the doing of what the child had read before.

        Then the job has given up its family and is as new: it runs once more in a child of its own.
        """
        ...

    @property
    def spent(self) -> bool:
        """Whether the process learned something that no later document's may find in it."""
        ...

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


class Alone:
    """What a job says whose child is its own."""

    family = ""
    share = 1
    spent = False

    def again(self, result: Any) -> bool:
        """Nothing else was read in its child."""
        return False


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


class Seat:
    """Keeps a slot's worker alive and runs jobs on it. One thread's own."""

    def __init__(
        self, slot: Slot, role: str, command: list[str], recycle: int, transport: Transport | None
    ) -> None:
        self._slot = slot
        self._role = role
        self._command = command
        self._recycle_after = recycle
        self._transport: Transport | None = transport
        self._worker: WorkerProcess | None = None
        self._served = 0
        # Whose the child is that may go on, its memory limit, and how many tasks it has taken.
        self._child: tuple[str, int, int] = ("", 0, 0)
        self._shared = False  # whether the task has a child that read something before

    def run(self, job: Job[T]) -> T:
        """The job's result, whatever becomes of its worker."""
        result = self._once(job)
        if self._shared and job.again(result):
            result = self._once(job)
        return result

    def _once(self, job: Job[T]) -> T:
        try:
            result = job.converse(self._begin(job))
        except (WorkerEndedError, ProtocolError) as error:
            return self._after(job, error)
        except WorkerRefusedError as refused:
            self.empty()
            return cast(T, refused.result)
        except BaseException:
            self.empty()
            raise
        self._slot.stop()
        self._served += 1
        if job.spent or not job.family:
            self._let_child_go()
        if self._is_over(job):
            self.empty()
        return result

    def _is_over(self, job: Job[Any]) -> bool:
        """Whether the worker is to take no other task.

        A fork server never reads a document, and so stays as good as it was.
        """
        worn = job.spent or self._served >= self._recycle_after
        return self._slot.verdict is not None or (worn and not self._forks)

    def _begin(self, job: Job[Any]) -> Channel:
        """A channel on which the worker has taken the request up.

        A worker that was used before may be broken already, or speak out of turn, by an earlier
        document's doing; this one is not blamed for it and gets a new worker.
        """
        used = self._served > 0
        self._shared = False
        worker = self._ready_worker()
        channel = Channel(self._slot, worker)
        self._slot.start(job.total_seconds, job.stall_seconds)
        try:
            if not self._goes_on(job, worker):
                channel.prepare(job.memory_bytes)
            channel.begin(*job.request(channel))
        except (WorkerEndedError, ProtocolError):
            if not used or self._slot.closed:
                raise
            if self._shared:
                self._let_child_go()
            else:
                self.empty()
            return self._begin(job)
        return channel

    @property
    def _forks(self) -> bool:
        return self._worker is not None and self._worker.forks

    def _let_child_go(self) -> None:
        self._child = ("", 0, 0)
        if self._worker is not None:
            self._worker.release()

    def _goes_on(self, job: Job[Any], worker: WorkerProcess) -> bool:
        """Whether the last task's child takes this one too."""
        family, memory, count = self._child
        same = (
            worker.forks and job.family != "" and (family, memory) == (job.family, job.memory_bytes)
        )
        self._shared = same and count < job.share
        self._child = (job.family, job.memory_bytes, count + 1 if self._shared else 1)
        return self._shared

    def _after(self, job: Job[T], error: Exception) -> T:
        fault = self._bury(error)
        if self._slot.closed:
            raise ExecutorClosedError
        return job.fault(fault)

    def _bury(self, error: Exception) -> Fault:
        """Ends the worker and says what was wrong with it.

        Where the end was that of a fork server's child, the server is as good as before and stays.
        """
        worker = self._worker
        assert worker is not None
        self._slot.stop()
        self._child = ("", 0, 0)
        gone = isinstance(error, WorkerEndedError | TruncatedError)
        if gone and self._slot.verdict is None:
            ended = worker.autopsy(_OWN_END_SECONDS)
            if ended is not None and not worker.killed:
                return _ended(ended)
        status = self._remove(_OWN_END_SECONDS if gone else 0)
        if self._slot.verdict is not None:
            return Fault(self._slot.verdict, status)
        if not gone:
            return Fault(FaultKind.PROTOCOL, status, str(error))
        if worker.killed:
            return Fault(FaultKind.PROTOCOL, status, "it fell silent but went on")
        return _ended(status)

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
        except (WorkerEndedError, ProtocolError) as error:
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
        assert self._worker is not None
        self._worker.forks = ready.forks
        self._slot.tier = ready.tier

    def empty(self) -> None:
        """Ends the worker: it holds nothing that would be lost."""
        self._slot.stop()
        self._remove(0)

    def _remove(self, patience: float) -> int:
        worker, self._worker = self._worker, None
        if worker is None:
            return 0
        self._served = 0
        self._child = ("", 0, 0)
        status = worker.bury(patience)
        self._slot.put(None)
        return status


def _ended(status: int) -> Fault:
    """What an end means that was not our doing. Negative: the signal that caused it."""
    kinds = {-_SIGKILL: FaultKind.MEMORY, -_SIGXCPU: FaultKind.TIMEOUT}
    return Fault(kinds.get(status, FaultKind.CRASHED), status)
