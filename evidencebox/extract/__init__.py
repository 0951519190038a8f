"""Bytes in; pages, metadata, children and notices out.

Pure: reads only `source`, speaks only to `sink`, writes no file, opens no socket, logs nothing.
`preload` imports every parser and codec, for a process that is about to shut itself in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from evidencebox.extract.version import EXTRACTION_VERSION
from evidencebox.model.documents import Outcome
from evidencebox.model.extraction import Hint, Limits, Sink
from evidencebox.model.passwords import KnownPassword

__all__ = ["EXTRACTION_VERSION", "extract", "preload"]


def extract(
    source: BinaryIO,
    hint: Hint,
    limits: Limits,
    sink: Sink,
    passwords: Callable[[], Sequence[KnownPassword]] = tuple,
) -> Outcome:
    """Reads one document of unknown, hostile content from a seekable binary stream.

    Never recurses: children are emitted for the caller to extract with their own limits. Never
    raises for anything in `source`; what `sink` raises passes through. A document with no text
    and no children is `empty`; a file over 1 kB with no text has the notice `no_text`.

    `passwords` is called at most once, and only where the document turns out to be encrypted. The
    id of one that opened it is metadata `opened_with`.
    """
    from evidencebox.extract.dispatch import run

    return run(source, hint, limits, sink, passwords)


def preload() -> None:
    """Imports all readers and their libraries now, since `extract` does so only when called."""
    import encodings
    import importlib
    import pkgutil
    from contextlib import suppress

    importlib.import_module("evidencebox.extract.dispatch")
    importlib.import_module("evidencebox.extract.render")
    # codecs are modules too, found on the disk at their first use
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # mbcs and oem exist on Windows alone
            importlib.import_module(f"encodings.{module.name}")
