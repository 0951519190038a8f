"""The fork server of a Linux worker: a clean process that makes a child for each document.

It imports all that readers need and then waits. For each document it is handed one end of a new
socket, gives it to a forked child, and never reads from it: the child shuts itself in, reads the
document, answers on that socket and ends. What a document does to its reader ends with it, and can
reach neither the next document nor the line on which the server is told what to do. Only small
documents may follow each other in a child, if the parent sends them there.

→ FORK with a descriptor, for each document, one ahead: the child that is not needed yet waits, and
when a third is asked for, the first one's document is over. → REAP ← EXIT: how the first one ended.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from typing import NoReturn

from evidencebox.model.extraction import Limits
from evidencebox.model.frames import FrameType, ProtocolError
from evidencebox.model.messages import Request, exit_frame, read_request
from evidencebox.services import sandbox_linux, sandbox_probe
from evidencebox.services.sandbox import LINUX_TIERS, Tier
from evidencebox.services.worker import ParentGoneError, WorkerChannel, channel_on, say_ready

assert sys.platform == "linux"

Sandbox = sandbox_linux.Sandbox

Answer = Callable[[WorkerChannel, Request], None]

_FAILED = 70
_AT_ONCE = 2
_GROWTH_KIB = 64 << 10
"""A child whose memory grew by so much reads nothing more: its next document would pay for it."""
_ALL = frozenset(
    {"read", "list", "write", "tcp", "udp", "unix", "fork", "exec", "signal", "ptrace"}
)


def serve(
    channel: WorkerChannel, role: str, answer: Answer, tiers: Sequence[Tier] = LINUX_TIERS
) -> int:
    """Says READY with the strongest of `tiers` that held, and forks until the parent is gone."""
    sandbox_linux.harden_server()
    if _threads() > 1:
        # A lock that another thread holds would stay locked in every child.
        say_ready(channel, role, error="a library started a thread when it was loaded")
        return 1
    sandbox = strongest(tiers)
    gc.collect()
    gc.freeze()  # or a child's collector would touch, and so copy, every page it inherited
    say_ready(channel, role, sandbox.tier, forks=True)
    children: deque[int] = deque()
    try:
        while True:
            kind = channel.receive().kind
            if kind is FrameType.FORK:
                if len(children) == _AT_ONCE:
                    _end(children.popleft())
                children.append(_fork(channel, sandbox, answer))
            elif kind is FrameType.REAP and children:
                channel.send(exit_frame(_wait(children.popleft())))
                channel.flush()
            else:
                raise ProtocolError("something else than FORK, or REAP after it")
    except ParentGoneError:
        for child in children:
            _end(child)
        return 0


def _threads() -> int:
    """Of this process, also those that Python does not know of; 1 where nobody can tell."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def _fork(channel: WorkerChannel, sandbox: Sandbox, answer: Answer) -> int:
    descriptor = channel.descriptors.popleft()
    server = os.getpid()
    child = os.fork()
    if child == 0:
        _be_child(descriptor, server, sandbox, answer)
    os.close(descriptor)
    return child


def _be_child(descriptor: int, server: int, sandbox: Sandbox, answer: Answer) -> NoReturn:
    code = _FAILED
    try:
        sandbox_linux.die_with(server)
        channel = channel_on(descriptor, descriptor)
        request = _request(channel)
        _enter(sandbox, {descriptor, *channel.descriptors}, request)
        most = _peak_kib() + _GROWTH_KIB
        answer(channel, request)
        while _peak_kib() < most:
            request = _request(channel)  # another of the same family, or the stream ends here
            answer(channel, request)
        code = 0
    except ParentGoneError:
        code = 0
    finally:
        os._exit(code)


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _request(channel: WorkerChannel) -> Request:
    """What the parent wants. Its own words, and so the one thing that is read before shutting in:
    they say what the limits are."""
    frame = channel.receive()
    if frame.kind is not FrameType.REQUEST:
        raise ProtocolError("a task that does not begin with a request")
    return read_request(frame.payload)


def _enter(sandbox: Sandbox, keep: set[int], request: Request) -> None:
    limits = request.limits
    sandbox_linux.enter(sandbox, keep, limits.memory_bytes, limits.max_seconds)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _end(child: int) -> None:
    """The parent has all it wanted of this child; one that lingers has nothing good in mind."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


# --- the self-test ------------------------------------------------------------------------------


def strongest(tiers: Sequence[Tier]) -> Sandbox:
    """The first of some tiers that this kernel has and from which no attempt to escape succeeded.

    A tier is only asked for what it promises.
    """
    for tier in tiers:
        try:
            sandbox = sandbox_linux.prepare(tier)
        except OSError:
            continue
        if not escapes(sandbox) & promised(tier):
            return sandbox
        if sandbox.ruleset >= 0:
            os.close(sandbox.ruleset)
    return Sandbox(Tier.NONE)


def promised(tier: Tier) -> frozenset[str]:
    """The attempts that a tier has to stop."""
    if tier in (Tier.FULL, Tier.SECCOMP):
        return _ALL
    if tier is Tier.LANDLOCK:
        version = sandbox_linux.landlock_version()
        later = {"tcp": 4, "signal": 6}
        kept = {name for name, since in later.items() if version >= since}
        return frozenset({"read", "list", "write", "exec"} | kept)
    return frozenset({"write"}) if tier is Tier.LIMITS else frozenset()


def escapes(sandbox: Sandbox) -> frozenset[str]:
    """Which attempts succeed in a child in that sandbox; all of them where the child fails."""
    reading, writing = os.pipe()
    server = os.getpid()
    child = os.fork()
    if child == 0:
        _be_probe(writing, server, sandbox)
    os.close(writing)
    with open(reading, "rb") as said:
        answer = said.read(4096)
    status = _wait(child)
    if status not in (0, sandbox_probe.EXEC_ESCAPED) or not answer:
        return _ALL
    found = {
        name for name, error in json.loads(answer).items() if error not in sandbox_probe.STOPPED
    }
    return frozenset(found | ({"exec"} if status else set()))


def _be_probe(writing: int, server: int, sandbox: Sandbox) -> NoReturn:
    code = _FAILED
    try:
        sandbox_linux.die_with(server)
        limits = Limits()
        sandbox_linux.enter(sandbox, {writing}, limits.memory_bytes, limits.base_seconds)
        os.write(writing, json.dumps(sandbox_probe.attempts(server)).encode())
        code = 0 if sandbox_probe.execute() in sandbox_probe.STOPPED else _FAILED
    finally:
        os._exit(code)
