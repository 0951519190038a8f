"""Which Debian package for which missing library, and what is said where we may not install."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import dev_system
import pytest
from dev_common import DevError
from dev_system import NEEDED, advice, ensure_libraries, missing_libraries, packages_for


def test_packages_are_named_once_and_sorted() -> None:
    sonames = ["libgthread-2.0.so.0", "libglib-2.0.so.0", "libEGL.so.1"]
    assert packages_for(sonames, lambda name: True) == ["libegl1", "libglib2.0-0t64"]


def test_the_name_that_apt_knows_is_taken() -> None:
    older = {"libglib2.0-0"}
    assert packages_for(["libglib-2.0.so.0"], older.__contains__) == ["libglib2.0-0"]
    assert packages_for(["libglib-2.0.so.0"], lambda name: False) == ["libglib2.0-0"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux's loader")
def test_the_loader_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_system, "NEEDED", {"libc.so.6": ("libc6",), "libnone.so.0": ("none",)})
    assert missing_libraries(Path(sys.executable)) == ["libnone.so.0"]


def test_advice_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/" + name)
    assert advice(["libEGL.so.1"], ["libegl1"]).endswith("sudo apt-get install libegl1")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    sentence = advice(["libEGL.so.1"], ["libegl1"])
    assert "libEGL.so.1" in sentence
    assert "apt-get" not in sentence


class Machine:
    """A pretended machine: what its loader misses, and what apt is told to install."""

    def __init__(self, missing: list[str], *, root: bool, apt_helps: bool = True) -> None:
        self.missing = missing
        self.root = root
        self.apt_helps = apt_helps
        self.installed: list[str] = []

    def install(self, packages: list[str], why: str) -> None:
        self.installed += packages
        if self.apt_helps:
            self.missing = []

    def pretend(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dev_system, "missing_libraries", lambda python: list(self.missing))
        monkeypatch.setattr(dev_system, "can_apt", lambda: self.root)
        monkeypatch.setattr(dev_system, "apt_update", lambda: None)
        monkeypatch.setattr(dev_system, "apt_knows", lambda name: "t64" not in name)
        monkeypatch.setattr(dev_system, "apt_install", self.install)


def test_nothing_is_done_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine([], root=True)
    machine.pretend(monkeypatch)
    ensure_libraries(Path(sys.executable))
    assert machine.installed == []


def test_root_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(["libglib-2.0.so.0", "libxcb-cursor.so.0"], root=True)
    machine.pretend(monkeypatch)
    ensure_libraries(Path(sys.executable))
    assert machine.installed == ["libglib2.0-0", "libxcb-cursor0"]


@pytest.mark.parametrize("root", [True, False])
def test_a_library_that_stays_missing_is_said(monkeypatch: pytest.MonkeyPatch, root: bool) -> None:
    machine = Machine(["libxcb-cursor.so.0"], root=root, apt_helps=False)
    machine.pretend(monkeypatch)
    with pytest.raises(DevError, match="libxcb-cursor"):
        ensure_libraries(Path(sys.executable))
    assert bool(machine.installed) is root


def test_who_may_not_install_is_told_names_that_his_release_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = Machine(["libglib-2.0.so.0"], root=False)
    machine.pretend(monkeypatch)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    with pytest.raises(DevError, match=r"apt-get install libglib2\.0-0$"):
        ensure_libraries(Path(sys.executable))


def test_every_soname_has_a_package() -> None:
    assert all(packages and all(packages) for packages in NEEDED.values())


@pytest.mark.skipif(sys.platform != "linux", reason="apt is asked on Linux")
@pytest.mark.parametrize("root", [True, False])
def test_programs_for_tests_are_installed_or_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: bool
) -> None:
    machine = Machine([], root=root)
    machine.pretend(monkeypatch)
    monkeypatch.setattr(shutil, "which", lambda name: None if "keyring" in name else name)
    dev_system.offer_test_tools()
    assert machine.installed == (["gnome-keyring"] if root else [])
    assert ("skipped" in capsys.readouterr().out) is not root
