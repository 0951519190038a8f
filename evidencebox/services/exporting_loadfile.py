"""A production: numbered pages, their texts and what is said of each document, volume by volume.

A document at a time is drawn, stamped and written, so that memory does not grow with their number.
Redacted documents go out as they were redacted, without original or particulars; privileged ones
as a slip-sheet. Numbers that were assigned before stay; new ones are recorded at the end.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from evidencebox.errors import UserError
from evidencebox.export import profiles
from evidencebox.export.loadfile import Value, fine, opt_line, page_file, stamped
from evidencebox.export.profiles import Profile
from evidencebox.export.tables import Column, Table, add_csv
from evidencebox.model.documents import DocumentRecord, DocumentType
from evidencebox.model.exhibits import Bates, current, key_of, overlaps
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.services import exhibits
from evidencebox.services.case import Case
from evidencebox.services.exporting import Making, Request, Tell
from evidencebox.services.exporting_particulars import extension, particulars
from evidencebox.services.exporting_sheets import Sheet, Sheets, Whole
from evidencebox.services.exporting_volumes import Volume, Volumes
from evidencebox.services.printing import Printer
from evidencebox.services.redacting import plans
from evidencebox.services.redaction_words import holds_hidden
from evidencebox.store.ledger import Draft

DEFAULT = "concordance"
PROFILE = "profile.toml"
"""The form goes along, so that what was written can be read back."""
_HEAPS = (DocumentType.ARCHIVE, DocumentType.MAILBOX)
_LOG = (
    Column("BegBates", 18),
    Column("Column", 16),
    Column("Sign", 8, "The delimiter, as U+ and its number."),
    Column("Count", 8, "How often it stood there; each was replaced by a space."),
)


def write(case: Case, request: Request, maker: Making, tell: Tell) -> None:
    """The volumes, each with DATA, IMAGES, TEXT and NATIVES, and the log of what was replaced."""
    profile = profiles.load(request.profile or DEFAULT)
    maker.folder.add(PROFILE, profiles.find(request.profile or DEFAULT).read_bytes())
    production = _Production(case, request, maker, profile)
    production.families(tell)
    production.close()
    if not production.documents:
        raise UserError("Nothing is left to produce: the query finds nothing that may go out.")
    maker.more |= {"profile": profile.name, "pages": production.sheets}


def families(case: Case, documents: Sequence[DocumentId]) -> Iterator[list[DocumentRecord]]:
    """Messages with their attachments, files with what is in them; what stands alone, alone.

    In the order of `documents`; a member of two families goes with the first.
    """
    wanted, placed, held = set(documents), set[DocumentId](), set[DocumentId]()
    below: dict[DocumentId, list[DocumentId]] = defaultdict(list)
    for start in range(0, len(documents), 500):
        for record in case.catalogue.records(documents[start : start + 500]):
            inside = [child for child in record.children if child in wanted]
            if inside and record.type not in _HEAPS:
                below[DocumentId(record.sha256 or "")] = inside
                held.update(inside)
    # Heads first, so that none is taken for an attachment of a later one; circles come at the end.
    for document in [*(d for d in documents if d not in held), *documents]:
        family = []
        waiting = [document]
        while waiting:
            one = waiting.pop()
            if one not in placed:
                placed.add(one)
                family.append(one)
                waiting += reversed(below.get(one, ()))
        if found := case.catalogue.records(family):
            yield found


class _Production:
    def __init__(self, case: Case, request: Request, maker: Making, profile: Profile) -> None:
        self._case, self._request, self._maker = case, request, maker
        self._profile = profile
        known = exhibits.ranges(case)
        if clash := overlaps(known):
            one, other = clash[0]
            raise UserError(
                f"{one.ends[0]} and {other.ends[0]} overlap: two laptops assigned them. Number "
                "with another prefix, in a profile of your own.",
                option="--profile",
            )
        self._ranges = current(known, profile.prefix)
        used = [r.first + r.count for r in known if r.prefix == profile.prefix]
        self._next = max(used, default=1)
        self._plans = plans(case)
        self._labels = case.decided.labels()
        self._drafts: list[Draft] = []
        self._volumes = Volumes(profile, maker.folder)
        self.documents = self.sheets = 0

    # --- families and volumes

    def families(self, tell: Tell) -> None:
        """Each in one volume, its rows with the family's first and last number."""
        documents = self._maker.scope.documents
        ahead, found = itertools.tee(families(self._case, documents))
        with Sheets(self._case, self._profile, self._plans, self._labels) as sheets:
            whole = sheets.of(itertools.chain.from_iterable(ahead))
            for family in found:
                volume = self._volumes.room()
                rows = [self._document(volume, next(whole), sheets.printer) for _ in family]
                if len(rows) > 1:
                    first, last = rows[0]["begin"], rows[-1]["end"]
                    for row in rows:
                        row["family_begin"], row["family_end"] = first, last
                for row in rows:
                    volume.dat.row(row)
                tell(self.documents, len(documents))

    def close(self) -> None:
        """The last volume ends; the log is written, and new numbers are recorded."""
        self._volumes.end()
        add_csv(
            self._maker.folder, Table("replaced-delimiters", "Replaced", _LOG, self._volumes.log)
        )
        if self._drafts:
            self._case.decided.act_all(self._drafts, self._case.signer)

    # --- a document

    def _document(self, volume: Volume, whole: Whole, printer: Printer) -> dict[str, Value]:
        record, withheld, plan = whole.record, whole.withheld, whole.plan
        document = DocumentId(record.sha256 or "")
        labels = self._labels.get(document, [])
        numbers = self._numbers(document, whole.pages)
        texts = []
        for number, sheet in enumerate(whole.sheets, start=1):
            texts.append(sheet.text)
            self._picture(volume, sheet, numbers, number)
        begin, end = numbers.ends
        fields: dict[str, Value] = {"begin": begin, "end": end, "pages": numbers.count}
        fields["redacted"] = "Y" if plan else "N"
        fields["withheld"] = "Y" if withheld else "N"
        fields["confidentiality"] = "Confidential" if "confidential" in labels else ""
        fields["text"] = self._volumes.add(
            volume, "TEXT", f"{begin}.txt", ["\n\f\n".join(texts).encode()]
        )
        if not (withheld or plan):
            fields |= particulars(self._case, record)
            fields["labels"] = labels
            fields["native"] = self._native(volume, record, begin, printer)
        self.documents += 1
        self.sheets += numbers.count
        return fields

    def _numbers(self, document: DocumentId, count: int) -> Bates:
        """Those of before where they still fit, else the next ones."""
        key, profile = key_of(document, ()), self._profile
        held = self._ranges.get(key)
        if held is not None and held.count == count:
            return held
        first, self._next = self._next, self._next + count
        if len(str(self._next - 1)) > profile.digits:
            raise UserError("The profile's digits are used up; take more, or another prefix.")
        payload: dict[str, Any] = {
            "prefix": profile.prefix,
            "digits": profile.digits,
            "first": first,
            "count": count,
            "key": key,
        }
        self._drafts.append(Draft(Kind.BATES, [{"document": document}], payload))
        return Bates(profile.prefix, profile.digits, first, count, document, key, ActId(""))

    def _picture(self, volume: Volume, sheet: Sheet, numbers: Bates, number: int) -> None:
        if sheet.image is None or self._profile.images == "none":
            return
        alias = numbers.number(number)
        page, dpi = fine(sheet.image, sheet.dpi, self._profile.dpi)
        data, ending = page_file(stamped(page, alias), self._profile.images, dpi)
        path = self._volumes.add(volume, "IMAGES", f"{alias}.{ending}", [data])
        volume.opt.write(opt_line(alias, volume.name, path, numbers.count if number == 1 else None))

    def _native(self, volume: Volume, record: DocumentRecord, begin: str, printer: Printer) -> str:
        """The original, only where it was asked for, under an ending that opens nothing.

        None of what holds another that is hidden: a message has its attachments' bytes in it.
        """
        document, scope = DocumentId(record.sha256 or ""), self._maker.scope
        if not self._request.natives or holds_hidden(
            self._case, document, scope, self._plans, self._labels
        ):
            return ""
        try:
            original = printer.original(document)
        except UserError:
            return ""
        ending = f".{extension(record)}" if extension(record) else ""
        name = f"{begin}{ending}.untrusted"
        return self._volumes.add(volume, "NATIVES", name, original.pieces())
