"""What the extractor tests share: a sink that remembers, and a call that uses it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from evidencebox.extract import extract
from evidencebox.model.documents import Outcome, Page, Status
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.passwords import KnownPassword


@dataclass
class Child:
    """A child as the sink got it."""

    head: ChildHead
    pieces: list[bytes] = field(default_factory=list)

    def write(self, data: bytes, /) -> None:
        self.pieces.append(data)

    @property
    def data(self) -> bytes:
        return b"".join(self.pieces)


@dataclass
class Found:
    """Everything one extraction said."""

    outcome: Outcome = field(default_factory=lambda: Outcome(Status.PENDING))
    pages: list[Page] = field(default_factory=list)
    metadata: dict[str, list[str]] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)
    beats: int = 0
    asked: int = 0

    @property
    def text(self) -> str:
        return "".join(page.text for page in self.pages)

    @property
    def codes(self) -> set[str]:
        return {code for code, _ in self.notices}

    @property
    def status(self) -> str:
        return self.outcome.status.value

    def spans(self, kind: str) -> list[str]:
        """The texts of all spans of a kind."""
        return [
            page.text[span.start : span.end]
            for page in self.pages
            for span in page.spans
            if span.kind == kind
        ]

    def page(self, page: Page) -> None:
        assert page.number == len(self.pages) + 1
        assert all(0 <= span.start <= span.end <= len(page.text) for span in page.spans)
        page.text.encode("utf-8")
        self.pages.append(page)

    def meta(self, key: str, value: str) -> None:
        self.metadata.setdefault(key, []).append(value)

    @contextmanager
    def child(self, head: ChildHead) -> Iterator[Child]:
        child = Child(head)
        self.children.append(child)
        yield child

    def warn(self, code: str, detail: str) -> None:
        self.notices.append((code, detail))

    def beat(self) -> None:
        self.beats += 1


Reader = Callable[..., Found]


@pytest.fixture(scope="session")
def read() -> Reader:
    """`read(data, name="", media_type="", depth=0, limits=Limits(), passwords=())` gives what was
    found. Passwords have the ids p0, p1 and so on; that they were asked for is counted."""

    def call(
        data: bytes,
        name: str = "",
        media_type: str = "",
        depth: int = 0,
        limits: Limits | None = None,
        passwords: Sequence[str] = (),
    ) -> Found:
        found = Found()
        hint = Hint(name, media_type, len(data), depth)

        def known() -> list[KnownPassword]:
            found.asked += 1
            return [KnownPassword(f"p{number}", text) for number, text in enumerate(passwords)]

        found.outcome = extract(io.BytesIO(data), hint, limits or Limits(), found, known)
        return found

    return call


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The shared corpora beside the project; the test is skipped where they are absent."""
    folder = Path(__file__).parents[2].parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the shared corpora are not on this machine")
    return folder
