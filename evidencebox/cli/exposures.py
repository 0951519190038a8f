"""Commands about what is exposed: elements, whose they are, how bad, who is to be told."""

from __future__ import annotations

import argparse
from typing import Any

from evidencebox.analysis.elements import KINDS
from evidencebox.cli.common import add_case, document_id, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.model.people import Officer
from evidencebox.model.suggestions import LIKELY, Answer, Element
from evidencebox.services import elements, officers
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


def _elements(options: argparse.Namespace) -> int:
    with opened(options) as case:
        officer = officers.one(case, options.officer).id if options.officer else None
        documents = [document_id(case, options.document)] if options.document else None
        people: dict[str, Officer] = {o.id: o for o in case.decided.officers()}
        least = 0.0 if options.all else LIKELY
        for each in elements.listed(case, documents, officer, options.kind, least):
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
