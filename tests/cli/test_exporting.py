"""`export`, `verify` of an export, and `decrypt`, as scripts use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebox.cli import exporting, main
from evidencebox.vault import age
from tests.cli.conftest import Run, no_window

Find = Callable[[str], str]


def test_export_and_verify(run: Run, case: str, sha: Find, tmp_path: Path) -> None:
    assert run("tag", case, sha("polygraph"), "--officer", "101", "--harm", "3").status == 0
    out = tmp_path / "out"
    said = run("export", case, "tags", "--out", out, "--without-sealed", "--json")
    (line,) = said.json
    assert set(line) == {"folder", "files", "bytes", "payload", "ledger_head"}
    assert said.status == 0
    assert "Whitlow" not in said.err
    held = run("verify", out)
    assert (held.status, held.out) == (0, "")
    assert "Everything holds" in held.err
    data = bytearray((out / "tags.csv").read_bytes())
    data[9] ^= 1
    (out / "tags.csv").write_bytes(data)
    held = run("verify", out)
    assert (held.status, held.out) == (1, "tags.csv: It was altered.\n")


def test_a_production_is_read_back(run: Run, case: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scope = ("--query", "secret", "--profile", "text", "--without-sealed")
    assert run("export", case, "loadfile", "--out", out, *scope).status == 0
    held = run("verify", out)
    assert (held.status, held.out) == (0, "")
    assert "fit its files" in held.err


def test_export_refuses_in_a_sentence(run: Run, case: str, tmp_path: Path) -> None:
    assert "KIND" in run("export", case, "all", "--out", tmp_path / "x").refused()
    assert "--query" in run("export", case, "loadfile", "--out", tmp_path / "x").refused()
    assert "--officer" in run("export", case, "dossier", "--out", tmp_path / "x").refused()
    assert list(tmp_path.glob("x*")) == []


def test_an_encrypted_export(
    run: Run, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "LOG_N", 10)
    (tmp_path / "secret").write_text("nine loud herons\n")
    secret = ("--encrypt-passphrase-file", tmp_path / "secret")
    shut, back = tmp_path / "shut", tmp_path / "back"
    assert run("export", case, "failures", "--out", shut, *secret).status == 0
    assert run("verify", shut).status == 0
    assert run("decrypt", shut, "--out", back, *secret).status == 0
    assert run("verify", back).status == 0
    assert json.loads((back / "manifest.json").read_text("utf-8"))["kind"] == "failures"


def test_the_passphrase_is_asked_again(
    case: str, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever opened the case: what is given again has to be right."""
    monkeypatch.setattr(exporting, "passphrase", lambda _: "not that one")
    given = ("--passphrase-file", str(prepared / "passphrase"))
    out = str(tmp_path / "out")
    assert main(["export", case, "failures", "--out", out, *given], no_window) == 2
    assert not Path(out).exists()
