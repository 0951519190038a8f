"""The system's key store, through keyring: named back ends only, and never a hang.

keyring picks by itself whatever is there: a file in the clear, nothing, a chain of several. So one
is picked here, by name. Whatever goes wrong on reading (absent, locked, an error, more than five
seconds) means "nothing found", and the passphrase is asked for; no key is ever made then.
"""

from __future__ import annotations

import importlib
import queue
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from evidencebox.errors import UserError

T = TypeVar("T")
SERVICE = "EvidenceBox"
PATIENCE_SECONDS = 5.0
_ACCEPTED = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.libsecret", "Keyring"),
)


class Store(Protocol):
    """What is used of a keyring back end."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class Unavailable(Exception):
    """The key store is absent, failed or did not answer in time."""


class Keychain:
    """The key store of this user on this machine. Nothing is asked of it before it is used.

    `find` gives the back end or None.
    """

    def __init__(
        self,
        find: Callable[[], Store | None] | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._find = find or system_store
        self._patience = patience_seconds

    def get(self, entry: str) -> bytes | None:
        """The 32 bytes kept under `entry`; None where there are none to be had, for any reason."""
        try:
            text = self._ask(lambda store: store.get_password(SERVICE, entry))
            kept = bytes.fromhex(text or "")
        except (Unavailable, ValueError, TypeError):
            return None
        return kept if len(kept) == 32 else None

    def put(self, entry: str, secret: bytes) -> None:
        """Keeps a secret and reads it back. Raises UserError where that does not work."""
        try:
            self._ask(lambda store: store.set_password(SERVICE, entry, secret.hex()))
        except Unavailable:
            raise UserError(
                "This system has no key store that EvidenceBox can use, or it is locked; "
                "unlock it, or go on with the passphrase alone."
            ) from None
        if self.get(entry) != secret:
            raise UserError(
                "The system's key store did not keep what it was given; "
                "go on with the passphrase alone."
            )

    def forget(self, entry: str) -> bool:
        """Removes an entry; whether it could. Without its slot it opens nothing anyway."""
        try:
            self._ask(lambda store: store.delete_password(SERVICE, entry))
        except Unavailable:
            return False
        return True

    def _ask(self, call: Callable[[Store], T]) -> T:
        """In a thread that is left behind where it hangs. Raises Unavailable."""
        answers: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                store = self._find()
                answers.put(Unavailable() if store is None else call(store))
            except Exception as error:  # back ends raise what their libraries raise
                answers.put(error)

        threading.Thread(target=work, name="keychain", daemon=True).start()
        try:
            answer = answers.get(timeout=self._patience)
        except queue.Empty:
            raise Unavailable from None
        if isinstance(answer, Exception):
            # Not chained: what a back end says may hold what it was given.
            raise Unavailable from None
        return answer


def system_store() -> Store | None:
    """The accepted back end with the highest priority that works here, or None."""
    # Said in full too, so that a frozen application has it.
    import keyring.backends  # noqa: F401

    best: tuple[float, Store] | None = None
    for module, name in _ACCEPTED:
        try:
            kind = getattr(importlib.import_module(module), name)
            priority = float(kind.priority)
            store: Store = kind()
        except Exception:  # "not on this system", said in as many ways as there are back ends
            continue
        if best is None or priority > best[0]:
            best = (priority, store)
    return best[1] if best else None
