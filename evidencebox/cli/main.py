"""Parses, runs, and turns what happened into an exit status.

0 done; 1 done, with failures that were listed; 2 a `UserError`: one sentence; 70 our bug.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from evidencebox import __version__
from evidencebox.cli.passphrase import read_passphrase_file
from evidencebox.errors import QueryError, UserError

OK, LISTED_FAILURES, USER_ERROR, BUG = 0, 1, 2, 70
Window = Callable[[Path | None, str | None, Path | None, Path | None], int]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, as every `UserError` does."""

    def __init__(self, **options: Any) -> None:
        # No abbreviations: `--passphrase hunter2` must not be taken for --passphrase-file.
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        if message.startswith("unrecognized arguments"):
            # Not repeated: what was mistyped may be a passphrase.
            message = "There is an option or argument that this command does not know"
        raise UserError(f"{message[:1].upper()}{message[1:]}; see `{self.prog} --help`.")


def main(arguments: Sequence[str], window: Window) -> int:
    """Runs one command. `window` opens the desk: case, passphrase, folder for screenshots, file of
    what to measure."""
    try:
        with contextlib.suppress(AttributeError):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        only_window = not arguments or arguments[0] == "gui"
        options = build_parser(window, only_window=only_window).parse_args(_joined(arguments))
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except QueryError as error:
        say(f"{error} (at character {error.position + 1})")
        return USER_ERROR
    except UserError as error:
        say(error.typed)
        return USER_ERROR
    except BrokenPipeError:
        # The reader of our output went away: its business, not an error. Python would complain
        # once more when it flushes standard output at exit, so that is pointed elsewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        say("Stopped.")
        return USER_ERROR
    except Exception as error:
        say("This is a bug in EvidenceBox, not your mistake. Please report these lines:")
        say(_where(error))
        return BUG


def _joined(arguments: Sequence[str]) -> list[str]:
    """`--sort -date` as `--sort=-date`: argparse would take -date for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--sort" and argument.startswith("-"):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _where(error: BaseException) -> str:
    """The way to a bug: places in the code and the kind of error, for reports that may be sent.

    Not its message, which may quote the trove; that is shown where `python -X dev` asks for it.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames]
    last = str(error) if sys.flags.dev_mode else "(message withheld)"
    return "\n".join([*places, f"{type(error).__name__}: {last}"])


def say(sentence: str) -> None:
    """One line on standard error."""
    sys.stderr.write(sentence + "\n")


def build_parser(window: Window, *, only_window: bool = False) -> argparse.ArgumentParser:
    """The whole command line, or just what opens the window."""
    parser = Parser(
        prog="evidencebox",
        description="Index an offline copy of a leaked trove, search it, tag who was harmed.",
    )
    parser.add_argument("--version", action="version", version=f"evidencebox {__version__}")
    parser.add_argument("--self-test", action="store_true", help="prove that this build works")
    parser.set_defaults(run=lambda options: _no_command(options, window))
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    _add_window(commands, window)
    if only_window:
        return parser
    _add_commands(commands)
    return parser


def _add_commands(commands: argparse._SubParsersAction[Parser]) -> None:
    # Slow to import, and nothing that the window needs for its first picture.
    from evidencebox.cli import (
        alike,
        casework,
        custody,
        exhibits,
        exporting,
        exposures,
        finding,
        intake,
        keeping,
        people,
        proof,
        reviewing,
        saved,
        searching,
        setting,
    )

    modules = (
        casework,
        people,
        exposures,
        keeping,
        setting,
        intake,
        searching,
        alike,
        saved,
        reviewing,
        finding,
        custody,
        exporting,
        exhibits,
        proof,
    )
    for module in modules:
        module.add_commands(commands)


def _add_window(commands: argparse._SubParsersAction[Parser], window: Window) -> None:
    gui = commands.add_parser("gui", help="open the window")
    gui.add_argument("case", nargs="?", type=Path, metavar="CASE")
    gui.add_argument("--passphrase-file", type=Path, metavar="F")
    gui.add_argument("--screenshots", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    gui.add_argument("--measure", type=Path, metavar="F", help=argparse.SUPPRESS)
    gui.set_defaults(run=lambda options: _open_window(options, window))


def _open_window(options: argparse.Namespace, window: Window) -> int:
    given = options.passphrase_file
    passphrase = read_passphrase_file(given) if given else None
    return window(options.case, passphrase, options.screenshots, options.measure)


def _no_command(options: argparse.Namespace, window: Window) -> int:
    if options.self_test:
        from evidencebox.cli import proof

        return proof.self_test()
    return window(None, None, None, None)
