"""Synthetic texts and queries for measuring: long-tailed lengths, natural word frequencies.

The same for the same arguments, and nobody's words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry

VOCABULARY = 2_000_000
KINDS = ("single", "AND of two", "OR of five", "phrase of rare words", "prefix", "facet filter")
FACETS = ("type", "custodian", "language", "folder")

_TYPES = ("mail", "pdf", "word", "sheet", "image", "text")
_LANGUAGES = ("en", "es", "fr", "vi", "zh")
_MEDIAN, _SIGMA, _LONGEST = 125, 1.4, 150_000
_SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "ki", "lo", "me", "nu", "pa", "ri", "so", "tu")
_SENTENCE, _PAGE = 12, 500
_AT_ONCE = 2_000
_PHRASES = 400


@dataclass(frozen=True, slots=True)
class Text:
    """A document to be indexed; `facets` in the order of FACETS."""

    number: int
    subject: str
    name: str
    pages: tuple[str, ...]
    facets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query in parts, so that each engine writes it in its own language."""

    kind: str
    words: tuple[str, ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts in a file, a JSON array a line; `bytes` counts the UTF-8 of what is indexed."""

    file: Path
    documents: int
    bytes: int


def word(number: int) -> str:
    """The word of a rank, from 0; frequent words are short."""
    made, number = "", number + 1
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        made += _SYLLABLES[syllable]
    return made


def write(file: Path, documents: int, seed: int = 1) -> Corpus:
    """Writes a corpus. Lengths are log-normal: mean 330 words, the longest tens of thousands."""
    rng = np.random.default_rng(seed)
    names = np.array([word(number) for number in range(VOCABULARY)], dtype=object)
    # Zipf's law as Mandelbrot corrected it.
    shares = np.cumsum(1 / (np.arange(VOCABULARY) + 2.7) ** 1.07)
    shares /= shares[-1]
    size = 0
    with file.open("w", encoding="utf-8") as out:
        for start in range(0, documents, _AT_ONCE):
            count = min(_AT_ONCE, documents - start)
            lengths = np.exp(rng.normal(np.log(_MEDIAN), _SIGMA, count)).astype(np.int64)
            lengths = np.clip(lengths, 1, _LONGEST)
            ranks = np.searchsorted(shares, rng.random(int(lengths.sum()) + 8 * count))
            words = names[np.minimum(ranks, VOCABULARY - 1)].tolist()
            at = 0
            for offset, length in enumerate(lengths.tolist()):
                row = _row(rng, words[at : at + length + 8])
                at += length + 8
                size += sum(map(len, row[0])) + len(row[1]) + len(row[2])
                out.write(json.dumps([start + offset, *row]) + "\n")
    return Corpus(file, documents, size)


def _row(rng: np.random.Generator, words: list[str]) -> tuple[list[str], str, str, list[str]]:
    subject, name, body = words[:6], words[6:8], words[8:]
    sentences = [
        " ".join(body[at : at + _SENTENCE]).capitalize() + "."
        for at in range(0, len(body), _SENTENCE)
    ]
    step = _PAGE // _SENTENCE
    pages = [" ".join(sentences[at : at + step]) for at in range(0, len(sentences), step)]
    draw = rng.random(4) ** 2
    facets = [
        _TYPES[int(draw[0] * len(_TYPES))],
        f"c{int(draw[1] * 12)}",
        _LANGUAGES[int(draw[2] * len(_LANGUAGES))],
        f"f{int(draw[3] * 200)}",
    ]
    return pages, " ".join(subject), " ".join(name), facets


def read(corpus: Corpus) -> Iterator[Text]:
    """The texts in order."""
    with corpus.file.open(encoding="utf-8") as lines:
        for line in lines:
            number, pages, subject, name, facets = json.loads(line)
            yield Text(number, subject, name, tuple(pages), tuple(facets))


def entry(text: Text) -> IndexEntry:
    """The text as our index takes it."""
    return IndexEntry(
        DocumentId(hashlib.sha256(b"%d" % text.number).hexdigest()),
        tuple(Page(number, page) for number, page in enumerate(text.pages, 1)),
        {"subject": text.subject, "name": text.name},
        {name: (value,) for name, value in zip(FACETS, text.facets, strict=True)},
        text.number,
        sum(map(len, text.pages)),
    )


Words = Callable[[int], str]
"""The word of a rank, the most frequent at 0."""


def among(ranked: Sequence[str]) -> Words:
    """The words of real texts; ranks beyond the last are the last."""
    return lambda number: ranked[min(number, len(ranked) - 1)]


def queries(corpus: Corpus, count: int, seed: int = 2, words_of: Words = word) -> list[Query]:
    """Mixed queries, kind after kind in turn; words of every frequency, evenly by its logarithm."""
    rng = np.random.default_rng(seed)
    phrases = _rare_phrases(corpus, words_of)
    made = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        if kind == "phrase of rare words":
            words: tuple[str, ...] = phrases[number % len(phrases)]
        elif kind == "prefix":
            words = (words_of(_rank(rng, 2_000, 38_000))[: 6 if number % 12 < 6 else 8],)
        else:
            highest = 100_000 if kind == "single" else 10_000
            amount = {"AND of two": 2, "OR of five": 5}.get(kind, 1)
            words = tuple(words_of(_rank(rng, 1, highest)) for _ in range(amount))
        kept = _TYPES[number % len(_TYPES)] if kind == "facet filter" else ""
        made.append(Query(kind, words, kept))
    return made


def common_phrases(count: int, words_of: Words = word) -> list[Query]:
    """Phrases of two words among the most frequent thirty."""
    pairs = [(at, at + step) for step in (1, 7, 13) for at in range(0, 30 - step, 3)]
    return [
        Query("phrase of common words", (words_of(left), words_of(right)))
        for left, right in pairs[:count]
    ]


def common_words(count: int, words_of: Words = word) -> list[Query]:
    """The most frequent words, each alone."""
    return [Query("common word", (words_of(number),)) for number in range(count)]


def _rank(rng: np.random.Generator, low: int, high: int) -> int:
    return int(np.exp(rng.uniform(np.log(low), np.log(high))))


def _rare_phrases(corpus: Corpus, words_of: Words) -> list[tuple[str, ...]]:
    frequent = {words_of(number) for number in range(2_000)}
    found: list[tuple[str, ...]] = []
    step = max(1, corpus.documents // _PHRASES)
    for text in read(corpus):
        if text.number % step == 0 and text.pages:
            words = text.pages[0].lower().replace(".", "").split()
            pairs = pairwise(words)
            rare = (
                pair for pair in pairs
                if not frequent & set(pair) and all(w.isascii() and w.isalpha() for w in pair)
            )  # fmt: skip
            found.extend([pair] if (pair := next(rare, None)) else [])
    return found
