"""What a worker does once its readers are loaded: shut itself in, say so, and serve.

Linux: a fork server and a child for each task. Elsewhere, and on pipes: one process for many tasks,
shut in as far as that system has it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from evidencebox.model.extraction import Limits
from evidencebox.model.frames import FrameType, ProtocolError
from evidencebox.model.messages import Request, read_request
from evidencebox.services.sandbox import LINUX_TIERS, Tier
from evidencebox.services.worker import ParentGoneError, WorkerChannel, limit_memory, say_ready

Answer: TypeAlias = Callable[[WorkerChannel, Request], None]
Tiers: TypeAlias = Sequence[Tier] | None
"""Those to try; None for all that this system may have. Tests leave some out."""


def run(channel: WorkerChannel, role: str, answer: Answer, tiers: Tiers = None) -> int:
    """Serves until the parent is gone. `answer` gets a request whose limits are in force."""
    if sys.platform == "linux" and channel.is_socket:
        from evidencebox.services import sandbox_fork

        return sandbox_fork.serve(channel, role, answer, LINUX_TIERS if tiers is None else tiers)
    say_ready(channel, role, _shut_in())
    return serve(channel, answer)


def _shut_in() -> Tier:
    tier = Tier.NONE
    if sys.platform == "darwin":
        from evidencebox.services import sandbox_macos

        tier = sandbox_macos.enter(Limits().memory_bytes)
    elif sys.platform == "win32":
        from evidencebox.services import sandbox_windows

        tier = sandbox_windows.enter()
    return tier


def serve(channel: WorkerChannel, answer: Answer) -> int:
    """One process, task after task."""
    try:
        while True:
            frame = channel.receive()
            if frame.kind is not FrameType.REQUEST:
                raise ProtocolError("a task that does not begin with a request")
            request = read_request(frame.payload)
            limit_memory(request.limits.memory_bytes)
            answer(channel, request)
    except ParentGoneError:
        return 0
