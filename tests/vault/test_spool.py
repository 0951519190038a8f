"""The spool gives back what it was given, or says it is lost; and shows nothing to the disk."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebox.vault import spool as spool_module
from evidencebox.vault.spool import CHUNK, Spool, SpoolLost, SpoolRef

KEY = b"s" * 32
SMALL = 64


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "CHUNK", SMALL)


def put(spool: Spool, *children: bytes) -> list[SpoolRef]:
    writer = spool.new_pack()
    refs = []
    for data in children:
        writer.begin()
        writer.write(data)
        refs.append(writer.end())
    writer.close()
    return refs


def get(spool: Spool, ref: SpoolRef) -> bytes:
    return spool.open(ref).read_at(0, ref.size)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
def test_children_come_back_around_the_bounds_of_chunks(tmp_path: Path, size: int) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    data = random.Random(size).randbytes(size)
    before, ref, after = put(spool, b"before", data, b"after")
    assert get(spool, ref) == data
    assert get(spool, before) == b"before"
    assert get(spool, after) == b"after"
    assert ref.size == size


@pytest.mark.usefixtures("small_chunks")
@settings(max_examples=60)
@given(
    st.lists(st.lists(st.binary(max_size=3 * SMALL), max_size=4), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 700), st.integers(0, 300)), max_size=10),
)
def test_any_pieces_come_back_from_anywhere(
    tmp_path_factory: pytest.TempPathFactory,
    children: list[list[bytes]],
    asked: list[tuple[int, int, int]],
) -> None:
    spool = Spool(tmp_path_factory.mktemp("case") / "spool", KEY)
    writer = spool.new_pack()
    refs = []
    for pieces in children:
        writer.begin()
        for piece in pieces:
            writer.write(piece)
        refs.append(writer.end())
    writer.close()
    whole = [b"".join(pieces) for pieces in children]
    assert [get(spool, ref) for ref in refs] == whole
    opened = [spool.open(ref) for ref in refs]
    for number, offset, length in asked:
        number %= len(whole)
        expected = whole[number][offset : offset + length]
        assert opened[number].read_at(offset, length) == expected


@pytest.mark.usefixtures("small_chunks")
def test_a_child_given_up_half_way_harms_no_other(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    writer = spool.new_pack()
    writer.begin()
    writer.write(b"x" * 300)  # some chunks are on disk, some bytes are not
    writer.begin()
    writer.write(b"kept")
    ref = writer.end()
    writer.close()
    assert get(spool, ref) == b"kept"


@pytest.mark.usefixtures("small_chunks")
def test_every_flipped_byte_of_a_pack_is_noticed(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    (ref,) = put(spool, b"y" * 150)
    path = tmp_path / "spool" / ref.pack
    whole = path.read_bytes()
    for place in range(len(whole)):
        hurt = bytearray(whole)
        hurt[place] ^= 1
        path.write_bytes(hurt)
        with pytest.raises(SpoolLost):
            get(spool, ref)


@pytest.mark.usefixtures("small_chunks")
def test_a_pack_that_is_cut_swapped_or_gone_is_lost(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    (one,), (two,) = put(spool, b"1" * 200), put(spool, b"2" * 200)
    paths = [tmp_path / "spool" / ref.pack for ref in (one, two)]
    first, second = (path.read_bytes() for path in paths)
    paths[0].write_bytes(second)
    paths[1].write_bytes(first[:-1])
    for ref in (one, two):
        with pytest.raises(SpoolLost):
            get(spool, ref)
    paths[0].write_bytes(first[:80])
    with pytest.raises(SpoolLost):
        get(spool, one)
    paths[0].unlink()
    with pytest.raises(SpoolLost):
        get(spool, one)


@pytest.mark.usefixtures("small_chunks")
def test_chunks_cannot_change_places_nor_a_childs_end_be_moved(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    (ref,) = put(spool, b"a" * 64 + b"b" * 64 + b"c" * 64)
    path = tmp_path / "spool" / ref.pack
    data = path.read_bytes()
    size = SMALL + 16
    path.write_bytes(data[size : 2 * size] + data[:size] + data[2 * size :])
    with pytest.raises(SpoolLost):
        get(spool, ref)
    path.write_bytes(data)
    for wrong in (
        SpoolRef(ref.pack, 0, 0, 128),
        SpoolRef(ref.pack, size, 1, 64),
        SpoolRef(ref.pack, size, 0, 128),
        SpoolRef(ref.pack, 0, 0, 193),
    ):
        with pytest.raises(SpoolLost):
            get(spool, wrong)


def test_another_cases_key_reads_nothing(tmp_path: Path) -> None:
    (ref,) = put(Spool(tmp_path / "spool", KEY), b"secret")
    with pytest.raises(SpoolLost):
        get(Spool(tmp_path / "spool", b"t" * 32), ref)


def test_no_plaintext_reaches_the_disk(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    put(spool, b"MARKER " * 1000, b"MARKER")
    data = b"".join(p.read_bytes() for p in (tmp_path / "spool").iterdir())
    assert len(data) == 7000 + 6 + 2 * 16
    assert b"MARKER" not in data
    for path in (tmp_path / "spool", *(tmp_path / "spool").iterdir()):
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("small_chunks")
def test_a_full_disk_leaves_no_nonce_to_be_used_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    writer = spool.new_pack()
    nonces = []
    nonce = spool_module._nonce

    def remember(number: int) -> bytes:
        nonces.append(number)
        return nonce(number)

    def full(descriptor: int, data: bytes) -> int:
        write(descriptor, bytes(data[:10]))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool_module, "_nonce", remember)
    writer.begin()
    writer.write(b"z" * 70)
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            writer.write(b"z" * 70)
    writer.begin()
    writer.write(b"after")
    ref = writer.end()
    writer.close()
    assert nonces == [0, 1, 2]
    assert get(spool, ref) == b"after"


def test_packs_are_listed_measured_and_dropped(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", KEY)
    assert spool.packs() == set()
    spool.new_pack().close()
    assert spool.packs() == set()
    (ref,) = put(spool, b"four")
    assert spool.packs() == {ref.pack}
    assert spool.size() == 20
    spool.drop(ref.pack)
    spool.drop(ref.pack)
    assert Spool(tmp_path / "spool", KEY).packs() == set()
