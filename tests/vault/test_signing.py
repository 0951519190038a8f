"""Signatures hold for their author and their digest, and for nothing else."""

from __future__ import annotations

import pytest

from evidencebox.vault.signing import Signer, signature_holds

SIGNER = Signer(b"1" * 32)
DIGEST = b"d" * 32


def test_a_signature_holds() -> None:
    assert signature_holds(SIGNER.author, DIGEST, SIGNER.sign(DIGEST))
    assert Signer(b"1" * 32).author == SIGNER.author


@pytest.mark.parametrize("author", [Signer(b"2" * 32).author, "", "zz", "00" * 31, "ff" * 32])
def test_it_holds_for_no_other_author(author: str) -> None:
    assert not signature_holds(author, DIGEST, SIGNER.sign(DIGEST))


def test_it_holds_for_no_other_digest_and_no_other_bytes() -> None:
    good = SIGNER.sign(DIGEST)
    assert not signature_holds(SIGNER.author, b"e" * 32, good)
    for wrong in (b"", good[:-1], bytes(64), good[:-1] + bytes([good[-1] ^ 1])):
        assert not signature_holds(SIGNER.author, DIGEST, wrong)
