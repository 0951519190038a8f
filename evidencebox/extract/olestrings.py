"""Readable runs in binary streams: eight-bit and UTF-16, Latin, Greek and Cyrillic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_RUN: Final = re.compile(
    rb"(?:[\x20-\x7e\xa0-\xff\t]\0|[\x00-\xff][\x03\x04]){5,4096}|[\x20-\x7e\xa0-\xff\t]{6,4096}"
)
_WORD: Final = re.compile(r"[^\W\d_]{3}")
_ASCII: Final = re.compile(r"[\x20-\x7e\t]")


def runs(data: bytes) -> Iterator[str]:
    """Each run that holds a word and is not mostly odd letters, as noise is."""
    for match in _RUN.finditer(data):
        run = match.group()
        wide = run[1] < 5
        text = run.decode("utf-16-le" if wide else "cp1252", "replace")
        plain = len(_ASCII.findall(text))
        if _WORD.search(text) and (plain * 4 >= len(text) * 3 or (wide and len(text) > 8)):
            yield text.strip()
