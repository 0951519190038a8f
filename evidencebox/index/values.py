"""Values of fields that are not text: dates, sizes, ids, keywords, and the ledger's."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from evidencebox.errors import QueryError
from evidencebox.index.invert import keyword
from evidencebox.index.lexer import Kind, Lexeme
from evidencebox.index.plan import Between, HashPrefix, Keyword, Ledger, Node, Slot
from evidencebox.model.documents import DocumentType, Status
from evidencebox.model.indexing import SEARCHED_NOTICES
from evidencebox.model.query import LedgerClause

KEYWORDS = ("type", "language", "custodian", "folder", "domain", "correspondent", "has", "is")
COLUMNS = ("date", "size", "pages")
IDENTITY = ("id", "hash")
TAG_FIELDS = ("officer", "harm", "category", "reviewer", "note")
DOCUMENT_FIELDS = ("label", "exhibit")

IS = (*sorted(Status), "child", "duplicate", "reviewed", *SEARCHED_NOTICES)
HAS = ("attachment", "child", "ocr")

_RANGE = re.compile(r"(?P<op>>=|<=|>|<|=)?(?P<low>[^.<>=]*(?:\.\d+[^.<>=]*)?)(?:\.\.(?P<high>.*))?")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([kmgt]?)i?b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})

Parser = Callable[[str], tuple[int, int]]
"""A value's text → its first number and the first number after it. Raises ValueError."""


def _error(lexeme: Lexeme, sentence: str) -> QueryError:
    return QueryError(sentence, lexeme.start, lexeme.end - lexeme.start)


def _date(text: str) -> tuple[int, int]:
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    first = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
    if day:
        days = 1
    elif month:
        days = calendar.monthrange(first.year, first.month)[1]
    else:
        days = 366 if calendar.isleap(first.year) else 365
    low = int(first.timestamp())
    return low, low + int(timedelta(days=days).total_seconds())


def _size(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text)
    if not found:
        raise ValueError(text)
    value = int(float(found[1]) * _UNITS[found[2].lower()])
    return value, value + 1


def _number(text: str) -> tuple[int, int]:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text), int(text) + 1


def _harm(text: str) -> tuple[int, int]:
    low, high = _number(text)
    if low > 4:
        raise ValueError(text)
    return low, high


def _bounds(text: str, parse: Parser) -> tuple[int | None, int | None]:
    """`3`, `>=3`, `2..4`, `..4`, `2..` as low ≤ value < high. Raises ValueError."""
    found = _RANGE.fullmatch(text)
    if not found or (found["op"] and found["high"] is not None):
        raise ValueError(text)
    if found["high"] is not None:
        low = parse(found["low"])[0] if found["low"] else None
        high = parse(found["high"])[1] if found["high"] else None
        if (low is None and high is None) or (None not in (low, high) and low >= high):  # type: ignore[operator]
            raise ValueError(text)
        return low, high
    first, after = parse(found["low"])
    bounds: dict[str, tuple[int | None, int | None]] = {
        ">=": (first, None),
        ">": (after, None),
        "<": (None, first),
        "<=": (None, after),
    }
    return bounds.get(found["op"] or "=", (first, after))


_COLUMN_PARSERS: dict[str, tuple[Parser, str]] = {
    "date": (_date, "a date as date:2021-04, date:2019..2021 or date:>=2021-04-30"),
    "size": (_size, "a size as size:>1MB or size:10kB..2MB"),
    "pages": (_number, "a number as pages:3, pages:>=3 or pages:2..9"),
}


def column(lexeme: Lexeme) -> Node:
    """`date:`, `size:` or `pages:`."""
    field = lexeme.field or ""
    parse, example = _COLUMN_PARSERS[field]
    try:
        low, high = _bounds(lexeme.text, parse)
    except ValueError:
        raise _error(lexeme, f"{field}: needs {example}.") from None
    return Between(field, low, high, f"{field} {lexeme.text}")


def identity(lexeme: Lexeme) -> Node:
    """`id:EB-7Q2M4K` of any length, or `hash:` with the first hex digits of a SHA-256."""
    text = lexeme.text.strip()
    if lexeme.field == "hash":
        if not re.fullmatch(r"[0-9A-Fa-f]{1,64}", text):
            raise _error(lexeme, "hash: needs the first digits of a SHA-256, 0–9 and a–f.")
        return HashPrefix(int(text, 16), 4 * len(text), text.lower())
    code = text.upper().removeprefix("EB-").translate(_MISREAD)
    if not code or len(code) > 51 or any(c not in _CROCKFORD for c in code):
        raise _error(lexeme, "id: needs a document's id, such as id:EB-7Q2M4K.")
    value = 0
    for character in code:
        value = value * 32 + _CROCKFORD.index(character)
    return HashPrefix(value, 5 * len(code), "EB-" + code)


_CHOICES: dict[str, tuple[str, ...]] = {
    "type": tuple(sorted(DocumentType)),
    "is": IS,
    "has": HAS,
}


def keyword_clause(lexeme: Lexeme) -> Node:
    """`type:mail`, `folder:a/b`, `is:failed`, `has:attachment`; `*` and `?` are patterns."""
    field, value = lexeme.field or "", keyword(lexeme.text)
    if not value.strip():
        raise _error(lexeme, f"{field}: needs a value.")
    glob = lexeme.kind is Kind.WORD and any(c in value for c in "*?")
    if field in _CHOICES and not glob and value not in _CHOICES[field]:
        near = difflib.get_close_matches(value, _CHOICES[field], 1)
        hint = f"did you mean {field}:{near[0]}?" if near else ", ".join(_CHOICES[field]) + "."
        raise _error(lexeme, f"{field}: does not know {lexeme.text!r}; {hint}")
    if (field, value) == ("is", "reviewed"):
        return Ledger(LedgerClause(reviewed=True))
    return Keyword(field, Slot(value, glob))


_CLAUSES: dict[str, Callable[[str], LedgerClause]] = {
    "officer": lambda text: LedgerClause(officer=text),
    "category": lambda text: LedgerClause(category=text),
    "reviewer": lambda text: LedgerClause(reviewer=text),
    "note": lambda text: LedgerClause(note=text),
    "label": lambda text: LedgerClause(label=text),
    "exhibit": lambda text: LedgerClause(exhibit=text),
}


def ledger(lexeme: Lexeme) -> Node:
    """A field of the ledger, in a clause of its own; `language` joins what stands together."""
    field = lexeme.field or ""
    if not lexeme.text.strip():
        raise _error(lexeme, f"{field}: needs a value.")
    if field != "harm":
        return Ledger(_CLAUSES[field](lexeme.text.strip()))
    try:
        low, high = _bounds(lexeme.text, _harm)
    except ValueError:
        raise _error(
            lexeme, "harm: needs a level from 0 to 4, as harm:3, harm:>=3 or harm:1..2."
        ) from None
    low, last = low or 0, 4 if high is None else high - 1
    if not 0 <= low <= last <= 4:
        raise _error(lexeme, "No harm level can be that: levels go from 0 to 4.")
    return Ledger(LedgerClause(harm_min=low, harm_max=last))
