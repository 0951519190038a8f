"""The notice list: who is to be told of what, who may have credit monitoring, what was decided."""

from __future__ import annotations

import io
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evidencebox.errors import UserError
from evidencebox.export.tables import Cell, Column, Table, write_csv
from evidencebox.model.exposure import NoticeLine
from evidencebox.model.harm import Harm
from evidencebox.model.ids import OfficerId
from evidencebox.services.case import Case
from evidencebox.services.matrix import MatrixRow, matrix
from evidencebox.services.notices import Notice, may_have_monitoring, notices
from evidencebox.services.persons import accepted_kinds
from evidencebox.services.tags import officer_json

_COLUMNS = (
    *("Badge", "LastName", "FirstName", "Status", "NoticeAddress", "Email", "WorstHarm"),
    *("Found", "Suggested", "MonitoringEligible", "Monitoring", "Decision", "Date", "Note"),
    *("Reviewer", "Disposition"),
)


def notice_list(case: Case) -> list[NoticeLine]:
    """A line for every member of the roster, by name. Raises UserError without a roster."""
    accepted, decided = accepted_kinds(case), notices(case)
    tagged: dict[OfficerId, set[str]] = defaultdict(set)
    for tag in case.decided.tags():
        if tag.harm > Harm.NONE:
            tagged[tag.officer].update(tag.categories or ("tagged",))
    names = case.decided.reviewers()
    lines = []
    for row in matrix(case):
        officer = row.officer.id
        notice = decided.get(officer, Notice(officer))
        lines.append(_line(row, accepted.get(officer, set()), tagged[officer], notice, names))
    return lines


def _line(
    row: MatrixRow,
    accepted: set[str],
    tagged: set[str],
    notice: Notice,
    names: Mapping[str, str],
) -> NoticeLine:
    suggested = set(row.exposed) - accepted
    certain, perhaps = may_have_monitoring(accepted), may_have_monitoring(suggested)
    return NoticeLine(
        officer=row.officer,
        found=tuple(sorted(accepted | tagged)),
        suggested=tuple(sorted(suggested)),
        worst=row.worst,
        eligible="yes" if certain else "perhaps" if perhaps else "no",
        decision=notice.decision,
        date=notice.date,
        monitoring=notice.monitoring,
        note=notice.note,
        reviewer=names.get(notice.author, ""),
        disposition=row.disposition,
    )


def notice_json(line: NoticeLine) -> dict[str, Any]:
    """`notices --json`: one object a person."""
    return {
        "officer": officer_json(line.officer, line.officer.id),
        "contact": line.officer.contact,
        "worst_harm": None if line.worst is None else int(line.worst),
        "found": list(line.found),
        "suggested": list(line.suggested),
        "monitoring_eligible": line.eligible,
        "monitoring": line.monitoring,
        "decision": line.decision.value,
        "date": line.date,
        "note": line.note,
        "reviewer": line.reviewer,
        "disposition": line.disposition,
    }


def write_list(lines: Iterable[NoticeLine], file: Path) -> None:
    """Writes the list as CSV, unencrypted, with no cell that acts. Raises UserError."""
    table = Table("notices", "Notices", [Column(name) for name in _COLUMNS], map(_cells, lines))
    data = io.BytesIO()
    write_csv(table, data)
    temporary = file.with_name(file.name + ".part")
    try:
        temporary.write_bytes(data.getvalue())
        os.replace(temporary, file)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None


def _cells(line: NoticeLine) -> list[Cell]:
    officer = line.officer
    monitoring = "" if line.monitoring is None else "yes" if line.monitoring else "no"
    return [
        *(officer.badge, officer.last, officer.first, officer.status, officer.contact),
        *(officer.email, None if line.worst is None else int(line.worst)),
        *("; ".join(line.found), "; ".join(line.suggested), line.eligible, monitoring),
        *(line.decision.value, line.date, line.note, line.reviewer, line.disposition),
    ]
