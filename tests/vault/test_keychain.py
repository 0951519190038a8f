"""The system's key store: a real one, and all the ways in which one can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.vault import header, keychain
from evidencebox.vault.header import Unlocked
from evidencebox.vault.keychain import Keychain, Store

ONE = Unlocked(b"K" * 32, b"1" * 32)
TWO = Unlocked(b"K" * 32, b"2" * 32)


class Memory:
    """A back end that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Forgetful(Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Failing(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("the bus is gone")

    set_password = delete_password = get_password  # type: ignore[assignment]


class Hanging(Memory):
    released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(20)
        return None

    set_password = get_password  # type: ignore[assignment]


def chain(store: Store | None) -> Keychain:
    return Keychain(lambda: store, patience_seconds=0.2)


def missing() -> Store | None:
    raise RuntimeError("no back end")


def test_what_is_kept_opens_the_case_for_its_owner() -> None:
    store = Memory()
    head = header.add_passphrase(header.new_header(), ONE, "first words here")
    head = header.add_keychain(head, TWO, chain(store))
    assert header.unlock_by_keychain(head, chain(store)) == TWO
    assert header.unlock(head, "first words here") == ONE
    assert [key[0] for key in store.kept] == ["EvidenceBox"]
    assert ONE.case_key.hex() not in str(store.kept)
    assert TWO.seed.hex() not in str(store.kept)


@pytest.mark.parametrize("bad", ["", "zz", "00" * 31, "00" * 32, "é"])
def test_what_does_not_open_is_as_if_nothing_were_kept(bad: str) -> None:
    store = Memory()
    head = header.add_keychain(header.new_header(), ONE, chain(store))
    for entry in store.kept:
        store.kept[entry] = bad
    before = dict(store.kept)
    assert header.unlock_by_keychain(head, chain(store)) is None
    assert store.kept == before, "nothing is overwritten"


@pytest.mark.parametrize("broken", [None, Failing(), Hanging()])
def test_a_store_that_fails_or_hangs_gives_nothing_and_makes_nothing(broken: Store | None) -> None:
    store = Memory()
    head = header.add_keychain(header.new_header(), ONE, chain(store))
    assert header.unlock_by_keychain(head, chain(broken)) is None
    with pytest.raises(UserError, match="passphrase alone"):
        header.add_keychain(head, TWO, chain(broken))
    assert header.unlock_by_keychain(head, Keychain(missing)) is None
    assert header.unlock_by_keychain(head, chain(store)) == ONE
    Hanging.released.set()


def test_a_store_that_keeps_nothing_is_noticed_at_once() -> None:
    with pytest.raises(UserError, match="did not keep"):
        header.add_keychain(header.new_header(), ONE, chain(Forgetful()))


def test_a_key_store_is_never_the_only_way_in() -> None:
    store = Memory()
    head = header.add_passphrase(header.new_header(), ONE, "first words here")
    head = header.add_keychain(head, ONE, chain(store))
    (passphrase,) = head.of_kind("passphrase")
    with pytest.raises(UserError, match="last passphrase"):
        header.remove(head, {passphrase.id})
    (kept,) = head.of_kind("keychain")
    assert header.remove(head, {kept.id}, chain(store)).of_kind("keychain") == []
    assert store.kept == {}


def test_only_named_back_ends_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {module for module, _ in keychain._ACCEPTED}
    assert not [m for m in named if m.rpartition(".")[2] in ("null", "fail", "chainer")]
    monkeypatch.setattr(keychain, "_ACCEPTED", (("keyring.backends.nowhere", "Keyring"),))
    assert keychain.system_store() is None


REAL = """
import sys
from pathlib import Path
from evidencebox.vault import header, keychain, keys
keys.FLOOR, keys.TARGET_SECONDS = keys.KdfCost(64, 1, 4), 0.0
store = keychain.system_store()
print(type(store).__module__)
one = header.Unlocked(b"K" * 32, b"1" * 32)
head = header.add_passphrase(header.new_header(), one, "first words here")
head = header.add_keychain(head, one, keychain.Keychain())
folder = Path(sys.argv[1])
header.save(folder, head)
head = header.load(folder)
assert header.unlock_by_keychain(head, keychain.Keychain()) == one
(slot,) = head.of_kind("keychain")
print("opened")
header.remove(head, {slot.id}, keychain.Keychain())
assert header.unlock_by_keychain(head, keychain.Keychain()) is None
print("forgotten")
"""


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus-run-session (apt install gnome-keyring dbus)",
)
def test_a_real_secret_service_on_a_bus_of_its_own(tmp_path: Path) -> None:
    daemon = "printf words | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
    shell = daemon + 'exec "$0" -c "$1" "$2"'
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell, sys.executable, REAL, str(tmp_path)],
        env={**home, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split() == ["keyring.backends.SecretService", "opened", "forgotten"]


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def slow() -> Store | None:
        asked.append("find")
        threading.Event().wait(20)
        return None

    find: Callable[[], Store | None] = slow
    assert Keychain(find, patience_seconds=0.05).get("x") is None
    assert asked == ["find"]
