"""Surnames misread or mistyped: one edit away, or alike to the eye, and no other known name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from evidencebox.analysis.folding import fold

SHORTEST = 6
"""Letters of a name that may be misread: below, one edit makes too many other names."""

_KEPT = 200_000
_LOOKS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("0", "o"), ("5", "s"), ("8", "b"))
_STROKES = str.maketrans("1i|!", "llll")


def look(word: str) -> str:
    """What a word looks like to a poor eye: `drurnmond` and `drummond` are one."""
    for seen, meant in _LOOKS:
        word = word.replace(seen, meant)
    return word.translate(_STROKES)


class Slips:
    """Looks up which long surnames a word may be a slip of."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name for name in names if len(name) >= SHORTEST}
        self._looks: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            self._looks[look(name)].append(name)
            for key in _deletions(name):
                self._near[key].append(name)
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}
        self._none: set[str] = set()

    def among(self, words: set[str]) -> set[str]:
        """Those words that may be slips."""
        found = {word for word in words - self._none if self.of(word)}
        if len(self._none) > _KEPT:
            self._none.clear()
        self._none |= words - found
        return found

    def of(self, word: str) -> tuple[tuple[str, str], ...]:
        """(surname, `look` or `edit`) for a word that is no name of the roster itself."""
        found = self._known.get(word)
        if found is None:
            found = tuple(self._find(fold(word)))
            if found:
                self._known[word] = found
        return found

    def _find(self, word: str) -> Iterator[tuple[str, str]]:
        if word in self._names or len(word) < SHORTEST - 1:
            return
        alike = [name for name in self._looks.get(look(word), ()) if name[0] == look(word)[0]]
        yield from ((name, "look") for name in alike)
        near = {name for key in _deletions(word) for name in self._near.get(key, ())}
        for name in sorted(near.difference(alike)):
            # Hardly anybody mistypes the first letter; who seems to is called otherwise.
            if word[0] == name[0] and OSA.distance(word, name, score_cutoff=1) <= 1:
                yield name, "edit"


def _deletions(word: str) -> set[str]:
    """The word itself and with each letter left out: words one edit apart share one of these."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}
