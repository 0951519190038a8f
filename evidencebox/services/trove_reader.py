"""The trove's side of an ingest, in threads of its own: walking it, and hashing its files.

Each result goes as an event to the coordinator, who alone writes. A file stays open between its
hashing and its extraction, so that both see the same bytes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from evidencebox.model.documents import Digests
from evidencebox.services.gather import Digester
from evidencebox.services.scan import open_file, walk
from evidencebox.store.found import Seen, Unread

SCAN_BATCH = 500
_THREADS = 2
_READ = 1 << 20
_HEAD = 1024
_NATIVE = (b"%pdf", b"<html", b"<!doctype")
_HTML = b"text/html"
_EPUB = b"application/epub"
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@dataclass(frozen=True, slots=True)
class Company:
    """Documents that may follow each other in one reader: their name, and how many at most.

    See docs/decisions/0007-sandbox.md for what a document could do to those after it.
    """

    name: str
    share: int


PLAIN = Company("plain", 64)
"""Texts and mail without HTML: read by Python code, which cannot be taken over by what it reads."""
OFFICE = Company("office", 16)
"""Office files: our own readers in Python, with expat and zlib from its standard library."""
NATIVE = Company("native", 8)
"""All else, and what has HTML in it: libraries in C and C++ of many authors read it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was hashed. `handle` stands at its beginning; who takes it closes it.

    `company`: how it may share a reader.
    """

    unread: Unread
    digests: Digests
    handle: BinaryIO
    company: Company


class Listener(Protocol):
    """The coordinator's events; each is called in its own thread."""

    def seen(self, batch: list[Seen]) -> None: ...

    def scan_done(self, unread_folders: list[bytes]) -> None: ...

    def hashed(self, opened: Opened) -> None: ...

    def unreadable(self, unread: Unread, why: str) -> None: ...

    def left(self) -> None:
        """A file was not read to its end for lack of time: the next run begins it anew."""

    def fault(self, error: BaseException) -> None: ...


class TroveReader:
    """Scans once, and hashes what it is given. To be closed."""

    def __init__(
        self,
        root: Path,
        listener: Listener,
        post: Callable[..., None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._root = root
        self._listener = listener
        self._post = post
        self._cancelled = cancelled
        self._stop = threading.Event()
        self._hashers = ThreadPoolExecutor(_THREADS, thread_name_prefix="hash")
        self._scanner = threading.Thread(target=self._scan, name="scan", daemon=True)
        # What has to be closed where a run ends before its time.
        self._handles: set[BinaryIO] = set()

    def scan(self) -> None:
        """Starts the walk."""
        self._scanner.start()

    def hash(self, unread: Unread) -> None:
        """Queues a file: `hashed`, `unreadable` or `left` follows."""
        self._hashers.submit(self._hash, unread).add_done_callback(self._hash_ended)

    def take(self, opened: Opened) -> BinaryIO:
        """The file of `opened`, which is now the caller's to close."""
        self._handles.discard(opened.handle)
        return opened.handle

    def stop(self) -> None:
        """Ends the walk, and waits for it."""
        self._stop.set()
        if self._scanner.ident is not None:
            self._scanner.join()

    def close(self) -> None:
        """Ends everything; nothing is posted any more."""
        self.stop()
        self._hashers.shutdown(wait=True, cancel_futures=True)
        for handle in self._handles:
            handle.close()

    def _ending(self) -> bool:
        return self._cancelled() or self._stop.is_set()

    def _scan(self) -> None:
        batch: list[Seen] = []
        folders: list[bytes] = []
        try:
            for seen in walk(self._root, self._ending):
                batch.append(seen)
                folders += [seen.raw] if seen.kind == "folder" else []
                if len(batch) >= SCAN_BATCH:
                    self._post(self._listener.seen, batch)
                    batch = []
        except BaseException as error:  # raised again in the coordinator's thread
            self._post(self._listener.fault, error)
        self._post(self._listener.seen, batch)
        self._post(self._listener.scan_done, folders)

    def _hash(self, unread: Unread) -> None:
        handle = None
        try:
            handle = os.fdopen(open_file(self._root, unread.raw), "rb", buffering=0)
            self._handles.add(handle)
            digester, head, html = Digester(), b"", False
            while data := handle.read(_READ):
                head = head or data[:_HEAD]
                html = html or _HTML in data.lower()
                digester.update(data)
                if self._ending():
                    self._drop(handle)
                    self._post(self._listener.left)
                    return
            handle.seek(0)
        except OSError as error:
            self._drop(handle)
            self._post(self._listener.unreadable, unread, error.strerror or str(error))
            return
        opened = Opened(unread, digester.result(), handle, company_of(head, html))
        self._post(self._listener.hashed, opened)

    def _drop(self, handle: BinaryIO | None) -> None:
        if handle is not None:
            self._handles.discard(handle)
            handle.close()

    def _hash_ended(self, done: Future[Any]) -> None:
        if not done.cancelled() and (error := done.exception()) is not None:
            self._post(self._listener.fault, error)


def company_of(head: bytes, html: bool = False) -> Company:
    """The company of a file with these first bytes; `html`: that it speaks of a part in HTML."""
    if head.startswith(_OFFICE):
        return NATIVE if _EPUB in head else OFFICE
    lower = head.lower()
    plain = head and b"\0" not in head and not any(sign in lower for sign in _NATIVE)
    return PLAIN if plain and not html else NATIVE
