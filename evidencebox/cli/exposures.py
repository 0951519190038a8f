"""Commands about what is exposed: elements, whose they are, how bad, who is to be told."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from evidencebox.analysis.elements import KINDS
from evidencebox.cli.common import add_case, document_id, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.model.people import Officer
from evidencebox.model.suggestions import LIKELY, Answer, Element
from evidencebox.model.words import counted
from evidencebox.services import (
    elements,
    harms,
    notice_list,
    notices,
    officer_page,
    officers,
    schemes,
)
from evidencebox.services.notices import Decision
from evidencebox.services.tags import officer_json


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    lister = commands.add_parser("elements", help="what is exposed, where, whose, and why")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.add_argument("--all", action="store_true", help="doubtful ones as well")
    lister.add_argument("--officer", metavar="ID|BADGE")
    lister.add_argument("--document", metavar="SHA256")
    lister.add_argument("--kind", action="append", choices=KINDS)
    lister.set_defaults(run=_elements)
    answer = commands.add_parser("element", help="say whether an element is one, and whose")
    add_case(answer, acts=True)
    answer.add_argument("document", metavar="SHA256")
    answer.add_argument("--page", type=int, required=True, metavar="N")
    answer.add_argument("--span", required=True, metavar="START-END")
    answer.add_argument("--kind", default="", choices=("", *KINDS))
    answer.add_argument("--officer", metavar="ID|BADGE", help="whose it is, if not as suggested")
    answer.add_argument("--answer", required=True, choices=[each.value for each in Answer])
    answer.set_defaults(run=_answer)
    _add_people(commands)
    _add_scheme(commands)


def _add_people(commands: Any) -> None:
    page = commands.add_parser("officer", help="everything about one person")
    add_case(page)
    page.add_argument("officer", metavar="ID|BADGE")
    page.add_argument("--json", action="store_true")
    page.set_defaults(run=_officer)
    harm = commands.add_parser("harm", help="proposed levels for a document, with their terms")
    add_case(harm)
    harm.add_argument("document", metavar="SHA256")
    harm.add_argument("--officer", metavar="ID|BADGE")
    harm.add_argument("--json", action="store_true")
    harm.set_defaults(run=_harm)
    notice = commands.add_parser("notice", help="decide who is told, and who is monitored")
    add_case(notice, acts=True)
    notice.add_argument("officers", nargs="+", metavar="ID|BADGE")
    notice.add_argument("--decision", required=True, choices=[each.value for each in Decision])
    notice.add_argument("--date", default="", metavar="YYYY-MM-DD")
    notice.add_argument("--monitoring", choices=("yes", "no"), help="credit monitoring")
    notice.add_argument("--note", default="")
    notice.set_defaults(run=_notice)
    listed = commands.add_parser("notices", help="who is exposed, and who is told of it")
    add_case(listed)
    listed.add_argument("--json", action="store_true")
    listed.add_argument("--csv", type=Path, metavar="F", help="write the list, unencrypted")
    listed.add_argument("--decision", choices=[each.value for each in Decision])
    listed.add_argument("--all", action="store_true", help="also of whom nothing is exposed")
    listed.set_defaults(run=_notices)


def _add_scheme(commands: Any) -> None:
    scheme = commands.add_parser("scheme", help="the words and the harm scheme of the case")
    verbs = scheme.add_subparsers(metavar="VERB", required=True, parser_class=type(scheme))
    shown = verbs.add_parser("show", help="the file in force, or an older one by its digest")
    add_case(shown)
    shown.add_argument("name", choices=(schemes.HARM, schemes.VOCABULARY))
    shown.add_argument("--digest", metavar="D")
    shown.set_defaults(run=_show_scheme)
    put = verbs.add_parser("set", help="put a file into force; a lead's to do")
    add_case(put, acts=True)
    put.add_argument("name", choices=(schemes.HARM, schemes.VOCABULARY))
    put.add_argument("file", type=Path, metavar="FILE", nargs="?", help="none: the default again")
    put.set_defaults(run=_set_scheme)


def _elements(options: argparse.Namespace) -> int:
    with opened(options) as case:
        officer = officers.one(case, options.officer).id if options.officer else None
        documents = [document_id(case, options.document)] if options.document else None
        people: dict[str, Officer] = {o.id: o for o in case.decided.officers()}
        least = 0.0 if options.all else LIKELY
        for each in elements.shown(case, documents, officer, options.kind, least):
            if options.json:
                emit(_line(each, people))
            else:
                place = f"{each.document[:12]} p. {each.page}"
                whose = people[each.officer].name if each.officer in people else "(nobody's)"
                show(f"{place}  {each.confidence:.2f}  {each.kind:<14} {each.masked:<28} {whose}")
    return 0


def _line(each: Element, people: dict[str, Officer]) -> dict[str, Any]:
    owner = each.officer
    return {
        "sha256": each.document,
        "page": each.page,
        "layer": each.layer.value,
        "start": each.start,
        "end": each.end,
        "kind": each.kind,
        "masked": each.masked,
        "officer": officer_json(people.get(owner), owner) if owner else None,
        "confidence": each.confidence,
        "reason": each.reason,
        "belongs": each.belongs,
        "belonging": each.belonging,
        "decision": each.decision.value if each.decision else None,
    }


def _answer(options: argparse.Namespace) -> int:
    start, dash, end = options.span.partition("-")
    if not (dash and start.isdigit() and end.isdigit()):
        raise UserError("A span is START-END in code points of the page, as 120-134.")
    with opened(options, acts=True) as case:
        document = document_id(case, options.document)
        span = (int(start), int(end))
        found = elements.one(case, document, options.page, span, options.kind)
        whose = officers.one(case, options.officer).id if options.officer else None
        elements.answer(case, found, Answer(options.answer), whose)
    note(f"{found.kind} {found.masked} is answered: {options.answer}.")
    return 0


def _officer(options: argparse.Namespace) -> int:
    with opened(options) as case:
        page = officer_page.officer_page(case, officers.one(case, options.officer))
    if options.json:
        emit(page)
        return 0
    show(f"{page['officer']['name']} ({page['officer']['badge']}): {page['disposition']}")
    for each in page["elements"]:
        show(f"  {each['kind']:<16} in {counted(each['documents'], 'document')}")
    for each in page["documents"]:
        level = each["harm"] if each["harm"] is not None else "-"
        proposed = each["proposed"]["level"] if each["proposed"] else 0
        show(f"  {each['id']}  harm {level}, proposed {proposed}  {each['path']}")
    return 0


def _harm(options: argparse.Namespace) -> int:
    with opened(options) as case:
        document = document_id(case, options.document)
        whose = officers.one(case, options.officer).id if options.officer else None
        people = {officer.id: officer for officer in case.decided.officers()}
        for each in harms.proposals(case, [document], whose):
            who = officer_json(people.get(each.officer), each.officer)
            if options.json:
                emit({"sha256": document, "officer": who, **harms.harm_json(each)})
            else:
                show(f"{each.proposal.level}  {who['name']}: {each.proposal.rationale}")
    return 0


def _notice(options: argparse.Namespace) -> int:
    monitoring = None if options.monitoring is None else options.monitoring == "yes"
    with opened(options, acts=True) as case:
        people = [officers.one(case, each).id for each in options.officers]
        decision = Decision(options.decision)
        notices.decide(
            case, people, decision, date=options.date, monitoring=monitoring, note=options.note
        )
    note(f"Decided for {counted(len(people), 'person')}: {decision.value}.")
    return 0


def _notices(options: argparse.Namespace) -> int:
    with opened(options) as case:
        lines = [
            line
            for line in notice_list.notice_list(case)
            if (options.all or line.concerned) and options.decision in (None, line.decision.value)
        ]
    if options.csv:
        notice_list.write_list(lines, options.csv)
        note(f"{counted(len(lines), 'person')} written to {options.csv}, unencrypted.")
    for line in lines:
        if options.json:
            emit(notice_list.notice_json(line))
        elif not options.csv:
            found = ", ".join([*line.found, *(f"{kind}?" for kind in line.suggested)])
            who = f"{line.officer.badge:>8}  {line.officer.name:<28}"
            show(f"{who} {line.decision.words:<14} {line.eligible:<8} {found}")
    return 0


def _show_scheme(options: argparse.Namespace) -> int:
    with opened(options) as case:
        text = schemes.text(case, options.name)
        if options.digest:
            former = schemes.former(case, options.name, options.digest)
            if former is None:
                raise UserError("No scheme with that digest was ever in force in this case.")
            text = former
    for line in text.splitlines():
        show(line)
    return 0


def _set_scheme(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        digest = schemes.change(case, options.name, options.file)
        if options.name == schemes.VOCABULARY:
            looked = elements.refresh_elements(case)
            if looked is None:
                note("Documents are looked through anew when the import that is running ends.")
    note(f"The {options.name} scheme in force is {digest[:16]}….")
    return 0
