"""Drawing a page in a sandboxed worker: an order in, pixels and boxes out, all of it checked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidencebox.model.documents import Notice, Outcome, Page, Status
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.frames import Frame, FrameType, ProtocolError
from evidencebox.model.pictures import Order, Picture, order_frame, read_picture
from evidencebox.services.executor import Channel, Fault
from evidencebox.services.extract_job import ChildReceiver, ExtractJob
from evidencebox.services.sources import OpenSource

SHARE = 64
"""Pages of a family that one process draws."""
SECONDS = 30.0
"""For one page: a person waits for it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of an order: a picture where the outcome is ok, else none."""

    picture: Picture | None
    outcome: Outcome


class RenderJob(ExtractJob):
    """One page's conversation. The document's bytes go the same ways as for extraction."""

    mode = "render"

    def __init__(self, source: OpenSource, hint: Hint, order: Order, family: str = "") -> None:
        """`family`: pages that one process may draw after each other, such as a document's."""
        limits = Limits(stall_seconds=SECONDS, base_seconds=SECONDS, seconds_per_mib=0.1)
        super().__init__(source, hint, limits, _Nobody(), share=SHARE)
        self.family = family  # whatever its size: its pages are of one and the same document
        self._order = order
        self._picture: Picture | None = None
        self._pixels = bytearray()

    def converse(self, channel: Channel) -> Drawn:  # type: ignore[override]
        channel.send(order_frame(self._order))
        outcome = super().converse(channel)
        if outcome.status is not Status.OK:
            return Drawn(None, outcome)
        if self._picture is None or len(self._pixels) != self._picture.size:
            raise ProtocolError("a picture that is not whole")
        return Drawn(replace(self._picture, pixels=bytes(self._pixels)), outcome)

    def fault(self, fault: Fault) -> Drawn:  # type: ignore[override]
        status = super().fault(fault).status
        return Drawn(None, Outcome(status, reason=f"The reader {fault.sentence()} at this page."))

    def _take(self, frame: Frame, channel: Channel) -> None:
        kind, payload = frame
        if kind is FrameType.PICTURE and self._picture is None:
            marks, ink = len(self._order.marks), self._order.ink > 0
            self._picture = read_picture(payload, marks, ink=ink)
        elif kind is FrameType.PIXELS and self._picture is not None:
            self._pixels += payload
            if not payload or len(self._pixels) > self._picture.size:
                raise ProtocolError("more pixels than the picture has")
        elif kind in (FrameType.READ, FrameType.ASK, FrameType.BEAT):
            super()._take(frame, channel)
        else:
            raise ProtocolError(f"a {kind.name} frame out of place")


class _Nobody:
    """Nothing but a picture may come, so nothing is received."""

    def page(self, page: Page) -> None:
        raise AssertionError

    def meta(self, key: str, value: str) -> None:
        raise AssertionError

    def notice(self, notice: Notice) -> None:
        raise AssertionError

    def child(self, head: ChildHead) -> ChildReceiver:
        raise AssertionError
