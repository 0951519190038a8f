"""The fields of a document: the names a query may use, and Whoosh's schema of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import fields
from whoosh.analysis import Token, Tokenizer

from evidencebox.index import tokens
from evidencebox.index.invert import BODY, TEXT_FIELDS

DEFAULT_FIELDS = (BODY, "subject", "name", "from", "to", "cc")
"""Where a word without a field is looked for."""

KEYWORDS = ("type", "language", "custodian", "folder", "domain", "correspondent", "has", "is")
COLUMNS = {
    "date": 'a date as date:2021-04, date:2019..2021 or date:"last week of April 2021"',
    "size": "a size as size:>1MB or size:10kB..2MB",
    "pages": "a number as pages:3, pages:>=3 or pages:2..9",
}
"""Numbers that ranges are asked of, with examples."""

IDENTITY = ("id", "hash")
TAG_FIELDS = ("officer", "harm", "category", "reviewer", "note")
DOCUMENT_FIELDS = ("label", "exhibit", "thread")

FIELDS = (
    *TEXT_FIELDS,
    *KEYWORDS,
    *COLUMNS,
    *IDENTITY,
    *TAG_FIELDS,
    *DOCUMENT_FIELDS,
)
"""Every field a query may name."""

VERBATIM = frozenset({"path", *KEYWORDS, *IDENTITY, *TAG_FIELDS, *DOCUMENT_FIELDS})
"""Fields whose values are taken as typed: no weights, slips or regular expressions."""


class TermTokenizer(Tokenizer):  # type: ignore[misc]
    """Our tokens as Whoosh takes them."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        token = Token(positions=True, chars=True)
        for found in sorted(tokens.tokens(value), key=lambda t: (t.position, -t.length)):
            token.text, token.pos = found.term, found.position
            token.startchar, token.endchar, token.boost = found.start, found.end, 1.0
            yield token


def schema() -> fields.Schema:
    """The fields of a document in Whoosh's terms."""
    text = {
        name: fields.TEXT(analyzer=TermTokenizer(), stored=False) for name in (BODY, *TEXT_FIELDS)
    }
    keywords = {
        name: fields.KEYWORD(commas=True, lowercase=True)
        for name in (*KEYWORDS, *TAG_FIELDS, *DOCUMENT_FIELDS)
    }
    numbers = {name: fields.NUMERIC(numtype=int, bits=64) for name in COLUMNS}
    ids = {name: fields.ID() for name in IDENTITY}
    return fields.Schema(sha256=fields.ID(stored=True), **text, **keywords, **numbers, **ids)
