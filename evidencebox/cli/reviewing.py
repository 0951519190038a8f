"""The command `review`: assignments, samples, agreement, progress."""

from __future__ import annotations

import argparse
from typing import Any

from evidencebox.cli.common import add_case, emit, note, opened, show
from evidencebox.model.ids import short_id
from evidencebox.services import review


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    parser = commands.add_parser("review", help="assign, sample, agreement, progress")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=type(parser))
    assign = verbs.add_parser("assign", help="divide what a query finds among reviewers")
    add_case(assign, acts=True)
    assign.add_argument("query", metavar="QUERY")
    assign.add_argument("reviewers", metavar="NAME", nargs="+")
    assign.set_defaults(run=_assign)
    sample = verbs.add_parser("sample", help="draw reviewed documents for a second reviewer")
    add_case(sample, acts=True)
    sample.add_argument("name", metavar="NAME")
    sample.add_argument("query", metavar="QUERY")
    sample.add_argument("--count", type=int, default=50, metavar="N")
    sample.add_argument("--seed", type=int, default=0)
    sample.set_defaults(run=_sample)
    agreement = verbs.add_parser("agreement", help="how far two reviewers of a sample agree")
    add_case(agreement)
    agreement.add_argument("name", metavar="NAME")
    agreement.add_argument("--json", action="store_true")
    agreement.set_defaults(run=_agreement)
    progress = verbs.add_parser("progress", help="how far the review of a query is")
    add_case(progress)
    progress.add_argument("query", metavar="QUERY", nargs="?", default="")
    progress.add_argument("--json", action="store_true")
    progress.set_defaults(run=_progress)


def _assign(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        for done in review.assign(case, options.query, options.reviewers):
            note(f"{done.text}.")
    return 0


def _sample(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = review.draw(case, options.name, options.query, options.count, options.seed)
    note(f"{done.text}.")
    return 0


def _agreement(options: argparse.Namespace) -> int:
    with opened(options) as case:
        found = review.agreement(case, options.name)
    if options.json:
        emit(
            {
                "documents": found.documents,
                "twice": found.twice,
                "alike": found.alike,
                "differences": [
                    {
                        "sha256": each.document,
                        "officer": each.officer,
                        "levels": {
                            who: None if harm is None else int(harm) for who, harm in each.levels
                        },
                    }
                    for each in found.differences
                ],
            }
        )
        return 0
    share = "" if found.share is None else f" ({found.share:.0%})"
    show(f"{found.documents} drawn, {found.twice} reviewed twice, {found.alike} alike{share}")
    for each in found.differences:
        levels = ", ".join(
            f"{who}: {'nothing' if harm is None else harm.word}" for who, harm in each.levels
        )
        show(f"{short_id(each.document)}  {each.officer}  {levels}")
    return 0


def _progress(options: argparse.Namespace) -> int:
    with opened(options) as case:
        found = review.progress(case, options.query)
    if options.json:
        emit(
            {
                "documents": found.documents,
                "reviewed": found.reviewed,
                "left": found.left,
                "by": dict(found.by),
                "last_hour": found.pace,
                "severe_today": found.severe,
            }
        )
        return 0
    show(f"{found.reviewed:,} of {found.documents:,} reviewed, {found.left:,} to do")
    show("".join(f"{who} {count:,}  " for who, count in found.by).rstrip())
    return 0
