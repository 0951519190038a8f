"""The query language: Whoosh's schema, parser and plug-ins over our own lexer.

The lexer says what each piece of a query is and where; a plug-in hands these pieces to Whoosh's
parser as syntax nodes; two filters group them, AND binding tighter than OR; the query tree that
Whoosh builds is then turned into the engine's plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from whoosh import fields, query
from whoosh.analysis import Token, Tokenizer
from whoosh.qparser import QueryParser, plugins, syntax, taggers

from evidencebox.errors import QueryError
from evidencebox.index import tokens, values
from evidencebox.index.invert import BODY, TEXT_FIELDS
from evidencebox.index.lexer import Kind, Lexeme, lex
from evidencebox.index.plan import (
    And,
    Every,
    Ledger,
    Node,
    Not,
    Or,
    Slot,
    Words,
    in_words,
)
from evidencebox.model.query import LedgerClause

DEFAULT_FIELDS = (BODY, "subject", "name", "from", "to", "cc")
"""Where a word without a field is looked for."""

FIELDS = (
    *TEXT_FIELDS,
    *values.KEYWORDS,
    *values.COLUMNS,
    *values.IDENTITY,
    *values.TAG_FIELDS,
    *values.DOCUMENT_FIELDS,
)
"""Every field a query may name."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query that was understood: as typed, as the engine runs it, and in words."""

    query: str
    node: Node
    words: str


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
        for name in (*values.KEYWORDS, *values.TAG_FIELDS, *values.DOCUMENT_FIELDS)
    }
    numbers = {name: fields.NUMERIC(numtype=int, bits=64) for name in values.COLUMNS}
    ids = {name: fields.ID() for name in values.IDENTITY}
    return fields.Schema(sha256=fields.ID(stored=True), **text, **keywords, **numbers, **ids)


class Leaf(query.Query):  # type: ignore[misc]
    """A leaf of Whoosh's query tree that holds a leaf of the plan."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and other.node == self.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"<{in_words(self.node)}>"


class _LeafNode(syntax.SyntaxNode):  # type: ignore[misc]
    def __init__(self, lexeme: Lexeme) -> None:
        self.lexeme = lexeme

    def r(self) -> str:
        return self.lexeme.typed

    def query(self, parser: QueryParser) -> Leaf:
        return Leaf(_leaf(self.lexeme))


class _Operator(syntax.MarkerNode):  # type: ignore[misc]
    def __init__(self, kind: Kind) -> None:
        self.kind = kind


class _LexedPlugin(plugins.TaggingPlugin, taggers.Tagger):  # type: ignore[misc]
    """Gives Whoosh the lexemes as syntax nodes, and orders operators."""

    priority = 0

    def __init__(self, lexemes: Iterable[Lexeme]) -> None:
        self._at = {lexeme.start: lexeme for lexeme in lexemes}

    def match(self, parser: QueryParser, text: str, pos: int) -> syntax.SyntaxNode | None:
        lexeme = self._at.get(pos)
        if lexeme is None:
            return None
        if lexeme.kind is Kind.OPEN:
            node = plugins.GroupPlugin.OpenBracket()
        elif lexeme.kind is Kind.CLOSE:
            node = plugins.GroupPlugin.CloseBracket()
        elif lexeme.kind in (Kind.WORD, Kind.PHRASE):
            node = _LeafNode(lexeme)
        else:
            node = _Operator(lexeme.kind)
        return node.set_range(lexeme.start, lexeme.end)

    def filters(self, parser: QueryParser) -> list[tuple[Any, int]]:
        return [(self._order, 600)]

    def _order(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        """NOT binds tightest, then AND, then OR; two operands side by side are an AND."""
        sides: list[list[Any]] = [[]]
        negations = 0
        for node in group:
            if isinstance(node, _Operator):
                if node.kind is Kind.OR:
                    sides.append([])
                negations += node.kind is Kind.NOT
                continue
            operand = self._order(parser, node) if isinstance(node, syntax.GroupNode) else node
            if negations % 2:
                operand = syntax.NotGroup([operand])
            negations = 0
            sides[-1].append(operand)
        groups = [syntax.AndGroup(side) for side in sides]
        return groups[0] if len(groups) == 1 else syntax.OrGroup(groups)


@lru_cache(maxsize=1)
def _schema() -> fields.Schema:
    return schema()


def parse(text: str) -> Parsed:
    """What a query asks. An empty one asks for every document.

    Raises QueryError: one sentence, and the position of the mistake in `text`.
    """
    lexemes = lex(text, FIELDS)
    if not lexemes:
        return Parsed(text, Every(), in_words(Every()))
    parser = QueryParser(
        BODY,
        _schema(),
        plugins=[_LexedPlugin(lexemes), plugins.WhitespacePlugin(), plugins.GroupPlugin()],
        group=syntax.AndGroup,
    )
    node = _plan(parser.parse(text, normalize=False))
    return Parsed(text, node, in_words(node))


def _plan(tree: query.Query) -> Node:
    """Whoosh's tree as a plan, nested groups of one kind made flat."""
    if isinstance(tree, Leaf):
        return tree.node
    if isinstance(tree, query.Not):
        return Not(_plan(tree.query))
    kind = Or if isinstance(tree, query.Or) else And
    nodes: list[Node] = []
    for child in map(_plan, tree.subqueries):
        nodes.extend(child.nodes if isinstance(child, kind) else [child])
    if kind is And:
        nodes = _one_tag(nodes)
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes))


