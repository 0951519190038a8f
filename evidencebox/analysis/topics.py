"""What a page says of a person's health, past, conduct, family: by weighted words, sentence by
sentence.

A notice on drug tests has the words of a drug history and exposes nobody. So three sums are
weighed against each other: words of the kind, words of texts about one person, and words of
notices, policies and statistics.
"""

from __future__ import annotations

import bisect
import hashlib
import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from evidencebox.analysis.around import Surroundings, abbreviated
from evidencebox.analysis.identifiers import Value
from evidencebox.errors import UserError

GENERAL, PERSONAL = "general", "personal"
LEAST_SCORE = 2.0
"""The least sum of a kind's words for which a sentence is looked at."""

_MOST_SCORE = 6.0
_BESIDE = 0.4
"""What the words of the sentences before and after count."""
_UNDER_HEADING = 0.6
_LEAST = 0.3
_CENTRE, _STEEP = 2.6, 1.3
_SOMEBODY, _NOBODY = 0.5, 0.45
"""With less than so much of a person about it, a sentence is at most so likely to expose one."""

_END = re.compile(
    r"[.!?][\"')\]]*\s+(?=[A-Z0-9\"'(\[•-])|\n\s*\n|\n(?=[^\n]{1,40}:\s)|\n(?=[^\n]*\t)"
)
_LABELLED = re.compile(
    r"^\W*(?:name|subject|applicant|candidate|patient|employee|officer|accused|member|badge)\b"
    r"[^\n:]{0,20}:",
    re.MULTILINE,
)
_HEAD = re.compile(r"^(?:from|to|cc|bcc|date|sent|reference|message-id)[ \t]*:", re.MULTILINE)
_NAMED_REACH = 160
_SHORT_LINE = 46

Weighed = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    heading: bool
    scores: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Vocabulary:
    """Words and weights of each kind, ready for one pass over a text.

    `text` is a vocabulary file (TOML): `general`, `personal` and `kind`, each a table of words
    and weights. Raises UserError where it says anything else.
    """

    def __init__(self, text: str) -> None:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UserError(f"The vocabulary is not TOML: {error}.") from None
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        groups: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for group, table in _tables(data):
            for word, weight in table.items():
                groups[_pattern(group, word, weight)].append((group, float(weight)))
        self.kinds = frozenset(group for listed in groups.values() for group, _ in listed)
        self.kinds -= {GENERAL, PERSONAL}
        around = {word: listed for word, listed in groups.items() if not self._names(listed)}
        self._named = _Words({word: groups[word] for word in groups if word not in around})
        self._around = _Words(around)

    def _names(self, listed: Weighed) -> bool:
        return any(group in self.kinds for group, _ in listed)

    def hits(self, lower: str) -> list[tuple[int, str, Weighed]]:
        """(place, word, groups with weights) of every word in a text in small letters, in order.

        None where no word of a kind stands in it.
        """
        spaced = f" {lower.translate(_SPACED)} "
        found = self._named.find(spaced)
        return sorted(found + self._around.find(spaced)) if found else []


class _Words:
    """Words as they stand in spaced text: ` son ` whole, ` diagnos` with any ending."""

    def __init__(self, groups: Mapping[str, Weighed]) -> None:
        self._patterns = list(groups)
        self._groups = [groups[word] for word in self._patterns]
        self._automaton = AhoCorasick(self._patterns, implementation=Implementation.DFA)

    def find(self, spaced: str) -> list[tuple[int, str, Weighed]]:
        # A place in the spaced text is one further on, and every word begins with a space.
        hits = self._automaton.find_matches_as_indexes(spaced, overlapping=True)
        return [(at, self._patterns[n].strip(), self._groups[n]) for n, at, _ in hits]


