"""Values of fields that are not text: dates, sizes, ids, keywords, and the ledger's."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from evidencebox.errors import QueryError
from evidencebox.index import dates, fields
from evidencebox.index.invert import keyword
from evidencebox.index.lexemes import Kind, Lexeme
from evidencebox.index.plan import Between, HashPrefix, Keyword, Ledger, Node, Slot
from evidencebox.model.documents import DocumentType, Status
from evidencebox.model.indexing import SEARCHED_NOTICES
from evidencebox.model.query import HAS_IN_LEDGER, LedgerClause

IS = (*sorted(Status), "child", "duplicate", "reviewed", *SEARCHED_NOTICES)
HAS = ("attachment", "child", "ocr", *HAS_IN_LEDGER)

_RANGE = re.compile(
    r"(?P<op>>=|<=|>|<|=)?\s*(?P<low>[^.<>=]*(?:\.(?!\.)[^.<>=]*)*)(?:\.\.(?P<high>.*))?"
)
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([kmgt]?)i?b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})

_EPOCH = datetime(1970, 1, 1)

Bounds = tuple[int | None, int | None]
Parser = Callable[[str], Bounds]
"""A value's text → its first number and the first number after it. Raises ValueError."""


def _error(lexeme: Lexeme, sentence: str) -> QueryError:
    return QueryError(sentence, lexeme.start, lexeme.end - lexeme.start)


def _date_parser(zone: tzinfo) -> Parser:
    """Dates are local; the bounds are seconds since 1970 UTC."""

    def seconds(moment: datetime | None) -> int | None:
        if moment is None:
            return None
        # Not `timestamp()`: the first and the last year have moments beyond what it takes.
        offset = moment.replace(tzinfo=zone).utcoffset() or timedelta()
        since = moment - _EPOCH - offset
        return since.days * 86_400 + since.seconds

    def parse(text: str) -> Bounds:
        low, high = dates.stretch(text)
        return seconds(low), seconds(high)

    return parse


def _size(text: str) -> Bounds:
    found = _SIZE.fullmatch(text)
    if not found:
        raise ValueError(text)
    value = int(float(found[1]) * _UNITS[found[2].lower()])
    return value, value + 1


def _number(text: str) -> Bounds:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text), int(text) + 1


def _harm(text: str) -> Bounds:
    low, high = _number(text)
    if low is not None and low > 4:
        raise ValueError(text)
    return low, high


def _bounds(text: str, parse: Parser) -> Bounds:
    """`3`, `>=3`, `2..4`, `..4`, `2..` as low ≤ value < high. Raises ValueError."""
    found = _RANGE.fullmatch(text)
    if not found or (found["op"] and found["high"] is not None):
        raise ValueError(text)
    if found["high"] is not None:
        low = parse(found["low"].strip())[0] if found["low"].strip() else None
        high = parse(found["high"].strip())[1] if found["high"].strip() else None
        if low is None and high is None:
            raise ValueError(text)
        if low is not None and high is not None and low >= high:
            raise ValueError(text)
        return low, high
    first, after = parse(found["low"].strip())
    bounds: dict[str, Bounds] = {
        ">=": (first, None),
        ">": (after, None),
        "<": (None, first),
        "<=": (None, after),
    }
    if found["op"] and bounds.get(found["op"]) == (None, None):
        raise ValueError(text)
    return bounds.get(found["op"] or "=", (first, after))


def column(lexeme: Lexeme, zone: tzinfo = UTC) -> Node:
    """`date:`, `size:` or `pages:`. Dates are those of `zone`."""
    field = lexeme.field or ""
    parse = {"date": _date_parser(zone), "size": _size, "pages": _number}[field]
    try:
        low, high = _bounds(lexeme.text, parse)
    except dates.DateError as error:
        raise _error(lexeme, str(error)) from None
    except ValueError:
        raise _error(lexeme, f"{field}: needs {fields.COLUMNS[field]}.") from None
    typed = f"{field} {lexeme.text}"
    if field == "date" and re.search(r"[^\d\s.<>=-]", lexeme.text):
        typed += f" ({_days(low, high, zone)})"
    return Between(field, low, high, typed)


def _days(low: int | None, high: int | None, zone: tzinfo) -> str:
    """The first and the last day of a stretch of time, for the details."""
    first, last = (
        None if value is None else _day(value, zone) for value in (low, high and high - 1)
    )
    if first == last:
        return f"{first}"
    if first is None or last is None:
        return f"from {first}" if first else f"up to {last}"
    return f"{first} to {last}"


def _day(seconds: int, zone: tzinfo) -> str:
    """The local day of a moment, kept within the years that there are."""
    first, last = datetime(1, 1, 2), datetime(9999, 12, 30)
    since = timedelta(seconds=seconds)
    moment = min(max(since, first - _EPOCH), last - _EPOCH) + _EPOCH
    return f"{zone.fromutc(moment.replace(tzinfo=zone)):%Y-%m-%d}"


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
    if field == "has" and value in HAS_IN_LEDGER:
        return Ledger(LedgerClause(has=value))
    return Keyword(field, Slot(value, glob))


def _check_thread(lexeme: Lexeme) -> None:
    text = lexeme.text.strip()
    if text.upper().startswith("EB-"):
        identity(replace(lexeme, field="id"))
    elif not re.fullmatch(r"[0-9a-fA-F]{16}", text):
        raise _error(
            lexeme, "thread: needs a thread's name, or the id of a message, as thread:EB-7Q2M4K."
        )


_CLAUSES: dict[str, Callable[[str], LedgerClause]] = {
    "officer": lambda text: LedgerClause(officer=text),
    "category": lambda text: LedgerClause(category=text),
    "reviewer": lambda text: LedgerClause(reviewer=text),
    "note": lambda text: LedgerClause(note=text),
    "label": lambda text: LedgerClause(label=text),
    "exhibit": lambda text: LedgerClause(exhibit=text),
    "thread": lambda text: LedgerClause(thread=text),
}


def ledger(lexeme: Lexeme) -> Node:
    """A field of the ledger, in a clause of its own; `language` joins what stands together."""
    field = lexeme.field or ""
    if not lexeme.text.strip():
        raise _error(lexeme, f"{field}: needs a value.")
    if field == "thread":
        _check_thread(lexeme)
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
