"""An export is whole or has no name; any changed byte of it is named, by us and without us."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.export import check, sealed
from evidencebox.export.folder import OWN, UNFINISHED, ExportFolder
from evidencebox.model.exports import Exported, Facts, Pii
from evidencebox.vault import age
from evidencebox.vault.signing import Signer, export_signature_holds

SIGNER = Signer(b"s" * 32)
VERIFIER = resource("verifier", "evidencebox_verify.py")


def facts(made: str = "2026-01-01T00:00:00Z", head: str = "a" * 64) -> Facts:
    return Facts("persons", made, "EvidenceBox", "case", Pii.FULL, 7, head, "b" * 64, {"n": 1})


def make(target: Path, said: Facts | None = None) -> Exported:
    with ExportFolder(target) as folder:
        folder.add("persons.csv", b"a,b\r\n1,2\r\n")
        with folder.open("VOL001/TEXT/001/X-1.txt") as file:
            file.write(b"one ")
            file.write("zwölf".encode())
        folder.add("empty.txt", b"")
        return folder.finish(said or facts(), SIGNER.sign_export)


def outside(folder: Path, *flags: str) -> tuple[int, str]:
    """The verifier as an outsider runs it: none of our modules within its reach."""
    command = [sys.executable, "-I", *flags, str(VERIFIER), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_it_holds(tmp_path: Path) -> None:
    made = make(tmp_path / "out")
    assert (made.folder, made.files) == ("out", 3)
    found = check.check(tmp_path / "out", export_signature_holds)
    assert (found.wrong, found.files, found.said["head"]) == ((), 3, "a" * 64)
    assert outside(tmp_path / "out")[0] == 0
    assert not (tmp_path / "out.unfinished").exists()
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_any_tool_checks_the_sums(tmp_path: Path) -> None:
    make(tmp_path / "out")
    command = ["sha256sum", "--strict", "--check", "SHA256SUMS"]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_two_exports_differ_in_the_manifest_alone(tmp_path: Path) -> None:
    one = make(tmp_path / "one")
    two = make(tmp_path / "two", facts("2027-01-01T00:00:00Z", "c" * 64))
    assert one.payload == two.payload
    first, second = files(tmp_path / "one"), files(tmp_path / "two")
    assert {name for name in first if first[name] != second[name]} == set(OWN)


@pytest.mark.parametrize("name", ["persons.csv", "VOL001/TEXT/001/X-1.txt", *OWN])
def test_a_changed_byte_is_named(tmp_path: Path, name: str) -> None:
    """Any single one, whatever it becomes: in the papers, every byte of them."""
    make(tmp_path / "out")
    path = tmp_path / "out" / name
    whole, chance = path.read_bytes(), random.Random(name)
    for place in range(len(whole)):
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]
        )
        found = check.check(tmp_path / "out", export_signature_holds)
        assert [wrong.name for wrong in found.wrong] == [name], place
        if place in (0, len(whole) // 2, len(whole) - 1):
            status, said = outside(tmp_path / "out")
            assert status == 1, place
            assert f"{name} was altered" in said
    path.write_bytes(whole)
    assert check.check(tmp_path / "out", export_signature_holds).wrong == ()


@pytest.mark.parametrize("name", ["persons.csv", *OWN])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    make(tmp_path / "out")
    (tmp_path / "out" / name).unlink()
    found = check.check(tmp_path / "out", export_signature_holds)
    assert [(wrong.name, wrong.problem) for wrong in found.wrong] == [(name, check.MISSING)]
    status, said = outside(tmp_path / "out")
    assert (status, name in said) == (1, True)


def test_a_file_that_was_put_in_is_named(tmp_path: Path) -> None:
    make(tmp_path / "out")
    (tmp_path / "out" / "VOL001" / "more.txt").write_text("x")
    found = check.check(tmp_path / "out", export_signature_holds)
    assert [wrong.name for wrong in found.wrong] == ["VOL001/more.txt"]
    assert "VOL001/more.txt is not in the manifest" in outside(tmp_path / "out")[1]


def test_a_manifest_that_was_made_anew_is_not_signed(tmp_path: Path) -> None:
    """Whoever changes a file and all sums with it still lacks the reviewer's key."""
    make(tmp_path / "out")
    (tmp_path / "other").mkdir()
    make(tmp_path / "other" / "out", facts(head="d" * 64))
    for name in ("manifest.json", "SHA256SUMS"):
        shutil.copy(tmp_path / "other" / "out" / name, tmp_path / "out" / name)
    found = check.check(tmp_path / "out", export_signature_holds)
    assert [wrong.name for wrong in found.wrong] == ["manifest.sig"]
    assert outside(tmp_path / "out")[0] == 1


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with ExportFolder(tmp_path / "out") as folder:
            folder.add("a.txt", b"a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(UserError, match="exists already"):
        ExportFolder(tmp_path / "out")


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "a/../b", "a//b", "CON", "nul.txt", "a.", "a\\b", "é", "", *OWN, UNFINISHED],
)
def test_names_are_legal_everywhere(tmp_path: Path, name: str) -> None:
    with ExportFolder(tmp_path / "out") as folder, pytest.raises(ValueError, match="export"):
        folder.add(name, b"")


