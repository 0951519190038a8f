"""A proposed harm level for one officer and what is exposed of him, with its terms. Pure.

ENISA-derived, see `resources/schemes/harm.toml`: the level is the adjusted DPC, 1 to 4; inside a
level the second axis ranks.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evidencebox.errors import UserError

AXES = ("safety", "intimacy", "permanence", "family")
_MOST, _MOST_AXIS = 4, 3
_CLASSES = ("simple", "behavioural", "financial", "sensitive")


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a score: by how much, and why."""

    by: int
    why: str


@dataclass(frozen=True, slots=True)
class Weight:
    """What a kind of element counts: its class's base score, adjustments, the second axis."""

    category: str
    nature: str
    base: int
    adjust: tuple[Term, ...]
    axis: tuple[int, ...]

    @property
    def score(self) -> int:
        """The base with its adjustments, 1 to 4."""
        return _within(self.base + sum(term.by for term in self.adjust))


@dataclass(frozen=True, slots=True)
class Together:
    """Kinds that are worse beside each other: all of `of`, and one of `beside` if there are any."""

    of: frozenset[str]
    beside: frozenset[str]
    term: Term


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five levels as it is shown."""

    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """Categories, weights, levels and colours. `digest` names it in acts."""

    digest: str
    levels: tuple[Level, ...]
    categories: Mapping[str, str]
    kinds: Mapping[str, Weight]
    together: tuple[Together, ...]
    volume_from: int
    volume: Term
    ei: int
    cb: int

    @staticmethod
    def of(text: str) -> Scheme:
        """From a scheme file. Raises UserError that says what is wrong with it."""
        return _scheme(text)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine proposes; the reviewer decides.

    `terms` add up to the DPC before it is held within 1 to 4; `axis` is 0 to 3 each. `rationale`
    says all of it in words.
    """

    level: int
    dpc: int
    se: int
    terms: tuple[Term, ...]
    axis: Mapping[str, int]
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    rationale: str
    scheme: str

    @property
    def rank(self) -> tuple[int, ...]:
        """The higher, the sooner to be looked at: level, axis in sum and one by one, kinds."""
        return (self.level, sum(self.axis.values()), *self.axis.values(), len(self.kinds))


def propose(scheme: Scheme, kinds: Collection[str]) -> Proposal:
    """The level for one officer of whom these kinds are exposed in one place; 0 for none."""
    known = tuple(sorted(set(kinds) & scheme.kinds.keys()))
    if not known:
        axis = dict.fromkeys(AXES, 0)
        words = "Nothing of his that the scheme knows was found."
        return Proposal(0, 0, 0, (), axis, (), (), words, scheme.digest)
    weights = [scheme.kinds[kind] for kind in known]
    worst = max(known, key=lambda kind: (scheme.kinds[kind].score, kind))
    terms = _terms(scheme, known, worst)
    dpc = _within(sum(term.by for term in terms))
    axis = {name: max(w.axis[n] for w in weights) for n, name in enumerate(AXES)}
    categories = tuple(dict.fromkeys(w.category for w in sorted(weights, key=lambda w: -w.score)))
    se = dpc * scheme.ei + scheme.cb
    rationale = _rationale(scheme, dpc, se, terms, axis)
    return Proposal(dpc, dpc, se, terms, axis, known, categories, rationale, scheme.digest)


def _terms(scheme: Scheme, kinds: Collection[str], worst: str) -> tuple[Term, ...]:
    weight = scheme.kinds[worst]
    terms = [Term(weight.base, f"{_spoken(worst)}: {weight.nature} data"), *weight.adjust]
    for each in scheme.together:
        if each.of <= set(kinds) and (not each.beside or each.beside & set(kinds)):
            terms.append(each.term)
    if len(kinds) >= scheme.volume_from:
        terms.append(scheme.volume)
    return tuple(terms)


def _rationale(
    scheme: Scheme, dpc: int, se: int, terms: Collection[Term], axis: Mapping[str, int]
) -> str:
    parts = [f"{'+' if t.by > 0 and n else ''}{t.by} ({t.why})" for n, t in enumerate(terms)]
    total = sum(term.by for term in terms)
    held = f", held at {dpc}" if total != dpc else ""
    second = ", ".join(f"{name} {value}" for name, value in axis.items() if value)
    return (
        f"DPC {' '.join(parts)} = {total}{held}: {scheme.levels[dpc].word}. "
        f"SE = {dpc} × {scheme.ei} + {scheme.cb} = {se}."
        + (f" Second axis: {second}." if second else "")
    )


def _spoken(kind: str) -> str:
    return kind.replace("_", " ")


def _within(score: int) -> int:
    return min(max(score, 1), _MOST)


# --- reading a file -----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _scheme(text: str) -> Scheme:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"The harm scheme is not TOML: {error}.") from None
    try:
        return _read(data, hashlib.sha256(text.encode()).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(
            f"The harm scheme has something missing or out of place: {error}."
        ) from None


def _read(data: Mapping[str, Any], digest: str) -> Scheme:
    levels = tuple(Level(str(each["word"]), str(each["colour"])) for each in data["level"])
    if len(levels) != _MOST + 1:
        raise ValueError("five levels are needed, None to Very high")
    classes = {name: int(data["class"][name]) for name in _CLASSES}
    categories = {str(name): str(label) for name, label in data["category"].items()}
    kinds = {kind: _weight(kind, row, classes) for kind, row in data["kind"].items()}
    unknown = sorted({weight.category for weight in kinds.values()} - set(categories))
    if unknown:
        raise ValueError(f"no such category: {', '.join(unknown)}")
    volume = data["volume"]
    return Scheme(
        digest,
        levels,
        categories,
        kinds,
        tuple(_together(row) for row in data.get("together", ())),
        int(volume["kinds"]),
        _term(volume),
        int(data["ei"]),
        int(data["cb"]),
    )


def _weight(kind: str, row: Mapping[str, Any], classes: Mapping[str, int]) -> Weight:
    axis = tuple(int(row.get(name, 0)) for name in AXES)
    if not all(0 <= value <= _MOST_AXIS for value in axis):
        raise ValueError(f"{kind}: {', '.join(AXES)} go from 0 to {_MOST_AXIS}")
    nature = str(row["class"])
    adjust = tuple(_term(each) for each in row.get("adjust", ()))
    return Weight(str(row["category"]), nature, classes[nature], adjust, axis)


def _together(row: Mapping[str, Any]) -> Together:
    return Together(frozenset(row["of"]), frozenset(row.get("with", ())), _term(row))


def _term(row: Mapping[str, Any]) -> Term:
    if not str(row["why"]).strip():
        raise ValueError("every adjustment says why")
    return Term(int(row["by"]), str(row["why"]))
