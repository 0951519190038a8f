"""Leaves of a query that are words in texts: what must stand where for each way to write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from evidencebox.errors import QueryError
from evidencebox.index import fields, rules, tokens
from evidencebox.index.lexemes import Kind, Lexeme
from evidencebox.index.plan import Every, Node, Slot, Words
from evidencebox.index.rules import Fuzzy, OneOf, Regex, Rule, Stem

_SHAPE = re.compile(rf"\?\?|[*?][{re.escape(tokens.SYMBOLS)}][*?]")
"""A pattern without a letter that still says something: `???-??-????`, `*@*`."""

Variants = Callable[[str], Collection[str]]
"""A first name → its other forms. What it is made of is no business of the language."""


def leaf(lexeme: Lexeme, variants: Variants) -> Node:
    """A word, a phrase, or what stands for words, in text fields. Raises QueryError."""
    if lexeme.kind is Kind.WORD and lexeme.text == "*" and lexeme.field is None:
        return Every()
    if lexeme.kind is Kind.REGEX:
        return _ruled(lexeme, _regex(lexeme))
    parts = _parts(lexeme.text, lexeme.kind is Kind.PHRASE)
    if not parts.slots:
        raise _error(lexeme, f"There is no word in {lexeme.typed} to search for.")
    if lexeme.kind in (Kind.STEM, Kind.NAME) or (lexeme.kind is Kind.WORD and lexeme.number):
        return _ruled(lexeme, _rule(lexeme, parts, variants))
    if lexeme.kind is Kind.WORD and parts.terms:
        slots, offsets = zip(*parts.terms, strict=True)
        return _words(lexeme, slots, offsets=offsets, exact=True, width=len(parts.slots))
    return _words(lexeme, parts.slots, slop=max(1, lexeme.number))


def _error(lexeme: Lexeme, sentence: str) -> QueryError:
    return QueryError(sentence, lexeme.start, lexeme.end - lexeme.start)


def _words(
    lexeme: Lexeme,
    slots: tuple[Slot, ...],
    *,
    offsets: tuple[int, ...] = (),
    slop: int = 1,
    exact: bool = False,
    width: int = 1,
) -> Words:
    return Words(
        lexeme.typed if lexeme.kind is Kind.REGEX else lexeme.text.strip(),
        (lexeme.field,) if lexeme.field else fields.DEFAULT_FIELDS,
        slots,
        offsets,
        slop,
        exact,
        named=lexeme.field is not None,
        width=width,
        start=lexeme.start,
        end=lexeme.end,
    )


def _ruled(lexeme: Lexeme, rule: Rule) -> Words:
    return _words(lexeme, (Slot(lexeme.text, rule=rule),), offsets=(0,), exact=True)


def _regex(lexeme: Lexeme) -> Regex:
    rule = Regex(rules.fold_pattern(lexeme.text))
    try:
        rule.check()
    except ValueError as error:
        raise _error(
            lexeme, f"This regular expression cannot be read ({error}); put words in quotes."
        ) from None
    return rule


def _rule(lexeme: Lexeme, parts: _Parts, variants: Variants) -> Rule:
    """Slips, forms or names of one word."""
    if any(slot.glob for slot in parts.slots):
        raise _error(lexeme, f"{lexeme.typed}: leave out either the * or ?, or what is around it.")
    term = parts.terms[0][0].text if len(parts.terms) == 1 else ""
    if lexeme.kind is Kind.WORD:
        if not term:
            raise _error(
                lexeme, "Before ~ stands one word, or two joined by one sign, as in o'neil~."
            )
        return Fuzzy(term, lexeme.number, lexeme.prefix)
    if not term or rules.has_symbol(term):
        raise _error(lexeme, f"{lexeme.typed} needs a plain word, without signs.")
    if lexeme.kind is Kind.STEM:
        return Stem(rules.stem(term))
    return OneOf(tuple(sorted({term, *filter(None, map(_one_term, variants(term)))})))


def _one_term(name: str) -> str:
    """A name as one term; nothing where it is more than one."""
    parts = _parts(name, phrase=False)
    return parts.terms[0][0].text if len(parts.terms) == 1 and not parts.terms[0][0].glob else ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """`slots`: the parts, one a place. `terms`: the same as terms with their symbols, by place;
    empty where the text is more than one joined word."""

    slots: tuple[Slot, ...]
    terms: tuple[tuple[Slot, int], ...]


def _parts(text: str, phrase: bool) -> _Parts:
    pieces = [_piece(word, phrase) for word in text.split()]
    slots = tuple(slot for piece in pieces for slot in piece.slots)
    return _Parts(slots, pieces[0].terms if len(pieces) == 1 else ())


def _piece(word: str, phrase: bool) -> _Parts:
    """The parts of a word without spaces."""
    core = word.rstrip("?") if phrase else word
    says = any(c.isalnum() for c in core) or (not phrase and _SHAPE.search(core))
    if not _globs(core) or not says:
        return _literal(word)
    return _pattern(core)


def _literal(word: str) -> _Parts:
    found = [tokens.analyse(chunk) for chunk in tokens.chunks(word)]
    found = [chunk for chunk in found if chunk.parts]
    slots = tuple(Slot(part) for chunk in found for part in chunk.parts)
    if len(found) != 1:
        return _Parts(slots, ())
    (chunk,) = found
    hashes = [(Slot(e.term), 0) for e in chunk.extras if e.term.startswith("#")]
    links = [(Slot(link), at) for at, link in enumerate(chunk.links) if link is not None]
    if len(links) != len(chunk.parts) - 1:
        return _Parts(slots, ())
    return _Parts(slots, tuple(hashes + links) or ((slots[0], 0),))


def _pattern(word: str) -> _Parts:
    """A word with `*` or `?`: cut at its symbols, each part a pattern, each pair as well."""
    pieces = [piece for piece in tokens.SYMBOL.split(word) if piece]
    symbols = tokens.SYMBOL.findall(word.strip(tokens.SYMBOLS))
    shown = [_shown(piece) for piece in pieces]
    if not all(shown):
        return _Parts((), ())
    slots = tuple(Slot(piece, _globs(piece)) for piece in shown)
    if len(slots) == 1 or len(symbols) != len(slots) - 1:
        return _Parts(slots, ((slots[0], 0),) if len(slots) == 1 else ())
    pairs = []
    for at, symbol in enumerate(symbols):
        pair = shown[at] + tokens.fold(symbol) + shown[at + 1]
        pairs.append((Slot(pair, _globs(pair)), at))
    return _Parts(slots, tuple(pairs))


def _globs(text: str) -> bool:
    return any(c in text for c in "*?")


def _shown(piece: str) -> str:
    """A piece of a pattern, folded, with anything dropped that cannot stand in a term."""
    return "".join(c for c in tokens.fold(piece) if c.isalnum() or c in "*?")
