"""What commands share: the case and its passphrase, JSON lines, text that is safe to print."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidencebox.cli.passphrase import read_passphrase_file
from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId
from evidencebox.services import case as cases
from evidencebox.services import sessions
from evidencebox.services.case import Case
from evidencebox.services.derived import derived_problem
from evidencebox.vault.keychain import Keychain

PASSPHRASE_VARIABLE = "EVIDENCEBOX_PASSPHRASE_FILE"


def add_case(parser: argparse.ArgumentParser, *, acts: bool = False) -> None:
    """The arguments of a command that opens a case."""
    parser.add_argument("case", type=Path, metavar="CASE", help="the case's folder")
    add_passphrase(parser)
    if acts:
        parser.add_argument("--reviewer", metavar="NAME", help="who acts, where there are several")


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """--passphrase-file; a passphrase is never an argument, where others could read it."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="F",
        help=f"read the passphrase from F (also: the variable {PASSPHRASE_VARIABLE})",
    )


def passphrase(options: argparse.Namespace, *, new: bool = False) -> str:
    """From the file, the variable's file, or a prompt (twice for a new one)."""
    named = _passphrase_file(options)
    if named:
        return read_passphrase_file(Path(named))
    if not sys.stdin.isatty():
        raise UserError(
            f"No passphrase: give --passphrase-file, or set {PASSPHRASE_VARIABLE}, "
            "or run this in a terminal."
        )
    typed = getpass.getpass("Passphrase: ", sys.stderr)
    if new and getpass.getpass("The same passphrase again: ", sys.stderr) != typed:
        raise UserError("The two passphrases differ; start again.")
    return typed


@contextmanager
def opened(options: argparse.Namespace, *, acts: bool = False) -> Iterator[Case]:
    """The case, unlocked; with the session lock where the command acts."""
    case = unlocked(options)
    try:
        if not acts:
            _warn(case.decided.alarm(), derived_problem(case))
            yield case
            return
        _check_reviewer(case, options)
        with cases.session_lock(case.folder):
            _warn(*sessions.begin(case))
            yield case
            _warn(sessions.end(case, soon=True))
    finally:
        case.close()


def unlocked(options: argparse.Namespace) -> Case:
    """By the passphrase's file where one is named, else by the system's key store, else asked."""
    if not _passphrase_file(options):
        case = cases.unlock_by_keychain(options.case, Keychain())
        if case is not None:
            return case
    return cases.unlock(options.case, passphrase(options))


def _passphrase_file(options: argparse.Namespace) -> str | Path | None:
    return options.passphrase_file or os.environ.get(PASSPHRASE_VARIABLE)


def _warn(*sentences: str | None) -> None:
    for sentence in sentences:
        if sentence:
            sys.stderr.write(f"Warning: {sentence}\n")


def _check_reviewer(case: Case, options: argparse.Namespace) -> None:
    wanted = getattr(options, "reviewer", None)
    if wanted and wanted != case.reviewer:
        raise UserError(
            f"This passphrase is {case.reviewer}'s, not {wanted}'s; each reviewer has his own."
        )


def document_id(case: Case, text: str) -> DocumentId:
    """A document by its SHA-256, the beginning of it, or its short id. Raises UserError."""
    from evidencebox.services import search

    clean = text.strip().lower()
    if len(clean) == 64 and all(c in "0123456789abcdef" for c in clean):
        return DocumentId(clean)
    field = "id" if clean.startswith("eb-") else "hash"
    if not clean.removeprefix("eb-").isalnum():
        raise UserError(f"{text} is no document: give its SHA-256, the beginning of it, or its id.")
    found = search.search(case, f"{field}:{clean}").documents
    if not found:
        raise UserError(f"There is no document {text} in this case.")
    if len(found) > 1:
        raise UserError(f"{text} could be {len(found)} documents; give more of its SHA-256.")
    return found[0]


def emit(line: object) -> None:
    """One JSON object a line on standard output."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> Any:
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    raise TypeError(f"not for JSON: {type(value).__name__}")


def show(line: str = "") -> None:
    """A line for people on standard output; the trove's control characters cannot act in it."""
    sys.stdout.write(visible(line) + "\n")


def note(line: str) -> None:
    """A line for people on standard error."""
    sys.stderr.write(visible(line) + "\n")


def visible(text: str) -> str:
    """Control and direction characters as `\\x1b` or `\\u202e`, everything else as it is."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(c) if _acts(c) else c for c in text)


def _acts(c: str) -> bool:
    return c != "\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escape(c: str) -> str:
    return f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}"
