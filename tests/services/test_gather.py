"""What one reading yields, gathered."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.documents import Digests, Layer, Outcome, Page, Status
from evidencebox.model.extraction import ChildHead
from evidencebox.model.ids import DocumentId
from evidencebox.services.gather import Digester, Flag, Gathering
from evidencebox.vault.spool import Spool

DIGESTS = Digests(DocumentId("0" * 64), "", "", 3)


@given(st.lists(st.binary()))
def test_three_digests_in_one_pass(pieces: list[bytes]) -> None:
    digester = Digester()
    for piece in pieces:
        digester.update(piece)
    whole = b"".join(pieces)
    assert digester.result() == Digests(
        DocumentId(hashlib.sha256(whole).hexdigest()),
        hashlib.sha1(whole, usedforsecurity=False).hexdigest(),
        hashlib.md5(whole, usedforsecurity=False).hexdigest(),
        len(whole),
    )


def test_pages_metadata_and_children_come_together(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", b"k" * 32)
    gathering = Gathering(7, DIGESTS, 2, spool)
    gathering.page(Page(1, "first"))
    gathering.page(Page(1, "seen by a machine", layer=Layer.OCR))
    for value in ("A", "B", "A"):
        gathering.meta("subject", value)
    gathering.meta("date", "2019-05-01")
    whole = gathering.child(ChildHead("a.txt", "member"))
    whole.write(b"one")
    whole.close()
    half = gathering.child(ChildHead("b.txt", "member"))
    half.write(b"cut o")
    half.abort()
    last = gathering.child(ChildHead("c.txt", "member"))
    last.write(b"three")
    last.close()
    reading = gathering.reading(Outcome(Status.OK, version=4))
    assert (reading.document, reading.depth, reading.pages, reading.chars) == (7, 2, 1, 5)
    assert (reading.title, reading.date) == ("A", "2019-05-01")
    assert reading.metadata["subject"] == ["A", "B"]
    assert reading.metadata["extraction_version"] == ["4"]
    assert [child.head.name for child in reading.children] == ["a.txt", "c.txt"]
    texts = [spool.open(child.ref).read_at(0, 99) for child in reading.children]
    assert texts == [b"one", b"three"]
    assert [child.digests.size for child in reading.children] == [3, 5]
    gathering.close()


def test_without_children_no_pack_is_made(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", b"k" * 32)
    gathering = Gathering(1, DIGESTS, 0, spool)
    assert gathering.reading(Outcome(Status.EMPTY)).children == []
    assert spool.packs() == set()


def test_a_flag_stays_up() -> None:
    flag = Flag()
    assert not flag()
    flag.set()
    flag.set()
    assert flag()
