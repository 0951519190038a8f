"""Opening a PDF, with a known password where it asks for one."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import pypdfium2

from evidencebox.extract.keyring import Keyring

LOCKED: Final = (4, 5)
"""Error codes: a password is wanted; a way of locking that is not known."""


def open_pdf(source: BinaryIO, keys: Keyring) -> Any:
    """The document, to be closed. Raises `pypdfium2.PdfiumError`, with a code of `LOCKED` where no
    known password opens it. One that is locked for changes only opens without."""
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if error.err_code not in LOCKED:
            raise
        found = keys.find(lambda password: _with(source, password))
        if found is None:
            raise
        return found


def _with(source: BinaryIO, password: str) -> Any:
    try:
        return pypdfium2.PdfDocument(source, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code not in LOCKED:
            raise
        return None
