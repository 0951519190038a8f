"""Commands about what is set for a case: settings, passwords."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, emit, note, opened, show
from evidencebox.model.settings import CUSTODIAN, OCR_LANGUAGES, TIME_ZONE
from evidencebox.model.words import counted
from evidencebox.services import ocr_languages, passwords
from evidencebox.services.case import Case
from evidencebox.services.redate import redate
from evidencebox.services.settings import change, settings


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    parser = commands.add_parser("settings", help="show or change what is set for the case")
    add_case(parser, acts=True)
    parser.add_argument("--time-zone", metavar="Z", help="such as America/New_York")
    parser.add_argument("--ocr-languages", metavar="L", help="such as eng,spa, or off")
    parser.add_argument("--custodian", metavar="C", help="of troves, where an import names none")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_settings)
    _add_passwords(commands)


def _add_passwords(commands: Any) -> None:
    parser = commands.add_parser("passwords", help="known passwords of encrypted documents")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=type(parser))
    add = verbs.add_parser("add", help="from a file with one password a line")
    add_case(add, acts=True)
    add.add_argument("--file", type=Path, required=True, metavar="F", help="`-`: standard input")
    add.set_defaults(run=_add)
    lister = verbs.add_parser("list", help="masked, with how many documents each opened")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.set_defaults(run=_list)
    remove = verbs.add_parser("remove", help="forget passwords, by the ids of the list")
    add_case(remove, acts=True)
    remove.add_argument("ids", nargs="+", metavar="ID")
    remove.set_defaults(run=_remove)


def _settings(options: argparse.Namespace) -> int:
    wanted = {
        name: value
        for name, value in (
            (TIME_ZONE, options.time_zone),
            (OCR_LANGUAGES, options.ocr_languages),
            (CUSTODIAN, options.custodian),
        )
        if value is not None
    }
    with opened(options, acts=bool(wanted)) as case:
        changed = change(case, wanted)
        if TIME_ZONE in changed:
            note(f"{counted(redate(case), 'date')} without an offset were read anew.")
        _show(case, options.json)
    return 0


def _show(case: Case, as_json: bool) -> None:
    now = settings(case)
    if as_json:
        emit({**dataclasses.asdict(now), "ocr_known": ocr_languages.known()})
        return
    show(f"time zone      {now.time_zone}")
    show(f"ocr languages  {now.ocr_languages or ocr_languages.default() or 'off'}")
    show(f"custodian      {now.custodian or '(none)'}")
    show(f"there are data for {', '.join(ocr_languages.known()) or 'no language'}")


def _add(options: argparse.Namespace) -> int:
    if str(options.file) == "-":
        data = sys.stdin.buffer.read(passwords.LARGEST + 1)
        texts = passwords.from_bytes(data, "Standard input")
    else:
        texts = passwords.from_file(options.file)
    with opened(options, acts=True) as case:
        added = passwords.add(case, texts)
    note(f"{counted(added, 'password')} added, {len(texts) - added:,} were known already.")
    if added:
        note("`evidencebox retry CASE --reason encrypted` tries them on what is locked.")
    return 0


def _list(options: argparse.Namespace) -> int:
    with opened(options) as case:
        lines = passwords.listed(case)
    for line in lines:
        if options.json:
            emit(dataclasses.asdict(line))
        else:
            show(f"{line.id}  {line.masked:<8} opened {line.opened:,}  {line.added}  {line.by}")
    if not lines and not options.json:
        note("No password is known; `evidencebox passwords add CASE --file F` adds some.")
    return 0


def _remove(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        gone = passwords.remove(case, options.ids)
    note(f"{counted(gone, 'password')} forgotten; what they opened stays as it was read.")
    return 0
