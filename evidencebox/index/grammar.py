"""How the pieces of a query may follow each other; what is not wrong, but worth pointing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencebox.errors import QueryError
from evidencebox.index.lexemes import OPERANDS, Kind, Lexeme

_MAX_DEPTH = 50
_BETWEEN = (Kind.AND, Kind.OR, Kind.NEAR)
_ENDS = (*OPERANDS, Kind.CLOSE, Kind.BOOST)


def checked(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes, each operand with its field. Raises QueryError with a position."""
    _check_order(lexemes)
    _check_groups(lexemes)
    return _with_group_fields(lexemes)


def notes(lexemes: Sequence[Lexeme]) -> tuple[str, ...]:
    """What a query may not mean as it was typed: sentences for its details."""
    said = []
    for word in ("and", "or", "not", "near"):
        if any(one.kind is Kind.WORD and one.field is None and one.text == word for one in lexemes):
            other = "W/5 between two words" if word == "near" else f"{word.upper()} in capitals"
            said.append(f"“{word}” is searched for as a word; the operator is {other}.")
    return tuple(said)


def _check_order(lexemes: Sequence[Lexeme]) -> None:
    """Operators stand between operands, and no group is empty."""
    before: Lexeme | None = None
    for lexeme in lexemes:
        operand_before = before is not None and before.kind in _ENDS
        if lexeme.kind in _BETWEEN and not operand_before:
            raise _lonely(lexeme, "before")
        if lexeme.kind is Kind.CLOSE and before is not None and not operand_before:
            if before.kind is Kind.OPEN:
                raise QueryError(
                    "There is nothing between these parentheses; leave them out.",
                    before.start,
                    lexeme.end - before.start,
                )
            raise _lonely(before, "after")
        before = lexeme
    if before is not None and before.kind in (*_BETWEEN, Kind.NOT):
        raise _lonely(before, "after")


def _lonely(lexeme: Lexeme, side: str) -> QueryError:
    word = lexeme.text or lexeme.kind.value
    return QueryError(
        f"{word} needs something {side} it; to search for the word, put it in quotation marks.",
        lexeme.start,
        lexeme.end - lexeme.start,
    )


def _check_groups(lexemes: Sequence[Lexeme]) -> None:
    open_: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            open_.append(lexeme)
            if len(open_) > _MAX_DEPTH:
                raise QueryError(
                    f"There are too many parentheses inside each other, more than {_MAX_DEPTH}.",
                    lexeme.start,
                )
        elif lexeme.kind is Kind.CLOSE:
            if not open_:
                raise QueryError("This parenthesis was never opened; take it out.", lexeme.start, 1)
            open_.pop()
    if open_:
        raise QueryError(
            "This parenthesis is never closed; add one at the end of the group.",
            open_[-1].end - 1,
            1,
        )


def _with_group_fields(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`subject:(a b)` is `subject:a subject:b`."""
    out: list[Lexeme] = []
    fields: list[str | None] = [None]
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            fields.append(lexeme.field or fields[-1])
        elif lexeme.kind is Kind.CLOSE:
            fields.pop()
        elif lexeme.kind in OPERANDS and lexeme.field is None:
            lexeme = replace(lexeme, field=fields[-1])
        out.append(lexeme)
    return out
