"""What setup, test, demo and package decide; the commands themselves are run by developers."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path, PurePosixPath

import dev_check
import dev_common
import dev_demo
import dev_package
import dev_setup
import frozen_window
import pytest
from dev_common import DevError


def test_children_find_evidencebox_from_anywhere(tmp_path: Path) -> None:
    program = "import evidencebox, sys; sys.exit(42)"
    assert dev_common.run([sys.executable, "-c", program], cwd=tmp_path) == 42


# --- setup -----------------------------------------------------------------------------------


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """An environment at tmp_path/venv whose pip only remembers what it was asked."""
    asked: list[list[str]] = []
    (tmp_path / "venv").mkdir()
    (tmp_path / "lock.txt").write_text("a==1")
    monkeypatch.setattr(dev_setup, "venv_python", lambda venv: Path(sys.executable))
    monkeypatch.setattr(
        dev_setup, "must", lambda command, sentence: asked.append([str(word) for word in command])
    )
    return asked


def test_install_is_by_hash_and_only_when_the_lock_changed(
    pip: list[list[str]], tmp_path: Path
) -> None:
    lock = tmp_path / "lock.txt"
    dev_setup.install(tmp_path / "venv", lock)
    dev_setup.install(tmp_path / "venv", lock)
    assert len(pip) == 1
    assert "--require-hashes" in pip[0]
    lock.write_text("a==2")
    dev_setup.install(tmp_path / "venv", lock)
    assert len(pip) == 2


def test_a_failed_install_is_tried_again(
    pip: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: object, sentence: str) -> None:
        raise DevError(sentence)

    with monkeypatch.context() as broken:
        broken.setattr(dev_setup, "must", fail)
        with pytest.raises(DevError, match="pip could not install"):
            dev_setup.install(tmp_path / "venv", tmp_path / "lock.txt")
    dev_setup.install(tmp_path / "venv", tmp_path / "lock.txt")
    assert len(pip) == 1


def test_a_missing_or_broken_environment_is_not_healthy(tmp_path: Path) -> None:
    assert not dev_setup.healthy(tmp_path)
    python = dev_common.venv_python(tmp_path)
    python.parent.mkdir()
    python.write_text("no program")
    assert not dev_setup.healthy(tmp_path)
    python.chmod(0o755)
    assert not dev_setup.healthy(tmp_path)
    assert dev_setup.healthy(Path(sys.prefix))


def test_no_venv_module_and_no_right_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_setup, "can_make_venv", lambda: False)
    monkeypatch.setattr(dev_setup, "can_apt", lambda: False)
    with pytest.raises(DevError, match=rf"apt-get install python3\.{sys.version_info[1]}-venv"):
        dev_setup.ensure_venv_module()


# --- test ------------------------------------------------------------------------------------


def test_every_check_runs_even_where_one_fails(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def stage(status: int) -> list[str]:
        return [sys.executable, "-c", f"print('= {status} =\\n'); raise SystemExit({status})"]

    checks = [("one", stage(0)), ("two", stage(3)), ("three", stage(0))]
    monkeypatch.setattr(dev_check, "stages", lambda arguments: checks)
    assert dev_check.test([]) == 1
    summary = capfdbinary.readouterr().out.decode().partition("== summary")[2].splitlines()
    assert [(line.split()[:2], line.rpartition(": ")[2]) for line in summary if line] == [
        (["ok", "one"], "0"),
        (["FAILED", "two"], "3"),
        (["ok", "three"], "0"),
    ]
    monkeypatch.setattr(dev_check, "stages", lambda arguments: checks[:1])
    assert dev_check.test([]) == 0


def test_options_reach_pytest() -> None:
    name, command = dev_check.stages(["--long"])[-1]
    assert (name, command[-1]) == ("pytest", "--long")


# --- demo ------------------------------------------------------------------------------------


def test_the_passphrase_is_ours_alone(tmp_path: Path) -> None:
    demo = dev_demo.Demo(tmp_path / "demo")
    demo.prepare()
    first = demo.passphrase.read_text()
    demo.prepare()
    assert demo.passphrase.read_text() != first
    if sys.platform != "win32":
        assert stat.S_IMODE(demo.passphrase.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("status", "listed", "stops"),
    [(0, False, False), (1, True, False), (1, False, True), (2, True, True), (70, True, True)],
)
def test_a_step_that_fails_stops_the_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, listed: bool, stops: bool
) -> None:
    def run(command: list[str], cwd: Path, extra: dict[str, str]) -> int:
        assert cwd == tmp_path
        assert extra["EVIDENCEBOX_PASSPHRASE_FILE"] == str(tmp_path / "passphrase.txt")
        return status

    monkeypatch.setattr(dev_demo, "run", run)
    demo = dev_demo.Demo(tmp_path)
    if stops:
        with pytest.raises(DevError, match=f"status {status}"):
            demo.tell("Why.", "ingest", listed=listed)
    else:
        demo.tell("Why.", "ingest", listed=listed)


def test_the_gravest_truth_on_a_page_with_text_is_tagged(tmp_path: Path) -> None:
    truths = [
        {"kind": "mention", "sha256": "a", "page": 1, "badge": "1"},
        {"kind": "element", "sha256": "b", "page": 1, "element": "ssn", "badge": "2"},
        {"kind": "element", "sha256": "c", "page": 1, "element": "polygraph", "badge": "3"},
        {"kind": "element", "sha256": "d", "page": 2, "element": "polygraph", "badge": "4"},
    ]
    truths[2]["ocr"] = True
    answers = tmp_path / "answers.jsonl"
    answers.write_text("".join(json.dumps(truth) + "\n" for truth in truths))
    expected = {"sha256": "d", "page": "2", "badge": "4", "element": "polygraph"}
    assert dev_demo.grave_truth(answers) == expected
    answers.write_text(json.dumps(truths[0]) + "\n")
    with pytest.raises(DevError, match="names no grave exposure"):
        dev_demo.grave_truth(answers)


def test_the_matrix_shows_the_tagged_officer_and_each_disposition_once(tmp_path: Path) -> None:
    matrix = tmp_path / "matrix.csv"
    matrix.write_text(
        "badge,last,rank,ssn,address,disposition\n"
        '1,A,Chief,0,0,"named in 2 documents"\n'
        '2,B,Chief,0,0,"named in 9 documents"\n'
        "7,G,Chief,3,0,tagged\n"
        "8,H,Chief,0,0,nothing found\n",
        encoding="utf-8",
    )
    assert dev_demo.matrix_lines(matrix, "7") == [
        "badge  last  ssn  disposition",
        "7      G     3    tagged",
        "1      A     0    named in 2 documents",
        "8      H     0    nothing found",
    ]


# --- package ---------------------------------------------------------------------------------


def test_a_bundle_with_a_network_library_is_refused() -> None:
    paths = ["_internal/libQt6Core.so.6", "_internal/PySide6/Qt/lib/libQt6Network.so.6"]
    bad = dev_package.forbidden_files(PurePosixPath(path) for path in paths)
    assert bad == paths[1:]


@pytest.mark.parametrize(
    ("given", "handed"),
    [
        ([], ["gui"]),
        (["/cases/A.evidencebox"], ["gui", "/cases/A.evidencebox"]),
        (["C:\\cases\\A.evidencebox\\"], ["gui", "C:\\cases\\A.evidencebox\\"]),
        (["--worker", "extract"], ["--worker", "extract"]),
        (["ingest", "A.evidencebox", "trove"], ["ingest", "A.evidencebox", "trove"]),
        (["--self-test"], ["--self-test"]),
    ],
)
def test_a_double_click_opens_the_window(given: list[str], handed: list[str]) -> None:
    assert frozen_window.arguments(given) == handed
