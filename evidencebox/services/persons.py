"""Rows of the notification list: `persons.csv` and `exposures.csv`, columns as in the formats.

A value that a spreadsheet would take for a formula is disarmed here. Of an element nobody answered
the status is *suggested*, and in the columns by kind `?`: it is no finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from evidencebox.analysis.elements import RULES
from evidencebox.export.tables import safe_cell
from evidencebox.model.harm import Harm
from evidencebox.model.ids import OfficerId, short_id
from evidencebox.model.people import Officer
from evidencebox.model.review import Tag
from evidencebox.model.suggestions import Answer
from evidencebox.services import element_answers, elements
from evidencebox.services.case import Case
from evidencebox.services.matrix import MatrixRow, counts, matrix
from evidencebox.services.notices import Notice, may_have_monitoring, notices

Row = dict[str, str | int]

FLAGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "SSN": (("ssn",), ()),
    "TIN": (("itin", "tin"), ()),
    "DL_ID": (("driver_license",), ()),
    "Passport": (("passport",), ()),
    "FinAcct": (("bank_account", "card"), ()),
    "Credit": (("credit", "debt"), ()),
    "Medical": (("medical",), ("medical",)),
    "MentalHealth": (("mental_health",), ("mental_health",)),
    "Biometric": (("biometric",), ("biometric",)),
    "Genetic": ((), ()),
    "HealthIns": ((), ()),
    "Credentials": (("credential",), ("credentials",)),
    "Polygraph": (("polygraph",), ("polygraph",)),
    "DrugHistory": (("drug_history",), ("drug_history",)),
    "SexualAbuse": (("sexual_abuse",), ("sexual_abuse",)),
    "Discipline": (("discipline",), ("discipline",)),
    "Background": (("background",), ("background",)),
    "Intelligence": (("intelligence",), ("intelligence", "informant")),
    "Family": (("family", "minor"), ("family", "minor")),
}
"""Column → kinds of elements, and categories of tags, that make it a Y."""

PERSONS = (
    *("PersonID", "LastName", "FirstName", "Middle", "Suffix", "Aliases", "BadgeNo", "Role", "DOB"),
    *("Address1", "Address2", "City", "State", "Postal", "Country", "Email", "Phone", "IsMinor"),
    *("IsDeceased", "Representative", "MatchBasis", "DocCount", "MaxSE", "SafetyFlag"),
    *("NotifyDecision", "NoticeDate", "Reviewer", *FLAGS, "CreditMonitoring", "Disposition"),
)
"""Columns of persons.csv."""

EXPOSURES = (
    *("PersonID", "DocID", "SHA256", "Page", "Element", "MaskedValue", "Detector", "Status"),
    *("Reviewer", "TimestampUTC"),
)
"""Columns of exposures.csv."""

_STATUS = {
    None: "suggested",
    Answer.SAME: "accepted",
    Answer.DIFFERENT: "rejected",
    Answer.UNSURE: "unsure",
}
_SAFETY_KINDS = frozenset({"address", "family", "minor", "intelligence"})
_SUFFIXES = ("jr", "sr", "ii", "iii", "iv")


def persons_rows(case: Case) -> Iterator[Row]:
    """A row for every person of the roster, by name, with the columns `PERSONS`."""
    accepted = accepted_kinds(case)
    tags: dict[OfficerId, list[Tag]] = defaultdict(list)
    for tag in case.decided.tags():
        tags[tag.officer].append(tag)
    decided, names = notices(case), case.decided.reviewers()
    for row in matrix(case):
        officer = row.officer
        notice = decided.get(officer.id, Notice(officer.id))
        yield _safe(_person(row, accepted[officer.id], tags[officer.id], notice, names))


def exposures_rows(case: Case) -> Iterator[Row]:
    """A row for every element that is somebody's and was not turned down, columns `EXPOSURES`."""
    said = {
        (a.document, a.page, a.start, a.end, a.label): a
        for a in case.decided.answers()
        if a.document
    }
    names = case.decided.reviewers()
    for each in elements.listed(case):
        if each.officer is None or not counts(each):
            continue
        label = f"element {each.kind} {each.layer.value}"
        act = said.get((each.document, each.page, each.start, each.end, label))
        yield _safe(
            {
                "PersonID": each.officer,
                "DocID": short_id(each.document),
                "SHA256": each.document,
                "Page": each.page,
                "Element": each.kind,
                "MaskedValue": each.masked,
                "Detector": f"evidencebox rules {RULES}",
                "Status": _STATUS[each.decision],
                "Reviewer": names.get(act.author, "") if act else "",
                "TimestampUTC": act.utc if act else "",
            }
        )


