"""A message's text in up to three forms, of which one is shown and the others if they add to it."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = re.compile(r"\w+")


def adds(twin: str, shown: str) -> bool:
    """Whether another form of a text says more than a tenth more words than the one shown."""
    if not shown.strip():
        return bool(twin.strip())
    words = {word.casefold() for word in _WORDS.findall(twin)}
    missing = words - {word.casefold() for word in _WORDS.findall(shown)}
    return len(missing) > max(5, len(words) // 10)


def without_conditions(html: str) -> str:
    """HTML less what only Word reads (`<!--[if gte mso 9]>…<![endif]-->`): the same settings in
    every message, which would pass for words of its own."""
    kept, at = [], 0
    while (start := html.find("<!--[if ", at)) >= 0:
        end = html.find("<![endif]-->", start)
        if end < 0:
            break
        kept.append(html[at:start])
        at = end + len("<![endif]-->")
    return "".join([*kept, html[at:]])
