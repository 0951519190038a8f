"""The exposure report and the matrix: what was searched, how, what was found of whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from evidencebox.export import report_forms
from evidencebox.export.report import Figure, Grid, Report, Section, shown
from evidencebox.export.report_docx import to_docx
from evidencebox.export.report_forms import Form
from evidencebox.export.report_pdf import to_pdf
from evidencebox.export.tables import Column
from evidencebox.model.exports import Pii
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.review import Tag
from evidencebox.model.words import counted
from evidencebox.services import acquisition, receipt
from evidencebox.services.case import Case
from evidencebox.services.exporting import TOOL, Codes, Making, Request, Scope, Tell
from evidencebox.services.exporting_people import by_person
from evidencebox.services.matrix import MatrixRow, matrix

_METHOD = (
    "The offline copy of the trove was read without being changed. Every file was identified by "
    "its SHA-256; files of the same bytes count as one document. Text was taken from each document "
    "in a process that has no key and no network, and text of pages that are only pictures was "
    "recognised. Names of the roster, and data such as identifiers, accounts and addresses, were "
    "looked for by rules; each find was a suggestion. What is reported here as a finding is what a "
    "reviewer tagged, for one person, with a level of harm.",
    "Levels of harm are ENISA-derived (Recommendations for a methodology of the assessment of "
    "severity of personal data breaches, 2013): none, low, medium, high, very high. In a published "
    "leak the severity is the level plus one. ENISA rates breaches and not people; the levels are "
    "an aid to judgement and no legal conclusion.",
    "Every decision is a signed act in a ledger. The manifest beside this report gives the hash of "
    "every file of this export and the ledger's head at that moment, against which a later copy of "
    "the ledger can be checked with the program evidencebox_verify.py.",
)
_PLACES = 6
"""So many pages are named of one person; more would hide them."""
_ACQUIRED = {
    "source": "Read from",
    "custodian": "Custodian",
    "utc": "Recorded (UTC)",
    "reviewer": "Recorded by",
    "computer": "Computer",
    "files": "Files",
    "documents": "Documents",
    "failures": "Could not be read, or not whole",
    "hash_list": "SHA-256 of the list of hashes",
}
_LEVELS = {
    Pii.FULL: "names and particulars",
    Pii.PSEUDONYMISED: "a code for each person",
    Pii.COUNTS: "numbers alone",
}


def write(case: Case, request: Request, maker: Making, tell: Tell) -> None:
    """report.docx and report.pdf."""
    form = report_forms.load(request.profile)["report"]
    made = exposure_report(case, maker.scope, request.pii, form)
    maker.folder.add("report.docx", to_docx(made))
    tell(1, 2)
    maker.folder.add("report.pdf", to_pdf(made))
    tell(2, 2)


def exposure_report(case: Case, scope: Scope, pii: Pii, form: Form | None = None) -> Report:
    """The report at a level of detail. It says nothing that changes while the state does not."""
    form = form or report_forms.load()["report"]
    rows, tagged = matrix(case), by_person(case, scope)
    state = receipt.state(case)
    statuses: Mapping[str, int] = state["documents_by_status"]
    named = pii is not Pii.COUNTS
    parts: dict[str, Callable[[], Section | None]] = {
        "method": lambda: _method(case, pii, state["index_fingerprint"]),
        "findings": lambda: findings(rows, tagged),
        "people": lambda: _people(case, rows, tagged, pii, form.columns) if named else None,
        "limits": lambda: _limits(case, scope, statuses),
        "hashes": lambda: _hashes(case, scope) if named else None,
    }
    facts = [
        *([("Prepared by", form.author)] if form.author else []),
        ("Case", case.name if pii is Pii.FULL else case.case_id),
        ("Members of the roster", f"{len(rows):,}"),
        ("Documents", f"{sum(statuses.values()):,}"),
        ("Shown of people", _LEVELS[pii]),
        ("Made with", TOOL),
    ]
    made = [section for name in form.sections if (section := parts[name]())]
    title, blanks = (form.title, form.subtitle), form.signature
    return Report(*title, facts, made, blanks, form.notice, firm=form.firm)


def _method(case: Case, pii: Pii, fingerprint: str) -> Section:
    """How it was done, and each acquisition as it was recorded."""
    columns = (Column("What", 26), Column("As recorded", 66))
    grids: list[Figure | Grid] = []
    for each in acquisition.listed(case) if pii is Pii.FULL else ():
        lines = [(words, shown(each[key])) for key, words in _ACQUIRED.items() if each.get(key)]
        grids.append(Grid("What was read", columns, lines))
    grids.append(Grid("The index that was searched", columns, [("Fingerprint", fingerprint)]))
    return Section("Method", _METHOD, grids)


def findings(rows: Sequence[MatrixRow], tagged: Mapping[OfficerId, list[Tag]]) -> Section:
    worst: Counter[Harm | None] = Counter(worst_of(tagged.get(r.officer.id, ())) for r in rows)
    people: Counter[str] = Counter()
    documents: dict[str, set[DocumentId]] = defaultdict(set)
    for tags in tagged.values():
        people.update({c for tag in tags for c in tag.categories})
        for tag in tags:
            for category in tag.categories:
                documents[category].add(tag.anchor.document)
    harmed = sum(n for level, n in worst.items() if level)
    every = {tag.anchor.document for tags in tagged.values() for tag in tags}
    found = [(w, people[c]) for c, w in CATEGORIES.items() if people[c]]
    text = (
        f"Of {counted(len(rows), 'member')} of the roster, {harmed:,} were tagged with some harm, "
        f"in {counted(len(every), 'document')}. Tagged as without harm: "
        f"{worst[Harm.NONE]:,}; with no tag at all: {worst[None]:,}."
    )
    levels = [(f"{int(level)} {level.word}", worst[level]) for level in reversed(Harm)]
    columns = (Column("Category", 30), Column("People", 12), Column("Documents", 12))
    grid = [(w, people[c], len(documents[c])) for c, w in CATEGORIES.items() if people[c]]
    return Section(
        "Findings",
        [text],
        [
            Figure("Members by the worst level tagged", levels),
            Figure("Members by what is exposed", sorted(found, key=lambda pair: -pair[1])),
            *([Grid("What is exposed", columns, grid)] if grid else []),
        ],
    )


def worst_of(tags: Sequence[Tag]) -> Harm | None:
    return max((tag.harm for tag in tags), default=None)


_COLUMNS = {
    "badge": Column("Badge", 11),
    "person": Column("Person", 20),
    "rank": Column("Rank", 13),
    "unit": Column("Unit", 18),
    "worst": Column("Worst", 13),
    "exposed": Column("Exposed", 24),
    "where": Column("Where", 36),
}
_NAMING = ("badge", "rank", "unit")


def _people(
    case: Case,
    rows: Sequence[MatrixRow],
    tagged: Mapping[OfficerId, list[Tag]],
    pii: Pii,
    columns: Mapping[str, str],
) -> Section:
    """Everybody who is tagged with harm, the worst first."""
    codes, lines = Codes(case), []
    named = pii is Pii.FULL
    chosen = {t: column for t, column in columns.items() if named or column not in _NAMING}
    for row in rows:
        tags = tagged.get(row.officer.id, [])
        worst = worst_of(tags)
        if not worst:
            continue
        who = row.officer.name if named else codes.of(row.officer.id)
        said = {"person": who, "worst": f"{int(worst)} {worst.word}"} | _exposed(tags)
        if named:
            said |= {name: getattr(row.officer, name) for name in _NAMING}
        lines.append((-int(worst), who, row.officer.id, [said[n] for n in chosen.values()]))
    if not lines:
        return Section("People", ["Nobody is tagged with harm."])
    text = "Each with the worst level tagged, what is exposed, and the pages on which it stands."
    heads = [Column(title, _COLUMNS[column].width) for title, column in chosen.items()]
    grid = Grid("Members tagged with harm", heads, [line for *_, line in sorted(lines)])
    return Section("People", [text], [grid])


def _exposed(tags: Sequence[Tag]) -> dict[str, str]:
    what = {c for tag in tags for c in tag.categories}
    pages = sorted({(short_id(t.anchor.document), t.anchor.page or 0) for t in tags})
    where = ", ".join(f"{d} p. {p}" if p else d for d, p in pages[:_PLACES])
    more = f" and {len(pages) - _PLACES} more" if len(pages) > _PLACES else ""
    kinds = ", ".join(words for c, words in CATEGORIES.items() if c in what)
    return {"exposed": kinds, "where": where + more}


def _limits(case: Case, scope: Scope, statuses: Mapping[str, int]) -> Section:
    unread = sum(n for status, n in statuses.items() if status not in ("ok", "empty"))
    texts = [
        f"{counted(unread, 'document')} could not be read, or not whole; the export named failures "
        "lists each with its reason. That nothing was found there does not mean that nothing is "
        "there.",
        "The roster is not the whole of those affected: former members, families, applicants and "
        "informants may stand in the trove without standing on the roster.",
    ]
    seen = len(case.decided.reviewed().difference(scope.left_sealed))
    texts.append(
        f"A reviewer marked {seen:,} of {counted(sum(statuses.values()), 'document')} as reviewed. "
        "What is not marked may have been looked at in part, or not at all."
    )
    if scope.left_sealed:
        left = counted(len(scope.left_sealed), "sealed document")
        texts.append(f"{left} {'is' if len(scope.left_sealed) == 1 else 'are'} left out here.")
    columns = (Column("Status", 20), Column("Documents", 12))
    return Section("Limits", texts, [Grid("Documents by status", columns, list(statuses.items()))])


def _hashes(case: Case, scope: Scope) -> Section:
    """Every document that a finding rests on."""
    wanted = sorted({t.anchor.document for t in case.decided.tags()} & scope.allowed)
    columns = (Column("Document", 14), Column("SHA-256", 66))
    rows = [(short_id(document), document) for document in wanted]
    text = "The documents on which the findings rest."
    return Section(
        "Appendix: hashes",
        [text],
        [Grid("Documents and their hashes", columns, rows)] if rows else [],
    )
