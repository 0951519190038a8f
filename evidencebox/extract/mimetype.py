"""Media types as they stand in headers: `text/html; charset="utf-8"`."""

from __future__ import annotations

import re


def essence(media_type: str) -> str:
    """The type without its parameters, in lower case."""
    return media_type.split(";", 1)[0].strip().lower()


def parameter(media_type: str, name: str) -> str:
    """One parameter's value, '' if it is not there."""
    found = re.search(rf";\s*{re.escape(name)}\s*=\s*(\"[^\"]*\"|[^;\s]*)", media_type, re.I)
    return found.group(1).strip('"') if found else ""
