"""A worker's seat in an executor: the running of one job after the other on its process."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, cast

from evidencebox.model.frames import (
    PROTOCOL,
    Frame,
    FrameType,
    ProtocolError,
    TruncatedError,
)
from evidencebox.model.messages import read_ready
from evidencebox.services.faults import (
    ExecutorClosedError,
    Fault,
    FaultKind,
    WorkerEndedError,
    WorkerRefusedError,
    WorkerStartError,
)
from evidencebox.services.slot import Channel, Slot
from evidencebox.services.worker_process import Transport, WorkerProcess

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

START_SECONDS = 60.0
_OWN_END_SECONDS = 2.0
_SIGKILL, _SIGXCPU = 9, 24


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
