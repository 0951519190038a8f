"""Passphrases, pipes, holders, interrupts, our own bugs: how the command line ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evidencebox.cli.main import build_parser, main
from evidencebox.services import case as cases
from evidencebox.vault import header
from tests.cli.conftest import Run, no_window
from tests.services.making import PASSPHRASE, plant, snapshot

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "evidencebox"]


@pytest.fixture
def opened_elsewhere(case: str, request: pytest.FixtureRequest) -> None:
    """A case that another process opens, which takes none of the tests' cheap keys."""
    folder = Path(case + ".evidencebox")
    head = header.load(folder)
    opened = header.unlock(head, PASSPHRASE)
    request.getfixturevalue("real_keys")
    header.save(folder, header.change_passphrase(head, opened, PASSPHRASE))


def start(*arguments: object, passphrase: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "EVIDENCEBOX_PASSPHRASE_FILE": str(passphrase)}
    return subprocess.Popen(
        [*COMMAND, *(str(each) for each in arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=ROOT,
    )


def test_a_wrong_passphrase_changes_nothing(run: Run, case: str, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("seven quiet otter\n")
    folder = Path(case + ".evidencebox")
    before = snapshot(folder)
    for verb in (("search", case, "x"), ("undo", case), ("officers", "list", case)):
        sentence = run(*verb, "--passphrase-file", tmp_path / "wrong").refused()
        assert "passphrase" in sentence
    assert snapshot(folder) == before


def test_a_passphrase_comes_from_a_file_or_a_prompt_and_is_never_an_argument(
    run: Run, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "passphrase file" in run("tags", case, "--passphrase-file", tmp_path / "no").refused()
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in run("tags", case, "--passphrase-file", tmp_path / "binary").refused()
    monkeypatch.delenv("EVIDENCEBOX_PASSPHRASE_FILE")
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        assert "No passphrase: give --passphrase-file" in run("tags", case).refused()
    typed = run("tags", case, "--passphrase", "x").refused()
    assert typed.startswith("There is an option or argument that this command does not know")
    assert "--passphrase " not in build_parser(no_window).format_help()


def test_what_is_no_case(run: Run, tmp_path: Path) -> None:
    assert "There is no case at" in run("search", tmp_path / "none", "x").refused()
    (tmp_path / "folder").mkdir()
    assert "is not an EvidenceBox case" in run("tags", tmp_path / "folder").refused()


def test_a_case_that_another_holds(run: Run, case: str, prepared: Path) -> None:
    folder = Path(case + ".evidencebox")
    with cases.session_lock(folder):
        assert "open in another window or command" in run("undo", case).refused()
        assert run("tags", case).status == 0  # reading goes on
    with cases.ingest_lock(folder):
        assert "Another import" in run("ingest", case, prepared / "trove").refused()
        assert "Another import" in run("retry", case).refused()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ingest", "CASE", "TMP/none"), "is the drive plugged in?"),
        (("ingest", "CASE", "TMP/file"), "is a file; give the folder"),
        (("ingest", "CASE", "TMP"), "The case lies inside the trove"),
        (("ingest", "CASE", "TMP/t", "--workers", "0"), "--workers needs at least 1"),
        (("ingest", "CASE"), "are required: TROVE"),
        (("officers", "import", "CASE", "TMP/none.csv"), "cannot be read"),
        (("officers", "import", "CASE", "TMP/binary.csv"), "is not a CSV file"),
        (("officers",), "VERB"),
        (("nonsense",), "invalid choice: 'nonsense'"),
    ],
)
def test_a_mistake_is_one_sentence_and_status_2(
    run: Run, case: str, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    plant(tmp_path, {"file": "x", "binary.csv": b"\0\1\2", "t/a.txt": "x"})
    filled = [a.replace("CASE", case).replace("TMP", str(tmp_path)) for a in arguments]
    assert sentence in run(*filled).refused()


def test_our_own_bug_is_70(run: Run, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cases, "unlock", broken)
    said = run("tags", case)
    assert (said.status, said.out) == (70, "")
    assert said.err.startswith("This is a bug in EvidenceBox, not your mistake")


def test_control_characters_do_not_act_in_a_terminal(run: Run, tmp_path: Path) -> None:
    from evidencebox.cli.common import visible

    assert visible("a\x1b[31mb\u202ec\tü") == "a\\x1b[31mb\\u202ec\tü"
    assert visible("new\nline") == "new\\x0aline"


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for argument in ("--version", "--help"):
        with pytest.raises(SystemExit) as raised:
            main([argument], no_window)
        assert raised.value.code == 0
    assert "evidencebox" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="pipes end otherwise there")
@pytest.mark.usefixtures("opened_elsewhere")
def test_a_reader_that_goes_away_is_no_error(
    run: Run, case: str, prepared: Path, tmp_path: Path
) -> None:
    # More than a pipe holds, so that it still writes when nobody reads: by long names.
    deep = "/".join(letter * 200 for letter in "abc")
    trove = plant(tmp_path / "many", {f"{deep}/{n}.txt": f"word {n}" for n in range(120)})
    assert run("ingest", case, trove, "--json").json[0]["files"] == 120
    process = start("documents", case, "--json", passphrase=prepared / "passphrase")
    assert process.stdout
    assert process.stderr
    with process:
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_bug_shows_where_it_is_and_not_what_it_read(
    run: Run, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Officer Quill lives at 12 Elm Street")

    monkeypatch.setattr("evidencebox.services.search.search", broken)
    done = run("search", case, "elm")
    assert done.status == 70
    assert "ValueError: (message withheld)" in done.err
    assert "in broken" in done.err
    assert "Elm Street" not in done.err


def test_a_mistyped_option_is_not_repeated(run: Run, case: str) -> None:
    done = run("search", case, "elm", "--passphrase", "hunter2")
    assert done.status == 2
    assert "hunter2" not in done.err


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGINT to send")
@pytest.mark.usefixtures("opened_elsewhere")
def test_an_interrupt_finishes_what_is_under_way_and_can_be_resumed(
    run: Run, case: str, prepared: Path, tmp_path: Path
) -> None:
    trove = plant(tmp_path / "many", {f"{n}.txt": f"words {n}" for n in range(300)})
    folder = Path(case + ".evidencebox")
    process = start("ingest", case, trove, "--json", passphrase=prepared / "passphrase")
    wait_for_lock(folder)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode in (0, 1)
    assert b"Traceback" not in err
    if process.returncode == 1 and b'"cancelled": true' in out:
        assert b"Stopping: what is under way is finished and kept." in err
    assert run("ingest", case, trove, "--json").json[0]["files"] == 300


def wait_for_lock(folder: Path) -> None:
    """Until the ingest holds the case: from then on it listens for the interrupt."""
    from evidencebox.vault.lock import Held
    from tests.services.making import wait_until

    def held() -> bool:
        try:
            cases.ingest_lock(folder).release()
        except Held:
            return True
        return False

    wait_until(held)


@pytest.mark.usefixtures("opened_elsewhere")
def test_json_is_utf8_whatever_the_terminal_says(case: str, prepared: Path) -> None:
    environment = {
        **os.environ,
        "EVIDENCEBOX_PASSPHRASE_FILE": str(prepared / "passphrase"),
        "PYTHONIOENCODING": "ascii",
        "LC_ALL": "C",
    }
    listed = subprocess.run(
        [*COMMAND, "documents", case, "--json"],
        capture_output=True,
        env=environment,
        cwd=ROOT,
        check=True,
    )
    assert "Überprüfung".encode() in listed.stdout
    assert b"\\u" not in listed.stdout
