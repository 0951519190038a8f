"""The write-ahead logs of catalogue.db and index.db, as a power cut or a copy leaves them: what is
lost in one is told at the opening, or changes nothing.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.services import case as cases
from evidencebox.services.case import Case
from evidencebox.services.derived import derived_problem
from evidencebox.vault.header import Unlocked
from tests.services.making import make_case, plant, take

NAMES = ("catalogue.db-wal", "index.db-wal")
State = tuple[int, int, int, str, frozenset[str]]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, Case]]:
    """Two copies of a case's folder, taken while it was open: with one import, and with two."""
    root = tmp_path_factory.mktemp("wal")
    first = {f"{n}.txt": f"early{n} words of it" for n in range(6)}
    case = make_case(root / "c")
    take(case, plant(root / "t", first))
    shutil.copytree(case.folder, root / "early" / case.folder.name)
    take(case, plant(root / "t", {f"more/{n}.txt": f"later{n} words of it" for n in range(9)}))
    shutil.copytree(case.folder, root / "late" / case.folder.name)
    yield root / "early" / case.folder.name, root / "late" / case.folder.name, case
    case.close()


def look(folder: Path, case: Case) -> State | None:
    """What the case says it holds; None where something is told or refused."""
    try:
        opened = cases.open_with_keys(folder, case.case_id, Unlocked(case.case_key, case.seed))
    except UserError:
        return None
    try:
        if derived_problem(opened):
            return None
        state = opened.index.state()
        known = [r for r in opened.catalogue.each() if r.sha256]
        texts = frozenset(p.text for r in known if r.sha256 for p in opened.index.pages(r.sha256))
        return (
            opened.catalogue.count(),
            opened.index.count(),
            state.generation,
            state.fingerprint,
            texts,
        )
    except UserError:
        return None
    finally:
        opened.close()


def hurt(data: bytes, how: str, rng: random.Random) -> bytes:
    if how == "flipped":
        changed = bytearray(data)
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        return bytes(changed)
    place = rng.randrange(len(data))
    return data[:place] if how == "torn" else data[:place] + bytes(len(data) - place)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", ["flipped", "torn", "zeroed"])
@pytest.mark.parametrize("times", [6, pytest.param(200, marks=pytest.mark.long)])
def test_a_hurt_log_is_told_or_changes_nothing(
    copied: tuple[Path, Path, Case], tmp_path: Path, name: str, how: str, times: int
) -> None:
    _, late, case = copied
    whole = look(shutil.copytree(late, tmp_path / "whole"), case)
    assert whole is not None
    assert whole[0] == 15
    rng = random.Random(times)
    told = 0
    for number in range(times):
        folder = shutil.copytree(late, tmp_path / f"{number}")
        log = folder / name
        log.write_bytes(hurt(log.read_bytes(), how, rng))
        found = look(folder, case)
        assert found in (None, whole)
        told += found is None
        shutil.rmtree(folder)
    assert told > 0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", ["lost", "of before"])
def test_a_lost_or_earlier_log_is_told(
    copied: tuple[Path, Path, Case], tmp_path: Path, name: str, how: str
) -> None:
    early, late, case = copied
    folder = shutil.copytree(late, tmp_path / "c")
    (folder / name.replace("-wal", "-shm")).unlink(missing_ok=True)
    if how == "lost":
        (folder / name).unlink()
    else:
        shutil.copy(early / name, folder / name)
    assert look(folder, case) is None
