"""The command `searches`: saved searches and the history."""

from __future__ import annotations

import argparse
from typing import Any

from evidencebox.cli.common import add_case, emit, note, opened, show
from evidencebox.model.views import RELEVANCE
from evidencebox.services import searches
from evidencebox.services.search import search


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    parser = commands.add_parser("searches", help="saved searches: list, save, delete, history")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=type(parser))
    lister = verbs.add_parser("list", help="with how many documents each finds, and how many new")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.set_defaults(run=_list)
    save = verbs.add_parser("save")
    add_case(save, acts=True)
    save.add_argument("name", metavar="NAME")
    save.add_argument("query", metavar="QUERY")
    save.add_argument("--sort", default=RELEVANCE, metavar="ORDER")
    save.set_defaults(run=_save)
    for verb, run, words in (
        ("delete", _delete, "your own of this name"),
        ("seen", _seen, "what it finds now is not new any more"),
    ):
        one = verbs.add_parser(verb, help=words)
        add_case(one, acts=True)
        one.add_argument("name", metavar="NAME")
        one.set_defaults(run=run)
    history = verbs.add_parser("history", help="your latest searches in the window")
    add_case(history)
    history.add_argument("--json", action="store_true")
    history.set_defaults(run=_history)


def _list(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for saved, total, new in searches.counted(case, searches.saved_searches(case)):
            if options.json:
                emit(
                    {
                        "name": saved.name,
                        "query": saved.composed,
                        "sort": saved.sort,
                        "reviewer": saved.reviewer,
                        "utc": saved.utc,
                        "total": total,
                        "new": new,
                    }
                )
            else:
                mark = f"{new:,} new" if new else ""
                show(f"{saved.name:<32} {total:>8,} {mark:>10}  {saved.composed}")
    return 0


def _save(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = searches.save(case, options.name, options.query, options.sort)
    note(f"{done.text}.")
    return 0


def _delete(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = searches.delete(case, options.name)
    note(f"{done.text}.")
    return 0


def _seen(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        saved = searches.one(case, options.name)
        searches.see(case, saved, search(case, saved.composed))
    return 0


def _history(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for query in searches.history(case):
            if options.json:
                emit({"query": query})
            else:
                show(query)
    return 0
