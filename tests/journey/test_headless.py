"""From nothing to a tagged document and a matrix, by the command line alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencebox.cli import main


def no_window(*_: object) -> int:
    raise AssertionError("the window was opened")


Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "passphrase").write_text("seven quiet otters\n", encoding="utf-8")
    monkeypatch.setenv("EVIDENCEBOX_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, list[str], str]:
        status = main(arguments, no_window)
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return call


def lines(out: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out]


def test_from_a_trove_to_a_tag_and_a_matrix(run: Run, tmp_path: Path) -> None:
    assert run("sample", "s", "--documents", "40", "--officers", "30")[0] == 0
    status, code, err = run("new", "case", "--reviewer", "Ann Reviewer")
    assert status == 0
    assert len(code) == 1
    assert "Print this recovery code" in err
    assert run("officers", "import", "case", "s/roster.csv")[0] == 0
    status, out, _ = run("ingest", "case", "s/trove", "--workers", "2", "--json")
    (summary,) = lines(out)
    assert status == (1 if summary["failures"] else 0)
    assert summary["files"] == 40

    _, out, _ = run("search", "case", "badge", "--json", "--limit", "0")
    head, *hits = lines(out)
    assert head["total"] == len(hits) > 1
    sha = hits[0]["sha256"]
    officer = lines(run("officers", "list", "case", "--json")[1])[0]
    tag = ("tag", "case", sha, "--officer", officer["badge"], "--harm", "3")
    assert run(*tag, "--category", "address", "--page", "1", "--note", "see p. 1")[0] == 0
    (line,) = lines(run("tags", "case", "--json")[1])
    assert line["sha256"] == sha
    assert line["officer"]["id"] == officer["id"]
    asked = f"officer:{officer['badge']} harm:>=3"
    assert lines(run("search", "case", asked, "--json")[1])[0]["total"] == 1
    assert run("undo", "case")[0] == 0
    assert run("tags", "case", "--json")[1] == []
    assert lines(run("search", "case", asked, "--json")[1])[0]["total"] == 0
    assert run("undo", "case", "--redo")[0] == 0

    assert run("matrix", "case", "--csv", "m.csv")[0] == 0
    rows = list(csv.DictReader((tmp_path / "m.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 30
    mine = next(row for row in rows if row["badge"] == officer["badge"])
    # What the machine suggests of him may wait for an answer still.
    assert mine["disposition"].startswith("tagged, worst 3 High")
    assert mine["tagged_address"] == "1"
    status, out, err = run("verify", "case", "--trove", "s/trove")
    assert (status, out) == (0, [])
    assert "Everything holds" in err
