"""What ingest records, and what a reader of the catalogue is told of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import pytest

from evidencebox.model.documents import Digests, DocumentType, Notice, Outcome, Status
from evidencebox.model.extraction import ChildHead
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.store.catalogue import MAX_PATHS, Catalogue
from evidencebox.store.found import Child, Reading, Seen
from evidencebox.store.intake import Intake
from evidencebox.store.intake_rows import LAST_CHANCES, MAX_ATTEMPTS
from evidencebox.vault.spool import SpoolRef

OK = Outcome(Status.OK, DocumentType.TEXT, "text/plain", engine="text", version=1)


def digests(data: bytes) -> Digests:
    kinds = (hashlib.sha256, hashlib.sha1, hashlib.md5)
    sha256, sha1, md5 = (kind(data).hexdigest() for kind in kinds)
    return Digests(DocumentId(sha256), sha1, md5, len(data))


def sha(data: bytes) -> DocumentId:
    return digests(data).sha256


def seen(path: str | bytes, **more: Any) -> Seen:
    raw = path if isinstance(path, bytes) else path.encode()
    values = {"size": 1, "mtime_ns": 1, "kind": "file", **more}
    return Seen(raw, raw.decode("utf-8", "replace"), **values)


def child(data: bytes, name: str, pack: str = "pack") -> Child:
    return Child(ChildHead(name, "member"), digests(data), SpoolRef(pack, 0, 0, len(data)))


def read(
    document: int, outcome: Outcome = OK, children: Sequence[Child] = (), depth: int = 0
) -> Reading:
    notices = [Notice("code", "Detail.")]
    return Reading(
        document, outcome, 2, 30, "Title", "2020-01-02", {"from": ["x"]}, notices, children, depth
    )


class Ingest:
    """An intake driven by hand."""

    def __init__(self, catalogue: Catalogue, root: str = "/trove") -> None:
        self.catalogue = catalogue
        self.intake = Intake(catalogue, root, "")

    def tie(self, path: str, data: bytes) -> tuple[int, bool]:
        """Sees a path and identifies its bytes."""
        self.intake.see([seen(path)])
        (unread,) = [u for u in self.intake.unread(0, 99) if u.path == path]
        return self.intake.identify([(unread.location, digests(data))], set())[0]

    def file(self, path: str, data: bytes, **reading: Any) -> int:
        document, fresh = self.tie(path, data)
        if fresh:
            self.intake.finish([read(document, **reading)])
        return document

    def paths(self, data: bytes) -> list[str]:
        (record,) = self.catalogue.records([sha(data)])
        return [location.path for location in record.locations]


@pytest.fixture
def ingest(catalogue: Catalogue) -> Ingest:
    return Ingest(catalogue)


def status(ingest: Ingest, data: bytes) -> str:
    (record,) = ingest.catalogue.records([sha(data)])
    return record.status.value


# --- paths


def test_paths_are_read_once_and_in_order(ingest: Ingest) -> None:
    intake = ingest.intake
    intake.see([seen("b"), seen("a"), seen("c")])
    intake.see([seen("a"), seen("b")])
    first = intake.unread(0, 2)
    assert [u.path for u in first] == ["b", "a"]
    assert [u.path for u in intake.unread(first[-1].location, 2)] == ["c"]
    intake.identify([(u.location, digests(u.raw)) for u in first], set())
    assert [u.path for u in intake.unread(0, 9)] == ["c"]


@pytest.mark.parametrize("change", [{"size": 2}, {"mtime_ns": 2}])
def test_a_changed_file_is_read_again(ingest: Ingest, change: dict[str, int]) -> None:
    ingest.file("a", b"old")
    ingest.intake.see([seen("a")])
    assert ingest.intake.unread(0, 9) == []
    ingest.intake.see([seen("a", **change)])
    (again,) = ingest.intake.unread(0, 9)
    ingest.intake.identify([(again.location, digests(b"new"))], set())
    assert ingest.paths(b"new") == ["a"]
    assert ingest.paths(b"old") == []
    assert ingest.catalogue.count() == 2


def test_links_and_specials_are_listed_and_not_read(ingest: Ingest) -> None:
    ingest.intake.see([seen("l", kind="link", reason="A link; it is not followed.")])
    assert ingest.intake.unread(0, 9) == []
    (record,) = ingest.catalogue.each()
    assert (record.sha256, record.status, record.name) == (None, Status.UNSUPPORTED, "l")
    (failure,) = ingest.catalogue.failures()
    assert (failure.path, failure.reason) == ("l", "A link; it is not followed.")


def test_an_unreadable_file_is_listed_and_tried_again_when_seen_again(ingest: Ingest) -> None:
    ingest.intake.see([seen("a")])
    (unread,) = ingest.intake.unread(0, 9)
    ingest.intake.unreadable(unread.location, "Permission denied.")
    assert ingest.intake.unread(0, 9) == []
    assert ingest.catalogue.failure_count() == 1
    assert [(f.path, f.status, f.reason) for f in ingest.catalogue.failures()] == [
        ("a", "failed", "Permission denied.")
    ]
    ingest.intake.see([seen("a")])
    assert [u.path for u in ingest.intake.unread(0, 9)] == ["a"]
    assert ingest.catalogue.failures() == []


def test_a_scan_is_told_what_is_known_and_what_is_to_be_read(ingest: Ingest) -> None:
    ingest.file("a", b"x")
    link = seen("l", kind="link", reason="A link.")
    sighting = ingest.intake.see([seen("a"), seen("b", size=7), link])
    assert (sighting.known, sighting.unread, sighting.failures) == (frozenset([b"a"]), 7, 1)
    assert ingest.intake.see([link]).failures == 0
    assert ingest.intake.see([seen("l")]).failures == -1
    assert ingest.intake.see([]).known == frozenset()


def test_a_folder_that_can_be_read_again_is_no_failure_any_more(ingest: Ingest) -> None:
    closed = [seen(name, kind="folder", reason="Permission denied.") for name in ("f1", "f2")]
    ingest.intake.see(closed)
    assert ingest.catalogue.failure_count() == 2
    ingest.intake.scanned([b"f1"])
    assert [f.path for f in ingest.catalogue.failures()] == ["f1"]


def test_two_troves_keep_apart(catalogue: Catalogue) -> None:
    one, two = Ingest(catalogue, "/one"), Ingest(catalogue, "/two")
    one.file("same", b"x")
    two.file("same", b"x")
    assert catalogue.troves() == ["/one", "/two"]
    assert catalogue.count() == 1
    assert one.paths(b"x") == ["same", "same"]
    assert list(one.intake.hash_list()) == [(b"same", sha(b"x"), 1)]


def test_the_custodian_of_a_trove_is_kept_until_another_is_named(catalogue: Catalogue) -> None:
    for custodian, expected in (("Records", "Records"), ("", "Records"), ("Legal", "Legal")):
        ingest = Ingest(catalogue)
        ingest.intake = Intake(catalogue, "/trove", custodian)
        ingest.intake.see([seen("a")])
        for unread in ingest.intake.unread(0, 9):
            ingest.intake.identify([(unread.location, digests(b"x"))], set())
        (record,) = catalogue.records([sha(b"x")])
        assert record.locations[0].custodian == expected


def test_raw_paths_survive(ingest: Ingest) -> None:
    raw = b"caf\xe9\n.txt"
    ingest.intake.see([seen(raw), seen("caf\u00e9")])
    for unread in ingest.intake.unread(0, 9):
        ingest.intake.identify([(unread.location, digests(b"x"))], set())
    (record,) = ingest.catalogue.records([sha(b"x")])
    locations = {location.path: location.path_b64 for location in record.locations}
    assert locations == {"caf\ufffd\n.txt": base64.b64encode(raw).decode(), "caf\u00e9": None}
    assert {row[0] for row in ingest.intake.hash_list()} == {raw, "caf\u00e9".encode()}


# --- documents


def test_a_document_is_told_as_it_was_read(ingest: Ingest) -> None:
    ingest.file("folder/a.txt", b"text")
    (record,) = ingest.catalogue.each()
    assert record == ingest.catalogue.records([sha(b"text")])[0]
    assert (record.sha256, record.id, record.size) == (sha(b"text"), short_id(sha(b"text")), 4)
    assert (record.type, record.media_type, record.status) == ("text", "text/plain", "ok")
    assert (record.pages, record.chars, record.date, record.title) == (2, 30, "2020-01-02", "Title")
    assert record.metadata == {"from": ("x",)}
    assert record.name == "a.txt"
    assert ingest.catalogue.notices(sha(b"text")) == [Notice("code", "Detail.")]
    assert ingest.catalogue.notices(sha(b"other")) == []
    assert ingest.catalogue.by_status() == {"text": {"ok": 1}}


def test_records_come_in_the_order_asked_for(ingest: Ingest) -> None:
    for n in range(5):
        ingest.file(f"f{n}", b"%d" % n)
    asked = [sha(b"%d" % n) for n in (3, 9, 0)]
    assert [r.sha256 for r in ingest.catalogue.records(asked)] == [sha(b"3"), sha(b"0")]
    assert ingest.catalogue.all_ids() == [sha(b"%d" % n) for n in range(5)]


def test_the_same_bytes_are_extracted_once(ingest: Ingest) -> None:
    intake = ingest.intake
    intake.see([seen("a"), seen("b")])
    found = [(u.location, digests(b"same")) for u in intake.unread(0, 9)]
    ties = intake.identify(found, set())
    assert [fresh for _, fresh in ties] == [True, False]
    assert ties[0][0] == ties[1][0]
    assert ingest.paths(b"same") == ["a", "b"]


def test_what_is_under_way_is_not_started_twice(ingest: Ingest) -> None:
    document, fresh = ingest.tie("a", b"x")
    assert fresh
    ingest.intake.see([seen("b")])
    (unread,) = ingest.intake.unread(0, 9)
    again = ingest.intake.identify([(unread.location, digests(b"x"))], {document})
    assert again == [(document, False)]


def test_a_new_name_makes_the_index_entry_stale_once(ingest: Ingest) -> None:
    document = ingest.file("a", b"x")
    assert ingest.intake.stale(9) == []
    ingest.file("b", b"x")
    assert ingest.intake.stale(9) == [(document, sha(b"x"))]
    locations, parents = ingest.intake.places([document])[document]
    assert ([location.path for location in locations], parents) == (["a", "b"], 0)
    assert ingest.intake.stale(9) == []


def test_a_file_that_becomes_a_child_while_it_is_read_is_indexed_as_one(ingest: Ingest) -> None:
    document, fresh = ingest.tie("a", b"x")
    assert fresh
    ingest.file("b.zip", b"zip", children=[child(b"x", "x")])
    locations, parents = ingest.intake.places([document])[document]
    assert ([location.path for location in locations], parents) == (["a", "b.zip/x"], 1)


# --- interruptions


def test_pending_documents_of_a_run_that_was_killed_are_read_again(ingest: Ingest) -> None:
    document, _ = ingest.tie("a", b"x")
    assert ingest.intake.unread(0, 9) == []
    ingest.intake.release()
    (unread,) = ingest.intake.unread(0, 9)
    assert ingest.intake.identify([(unread.location, digests(b"x"))], set()) == [(document, True)]
    ingest.intake.finish([read(document)])
    ingest.intake.release()
    assert ingest.intake.unread(0, 9) == []


def interrupted(ingest: Ingest) -> bool:
    """One more run that starts the document and is killed; whether it was started."""
    ingest.intake.release()
    found = ingest.intake.unread(0, 9)
    if not found:
        return False
    return ingest.intake.identify([(found[0].location, digests(b"poison"))], set())[0][1]


def test_poison_is_quarantined_then_given_last_chances_then_left(ingest: Ingest) -> None:
    ingest.tie("a", b"poison")
    started = 1
    while interrupted(ingest):
        started += 1
    assert started == MAX_ATTEMPTS
    assert status(ingest, b"poison") == "quarantined"
    (failure,) = ingest.catalogue.failures()
    assert "several times" in failure.reason
    while ingest.intake.last_chance():
        assert status(ingest, b"poison") == "pending"
        while interrupted(ingest):
            started += 1
    assert MAX_ATTEMPTS < started <= MAX_ATTEMPTS + LAST_CHANCES
    assert status(ingest, b"poison") == "quarantined"
    assert not interrupted(ingest)


def test_an_innocent_gets_through_on_a_last_chance(ingest: Ingest) -> None:
    document, _ = ingest.tie("a", b"poison")
    while interrupted(ingest):
        pass
    assert ingest.intake.last_chance()
    ingest.intake.release()
    assert interrupted(ingest)
    ingest.intake.finish([read(document)])
    assert status(ingest, b"poison") == "ok"
    assert not ingest.intake.last_chance()


# --- families


def test_children_wait_in_the_spool_deepest_first(ingest: Ingest) -> None:
    intake = ingest.intake
    top, _ = ingest.tie("a.zip", b"zip")
    kids = [child(b"one", "1.txt"), child(b"inner", "in.zip")]
    assert intake.finish([read(top, children=kids)]) == set()
    waiting = intake.waiting([], 9)
    assert [w.name for w in waiting] == ["1.txt", "in.zip"]
    assert waiting[0].digests == digests(b"one")
    assert waiting[0].ref == SpoolRef("pack", 0, 0, 3)
    inner = waiting[1].document
    assert intake.start(inner)
    intake.finish([read(inner, children=[child(b"deep", "d.txt", "pack2")], depth=1)])
    assert [(w.name, w.depth) for w in intake.waiting([], 9)] == [("d.txt", 2), ("1.txt", 1)]
    assert [w.name for w in intake.waiting([intake.waiting([], 1)[0].document], 9)] == ["1.txt"]
    assert intake.packs() == {"pack", "pack2"}
    for waiting_child in intake.waiting([], 9):
        gone = intake.finish([read(waiting_child.document)])
        assert gone == {"pack2" if waiting_child.name == "d.txt" else "pack"}
    assert intake.packs() == set()
    assert ingest.paths(b"deep") == ["a.zip/in.zip/d.txt"]


def test_a_pack_with_no_new_child_is_free_at_once(ingest: Ingest) -> None:
    ingest.file("x", b"known")
    top, _ = ingest.tie("a.zip", b"zip")
    assert ingest.intake.finish([read(top, children=[child(b"known", "k")])]) == {"pack"}
    assert ingest.intake.stale(9) == [(1, sha(b"known"))]
    assert ingest.paths(b"known") == ["x", "a.zip/k"]


def test_a_document_of_several_parents_has_a_path_through_each(ingest: Ingest) -> None:
    for name, data in (("m1.eml", b"m1"), ("m2.eml", b"m2")):
        kids = [child(b"pdf", "scan.pdf"), child(b"pdf", "again.pdf")]
        ingest.file(name, data, children=kids)
    ingest.file("copy.eml", b"m1")
    expected = {
        f"{m}/{n}" for m in ("m1.eml", "m2.eml", "copy.eml") for n in ("scan.pdf", "again.pdf")
    }
    assert set(ingest.paths(b"pdf")) == expected
    (record,) = ingest.catalogue.records([sha(b"pdf")])
    assert set(record.parents) == {sha(b"m1"), sha(b"m2")}
    (parent,) = ingest.catalogue.records([sha(b"m1")])
    assert parent.children == (sha(b"pdf"),)


def test_a_family_that_contains_itself_ends(ingest: Ingest) -> None:
    """A quine archive holds itself, twice over; and two archives hold each other."""
    ingest.file("q.zip", b"q", children=[child(b"q", "q"), child(b"q", "r"), child(b"s", "s")])
    second = ingest.intake.waiting([], 9)[0].document
    ingest.intake.finish([read(second, children=[child(b"q", "back"), child(b"leaf", "leaf")])])
    for data in (b"q", b"s", b"leaf"):
        paths = ingest.paths(data)
        assert 0 < len(paths) <= MAX_PATHS
        assert all(path.startswith("q.zip") for path in paths)
    assert ingest.paths(b"q")[0] == "q.zip"
    assert "q.zip/s/leaf" in ingest.paths(b"leaf")
    assert len(list(ingest.catalogue.each())) == 3


def test_more_paths_than_anyone_reads_are_cut_off(ingest: Ingest) -> None:
    kids = [child(b"same", f"{n}.txt") for n in range(MAX_PATHS + 50)]
    ingest.file("a.zip", b"zip", children=kids)
    assert len(ingest.paths(b"same")) == MAX_PATHS


def test_a_lost_spool_reads_the_parents_again(ingest: Ingest) -> None:
    top = ingest.file("a.zip", b"zip", children=[child(b"one", "1"), child(b"two", "2", "other")])
    one, two = ingest.intake.waiting([], 9)
    ingest.intake.spool_lost(one.document)
    assert status(ingest, b"zip") == "pending"
    assert [w.document for w in ingest.intake.waiting([], 9)] == [two.document]
    ingest.intake.release()
    (unread,) = ingest.intake.unread(0, 9)
    assert ingest.intake.identify([(unread.location, digests(b"zip"))], set()) == [(top, True)]
    ingest.intake.finish([read(top, children=[child(b"one", "1", "new"), child(b"two", "2")])])
    packs = {w.name: w.ref.pack for w in ingest.intake.waiting([], 9)}
    assert packs == {"1": "new", "2": "other"}


def test_children_whose_bytes_are_gone_are_yielded_again_at_any_depth(ingest: Ingest) -> None:
    ingest.file("a.zip", b"zip", children=[child(b"inner", "in.zip")])
    inner = ingest.intake.waiting([], 9)[0].document
    ingest.intake.finish([read(inner, children=[child(b"leaf", "l")], depth=1)])
    leaf = ingest.intake.waiting([], 9)[0].document
    ingest.intake.spool_lost(leaf)
    ingest.intake.lost_children()
    assert [status(ingest, data) for data in (b"zip", b"inner", b"leaf")] == ["pending"] * 3
    ingest.intake.release()
    assert [u.path for u in ingest.intake.unread(0, 9)] == ["a.zip"]


# --- failures


@pytest.mark.parametrize(
    "bad", ["partial", "encrypted", "failed", "timeout", "limit", "unsupported"]
)
def test_what_was_not_read_whole_is_listed_and_can_be_tried_again(ingest: Ingest, bad: str) -> None:
    outcome = Outcome(Status(bad), DocumentType.PDF, reason="A reason.", stage="extract")
    ingest.file("a.pdf", b"pdf", outcome=outcome)
    ingest.file("b.txt", b"fine")
    ingest.file("c.txt", b"", outcome=Outcome(Status.EMPTY))
    (failure,) = ingest.catalogue.failures()
    assert (failure.document, failure.path, failure.status) == (sha(b"pdf"), "a.pdf", bad)
    assert (failure.stage, failure.reason) == ("extract", "A reason.")
    assert ingest.catalogue.failure_count() == 1
    assert ingest.intake.reopen([sha(b"fine")]) == 0
    assert ingest.intake.reopen([sha(b"pdf"), sha(b"fine")]) == 1
    assert status(ingest, b"pdf") == "pending"
    assert ingest.intake.reopen(None) == 0


def test_reopening_everything_counts_paths_that_every_run_tries(ingest: Ingest) -> None:
    ingest.intake.see([seen("a"), seen("l", kind="link", reason="A link.")])
    (unread,) = ingest.intake.unread(0, 9)
    ingest.intake.unreadable(unread.location, "Permission denied.")
    assert ingest.intake.reopen(None) == 1
    ingest.intake.see([seen("a")])
    assert [u.path for u in ingest.intake.unread(0, 9)] == ["a"]
    assert [f.path for f in ingest.catalogue.failures()] == ["l"]


def test_a_child_among_the_failures_is_named_by_its_path(ingest: Ingest) -> None:
    ingest.file("a.zip", b"zip", children=[child(b"bad", "dir/bad.pdf")])
    (waiting,) = ingest.intake.waiting([], 9)
    ingest.intake.finish([read(waiting.document, Outcome(Status.FAILED, reason="Broken."))])
    assert [f.path for f in ingest.catalogue.failures()] == ["a.zip/dir/bad.pdf"]
