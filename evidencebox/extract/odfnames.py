"""OpenDocument's names, with the prefixes everybody writes, in all its versions."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_PREFIXES: Final = {
    "drawing": "draw", "datastyle": "number", "svg-compatible": "svg", "1.1": "dc",
    "MathML": "math", "xsl-fo-compatible": "fo", "Format": "fo",
}  # fmt: skip


@lru_cache(maxsize=4_096)
def prefixed(name: str) -> str:
    """`urn:oasis:names:tc:opendocument:xmlns:text:1.0}p` is `text:p`, in StarOffice's too."""
    space, _, local = name.rpartition("}")
    if space.startswith("urn:"):
        parts = space.split(":")
        word = parts[-2] if len(parts) > 1 else space
    else:
        word = space.rstrip("/").rsplit("/", 1)[-1]
    return f"{_PREFIXES.get(word, word)}:{local}"
