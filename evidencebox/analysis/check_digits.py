"""python-stdnum's checks, without what it would ask the web with.

Its `util` imports `ssl` at the top, for services of tax offices that we never ask. A bundle holds
no `ssl` on purpose, so that nothing in it can open a secured connection; from source, an empty
stand-in keeps that so, and saves loading OpenSSL.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def _without_ssl() -> Iterator[None]:
    """While it lasts, `import ssl` finds an empty module, unless the real one is loaded."""
    if "ssl" in sys.modules:
        yield
        return
    sys.modules["ssl"] = ModuleType("ssl")
    try:
        yield
    finally:
        del sys.modules["ssl"]


with _without_ssl():
    from stdnum import iban, luhn
    from stdnum.exceptions import ValidationError
    from stdnum.us import ein, itin, rtn, ssn

__all__ = ["ValidationError", "ein", "iban", "itin", "luhn", "rtn", "ssn"]
