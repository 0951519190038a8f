"""Recognition in sandboxed workers: a task is one page, so a crash or a hang costs one page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from evidencebox.extract import ocrdata
from evidencebox.model.documents import Layer, Notice, Outcome, Page, Span, Status
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.frames import ProtocolError
from evidencebox.model.places import WordPlace, pack, read_places
from evidencebox.services.executor import RECYCLE_AFTER, Channel, Executor, Fault
from evidencebox.services.extract_job import ChildReceiver, ExtractJob
from evidencebox.services.handing import Passwords
from evidencebox.services.ocr_languages import prepare
from evidencebox.services.sources import OpenSource
from evidencebox.services.worker_process import Transport, own_command

LIMITS = Limits(
    stall_seconds=240.0,
    base_seconds=240.0,
    seconds_per_mib=0.5,
    max_seconds=600.0,
    chars=1_000_000,
    pages=1,
)
"""For one page. Recognition says nothing while it works, so there is no stall limit of its own."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What became of one page: its text where there is any, or one sentence why there is none.

    `places` as `evidencebox.model.places` packs them.
    """

    status: Status
    text: str = ""
    spans: tuple[Span, ...] = ()
    confidence: int = 0
    reason: str = ""
    places: bytes = b""


class OcrPool:
    """The recognisers. `languages`: codes joined by `+`."""

    def __init__(
        self,
        workers: int,
        languages: str,
        command: Sequence[str] | None = None,
        recycle_after: int = RECYCLE_AFTER,
        transport: Transport | None = None,
        limits: Limits = LIMITS,
        passwords: Passwords | None = None,
    ) -> None:
        self._passwords = passwords or Passwords()
        self._limits = limits
        command = command or own_command("--worker", "ocr", languages, _data(languages))
        self._executor = Executor("ocr", workers, command, recycle_after, 2 * workers, transport)

    @property
    def tier(self) -> str:
        """See `Executor.tier`."""
        return self._executor.tier

    def __enter__(self) -> OcrPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, source: OpenSource, hint: Hint, page: int) -> Future[PageRead]:
        """Queues page `page` (from 1) of a document; blocks while the queue is full.

        The source belongs to the pool from here on. The future gives a PageRead; it raises what
        the source raised, `WorkerStartError` or `ExecutorClosedError`.
        """
        job = _OcrJob(source, hint, self._limits, page)
        job.passwords = self._passwords
        return self._executor.submit(job)

    def words(self, picture: bytes, hint: Hint) -> Future[PageRead]:
        """Queues a picture of ours whose words are wanted with their places: one that was drawn,
        as a PNG. See `evidencebox.extract.ocrplaces` for what the spans say; for Tesseract only.
        """
        job = _OcrJob(io.BytesIO(picture), hint, self._limits, 1, mode="words")
        return self._executor.submit(job)

    def close(self) -> None:
        """See `Executor.close`."""
        self._executor.close()


def _data(languages: str) -> str:
    """The folder for the worker; where it has not all data, the worker will say so."""
    prepare(languages)
    return str(ocrdata.folder_for(languages.split("+")) or ocrdata.folder() or "")


class _Taken:
    """A `Receiver` of one page: all else is not what was asked for."""

    def __init__(self, number: int, raw: bool = False) -> None:
        """`raw`: words stay among the spans, for whoever asked for them."""
        self._number, self._raw = number, raw
        self.found: Page | None = None
        self.places: list[WordPlace] = []
        self.confidence = 0

    def page(self, page: Page) -> None:
        if page.layer is not Layer.OCR or page.number != self._number:
            raise ProtocolError("another page than the one that was asked for")
        if not self._raw:
            self.places, others = read_places(page.spans)
            page = replace(page, spans=tuple(others))
        self.found = page

    def meta(self, key: str, value: str) -> None:
        if key != "ocr_confidence" or not (value.isascii() and value.isdecimal()):
            raise ProtocolError("metadata that was not asked for")
        self.confidence = min(int(value[:4]), 100)

    def notice(self, notice: Notice) -> None:
        raise ProtocolError("a notice that was not asked for")

    def child(self, head: ChildHead) -> ChildReceiver:
        raise ProtocolError("a child that was not asked for")


class _OcrJob(ExtractJob):
    """One page's conversation. The document's bytes go the same ways as for extraction."""

    def __init__(
        self, source: OpenSource, hint: Hint, limits: Limits, page: int, mode: str = "ocr"
    ) -> None:
        self.mode = mode
        self._taken = _Taken(page, raw=mode == "words")
        super().__init__(source, hint, limits, self._taken)
        self.page = page

    def converse(self, channel: Channel) -> PageRead:  # type: ignore[override]
        return self._read(super().converse(channel))

    def fault(self, fault: Fault) -> PageRead:  # type: ignore[override]
        self._taken.found = None
        status = super().fault(fault).status
        return PageRead(status, reason=f"The recogniser {fault.sentence()} at this page.")

    def _read(self, outcome: Outcome) -> PageRead:
        page, confidence = self._taken.found, self._taken.confidence
        if page is None:
            return PageRead(outcome.status, reason=outcome.reason)
        places = pack(self._taken.places, page.text)
        return PageRead(outcome.status, page.text, page.spans, confidence, outcome.reason, places)
