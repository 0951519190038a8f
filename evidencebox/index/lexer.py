"""A query taken apart, before Whoosh's parser sees it.

Whoosh reads silently what it does not understand: unbalanced quotes, unknown fields, `NEAR/5`. Here
each of these is one sentence and a position. `grammar` checks how the pieces follow each other.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace

from evidencebox.errors import QueryError
from evidencebox.index import fields
from evidencebox.index.lexemes import OPERANDS, Kind, Lexeme
from evidencebox.index.rules import MOST_EDITS

MAX_DISTANCE = 1000
"""The most words between two things that are near each other."""

_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([A-Za-z_]+):")
_CALL = re.compile(r"(stem|name)\(([^()\"]*)\)", re.IGNORECASE)
_CALLED = re.compile(r"(stem|name)\(", re.IGNORECASE)
_REGEX = re.compile(r"/((?:[^/\\\s]|\\.)+)/(?=[\s)^]|$)")
_BARE = re.compile(r"[^\s()\"]+")
_RANGE = re.compile(r"(?:[^\s()\"]|\"[^\"]*\")+")
_SLOP = re.compile(r"~(\d*)")
_BOOST = re.compile(r"\^([^\s()]*)")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_SUFFIX = re.compile(r"(?P<word>.+?)(?P<fuzzy>~(?P<edits>\d*)(?:/(?P<prefix>\d*))?)?(?:\^.*)?")
_NEAR = re.compile(r"(W|PRE)/(\d*)", re.IGNORECASE)
_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_AS_TYPED = {chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}
_AS_TYPED = {full: plain for full, plain in _AS_TYPED.items() if plain.isalnum()}
_AS_TYPED |= dict(zip("（）：＂＊？～＾＜＞＝“”„‟«»", '():"*?~^<>=""""""', strict=True))  # noqa: RUF001
_PLAIN = str.maketrans(_AS_TYPED)


def lex(query: str) -> list[Lexeme]:
    """The lexemes of a query, in order. Raises QueryError with a position.

    Quotation marks of print, and full-width letters and signs, are read as the plain ones.
    """
    return list(_scan(query.translate(_PLAIN)))


def _scan(query: str) -> Iterator[Lexeme]:
    at = 0
    while at < len(query):
        if space := _SPACE.match(query, at):
            at = space.end()
            continue
        lexeme = _next(query, at)
        yield lexeme
        at = lexeme.end
        boost = _BOOST.match(query, at)
        if boost and lexeme.kind in (*OPERANDS, Kind.CLOSE):
            yield _boost(boost)
            at = boost.end()


def _boost(found: re.Match[str]) -> Lexeme:
    if not _NUMBER.fullmatch(found[1]) or not float(found[1]):
        raise QueryError(
            "After ^ stands a weight, as in smith^2 or smith^0.5; for the sign itself, put all of"
            " it in quotation marks.",
            found.start(),
            len(found[0]),
        )
    return Lexeme(Kind.BOOST, found.start(), found.end(), boost=float(found[1]))


def _next(query: str, at: int) -> Lexeme:
    if query[at] == ")":
        return Lexeme(Kind.CLOSE, at, at + 1)
    start, field = at, None
    if name := _FIELD.match(query, at):
        field = _field(name)
        at = name.end()
        if at == len(query) or query[at].isspace() or query[at] == ")":
            raise QueryError(
                f"{field}: needs a value right after the colon.", start, name.end() - start
            )
    if query[at] == "(":
        return Lexeme(Kind.OPEN, start, at + 1, field=field)
    if field in fields.COLUMNS:
        return _value(query, start, at, field)
    if query[at] == '"':
        return replace(_phrase(query, at), start=start, field=field)
    if field not in fields.VERBATIM and (special := _special(query, at)):
        return replace(special, start=start, field=field)
    return _bare(query, start, at, field)


def _field(name: re.Match[str]) -> str:
    typed = name[1].lower()
    if typed in fields.FIELDS:
        return typed
    near = difflib.get_close_matches(typed, fields.FIELDS, 1)
    hint = f"did you mean {near[0]}:, or " if near else ""
    raise QueryError(
        f"There is no field {name[1]}:; {hint}put it in quotation marks to search for the words.",
        name.start(),
        len(name[0]),
    )


def _value(query: str, start: int, at: int, field: str) -> Lexeme:
    """The value of a range: quotation marks may stand around all of it, or a part."""
    found = _RANGE.match(query, at)
    if found is None:
        hint = "quotation mark is never closed" if query[at] == '"' else "is no value"
        raise QueryError(f"This {hint}; write {fields.COLUMNS[field]}.", at, 1)
    return Lexeme(Kind.WORD, start, found.end(), found[0].replace('"', " ").strip(), field)


def _phrase(query: str, at: int) -> Lexeme:
    close = query.find('"', at + 1)
    if close < 0:
        raise QueryError("This quotation mark is never closed; add one at the end.", at, 1)
    text, end, slop = query[at + 1 : close], close + 1, 1
    if tilde := _SLOP.match(query, end):
        if not tilde[1] or not 1 <= int(tilde[1][:6]) <= MAX_DISTANCE:
            raise QueryError(
                f"After a phrase, ~ needs a number of words from 1 to {MAX_DISTANCE},"
                ' as in "a b"~5.',
                end,
                tilde.end() - end,
            )
        slop, end = int(tilde[1]), tilde.end()
    return Lexeme(Kind.PHRASE, at, end, text, number=slop)


def _special(query: str, at: int) -> Lexeme | None:
    """`/re/`, `stem(walking)`, `name(William)`."""
    if found := _REGEX.match(query, at):
        return Lexeme(Kind.REGEX, at, found.end(), found[1].replace("\\/", "/"))
    if not (called := _CALLED.match(query, at)):
        return None
    found = _CALL.match(query, at)
    word = found[2].strip() if found else ""
    if not found or len(word.split()) != 1:
        example = {"stem": "stem(walking)", "name": "name(William)"}[called[1].lower()]
        raise QueryError(
            f"Between the parentheses of {called[0]}…) stands one word, as in {example}.",
            at,
            len(called[0]),
        )
    kind = Kind.STEM if called[1].lower() == "stem" else Kind.NAME
    return Lexeme(kind, at, found.end(), word)


def _bare(query: str, start: int, at: int, field: str | None) -> Lexeme:
    found = _BARE.match(query, at)
    if found is None:
        raise QueryError("This cannot be read as a word.", at, 1)
    text = found.group()
    if field is None and text in _OPERATORS:
        return Lexeme(_OPERATORS[text], at, found.end())
    if field in fields.VERBATIM:
        return Lexeme(Kind.WORD, start, found.end(), text, field)
    if field is None and (near := _near(text, at)):
        return near
    _refuse(text, at)
    return _word(text, start, at, field)


def _near(text: str, at: int) -> Lexeme | None:
    found = _NEAR.fullmatch(text)
    if found is None:
        return None
    if not found[2] or not 1 <= int(found[2][:6]) <= MAX_DISTANCE:
        raise QueryError(
            f"{found[1]}/ needs a number of words from 1 to {MAX_DISTANCE}, as in a W/5 b.",
            at,
            len(text),
        )
    ordered = found[1].upper() == "PRE"
    return Lexeme(
        Kind.NEAR, at, at + len(text), text.upper(), number=int(found[2]), ordered=ordered
    )


def _word(text: str, start: int, at: int, field: str | None) -> Lexeme:
    """A word, perhaps with `~2/3` behind it; a weight is left to be read next."""
    found = _SUFFIX.fullmatch(text)
    if found is None:
        raise QueryError("This cannot be read as a word.", at, len(text))
    end = at + (found.end("fuzzy") if found["fuzzy"] else found.end("word"))
    word = Lexeme(Kind.WORD, start, end, found["word"], field)
    if not found["fuzzy"]:
        return word
    edits, prefix = found["edits"] or "1", found["prefix"]
    if prefix == "" or len(edits) > 1 or not 1 <= int(edits) <= MOST_EDITS or len(prefix or "") > 2:
        raise QueryError(
            f"After a word, ~ allows 1 or {MOST_EDITS} wrong letters, as in smith~2, or smith~2/3"
            " where the first three are right.",
            at + found.start("fuzzy"),
            len(found["fuzzy"]),
        )
    return replace(word, number=int(edits), prefix=int(prefix or 0))


_REFUSED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?:NEAR|WITHIN|ADJ|ONEAR|N)/(\d*)", re.IGNORECASE),
        "For words near each other write W/{n}, or PRE/{n} for this order.",
    ),
    (re.compile(r"\+?/(\d+|[sp])"), "For words near each other write W/{n} between them."),
    (
        re.compile(r"[\[{].*"),
        "Ranges in brackets are not read; write them as date:2019..2021.",
    ),
    (re.compile(r"&&|\|\|"), "Write AND or OR as words, in capital letters."),
    (
        re.compile(r"-[^\W\d].*"),
        "To leave a word out, write NOT before it instead of a minus sign.",
    ),
    (
        re.compile(r"\+[^\W\d].*"),
        "Every word must be found anyway: leave the plus sign out.",
    ),
    (re.compile(r"[~^].*"), "This must follow a word or phrase without a space, as in smith~2."),
    (
        re.compile(r"[*?]*\*[*?]+|[*?]+\*[*?]*"),
        "This pattern has no letter; * alone finds every document.",
    ),
)


def _refuse(text: str, at: int) -> None:
    for pattern, sentence in _REFUSED:
        if found := pattern.fullmatch(text):
            number = found[1] if found.re.groups else ""
            number = {"s": "20", "p": "50", "": "5"}.get(number.lower(), number)
            raise QueryError(sentence.format(n=number), at, len(text))
