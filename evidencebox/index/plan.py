"""A query as the engine runs it, and in words. Leaves first, then what joins them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from evidencebox.index.rules import Fuzzy, OneOf, Regex, Rule, Stem
from evidencebox.model.query import LedgerClause


@dataclass(frozen=True, slots=True)
class Slot:
    """What must stand at one place: a folded term, a pattern with `*` and `?`, or what a rule
    makes of the word."""

    text: str
    glob: bool = False
    rule: Rule | None = None

    @property
    def open(self) -> bool:
        """Whether more than one term may be meant."""
        return self.glob or self.rule is not None

    @property
    def prefix(self) -> str:
        """The part of the term that is certain."""
        if self.rule is not None:
            return self.rule.start
        return re.split(r"[*?]", self.text, maxsplit=1)[0] if self.glob else self.text

    def regex(self) -> re.Pattern[str]:
        """What a term must match whole."""
        if not self.glob:
            return re.compile(re.escape(self.text))
        # The leftmost place for each piece is as good as any, so nothing is tried twice: a
        # pattern of many stars costs no more than one.
        first, *rest = ("".join(map(_letter, piece)) for piece in self.text.split("*"))
        middle = "".join(f"(?>.*?{piece})" for piece in rest[:-1] if piece)
        last = f".*{rest[-1]}" if rest else ""
        return re.compile(first + middle + last, re.DOTALL)


def _letter(character: str) -> str:
    return "." if character == "?" else re.escape(character)


@dataclass(frozen=True, slots=True)
class Words:
    """Words in text fields: any of `fields` will do.

    `exact` false: the slots are parts, one after another, each at most `slop` places after the one
    before (1: a phrase). `exact` true: the slots are terms whose places differ by `offsets`.
    """

    typed: str
    fields: tuple[str, ...]
    slots: tuple[Slot, ...]
    offsets: tuple[int, ...] = ()
    slop: int = 1
    exact: bool = False
    named: bool = False
    width: int = 1
    """How many places it covers where `exact` with several slots."""
    boost: float = 1.0
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    """Where it stands in the query."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one operand to the next: at most `distance` places; `ordered`: in this order."""

    distance: int
    ordered: bool

    @property
    def typed(self) -> str:
        """As it is written in a query."""
        return f"{'PRE' if self.ordered else 'W'}/{self.distance}"


@dataclass(frozen=True, slots=True)
class Near:
    """Operands near each other in one of `fields`; `steps[i]` lies between operands i and i+1.

    An operand is any of its words. The distance of two operands is the number of places from the
    last word of the one that stands first to the first word of the other: neighbours are 1 apart.
    """

    fields: tuple[str, ...]
    operands: tuple[tuple[Words, ...], ...]
    steps: tuple[Step, ...]
    named: bool = False
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Keyword:
    """A whole folded value of a keyword field, or a pattern of one."""

    field: str
    value: Slot


@dataclass(frozen=True, slots=True)
class Between:
    """A number column: low ≤ value < high; None is open. Dates are seconds since 1970 UTC."""

    column: str
    low: int | None
    high: int | None
    typed: str


@dataclass(frozen=True, slots=True)
class HashPrefix:
    """Documents whose SHA-256 begins with the first `bits` bits of `value` (an integer)."""

    value: int
    bits: int
    typed: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger answers, as a set of documents."""

    clause: LedgerClause


@dataclass(frozen=True, slots=True)
class Every:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Not:
    """All documents but those of `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Documents that all `nodes` find."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that any of `nodes` finds."""

    nodes: tuple[Node, ...]


Scored = Words | Near
"""Leaves that are found in texts and ranked."""

Leaf = Scored | Keyword | Between | HashPrefix | Ledger | Every
Node = Leaf | Not | And | Or


def weighted(node: Node, boost: float) -> Node:
    """`node` with the scores of its words multiplied; filters have none."""
    match node:
        case Words() | Near():
            return replace(node, boost=node.boost * boost)
        case And(nodes):
            return And(tuple(weighted(child, boost) for child in nodes))
        case Or(nodes):
            return Or(tuple(weighted(child, boost) for child in nodes))
        case _:
            return node


def in_words(node: Node) -> str:
    """The tree in words, as *Details* shows it."""
    match node:
        case And(nodes):
            return " AND ".join(_inner(child) for child in nodes)
        case Or(nodes):
            return " OR ".join(_inner(child) for child in nodes)
        case Not(child):
            return f"NOT {_inner(child)}"
        case _:
            return _leaf(node)


def _leaf(node: Leaf) -> str:
    match node:
        case Words():
            return _words(node) + _where(node)
        case Near():
            return _near(node) + _where(node)
        case Keyword(name, value):
            verb = " like" if value.glob else "" if name in ("is", "has") else " is"
            return f"{name}{verb} {value.text}"
        case Between():
            return node.typed
        case HashPrefix():
            kind = "id" if node.typed.startswith("EB-") else "hash"
            return f"{kind} begins with {node.typed}"
        case Ledger(clause):
            return clause.words
        case Every():
            return "every document"


def _inner(node: Node) -> str:
    text = in_words(node)
    return f"({text})" if isinstance(node, (And, Or, Near)) else text


def _where(node: Scored) -> str:
    where = f" in {' or '.join(node.fields)}" if node.named else ""
    return where + (f" × {node.boost:g}" if node.boost != 1 else "")


def _words(node: Words) -> str:
    if (rule := node.slots[0].rule) is not None:
        return _rule(rule, node.typed)
    if node.exact or len(node.slots) == 1:
        kind = "word like" if any(slot.glob for slot in node.slots) else "word"
        return f"{kind} “{node.typed}”"
    shown = " ".join(slot.text for slot in node.slots)
    near = f" in this order, at most {node.slop} words apart" if node.slop > 1 else ""
    return f"{'words' if near else 'phrase'} “{shown}”{near}"


def _rule(rule: Rule, typed: str) -> str:
    match rule:
        case Fuzzy(_, edits, prefix):
            slips = f"{edits} letter{'s' * (edits > 1)} wrong"
            right = f", the first {prefix} right" if prefix else ""
            return f"word “{typed}” with at most {slips}{right}"
        case Regex():
            return f"word that matches {typed}"
        case Stem(stem):
            return f"word “{typed}” in any form (stem “{stem}”)"
        case OneOf(terms):
            return f"name “{typed}” as {', '.join(terms)}"


def _near(node: Near) -> str:
    said = _operand(node.operands[0])
    for step, operand in zip(node.steps, node.operands[1:], strict=True):
        how = "before" if step.ordered else "from"
        noun = "word" if step.distance == 1 else "words"
        said += f" at most {step.distance} {noun} {how} {_operand(operand)}"
    return said


def _operand(words: tuple[Words, ...]) -> str:
    said = " OR ".join(map(_words, words))
    return said if len(words) == 1 else f"({said})"


def positive(node: Node) -> Iterator[Scored]:
    """What a hit shows: everything in texts that is not under a NOT."""
    if isinstance(node, (Words, Near)):
        yield node
    elif isinstance(node, (And, Or)):
        for child in node.nodes:
            yield from positive(child)


def positive_words(node: Node) -> Iterator[Words]:
    """The same word by word, also of those near each other."""
    for found in positive(node):
        if isinstance(found, Words):
            yield found
        else:
            for operand in found.operands:
                yield from operand
