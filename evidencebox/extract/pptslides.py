"""The slides of an old presentation as pages, and what is said beside them."""

from __future__ import annotations

from typing import Final

from evidencebox.extract import pptrecords as R
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.oleart import Record, kids, records
from evidencebox.extract.ppttext import Block, Shape, comments, outline, shapes, text_of

_SLIDES, _MASTERS, _NOTES = 0, 1, 2
_TITLE: Final = 80
_TITLES: Final = (13, 15, 17)
_HIDDEN: Final = 0x4
# placeholders of masters that hold words of their own: date, footer, header
_EDGES: Final = {7: "footer", 9: "footer", 10: "header"}
_NOT_SAID: Final = ("", "*")
_HAS: Final = ((0x4, 0, "footer"), (0x10, 1, "header"), (0x20, 2, "footer"))


class Show:
    """One presentation. Notes and comments wait until all slides are pages."""

    def __init__(self, job: Job, stream: bytes, objects: R.Objects) -> None:
        self._job = job
        self._stream = stream
        self._objects = objects
        self._document = objects.get(objects.document_id, R.DOCUMENT) or self._last_document()
        self._links = self._targets()
        self._said: set[str] = set()

    def _last_document(self) -> Record | None:
        found = [record for record in records(self._stream) if record.kind == R.DOCUMENT]
        return found[-1] if found else None

    def _targets(self) -> dict[int, str]:
        found = {}
        for record in R.inner(self._document) if self._document else ():
            if record.kind == R.LINK:
                said = R.strings(record)
                place = said.get(3, "")
                target = said.get(1, "") or (said.get(0, "") if not place else "")
                found[R.number(R.first(record, R.LINK_ATOM), 0)] = (
                    f"{target}#{place}" if place else target
                )
        return found

    def read(self) -> None:
        """Slides, then notes and comments slide by slide, masters, and what old saves left."""
        if self._document is None:
            self._job.gap("broken", "The presentation's main part could not be found.")
        notes = self._notes()
        aside: list[tuple[str, str, list[str]]] = []
        listed = self._slides()
        for count, (number, slide, blocks) in enumerate(listed, 1):
            label = f"slide {count}"
            if slide is None and not blocks:
                self._job.gap("broken_part", "A slide of the presentation is missing.")
                continue
            self._slide(label, slide, blocks)
            aside.append((f"{label} notes", "note", notes.pop(number, [])))
            if slide:
                aside.append((f"{label} comments", "comment", list(comments(slide))))
            self._job.beat()
        aside += [("notes of no slide", "note", texts) for texts in notes.values()]
        for label, kind, texts in aside:
            flow = Flow(self._job, label)
            for text in texts:
                self._said.add(text)
                flow.add(text, kind)
                flow.newline()
            flow.close()
        self._masters()
        self._earlier()

    def _listed(self, which: int) -> list[tuple[int, Record | None, list[Block]]]:
        """(id, container, outline) of all that one list of the document names."""
        found: list[tuple[int, Record | None, list[Block]]] = []
        seen: set[int] = set()
        for listed in kids(self._document) if self._document else ():
            if listed.kind == R.LISTS and listed.instance == which:
                for entry, blocks in outline(listed):
                    wanted = (R.SLIDE, R.NOTES, R.MASTER)
                    number = R.number(entry, 0)
                    if number not in seen:
                        record = self._objects.get(number, *wanted)
                        found.append((R.number(entry, 12), record, blocks))
                    seen.add(number)
        return found

    def _slides(self) -> list[tuple[int, Record | None, list[Block]]]:
        """The slides of the show; all there are, in the stream's order, where its list is lost."""
        listed = self._listed(_SLIDES)
        if any(slide for _, slide, _ in listed):
            return listed
        found = [each for each in records(self._stream) if each.kind == R.SLIDE]
        outlines = [(number, blocks) for number, _, blocks in listed]
        outlines += [(-1, [])] * (len(found) - len(outlines))
        every = [*found, *[None] * (len(outlines) - len(found))]
        return [(n, slide, blocks) for slide, (n, blocks) in zip(every, outlines, strict=True)]

    def _slide(self, label: str, slide: Record | None, blocks: list[Block]) -> None:
        drawn = list(shapes(slide)) if slide else []
        used = {number for shape in drawn for number in shape.outline}
        rest = Shape(blocks=[b for n, b in enumerate(blocks) if n not in used])
        texts = [(shape, _texts(shape, blocks)) for shape in [*drawn, rest]]
        titles = [
            block.text
            for shape, found in texts
            for block in found
            if (block.title or shape.holder in _TITLES) and block.text.strip()
        ]
        title = " ".join(titles[0].split())[:_TITLE] if titles else ""
        if slide and R.number(R.first(slide, R.SHOW_INFO), 10, "<H") & _HIDDEN:
            self._job.warn("hidden", "The presentation has a hidden slide.")
            label += " (hidden)"
        flow = Flow(self._job, f"{label}: {title}" if title else label, paged=True)
        for shape, found in texts:
            self._shape(flow, shape, found)
        if slide:
            self._edges(flow, slide)
        # a blank slide is a page too, so that numbers agree
        flow.page_break()

    def _shape(self, flow: Flow, shape: Shape, blocks: list[Block]) -> None:
        kind = "hidden" if shape.hidden else _EDGES.get(shape.holder, "")
        for text in shape.said:
            flow.add(text + "\n", kind)
        for block in blocks:
            self._said.add(block.text)
            if block.text.strip() not in _NOT_SAID:
                flow.add(block.text, kind)
                flow.newline()
            for link in dict.fromkeys(block.links):
                if target := self._links.get(link):
                    flow.add(f"<{target}>\n", "link")

    def _edges(self, flow: Flow, holder: Record) -> None:
        """Header, footer and date, where they are shown."""
        for record in (kid for kid in kids(holder) if kid.kind == R.HEADERS):
            flags = R.number(R.first(record, R.HEADERS_ATOM), 2, "<H")
            said = R.strings(record)
            for flag, number, kind in _HAS:
                if flags & flag and said.get(number, "").strip():
                    flow.newline()
                    flow.add(said[number] + "\n", kind)

    def _notes(self) -> dict[int, list[str]]:
        """The notes of each slide by its id."""
        found: dict[int, list[str]] = {}
        for index, (_, record, blocks) in enumerate(self._listed(_NOTES)):
            number = R.number(R.first(record, R.NOTES_ATOM), 0) if record else -2 - index
            drawn = [*shapes(record)] if record else []
            texts = [b.text for shape in [*drawn, Shape(blocks=blocks)] for b in shape.blocks]
            said = [shape_said for shape in drawn for shape_said in shape.said]
            full = [text for text in [*texts, *said] if text.strip() not in _NOT_SAID]
            if full:
                found.setdefault(number, []).extend(full)
        return found

    def _masters(self) -> None:
        """What masters show on slides: all but the prompts in their placeholders."""
        flow = Flow(self._job, "layouts and masters")
        said: set[str] = set()
        for record in self._master_records():
            for shape in shapes(record):
                if shape.holder > 0 and shape.holder not in _EDGES:
                    self._said.update(block.text for block in shape.blocks)
                    continue
                for text in [*shape.said, *(block.text for block in shape.blocks)]:
                    self._said.add(text)
                    if text.strip() not in _NOT_SAID and text not in said:
                        said.add(text)
                        flow.add(text, _EDGES.get(shape.holder, "header"))
                        flow.newline()
            self._edges(flow, record)
        if self._document:
            self._edges(flow, self._document)
        flow.close()

    def _master_records(self) -> list[Record]:
        masters = [record for _, record, _ in self._listed(_MASTERS) if record]
        atom = R.first(self._document, 1001) if self._document else None
        for at, kind in ((24, R.NOTES), (28, R.HANDOUT)):
            if record := self._objects.get(R.number(atom, at), kind):
                masters.append(record)
        return masters

    def _earlier(self) -> None:
        """A save appends what changed, so slides as they were before are still in the file."""
        current = set(self._objects.places.values())
        if not self._objects.whole:
            return
        flow = Flow(self._job, "left over from earlier saves")
        for record in records(self._stream):
            if record.kind in (R.SLIDE, R.NOTES, R.DOCUMENT) and record.start - 8 not in current:
                for each in R.inner(record):
                    if each.kind in (R.WIDE_TEXT, R.NARROW_TEXT):
                        self._left(flow, text_of(each))
                self._job.beat()
        flow.close()

    def _left(self, flow: Flow, text: str) -> None:
        if text.strip() not in _NOT_SAID and text not in self._said:
            self._said.add(text)
            flow.add(text, "deleted", "earlier save")
            flow.add("\n")


def _texts(shape: Shape, blocks: list[Block]) -> list[Block]:
    """A shape's own texts, and those that stand in the outline."""
    return [*shape.blocks, *(blocks[n] for n in shape.outline if n < len(blocks))]