class _Spaced(dict[int, str]):
    """Signs become spaces; each is looked at once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = character if character.isalnum() else " "
        return self[code]


_SPACED = _Spaced()
for _code in range(128):
    _SPACED[_code]


def _pattern(group: str, word: str, weight: object) -> str:
    good = isinstance(weight, int | float) and not isinstance(weight, bool)
    spaced = " ".join(word.lower().translate(_SPACED).split())
    if not spaced or not good:
        raise UserError(
            f"The vocabulary of {group!r} has an entry that is not a word with a number: {word!r}."
        )
    return f" {spaced}" if word.strip().endswith("*") else f" {spaced} "


def _tables(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in (GENERAL, PERSONAL):
        yield name, _table(data.get(name, {}), name)
    for name, table in _table(data.get("kind", {}), "kind").items():
        yield name, _table(table, name)


def _table(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UserError(f"The vocabulary file has no table of words under {name!r}.")
    return value


def topics(
    page: Surroundings, vocabulary: Vocabulary, named: Sequence[int] = ()
) -> Iterator[Value]:
    """Sentences that expose something of a person. `named`: where officers are named, ascending."""
    sentences = _sentences(page, vocabulary)
    if not sentences:
        return
    about = _about(page, named)
    heading: _Sentence | None = None
    for number, sentence in enumerate(sentences):
        if sentence.heading:
            heading = sentence
            continue
        beside = [sentences[n] for n in (number - 1, number + 1) if 0 <= n < len(sentences)]
        place = _Place(page, sentence, beside, heading, about, named)
        for kind in vocabulary.kinds & sentence.scores.keys():
            value = place.judged(kind)
            if value is not None:
                yield value


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with its neighbours and the heading that it stands under."""

    page: Surroundings
    sentence: _Sentence
    beside: Sequence[_Sentence]
    heading: _Sentence | None
    about: float
    named: Sequence[int]

    def judged(self, kind: str) -> Value | None:
        above = _UNDER_HEADING * self.heading.scores.get(kind, 0.0) if self.heading else 0.0
        own = self.sentence.scores[kind] + above
        if own < LEAST_SCORE:
            return None
        score = own + self._beside(kind)
        personal = self._sum(PERSONAL)
        personal = min(personal, 2.0) + self.about + (1.0 if self._near() else 0.0)
        general = self._sum(GENERAL)
        if self.heading:
            general += _BESIDE * self.heading.scores.get(GENERAL, 0.0)
        weight = _STEEP * (min(score, _MOST_SCORE) + 0.8 * (personal - 1.5) - general - _CENTRE)
        sure = 1 / (1 + math.exp(-weight))
        if personal < _SOMEBODY:
            sure = min(sure, _NOBODY)
        if sure < _LEAST:
            return None
        reason = _reason(self.sentence.words[kind], personal, general)
        start, end = self.sentence.start, self.sentence.end
        return Value(start, end, kind, round(min(sure, 0.97), 3), reason)

    def _beside(self, group: str) -> float:
        return _BESIDE * sum(other.scores.get(group, 0.0) for other in self.beside)

    def _sum(self, group: str) -> float:
        return self.sentence.scores.get(group, 0.0) + self._beside(group)

    def _near(self) -> bool:
        at = bisect.bisect_left(self.named, self.sentence.start - _NAMED_REACH)
        return at < len(self.named) and self.named[at] < self.sentence.end


def _reason(words: Sequence[str], personal: float, general: float) -> str:
    said = ", ".join(f"“{word}”" for word in dict.fromkeys(words[:4]))
    about = " of a person" if personal >= 1.5 else ""
    text = f"The sentence says {said}{about}." if said else "It stands under such a heading."
    return f"{text} Against it: it may be a notice to everybody." if general >= 1.5 else text


def _about(page: Surroundings, named: Sequence[int]) -> float:
    """How much the whole page is about one person: it says whom it is about, or names somebody."""
    labelled = any(not _in_head(page, match) for match in _LABELLED.finditer(page.lower))
    return (1.6 if labelled else 0.0) + (0.4 if len(named) else 0.0)


def _in_head(page: Surroundings, match: re.Match[str]) -> bool:
    """A message's subject is no person's."""
    line = page.line(match.end() - 1)
    start = page.starts[max(0, line - 3)]
    end = page.bounds(min(len(page.starts) - 1, line + 3))[1]
    return _HEAD.search(page.lower, start, end) is not None


def _sentences(page: Surroundings, vocabulary: Vocabulary) -> list[_Sentence]:
    hits = vocabulary.hits(page.lower)
    sums: dict[str, float] = defaultdict(float)
    for _, _, groups in hits:
        for group, weight in groups:
            sums[group] += weight
    if not any(sums[kind] >= LEAST_SCORE for kind in vocabulary.kinds & sums.keys()):
        return []
    bounds = sorted({0, len(page.text), *_ends(page)})
    sentences = [_sentence(page.text, a, b) for a, b in pairwise(bounds)]
    counted: set[tuple[int, str]] = set()
    for start, word, groups in hits:
        number = bisect.bisect_right(bounds, start) - 1
        if number >= len(sentences) or (number, word) in counted:
            continue
        counted.add((number, word))
        for group, weight in groups:
            sentences[number].scores[group] += weight
            sentences[number].words[group].append(word)
    return sentences


def _ends(page: Surroundings) -> Iterator[int]:
    for match in _END.finditer(page.text):
        if not abbreviated(page.text, match.start()):
            yield match.end()
    for number in range(len(page.starts) - 1):
        # Wrapped prose fills its lines: a short one ends what it says.
        if page.starts[number + 1] - page.starts[number] <= _SHORT_LINE:
            yield page.starts[number + 1]


def _sentence(text: str, start: int, end: int) -> _Sentence:
    stripped = text[start:end].strip()
    first = text.find(stripped, start) if stripped else start
    short = 0 < len(stripped) <= 60 and len(stripped.split()) <= 7
    heading = short and stripped[-1] not in ".!?;," and ":" not in stripped
    return _Sentence(first, first + len(stripped), heading)
