"""Pieces of words without which a rule need not be asked: all looked for in one pass of a page."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

SIGNS: dict[str, tuple[str, ...]] = {
    "licence": ("licen", "permit", "d/l", "dl", "d.l", "oln", "lic ", "lic."),
    "passport": ("passport",),
    "bank": (
        *("acct", "account", "a/c", "checking", "savings", "deposit", "wire", "iban"),
        *("routing", "aba", "rtn", "transit"),
    ),
    "birth": ("birth", "born", "dob", "d.o", "d. o"),
    "credential": (
        *("passw", "passp", "passc", "pwd", " pin", "pin ", "private key", "akia"),
        *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "xoxa", "xoxb", "xoxp", "xoxr", "xoxs"),
    ),
    "biometric": (
        *("fingerprint", "fpc", "henry", "print c", "fbi n", "fbi #", "dna ", "retina"),
        *("iris scan", "palm", "voice", "facial"),
    ),
    "home": (" address", "lives ", "lived ", "living ", "resid"),
    "box": (" box ",),
    "dollars": ("dollars", " usd"),
}
"""Rule → what stands, in small letters, on every page that it has something to say of."""


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    pairs = [(sign, rule) for rule, signs in SIGNS.items() for sign in signs]
    patterns = [sign for sign, _ in pairs]
    return AhoCorasick(patterns, implementation=Implementation.DFA), [rule for _, rule in pairs]


def signs_in(lower: str) -> frozenset[str]:
    """The rules that a text in small letters has a sign of."""
    automaton, rules = _automaton()
    hits = automaton.find_matches_as_indexes(lower, overlapping=True)
    return frozenset({rules[number] for number, _, _ in hits})
