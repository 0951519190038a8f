"""The exposure matrix as it goes out: roster × category, with charts, as CSV, XLSX and PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from evidencebox.export import report_forms
from evidencebox.export.report import Grid, Report, Section
from evidencebox.export.report_forms import Form
from evidencebox.export.report_pdf import to_pdf
from evidencebox.export.tables import LETTER, Cell, Column, Table, Workbook, add_csv
from evidencebox.model.exports import Pii
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import OfficerId
from evidencebox.model.review import Tag
from evidencebox.services.case import Case
from evidencebox.services.exporting import TOOL, Codes, Making, Request, Scope, Tell
from evidencebox.services.exporting_people import by_person
from evidencebox.services.matrix import MatrixRow, matrix
from evidencebox.services.reports import findings, worst_of


def write(case: Case, request: Request, maker: Making, tell: Tell) -> None:
    """matrix.csv, matrix.xlsx with charts, matrix.pdf."""
    rows, tagged = matrix(case), by_person(case, maker.scope)
    lines = _matrix_rows(case, rows, tagged, maker.scope, request.pii)
    people = (
        [Column("BadgeNo", 10), Column("Name", 26), Column("Unit", 16), Column("Status", 10)]
        if request.pii is Pii.FULL
        else [Column("PersonID", 16)]
    )
    columns = [
        *people,
        *(Column(words, 9, "Documents tagged.") for words in CATEGORIES.values()),
        Column("Documents", 10),
        Column("Worst", 8),
        Column("Disposition", 44),
    ]
    worst: Counter[Harm | None] = Counter(worst_of(tagged.get(r.officer.id, ())) for r in rows)
    having = {
        c: sum(any(c in t.categories for t in tagged.get(r.officer.id, ())) for r in rows)
        for c in CATEGORIES
    }
    tell(1, 3)
    if request.pii is not Pii.COUNTS:
        add_csv(maker.folder, Table("matrix", "Matrix", columns, lines))
    book = Workbook("Exposure matrix")
    _charts(book, worst, having)
    if request.pii is not Pii.COUNTS:
        book.table(Table("matrix", "Matrix", columns, lines))
    maker.folder.add("matrix.xlsx", book.data())
    tell(2, 3)
    form = report_forms.load(request.profile)["matrix"]
    made = _matrix_report(rows, tagged, lines, request.pii, form)
    maker.folder.add("matrix.pdf", to_pdf(made))
    tell(3, 3)


def _matrix_rows(
    case: Case,
    rows: Sequence[MatrixRow],
    tagged: Mapping[OfficerId, list[Tag]],
    scope: Scope,
    pii: Pii,
) -> list[list[Cell]]:
    codes, lines = Codes(case), []
    for row in rows:
        tags = tagged.get(row.officer.id, [])
        worst, who = worst_of(tags), row.officer
        line: list[Cell] = (
            [who.badge, who.name, who.unit, who.status] if pii is Pii.FULL else [codes.of(who.id)]
        )
        for category in CATEGORIES:
            line.append(len({t.anchor.document for t in tags if category in t.categories}) or None)
        line.append(len({t.anchor.document for t in tags}))
        line.append(None if worst is None else int(worst))
        # A disposition may rest on what is sealed, and would tell of it.
        line.append("sealed documents left out" if scope.left_sealed else row.disposition)
        lines.append(line)
    return lines if pii is Pii.FULL else sorted(lines, key=str)


def _charts(book: Workbook, worst: Mapping[Harm | None, int], having: Mapping[str, int]) -> None:
    """A sheet with figures and native charts of them."""
    sheet = book.sheet("Overview")
    sheet.set_column(0, 0, 24)
    sheet.set_landscape()
    sheet.set_paper(LETTER)
    sheet.fit_to_pages(1, 1)
    sheet.write_string(0, 0, "Worst level tagged", book.head)
    sheet.write_string(0, 1, "Members", book.head)
    levels = [*((f"{int(h)} {h.word}", worst.get(h, 0)) for h in Harm)]
    levels.append(("nothing tagged", worst.get(None, 0)))
    for number, (label, count) in enumerate(levels, start=1):
        sheet.write_string(number, 0, label)
        sheet.write_number(number, 1, count)
    start = len(levels) + 2
    sheet.write_string(start, 0, "Exposed", book.head)
    sheet.write_string(start, 1, "Members", book.head)
    for number, (category, count) in enumerate(having.items(), start=start + 1):
        sheet.write_string(number, 0, CATEGORIES[category])
        sheet.write_number(number, 1, count)
    spans = [(1, len(levels), "Members by worst level", "D1")]
    spans.append((start + 1, start + len(having), "Members by what is exposed", "D18"))
    for first, last, title, cell in spans:
        chart = book.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "categories": ["Overview", first, 0, last, 0],
                "values": ["Overview", first, 1, last, 1],
                "fill": {"color": "#2F5D8A"},
                "data_labels": {"value": True},
                "gap": 60,
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 560, "height": 320 if cell == "D1" else 460})
        sheet.insert_chart(cell, chart)


_MEMBERS = {
    "badge": Column("Badge", 10),
    "person": Column("Person", 20),
    "unit": Column("Unit", 16),
    "status": Column("Status", 10),
    "exposed": Column("Exposed (documents)", 32),
    "worst": Column("Worst", 9),
    "disposition": Column("Disposition", 38),
}
_NAMED = ("badge", "person", "unit", "status")
"""The first columns of the matrix at `full`, in their order."""


def _matrix_report(
    rows: Sequence[MatrixRow],
    tagged: Mapping[OfficerId, list[Tag]],
    lines: Sequence[Sequence[Cell]],
    pii: Pii,
    form: Form,
) -> Report:
    parts: dict[str, Callable[[], Section | None]] = {
        "overview": lambda: replace(findings(rows, tagged), title="Overview"),
        "members": lambda: _members(lines, pii, form) if pii is not Pii.COUNTS else None,
    }
    sections = [section for name in form.sections if (section := parts[name]())]
    facts = [
        *([("Prepared by", form.author)] if form.author else []),
        ("Members of the roster", f"{len(rows):,}"),
        ("Made with", TOOL),
    ]
    title, blanks = (form.title, form.subtitle), form.signature
    return Report(*title, facts, sections, blanks, form.notice, plain=True, firm=form.firm)


def _members(lines: Sequence[Sequence[Cell]], pii: Pii, form: Form) -> Section:
    named = _NAMED if pii is Pii.FULL else ("person",)
    chosen = {
        title: column
        for title, column in form.columns.items()
        if column in named or column not in _NAMED
    }
    words, grid = list(CATEGORIES.values()), []
    for line in lines:
        cells = line[len(named) : len(named) + len(words)]
        what = ", ".join(f"{w} ({n})" for w, n in zip(words, cells, strict=True) if n)
        said: dict[str, str] = {
            **{name: str(cell or "") for name, cell in zip(named, line, strict=False)},
            "exposed": what,
            "worst": "" if line[-2] is None else str(line[-2]),
            "disposition": str(line[-1]),
        }
        grid.append([said[column] for column in chosen.values()])
    heads = [Column(title, _MEMBERS[column].width) for title, column in chosen.items()]
    return Section("Every member", (), [Grid("", heads, grid)])
