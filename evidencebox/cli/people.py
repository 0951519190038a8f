"""Commands about people: the roster, who is named where, and whether that is so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, document_id, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.model.people import Officer
from evidencebox.model.suggestions import LIKELY, Answer
from evidencebox.model.words import counted
from evidencebox.services import elements, mention_search, mentions, officers
from evidencebox.services.case import Case
from evidencebox.services.roster_reading import Reject
from evidencebox.services.tags import officer_json


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    parser = commands.add_parser("officers", help="the roster: import, list, add, merge, split")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=type(parser))
    _add_import(verbs)
    lister = verbs.add_parser("list")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.add_argument("--merged", action="store_true", help="who was merged into whom")
    lister.set_defaults(run=_list)
    add = verbs.add_parser("add", help="a person whom no roster names")
    add_case(add, acts=True)
    add.add_argument("--last", required=True)
    add.add_argument("--first", default="")
    add.add_argument("--role", default="", choices=("", *officers.ROLES))
    _add_fields(add, ("badge", *_MORE), "")
    add.set_defaults(run=_add)
    change = verbs.add_parser("change", help="correct a person, who keeps tags and mentions")
    add_case(change, acts=True)
    change.add_argument("officer", metavar="ID|BADGE")
    _add_fields(change, ("last", "first", "badge", *_MORE), None)
    change.set_defaults(run=_change)
    merge = verbs.add_parser("merge", help="two people of the roster are one")
    add_case(merge, acts=True)
    merge.add_argument("officer", metavar="ID|BADGE")
    merge.add_argument("into", metavar="INTO")
    merge.add_argument("--note", default="")
    merge.set_defaults(run=_merge)
    split = verbs.add_parser("split", help="take a merge back")
    add_case(split, acts=True)
    split.add_argument("officer", metavar="ID|BADGE")
    split.set_defaults(run=_split)
    look = verbs.add_parser("look", help="search documents for who came since, if any did")
    add_case(look)
    look.set_defaults(run=_look_again)
    proposals = verbs.add_parser("proposals", help="who is named with a rank and is not listed")
    add_case(proposals)
    proposals.add_argument("--json", action="store_true")
    proposals.add_argument("--least", type=int, default=mentions.PROPOSED_FROM, metavar="N")
    proposals.set_defaults(run=_proposals)
    _add_mentions(commands)


_MORE = (
    *("middle", "rank", "unit", "status", "email", "birth_date", "aliases", "former_names"),
    *("contact", "ssn4"),
)


def _add_fields(parser: Any, names: tuple[str, ...], default: str | None) -> None:
    for name in names:
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, default=default)


def _add_import(verbs: Any) -> None:
    load = verbs.add_parser("import", help="from a CSV or XLSX file with a header line")
    add_case(load, acts=True)
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument("--map", nargs="+", default=[], metavar="name=COL")
    load.add_argument("--preview", action="store_true", help="show five people, import nothing")
    load.set_defaults(run=_import)


def _add_mentions(commands: Any) -> None:
    lister = commands.add_parser("mentions", help="who of the roster is named, where, and why")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.add_argument("--all", action="store_true", help="doubtful ones as well")
    lister.add_argument("--officer", metavar="ID|BADGE")
    lister.add_argument("--document", metavar="SHA256")
    lister.set_defaults(run=_mentions)
    answer = commands.add_parser("mention", help="say whether a mention is that person")
    add_case(answer, acts=True)
    answer.add_argument("document", metavar="SHA256")
    answer.add_argument("--page", type=int, required=True, metavar="N")
    answer.add_argument("--span", required=True, metavar="START-END")
    answer.add_argument("--officer", required=True, metavar="ID|BADGE")
    answer.add_argument("--answer", required=True, choices=[each.value for each in Answer])
    answer.add_argument("--everywhere", action="store_true", help="also where written alike")
    answer.set_defaults(run=_answer)


def _import(options: argparse.Namespace) -> int:
    pairs = [pair.partition("=") for pair in options.map]
    mapping = {name.strip(): column.strip() for name, _, column in pairs}
    if options.preview:
        return _preview(options.file, mapping)
    with opened(options, acts=True) as case:
        done = officers.import_roster(case, options.file, mapping)
        note(
            f"{counted(done.added, 'officer')} added, {done.updated:,} updated, "
            f"{done.unchanged:,} unchanged."
        )
        _look(case)
    _note_rejects(done.rejects)
    return 1 if done.rejects else 0


def _preview(file: Path, mapping: dict[str, str]) -> int:
    seen = officers.preview(file, mapping)
    for field, title in seen.columns.items():
        show(f"{field:<13} from “{title}”")
    for officer in seen.officers:
        values = [f"{n}={getattr(officer, n)}" for n in officers.FIELDS if getattr(officer, n)]
        show("  ".join(values))
    note(f"{counted(seen.people, 'person')} could be imported; nothing was.")
    _note_rejects(seen.rejects)
    return 1 if seen.rejects else 0


def _note_rejects(rejects: tuple[Reject, ...]) -> None:
    for reject in rejects:
        note(f"Line {reject.line} was left out: {reject.reason}")


def _look(case: Case) -> None:
    """Looks for who came or changed, in the documents that are there."""
    looked = mention_search.refresh_mentions(case)
    if looked is None:
        note("They are looked for when the import of documents that is running ends.")
    elif looked:
        note(f"Looked for them in {counted(looked, 'document')}.")
    elements.refresh_elements(case)


def _look_again(options: argparse.Namespace) -> int:
    with opened(options) as case:
        _look(case)
    return 0


def _list(options: argparse.Namespace) -> int:
    with opened(options) as case:
        if options.merged:
            return _list_merged(case, options.json)
        for officer in case.decided.officers():
            fields = {name: getattr(officer, name) for name in ("id", *officers.FIELDS)}
            if options.json:
                emit({**fields, "name": officer.name})
            else:
                show(f"{officer.badge:>8}  {officer.name:<32} {officer.rank:<14} {officer.unit}")
    return 0


def _list_merged(case: Case, as_json: bool) -> int:
    everyone = case.decided.every_officer()
    for merged in case.decided.merges():
        pair = [officer_json(everyone.get(each), each) for each in (merged.officer, merged.into)]
        if as_json:
            emit({"officer": pair[0], "into": pair[1], "utc": merged.utc, "note": merged.note})
        else:
            show(f"{pair[0]['name']} ({pair[0]['badge']}) → {pair[1]['name']} ({pair[1]['badge']})")
    return 0


def _add(options: argparse.Namespace) -> int:
    more = {name: getattr(options, name) for name in (*_MORE, "role")}
    with opened(options, acts=True) as case:
        officer = officers.add(
            case, last=options.last, first=options.first, badge=options.badge, **more
        )
        _look(case)
    show(officer.id)
    return 0


def _change(options: argparse.Namespace) -> int:
    names = ("last", "first", "badge", *_MORE)
    more = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    with opened(options, acts=True) as case:
        officer = officers.change(case, officers.one(case, options.officer), **more)
        _look(case)
    note(f"{officer.name} was changed.")
    return 0


def _merge(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        gone, into = officers.one(case, options.officer), officers.one(case, options.into)
        officers.merge(case, gone, into, options.note)
        _look(case)
    note(f"{gone.name} is {into.name} from now on; `officers split` takes it back.")
    return 0


def _split(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        officer = officers.split(case, options.officer)
        _look(case)
    note(f"{officer.name} is a person of his own again.")
    return 0


def _proposals(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for each in mentions.proposals(case, options.least):
            if options.json:
                emit({name: getattr(each, name) for name in each.__slots__})
            else:
                badge = f" ({each.badge})" if each.badge else ""
                where = counted(each.documents, "document")
                show(f"{each.rank} {each.name}{badge}: {where}")
    return 0


def _mentions(options: argparse.Namespace) -> int:
    with opened(options) as case:
        officer = officers.one(case, options.officer).id if options.officer else None
        documents = [document_id(case, options.document)] if options.document else None
        people: dict[str, Officer] = {o.id: o for o in case.decided.officers()}
        least = 0.0 if options.all else LIKELY
        for each in mentions.shown(case, documents, officer, least):
            who = officer_json(people.get(each.officer), each.officer)
            if options.json:
                emit(
                    {
                        "sha256": each.document,
                        "page": each.page,
                        "layer": each.layer.value,
                        "start": each.start,
                        "end": each.end,
                        "officer": who,
                        "form": each.form,
                        "text": each.text,
                        "confidence": each.confidence,
                        "reason": each.reason,
                        "decision": each.decision.value if each.decision else None,
                    }
                )
            else:
                place = f"{each.document[:12]} p. {each.page}"
                show(f"{place}  {each.confidence:.2f}  {who['name']}: {each.text}. {each.reason}")
    return 0


def _answer(options: argparse.Namespace) -> int:
    start, dash, end = options.span.partition("-")
    if not (dash and start.isdigit() and end.isdigit()):
        raise UserError("A span is START-END in code points of the page, as 120-134.")
    with opened(options, acts=True) as case:
        found = mentions.one(
            case,
            document_id(case, options.document),
            options.page,
            (int(start), int(end)),
            officers.one(case, options.officer).id,
        )
        mentions.answer(case, found, Answer(options.answer), everywhere=options.everywhere)
    where = ", and wherever it is written alike" if options.everywhere else ""
    note(f"“{found.text}” is answered: {options.answer}{where}.")
    return 0
