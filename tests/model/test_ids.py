"""Names that two laptops agree on."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.model.ids import DocumentId, officer_id, short_id, virtual_document_id

CASE = "9b2f6f0e-6f0b-4d0e-8a39-3f2f7f6f4d11"
OTHER = "9b2f6f0e-6f0b-4d0e-8a39-3f2f7f6f4d12"
EMPTY = DocumentId(hashlib.sha256(b"").hexdigest())


def test_short_ids_are_the_first_bits_in_crockfords_letters() -> None:
    assert short_id(DocumentId("00" * 32)) == "EB-000000"
    assert short_id(DocumentId("ff" * 32)) == "EB-ZZZZZZ"
    # e3b0c4 42 → 11100 01110 11000 01100 01000 10000
    assert short_id(EMPTY) == "EB-WERC8G"


@given(st.binary(min_size=32, max_size=32), st.integers(1, 52))
def test_a_longer_short_id_begins_with_the_shorter(digest: bytes, length: int) -> None:
    document = DocumentId(digest.hex())
    text = short_id(document, length)
    assert len(text) == 3 + length
    assert short_id(document, 52).startswith(text)
    assert not set(text[3:]) & set("ILOU")


def test_the_same_roster_key_is_the_same_officer_in_one_case_only() -> None:
    assert officer_id(CASE, "4471") == officer_id(CASE.upper(), "4471")
    ids = {officer_id(CASE, "4471"), officer_id(CASE, "4472"), officer_id(OTHER, "4471")}
    assert len(ids) == 3


def test_an_officers_id_never_changes_between_versions() -> None:
    assert officer_id(CASE, "4471") == str(uuid.uuid5(uuid.UUID(CASE), "4471"))


@pytest.mark.parametrize(
    ("container", "entry", "version"), [(EMPTY, "2", 1), ("11" * 32, "1", 1), (EMPTY, "1", 2)]
)
def test_virtual_ids_depend_on_container_entry_and_version(
    container: str, entry: str, version: int
) -> None:
    first = virtual_document_id(EMPTY, "1")
    assert virtual_document_id(EMPTY, "1") == first
    other = virtual_document_id(DocumentId(container), entry, version)
    assert other != first
    assert len(other) == 64
