"""The start of build/dev.py: which Python, which verb, one sentence when it cannot."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import dev
import dev_verbs
import pytest
from dev_common import DevError

DEV = Path(dev.__file__)


def test_an_old_python_can_read_the_first_file() -> None:
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("version", "suits"),
    [((3, 8), False), ((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_suits(version: tuple[int, int], suits: bool) -> None:
    assert dev.suits(version) is suits


def test_too_old_is_one_sentence_with_a_way_out() -> None:
    sentence = dev.too_old((3, 8))
    assert "3.11 to 3.13" in sentence
    assert "this is 3.8" in sentence
    assert "install Python 3.12" in sentence
    assert "\n" not in sentence


def test_old_python_without_a_better_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(dev, "candidates", lambda: [["no-such-python-anywhere"]])
    assert dev.main(["test"]) == 2
    output = capsys.readouterr()
    assert output.err.count("\n") == 1
    assert "this is 3.9" in output.err
    assert output.out == ""


def test_old_python_hands_over_to_a_better_one(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []

    def call(command: list[str]) -> int:
        called.append(command)
        return 7

    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(dev, "candidates", lambda: [["bad"], ["good"]])
    monkeypatch.setattr(dev, "works", lambda command: command == ["good"])
    monkeypatch.setattr(subprocess, "call", call)
    assert dev.main(["test", "--long"]) == 7
    assert called == [["good", str(DEV.resolve()), "test", "--long"]]


def test_works_asks_the_interpreter() -> None:
    assert dev.works([sys.executable])
    assert not dev.works([sys.executable, "-c", "raise SystemExit(1)"])
    assert not dev.works(["no-such-python-anywhere"])


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev_verbs.main([]) == 0
    output = capsys.readouterr().out
    for verb in dev_verbs.VERBS:
        assert f"\n  {verb} " in output


def test_unknown_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev_verbs.main(["fly"]) == 2
    assert "No verb is called 'fly'" in capsys.readouterr().err


def test_an_error_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise DevError("Install this.")

    monkeypatch.setitem(dev_verbs.VERBS, "setup", fail)
    assert dev_verbs.main(["setup"]) == 2
    assert capsys.readouterr().err == "Install this.\n"
