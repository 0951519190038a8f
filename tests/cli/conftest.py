"""The command line in this process, on a copy of one small case."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evidencebox.cli import main
from tests.services.making import PASSPHRASE, REVIEWER, mail, plant, zipped

ROSTER = """badge,last,first,middle,rank,unit,status,email,birth_date
101,Whitlow,Dana,K.,Detective,Records,active,dana@pd.example,1980-02-03
102,Peña,Iñaki,,Officer,Patrol,active,,
103,May,Ann,,Officer,Patrol,former,,
"""


def no_window(*_: object) -> int:
    raise AssertionError("the window was opened")


@dataclass(frozen=True)
class Said:
    """What a command did. `out` and `err` are what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        """Standard output, which must be JSON lines and nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]

    def refused(self) -> str:
        """The one sentence of a `UserError`."""
        assert (self.status, self.out) == (2, "")
        assert "Traceback" not in self.err
        (sentence,) = self.err.splitlines()
        return sentence


Run = Callable[..., Said]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """trove/, roster.csv, passphrase, case.evidencebox/."""
    folder = tmp_path_factory.mktemp("prepared")
    letter = mail("Überprüfung", "The polygraph of Dana Whitlow, badge 101.", {"a.txt": b"inside"})
    plant(
        folder / "trove",
        {
            "mails/letter.eml": letter,
            "notes/long.txt": "\n\n".join(f"part {n} " + "blah blah. " * 320 for n in (1, 2, 3)),
            "notes/twice.txt": "the same",
            "twice.txt": "the same",
            "odd.xyz": bytes(range(256)),
            "box.zip": zipped({"inner.txt": "a secret address"}),
            "=formula.txt": "=1+1",
        },
    )
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    given = ["--passphrase-file", str(folder / "passphrase")]
    assert main(["new", str(folder / "case"), "--reviewer", REVIEWER, *given], no_window) == 0
    roster = str(folder / "roster.csv")
    assert main(["officers", "import", str(folder / "case"), roster, *given], no_window) == 0
    assert main(["ingest", str(folder / "case"), str(folder / "trove"), *given], no_window) == 1
    return folder


@pytest.fixture
def case(prepared: Path, tmp_path: Path) -> str:
    """The path of a copy of the case."""
    shutil.copytree(prepared / "case.evidencebox", tmp_path / "case.evidencebox")
    return str(tmp_path / "case")


@pytest.fixture
def run(prepared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("EVIDENCEBOX_PASSPHRASE_FILE", str(prepared / "passphrase"))

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        status = main([str(each) for each in arguments], no_window)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return call


@pytest.fixture
def sha(run: Run, case: str) -> Callable[[str], str]:
    """The SHA-256 of the one document that a query finds."""

    def find(query: str) -> str:
        (_, hit) = run("search", case, query, "--json").json
        return str(hit["sha256"])

    return find
