"""Which terms a slot means, term by term."""

from __future__ import annotations

from collections.abc import Callable

from evidencebox.index import rules, tokens
from evidencebox.index.plan import Slot


def accept(slot: Slot) -> Callable[[str], bool]:
    """Whether a term is meant: markers never, and symbols only where the slot has some."""
    if slot.rule is not None:
        rule = slot.rule
        return lambda term: not term.startswith(tokens.SPAN) and rule.accepts(term)
    regex = slot.regex()
    symbols = rules.has_symbol(slot.text)

    def accepts(term: str) -> bool:
        if term.startswith(tokens.SPAN) or (not symbols and rules.has_symbol(term)):
            return False
        return regex.fullmatch(term) is not None

    return accepts


def places(term: str) -> int:
    """How many places a term covers that no marker says is joined: a pair covers two."""
    return 2 if rules.has_symbol(term[1:]) else 1
