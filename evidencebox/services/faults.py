"""What may go wrong with a worker, and how it is said."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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


class WorkerEndedError(Exception):
    """The worker's stream ended."""


class WorkerRefusedError(Exception):
    """Raised by a job that has its result but trusts its worker no longer: it is replaced."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result
