"""The query language: Whoosh's parser with plug-ins over one schema.

The lexer says what each piece of a query is and where; a plug-in hands these pieces to Whoosh's
parser as syntax nodes and groups them (NOT binds tightest, then W/n, AND, OR); the query tree
that Whoosh builds is turned into the engine's plan. `docs/search.md` is the reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import Any

from whoosh.fields import Schema
from whoosh.qparser import QueryParser, plugins, syntax, taggers

from evidencebox.errors import QueryError
from evidencebox.index import fields, grammar, tree, values, words
from evidencebox.index.fields import DEFAULT_FIELDS, FIELDS, schema
from evidencebox.index.invert import BODY, TEXT_FIELDS
from evidencebox.index.lexemes import OPERANDS, Kind, Lexeme
from evidencebox.index.lexer import lex
from evidencebox.index.plan import Every, Node, in_words, weighted
from evidencebox.index.words import Variants

__all__ = ["DEFAULT_FIELDS", "FIELDS", "Parsed", "parse", "schema"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query that was understood: as typed, as the engine runs it, and in words.

    `notes`: what it may not mean as it was typed, a sentence each.
    """

    query: str
    node: Node
    words: str
    notes: tuple[str, ...] = ()


def _no_variants(_: str) -> tuple[str, ...]:
    return ()


def parse(text: str, zone: tzinfo = UTC, variants: Variants = _no_variants) -> Parsed:
    """What a query asks. An empty one asks for every document.

    Dates are those of `zone`; `name(…)` asks `variants` for a name's other forms. Raises
    QueryError: one sentence, and the position of the mistake in `text`.
    """
    lexemes = grammar.checked(lex(text))
    if not lexemes:
        return Parsed(text, Every(), in_words(Every()))
    plugin = _LexedPlugin(lexemes, _Leaves(zone, variants))
    parser = QueryParser(
        BODY,
        _schema(),
        plugins=[plugin, plugins.WhitespacePlugin(), plugins.GroupPlugin()],
        group=syntax.AndGroup,
    )
    node = tree.plan(parser.parse(text, normalize=False))
    return Parsed(text, node, in_words(node), grammar.notes(lexemes))


@lru_cache(maxsize=1)
def _schema() -> Schema:
    return schema()


@dataclass(frozen=True, slots=True)
class _Leaves:
    """Makes leaves of lexemes."""

    zone: tzinfo
    variants: Variants

    def __call__(self, lexeme: Lexeme) -> Node:
        field = lexeme.field
        if field is None or field in TEXT_FIELDS:
            return words.leaf(lexeme, self.variants)
        if lexeme.kind not in (Kind.WORD, Kind.PHRASE) or lexeme.number > 1:
            raise QueryError(
                f"{field}: takes a value as it is, such as {field}:(one OR other).",
                lexeme.start,
                lexeme.end - lexeme.start,
            )
        if field in fields.COLUMNS:
            return values.column(lexeme, self.zone)
        if field in fields.IDENTITY:
            return values.identity(lexeme)
        if field in fields.KEYWORDS:
            return values.keyword_clause(lexeme)
        return values.ledger(lexeme)


class _LeafNode(syntax.SyntaxNode):  # type: ignore[misc]
    has_boost = True
    boost = 1.0

    def __init__(self, lexeme: Lexeme, node: Node) -> None:
        self.lexeme, self.node = lexeme, node

    def r(self) -> str:
        return self.lexeme.typed

    def query(self, parser: QueryParser) -> tree.Leaf:
        return tree.Leaf(weighted(self.node, self.boost))


class _NearNode(syntax.GroupNode):  # type: ignore[misc]
    """Operands with `W/n` and `PRE/n` between them."""

    def __init__(self, nodes: list[Any], operators: list[Lexeme]) -> None:
        super().__init__(nodes)
        self.operators = operators

    def query(self, parser: QueryParser) -> tree.Leaf:
        operands = [tree.plan(node.query(parser)) for node in self.nodes]
        return tree.Leaf(tree.near(operands, self.operators))


class _Mark(syntax.MarkerNode):  # type: ignore[misc]
    """An operator, or the weight of what stands before it."""

    def __init__(self, lexeme: Lexeme) -> None:
        self.lexeme = lexeme


class _LexedPlugin(plugins.TaggingPlugin, taggers.Tagger):  # type: ignore[misc]
    """Gives Whoosh the lexemes as syntax nodes, and orders operators."""

    priority = 0

    def __init__(self, lexemes: Iterable[Lexeme], leaves: _Leaves) -> None:
        self._at = {lexeme.start: lexeme for lexeme in lexemes}
        self._leaves = leaves

    def match(self, parser: QueryParser, text: str, pos: int) -> syntax.SyntaxNode | None:
        lexeme = self._at.get(pos)
        if lexeme is None:
            return None
        if lexeme.kind is Kind.OPEN:
            node = plugins.GroupPlugin.OpenBracket()
        elif lexeme.kind is Kind.CLOSE:
            node = plugins.GroupPlugin.CloseBracket()
        elif lexeme.kind in OPERANDS:
            node = _LeafNode(lexeme, self._leaves(lexeme))
        else:
            node = _Mark(lexeme)
        return node.set_range(lexeme.start, lexeme.end)

    def filters(self, parser: QueryParser) -> list[tuple[Any, int]]:
        return [(_ordered, 600)]


def _ordered(parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
    """A group with its operators applied: NOT, then W/n, then AND, then OR.

    Two operands side by side are an AND.
    """
    sides: list[list[Any]] = [[]]
    negations, joins = 0, None
    for node in _weighed(parser, group):
        if isinstance(node, _Mark):
            negations += node.lexeme.kind is Kind.NOT
            joins = node.lexeme if node.lexeme.kind is Kind.NEAR else joins
            if node.lexeme.kind is Kind.OR:
                sides.append([])
            continue
        operand = syntax.NotGroup([node]) if negations % 2 else node
        if joins is not None:
            before = sides[-1].pop()
            chain = before if isinstance(before, _NearNode) else _NearNode([before], [])
            operand = _NearNode([*chain.nodes, operand], [*chain.operators, joins])
        negations, joins = 0, None
        sides[-1].append(operand)
    groups = [syntax.AndGroup(side) for side in sides]
    ordered = groups[0] if len(groups) == 1 else syntax.OrGroup(groups)
    ordered.set_boost(group.boost)
    return ordered


def _weighed(parser: QueryParser, group: syntax.GroupNode) -> list[Any]:
    """The nodes of a group, inner groups ordered, each with the weight that stands behind it."""
    nodes: list[Any] = []
    for node in group:
        if isinstance(node, _Mark) and node.lexeme.kind is Kind.BOOST:
            nodes[-1].set_boost(nodes[-1].boost * node.lexeme.boost)
        else:
            nodes.append(_ordered(parser, node) if isinstance(node, syntax.GroupNode) else node)
    return nodes
