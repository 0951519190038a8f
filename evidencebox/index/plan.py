"""A query as the engine runs it, and in words. Leaves first, then what joins them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidencebox.model.query import LedgerClause


@dataclass(frozen=True, slots=True)
class Slot:
    """What must stand at one place: a folded term, or a pattern with `*` and `?`."""

    text: str
    glob: bool = False

    @property
    def prefix(self) -> str:
        """The part of the term that is certain."""
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


Leaf = Words | Keyword | Between | HashPrefix | Ledger | Every
Node = Leaf | Not | And | Or


def in_words(node: Node) -> str:
    """The tree in words, as *Details* shows it."""
    match node:
        case And(nodes):
            return " AND ".join(_inner(child) for child in nodes)
        case Or(nodes):
            return " OR ".join(_inner(child) for child in nodes)
        case Not(child):
            return f"NOT {_inner(child)}"
        case Words():
            return _words(node)
        case Keyword(field, value):
            verb = " like" if value.glob else "" if field in ("is", "has") else " is"
            return f"{field}{verb} {value.text}"
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
    return f"({text})" if isinstance(node, (And, Or)) else text


def _words(node: Words) -> str:
    where = f" in {' or '.join(node.fields)}" if node.named else ""
    if node.exact or len(node.slots) == 1:
        kind = "word like" if any(slot.glob for slot in node.slots) else "word"
        return f"{kind} “{node.typed}”{where}"
    shown = " ".join(slot.text for slot in node.slots)
    near = f" in this order, at most {node.slop} words apart" if node.slop > 1 else ""
    return f"{'words' if near else 'phrase'} “{shown}”{near}{where}"


def positive_words(node: Node) -> Iterator[Words]:
    """The words a hit shows: every `Words` that is not under a NOT."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, (And, Or)):
        for child in node.nodes:
            yield from positive_words(child)
