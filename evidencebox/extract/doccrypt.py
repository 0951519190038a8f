"""Word documents of 97 to 2003 behind a password: three streams, each enciphered in blocks."""

from __future__ import annotations

import struct
from typing import Final

from evidencebox.extract import docfib
from evidencebox.extract.docfib import Fib
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import protected
from evidencebox.extract.ole import Container
from evidencebox.extract.xlscrypt import deciphered, key_of
from evidencebox.model.documents import Status

_BLOCK: Final = 512
_OPEN: Final = 68
"""Bytes at the start of the document's stream that are never enciphered."""
_SCRAMBLED: Final = 0x8000
_HEAD_LONGEST: Final = 4_096


def unlock(job: Job, holder: Container, fib: Fib) -> Fib:
    """The head in plain text; `holder` gives the other streams so from here on. Raises Stop."""
    if not fib.wide or fib.flags & _SCRAMBLED:
        reason = "The Word document is locked in a way of Word 95, which is not read."
        raise Stop(Status.ENCRYPTED, reason)
    table = holder.stream(fib.table)
    size = min(struct.unpack_from("<I", fib.data, 14)[0], _HEAD_LONGEST)
    key = job.keys.find(lambda password: key_of(table[:size], password))
    if key is None:
        raise Stop(Status.ENCRYPTED, protected("The Word document", job.keys))
    for name in (fib.table, "Data"):
        if holder.has(name):
            holder.put(deciphered(holder.stream(name), key, _BLOCK, job.beat), name)
    plain = fib.data[:_OPEN] + deciphered(fib.data, key, _BLOCK, job.beat)[_OPEN:]
    holder.put(plain, "WordDocument")
    found = docfib.head(plain)
    if found is None:
        raise Stop(Status.FAILED, "The Word document's head is damaged.")
    return found
