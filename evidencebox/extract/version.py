"""The number that rises whenever any reader's pages may differ from before."""

from __future__ import annotations

from typing import Final

EXTRACTION_VERSION: Final = 2
