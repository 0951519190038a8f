"""An open case as the window uses it: each call may come from any background thread."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentRecord, Layer, Page
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.people import Officer
from evidencebox.model.pictures import Picture
from evidencebox.model.review import Anchor
from evidencebox.model.settings import Settings, in_zone
from evidencebox.model.views import (
    RELEVANCE,
    CaseSummary,
    DocumentView,
    Done,
    Facet,
    Failure,
    Found,
    Hit,
    ListReport,
    PageHit,
    ResultRow,
    TagRow,
)
from evidencebox.model.words import counted
from evidencebox.services import (
    afterwards,
    backups,
    facets,
    list_search,
    ocr_languages,
    officers,
    passwords,
    query_list,
    search,
    sessions,
    tags,
    verify,
)
from evidencebox.services.access import Access
from evidencebox.services.case import Case
from evidencebox.services.desk_coding import CodingDesk
from evidencebox.services.desk_filing import FilingDesk
from evidencebox.services.desk_review import ReviewDesk
from evidencebox.services.insight import Insight
from evidencebox.services.pictures import Pictures
from evidencebox.services.rows import result_rows
from evidencebox.services.sandbox import weakest
from evidencebox.services.seals import Seals, nameless, without_labels
from evidencebox.services.settings import change, settings, time_zone
from evidencebox.services.similar import SimilarDocuments
from evidencebox.services.team import Colleagues
from evidencebox.services.worker_process import own_command
from evidencebox.store.threads import Threads
from evidencebox.vault.lock import FileLock

_MOST_OF_A_THREAD = 200


class Desk(CodingDesk, ReviewDesk, FilingDesk):
    """Holds the session lock while it is open."""

    def __init__(self, case: Case, lock: FileLock, notices: Sequence[str] = ()) -> None:
        """`notices` are what there is to say about the case at its opening."""
        self.notices = tuple(notices)
        self._left: Callable[[], bool] = lambda: False
        self._case = case
        self._lock = lock
        self._pictures = Pictures(case)
        self._seals = Seals(case)
        self.insight = Insight(case)
        self.colleagues = Colleagues(case)
        self.access = Access(case)
        self._similar = SimilarDocuments(case)
        self._start_filing(case, self._seals)

    def stop(self) -> None:
        self._stop_filing()
        self._pictures.stop()

    def close(self) -> None:
        self._pictures.close()
        self._previews.close()
        if backups.takes_long(self._case.folder):
            # A lock must not wait for it; its child gets the keys and nothing else of this process.
            with contextlib.suppress(OSError):
                self._left = afterwards.leave(*self._handover({"backup": True}))
        else:
            # A backup that fails is said at the next opening, when somebody is there to hear it.
            sessions.end(self._case, soon=False)
        self._case.close()
        self._lock.release()

    def lingers(self) -> bool:
        return self._left()

    def summary(self) -> CaseSummary:
        case = self._case
        return CaseSummary(
            name=case.name,
            reviewer=case.reviewer,
            documents=case.catalogue.count(),
            failures=case.catalogue.failure_count(),
            officers=len(case.decided.officers()),
            trove_present=all(Path(root).is_dir() for root in case.catalogue.troves()),
            sandbox=weakest(str(each.get("sandbox", "")) for each in case.decided.acquisitions()),
        )

    def search(self, query: str, sort: str = RELEVANCE) -> Found:
        return search.search(self._case, query, sort)

    def snippet(self, query: str, document: DocumentId) -> Hit:
        return self._seals.hit(search.hit(self._case, query, document))

    def hits(self, query: str, document: DocumentId) -> list[PageHit]:
        return [] if self._seals.why(document) else search.page_hits(self._case, query, document)

    def rows(self, documents: Sequence[DocumentId]) -> list[ResultRow]:
        return result_rows(self._case, self._seals, documents)

    def document(self, document: DocumentId) -> DocumentView:
        case = self._case
        people = self._people()
        rows = [
            TagRow(tag, people[tag.officer])
            for tag in case.decided.tags([document])
            if tag.officer in people
        ]
        thread, length = Threads(case.catalogue).others(document, _MOST_OF_A_THREAD)
        record = self._dated(tags.known_document(case, document))
        heads = case.index.page_heads(document)
        if why := self._seals.why(document):
            record, heads = nameless(record), without_labels(heads)
        return DocumentView(
            record=record,
            pages=heads,
            tags=tuple(rows),
            labels=tuple(case.decided.labels([document]).get(document, ())),
            reviewed=bool(case.decided.reviewed([document])),
            history=tags.history(case, document),
            thread=tuple(self.rows(thread)),
            thread_more=length - len(thread),
            sealed=why,
        )

    def _dated(self, record: DocumentRecord) -> DocumentRecord:
        """With its date as people of the case's time zone say it."""
        if not record.date or "T" not in record.date:
            return record
        zone = time_zone(self._case)
        said = f"{in_zone(record.date, zone).replace('T', ' ')} {zone.key}"
        return replace(record, date=said)

    def page(self, document: DocumentId, number: int, layer: Layer = Layer.TEXT) -> Page:
        page = self._case.index.page(document, number, layer)
        if page is None:
            raise UserError(f"{short_id(document)} has no page {number}.")
        return self._seals.page(document, page)

    def picture(
        self,
        document: DocumentId,
        page: int,
        width_px: int,
        highlights: Sequence[tuple[int, int]],
        rotation: int = 0,
        layer: Layer = Layer.TEXT,
    ) -> Picture:
        drawn = self._pictures.picture(document, page, width_px, highlights, rotation, layer)
        return self._seals.picture(document, drawn)

    def unseal(self, document: DocumentId, reason: str) -> Done:
        """Opens a sealed document for this session, by an act; a lead's to do."""
        return self._seals.open(document, reason)

    def place(self) -> str:
        """Where this reviewer was when the case was last left; see `keep_place`."""
        return self._case.decided.meta(f"place:{self._case.signer.author}") or ""

    def keep_place(self, place: str) -> None:
        """Remembers, within the case, what is on screen: for the next unlocking."""
        self._case.decided.set_meta(f"place:{self._case.signer.author}", place)

    def facets(self, found: Found, only: Collection[str] = ()) -> list[Facet]:
        return facets.facets(self._case, found.query, only)

    def officers(self, text: str, limit: int = 20) -> list[Officer]:
        return officers.find(self._case.decided.officers(), text, limit)

    def tag(
        self,
        anchor: Anchor,
        officer: OfficerId,
        harm: Harm,
        categories: tuple[str, ...] = (),
        note: str = "",
    ) -> Done:
        who = officers.one(self._case, officer)
        return tags.tag(self._case, anchor, who, harm, categories, note)

    def untag(self, anchor: Anchor, officer: OfficerId) -> Done:
        return tags.untag(self._case, anchor, officer)

    def reviewed(self, document: DocumentId, on: bool) -> Done:
        return tags.reviewed(self._case, document, on=on)

    def undo(self) -> Done:
        return tags.undo(self._case)

    def redo(self) -> Done:
        return tags.redo(self._case)

    def run_list(self, source: str) -> ListReport:
        return list_search.run(self._case, query_list.read(self._case, source))

    def write_list(self, report: ListReport, file: Path) -> None:
        list_search.write_csv(report, file)

    def failures(self) -> list[Failure]:
        return self._case.catalogue.failures()

    def verify(self) -> str:
        findings, acts, _ = verify.verify_case(self._case)
        if findings:
            return f"The {findings[0].subject} does not verify: {findings[0].problem}"
        return f"The ledger verifies: {counted(acts, 'act')}, every signature and chain holds."

    def verify_tail(self) -> str:
        """What an opening looks at: the last acts and the anchor; the rest takes minutes."""
        problem = self._case.decided.verify_tail()
        if problem:
            return f"The ledger does not verify: {problem}"
        return "The ledger verifies as far as its last acts; the menu checks all of it."

    def import_officers(self, file: Path) -> str:
        done = officers.import_roster(self._case, file)
        left_out = f", {counted(len(done.rejects), 'line')} left out" if done.rejects else ""
        return f"{counted(done.added, 'officer')} added, {done.updated:,} updated{left_out}."

    def ingest_command(self, trove: Path) -> tuple[list[str], bytes]:
        """The trusted child's command, and the keys it reads from its standard input."""
        return self._handover({"trove": str(trove)})

    def retry_command(self, documents: Sequence[DocumentId] | None) -> tuple[list[str], bytes]:
        """The same for documents that are to be read again; None: all that failed."""
        return self._handover({"retry": None if documents is None else list(documents)})

    def redate_command(self) -> tuple[list[str], bytes]:
        """The same for dates that are to be read anew with the case's time zone."""
        return self._handover({"redate": True})

    def look_command(self) -> tuple[list[str], bytes]:
        """The same for the roster, which is to be looked for in the documents that are there."""
        return self._handover({"look": True})

    def _handover(self, work: dict[str, object]) -> tuple[list[str], bytes]:
        handover = {
            "folder": str(self._case.folder),
            "case_id": self._case.case_id,
            "case_key": self._case.case_key.hex(),
            "seed": self._case.seed.hex(),
            **work,
        }
        return own_command("--ingest-child"), (json.dumps(handover) + "\n").encode()

    def locked(self) -> list[DocumentId]:
        """What is encrypted, or holds what is."""
        return [
            failure.document
            for failure in self._case.catalogue.failures()
            if failure.document and passwords.is_locked(failure)
        ]

    def add_passwords(self, texts: Sequence[str]) -> tuple[int, int]:
        """How many were new, and how many are known now."""
        added = passwords.add(self._case, texts)
        return added, len(passwords.known(self._case))

    def add_password_file(self, file: Path) -> tuple[int, int]:
        """The same for a file with one a line. Raises UserError."""
        return self.add_passwords(passwords.from_file(file))

    def settings(self) -> tuple[Settings, list[str], str]:
        """What is set; the languages that can be recognised, and those that are by default."""
        return settings(self._case), ocr_languages.known(), ocr_languages.default()

    def change_settings(self, values: Mapping[str, str]) -> list[str]:
        """The names of what changed. Raises UserError."""
        return change(self._case, values)

    def _people(self) -> dict[OfficerId, Officer]:
        return {officer.id: officer for officer in self._case.decided.officers()}
