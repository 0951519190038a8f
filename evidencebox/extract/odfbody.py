"""OpenDocument events as text: one document's styles and body, in one part or two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from evidencebox.extract import odfevents
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.odfsheet import Sheet
from evidencebox.extract.odfstyles import Styles
from evidencebox.extract.pieces import Pieces, Writer

Closing = Callable[[], None] | None
Opens = Callable[["OdfBody", dict[str, str]], Closing]
_ORDER: Final = (
    "headers", "footers", "master pages", "footnotes", "endnotes", "comments", "forms",
    "tracked changes", "macros",
)  # fmt: skip
_TITLE: Final = 80


class OdfBody:
    """Handlers for the parts of one document. `mode` is text, sheet or slides."""

    def __init__(self, job: Job, mode: str, label: str = "", *, paged: bool = False) -> None:
        self.job = job
        self.mode = mode
        self.styles = Styles()
        self.main = Flow(job, label, paged=paged)
        self.out: Writer = self.main
        self.kind = ""
        self.hidden = 0
        self.inserted: tuple[str, str] | None = None
        self.paragraphs = 0
        self.cells: list[list[int]] = []
        self.sheet: Sheet | None = None
        self.slides = 0
        self.slide_word = "slide"
        self.title: list[str] | None = None
        self.titles: list[str] = []
        self.in_master = False
        self.changes: dict[str, tuple[str, Pieces, str]] = {}
        self.who: list[str] = []
        self.where = ""
        self.replaced: Writer | None = None
        self.counts: dict[str, int] = {}
        self.grabbed: list[str] | None = None
        self._sides: dict[str, Pieces] = {}
        self._open: list[Closing] = []
        self._skip = 0
        self._placed: set[str] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skip:
            self._skip += 1
            return
        if tag in odfevents.SKIPPED or (self.in_master and tag in odfevents.FIELDS):
            self._skip = 1
            return
        opens = odfevents.OPENS.get(tag)
        self._open.append(opens(self, attributes) if opens else None)

    def end(self, _: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        closing = self._open.pop() if self._open else None
        if closing is not None:
            closing()

    def text(self, data: str) -> None:
        if self._skip:
            return
        if self.grabbed is not None:
            self.grabbed.append(data)
        elif self.paragraphs:
            if self.title is not None:
                self.title.append(data)
            # line ends and runs of spaces in the XML are one space each
            self.add(odfevents.SPACES.sub(" ", data))

    def add(self, text: str) -> None:
        """Text in the present state, marked as what it is."""
        self.replaced = None
        if self.inserted and not self.kind:
            self.out.add(text, *self.inserted)
        else:
            self.out.add(text, "hidden" if self.hidden else self.kind)

    def side(self, label: str) -> Pieces:
        """The text that waits for a page of that label."""
        return self._sides.setdefault(label, Pieces())

    def divert(self, out: Writer, kind: str) -> Callable[[], None]:
        """Sends what follows elsewhere; the returned call sends it back and ends the line."""
        kept = (self.out, self.kind, self.paragraphs, self.cells, self.title, self.inserted)
        self.out, self.kind, self.paragraphs, self.cells = out, kind, 0, []
        self.title = self.inserted = None

        def back() -> None:
            out.newline()
            self.out, self.kind, self.paragraphs, self.cells, self.title, self.inserted = kept

        return back

    def grab(self, use: Callable[[str], None]) -> Callable[[], None]:
        """Keeps the text of an element apart for `use`."""
        self.grabbed = []

        def closing() -> None:
            text = "".join(self.grabbed or ())
            self.grabbed = None
            use(text)

        return closing

    def page_break(self) -> None:
        """A page ends here, if this is the body's own text."""
        if self.out is self.main and self.mode == "text" and not self.cells:
            self.main.page_break()

    def place(self, change: str) -> None:
        """A deletion where it was made."""
        if change in self.changes and change not in self._placed:
            what, pieces, who = self.changes[change]
            if what == "deleted":
                self._placed.add(change)
                if self.replaced is self.out:
                    self.out.add(" ")
                self.out.add(pieces.text.rstrip("\n"), "deleted", who)

    def slide(self, pieces: Pieces, title: str, hidden: bool) -> None:
        """One slide or drawing is one page, blank or not."""
        label = f"{self.slide_word} {self.slides}" + (" (hidden)" if hidden else "")
        title = " ".join(title.split())[:_TITLE]
        flow = Flow(self.job, f"{label}: {title}" if title else label, paged=True)
        pieces.pour(flow)
        flow.page_break()

    def close(self) -> None:
        """The rest of the body, then what stands beside it, each on pages of its own."""
        while self._open:
            self.end("")
        self.main.close()
        left = self.side("deleted text")
        for change in self.changes:
            before, self.out = self.out, left
            self.place(change)
            self.out = before
            left.newline()
        notes = [label for label in self._sides if label.endswith(" notes")]
        for label in (*_ORDER, *notes, "deleted text"):
            if label in self._sides:
                flow = Flow(self.job, label)
                self._sides[label].pour(flow)
                flow.close()
