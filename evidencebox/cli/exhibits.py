"""Commands for what is filed: exhibits with their numbers and book, redacted copies."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, document_id, emit, note, opened, passphrase, show
from evidencebox.cli.exporting import add_secret, export_secret, say_made, show_far
from evidencebox.errors import UserError
from evidencebox.model.redactions import Box
from evidencebox.model.words import counted
from evidencebox.services import exhibits, exporting, officers, redacted_copy, redacting


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    _add_exhibits(commands)
    redact = commands.add_parser("redact", help="a copy in which what is named is burned out")
    add_case(redact, acts=True)
    redact.add_argument("document", metavar="SHA256")
    redact.add_argument("--out", type=Path, required=True, metavar="F.pdf")
    redact.add_argument("--pages", metavar="1-3", help="those of the document; all by default")
    redact.add_argument("--text", action="append", default=[], metavar="S")
    redact.add_argument("--element", action="append", default=[], metavar="KIND")
    redact.add_argument("--everyone-but", metavar="ID", help="an officer's id or badge")
    redact.add_argument(
        "--box",
        action="append",
        default=[],
        metavar="SHEET:L,T,R,B",
        help="by hand: per cent of the sheet, from its upper left corner",
    )
    redact.add_argument("--inverse", action="store_true", help="black out all but what is named")
    redact.add_argument("--lines", action="store_true", help="the whole line goes with each string")
    redact.add_argument("--reason", default="", help="printed on the boxes of --text and --box")
    redact.add_argument(
        "--no-check", action="store_true", help="do not recognise the result to look again"
    )
    redact.add_argument("--unseal", metavar="REASON", help="for a sealed document; is recorded")
    redact.set_defaults(run=_redact)


def _add_exhibits(commands: Any) -> None:
    exhibit = commands.add_parser("exhibit", help="make, list and build exhibits")
    verbs = exhibit.add_subparsers(metavar="VERB", required=True)
    add = verbs.add_parser("add", help="a document, or pages of it, gets a number for life")
    add_case(add, acts=True)
    add.add_argument("document", metavar="SHA256")
    add.add_argument("--pages", metavar="1-3")
    add.add_argument("--number", default="", metavar="PX-1")
    add.add_argument("--description", default="", metavar="T")
    add.add_argument("--family", action="store_true", help="what is attached follows it")
    add.set_defaults(run=_add)
    change = verbs.add_parser("set", help="description, order, offered, marked, admitted")
    add_case(change, acts=True)
    change.add_argument("number", metavar="PX-1")
    for name in ("description", "offered", "marked", "admitted"):
        change.add_argument(f"--{name}", metavar="T")
    change.add_argument("--order", type=int, metavar="N")
    change.set_defaults(run=_set)
    withdraw = verbs.add_parser("withdraw", help="no exhibit any more; its number stays used")
    add_case(withdraw, acts=True)
    withdraw.add_argument("number", metavar="PX-1")
    withdraw.add_argument("--reason", required=True)
    withdraw.set_defaults(run=_withdraw)
    lister = verbs.add_parser("list", help="all exhibits, with their Bates numbers")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.set_defaults(run=_list)
    _add_stamps(verbs)
    build = verbs.add_parser("build", help="stamped exhibits, their book and list, in a new folder")
    add_case(build, acts=True)
    build.add_argument("--out", type=Path, required=True, metavar="DIR")
    build.add_argument("--profile", metavar="NAME|F", help="numbers, stamps, paper")
    build.add_argument("--unseal", metavar="REASON", help="for sealed documents; is recorded")
    build.add_argument("--without-sealed", action="store_true")
    add_secret(build)
    build.add_argument("--json", action="store_true")
    build.set_defaults(run=_build)


_STAMPS = {
    "prefix": ("PX-", "of the exhibits' numbers"),
    "bates_prefix": ("PLF-", "of the Bates numbers"),
    "bates_digits": ("N", "of a Bates number"),
    "bates_position": ("SIDE", "top or bottom; left, center or right"),
    "title": ("T", "on the sticker"),
    "sticker_position": ("SIDE", "the same"),
    "paper": ("letter|a4", "of every sheet"),
    "legend": ("T", "opposite the Bates number"),
}
"""Field of the case's stamps → what is given for it, and what it is."""


