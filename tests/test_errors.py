"""Sentences for people: read in the window as well as on the command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import evidencebox
from evidencebox.errors import QueryError, UserError

PACKAGE = Path(evidencebox.__file__).parent
COMMANDS = re.compile(r"--[a-z]|\bevidencebox [a-z]+ |`evidencebox")
ERRORS = ("UserError", "QueryError", "DamagedCase", "DamagedDatabase")


def raised() -> Iterator[tuple[str, str]]:
    """Where, and what the sentence of each error is made of, outside the command line."""
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.is_relative_to(PACKAGE / "cli"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") in ERRORS:
                parts = [part for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
                yield f"{file.name}:{node.lineno}", "".join(str(part.value) for part in parts)


def test_a_command_is_named_to_whoever_types_one() -> None:
    error = UserError("Make room.", option="--out DIR")
    assert (str(error), error.typed) == ("Make room.", "Make room (--out DIR).")
    assert UserError("Make room.").typed == "Make room."
    assert QueryError("A quotation mark is open.", 3).typed == "A quotation mark is open."


def test_no_sentence_of_a_service_names_an_option_of_the_command_line() -> None:
    sentences = list(raised())
    assert len(sentences) > 200
    assert [(where, said) for where, said in sentences if COMMANDS.search(said)] == []
