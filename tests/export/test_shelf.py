"""What a large export lays aside: encrypted, read back as a file, gone at the end."""

from __future__ import annotations

import errno
import io
import random
import tarfile
from pathlib import Path

import pikepdf
import pytest

from evidencebox.errors import UserError
from evidencebox.export import sealed
from evidencebox.export.book import Entry, book
from evidencebox.export.folder import ExportFolder
from evidencebox.export.shelf import Shelf
from evidencebox.export.stamps import read_profile
from evidencebox.model.exports import Facts, Pii
from evidencebox.model.ids import ActId
from evidencebox.vault.spool import PackWriter

FACTS = Facts(
    "lists", "2026-11-24T00:00:00Z", "EvidenceBox", "case", Pii.FULL, 1, "0", ActId("1"), {}
)
WORDS = b"what nobody may read on the disk "


def test_a_part_is_read_from_anywhere_and_stands_nowhere_in_the_clear(tmp_path: Path) -> None:
    shelf, data = Shelf(tmp_path / "parts"), WORDS * 90_000
    refs = [shelf.put(data[:n]) for n in (0, 1, 1 << 20, len(data), 33, 34, 35, 36, 37, 38)]
    assert all(WORDS not in file.read_bytes() for file in (tmp_path / "parts").iterdir())
    files = [shelf.open(ref) for ref in refs]
    for ref, file in zip(refs, files, strict=True):
        assert file.read() == data[: ref.size]
    chosen = random.Random(1)
    for _ in range(50):
        number, at = chosen.randrange(len(refs)), chosen.randrange(len(data))
        files[number].seek(at)
        assert files[number].read(5_000) == data[: refs[number].size][at : at + 5_000]
    for ref in refs:
        shelf.drop(ref)
    assert list((tmp_path / "parts").iterdir()) == []


def test_nothing_of_it_is_left_in_an_export(tmp_path: Path) -> None:
    with ExportFolder(tmp_path / "out") as folder:
        folder.shelf().put(WORDS)
        assert any((tmp_path / "out.unfinished" / ".parts").iterdir())
        folder.add("a.txt", b"a")
        folder.finish(FACTS, lambda digest: ("00", digest))
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"a.txt", "manifest.json", "manifest.sig", "SHA256SUMS"}


def test_a_large_file_of_an_encrypted_export_lies_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "_IN_MEMORY", 100)
    shelf, archive = Shelf(tmp_path / "parts"), io.BytesIO()
    sink = sealed.TarSink(archive, "out", lambda: shelf)
    for name, data in (("small", b"s"), ("large", WORDS * 50)):
        with sink.open(name) as file:
            for start in range(0, len(data), 60):
                file.write(data[start : start + 60])
    assert list((tmp_path / "parts").iterdir()) == []
    sink.finish()
    archive.seek(0)
    with tarfile.open(fileobj=archive) as tar:
        found = {member.name: tar.extractfile(member) for member in tar}
        read = {name: file.read() for name, file in found.items() if file is not None}
    assert read == {"out/small": b"s", "out/large": WORDS * 50}


class _Full:
    def write(self, data: bytes) -> int:
        raise UserError("The drive is full.")


def test_a_full_drive_ends_a_book_with_its_own_sentence() -> None:
    page = pikepdf.Pdf.new()
    page.add_blank_page()
    body = io.BytesIO()
    page.save(body)
    entry = Entry("PX-1", "d", ("B-1", "B-1"), 1)
    with pytest.raises(UserError, match="drive is full"):
        book(read_profile(), "Exhibits", [], [(entry, [body])], _Full())


@pytest.mark.parametrize("verb", ["begin", "write", "end"])
def test_a_full_drive_is_a_sentence_when_a_part_is_laid_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(PackWriter, verb, full)
    with pytest.raises(UserError, match="No space left"):
        Shelf(tmp_path / "parts").put(b"words")
