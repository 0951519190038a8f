"""What one word of a query may mean beside itself: slips, a regular expression, a stem, names.

Each rule says of any folded term whether it is meant. `expansion` asks the whole vocabulary at once
and must give the same answer; snippets and the oracles ask term by term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2
from rapidfuzz.distance import DamerauLevenshtein
from whoosh.lang.snowball.english import EnglishStemmer

from evidencebox.index import tokens

MOST_EDITS = 2
SYMBOLS = "-'._@/&+,:#"
"""What may stand in a term beside letters and digits."""

_SYMBOL = re.compile(f"[{re.escape(SYMBOLS)}]")

NO_SYMBOL = f"[^\\n{re.escape(SYMBOLS)}]"
"""Any letter or digit of a term, for RE2."""


def has_symbol(term: str) -> bool:
    """Whether a term is more than one part."""
    return _SYMBOL.search(term) is not None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """At most `edits` letters added, left out, changed or swapped with the next; the first
    `prefix` right. A word without symbols means only such."""

    text: str
    edits: int
    prefix: int = 0

    @property
    def start(self) -> str:
        """What a term certainly begins with."""
        return self.text[: self.prefix]

    @property
    def symbols(self) -> bool:
        """Whether terms with symbols may be meant."""
        return has_symbol(self.text)

    def accepts(self, term: str) -> bool:
        """Whether `term` is meant."""
        if not term.startswith(self.start) or (has_symbol(term) and not self.symbols):
            return False
        edits = DamerauLevenshtein.distance(self.text, term, score_cutoff=self.edits)
        return edits <= self.edits


def re2_options() -> Any:
    """RE2, which takes time in proportion to the text whatever the pattern is."""
    options = re2.Options()
    options.never_nl = True
    options.log_errors = False
    return options


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Any:
    return re2.compile(f"(?i)^(?:{pattern})$".encode(), re2_options())


_CLASSES = re.compile(r"\\[pP]\{[^}]*\}|\\[^.+]|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[^:)]*:?|\{[\d,]*\}")
_ANCHORS = re.compile(r"(?<!\\)(?:\\\\)*\\[AzC]")
_MEANS_SYMBOL = re.compile(r"[-'_@/&,:#]|\\[.+]")


@dataclass(frozen=True, slots=True)
class Regex:
    """Terms that the expression matches whole. Terms with symbols only where it names one."""

    pattern: str

    @property
    def start(self) -> str:
        """Nothing is certain."""
        return ""

    @property
    def symbols(self) -> bool:
        """Whether a symbol stands in the expression as itself, outside brackets."""
        return _MEANS_SYMBOL.search(_CLASSES.sub("", self.pattern)) is not None

    def check(self) -> None:
        """Raises ValueError, with RE2's reason, where the expression cannot be read."""
        if _ANCHORS.search(self.pattern):
            raise ValueError("\\A and \\z are not needed")
        try:
            # Alone first, so that no parenthesis of it can close the one put around it.
            re2.compile(self.pattern.encode("utf-8", "replace"), re2_options())
            _compiled(self.pattern)
        except re2.error as error:
            reason = error.args[0] if error.args else b""
            said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
            raise ValueError(said.partition(":")[0] or "it cannot be read") from None

    def accepts(self, term: str) -> bool:
        """Whether `term` is meant."""
        if has_symbol(term) and not self.symbols:
            return False
        return _compiled(self.pattern).search(term.encode("utf-8", "replace")) is not None


_stemmer = EnglishStemmer()


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The English stem of a folded word (Snowball)."""
    return str(_stemmer.stem(word))


@dataclass(frozen=True, slots=True)
class Stem:
    """Words with the same English stem."""

    stem: str

    @property
    def start(self) -> str:
        """A stem differs from its words in its last two letters at most."""
        return self.stem[: max(1, len(self.stem) - 2)]

    @property
    def symbols(self) -> bool:
        """Stems are of single words."""
        return False

    def accepts(self, term: str) -> bool:
        """Whether `term` is meant."""
        return term.startswith(self.start) and not has_symbol(term) and stem(term) == self.stem


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of some terms: a name's other forms."""

    terms: tuple[str, ...]

    @property
    def start(self) -> str:
        """Nothing is certain."""
        return ""

    @property
    def symbols(self) -> bool:
        """Whether one of them has a symbol."""
        return any(map(has_symbol, self.terms))

    def accepts(self, term: str) -> bool:
        """Whether `term` is meant."""
        return term in self.terms


Rule = Fuzzy | Regex | Stem | OneOf


def fold_pattern(pattern: str) -> str:
    """A regular expression as it meets folded terms: marks go, and case does not count."""
    if pattern.isascii():
        return pattern
    return "".join(c if c.isascii() else tokens.fold(c) for c in pattern)
