"""A worker that misbehaves as the name of its document says. Started by tests, never imported."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import struct
import subprocess
import sys
import time
from typing import Any, NoReturn

sys.path.insert(0, sys.argv[1])  # the package, without its being installed

from evidencebox.model.documents import Outcome, Page, Span, Status
from evidencebox.model.extracted import child_frame, meta_frame, outcome_frame, page_frames
from evidencebox.model.extraction import ChildHead
from evidencebox.model.frames import PIECE, FrameType, encode
from evidencebox.model.messages import read_frame_at
from evidencebox.services import analyse_worker, extract_worker, worker, worker_loop
from evidencebox.services.sandbox import Tier


def raw(channel: worker.WorkerChannel, data: bytes) -> None:
    channel.send(data)
    channel.flush()


def spin(_: Any) -> NoReturn:
    while True:
        pass


def sleep(_: Any) -> NoReturn:
    while True:
        time.sleep(3600)


def segfault(_: Any) -> None:
    ctypes.string_at(0)


def abort(_: Any) -> None:
    os.abort()


def exit_mid_frame(channel: Any) -> None:
    raw(channel, encode(FrameType.META, b'{"key":"a","value":"b"}')[:9])
    os._exit(3)


def exit_quietly(_: Any) -> None:
    os._exit(0)


def killed(_: Any) -> None:
    signal.raise_signal(signal.SIGKILL)


def die_of_memory(_: Any) -> None:
    hold_memory()


def hold_memory() -> NoReturn:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def flood_beats(channel: Any) -> NoReturn:
    while True:
        channel.send(encode(FrameType.BEAT))


def flood_notices(channel: Any) -> NoReturn:
    frame = encode(FrameType.NOTICE, b'{"code":"flood","detail":"again"}')
    while True:
        channel.send(frame)


def flood_pages(channel: Any) -> NoReturn:
    number = 0
    while True:
        number += 1
        for frame in page_frames(Page(number, "word " * 100)):
            channel.send(frame)


def flood_child(channel: Any) -> NoReturn:
    raw(channel, child_frame(ChildHead("bomb", "member")))
    while True:
        channel.send(encode(FrameType.CHILD_DATA, b"0" * PIECE))


def ignore_sigterm(_: Any) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sleep(_)


def half_frame(channel: Any) -> None:
    raw(channel, encode(FrameType.META, b'{"key":"a","value":"b"}')[:9])
    sleep(channel)


def garbage(channel: Any) -> None:
    raw(channel, b"Segmentation fault (core dumped)\n" * 10)
    sleep(channel)


def too_long(channel: Any) -> None:
    raw(channel, struct.pack(">BI", FrameType.PAGE, 0xFFFFFFFF))
    sleep(channel)


def flood_heads(channel: Any) -> NoReturn:
    while True:
        channel.send(child_frame(ChildHead("", "member")) + encode(FrameType.CHILD_END))


def read_for_ever(channel: Any) -> NoReturn:
    while True:
        raw(channel, read_frame_at(0, 5))
        channel.receive()


def deaf(_: Any) -> NoReturn:
    """Does not even read its document."""
    sleep(_)


def wrong_order(channel: Any) -> None:
    raw(channel, encode(FrameType.CHILD_DATA, b"x"))
    sleep(channel)


def pages_back(channel: Any) -> None:
    for number in (2, 1):
        for frame in page_frames(Page(number, "text")):
            raw(channel, frame)
    sleep(channel)


def span_outside(channel: Any) -> None:
    for frame in page_frames(Page(1, "text", spans=(Span(0, 5, "note"),))):
        raw(channel, frame)
    sleep(channel)


def parents_status(channel: Any) -> None:
    raw(channel, outcome_frame(Outcome(Status.QUARANTINED)))
    sleep(channel)


def open_child_outcome(channel: Any) -> None:
    raw(channel, child_frame(ChildHead("a", "member")))
    raw(channel, outcome_frame(Outcome(Status.OK)))
    sleep(channel)


def crash_in_child(channel: Any) -> None:
    raw(channel, child_frame(ChildHead("a", "member")))
    raw(channel, encode(FrameType.CHILD_DATA, b"half of it"))
    os._exit(9)


def close_stream(_: Any) -> None:
    os.closerange(0, 64)
    time.sleep(3600)


def leave_a_grandchild(channel: Any) -> None:
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
    raw(channel, meta_frame("pid", str(grandchild.pid)))
    os._exit(7)


def leave_an_escaped_grandchild(channel: Any) -> None:
    """One that leaves the group and holds this worker's end of the stream."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        sleep(channel)
    raw(channel, meta_frame("pid", str(pid)))
    os._exit(7)


def say_pid_and_spin(channel: Any) -> None:
    raw(channel, meta_frame("pid", str(os.getpid())))
    spin(channel)


def late_frames(channel: Any) -> None:
    """A good answer, then a page for whoever comes next."""
    raw(channel, outcome_frame(Outcome(Status.OK)))
    for frame in page_frames(Page(1, "from another document")):
        raw(channel, frame)


def linger(channel: Any) -> NoReturn:
    """A good answer, and then it stays, for the next document perhaps."""
    raw(channel, meta_frame("pid", str(os.getpid())))
    raw(channel, outcome_frame(Outcome(Status.OK)))
    while True:
        with contextlib.suppress(worker.ParentGoneError):
            channel.receive()


