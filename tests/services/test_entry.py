"""What the index is told of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.documents import DocumentType, Location, Notice, Page, Status
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.entry import MAX_PATH_CHARS, folders, index_entry, timestamp

SHA = DocumentId("ab" * 32)


def entry(*paths: str, children: int = 0, parents: int = 0, **metadata: list[str]) -> IndexEntry:
    places = [Location(path, None, "Unit A") for path in paths]
    kind = DocumentType.MAIL
    families = (parents, children)
    return index_entry(
        SHA, places, kind, Status.OK, metadata, "2019-05-01", 9, families, [Page(1, "text")]
    )


def test_names_paths_and_folders_of_every_location() -> None:
    made = entry("a/b/one.eml", "c/two.eml", "c/d/one.eml")
    assert made.fields["name"] == "one.eml\ntwo.eml"
    assert made.fields["path"].split("\n") == ["a/b/one.eml", "c/two.eml", "c/d/one.eml"]
    assert made.keywords["folder"] == ("a", "a/b", "c", "c/d")
    assert made.keywords["is"] == ("ok", "duplicate")
    assert made.keywords["custodian"] == ("Unit A",)
    assert made.date == 1_556_668_800


def test_flags_of_a_family() -> None:
    assert entry("a", children=1).keywords["has"] == ("attachment", "child")
    assert entry("a", parents=1).keywords["is"] == ("ok", "child")
    assert entry("a").keywords["has"] == ()


def test_what_to_know_of_it_is_a_flag_once() -> None:
    codes = ("no_text", "mismatch", "mismatch", "broken_page")
    notices = [Notice(code, "A sentence.") for code in codes]
    kind, status = DocumentType.OTHER, Status.PARTIAL
    place = [Location("a")]
    made = index_entry(SHA, place, kind, status, {}, None, 9, (0, 0), [], notices)
    assert made.keywords["is"] == ("partial", "mismatch", "no_text")


def test_metadata_fields_and_a_title_for_a_subject() -> None:
    made = entry("a", to=["X", "Y"], bcc=["Z"], cc=["W"], title=["Report"])
    assert made.fields["to"] == "X\nY"
    assert made.fields["cc"] == "W\nZ"
    assert made.fields["subject"] == "Report"
    assert "author" not in made.fields
    assert entry("a", title=["Report"], subject=["Mail"]).fields["subject"] == "Mail"


def test_endless_paths_are_bounded() -> None:
    assert len(entry(*("x" * 5000 for _ in range(50))).fields["path"]) == MAX_PATH_CHARS


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-01", 0),
        ("1970-01-01T00:00:10Z", 10),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1960-01-01T00:00:00Z", -315_619_200),
        (None, None),
        ("", None),
        ("last Tuesday", None),
        ("2019-13-45", None),
    ],
)
def test_dates(text: str | None, seconds: int | None) -> None:
    assert timestamp(text) == seconds


@given(st.lists(st.text("ab/", max_size=12), max_size=5))
def test_every_folder_above_each_path_once(paths: list[str]) -> None:
    found = folders(paths)
    assert len(found) == len(set(found))
    for path in paths:
        parts = path.split("/")
        assert all("/".join(parts[:depth]) in found for depth in range(1, len(parts)))
