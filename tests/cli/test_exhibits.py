"""`exhibit` and `redact`, as scripts use them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebox.cli import exhibits, main
from evidencebox.errors import UserError
from tests.cli.conftest import Run, no_window

Find = Callable[[str], str]


def test_an_exhibit_from_its_number_to_a_verified_book(
    run: Run, case: str, sha: Find, tmp_path: Path
) -> None:
    document = sha("polygraph")
    assert run("exhibit", "add", case, document, "--description", "The file").status == 0
    assert run("exhibit", "set", case, "PX-1", "--offered", "2026-11-23").status == 0
    assert "for life" in run("exhibit", "add", case, document, "--number", "px-1").refused()
    out = tmp_path / "book"
    assert run("exhibit", "build", case, "--out", out, "--unseal", "for the filing").status == 0
    (line,) = run("exhibit", "list", case, "--json").json
    assert (line["number"], line["offered"]) == ("PX-1", "2026-11-23")
    assert line["bates"][0] == "PLF-000000001"
    assert run("verify", out).status == 0
    book = out / "exhibit-book.pdf"
    data = bytearray(book.read_bytes())
    data[len(data) // 2] ^= 1
    book.write_bytes(data)
    assert run("verify", out).out == "exhibit-book.pdf: It was altered.\n"


def test_a_book_can_be_encrypted(run: Run, case: str, sha: Find, tmp_path: Path) -> None:
    run("exhibit", "add", case, sha("polygraph"))
    (tmp_path / "secret").write_text("five words of another kind\n")
    (tmp_path / "secret").chmod(0o600)
    to = ("--encrypt-passphrase-file", tmp_path / "secret")
    (made,) = run(
        "exhibit", "build", case, "--out", tmp_path / "book", "--unseal", "x", "--json", *to
    ).json
    assert (made["folder"], len(made["ledger_head"])) == ("book", 64)
    assert {"export.tar.age", "key.age"} <= {path.name for path in (tmp_path / "book").iterdir()}
    assert run("decrypt", tmp_path / "book", "--out", tmp_path / "clear", *to).status == 0
    assert (tmp_path / "clear" / "exhibit-book.pdf").is_file()


def test_a_redacted_copy_its_text_and_its_log(
    run: Run, case: str, sha: Find, tmp_path: Path
) -> None:
    document, out = sha("polygraph"), tmp_path / "copy.pdf"
    asked = ("redact", case, document, "--out", out, "--no-check", "--unseal", "court order")
    said = run(*asked, "--text", "polygraph", "--text", "not in there at all")
    assert said.status == 0
    assert "1 string of 2 were not found" in said.err
    assert "polygraph" not in (tmp_path / "copy.txt").read_text("utf-8").casefold()
    assert b"polygraph" not in out.read_bytes()
    rows = (tmp_path / "copy.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith('"RedactionID","Bates","Page","X0"')
    assert len(rows) > 1
    assert "exists already" in run(*asked, "--text", "polygraph").refused()
    assert run("verify", case).status == 0


def test_the_cases_stamps_are_shown_and_changed(run: Run, case: str) -> None:
    (said,) = run("exhibit", "stamps", case, "--json").json
    assert (said["bates_prefix"], said["paper"], said["legend"]) == ("PLF-", "letter", "")
    changed = run("exhibit", "stamps", case, "--legend", "CONFIDENTIAL", "--paper", "a4")
    assert changed.status == 0
    assert "CONFIDENTIAL" in changed.out
    assert "letter or a4" in run("exhibit", "stamps", case, "--paper", "folio").refused()
    (said,) = run("exhibit", "stamps", case, "--json").json
    assert (said["legend"], said["paper"]) == ("CONFIDENTIAL", "a4")
    run("exhibit", "stamps", case, "--legend", "", "--paper", "letter")


def test_redact_refuses_in_a_sentence(run: Run, case: str, sha: Find, tmp_path: Path) -> None:
    asked = ("redact", case, sha("polygraph"), "--unseal", "court order")
    assert ".pdf" in run(*asked, "--out", tmp_path / "x.doc", "--text", "a").refused()
    assert "Nothing to redact" in run(*asked, "--out", tmp_path / "x.pdf").refused()
    assert "letter" in run(*asked, "--out", tmp_path / "x.pdf", "--text", "…").refused()
    assert list(tmp_path.glob("x*")) == []


def test_the_passphrase_is_asked_again(
    case: str, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exhibits, "passphrase", lambda _: "not that one")
    given = ("--passphrase-file", str(prepared / "passphrase"))
    out = str(tmp_path / "out")
    assert main(["exhibit", "build", case, "--out", out, *given], no_window) == 2
    assert not Path(out).exists()


@pytest.mark.parametrize(
    ("text", "pages"), [(None, None), ("3", [3]), ("1-3", [1, 2, 3]), ("1, 4-5", [1, 4, 5])]
)
def test_pages(text: str | None, pages: list[int] | None) -> None:
    assert exhibits.pages_named(text) == pages


@pytest.mark.parametrize("text", ["", "0", "3-1", "a", "1-", "-1", "1-99999999999"])
def test_no_pages(text: str) -> None:
    with pytest.raises(UserError, match="1-3"):
        exhibits.pages_named(text)
