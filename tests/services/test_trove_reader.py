from __future__ import annotations

import pytest

from evidencebox.services.trove_reader import NATIVE, OFFICE, PLAIN, company_of


@pytest.mark.parametrize(
    "head",
    [
        b"From: a@b.example\n\nwords",
        b"name,badge\nQuill,4471\n",
        "Überprüfung".encode(),
        b"{\\rtf1",
    ],
)
def test_texts_share_a_reader_with_many(head: bytes) -> None:
    assert company_of(head) == PLAIN
    assert company_of(head, html=True) == NATIVE


@pytest.mark.parametrize("head", [b"PK\x03\x04\x14\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"])
def test_office_files_share_a_reader_with_some(head: bytes) -> None:
    assert company_of(head) == OFFICE
    assert NATIVE.share < OFFICE.share < PLAIN.share


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"%PDF-1.7\n",
        b"junk before\n%PDF-1.4",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"!BDN\0",
        b"<!DOCTYPE html><p>",
        b"<HTML><body>",
        b"PK\x03\x04\x14\0\0\0\0\0mimetypeapplication/epub+zip",
    ],
)
def test_what_a_library_in_c_reads_shares_a_reader_with_few(head: bytes) -> None:
    assert company_of(head) == NATIVE
