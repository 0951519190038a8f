"""A desk in memory that keeps the promises of `ui/ports.py`, for tests and for looking at."""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from evidencebox.errors import QueryError, UserError
from evidencebox.model.documents import (
    DocumentRecord,
    DocumentType,
    Layer,
    Location,
    Page,
    Span,
    Status,
)
from evidencebox.model.harm import Harm
from evidencebox.model.ids import ActId, DocumentId, OfficerId, short_id
from evidencebox.model.people import Officer
from evidencebox.model.pictures import Box, Picture
from evidencebox.model.review import Anchor, Tag
from evidencebox.model.settings import Settings, zone_named
from evidencebox.model.views import (
    RELEVANCE,
    CaseSummary,
    DocumentView,
    Done,
    Facet,
    FacetValue,
    Failure,
    Found,
    Hit,
    ListLine,
    ListReport,
    PageHead,
    PageHit,
    ResultRow,
    TagRow,
)
from evidencebox.ui.ports import VERIFIED
from tests.ui.fake_access import FakeAccess
from tests.ui.fake_coding import FakeCoding
from tests.ui.fake_filing import FakeExhibits, FakeExports, FakeRedactions
from tests.ui.fake_team import FakeColleagues, FakeInsight

PASSPHRASE = "correct horse battery"
WRONG = "This passphrase does not open the case. Try again, or use the recovery code."
WHERE = "Background investigation"


@dataclass
class FakeDocument:
    """One document of the fake trove."""

    name: str
    type: DocumentType
    date: str | None
    pages: tuple[str, ...]
    label: str = ""
    status: Status = Status.OK
    reason: str = ""
    recognised: tuple[str, ...] = ()

    @property
    def id(self) -> DocumentId:
        return DocumentId(hashlib.sha256(self.name.encode()).hexdigest())


@dataclass
class State:
    """What undo goes back to."""

    tags: dict[tuple[Anchor, OfficerId], Tag] = field(default_factory=dict)
    reviewed: frozenset[DocumentId] = frozenset()
    labels: frozenset[tuple[DocumentId, str]] = frozenset()


def officers() -> list[Officer]:
    """A small roster."""
    people = (
        ("4471", "Quill", "Dana"),
        ("2210", "Ortega", "Luis"),
        ("3302", "May", "Ruth"),
        ("1180", "Smith", "John"),
        ("2046", "Smith", "John"),
        ("5519", "O'Neil", "Brigid"),
        ("6001", "An", "Joon"),
    )
    return [
        Officer(OfficerId(f"officer-{badge}"), badge, last, first) for badge, last, first in people
    ]


def documents() -> list[FakeDocument]:
    """A small trove; the first page of the second document holds no hit."""
    summary = (
        "In the application form the candidate listed four earlier employers.",
        "In the pre-employment polygraph, Det. Dana Quill (badge 4471) disclosed past drug use "
        "between 2006 and 2008. The examiner recorded no deception on this item.\n\n"
        "Financial review: two accounts in collection; balance on the consolidated loan $18,240. "
        "Home address on file: 12 Elm Street, Springfield.\n\n"
        "References were contacted on 11 March. One reference, Luis Ortega, described the "
        "applicant as reliable and noted an earlier complaint, closed without finding.\n\n"
        "Recommendation: proceed, subject to a second polygraph within ninety days of "
        "appointment.",
        "Appendix: polygraph charts are kept on paper.",
    )
    mail = ("Please move the polygraph of 4 April to the afternoon.\n\nThanks,\nRuth",)
    plain = ("The canteen is closed on Friday.",)
    word, mailed = DocumentType.WORD, DocumentType.MAIL
    made = [
        FakeDocument("Background summary – Quill.docx", word, "2019-04-02", summary, WHERE),
        FakeDocument("RE: polygraph scheduling.eml", mailed, "2019-04-03T09:10:00Z", mail),
        FakeDocument("FW: pre-employment file.eml", mailed, "2019-03-28", mail),
        FakeDocument("Interview notes March.docx", word, "2018-11-19", summary[1:2]),
        FakeDocument("RE: second examiner.eml", mailed, "2020-01-14", mail),
        FakeDocument("Canteen & kitchen.pdf", DocumentType.PDF, "2020-02-11", plain),
        FakeDocument(
            "broken scan.tif", DocumentType.IMAGE, None, (), "", Status.FAILED,
            "The file ends in the middle of its first page.",
        ),
    ]  # fmt: skip
    more = [
        FakeDocument(f"FW: home visit {n}.eml", DocumentType.MAIL, f"2019-05-{n:02}", mail)
        for n in range(1, 29)
    ]
    return made + more


