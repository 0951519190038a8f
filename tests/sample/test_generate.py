"""The sample as a whole: the same everywhere, complete when small, streamed when large."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencebox.errors import UserError
from evidencebox.sample import SampleSummary, generate

_CODE = (
    "import sys; from pathlib import Path; from evidencebox.sample import generate; "
    "generate(Path(sys.argv[1]), 60, 300, 5)"
)


def _digest(folder: Path) -> str:
    """Of every file's path, bytes and modification time."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode())
        if path.is_file():
            digest.update(path.read_bytes())
            if "trove" in path.parts:
                digest.update(str(path.stat().st_mtime_ns).encode())
    return digest.hexdigest()


def _elsewhere(folder: Path, hash_seed: str, zone: str) -> str:
    """The digest of a sample made by a process with another hash seed and time zone."""
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": zone}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    subprocess.run([sys.executable, "-c", _CODE, str(folder)], env=environment, check=True)
    return _digest(folder)


def test_same_seed_gives_the_same_bytes_and_times_in_another_process(tmp_path: Path) -> None:
    one = _elsewhere(tmp_path / "one", "1", "Asia/Tokyo")
    two = _elsewhere(tmp_path / "two", "2", "America/Lima")
    assert one == two


def test_another_seed_gives_another_sample(tmp_path: Path) -> None:
    generate(tmp_path / "one", 10, 40, seed=1)
    generate(tmp_path / "two", 10, 40, seed=2)
    assert _digest(tmp_path / "one") != _digest(tmp_path / "two")


@pytest.mark.parametrize(("documents", "officers"), [(1, 1), (20, 300), (55, 3), (40, 3600)])
def test_any_size_gives_so_many_files_and_officers(
    tmp_path: Path, documents: int, officers: int
) -> None:
    summary = generate(tmp_path / "s", documents, officers)
    assert summary.files == documents
    assert sum(path.is_file() for path in summary.trove.rglob("*")) == documents
    with summary.roster.open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == officers


def test_twenty_documents_hold_the_main_formats(tmp_path: Path) -> None:
    types = generate(tmp_path / "s", 20).types
    assert {"eml", "pdf", "docx", "xlsx", "txt", "zip"} <= types.keys()


def test_progress_counts_up_to_the_number_asked_for(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    generate(tmp_path / "s", 15, 40, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(number, 15) for number in range(1, 16)]


def test_summary_agrees_with_what_was_written(sample: Any) -> None:
    summary = sample.summary
    files = [path for path in summary.trove.rglob("*") if path.is_file()]
    assert summary.files == len(files)
    assert summary.bytes == sum(path.stat().st_size for path in files)
    assert summary.documents == len(sample.items)
    assert sum(summary.types.values()) == summary.files
    assert sum(summary.lines.values()) == len(sample.answers)


def test_files_lie_on_days_of_the_fiction(sample: Any) -> None:
    times = [p.stat().st_mtime for p in sample.summary.trove.rglob("*") if p.is_file()]
    assert min(times) > 1_483_000_000
    assert max(times) < 1_640_000_000


@pytest.mark.parametrize("name", ["trove", "roster.csv", "answers.jsonl"])
def test_a_folder_that_holds_a_sample_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UserError, match="choose another folder"):
        generate(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize(("documents", "officers"), [(0, 300), (-1, 300), (5, 0), (5, 9000)])
def test_numbers_out_of_range_are_refused_in_a_sentence(
    tmp_path: Path, documents: int, officers: int
) -> None:
    with pytest.raises(UserError, match=r"^A sample.*\.$"):
        generate(tmp_path / "s", documents, officers)
    assert not (tmp_path / "s").exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("mine")
    with pytest.raises(UserError, match="is a file"):
        generate(tmp_path / "s")


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError, match=r"could not be written \(.+\); choose another folder"):
        generate(tmp_path / "file" / "s", 1, 1)


@pytest.mark.long
def test_twenty_thousand_documents_of_3600_officers(
    tmp_path: Path, reader: Callable[[SampleSummary], Any]
) -> None:
    summary = generate(tmp_path / "s", 20_000, 3_600)
    assert summary.files == 20_000
    back = reader(summary)
    assert {line["sha256"] for line in back.answers} <= back.items.keys()