def test_a_kill_leaves_no_folder_that_looks_finished(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from evidencebox.export.folder import ExportFolder
with ExportFolder(Path(sys.argv[1])) as folder:
    for number in range(10_000):
        folder.add(f"f{number}.txt", b"x" * 1000)
        print(number, flush=True)
"""
    command = [sys.executable, "-c", program, str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(50):
            child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert not (tmp_path / "out").exists()
    left = tmp_path / "out.unfinished"
    assert (left / UNFINISHED).is_file()
    with pytest.raises(UserError, match="interrupted"):
        check.check(left, export_signature_holds)
    assert outside(left)[0] == 1
    make(tmp_path / "out")
    assert not left.exists()


# --- encrypted ----------------------------------------------------------------------------------


@pytest.fixture
def shut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted export; its scrypt is easy, as the rest of it is not."""
    monkeypatch.setattr(age, "LOG_N", 10)
    with ExportFolder(tmp_path / "shut") as outer:
        with (
            sealed.encrypted(outer, "nine loud herons") as sink,
            ExportFolder(tmp_path / "shut", sink) as inner,
        ):
            inner.add("persons.csv", b"Whitlow" * 100_000)
            inner.finish(facts(), SIGNER.sign_export)
        outer.finish(facts(), SIGNER.sign_export)
    return tmp_path / "shut"


def test_an_encrypted_export_comes_back(shut: Path, tmp_path: Path) -> None:
    assert check.check(shut, export_signature_holds).wrong == ()
    assert outside(shut)[0] == 0
    held = b"".join(files(shut).values())
    assert b"Whitlow" not in held
    assert b"persons" not in (shut / sealed.ARCHIVE).read_bytes()
    with pytest.raises(UserError, match="passphrase"):
        sealed.decrypt(shut, "nine loud heron", tmp_path / "no")
    assert not (tmp_path / "no").exists()
    assert sealed.decrypt(shut, "nine loud herons", tmp_path / "back") == 4
    assert check.check(tmp_path / "back", export_signature_holds).wrong == ()
    assert (tmp_path / "back" / "persons.csv").read_bytes() == b"Whitlow" * 100_000
    data = bytearray((shut / sealed.ARCHIVE).read_bytes())
    data[-9] ^= 1
    (shut / sealed.ARCHIVE).write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        sealed.decrypt(shut, "nine loud herons", tmp_path / "no")
    assert not (tmp_path / "no").exists()


def test_the_manifest_is_json_with_every_file(tmp_path: Path) -> None:
    make(tmp_path / "out")
    said = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert set(said["files"]) == set(files(tmp_path / "out")) - set(OWN)
    assert said["pii"] == "full"
