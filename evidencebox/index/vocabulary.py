"""The terms of one field of one segment in memory, to be asked as a whole, without any list.

All terms stand in one string of bytes, one a line, so that a pattern is one pass of RE2 over it
(linear in its length, whatever the pattern), and slips are looked for only among terms whose
length and letters allow them.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import re2
from numpy.typing import NDArray

from evidencebox.index import rules, tokens
from evidencebox.index.plan import Slot
from evidencebox.index.postings import Bytes, Ints
from evidencebox.index.rules import Fuzzy, OneOf, Regex

_SPAN = tokens.SPAN.encode()
_LINE = ord("\n")
_AT_ONCE = 1 << 22
_TERMS = 1 << 18
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789" + rules.SYMBOLS


class Vocabulary:
    """The terms, ascending by their bytes; markers of joined words left out."""

    def __init__(self, blocks: Iterable[Collection[bytes]]) -> None:
        runs = (b"\n".join(t for t in block if not t.startswith(_SPAN)) for block in blocks)
        blob = b"\n".join(filter(None, runs))
        self._blob = b"\n" + blob + b"\n" if blob else b"\n"

    @property
    def size(self) -> int:
        """Bytes in memory, once everything was asked."""
        return len(self._blob) + 14 * len(self)

    def __len__(self) -> int:
        return max(0, len(self._ends) - 1)

    @cached_property
    def _ends(self) -> NDArray[np.uint32]:
        """The line ends: term i lies between number i and number i + 1."""
        blob = np.frombuffer(self._blob, np.uint8)
        found = [
            np.flatnonzero(blob[at : at + _AT_ONCE] == _LINE) + at
            for at in range(0, len(blob), _AT_ONCE)
        ]
        return np.concatenate(found).astype(np.uint32)

    def _term(self, index: int) -> str:
        return self._blob[int(self._ends[index]) + 1 : int(self._ends[index + 1])].decode()

    def matching(self, slot: Slot) -> Iterator[str]:
        """The terms that a slot means, as `matching.accept` has it."""
        match slot.rule:
            case Fuzzy():
                return self._near(slot.rule)
            case Regex():
                return self._lines(f"(?i:{slot.rule.pattern})", slot)
            case OneOf(terms):
                return (term for term in terms if term in self)
            case None:
                return self._lines(_pattern(slot.text), slot)
            case rule:
                every = rules.NO_SYMBOL if not rule.symbols else "."
                lines = self._lines(re.escape(rule.start) + f"{every}*", slot)
                return filter(rule.accepts, lines)

    def __contains__(self, term: str) -> bool:
        return b"\n" + term.encode("utf-8", "replace") + b"\n" in self._blob

    def _lines(self, pattern: str, slot: Slot) -> Iterator[str]:
        symbols = slot.rule.symbols if slot.rule is not None else rules.has_symbol(slot.text)
        whole = re2.compile(f"(?m)^(?:{pattern})$".encode(), rules.re2_options())
        for found in whole.finditer(self._blob):
            term = found.group().decode()
            if term and (symbols or not rules.has_symbol(term)):
                yield term

    def _near(self, rule: Fuzzy) -> Iterator[str]:
        for index in self._candidates(rule).tolist():
            term = self._term(index)
            if rule.accepts(term):
                yield term

    def _candidates(self, rule: Fuzzy) -> Ints:
        """Terms of a fitting length that have, and lack, at most as many letters as are wrong."""
        size, letters = len(rule.text), _signature(rule.text)
        fits = np.abs(self._lengths.astype(np.int16) - size) <= rule.edits
        some = np.flatnonzero(fits)
        have = self._signatures[some]
        lacking = np.bitwise_count(~have & letters)
        extra = np.bitwise_count(have & ~letters)
        kept: Ints = some[(lacking <= rule.edits) & (extra <= rule.edits)]
        return kept

    @cached_property
    def _lengths(self) -> NDArray[np.uint8]:
        """Code points of each term: bytes that do not go on a character."""
        return self._per_term(
            lambda data: ((data & 0xC0) != 0x80) & (data != _LINE), np.add, np.dtype("u1")
        )

    @cached_property
    def _signatures(self) -> NDArray[np.uint64]:
        """A bit for each letter, digit and symbol that stands in a term."""
        table = np.zeros(256, dtype=np.uint64)
        for letter in _LETTERS:
            table[ord(letter)] = _signature(letter)
        return self._per_term(lambda data: table[data], np.bitwise_or, np.dtype("u8"))

    def _per_term(
        self, read: Callable[[Bytes], NDArray[Any]], join: np.ufunc, dtype: np.dtype[Any]
    ) -> NDArray[Any]:
        blob, out = np.frombuffer(self._blob, np.uint8), np.zeros(len(self), dtype=dtype)
        for at in range(0, len(self), _TERMS):
            ends = self._ends[at : at + _TERMS + 1].astype(np.int64)
            data = read(blob[ends[0] + 1 : ends[-1]]).astype(dtype)
            out[at : at + _TERMS] = join.reduceat(data, ends[:-1] - ends[0], dtype=dtype)
        return out


def _signature(text: str) -> np.uint64:
    bits = (1 << _LETTERS.index(letter) for letter in set(text) if letter in _LETTERS)
    return np.uint64(sum(bits))


def _pattern(glob: str) -> str:
    """`*` and `?` for RE2; they do not stand for symbols where the pattern has none."""
    one = "." if rules.has_symbol(glob) else rules.NO_SYMBOL
    return "".join({"*": f"{one}*", "?": one}.get(c, re.escape(c)) for c in glob)


class Vocabularies:
    """Those that were asked last; segments never change, so they stay right."""

    def __init__(self, most: int = 256 << 20) -> None:
        """`most`: bytes in memory that are not exceeded but by a single one."""
        self._most = most
        self._known: OrderedDict[tuple[int, str], Vocabulary] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, segment: int, field: str, read: Callable[[], Vocabulary]) -> Vocabulary:
        """The vocabulary of a segment's field, read where it is not known."""
        with self._lock:
            known = self._known.get((segment, field))
            if known is not None:
                self._known.move_to_end((segment, field))
                return known
        made = read()
        with self._lock:
            self._known[segment, field] = made
            while len(self._known) > 1 and sum(v.size for v in self._known.values()) > self._most:
                self._known.popitem(last=False)
        return made

    def keep(self, segments: Collection[int]) -> None:
        """Forgets segments that are gone."""
        with self._lock:
            for key in [key for key in self._known if key[0] not in segments]:
                del self._known[key]
