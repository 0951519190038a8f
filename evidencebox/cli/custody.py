"""Commands about who may do what, and what must not stay: role, seal, pack, conflicts, purge, …"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, document_id, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.model.ids import ActId
from evidencebox.model.policy import Role
from evidencebox.model.words import counted
from evidencebox.services import custody, ledger_export, packs, seals

_ROLES = {role.words: role for role in Role}


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    _add_packs(commands)
    role = commands.add_parser("role", help="list the reviewers' roles, or give one (a lead's)")
    add_case(role, acts=True)
    role.add_argument("name", nargs="?", metavar="NAME")
    role.add_argument("role", nargs="?", choices=sorted(_ROLES))
    role.add_argument("--json", action="store_true")
    role.set_defaults(run=_role)
    seal = commands.add_parser("sealed", help="list the sealed categories, or set them (a lead's)")
    add_case(seal, acts=True)
    seal.add_argument("--set", nargs="*", metavar="CATEGORY", dest="categories")
    seal.set_defaults(run=_sealed)
    purge = commands.add_parser("purge", help="remove, by order, what was said and derived")
    add_case(purge, acts=True)
    purge.add_argument("document", metavar="SHA256")
    purge.add_argument("--order", required=True, metavar="TEXT", help="court, date, number")
    purge.set_defaults(run=_purge)
    report = commands.add_parser(
        "report-material", help="seal for good what must not be looked at or copied"
    )
    add_case(report, acts=True)
    report.add_argument("document", metavar="SHA256")
    report.add_argument("--withdraw", action="store_true", help="a mistaken report (a lead's)")
    report.set_defaults(run=_report)
    destroy = commands.add_parser("destroy", help="destroy a case: its keys first")
    destroy.add_argument("case", type=Path, metavar="CASE")
    destroy.add_argument("--confirm", metavar="NAME", help="the case's name, typed out")
    destroy.set_defaults(run=_destroy)
    ledger = commands.add_parser(
        "ledger", help="hand out the ledger with a program that checks it without EvidenceBox"
    )
    add_case(ledger)
    ledger.add_argument("--out", type=Path, required=True, metavar="DIR")
    ledger.add_argument("--without-content", action="store_true", help="acts and hashes only")
    ledger.add_argument(
        "--with-people", action="store_true", help="the roster's addresses, dates and numbers too"
    )
    ledger.set_defaults(run=_ledger)


def _add_packs(commands: Any) -> None:
    pack = commands.add_parser("pack", help="carry a reviewer's acts to another laptop")
    verbs = pack.add_subparsers(metavar="VERB", required=True, parser_class=type(pack))
    out = verbs.add_parser("export", help="your own acts, or another reviewer's")
    add_case(out)
    out.add_argument("--out", type=Path, required=True, metavar="F")
    out.add_argument("--reviewer", metavar="NAME", help="whose; without it, your own")
    out.set_defaults(run=_pack_export)
    take = verbs.add_parser("import", help="verify packs, and add what is new of them")
    add_case(take, acts=True)
    take.add_argument("files", nargs="+", type=Path, metavar="F")
    take.set_defaults(run=_pack_import)
    conflicts = commands.add_parser("conflicts", help="where reviewers disagree")
    add_case(conflicts, acts=True)
    conflicts.add_argument("--json", action="store_true")
    conflicts.add_argument("--settle", metavar="ACT", help="the tag that is to count")
    conflicts.set_defaults(run=_conflicts)


def _pack_export(options: argparse.Namespace) -> int:
    with opened(options) as case:
        count = packs.export(case, options.out, options.reviewer)
    note(f"{counted(count, 'act')} in {options.out.name}; only this case can open it.")
    return 0


def _pack_import(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        for file in options.files:
            taken = packs.take(case, file)
            whose = ", ".join(taken.reviewers)
            note(f"{file.name} ({whose}): {counted(taken.acts, 'new act')}, {taken.known:,} known.")
            if taken.purged:
                note(f"{counted(taken.purged, 'document')} removed by a lead's order.")
            if taken.conflicts > 0:
                note(f"{counted(taken.conflicts, 'new conflict')}: `evidencebox conflicts CASE`.")
        custody.enforce(case)
    return 0


def _conflicts(options: argparse.Namespace) -> int:
    with opened(options, acts=options.settle is not None) as case:
        if options.settle:
            note(f"{packs.settle(case, ActId(options.settle)).text}.")
            return 0
        for line in packs.conflict_lines(case):
            if options.json:
                emit(line)
                continue
            where = f"p. {line['page']}" if line["page"] else "document"
            said = "; ".join(f"{tag['reviewer']}: {tag['harm']}" for tag in line["tags"])
            show(f"{line['id']}  {where:<9} {line['officer']['name']:<28} {said}")
    return 0


def _role(options: argparse.Namespace) -> int:
    with opened(options, acts=options.name is not None) as case:
        if options.name is None:
            for line in custody.roles(case):
                emit(line) if options.json else show(f"{line['role']:<10} {line['name']}")
            return 0
        if options.role is None:
            raise UserError(f"Give a role: {', '.join(sorted(_ROLES))}.")
        note(f"{custody.set_role(case, options.name, _ROLES[options.role]).text}.")
    return 0


def _sealed(options: argparse.Namespace) -> int:
    with opened(options, acts=options.categories is not None) as case:
        if options.categories is not None:
            note(f"{seals.change(case, options.categories).text}.")
        for name in sorted(case.decided.policy().sealed):
            show(name)
    return 0


def _purge(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = custody.purge(case, document_id(case, options.document), options.order)
    note(f"{done.document[:16]}…: content of {counted(done.parts, 'act')} and all text removed.")
    if done.backups:
        note(f"{counted(done.backups, 'backup')} in the case held it too and was deleted.")
    note("The trove itself, exports, and backups kept elsewhere are untouched: see to them.")
    return 0


def _report(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        document = document_id(case, options.document)
        if options.withdraw:
            note(f"{custody.withdraw_report(case, document).text}.")
            return 0
        note(f"{custody.report_material(case, document).text}.")
    note("Stop here. Do not open, copy or send it; tell the authorities and your lead.")
    return 0


def _destroy(options: argparse.Namespace) -> int:
    confirmation = options.confirm
    if confirmation is None and sys.stdin.isatty():
        confirmation = input("Type the case's name to destroy it: ")
    custody.destroy(options.case.absolute(), confirmation or "")
    note("The case's keys were overwritten, and it was deleted.")
    note(
        "Flash storage may keep old copies of what was overwritten. Copies of the folder, backups "
        "and exports elsewhere are untouched: with an old copy and a passphrase, one opens it."
    )
    return 0


def _ledger(options: argparse.Namespace) -> int:
    with opened(options) as case:
        content, people = not options.without_content, options.with_people
        head = ledger_export.write(case, options.out, content=content, people=people)
    note(f"{counted(head.arrivals, 'act')}, head {head.digest}.")
    note(f"Check it with: python {options.out / ledger_export.VERIFIER} {options.out}")
    return 0
