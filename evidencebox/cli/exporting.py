"""Commands that let something out: export, decrypt."""

from __future__ import annotations

import argparse
import getpass
import shlex
import sys
from pathlib import Path
from typing import Any

from evidencebox.cli.common import add_case, emit, note, opened, passphrase
from evidencebox.cli.keeping import warn_if_weak
from evidencebox.cli.passphrase import read_passphrase_file
from evidencebox.errors import UserError
from evidencebox.export import check, sealed
from evidencebox.model.exports import Exported, Pii
from evidencebox.model.words import counted
from evidencebox.services import exporting
from evidencebox.services.exporting_kinds import KINDS, run


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    out = commands.add_parser("export", help="lists, load files, reports, dossiers: a new folder")
    add_case(out, acts=True)
    out.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(sorted(KINDS)))
    out.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder to be made")
    out.add_argument("--query", metavar="Q", help="only what this query finds")
    out.add_argument("--officer", metavar="ID|BADGE", help="only where this person is tagged")
    out.add_argument(
        "--pii", choices=[level.value for level in Pii], default="full", help="how much of people"
    )
    out.add_argument("--unseal", metavar="REASON", help="let sealed documents out (a lead's)")
    out.add_argument("--without-sealed", action="store_true", help="leave sealed documents out")
    add_secret(out)
    out.add_argument("--natives", action="store_true", help="with originals, as .untrusted")
    out.add_argument("--profile", metavar="NAME|F", help="the form of a load file or list")
    out.add_argument("--json", action="store_true")
    out.set_defaults(run=_export)
    back = commands.add_parser("decrypt", help="an encrypted export, in the clear again")
    back.add_argument("folder", type=Path, metavar="EXPORT-DIR")
    back.add_argument("--out", type=Path, required=True, metavar="DIR")
    back.add_argument("--encrypt-passphrase-file", type=Path, metavar="F")
    back.set_defaults(run=_decrypt)


def add_secret(parser: Any) -> None:
    """The options of an encrypted export."""
    parser.add_argument("--encrypt", action="store_true", help="to a passphrase that is asked for")
    parser.add_argument(
        "--encrypt-passphrase-file", type=Path, metavar="F", help="to the passphrase in F"
    )


def _export(options: argparse.Namespace) -> int:
    secret = export_secret(options, new=True)
    with opened(options, acts=True) as case:
        if sys.stdin.isatty():
            note("Something is to leave the case: the passphrase once more.")
        exporting.confirm(case, passphrase(options))
        request = exporting.Request(
            options.kind,
            options.out.absolute(),
            Pii(options.pii),
            options.query,
            options.officer,
            options.unseal,
            options.without_sealed,
            secret,
            options.natives,
            options.profile,
        )
        done = run(case, request, show_far)
    say_made(options, done)
    return 0


def say_made(options: argparse.Namespace, done: Exported) -> None:
    """What came of it, and how it is checked."""
    if options.json:
        emit(
            {
                "folder": done.folder,
                "files": done.files,
                "bytes": done.bytes,
                "payload": done.payload,
                "ledger_head": done.head,
            }
        )
    note(f"{counted(done.files, 'file')} in {done.folder}. Ledger head: {done.head}.")
    note(f"`evidencebox verify {shlex.quote(str(options.out))}` checks every byte of it.")


def show_far(done: int, total: int) -> None:
    """How far it is, on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,}" + ("\n" if done == total else ""))


def export_secret(options: argparse.Namespace, *, new: bool) -> str | None:
    """The passphrase of an encrypted export; None for one in the clear."""
    if options.encrypt_passphrase_file:
        secret = read_passphrase_file(options.encrypt_passphrase_file)
    elif new and not options.encrypt:
        return None
    elif not sys.stdin.isatty():
        raise UserError("No passphrase for the export: give --encrypt-passphrase-file.")
    else:
        secret = getpass.getpass("Passphrase of the export: ", sys.stderr)
        if new and getpass.getpass("The same passphrase again: ", sys.stderr) != secret:
            raise UserError("The two passphrases differ; start again.")
    if new:
        warn_if_weak(secret)
    return secret


def _decrypt(options: argparse.Namespace) -> int:
    secret = export_secret(options, new=False) or ""
    sealed.decrypt(options.folder, secret, options.out.absolute())
    found = check.check(options.out, exporting.holds)
    for wrong in found.wrong:
        note(f"{wrong.name}: {wrong.problem}")
    note(f"{counted(found.files, 'file')} in {options.out.name}, in the clear.")
    return 1 if found.wrong else 0
