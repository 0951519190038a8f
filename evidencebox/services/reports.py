"""The exposure report and the matrix: what was searched, how, what was found of whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from evidencebox.export.report import Figure, Grid, Report, Section
from evidencebox.export.report_docx import to_docx
from evidencebox.export.report_pdf import to_pdf
from evidencebox.export.tables import Column
from evidencebox.model.exports import Pii
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.review import Tag
from evidencebox.model.words import counted
from evidencebox.services import receipt
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
_ACQUIRED = {
    "source": "read from",
    "custodian": "custodian",
    "files": "files",
    "documents": "documents",
    "hash_list": "SHA-256 of the list of hashes",
}
CONFIDENTIAL = (
    "Confidential. Contains personal data of victims of an unlawful disclosure. Prepared with the "
    "assistance of software; to be reviewed and signed by counsel."
)


def write(case: Case, request: Request, maker: Making, tell: Tell) -> None:
    """report.docx and report.pdf."""
    made = exposure_report(case, maker.scope, request.pii)
    maker.folder.add("report.docx", to_docx(made))
    tell(1, 2)
    maker.folder.add("report.pdf", to_pdf(made))
    tell(2, 2)


def exposure_report(case: Case, scope: Scope, pii: Pii) -> Report:
    """The report at a level of detail. It says nothing that changes while the state does not."""
    rows = matrix(case)
    tagged = by_person(case, scope)
    state = receipt.state(case)
    statuses: Mapping[str, int] = state["documents_by_status"]
    facts = [
        ("Case", case.name if pii is Pii.FULL else case.case_id),
        ("Members of the roster", f"{len(rows):,}"),
        ("Documents", f"{sum(statuses.values()):,}"),
        ("Level of detail", pii.value),
        ("Index", state["index_fingerprint"]),
        ("Made with", TOOL),
    ]
    sections = [
        Section("Method", [*_METHOD, *_acquired(case, pii)]),
        findings(rows, tagged),
        *([_people(case, rows, tagged, pii)] if pii is not Pii.COUNTS else []),
        _limits(scope, statuses),
        *([_hashes(case, scope)] if pii is not Pii.COUNTS else []),
    ]
    blanks = ("Name", "Position", "Date", "Signature")
    return Report(
        "Exposure report",
        "What a leaked trove exposes of the people on the roster",
        facts,
        sections,
        blanks,
        CONFIDENTIAL,
    )


def _acquired(case: Case, pii: Pii) -> list[str]:
    """The acquisitions, as they were recorded."""
    if pii is not Pii.FULL:
        return []
    said = []
    for each in case.decided.acquisitions():
        parts = [f"{name} {each[key]}" for key, name in _ACQUIRED.items() if each.get(key)]
        said.append("Acquisition: " + "; ".join(parts) + ".")
    return said


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
        f"in {counted(len(every), 'document')}. {counted(worst[Harm.NONE], 'member')} "
        f"{'was' if worst[Harm.NONE] == 1 else 'were'} looked at and found without harm; for "
        f"{counted(worst[None], 'member')} nothing is tagged."
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


def _people(
    case: Case, rows: Sequence[MatrixRow], tagged: Mapping[OfficerId, list[Tag]], pii: Pii
) -> Section:
    """Everybody who is tagged with harm, the worst first; then how many are not."""
    codes, lines = Codes(case), []
    for row in rows:
        tags = tagged.get(row.officer.id, [])
        worst = worst_of(tags)
        if not worst:
            continue
        named = pii is Pii.FULL
        who = row.officer.name if named else codes.of(row.officer.id)
        what = {c for tag in tags for c in tag.categories}
        pages = sorted({(short_id(t.anchor.document), t.anchor.page or 0) for t in tags})
        where = ", ".join(f"{d} p. {p}" if p else d for d, p in pages[:6])
        more = f" and {len(pages) - 6} more" if len(pages) > 6 else ""
        badge = row.officer.badge if named else ""
        kinds = ", ".join(words for c, words in CATEGORIES.items() if c in what)
        level = f"{int(worst)} {worst.word}"
        lines.append((-int(worst), who, (badge, who, level, kinds, where + more)))
    columns = (
        Column("Badge", 11),
        Column("Person" if pii is Pii.FULL else "Code", 20),
        Column("Worst", 13),
        Column("Exposed", 24),
        Column("Where", 36),
    )
    text = "Each with the worst level tagged, what is exposed, and the pages on which it stands."
    grid = Grid("", columns, [line for *_, line in sorted(lines)])
    return Section(
        "People", [text if lines else "Nobody is tagged with harm."], [grid][: len(lines)]
    )


def _limits(scope: Scope, statuses: Mapping[str, int]) -> Section:
    unread = sum(n for status, n in statuses.items() if status not in ("ok", "empty"))
    texts = [
        f"{counted(unread, 'document')} could not be read, or not whole; the export named failures "
        "lists each with its reason. That nothing was found there does not mean that nothing is "
        "there.",
        "The roster is not the whole of those affected: former members, families, applicants and "
        "informants may stand in the trove without standing on the roster.",
    ]
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
    return Section("Appendix: hashes", [text], [Grid("", columns, rows)] if rows else [])
