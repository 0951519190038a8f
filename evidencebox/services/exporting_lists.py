"""Lists about documents: hits, failures, the privilege log, review statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from evidencebox.errors import UserError
from evidencebox.export.tables import Cell, Column, Table
from evidencebox.model.documents import DocumentRecord
from evidencebox.model.exhibits import Bates, key_of
from evidencebox.model.exports import Pii
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.views import Found
from evidencebox.services import exhibits, redacting
from evidencebox.services import search as searching
from evidencebox.services.case import Case
from evidencebox.services.exporting import Scope
from evidencebox.services.redaction_words import PRIVILEGED, hidden

_CHUNK = 500
_HIT = (
    Column("DocID", 13),
    Column("SHA256", 24),
    Column("Type", 10),
    Column("Page", 7, "The page with the best passage."),
)
_HIT_NAMED = (
    Column("Date", 20),
    Column("Path", 50, "The first place where the document stands in the trove."),
    Column("Copies", 8, "In how many places it stands."),
    Column("Officers", 24, "Who is tagged there."),
    Column("Harm", 7, "The worst level tagged."),
    Column("Snippet", 60),
)


def hits(case: Case, scope: Scope, pii: Pii, query: str) -> Iterator[Table]:
    """The documents that a query finds, best first."""
    if pii is Pii.COUNTS:
        kinds = Counter(record.type.value for record in _records(case, scope.documents))
        columns: tuple[Column, ...] = (Column("Type", 16), Column("Documents", 12))
        rows: list[list[Cell]] = [[kind, number] for kind, number in sorted(kinds.items())]
        yield Table("hits-counts", "Hits, counted", columns, rows)
        return
    columns = (*_HIT, *_HIT_NAMED) if pii is Pii.FULL else _HIT
    yield Table("hits", "Hits", columns, _hits(case, scope, query, named=pii is Pii.FULL))


def _hits(case: Case, scope: Scope, query: str, *, named: bool) -> Iterator[list[Cell]]:
    people = case.decided.every_officer()
    for start in range(0, len(scope.documents), _CHUNK):
        part = scope.documents[start : start + _CHUNK]
        records = {r.sha256: r for r in case.catalogue.records(part)}
        answer = Found(query, "", part, (0.0,) * len(part), 0.0)
        tags = case.decided.tags(part)
        for hit in searching.hits(case, answer):
            record = records[hit.document]
            row: list[Cell] = [record.id, hit.document, record.type.value, hit.page]
            if named:
                here = [tag for tag in tags if tag.anchor.document == hit.document]
                whom = sorted({people[t.officer].name for t in here if t.officer in people})
                worst = max((int(tag.harm) for tag in here), default=None)
                row += [record.date, hit.path, len(record.locations), "; ".join(whom), worst]
                row.append(" ".join(hit.snippet.split()))
            yield row


def _records(case: Case, documents: Sequence[DocumentId]) -> Iterator[DocumentRecord]:
    for start in range(0, len(documents), _CHUNK):
        yield from case.catalogue.records(documents[start : start + _CHUNK])


def failures(case: Case, scope: Scope, pii: Pii) -> Iterator[Table]:
    """What could not be read, or not whole, and why."""
    found = case.catalogue.failures()
    if pii is Pii.COUNTS:
        counted = Counter((each.status, each.stage) for each in found)
        columns: tuple[Column, ...] = (
            Column("Status", 14),
            Column("Stage", 12),
            Column("Documents", 12),
        )
        rows: list[list[Cell]] = [[*key, number] for key, number in sorted(counted.items())]
        yield Table("failures-counts", "Failures, counted", columns, rows)
        return
    columns = (Column("DocID", 13), Column("SHA256", 24), Column("Status", 14), Column("Stage", 10))
    named = pii is Pii.FULL
    if named:
        columns += (Column("Path", 50), Column("Reason", 60))
    rows = []
    for each in found:
        if each.document is not None and each.document not in scope.allowed:
            continue
        if each.document is None and not named:
            continue  # it has nothing but a path
        identity = [short_id(each.document), each.document] if each.document else ["", ""]
        more: list[Cell] = [each.path, each.reason] if named else []
        rows.append([*identity, each.status, each.stage, *more])
    yield Table("failures", "Failures", columns, rows)


# --- privilege log ------------------------------------------------------------------------------

_PRIVILEGES = {"ac": "AC", "wp": "WP", "ci": "CI", "jd": "JD"}
_PRIVILEGE_LOG = (
    Column("LogID", 10),
    Column("BegBates", 18, "Of its slip-sheet, where it was produced or is an exhibit."),
    Column("EndBates", 18),
    Column("DocID", 13),
    Column("FamilyID", 13, "The document it is part of, else itself."),
    Column("DocType", 10),
    Column("DocDate", 20),
    Column("Author", 24),
    Column("To", 24),
    Column("Cc", 24),
    Column("Bcc", 24),
    Column("Attorneys", 20, "To be filled in."),
    Column("Subject", 40),
    Column("PrivilegeType", 12, "AC, WP, CI, JD by a label of that name, else Other."),
    Column("Description", 40, "To be filled in."),
    Column("Treatment", 12),
    Column("RedactionReason", 18),
    Column("Custodian", 18),
    Column("OrigFileName", 30),
)


def privilege_log(case: Case, scope: Scope, pii: Pii) -> Iterator[Table]:
    """Every document that is labelled privileged."""
    if pii is not Pii.FULL:
        raise UserError(
            "A privilege log names authors and recipients: export it with all data.",
            option="--pii full",
        )
    labels = case.decided.labels()
    wanted = [d for d in scope.documents if PRIVILEGED in labels.get(d, ())]
    held = {each.document: each for each in exhibits.ranges(case)}
    rows = (
        _privileged(number, record, labels[DocumentId(record.sha256 or "")], held)
        for number, record in enumerate(_records(case, wanted), start=1)
    )
    yield Table("privilege-log", "Privilege log", _PRIVILEGE_LOG, rows)


def _privileged(
    number: int,
    record: DocumentRecord,
    labels: Sequence[str],
    held: Mapping[DocumentId, Bates],
) -> list[Cell]:
    def said(*names: str) -> str:
        return "; ".join(v for name in names for v in record.metadata.get(name, ()))

    kind = next((_PRIVILEGES[label] for label in labels if label in _PRIVILEGES), "Other")
    place = record.locations[0] if record.locations else None
    parent = short_id(record.parents[0]) if record.parents else record.id
    bates = held.get(DocumentId(record.sha256 or ""))
    return [
        f"PL-{number:05d}",
        *(bates.ends if bates else ("", "")),
        record.id,
        parent,
        record.type.value,
        record.date,
        said("from") or said("author"),
        said("to"),
        said("cc"),
        said("bcc"),
        "",
        said("subject") or record.title,
        kind,
        "",
        "Withheld",
        "",
        place.custodian if place else "",
        record.name,
    ]


# --- exhibits and redactions --------------------------------------------------------------------

_EXHIBITS = (
    Column("PLF. NO.", 10),
    Column("DEF. NO.", 10),
    Column("DATE OFFERED", 14),
    Column("MARKED", 10),
    Column("ADMITTED", 10),
    Column("DESCRIPTION", 50),
    Column("BATES BEGIN", 18),
    Column("BATES END", 18),
    Column("PAGES", 14, "Of the document; empty: all."),
    Column("SHA256", 24, "Of the original."),
)


def exhibit_list(case: Case, scope: Scope, _pii: Pii) -> Iterator[Table]:
    """The exhibits that stand, by their order: form AO 187, with numbers and hashes."""
    held = {document: [plan] for document, plan in redacting.plans(case).items()}
    rows: list[list[Cell]] = []
    for line in exhibits.lines(case):
        if line["sha256"] not in scope.allowed or line["withdrawn"] or line["taken_back"]:
            continue
        number, ours = line["number"], not line["number"].startswith("DX-")
        plans = held.get(line["sha256"], [])
        words = hidden(line["description"], plans)
        naming = [plan for plan in plans if not plan.inverse]
        dates = [hidden(line[name], naming) for name in ("offered", "marked", "admitted")]
        bates = line["bates"] or ("", "")
        pages = ", ".join(map(str, line["pages"]))
        numbers = (number, "") if ours else ("", number)
        rows.append([*numbers, *dates, words, *bates, pages, line["sha256"]])
    yield Table("exhibit-list", "Exhibits", _EXHIBITS, rows)


def redaction_log(case: Case, scope: Scope, _pii: Pii) -> Iterator[Table]:
    """Every box that was burned in, by the acts that stand."""
    held = exhibits.shown(case)
    rows = []
    for document in scope.documents:
        numbers = held.get(key_of(document, ()))
        for row in redacting.log_rows(case, document):
            # Of a copy of some pages only, or one numbered before it grew, no sheet is known again.
            same = numbers is not None and numbers.count == row["Sheets"]
            rows.append(row | ({"Bates": numbers.number(row["Page"])} if same and numbers else {}))
    yield redacting.log_table(rows)


# --- statistics ---------------------------------------------------------------------------------


def statistics(case: Case, scope: Scope, pii: Pii) -> Iterator[Table]:
    """How far the review is: numbers alone at any level; reviewers by name at `full`."""
    reviewed, tags = case.decided.reviewed(), case.decided.tags()
    allowed = scope.allowed
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for record in case.catalogue.each():
        if record.sha256 in allowed:
            kinds[record.type.value] += 1
            states[record.status.value] += 1
            done[record.type.value] += record.sha256 in reviewed
    columns: tuple[Column, ...] = (
        Column("Type", 14),
        Column("Documents", 12),
        Column("Reviewed", 12),
    )
    by_type: list[list[Cell]] = [[kind, kinds[kind], done[kind]] for kind in sorted(kinds)]
    by_type.append(["all", sum(kinds.values()), sum(done.values())])
    yield Table("review-by-type", "Review by type", columns, by_type)
    columns = (Column("Status", 14), Column("Documents", 12))
    by_status: list[list[Cell]] = [[state, states[state]] for state in sorted(states)]
    yield Table("documents-by-status", "Documents by status", columns, by_status)
    if pii is Pii.FULL:
        names = case.decided.reviewers()
        each = Counter(t.author for t in tags if t.anchor.document in allowed)
        columns = (Column("Reviewer", 24), Column("Tags", 10))
        rows: list[list[Cell]] = sorted([names.get(a, ""), n] for a, n in each.items())
        yield Table("tags-by-reviewer", "Tags by reviewer", columns, rows)
