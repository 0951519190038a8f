"""RAR archives of every generation, made by the library's own writer."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import rars

from evidencebox.model.documents import Status
from evidencebox.model.extraction import Limits

WORDS = b"statement of the witness, page one\n" * 40


def rar(kind: str = "rar50", **options: Any) -> bytes:
    builder = rars.RarBuilder(kind, **options)
    builder.add_bytes(WORDS, "a/b.txt")
    builder.add_bytes(WORDS * 2, "two.txt")
    data: bytes = builder.to_bytes()
    return data


@pytest.mark.parametrize("kind", ["rar15", "rar20", "rar29", "rar50", "rar70"])
@pytest.mark.parametrize("solid", [False, True])
def test_members_are_children_and_listed(read: Any, kind: str, solid: bool) -> None:
    found = read(rar(kind, solid=solid), "x.rar")
    assert [(c.head.name, c.data) for c in found.children] == [
        ("a/b.txt", WORDS),
        ("two.txt", WORDS * 2),
    ]
    assert f"a/b.txt\t{len(WORDS)}" in found.text
    assert found.status == "ok"


def test_encrypted_members_and_names(read: Any) -> None:
    locked = read(rar(password="x"), "x.rar")
    assert locked.status == "encrypted"
    assert "a/b.txt" in locked.text
    assert not locked.children
    names = read(rar(password="x", encrypt_headers=True), "x.rar")
    assert names.status == "encrypted"


def test_links_are_listed_not_followed(read: Any) -> None:
    builder = rars.RarBuilder("rar50")
    builder.add_unix_symlink("link", "/etc/passwd")
    builder.add_directory("folder")
    builder.add_bytes(WORDS, "real")
    found = read(builder.to_bytes(), "x.rar")
    assert [c.head.name for c in found.children] == ["real"]
    assert "link to /etc/passwd" in found.text
    assert "links" in found.codes


def test_a_bomb_is_not_unpacked(read: Any) -> None:
    builder = rars.RarBuilder("rar50")
    builder.add_bytes(WORDS, "good.txt")
    builder.add_bytes(bytes(40 << 20), "bomb")
    limits = Limits(ratio_after_bytes=1 << 14)
    found = read(builder.to_bytes(), "x.rar", limits=limits)
    assert found.status == "limit"
    assert [c.data for c in found.children] == [WORDS]


def test_a_damaged_member_costs_only_itself(read: Any) -> None:
    builder = rars.RarBuilder("rar50", store=True)
    for name in ("one", "two"):
        builder.add_bytes(name.encode() * 500, name)
    data = bytearray(builder.to_bytes())
    data[data.find(b"oneone") + 100] ^= 0xFF
    found = read(bytes(data), "x.rar")
    assert [c.data for c in found.children] == [b"two" * 500]
    assert found.status == "partial"


def test_mutations_give_an_outcome(read: Any) -> None:
    dice = random.Random("evidencebox rar")
    seeds = [rar(kind) for kind in ("rar15", "rar29", "rar50")] + [rar(solid=True)]
    for _ in range(200):
        data = bytearray(dice.choice(seeds))
        for _ in range(dice.choice([1, 3, 20])):
            data[dice.randrange(7, len(data))] = dice.randrange(256)
        assert isinstance(read(bytes(data), "x.rar").outcome.status, Status)


def test_the_corpora(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs/files/tika-parser-pkg-module"
    found = read((folder / "test-documents.rar").read_bytes(), "x.rar")
    assert len(found.children) == 9
    assert found.status == "ok"
    assert read((folder / "test-documents-enc.rar").read_bytes(), "x.rar").status == "encrypted"
