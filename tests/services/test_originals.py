"""The bytes of any document again, or one sentence on why not."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId
from evidencebox.services import originals as module
from evidencebox.services.case import Case
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.originals import Original, Originals
from tests.services.making import by_path, copy_case, mail, plant, take, zipped

SECRET = b"the innermost words, long enough to be found in a pack if they were ever written as is"
INNER = mail("inner", "with an attachment", {"note.bin": SECRET})
FILES = {
    "plain.txt": b"a file of the trove",
    "twin.txt": b"a file of the trove",
    "lone.txt": b"a file that stands in one place",
    "a/deep.zip": zipped({"more.zip": zipped({"inner.eml": INNER, "other.txt": b"other"})}),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractPool]:
    with ExtractPool(1) as made:
        yield made


@pytest.fixture(scope="module")
def kept(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Case, Path]]:
    """A case and its trove; each test puts the trove back in order."""
    folder = tmp_path_factory.mktemp("originals")
    case = copy_case(_blank, folder)
    root = plant(folder / "trove", FILES)
    take(case, root)
    yield case, root
    case.close()


@pytest.fixture
def case(kept: tuple[Case, Path]) -> Case:
    return kept[0]


@pytest.fixture
def trove(kept: tuple[Case, Path]) -> Iterator[Path]:
    yield kept[1]
    plant(kept[1], FILES)


@pytest.fixture
def originals(case: Case, trove: Path, pool: ExtractPool) -> Iterator[Originals]:
    made = Originals(case, pool)
    yield made
    made.close()


def id_of(data: bytes) -> DocumentId:
    return DocumentId(hashlib.sha256(data).hexdigest())


def whole(original: Original) -> bytes:
    return b"".join(original.pieces())


def packs(case: Case) -> list[Path]:
    folder = case.folder / "viewing"
    return list(folder.iterdir()) if folder.exists() else []


def test_a_file_is_read_from_the_trove(originals: Originals) -> None:
    assert whole(originals.open(id_of(FILES["plain.txt"]))) == FILES["plain.txt"]


def test_every_child_comes_out_of_its_parents_again(case: Case, originals: Originals) -> None:
    assert whole(originals.open(id_of(SECRET))) == SECRET
    children = [record for record in by_path(case).values() if record.parents]
    assert len(children) >= 4
    for record in children:
        assert record.sha256 is not None
        data = whole(originals.open(record.sha256))
        assert id_of(data) == record.sha256


def test_the_last_few_are_kept_in_memory(originals: Originals, trove: Path) -> None:
    originals.open(id_of(SECRET)).close()
    shutil.rmtree(trove)
    assert whole(originals.open(id_of(SECRET))) == SECRET


def test_a_large_child_waits_encrypted_and_is_dropped(
    case: Case, originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IN_MEMORY", 8)
    assert whole(originals.open(id_of(SECRET))) == SECRET
    kept = packs(case)
    assert kept
    assert all(b"innermost" not in pack.read_bytes() for pack in kept)
    originals.close()
    assert packs(case) == []


def test_what_a_crash_left_is_removed(
    case: Case, originals: Originals, pool: ExtractPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IN_MEMORY", 8)
    originals.open(id_of(SECRET)).close()
    left = set(packs(case))
    after = Originals(case, pool)
    after.open(id_of(SECRET)).close()
    assert left
    assert not left & set(packs(case))
    after.close()


def test_a_large_parent_is_not_read_to_its_end(
    originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HURRY_FROM", 0)
    assert whole(originals.open(id_of(SECRET))) == SECRET


@pytest.mark.parametrize("wanted", [FILES["plain.txt"], SECRET])
def test_a_drive_that_is_gone_is_said_so(originals: Originals, trove: Path, wanted: bytes) -> None:
    shutil.rmtree(trove)
    with pytest.raises(UserError, match="plug its drive in"):
        originals.open(id_of(wanted))


def test_a_file_that_changed_is_not_given(originals: Originals, trove: Path) -> None:
    document = id_of(FILES["lone.txt"])
    originals.open(document).close()
    (trove / "lone.txt").write_bytes(b"another file in place")
    with pytest.raises(UserError, match="has changed"):
        originals.open(document)


def test_another_place_serves_as_well(originals: Originals, trove: Path) -> None:
    (trove / "plain.txt").unlink()
    assert whole(originals.open(id_of(FILES["plain.txt"]))) == FILES["plain.txt"]


def test_a_file_gone_from_its_place_is_said_so(originals: Originals, trove: Path) -> None:
    (trove / "lone.txt").unlink()
    with pytest.raises(UserError, match="cannot be read"):
        originals.open(id_of(FILES["lone.txt"]))


def test_nobody_knows_it(originals: Originals) -> None:
    with pytest.raises(UserError, match="has no document"):
        originals.open(id_of(b"never seen"))


def test_what_goes_out_comes_a_piece_at_a_time(
    originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_READ", 5)
    for data in (FILES["plain.txt"], SECRET):
        pieces = list(originals.open(id_of(data)).pieces())
        assert b"".join(pieces) == data
        assert max(map(len, pieces)) == 5


def test_no_descriptor_is_left_open(originals: Originals, trove: Path) -> None:
    count: Callable[[], int] = lambda: len(os.listdir("/proc/self/fd"))  # noqa: E731
    if not Path("/proc/self/fd").exists():
        pytest.skip("this system does not list a process's descriptors")
    originals.open(id_of(SECRET)).close()
    before = count()
    for _ in range(3):
        originals.open(id_of(FILES["plain.txt"])).close()
        (trove / "plain.txt").touch()
    assert count() == before
