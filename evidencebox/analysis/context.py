"""What stands around a surname: rank, given names and titles before it, more of them after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidencebox.analysis.title_lists import (
    CIVIL_TITLES,
    NOT_GIVEN,
    PLACES_AFTER,
    PLACES_BEFORE,
    RANK_PREFIXES,
    RANKS,
    SUFFIXES,
)

_BEFORE = 56
_AFTER = 64
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|\n|\t|[^\w\s]|_")
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word near a surname, folded. `capital`: its first letter is one in the text."""

    text: str
    start: int
    end: int
    capital: bool


@dataclass(slots=True)
class Left:
    """`names` from the nearest outwards; `before` the word before all that; `opens`: a sentence."""

    names: list[Word]
    ranks: list[Word]
    title: str = ""
    before: str = ""
    opens: bool = False
    mark: str = ""
    broken: bool = False
    """A line ends between these names and the surname."""


@dataclass(slots=True)
class Right:
    """`mark` is the sign between surname and `names` (comma, tab, space), `end` where they end."""

    names: list[Word]
    suffix: str = ""
    mark: str = ""
    place: str = ""
    word: str = ""
    number: bool = False
    end: int = 0


def left_of(text: str, folded: str, start: int) -> Left:
    """Reads backwards from a surname's start."""
    begin = max(0, start - _BEFORE)
    tokens = list(_TOKEN.finditer(folded, begin, start))
    # A word that the window cuts says nothing.
    if tokens and begin and folded[begin - 1].isalnum() and tokens[0].start() == begin:
        del tokens[0]
    left = Left([], [])
    lines = 0
    for at in range(len(tokens) - 1, -1, -1):
        match = tokens[at]
        token = match[0]
        if token == "\n":
            lines += 1
            if lines > 1:
                break
            left.broken = not left.names
        elif token[0].isalpha():
            word = Word(token, match.start(), match.end(), text[match.start()].isupper())
            if not _take(left, word, folded[match.end() : match.end() + 1] == "."):
                left.before = token
                break
        elif not _passes(left, tokens, at, token):
            left.mark = token
            break
    else:
        at = -1
    nearest = tokens[-1][0] if tokens else "\n"
    left.opens = nearest in ("\n", ".", "!", "?", ":", "•", "*", ">", "\t") or start == 0
    return left


def _take(left: Left, word: Word, dotted: bool) -> bool:
    """Whether a word before the surname still belongs to the name."""
    if left.title:
        return False
    if word.text in RANKS and (len(word.text) > 2 or word.capital):
        left.ranks.append(word)
        return True
    if left.ranks:
        if word.text in RANK_PREFIXES:
            left.ranks.append(word)
            return True
        return False
    if word.text in CIVIL_TITLES and word.capital:
        left.title = word.text
        return True
    named = word.capital and (word.text not in NOT_GIVEN or (dotted and len(word.text) == 1))
    if len(left.names) < _MOST_NAMES and (named or (not left.names and len(word.text) > 2)):
        if not word.capital and word.text in NOT_GIVEN:
            return False
        left.names.append(word)
        return word.capital
    return False


def _passes(left: Left, tokens: list[re.Match[str]], at: int, token: str) -> bool:
    """Whether a sign may stand inside a name: `J.`, `Sgt.`, `"Bob"`, `(Bob)`, a cell's end."""
    if token == ".":
        before = tokens[at - 1][0] if at else ""
        return len(before) == 1 or before in RANKS or before in CIVIL_TITLES
    if token in "\"()'":
        return bool(left.names) or token in "\")'"
    return token == "\t" and not left.names and not left.ranks


def right_of(text: str, folded: str, end: int) -> Right:
    """Reads on from a surname's end."""
    right = Right([], end=end)
    tokens = list(_TOKEN.finditer(folded, end, min(len(folded), end + _AFTER)))
    at = _suffix(right, tokens)
    if at < len(tokens) and tokens[at][0] in (",", "\t", ";"):
        right.mark = tokens[at][0]
        at += 1
        if at < len(tokens) and tokens[at][0] == "\n":
            at += 1
    elif at < len(tokens) and folded[end : end + 1] == " ":
        right.mark = " "
        _place(right, text, tokens[at])
    for match in tokens[at : at + 5]:
        token = match[0]
        if token[0].isalpha() and len(right.names) < 3:
            word = Word(token, match.start(), match.end(), text[match.start()].isupper())
            if not word.capital and len(right.names) > 0:
                break
            right.names.append(word)
            if not word.capital:
                break
        elif token != "." or not right.names or len(right.names[-1].text) > 1:
            right.number = token.isdigit() and not right.names
            break
    return right


def _suffix(right: Right, tokens: list[re.Match[str]]) -> int:
    """Takes `, Jr.` into `right`. Returns where to read on."""
    at = 1 if tokens and tokens[0][0] == "," else 0
    if at < len(tokens) and tokens[at][0] in SUFFIXES:
        right.suffix = SUFFIXES[tokens[at][0]]
        right.end = tokens[at].end()
        at += 1
        return at + 1 if at < len(tokens) and tokens[at][0] == "." else at
    return 0


def _place(right: Right, text: str, match: re.Match[str]) -> None:
    word = match[0]
    right.word = word
    if word in PLACES_AFTER and text[match.start()].isupper():
        right.place = word


def place_before(left: Left) -> str:
    """`Lake Hamilton`, `Port Sheridan`, `city of Hamilton`."""
    if left.names and left.names[0].text in PLACES_BEFORE and left.names[0].capital:
        return left.names[0].text
    return ""
