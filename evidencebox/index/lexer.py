"""A query taken apart and checked, before Whoosh's parser sees it.

Whoosh reads silently what it does not understand: unbalanced quotes, unknown fields, `NEAR/5`. Here
each of these is one sentence and a position.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from evidencebox.errors import QueryError


class Kind(Enum):
    """What a lexeme is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    WORD = "word"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: code points `start` to `end`. Words and phrases have text and field."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    field: str | None = None
    slop: int = 1

    @property
    def typed(self) -> str:
        """The value as it was typed, in quotes where it was."""
        return f'"{self.text}"' if self.kind is Kind.PHRASE else self.text


_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([A-Za-z_]+):")
_BARE = re.compile(r"[^\s()\"]+")
_SLOP = re.compile(r"~(\d*)")
_NEAR = re.compile(r"(NEAR|W|PRE|WITHIN|ADJ)/\d*", re.IGNORECASE)
_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_MAX_SLOP = 1000
_MAX_DEPTH = 50
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"'})


def lex(query: str, fields: Sequence[str]) -> list[Lexeme]:
    """The lexemes of a query, which may use `fields`. Raises QueryError with a position."""
    lexemes = list(_scan(query.translate(_QUOTES), fields))
    _check_order(lexemes)
    return _with_group_fields(_checked_groups(lexemes))


def _scan(query: str, fields: Sequence[str]) -> Iterator[Lexeme]:
    at = 0
    while at < len(query):
        if space := _SPACE.match(query, at):
            at = space.end()
            continue
        lexeme = _next(query, at, fields)
        yield lexeme
        at = lexeme.end


def _next(query: str, at: int, fields: Sequence[str]) -> Lexeme:
    if query[at] == ")":
        return Lexeme(Kind.CLOSE, at, at + 1)
    start, field = at, None
    if name := _FIELD.match(query, at):
        field = _field(name, fields)
        at = name.end()
        if at == len(query) or query[at].isspace() or query[at] == ")":
            raise QueryError(
                f"{field}: needs a value right after the colon.", start, name.end() - start
            )
    if query[at] == "(":
        return Lexeme(Kind.OPEN, start, at + 1, field=field)
    if query[at] == '"':
        return replace(_phrase(query, at), start=start, field=field)
    return _bare(query, start, at, field)


def _field(name: re.Match[str], fields: Sequence[str]) -> str:
    typed = name[1].lower()
    if typed in fields:
        return typed
    near = difflib.get_close_matches(typed, fields, 1)
    hint = f"did you mean {near[0]}:, or " if near else ""
    raise QueryError(
        f"There is no field {name[1]}:; {hint}put it in quotation marks to search for the words.",
        name.start(),
        len(name[0]),
    )


def _phrase(query: str, at: int) -> Lexeme:
    close = query.find('"', at + 1)
    if close < 0:
        raise QueryError("This quotation mark is never closed.", at, 1)
    text, end, slop = query[at + 1 : close], close + 1, 1
    if tilde := _SLOP.match(query, end):
        if not tilde[1] or not 1 <= int(tilde[1][:6]) <= _MAX_SLOP:
            raise QueryError(
                f'After a phrase, ~ needs a number of words from 1 to {_MAX_SLOP}, as in "a b"~5.',
                end,
                tilde.end() - end,
            )
        slop, end = int(tilde[1]), tilde.end()
    return Lexeme(Kind.PHRASE, at, end, text, slop=slop)


def _bare(query: str, start: int, at: int, field: str | None) -> Lexeme:
    found = _BARE.match(query, at)
    if found is None:
        raise QueryError("This cannot be read as a word.", at, 1)
    text = found.group()
    if field is None and text in _OPERATORS:
        return Lexeme(_OPERATORS[text], at, found.end())
    lexeme = Lexeme(Kind.WORD, start, found.end(), text, field)
    _check_word(lexeme, at)
    return lexeme


_UNSUPPORTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"/.+/$"),
        "Regular expressions are not supported yet; * and ? stand for letters.",
    ),
    (re.compile(r".*[^\s~]~\d*$"), "Fuzzy words are not supported yet; * and ? stand for letters."),
    (re.compile(r".*\^[\d.]+$"), "Weights with ^ are not supported; leave the ^ and number out."),
    (
        re.compile(r"[\[{]"),
        "Ranges in brackets are not supported; write them as date:2019..2021.",
    ),
    (re.compile(r"(&&|\|\|)$"), "Write AND or OR as words, in capital letters."),
    (re.compile(r"-[^\W\d]"), "To leave a word out, write NOT before it instead of a minus sign."),
)


def _check_word(lexeme: Lexeme, at: int) -> None:
    text = lexeme.text
    if lexeme.field is None and _NEAR.fullmatch(text):
        raise QueryError(
            f'{text} is not supported yet; for words near each other write "one other"~5.',
            at,
            len(text),
        )
    if lexeme.field in {"path", "folder", "name", "note"}:
        return
    for pattern, sentence in _UNSUPPORTED:
        if pattern.match(text):
            raise QueryError(sentence, at, len(text))


def _check_order(lexemes: Sequence[Lexeme]) -> None:
    """Operators stand between operands, and no group is empty."""
    operators = (Kind.AND, Kind.OR)
    before: Lexeme | None = None
    for lexeme in lexemes:
        operand_before = before is not None and before.kind in (
            Kind.WORD,
            Kind.PHRASE,
            Kind.CLOSE,
        )
        if lexeme.kind in operators and not operand_before:
            raise _lonely(lexeme, "before")
        if lexeme.kind is Kind.CLOSE and before is not None and not operand_before:
            if before.kind is Kind.OPEN:
                raise QueryError("There is nothing between these parentheses.", before.start, 2)
            raise _lonely(before, "after")
        before = lexeme
    if before is not None and before.kind in (*operators, Kind.NOT):
        raise _lonely(before, "after")


def _lonely(lexeme: Lexeme, side: str) -> QueryError:
    word = lexeme.kind.value
    return QueryError(
        f"{word} needs something {side} it; to search for the word, put it in quotation marks.",
        lexeme.start,
        len(word),
    )


def _checked_groups(lexemes: list[Lexeme]) -> list[Lexeme]:
    open_: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            open_.append(lexeme)
            if len(open_) > _MAX_DEPTH:
                raise QueryError("There are too many parentheses inside each other.", lexeme.start)
        elif lexeme.kind is Kind.CLOSE:
            if not open_:
                raise QueryError("This parenthesis was never opened.", lexeme.start, 1)
            open_.pop()
    if open_:
        raise QueryError("This parenthesis is never closed.", open_[-1].end - 1, 1)
    return lexemes


def _with_group_fields(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`subject:(a b)` is `subject:a subject:b`."""
    out: list[Lexeme] = []
    fields: list[str | None] = [None]
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            fields.append(lexeme.field or fields[-1])
        elif lexeme.kind is Kind.CLOSE:
            fields.pop()
        elif lexeme.kind in (Kind.WORD, Kind.PHRASE) and lexeme.field is None:
            lexeme = replace(lexeme, field=fields[-1])
        out.append(lexeme)
    return out
