"""Real messages and mailboxes, broken at random: always an outcome, never an exception."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Status

SEEDS = (
    "testMSG_att_msg.msg", "testMSG_Contact.msg", "testMSG_chinese.msg", "test-outlook2003.msg",
    "testPST_variousBodyTypes.pst", "testWINMAIL.dat", "test.xml.p7m", "testDetached.p7s",
    "Test1.txt.tsd", "testEMLX.emlx", "uu-junk.msg", "multi-nested.msg", "mbox.rlug",
)  # fmt: skip


def mutated(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice([1, 4, 40, 400])):
        at = dice.randrange(len(out))
        action = dice.randrange(5)
        if action == 0:
            out[at] = dice.randrange(256)
        elif action == 1:
            out[at : at + 4] = dice.choice([b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff"])
        elif action == 2 and len(out) > 100:
            del out[at : at + dice.randrange(1, 40)]
        elif action == 3 and len(out) < 2 * len(data):
            out[at:at] = out[at : at + dice.randrange(1, 400)]
        elif action == 4 and dice.randrange(100) == 0:
            del out[at + 1 :]
    return bytes(out)


def broken_at_random(read: Any, corpora: Path, name: str, times: int) -> None:
    dice = random.Random(f"mail {name} {times}")
    data = next(corpora.rglob(name)).read_bytes()
    for _ in range(times):
        found = read(mutated(data, dice), name)
        assert isinstance(found.outcome.status, Status)
        assert bool(found.outcome.reason) == (found.status != "ok")
        assert "the reader met a fault" not in found.outcome.reason, found.outcome.reason


@pytest.mark.parametrize("name", SEEDS)
def test_broken_messages_have_an_outcome(read: Any, corpora: Path, name: str) -> None:
    broken_at_random(read, corpora, name, 20)


@pytest.mark.long
@pytest.mark.parametrize("name", SEEDS)
def test_a_thousand_broken_messages(read: Any, corpora: Path, name: str) -> None:
    broken_at_random(read, corpora, name, 1_000)