DEEDS = {
    deed.__name__.replace("_", " "): deed
    for deed in (
        spin,
        segfault,
        abort,
        exit_mid_frame,
        exit_quietly,
        killed,
        die_of_memory,
        flood_beats,
        flood_notices,
        flood_pages,
        flood_child,
        flood_heads,
        ignore_sigterm,
        half_frame,
        garbage,
        too_long,
        wrong_order,
        pages_back,
        span_outside,
        parents_status,
        open_child_outcome,
        crash_in_child,
        close_stream,
        leave_a_grandchild,
        leave_an_escaped_grandchild,
        say_pid_and_spin,
        late_frames,
        linger,
        read_for_ever,
        deaf,
    )
}


def echo(source: Any, hint: Any, limits: Any, sink: Any, passwords: Any) -> Outcome:
    """What a good reader does: metadata, a page, a child, an outcome."""
    data = source.read()
    sink.beat()
    sink.meta("pid", str(os.getpid()))
    sink.meta("server", str(os.getppid()))
    sink.page(Page(1, data.decode("utf-8", "replace"), "p. 1"))
    source.seek(0)
    with sink.child(ChildHead("same.txt", "member")) as child:
        child.write(source.read())
    if hint.name.startswith("ask"):
        for each in passwords():
            sink.meta("known", f"{each.id} {each.text}")
    if hint.name == "ask twice":
        passwords()
    if hint.name.startswith("opened "):
        sink.meta("opened_with", hint.name.removeprefix("opened "))
    if hint.name == "ask and open":
        sink.meta("opened_with", "p2")
    special = SPECIAL.get(hint.name)
    if special is not None:
        special(source, sink)
    return Outcome(Status.OK, engine="mock", version=1)


def tell_surroundings(_: Any, sink: Any) -> None:
    sink.meta("environment", "\n".join(f"{k}={v}" for k, v in sorted(os.environ.items())))
    sink.meta("folder", os.getcwd())
    if os.path.isdir("/proc/self/fd"):
        for name in os.listdir("/proc/self/fd"):
            if os.path.islink(f"/proc/self/fd/{name}"):
                sink.meta("descriptor", os.readlink(f"/proc/self/fd/{name}"))


def tell_descriptors(_: Any, sink: Any) -> None:
    """What is open, found without a look at /proc: number, kind, way it may be used."""
    import fcntl
    import stat

    for number in range(256):
        with contextlib.suppress(OSError):
            kind = chr(stat.S_IFMT(os.fstat(number).st_mode) >> 12 | 0x60)
            way = fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE
            sink.meta("descriptor", f"{number} {KINDS.get(kind, kind)} {way}")


def remember(_: Any, sink: Any) -> None:
    sink.meta("before", str(len(MEMORY)))
    MEMORY.append("of an earlier document")


def hold_much(_: Any, sink: Any) -> None:
    sink.meta("held", str(len(bytearray(600 << 20))))


KINDS = {"b": "device", "l": "socket", "h": "file"}
MEMORY: list[str] = []


def read_tail(source: Any, sink: Any) -> None:
    source.seek(-3, os.SEEK_END)
    sink.meta("tail", source.read().decode())


def break_a_child(_: Any, sink: Any) -> None:
    with contextlib.suppress(ValueError), sink.child(ChildHead("broken", "member")) as child:
        child.write(b"half")
        raise ValueError
    sink.warn("broken", "A member is broken.")


def fail(_: Any, sink: Any) -> None:
    raise LookupError("a secret from the document")


def recurse(source: Any, sink: Any) -> None:
    recurse(source, sink)


def want_memory(_: Any, sink: Any) -> None:
    hold_memory()


def print_much(_: Any, sink: Any) -> None:
    os.write(1, b"printed by a library" * 1000)
    os.write(2, b"complained by a library" * 10_000)


SPECIAL = {
    special.__name__.replace("_", " "): special
    for special in (
        tell_surroundings,
        tell_descriptors,
        remember,
        hold_much,
        read_tail,
        break_a_child,
        fail,
        recurse,
        want_memory,
        print_much,
    )
}


ANSWERING = ("late frames", "linger")


def answer(channel: worker.WorkerChannel, request: Any) -> None:
    if request.hint.name not in DEEDS:
        extract_worker.answer(channel, request, echo)
        return
    raw(channel, encode(FrameType.BEGIN, request.token))
    if request.hint.name in ANSWERING and request.source == "stream":
        # As every reader does: one that answers and is gone breaks the pipe it is still given by.
        while channel.receive().kind is not FrameType.END:
            pass
    DEEDS[request.hint.name](channel)


def serve(channel: worker.WorkerChannel) -> None:
    """One process for many documents, as where there is no fork server."""
    worker.say_ready(channel, "extract")
    worker_loop.serve(channel, answer)


def fork(channel: worker.WorkerChannel) -> None:
    worker_loop.run(channel, "extract", answer, [Tier(name) for name in sys.argv[3:]] or None)


def crash_on_poison(entries: Any) -> bytes:
    from evidencebox.index.invert import invert

    if any("poison" in page.text for entry in entries for page in entry.pages):
        os.abort()
    if any("mistake" in page.text for entry in entries for page in entry.pages):
        raise LookupError("a secret from the document")
    if any("nonsense" in page.text for entry in entries for page in entry.pages):
        return b"no segment"
    return invert(entries).to_bytes()


def serve_analyser(channel: worker.WorkerChannel) -> None:
    worker.say_ready(channel, "analyse")
    worker_loop.serve(
        channel, lambda own, asked: analyse_worker.answer(own, asked, crash_on_poison)
    )


def refuse_to_work(channel: worker.WorkerChannel) -> None:
    worker.say_ready(channel, "extract", error="ModuleNotFoundError: no reader here")


ROLES = {"extract": serve, "forks": fork, "analyse": serve_analyser, "broken": refuse_to_work}

if __name__ == "__main__":
    with contextlib.suppress(worker.ParentGoneError):
        ROLES[sys.argv[2]](worker.open_channel())