def _one_tag(nodes: list[Node]) -> list[Node]:
    """Joins the ledger's fields of one AND: together they speak of one tag.

    A field that stands twice begins another tag: `officer:A harm:3 officer:B` asks for a tag of A
    at 3, and a tag of B.
    """
    out: list[Node] = []
    open_at: int | None = None
    for node in nodes:
        clause = _tag_clause(node)
        if clause is None:
            out.append(node)
        elif open_at is None or (joined := _joined(_tag_clause(out[open_at]), clause)) is None:
            open_at = len(out)
            out.append(node)
        else:
            out[open_at] = Ledger(joined)
    return out


def _tag_clause(node: Node) -> LedgerClause | None:
    if not isinstance(node, Ledger):
        return None
    alone = (node.clause.label, node.clause.exhibit, node.clause.reviewed)
    return node.clause if alone == (None, None, None) else None


def _joined(first: LedgerClause | None, second: LedgerClause) -> LedgerClause | None:
    given = {
        name: value
        for name in LedgerClause.__slots__
        if (value := getattr(second, name)) is not None
    }
    if first is None or any(getattr(first, name) is not None for name in given):
        return None
    return replace(first, **given)


def _leaf(lexeme: Lexeme) -> Node:
    field = lexeme.field
    if field in values.COLUMNS:
        return values.column(lexeme)
    if field in values.IDENTITY:
        return values.identity(lexeme)
    if field in values.KEYWORDS:
        return values.keyword_clause(lexeme)
    if field in values.TAG_FIELDS or field in values.DOCUMENT_FIELDS:
        return values.ledger(lexeme)
    return _words(lexeme)


def _words(lexeme: Lexeme) -> Node:
    """A word or phrase of text fields."""
    if lexeme.kind is Kind.WORD and lexeme.text == "*" and lexeme.field is None:
        return Every()
    where = (lexeme.field,) if lexeme.field else DEFAULT_FIELDS
    named = lexeme.field is not None
    parts = _parts(lexeme.text, lexeme.kind is Kind.PHRASE)
    if not parts.slots:
        raise QueryError(
            f"There is no word in {lexeme.typed} to search for.",
            lexeme.start,
            lexeme.end - lexeme.start,
        )
    typed = lexeme.text.strip()
    if lexeme.kind is Kind.WORD and parts.terms:
        slots = tuple(slot for slot, _ in parts.terms)
        offsets = tuple(offset for _, offset in parts.terms)
        return Words(typed, where, slots, offsets, exact=True, named=named)
    return Words(typed, where, parts.slots, slop=lexeme.slop, named=named)


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
    if not any(c in core for c in "*?") or not any(c.isalnum() for c in core):
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