def accepted_kinds(case: Case) -> dict[OfficerId, set[str]]:
    """Officer → kinds of elements of which reviewers said that they are his."""
    found: dict[OfficerId, set[str]] = defaultdict(set)
    documents = sorted(element_answers.Answers(case.decided.answers()).documents)
    for element in elements.listed(case, documents) if documents else ():
        if element.officer is not None and element.decision is Answer.SAME:
            found[element.officer].add(element.kind)
    return found


def _person(
    row: MatrixRow,
    accepted: set[str],
    tags: Sequence[Tag],
    notice: Notice,
    names: Mapping[str, str],
) -> Row:
    officer = row.officer
    worst = int(row.worst) if row.worst else 0
    flags = {name: flag(*of, tags, accepted, row.exposed) for name, of in FLAGS.items()}
    return {
        **_who(officer),
        "MatchBasis": _basis(row),
        "DocCount": row.documents,
        # In a published leak SE = DPC + 1, and the level is the DPC.
        "MaxSE": worst + 1 if worst else 0,
        "SafetyFlag": "Y" if unsafe(tags, accepted) else "N",
        "NotifyDecision": notice.decision.value,
        "NoticeDate": notice.date,
        "Reviewer": names.get(notice.author, ""),
        **flags,
        "CreditMonitoring": _monitoring(notice, accepted | set(row.exposed)),
        "Disposition": row.disposition,
    }


def _who(officer: Officer) -> Row:
    last, _, suffix = officer.last.rpartition(" ")
    has_suffix = bool(last) and suffix.lower().strip(".") in _SUFFIXES
    aliases = "; ".join(part for part in (officer.aliases, officer.former_names) if part)
    return {
        **dict.fromkeys(PERSONS, ""),
        "PersonID": officer.id,
        "LastName": last.rstrip(",") if has_suffix else officer.last,
        "FirstName": officer.first,
        "Middle": officer.middle,
        "Suffix": suffix if has_suffix else "",
        "Aliases": aliases,
        "BadgeNo": officer.badge,
        "Role": officer.role or officer.rank,
        "DOB": officer.birth_date,
        "Address1": officer.contact,
        "Email": officer.email,
        "IsMinor": "N",
        "IsDeceased": "Y" if officer.status.casefold() == "deceased" else "N",
    }


def _basis(row: MatrixRow) -> str:
    if row.documents:
        return "tagged by a reviewer"
    return "named, not confirmed" if row.named else "not found"


def flag(
    kinds: Sequence[str],
    categories: Sequence[str],
    tags: Sequence[Tag],
    accepted: Collection[str],
    suggested: Collection[str],
) -> str:
    """A column of `FLAGS`: Y for what was tagged or accepted, ? for suggestions, else N."""
    tagged = any(t.harm > Harm.NONE and not set(t.categories).isdisjoint(categories) for t in tags)
    if tagged or any(kind in accepted for kind in kinds):
        return "Y"
    return "?" if any(kind in suggested for kind in kinds) else "N"


def unsafe(tags: Sequence[Tag], accepted: Collection[str]) -> bool:
    """Whether what was tagged or accepted may endanger the person."""
    tagged = any(
        tag.harm >= Harm.HIGH and not _SAFETY_KINDS.isdisjoint(tag.categories) for tag in tags
    )
    return tagged or not _SAFETY_KINDS.isdisjoint(accepted)


def _monitoring(notice: Notice, kinds: set[str]) -> str:
    if notice.monitoring is not None:
        return "yes" if notice.monitoring else "no"
    return "may be eligible" if may_have_monitoring(kinds) else ""


def _safe(row: Row) -> Row:
    return {k: safe_cell(v) if isinstance(v, str) else v for k, v in row.items()}


__all__ = [
    *("EXPOSURES", "FLAGS", "PERSONS", "Decision", "accepted_kinds", "exposures_rows", "flag"),
    *("persons_rows", "unsafe"),
]
