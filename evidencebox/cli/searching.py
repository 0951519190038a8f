"""The command `search`: one query, or a list of them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.model.ids import short_id
from evidencebox.model.views import RELEVANCE, Facet, Hit, ListReport
from evidencebox.model.words import counted
from evidencebox.services import facets, list_search, ordering, query_list, seals
from evidencebox.services import search as searching
from evidencebox.services.case import Case

_SHOWN = 100


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    search = commands.add_parser("search", help="find documents")
    add_case(search)
    search.add_argument("query", metavar="QUERY", nargs="?")
    search.add_argument(
        "--list", metavar="F.csv", help="a file of queries; `roster`: a query for each officer"
    )
    search.add_argument("--json", action="store_true")
    search.add_argument("--limit", type=int, metavar="N", help=f"0: all; default {_SHOWN}")
    search.add_argument(
        "--sort",
        default=RELEVANCE,
        metavar="ORDER",
        help=f"{', '.join(ordering.SORTS)}; as --sort=-date the other way round",
    )
    search.add_argument("--facets", action="store_true", help="count what the results are made of")
    search.add_argument("--csv", type=Path, metavar="F", help="write the list's report")
    search.add_argument("--receipt", type=Path, metavar="F", help="write what proves this search")
    search.set_defaults(run=_search)


def _search(options: argparse.Namespace) -> int:
    if options.limit is not None and options.limit < 0:
        raise UserError("--limit takes 0 for all, or a number of hits.")
    if (options.query is None) == (options.list is None):
        raise UserError("Give a query, or a file of queries with --list, and not both.")
    ordering.check(options.sort)
    with opened(options) as case:
        return _one(case, options) if options.list is None else _list(case, options)


def _one(case: Case, options: argparse.Namespace) -> int:
    if options.csv:
        raise UserError("--csv writes the report of a list; give one with --list.")
    found = searching.search(case, options.query, options.sort)
    if options.receipt:
        _write_receipt(searching.receipt(case, found), options.receipt)
    groups = facets.facets(case, options.query) if options.facets else []
    total, ms = len(found.documents), round(found.milliseconds, 3)
    if options.json:
        head: dict[str, Any] = {"total": total, "ms": ms, "parsed": found.parsed}
        if found.notes:
            head["notes"] = list(found.notes)
        if found.suggestions:
            head["suggestions"] = [asdict(one) for one in found.suggestions]
        emit(head | ({"facets": dict(facets.lines(groups))} if options.facets else {}))
    else:
        note(f"{counted(total, 'document')} in {ms:.1f} ms: {found.parsed}")
        for said in (*found.notes, *(one.words for one in found.suggestions)):
            note(said)
        _show_facets(groups)
    limit = _SHOWN if options.limit is None else options.limit
    for hit in searching.hits(case, found, limit):
        if options.json:
            emit(_hit_json(hit))
        else:
            name = f"{short_id(hit.document)}, {seals.NAME}" if hit.sealed else hit.path
            show(f"{name}, p. {hit.page}")
            show(f"    {' '.join(hit.snippet.split())}")
    return 0


def _show_facets(groups: Iterable[Facet]) -> None:
    for group in groups:
        for value in group.values:
            if value.count:
                show(f"{group.name:<16} {value.count:>8,}  {'  ' * value.depth}{value.label}")


def _list(case: Case, options: argparse.Namespace) -> int:
    report = list_search.run(case, query_list.read(case, options.list), options.sort)
    if options.receipt:
        source = options.list if options.list == query_list.ROSTER else Path(options.list).name
        _write_receipt(list_search.receipt_of(case, report, source), options.receipt)
    if options.csv:
        list_search.write_csv(report, options.csv)
    if options.json:
        _emit_list(case, report, options.limit)
    else:
        _show_list(report)
    return 1 if report.failed else 0


def _emit_list(case: Case, report: ListReport, limit: int | None) -> None:
    """The head, a line a query, and after those, only where a limit was given, their hits."""
    emit(
        {
            "total": report.total,
            "with_families": report.with_families,
            "queries": len(report.lines),
            "failed": report.failed,
            "ms": round(report.milliseconds, 3),
        }
    )
    for line in report.lines:
        emit(list_search.line_json(line))
    if limit is None:
        return
    for line in (line for line in report.lines if not line.error):
        for hit in searching.hits(case, list_search.found(line), limit):
            emit({"line": line.line, **_hit_json(hit)})


def _show_list(report: ListReport) -> None:
    for line in report.lines:
        name = f"{line.label}: " if line.label else ""
        if line.error:
            show(f"line {line.line:<5} {name}{line.query}")
            show(f"           {line.error} (at character {(line.position or 0) + 1})")
        else:
            counts = f"{len(line.documents):>8,} {line.unique:>8,} {line.with_families:>8,}"
            show(f"line {line.line:<5} {counts}  {name}{line.query}")
    note("The numbers: documents, those that no other line found, and with families.")
    failed = f"; {counted(report.failed, 'line')} could not be run" if report.failed else ""
    note(
        f"{counted(report.total, 'document')} for {len(report.lines):,} queries, "
        f"{report.with_families:,} with families{failed}."
    )


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "sha256": hit.document,
        "path": hit.path,
        "page": hit.page,
        "score": round(hit.score, 6),
        "snippet": hit.snippet,
        "highlights": [list(h) for h in hit.highlights],
    }


def _write_receipt(paper: dict[str, Any], file: Path) -> None:
    text = json.dumps(paper, indent=1, ensure_ascii=False)
    try:
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None
