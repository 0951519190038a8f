"""From Whoosh's query tree to the engine's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from whoosh import query

from evidencebox.errors import QueryError
from evidencebox.index.lexemes import Lexeme
from evidencebox.index.plan import (
    And,
    Ledger,
    Near,
    Node,
    Not,
    Or,
    Step,
    Words,
    in_words,
    weighted,
)
from evidencebox.model.query import LedgerClause


class Leaf(query.Query):  # type: ignore[misc]
    """A leaf of Whoosh's query tree that holds a part of the plan."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and other.node == self.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"<{in_words(self.node)}>"


def plan(tree: query.Query) -> Node:
    """Whoosh's tree as a plan, nested groups of one kind made flat, weights at the words."""
    if isinstance(tree, Leaf):
        return tree.node
    if isinstance(tree, query.Not):
        return Not(plan(tree.query))
    kind = Or if isinstance(tree, query.Or) else And
    nodes: list[Node] = []
    for child in map(plan, tree.subqueries):
        nodes.extend(child.nodes if isinstance(child, kind) else [child])
    if kind is And:
        nodes = _one_tag(nodes)
    node = nodes[0] if len(nodes) == 1 else kind(tuple(nodes))
    return weighted(node, tree.boost) if tree.boost != 1 else node


def near(operands: Sequence[Node], operators: Sequence[Lexeme]) -> Node:
    """`a W/5 b PRE/3 c`. Raises QueryError where one of them is not a word or any of some.

    With all of some words on one side, `(a b) W/5 c` is `(a W/5 c) AND (b W/5 c)`.
    """
    ands = [at for at, operand in enumerate(operands) if isinstance(operand, And)]
    if len(ands) == 1 and len(operands) == 2:
        (at,) = ands
        group, other = operands[at], operands[1 - at]
        if isinstance(group, And):
            pairs = ([one, other] if at == 0 else [other, one] for one in group.nodes)
            return And(tuple(near(pair, operators) for pair in pairs))
    words = [_any_of(operand, operators[max(0, at - 1)]) for at, operand in enumerate(operands)]
    fields = {word.fields for word in chain(*words)}
    if len(fields) > 1:
        operator = operators[0]
        raise _refused(operator, f"looks on both sides in one field: subject:(a {operator.text} b)")
    steps = tuple(Step(operator.number, operator.ordered) for operator in operators)
    return Near(fields.pop(), tuple(words), steps, named=words[0][0].named)


def _refused(operator: Lexeme, sentence: str) -> QueryError:
    return QueryError(f"{operator.text} {sentence}.", operator.start, operator.end - operator.start)


def _any_of(node: Node, operator: Lexeme) -> tuple[Words, ...]:
    nodes = node.nodes if isinstance(node, Or) else (node,)
    words = tuple(one for one in nodes if isinstance(one, Words))
    if len(words) == len(nodes) and all(word.boost == 1 for word in words):
        return words
    if any(isinstance(one, Words) and one.boost != 1 for one in nodes):
        raise _refused(operator, f"takes its weight as a whole, as in (a {operator.text} b)^2")
    if any(isinstance(one, Near) for one in nodes):
        raise _refused(operator, f"is chained without parentheses, as in a {operator.text} b W/3 c")
    if any(isinstance(one, Not) for one in nodes):
        raise _refused(operator, f"needs words on both sides; write NOT (a {operator.text} b)")
    raise _refused(operator, "stands between words, phrases or groups of them joined by OR")


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
    clause = node.clause
    alone = (clause.label, clause.exhibit, clause.reviewed, clause.thread, clause.has)
    return clause if all(value is None for value in alone) else None


def _joined(first: LedgerClause | None, second: LedgerClause) -> LedgerClause | None:
    given = {
        name: value
        for name in LedgerClause.__slots__
        if (value := getattr(second, name)) is not None
    }
    if first is None or any(getattr(first, name) is not None for name in given):
        return None
    return replace(first, **given)
