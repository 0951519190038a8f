"""One document being read: its bytes, its limits, and what has been said of it so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, Final

from evidencebox.extract.keyring import Ask, Keyring, nothing_known
from evidencebox.extract.kinds import UNKNOWN, Kind
from evidencebox.extract.language import language_of
from evidencebox.extract.tidy import tidy, tidy_page
from evidencebox.model.documents import Page, Span, Status
from evidencebox.model.extraction import ChildHead, ChildWriter, Hint, Limits, Sink

MAX_NOTICES: Final = 1_000
MAX_META: Final = 20_000
_LISTENED: Final = 500
_THEN_EVERY: Final = 25


class Stop(Exception):
    """Ends a reader early: a status and one sentence with no text of the document in it."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class SinkFault(BaseException):
    """The sink failed, not the document. No reader may take it for a fault of the file."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


class GuardedWriter:
    """A child's writer whose own errors are told apart from those of the document."""

    def __init__(self, job: Job, writer: ChildWriter) -> None:
        self._job = job
        self._writer = writer
        self.size = 0

    def write(self, data: bytes, /) -> None:
        self.size += len(data)
        self._job.guard(lambda: self._writer.write(data))
        self._job.guard(self._job.sink.beat)


class Job:
    """What every reader gets: `source` to read, and the only ways to say what was found.

    Counts pages, characters and notices against the limits; raises `Stop` at the limit.
    """

    def __init__(
        self,
        source: BinaryIO,
        hint: Hint,
        limits: Limits,
        sink: Sink,
        size: int,
        passwords: Ask = nothing_known,
    ) -> None:
        self.source = source
        self.hint = hint
        self.limits = limits
        self.sink = sink
        self.size = size
        self.kind: Kind = UNKNOWN
        self.pages = 0
        self.chars = 0
        self.children = 0
        self.has_text = False
        self.gaps: list[tuple[Status, str]] = []
        self.page_limit = limits.pages
        self.engine = "own"
        self.languages: Counter[str] = Counter()
        self.keys = Keyring(passwords, limits.password_seconds, self.meta, self.beat)
        self._notices = 0
        self._metas = 0

    @property
    def yielded(self) -> bool:
        """Whether anything of the document has been handed over."""
        return bool(self.pages or self.children)

    def guard(self, call: Callable[[], object]) -> None:
        """Calls the sink; what it raises passes through every reader untouched."""
        try:
            call()
        except Exception as error:
            raise SinkFault(error) from error

    def beat(self) -> None:
        self.guard(self.sink.beat)

    def unbound_pages(self) -> None:
        """For text that is not compressed: it cannot yield more pages than its bytes allow."""
        self.page_limit = self.limits.total_pages(self.size)

    def page(self, text: str, label: str = "", spans: tuple[Span, ...] = ()) -> None:
        """Hands over the next page; its text is made tidy and its spans move along."""
        if self.pages >= self.page_limit:
            raise Stop(Status.LIMIT, f"Only the first {self.page_limit:,} pages were read.")
        most = self.limits.total_chars(self.size)
        allowed = most - self.chars
        cut = len(text) > allowed
        text, spans = tidy_page(text[:allowed], spans)
        self.pages += 1
        self.chars += len(text)
        self.has_text = self.has_text or bool(text.strip())
        page = Page(self.pages, text, tidy(label)[:200], spans=spans)
        self._listen(page)
        self.guard(lambda: self.sink.page(page))
        self.beat()
        if cut:
            raise Stop(Status.LIMIT, f"Only the first {most:,} characters were read.")

    def _listen(self, page: Page) -> None:
        """Counts the page's language; of very long documents, only every so often."""
        if self.pages <= _LISTENED or self.pages % _THEN_EVERY == 0:
            ends = (span.end for span in page.spans if span.kind == "mail_header")
            if language := language_of(page.text[max(ends, default=0) :]):
                self.languages[language] += 1

    def meta(self, key: str, value: str) -> None:
        """One value of one key; blank values are dropped, long ones cut at the header limit."""
        value = tidy(value[: self.limits.header_bytes]).strip()
        self._metas += 1
        if value and self._metas <= MAX_META:
            self.guard(lambda: self.sink.meta(key, value))

    def warn(self, code: str, detail: str) -> None:
        """A notice: a code and a sentence. A hostile file cannot flood: after 1,000 they stop."""
        self._notices += 1
        if self._notices < MAX_NOTICES:
            self.guard(lambda: self.sink.warn(code, tidy(detail)[:1_000]))
        elif self._notices == MAX_NOTICES:
            self.guard(lambda: self.sink.warn("notices", "There were more notices than are kept."))

    def gap(self, code: str, reason: str, status: Status = Status.PARTIAL) -> None:
        """A notice that something was not read: the document cannot be `ok` any more."""
        self.warn(code, reason)
        if len(self.gaps) < MAX_NOTICES:
            self.gaps.append((status, reason))

    def may_have_children(self) -> bool:
        """False at the depth limit, once said."""
        if self.hint.depth < self.limits.depth:
            return True
        if not any(status is Status.LIMIT for status, _ in self.gaps):
            self.gap(
                "depth",
                f"What it holds lies deeper than {self.limits.depth} levels and was not opened.",
                Status.LIMIT,
            )
        return False

    @contextmanager
    def child(self, head: ChildHead) -> Iterator[GuardedWriter]:
        """Opens a child to be written piece by piece. Ask `may_have_children` first."""
        head = ChildHead(
            tidy(head.name)[:1_000], head.relation, tidy(head.media_type)[:200], tidy(head.part)
        )
        stack = ExitStack()
        opened: list[ChildWriter] = []
        self.guard(lambda: opened.append(stack.enter_context(self.sink.child(head))))
        self.children += 1
        try:
            yield GuardedWriter(self, opened[0])
        finally:
            self.guard(stack.close)

    def whole(self, head: ChildHead, data: bytes) -> None:
        """A child whose bytes are at hand; empty ones are children too."""
        if self.may_have_children():
            with self.child(head) as writer:
                writer.write(data)

    def verdict(self) -> tuple[Status, str]:
        """The status of a reader that came to its end, and the sentence that goes with it."""
        if self.gaps:
            order = [Status.LIMIT, Status.ENCRYPTED, Status.UNSUPPORTED, Status.PARTIAL]
            status, reason = min(self.gaps, key=lambda gap: order.index(gap[0]))
            more = len(self.gaps) - 1
            return status, reason if not more else f"{reason} ({more} more such notices)"
        if self.has_text or self.children:
            return Status.OK, ""
        return Status.EMPTY, "No text was found in it."
