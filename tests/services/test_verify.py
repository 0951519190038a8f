"""What was lost or changed is found: in the case, and in the trove."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.services import acquisition, sessions, trove, verify
from evidencebox.services.case import Case
from tests.services.making import copy_case, never, plant, take


def problems(case: Case, root: Path) -> dict[str, str]:
    return {f.subject: f.problem for f in verify.verify_trove(case, root, never)}


def test_a_case_that_holds(case: Case, sample: Path) -> None:
    findings, acts, head = verify.verify_case(case)
    assert findings == []
    assert acts == case.decided.head().arrivals
    assert head == case.decided.head().digest
    assert problems(case, sample / "trove") == {}


def test_what_changed_in_the_trove_is_found(empty: Case, tmp_path: Path) -> None:
    names = ("same.txt", "changed.txt", "touched.txt", "gone.txt", "linked.txt")
    trove = plant(tmp_path / "t", {name: f"text of {name}" for name in names})
    take(empty, trove)
    stood = (trove / "changed.txt").stat()
    (trove / "changed.txt").write_text("text of changed,txt")
    os.utime(trove / "changed.txt", ns=(stood.st_atime_ns, stood.st_mtime_ns))
    os.utime(trove / "touched.txt", (1, 1))
    (trove / "gone.txt").unlink()
    (trove / "linked.txt").unlink()
    (trove / "linked.txt").symlink_to(trove / "same.txt")
    plant(trove, {"deep/new.txt": "new"})
    assert problems(empty, trove) == {
        "changed.txt": "Its bytes changed since the trove was read.",
        "gone.txt": "It is missing.",
        "linked.txt": "It is a symbolic link; links are listed, not followed.",
        "deep/new.txt": "It was not there when the trove was read.",
    }


def test_a_file_that_cannot_be_read_is_a_finding(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trove = plant(tmp_path / "t", {"a.txt": "x"})
    take(empty, trove)

    def refuse(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(verify, "open_file", refuse)
    assert problems(empty, trove) == {"a.txt": "It cannot be read: Input/output error."}


def test_a_drive_mounted_elsewhere_is_compared_as_the_one_it_is(
    empty: Case, tmp_path: Path
) -> None:
    trove = plant(tmp_path / "t", {"a.txt": "x"})
    take(empty, trove)
    elsewhere = trove.rename(tmp_path / "elsewhere")
    assert problems(empty, elsewhere) == {}


def test_a_trove_that_was_never_read(empty: Case, tmp_path: Path) -> None:
    for name in ("one", "two"):
        take(empty, plant(tmp_path / name, {"a.txt": name}))
    with pytest.raises(UserError, match=r"Nothing was ever imported from .*three"):
        problems(empty, plant(tmp_path / "three", {"a.txt": "x"}))
    with pytest.raises(UserError, match="is the drive plugged in"):
        problems(empty, tmp_path / "four")


def test_an_index_that_was_replaced_is_found(empty: Case, tmp_path: Path) -> None:
    take(empty, plant(tmp_path / "t", {"a.txt": "x"}))
    assert verify.verify_case(empty)[0] == []
    generation = empty.index.state().generation
    empty.decided.set_meta("index_state", f"{generation} {'0' * 64}")
    (finding,) = verify.verify_case(empty)[0]
    assert (finding.subject, "replaced" in finding.problem) == ("index", True)
    # An import that was killed before it said so left a later generation: no problem.
    empty.decided.set_meta("index_state", f"{generation - 1} {'0' * 64}")
    assert verify.verify_case(empty)[0] == []


def test_an_index_that_was_put_back_is_found(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.txt": "x"})
    take(empty, trove)
    (tmp_path / "old").mkdir()
    old = copy_case(empty, tmp_path / "old")
    old.close()
    plant(trove, {"b.txt": "y"})
    take(empty, trove)
    empty.close()
    for file in old.folder.glob("index.db*"):
        shutil.copy(file, empty.folder)
    (tmp_path / "new").mkdir()
    back = copy_case(empty, tmp_path / "new")
    try:
        (finding,) = verify.verify_case(back)[0]
        assert finding.subject == "index"
        assert "put back or lost" in finding.problem
    finally:
        back.close()


def test_a_drive_mounted_elsewhere_is_known_by_its_files(empty: Case, tmp_path: Path) -> None:
    one = plant(tmp_path / "one", {"a.txt": "first words"})
    two = plant(tmp_path / "two", {"b.txt": "other words here"})
    take(empty, one)
    take(empty, two, custodian="Unit 3")
    assert (trove.missing(empty.catalogue), sessions.asks(empty)) == ([], [])
    two.rename(tmp_path / "elsewhere")
    (asked,) = sessions.asks(empty)
    assert f"{two} is not connected" in asked
    assert problems(empty, tmp_path / "elsewhere") == {}
    with pytest.raises(UserError, match="none of the case's troves"):
        trove.locate(empty, plant(tmp_path / "three", {"c.txt": "x"}))
    shutil.copytree(one, tmp_path / "copy")
    with pytest.raises(UserError, match="still stands at"):
        trove.locate(empty, tmp_path / "copy")
    assert trove.locate(empty, tmp_path / "elsewhere") == str(two)
    assert trove.missing(empty.catalogue) == []
    assert empty.catalogue.count() == 2
    first, second = acquisition.listed(empty)
    assert (first["source"], second["custodian"]) == (str(one), "Unit 3")
    assert all(second[name] is not None for name in ("utc", "reviewer", "device", "computer"))
    assert (second["files"], second["complete"], second["failures"]) == (1, True, 0)


def test_a_hash_list_that_the_ledger_does_not_know_is_a_finding(
    empty: Case, tmp_path: Path
) -> None:
    root = plant(tmp_path / "t", {"a.txt": "x", "b.txt": "y"})
    take(empty, root)
    with empty.catalogue.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE locations SET raw = x'63' WHERE raw = x'622e747874'")
    assert "altered" in problems(empty, root)["hash list"]
