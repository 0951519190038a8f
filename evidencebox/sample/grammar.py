"""Text from a small grammar: a template's `[slots]` are filled again and again by seeded choice."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

Rules = Mapping[str, Sequence[str]]

_SLOT = re.compile(r"\[([a-z_]+)(?::(\d+)-(\d+))?\]")


def expand(rng: random.Random, rules: Rules, template: str) -> str:
    """`template` with every slot filled.

    `[word]` takes one of `rules["word"]`, which may hold slots itself; `[n:2-40]` a number.
    """

    def fill(match: re.Match[str]) -> str:
        name, low, high = match.groups()
        if low is not None:
            return str(rng.randint(int(low), int(high)))
        return expand(rng, rules, rng.choice(rules[name]))

    return _SLOT.sub(fill, template)


def sentences(rng: random.Random, rules: Rules, name: str, count: int) -> str:
    """A paragraph of `count` different templates of the rule `name`, in seeded order."""
    chosen = rng.sample(list(rules[name]), min(count, len(rules[name])))
    return " ".join(expand(rng, rules, template) for template in chosen)
