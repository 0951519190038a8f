"""One document's conversation with its extractor.

Every frame is checked before the receiver sees it, against the same limits the worker was told: a
worker that reads hostile bytes may have become hostile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NoReturn, Protocol

from evidencebox.model.documents import Layer, Notice, Outcome, Page, Status
from evidencebox.model.extracted import read_child, read_meta, read_notice, read_outcome, read_page
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.frames import PIECE, Frame, FrameType, ProtocolError, encode
from evidencebox.model.messages import Request, passwords_frame, read_read, request_frame
from evidencebox.model.passwords import OPENED_WITH
from evidencebox.services.executor import Channel, Fault, FaultKind, WorkerRefusedError
from evidencebox.services.handing import Passwords
from evidencebox.services.sandbox import WEAKEST
from evidencebox.services.sources import OpenSource, descriptor_of, pieces_of

META_COUNT = 20_000
NOTICE_COUNT = 10_000
_HEAD_BYTES = 64
_CLEAN = (Status.OK, Status.EMPTY, Status.ENCRYPTED, Status.UNSUPPORTED)
_RATIO_SLACK = 2
SHARE = 16
"""Documents of one family that a child may read, one after the other, unless told fewer."""
SHARED_BYTES = 256 << 10
"""Larger documents have a reader to themselves: what that costs is little beside reading them."""


class ChildReceiver(Protocol):
    """Takes one child's bytes. After `write`s comes either `close` (complete) or `abort`."""

    def write(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...

    def abort(self) -> None: ...


class Receiver(Protocol):
    """Called in the worker's thread, in order, with what has been checked. May raise.

    What it raises ends the task and comes out of the future.
    """

    def page(self, page: Page) -> None: ...

    def meta(self, key: str, value: str) -> None: ...

    def notice(self, notice: Notice) -> None: ...

    def child(self, head: ChildHead) -> ChildReceiver: ...


class ExtractJob:
    """One document's conversation."""

    mode = "extract"
    page = 0
    spent = False
    """True once passwords were handed over."""

    def __init__(
        self,
        source: OpenSource,
        hint: Hint,
        limits: Limits,
        receive: Receiver,
        family: str = "",
        share: int = SHARE,
        again: Callable[[], None] | None = None,
    ) -> None:
        self.family = family if hint.size <= SHARED_BYTES else ""
        self.share = share
        self._again = again
        self._source = source
        self._hint = hint
        self._limits = limits
        self._receive = receive
        self._child: ChildReceiver | None = None
        self.passwords = Passwords()
        self.dangerous = False
        self._begin_counting()

    def _begin_counting(self) -> None:
        self.spent = False
        self._handed: frozenset[str] = frozenset()
        self._last = dict.fromkeys(Layer, 0)
        self._pages = self._chars = self._metas = self._notices = self._out = 0

    @property
    def total_seconds(self) -> float:
        return self._limits.total_seconds(self._hint.size)

    @property
    def stall_seconds(self) -> float:
        return self._limits.stall_seconds

    @property
    def memory_bytes(self) -> int:
        return self._limits.memory_bytes

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        how = self._how(channel)
        size = self._source.size if how == "ask" else self._hint.size  # type: ignore[union-attr]
        hint = replace(self._hint, size=size)
        limits = self._limits
        if channel.tier in WEAKEST and not self.dangerous:
            limits = replace(limits, dangerous=False)
        request = Request(channel.token, self.mode, how, hint, limits, self.page)
        descriptor = descriptor_of(self._source) if how == "descriptor" else None
        return request_frame(request), descriptor

    def converse(self, channel: Channel) -> Outcome:
        self._give(channel)
        while (frame := channel.receive()).kind is not FrameType.OUTCOME:
            self._take(frame, channel)
        outcome = read_outcome(frame.payload)
        if self._child is not None:
            raise ProtocolError("an outcome inside a child")
        if outcome.status not in _CLEAN:
            self.family = ""  # a reader that came to grief reads nothing else
        return outcome

    def again(self, result: object) -> bool:
        """See `Job.again`."""
        if self._again is None or not isinstance(result, Outcome) or result.status in _CLEAN:
            return False
        self.family = ""
        self._abort_child()
        self._begin_counting()
        self._again()
        return True

    def fault(self, fault: Fault) -> Outcome:
        self._abort_child()
        status = {
            FaultKind.TIMEOUT: Status.TIMEOUT,
            FaultKind.STALLED: Status.TIMEOUT,
            FaultKind.MEMORY: Status.LIMIT,
        }.get(fault.kind, Status.FAILED)
        return Outcome(status, reason=f"The reader {fault.sentence()} while reading this file.")

    def close(self) -> None:
        self._abort_child()
        if isinstance(self._source, int):
            os.close(self._source)
        else:
            close = getattr(self._source, "close", None)
            if close is not None:
                close()

    # --- the document's bytes, to the worker

    def _give(self, channel: Channel) -> None:
        """Sends the bytes where neither a descriptor nor READ lets the worker have them."""
        if self._how(channel) == "stream":
            self._stream(channel, pieces_of(self._source))

    def _how(self, channel: Channel) -> str:
        if channel.descriptors and descriptor_of(self._source) is not None:
            return "descriptor"
        return "ask" if hasattr(self._source, "read_at") else "stream"

    def _stream(self, channel: Channel, pieces: Iterable[bytes]) -> None:
        iterator = iter(pieces)
        while True:
            with channel.paused():
                piece = next(iterator, None)
            if piece is None:
                break
            for start in range(0, len(piece), PIECE):
                channel.send(encode(FrameType.DATA, piece[start : start + PIECE]))
        channel.send(encode(FrameType.END))

    # --- what comes back

    def _take(self, frame: Frame, channel: Channel) -> None:
        kind, payload = frame
        if kind is FrameType.PAGE:
            self._take_page(payload, channel)
        elif kind is FrameType.CHILD_DATA:
            self._take_data(payload, channel)
        elif kind in (FrameType.CHILD, FrameType.CHILD_END, FrameType.CHILD_ABORT):
            self._take_child(kind, payload, channel)
        elif kind is FrameType.READ:
            self._answer(payload, channel)
        elif kind is FrameType.ASK:
            self._hand_over(channel)
        elif kind in (FrameType.META, FrameType.NOTICE):
            self._take_note(kind, payload, channel)
        elif kind is not FrameType.BEAT:
            raise ProtocolError(f"a {kind.name} frame out of place")

    def _take_page(self, payload: bytes, channel: Channel) -> None:
        page = read_page(payload, channel.receive, self._limits.total_chars(self._hint.size))
        if page.number <= self._last[page.layer]:
            raise ProtocolError("pages that do not ascend")
        self._last[page.layer] = page.number
        self._pages += 1
        self._chars += len(page.text)
        pages = self._limits.total_pages(self._hint.size)
        if self._pages > pages:
            self._over(f"more than {pages:,} pages")
        chars = self._limits.total_chars(self._hint.size)
        if self._chars > chars:
            self._over(f"more than {chars:,} characters of text")
        with channel.paused():
            self._receive.page(page)

    def _take_note(self, kind: FrameType, payload: bytes, channel: Channel) -> None:
        if kind is FrameType.META:
            key, value = read_meta(payload)
            self._metas += 1
            if self._metas > META_COUNT:
                self._over(f"more than {META_COUNT:,} metadata values")
            if key == OPENED_WITH:
                if value not in self._handed:
                    raise ProtocolError("opened with what was not handed over")
                self.passwords.fitted(value)
            with channel.paused():
                self._receive.meta(key, value)
            return
        notice = read_notice(payload)
        self._notices += 1
        if self._notices > NOTICE_COUNT:
            self._over(f"more than {NOTICE_COUNT:,} notices")
        with channel.paused():
            self._receive.notice(notice)

    def _take_child(self, kind: FrameType, payload: bytes, channel: Channel) -> None:
        if (kind is FrameType.CHILD) != (self._child is None):
            raise ProtocolError("children that do not begin and end in turn")
        if kind is FrameType.CHILD:
            head = read_child(payload)
            self._count_out(_HEAD_BYTES)
            with channel.paused():
                self._child = self._receive.child(head)
        elif kind is FrameType.CHILD_ABORT:
            self._abort_child()
        else:
            child, self._child = self._child, None
            assert child is not None
            with channel.paused():
                child.close()

    def _take_data(self, payload: bytes, channel: Channel) -> None:
        if self._child is None:
            raise ProtocolError("a child's bytes outside a child")
        self._count_out(len(payload))
        with channel.paused():
            self._child.write(payload)

    def _answer(self, payload: bytes, channel: Channel) -> None:
        offset, length = read_read(payload)
        if isinstance(self._source, int) or not hasattr(self._source, "read_at"):
            raise ProtocolError("a READ for bytes that were already given")
        # The clocks run on: a worker could ask for the same bytes for ever.
        channel.send(encode(FrameType.DATA, self._source.read_at(offset, length)))

    def _hand_over(self, channel: Channel) -> None:
        """The known passwords: once, and to a process that takes no other document after this."""
        if self.spent:
            raise ProtocolError("passwords asked for a second time")
        self.spent = True
        with channel.paused():
            known = self.passwords.known()
        self._handed = frozenset(each.id for each in known)
        channel.send(passwords_frame(known))

    def _count_out(self, size: int) -> None:
        """The reader keeps to the ratio itself, so twice as much is beyond a slip of counting."""
        self._out += size
        allowed = self._limits.ratio * max(self._hint.size, self._limits.ratio_after_bytes)
        if self._out > _RATIO_SLACK * allowed:
            self._over(f"more than {self._limits.ratio} times as many bytes as it has")

    def _over(self, what: str) -> NoReturn:
        got = self._pages > 1 or self._out > _HEAD_BYTES
        self._abort_child()
        reason = f"This file gave {what}; what came before is kept."
        raise WorkerRefusedError(Outcome(Status.PARTIAL if got else Status.LIMIT, reason=reason))

    def _abort_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.abort()