MONTHS = [f"{2018 + n // 12}-{n % 12 + 1:02}" for n in range(10, 27)]
"""Buckets of the dates of `documents`."""


class FakeDesk(FakeCoding):
    """See `evidencebox.ui.ports.Desk`. `slow` is called at the start of every call, by name."""

    def __init__(
        self,
        trove: Sequence[FakeDocument] | None = None,
        slow: Callable[[str, tuple[object, ...]], None] | None = None,
    ) -> None:
        super().__init__()
        self.trove = {each.id: each for each in (documents() if trove is None else trove)}
        self.roster = officers()
        self.calls: list[tuple[str, tuple[object, ...]]] = []
        self.threads: set[str] = set()
        self.closed = False
        self.notices: tuple[str, ...] = ()
        self.undrawn = ""
        self.placeless = False
        self.ingest = [sys.executable, "-c", ""]
        self.passwords: list[str] = []
        self.set: dict[str, str] = {}
        self.done: list[State] = [State()]
        self.kept = ""
        self.sealed: set[DocumentId] = set()
        self.backing_up = False
        self.undone: list[State] = []
        self.insight = FakeInsight(self.roster)
        self.colleagues = FakeColleagues()
        self.access = FakeAccess()
        self.exports = FakeExports()
        self.exhibits = FakeExhibits()
        self.redactions = FakeRedactions()
        self._slow = slow
        self._lock = threading.Lock()

    def _enter(self, name: str, *args: object) -> None:
        with self._lock:
            self.calls.append((name, args))
            self.threads.add(threading.current_thread().name)
        if self._slow is not None:
            self._slow(name, args)

    @property
    def state(self) -> State:
        return self.done[-1]

    @property
    def tags(self) -> list[Tag]:
        return list(self.state.tags.values())

    def summary(self) -> CaseSummary:
        self._enter("summary")
        return CaseSummary(
            "Sample.evidencebox", "Robin", len(self.trove), len(self.failures_now()), 7, True
        )

    def search(self, query: str, sort: str = RELEVANCE) -> Found:
        self._enter("search", query)
        if query.count('"') % 2:
            raise QueryError("A quotation mark is open: close it.", query.rindex('"'), 0)
        found = tuple(key for key in self.trove if self._matches(query, key))
        if sort != RELEVANCE:
            key_of = {"name": 0, "date": 1}[sort.removeprefix("-")]

            def value(key: DocumentId) -> str:
                return (self.trove[key].name, self.trove[key].date or "")[key_of]

            found = tuple(sorted(found, key=value, reverse=sort.startswith("-")))
        scores = tuple(1.0 for _ in found)
        return Found(query, query or "every document", found, scores, 11.0, sort)

    def _matches(self, query: str, key: DocumentId) -> bool:
        flat = query.replace(" OR ", "|").replace("NOT ", "-")
        parts = re.split(r"\s+AND\s+|\s+", flat) if query.strip() else []
        return all(any(self._has(key, w) for w in part.split("|")) for part in parts)

    def _has(self, key: DocumentId, word: str) -> bool:
        word = word.strip("()")
        if word.startswith("-"):
            return not self._has(key, word[1:])
        document = self.trove[key]
        name, colon, value = word.partition(":")
        if not colon:
            return word.strip('"').casefold() in " ".join(document.pages).casefold()
        tags = [tag for tag in self.tags if tag.anchor.document == key]
        if name == "type":
            return document.type == value
        if name == "date":
            if value.startswith(">="):
                return document.date is not None
            first, _, last = value.partition("..")
            return first <= (document.date or "")[: len(first)] <= (last or first)
        if name == "folder":
            return True
        if name == "harm":
            return any(int(tag.harm) == int(value) for tag in tags)
        if name == "is":
            return key in self.state.reviewed
        if name == "officer":
            return any(tag.officer == f"officer-{value}" for tag in tags)
        raise QueryError(f"There is no field {name}.", 0, len(name))

    def rows(self, wanted: Sequence[DocumentId]) -> list[ResultRow]:
        self._enter("rows", *wanted)
        return [self._row(key) for key in wanted]

    def _row(self, key: DocumentId) -> ResultRow:
        document = self.trove[key]
        tags = [tag for tag in self.tags if tag.anchor.document == key]
        names = {officer.id: officer.name for officer in self.roster}
        who = tuple(dict.fromkeys(names[tag.officer] for tag in tags))
        harm = max((tag.harm for tag in tags), default=None)
        done = key in self.state.reviewed
        labels = tuple(sorted(name for each, name in self.state.labels if each == key))
        categories = tuple(dict.fromkeys(name for tag in tags for name in tag.categories))
        return ResultRow(
            key, short_id(key), document.name, document.date, document.type, who, harm, done,
            labels, categories,
        )  # fmt: skip

    def snippet(self, query: str, document: DocumentId) -> Hit:
        self._enter("snippet", query, document)
        return Hit(document, self.trove[document].name, 1, 1.0, "")

    def document(self, document: DocumentId) -> DocumentView:
        self._enter("document", document)
        known = self.trove[document]
        people = {officer.id: officer for officer in self.roster}
        record = DocumentRecord(
            document, short_id(document), (Location(f"mail/{known.name}"),), known.type,
            "application/octet-stream", known.status, known.reason, len(known.pages),
            sum(map(len, known.pages)), (), (), 20480, known.date,
            metadata={"extraction_version": ("3",), "author": ("Records Unit",)},
        )  # fmt: skip
        heads = tuple(
            PageHead(i, known.label, Layer.TEXT, len(text)) for i, text in enumerate(known.pages, 1)
        )
        heads += tuple(
            PageHead(i, known.label, Layer.OCR, len(text))
            for i, text in enumerate(known.recognised, 1)
        )
        tags = tuple(
            TagRow(tag, people[tag.officer]) for tag in self.tags if tag.anchor.document == document
        )
        history = tuple(f"{tag.utc} {tag.author}: harm {int(tag.harm)}" for tag in self.tags)
        labels = tuple(sorted(name for each, name in self.state.labels if each == document))
        return DocumentView(record, heads, tags, labels, document in self.state.reviewed, history)

    def page(self, document: DocumentId, number: int, layer: Layer = Layer.TEXT) -> Page:
        self._enter("page", document, number)
        known = self.trove[document]
        if layer is Layer.OCR:
            text = known.recognised[number - 1]
            spans = (Span(0, text.index(" "), "uncertain"),)
            return Page(number, text, known.label, layer, spans)
        return Page(number, known.pages[number - 1], known.label, layer)

    def picture(
        self,
        document: DocumentId,
        page: int,
        width_px: int,
        highlights: Sequence[tuple[int, int]],
        rotation: int = 0,
        layer: Layer = Layer.TEXT,
    ) -> Picture:
        """A white page of 600 by 800, black in its upper left corner; each mark has a box, but
        on scans while `placeless`."""
        self._enter("picture", document, page, width_px, tuple(highlights), rotation)
        if self.undrawn:
            raise UserError(self.undrawn)
        natural, turned = (600, 800), rotation in (90, 270)
        across, down = natural[::-1] if turned else natural
        width = width_px or across
        if self.trove[document].type is DocumentType.IMAGE:
            width = min(width, across)
        height = width * down // across
        pixels = bytearray(b"\xff" * (width * height * 3))
        for y in range(height // 10):
            pixels[y * width * 3 : (y * width + width // 10) * 3] = bytes(width // 10 * 3)
        boxes = tuple(
            Box(n, width // 4, min(height, 40 + 60 * n), width // 2, min(height, 70 + 60 * n))
            for n in range(len(highlights))
        )
        placeless = self.placeless and layer is Layer.OCR
        return Picture(
            width, height, 3, across, () if placeless else boxes, bytes(pixels), placeless
        )

    def hits(self, query: str, document: DocumentId) -> list[PageHit]:
        self._enter("hits", query, document)
        words = [
            w.strip('()"')
            for w in query.split()
            if ":" not in w and w not in {"AND", "OR"} and not w.startswith("(NOT")
        ]
        return [
            PageHit(number, match.start(), match.end(), layer)
            for layer, pages in (
                (Layer.TEXT, self.trove[document].pages),
                (Layer.OCR, self.trove[document].recognised),
            )
            for number, text in enumerate(pages, 1)
            for word in words
            for match in re.finditer(re.escape(word), text, re.IGNORECASE)
        ]

    def facets(self, found: Found, only: Collection[str] = ()) -> list[Facet]:
        self._enter("facets", found.query, *only)
        rows = [self._row(key) for key in self.trove if self._matches(found.query, key)]
        done = sum(row.reviewed for row in rows)
        harms = Counter(row.harm for row in rows)
        types = Counter(row.type for row in rows)
        levels = tuple(FacetValue(f"harm:{int(h)}", h.word, harms[h]) for h in Harm)
        kinds = tuple(
            FacetValue(f"type:{t}", {"pdf": "PDF"}.get(t, t.value.capitalize()), types[t])
            for t in (DocumentType.MAIL, DocumentType.WORD, DocumentType.PDF, DocumentType.IMAGE)
        )
        review = (
            FacetValue("NOT is:reviewed", "To do", len(rows) - done),
            FacetValue("is:reviewed", "Reviewed", done),
        )
        months = Counter((row.date or "")[:7] for row in rows)
        groups = [
            Facet("Review", review),
            Facet("Harm", levels),
            Facet("Officer", ()),
            Facet(
                "Date",
                (
                    *(FacetValue(f"date:{m}", m, months[m]) for m in MONTHS),
                    FacetValue("NOT date:>=0001", "No date", months[""]),
                ),
            ),
            Facet("Type", kinds),
            Facet("Folder", (FacetValue('folder:"mail"', "mail", len(rows)),)),
        ]
        return [group for group in groups if not only or group.name in only]

    def officers(self, text: str, limit: int = 20) -> list[Officer]:
        self._enter("officers", text)
        wanted = text.casefold()
        return [o for o in self.roster if wanted in f"{o.name} {o.badge}".casefold()][:limit]

    def tag(
        self,
        anchor: Anchor,
        officer: OfficerId,
        harm: Harm,
        categories: tuple[str, ...] = (),
        note: str = "",
    ) -> Done:
        self._enter("tag", anchor, officer, harm, categories, note)
        act = ActId(f"act-{len(self.done)}")
        tag = Tag(act, anchor, officer, harm, categories, note, "Robin", "2026-01-02T03:04:05Z")
        self._do(replace(self.state, tags={**self.state.tags, (anchor, officer): tag}))
        return Done(act, f"{harm.word} set on {short_id(anchor.document)}")

    def untag(self, anchor: Anchor, officer: OfficerId) -> Done:
        self._enter("untag", anchor, officer)
        rest = {key: tag for key, tag in self.state.tags.items() if key != (anchor, officer)}
        self._do(replace(self.state, tags=rest))
        return Done(ActId(f"act-{len(self.done)}"), "Tag taken back")

    def reviewed(self, document: DocumentId, on: bool) -> Done:
        self._enter("reviewed", document, on)
        rest = self.state.reviewed - {document}
        self._do(replace(self.state, reviewed=rest | {document} if on else rest))
        return Done(ActId(f"act-{len(self.done)}"), f"{short_id(document)} reviewed")

    def _do(self, state: State) -> None:
        self.done.append(state)
        self.undone.clear()

    def undo(self) -> Done:
        self._enter("undo")
        if len(self.done) == 1:
            raise UserError("There is nothing to undo.")
        self.undone.append(self.done.pop())
        return Done(ActId("undo"), "Undone")

    def redo(self) -> Done:
        self._enter("redo")
        if not self.undone:
            raise UserError("There is nothing to redo.")
        self.done.append(self.undone.pop())
        return Done(ActId("redo"), "Done again")

    def failures_now(self) -> list[Failure]:
        return [
            Failure(each.id, f"scans/{each.name}", each.status, "extract", each.reason)
            for each in self.trove.values()
            if each.status is Status.FAILED
        ]

    def run_list(self, source: str) -> ListReport:
        """A list of two lines, the second of which is wrong."""
        self._enter("run_list", source)
        if source.startswith("missing"):
            raise UserError(f"{source} cannot be read.")
        found = self.search("polygraph")
        good = ListLine(1, "first", "polygraph", "polygraph", found.documents, found.scores, 33)
        wrong = ListLine(2, "", '"open', error="A quotation mark is open: close it.", position=0)
        return ListReport((good, wrong), len(found.documents), len(found.documents), 5.0)

    def write_list(self, report: ListReport, file: Path) -> None:
        self._enter("write_list", file.name)

    def failures(self) -> list[Failure]:
        self._enter("failures")
        return self.failures_now()

    def verify(self) -> str:
        self._enter("verify")
        return f"{VERIFIED}: {len(self.done) - 1} acts."

    def unseal(self, document: DocumentId, reason: str) -> Done:
        self._enter("unseal", document, reason)
        if not reason:
            raise UserError("Give a reason.")
        self.sealed.discard(document)
        return Done(ActId("0" * 64), "opened; the look is recorded")

    def place(self) -> str:
        return self.kept

    def keep_place(self, place: str) -> None:
        self.kept = place

    def verify_tail(self) -> str:
        return self.verify()

    def import_officers(self, file: Path) -> str:
        self._enter("import_officers", file)
        return "7 officers were taken."

    def ingest_command(self, trove: Path) -> tuple[list[str], bytes]:
        self._enter("ingest_command", trove)
        return [*self.ingest], b"key\n"

    def retry_command(self, documents: Sequence[DocumentId] | None) -> tuple[list[str], bytes]:
        self._enter("retry_command", None if documents is None else list(documents))
        return [*self.ingest], b"key\n"

    def redate_command(self) -> tuple[list[str], bytes]:
        self._enter("redate_command")
        return [*self.ingest], b"key\n"

    def look_command(self) -> tuple[list[str], bytes]:
        self._enter("look_command")
        return [*self.ingest], b"key\n"

    def locked(self) -> list[DocumentId]:
        self._enter("locked")
        return [failure.document for failure in self.failures_now() if failure.document]

    def add_passwords(self, texts: Sequence[str]) -> tuple[int, int]:
        self._enter("add_passwords")
        self.passwords += texts
        return len(texts), len(self.passwords)

    def add_password_file(self, file: Path) -> tuple[int, int]:
        self._enter("add_password_file", file)
        raise UserError("The file is not UTF-8 text; save it as UTF-8 and try again.")

    def settings(self) -> tuple[Settings, list[str], str]:
        self._enter("settings")
        return Settings(**self.set), ["deu", "eng"], "eng"

    def change_settings(self, values: Mapping[str, str]) -> list[str]:
        self._enter("change_settings")
        zone_named(values["time_zone"])
        before = asdict(Settings(**self.set))
        self.set = dict(values)
        return [name for name, value in values.items() if before[name] != value]

    def stop(self) -> None:
        self._enter("stop")

    def close(self) -> None:
        self._enter("close")
        self.closed = True

    def lingers(self) -> bool:
        return self.backing_up
