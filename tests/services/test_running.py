"""What the Windows installer looks for before it replaces anything."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from evidencebox import __main__ as start
from evidencebox.services import running

SCRIPT = Path(__file__).resolve().parents[2] / "build" / "windows" / "evidencebox.iss"


def test_the_mutex_is_made_once_and_not_owned() -> None:
    asked: list[tuple[None, bool, str]] = []

    def create(security: None, owned: bool, name: str) -> int:
        asked.append((security, owned, name))
        return 42

    assert running.announce(create)
    assert asked == [(None, False, "EvidenceBoxRunning")]


def test_the_program_goes_on_without_it() -> None:
    assert not running.announce(lambda *_: None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has mutexes with names")
def test_elsewhere_there_is_none() -> None:
    assert not running.announce()


def test_the_installer_looks_for_the_same_name() -> None:
    (named,) = re.findall(r"^AppMutex=(\w+)$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    assert named == running.MUTEX


@pytest.mark.parametrize("arguments", [["gui"], ["ingest", "case", "trove"]])
def test_every_start_but_a_workers_announces_itself(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def main(*_: object) -> int:
        said.append("started")
        return 0

    monkeypatch.setattr("evidencebox.vault.memory.keep_private", lambda: None)
    monkeypatch.setattr(running, "announce", lambda: said.append("announced"))
    monkeypatch.setattr("evidencebox.cli.main", main)
    monkeypatch.setattr(sys, "argv", ["evidencebox", *arguments])
    with pytest.raises(SystemExit) as ended:
        start.run()
    assert (ended.value.code, said) == (0, ["announced", "started"])