def _add_stamps(verbs: Any) -> None:
    stamps = verbs.add_parser("stamps", help="how the case's sheets are stamped; shown, or changed")
    add_case(stamps, acts=True)
    for name, (given, words) in _STAMPS.items():
        kind = int if name == "bates_digits" else str
        stamps.add_argument(f"--{name.replace('_', '-')}", type=kind, metavar=given, help=words)
    stamps.add_argument("--json", action="store_true")
    stamps.set_defaults(run=_stamps)


def _stamps(options: argparse.Namespace) -> int:
    from evidencebox.services import stamping  # slow to import

    wanted = {n: getattr(options, n) for n in _STAMPS if getattr(options, n) is not None}
    with opened(options, acts=bool(wanted)) as case:
        if wanted:
            stamping.keep(case, dataclasses.replace(stamping.kept(case), **wanted))
        said = dataclasses.asdict(stamping.kept(case))
    if options.json:
        emit(said)
        return 0
    for name, value in said.items():
        show(f"{name:<18} {value}")
    return 0


def _add(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = exhibits.add(
            case,
            document_id(case, options.document),
            pages=pages_named(options.pages) or (),
            number=options.number,
            description=options.description,
            family=options.family,
        )
    note(f"{done.text}.")
    return 0


def _set(options: argparse.Namespace) -> int:
    names = ("description", "offered", "marked", "admitted", "order")
    values = {n: getattr(options, n) for n in names if getattr(options, n) is not None}
    with opened(options, acts=True) as case:
        done = exhibits.change(case, options.number, values)
    note(f"{done.text}.")
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        done = exhibits.change(case, options.number, {"withdrawn": options.reason})
    note(f"{done.text}.")
    return 0


def _list(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for line in exhibits.lines(case):
            if options.json:
                emit(line)
                continue
            state = "withdrawn" if line["withdrawn"] else "taken back" if line["taken_back"] else ""
            bates = "–".join(dict.fromkeys(line["bates"]))
            show(f"{line['number']:<8} {line['id']:<10} {bates:<28} {line['description']} {state}")
    return 0


def _build(options: argparse.Namespace) -> int:
    from evidencebox.services import exhibit_book  # slow to import

    secret = export_secret(options, new=True)
    with opened(options, acts=True) as case:
        exporting.confirm(case, passphrase(options))
        request = exporting.Request(
            exhibit_book.KIND,
            options.out.absolute(),
            unseal=options.unseal,
            without_sealed=options.without_sealed,
            profile=options.profile,
            passphrase=secret,
        )
        done = exhibit_book.build(case, request, show_far)
    say_made(options, done)
    return 0


def _redact(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        exporting.confirm(case, passphrase(options))
        document = document_id(case, options.document)
        keep = officers.one(case, options.everyone_but).id if options.everyone_but else None
        ask = redacting.Ask(
            tuple(options.text),
            tuple(options.element),
            keep,
            tuple(_box(text) for text in options.box),
            options.inverse,
            options.reason,
            options.lines,
        )
        done = redacted_copy.write(
            case,
            document,
            ask,
            options.out,
            pages=pages_named(options.pages),
            check=not options.no_check,
            unseal=options.unseal,
        )
    for warning in done.warnings:
        note(f"Warning: {warning}")
    made = done.redacted
    checked = "recognised again, nothing is left" if made.checked else "not recognised again"
    note(
        f"{counted(len(made.pages), 'sheet')}, {counted(len(made.regions), 'place')} blacked out; "
        f"{checked}. SHA-256 {done.sha256}"
    )
    return 0


def pages_named(text: str | None) -> list[int] | None:
    """`1-3,7` as numbers; None for all. Raises UserError."""
    return None if text is None else exhibits.page_numbers(text)


def _box(text: str) -> Box:
    sheet, _, rest = text.partition(":")
    try:
        number = int(sheet)
        left, top, right, bottom = (round(float(side) * 100) for side in rest.split(","))
    except ValueError:
        raise UserError(f"{text} is no box: write it as 1:10,20,60,25 (per cent).") from None
    if number < 1 or not (0 <= left < right <= 10_000 and 0 <= top < bottom <= 10_000):
        raise UserError(f"{text} does not lie within a sheet; its sides are per cent, 0 to 100.")
    return Box(number, left, top, right, bottom, "")
