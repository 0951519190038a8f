from __future__ import annotations

import pytest

from evidencebox.services.trove_reader import is_plain


@pytest.mark.parametrize(
    "head",
    [
        b"From: a@b.example\n\nwords",
        b"name,badge\nQuill,4471\n",
        "Überprüfung".encode(),
        b"{\\rtf1",
    ],
)
def test_texts_may_share_a_reader(head: bytes) -> None:
    assert is_plain(head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"%PDF-1.7\n",
        b"junk before\n%PDF-1.4",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04\x14\0",
        b"<!DOCTYPE html><p>",
        b"<HTML><body>",
    ],
)
def test_what_a_library_in_c_reads_has_its_reader_alone(head: bytes) -> None:
    assert not is_plain(head)
