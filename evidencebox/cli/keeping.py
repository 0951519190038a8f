"""Commands about keys, copies and repair: reviewer, keychain, recover, rotate, backup, restore."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from pathlib import Path
from typing import Any

from evidencebox.cli.common import (
    add_case,
    emit,
    note,
    opened,
    passphrase,
    show,
)
from evidencebox.cli.passphrase import read_passphrase_file
from evidencebox.errors import UserError
from evidencebox.model.words import counted
from evidencebox.services import case as cases
from evidencebox.services import derived, restore, rotation, ways
from evidencebox.services.backups import write_file
from evidencebox.vault import header
from evidencebox.vault.keychain import Keychain


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    _add_reviewers(commands)
    chain = commands.add_parser("keychain", help="open the case by this system's key store, too")
    add_case(chain)
    chain.add_argument("switch", choices=("on", "off"))
    chain.set_defaults(run=_keychain)
    recover = commands.add_parser("recover", help="a new passphrase, by the recovery code")
    add_case(recover)
    recover.add_argument("--code-file", type=Path, metavar="F", help="read the code from F")
    recover.add_argument("--reviewer", metavar="NAME", default=None)
    recover.add_argument(
        "--new-code", action="store_true", help="with the passphrase: print another code"
    )
    recover.set_defaults(run=_recover)
    rotate = commands.add_parser("rotate", help="a new case key: whoever left holds an old one")
    add_case(rotate)
    rotate.set_defaults(run=_rotate)
    backup = commands.add_parser("backup", help="what people decided, in one encrypted file")
    add_case(backup)
    backup.add_argument("--out", type=Path, metavar="F", required=True)
    backup.set_defaults(run=_backup)
    put_back = commands.add_parser("restore", help="put case.db back from a backup")
    add_case(put_back)
    put_back.add_argument("--from", dest="source", type=Path, metavar="F")
    put_back.add_argument("--list", action="store_true", help="list the backups in the case")
    put_back.add_argument("--json", action="store_true")
    put_back.set_defaults(run=_restore)
    rebuild = commands.add_parser("rebuild", help="make the tables of decisions anew from the acts")
    add_case(rebuild)
    rebuild.add_argument(
        "--derived", action="store_true", help="empty the index and catalogue, to import anew"
    )
    rebuild.set_defaults(run=_rebuild)


def _add_reviewers(commands: Any) -> None:
    parser = commands.add_parser("reviewer", help="who can open the case: add, list, passwd")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=type(parser))
    add = verbs.add_parser("add", help="a reviewer with a passphrase of his own")
    add_case(add)
    add.add_argument("name", metavar="NAME")
    _add_new_passphrase(add)
    add.set_defaults(run=_reviewer_add)
    lister = verbs.add_parser("list")
    add_case(lister)
    lister.add_argument("--json", action="store_true")
    lister.set_defaults(run=_reviewer_list)
    passwd = verbs.add_parser("passwd", help="change your own passphrase")
    add_case(passwd, acts=True)
    _add_new_passphrase(passwd)
    passwd.set_defaults(run=_reviewer_passwd)
    remove = verbs.add_parser("remove", help="take a reviewer's passphrase away")
    add_case(remove)
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=_reviewer_remove)


def _add_new_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-passphrase-file", type=Path, metavar="F", help="read the new passphrase from F"
    )


def _new_passphrase(options: argparse.Namespace, whose: str) -> str:
    if options.new_passphrase_file:
        chosen = read_passphrase_file(options.new_passphrase_file)
    elif not sys.stdin.isatty():
        raise UserError("No new passphrase: give --new-passphrase-file, or run this in a terminal.")
    else:
        chosen = getpass.getpass(f"New passphrase of {whose}: ", sys.stderr)
        if getpass.getpass("The same passphrase again: ", sys.stderr) != chosen:
            raise UserError("The two passphrases differ; start again.")
    warn_if_weak(chosen)
    return chosen


def warn_if_weak(chosen: str) -> None:
    """Says so where a passphrase is easily guessed; it is taken all the same."""
    weakness = header.weakness(chosen)
    if chosen and weakness:
        note(f"Warning: {weakness}")


def _reviewer_add(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        ways.add_reviewer(case, options.name, _new_passphrase(options, options.name))
    note(f"{options.name} can open the case with a passphrase of his own.")
    return 0


def _reviewer_list(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for each in ways.reviewers(case):
            if options.json:
                emit(
                    {
                        "name": each.name,
                        "author": each.author,
                        "role": case.decided.policy().role(each.author).value,
                        "passphrases": each.passphrases,
                        "keychains": each.keychains,
                    }
                )
            else:
                found = [counted(each.passphrases, "passphrase")] if each.passphrases else []
                found += [counted(each.keychains, "key store")] if each.keychains else []
                show(f"{each.name:<32} {', '.join(found) or 'no way in any more'}")
    return 0


def _reviewer_passwd(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        ways.change_passphrase(case, _new_passphrase(options, case.reviewer))
    note("The passphrase is changed. Backups outside the case still open with the old one.")
    return 0


def _reviewer_remove(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        ways.remove_reviewer(case, options.name, Keychain())
    note(
        f"{options.name} cannot open this case any more. A copy of it that was made before still "
        "opens to him, and its key is this case's: `evidencebox rotate` gives the case another."
    )
    return 0


def _keychain(options: argparse.Namespace) -> int:
    with opened(options, acts=True) as case:
        if options.switch == "on":
            ways.keychain_on(case, Keychain())
            note("This system's key store opens the case for you, too; the passphrase stays.")
        else:
            gone = ways.keychain_off(case, Keychain())
            note(
                "The key store opens the case no more; the passphrase does."
                if gone
                else "No key store opened this case for you; nothing was changed."
            )
    return 0


def _recover(options: argparse.Namespace) -> int:
    if options.new_code:
        with opened(options, acts=True) as case:
            code = ways.new_code(case)
        say_code(code)
        return 0
    if options.code_file:
        code = read_passphrase_file(options.code_file)
    elif sys.stdin.isatty():
        code = getpass.getpass("Recovery code: ", sys.stderr)
    else:
        raise UserError("No recovery code: give --code-file, or run this in a terminal.")
    reviewer = options.reviewer or getpass.getuser()
    chosen = passphrase(options, new=True)
    warn_if_weak(chosen)
    with contextlib.closing(cases.recover(options.case, code, reviewer, chosen)) as case:
        lead = case.signer.author in case.decided.policy().leads
    note(f"{reviewer} can open the case with the new passphrase; earlier acts keep their author.")
    note(
        "The case had one lead at most, so the code made you a lead; that stands in the ledger."
        if lead
        else "You are a reviewer; a lead may give you his role: `evidencebox role CASE NAME lead`."
    )
    return 0


def say_code(code: str) -> None:
    """Prints a recovery code, with what to do with it."""
    note("Print this recovery code or write it down; it is shown this once.")
    note("With it, and without the passphrase, the case can be opened. Keep it away from the case.")
    show(code)


def _rotate(options: argparse.Namespace) -> int:
    note("Every database is encrypted anew and verified; that takes a while.")
    code = rotation.rotate(options.case, passphrase(options))
    note("The case has a new key. Passphrases stay; the old recovery code opens nothing any more.")
    say_code(code)
    return 0


def _backup(options: argparse.Namespace) -> int:
    out: Path = options.out
    if out.exists():
        raise UserError(f"{out.name} exists already; choose another name.")
    with opened(options) as case:
        head = header.load(case.folder)
        made = write_file(out, case.folder, head, case.case_key, case.decided)
    note(
        f"{out.name} holds {counted(made.head.arrivals, 'act')}, head {made.head.digest}. "
        "It opens with today's passphrases and recovery code."
    )
    return 0


def _restore(options: argparse.Namespace) -> int:
    if options.list or options.json:
        for backup in restore.listed(options.case, passphrase(options)):
            line = {"name": backup.path.name, "utc": backup.utc, "acts": backup.head.arrivals}
            if options.json:
                emit(line)
            else:
                show(f"{backup.path.name}  {backup.utc}  {counted(backup.head.arrivals, 'act')}")
        return 0
    done = restore.restore(options.case, passphrase(options), options.source)
    for sentence in restore.words(done):
        note(sentence)
    return 1 if done.missing else 0


def _rebuild(options: argparse.Namespace) -> int:
    if options.derived:
        derived.rebuild(options.case, passphrase(options))
        note("The index is empty; import the trove again. What people decided is untouched.")
        return 0
    with opened(options, acts=True) as case:
        case.decided.rebuild()
    note("The tables of decisions were made anew from the acts.")
    return 0
