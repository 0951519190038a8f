"""A ledger that was handed out is checked by a program of its own, which needs nothing of ours."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.services import ledger_export, officers, passwords, tags
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft
from evidencebox.vault.signing import Signer
from tests.services.making import person

DOCUMENTS = ("d" * 64, "e" * 64)


@pytest.fixture
def handed(empty: Case, tmp_path: Path) -> Path:
    """Some acts of two reviewers, a batch, an undo, and a removal by order."""
    case, ben = empty, Signer(b"b" * 32)
    case.decided.act(Draft(Kind.REVIEWER, [{"author": ben.author}], {"name": "Ben"}), ben)
    who = person(case, "7")
    for number in range(6):
        target = {"document": DOCUMENTS[number % 2], "officer": who.id, "page": number + 1}
        payload = {"harm": number % 5, "categories": [], "note": f"ñ {number}", "paths": ["a"]}
        signer = ben if number % 3 else case.signer
        case.decided.act(Draft(Kind.TAG, [target], payload), signer)
    tags.undo(case)
    both = [{"document": each, "label": "x"} for each in DOCUMENTS]
    case.decided.act(Draft(Kind.LABEL, both, {"paths": ["a", "b"]}), case.signer)
    order = Draft(Kind.PURGE, [{"document": DOCUMENTS[0]}], {"order": "Court"})
    case.decided.act(order, case.signer)
    ledger_export.write(case, tmp_path / "out")
    return tmp_path / "out"


def check(folder: Path, *more: str) -> tuple[int, str]:
    """The verifier as an outsider runs it: none of our modules within its reach."""
    command = [sys.executable, "-I", str(folder / ledger_export.VERIFIER), str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_it_holds_and_ends_at_the_cases_head(handed: Path, empty: Case) -> None:
    status, said = check(handed)
    head = empty.decided.head()
    assert status == 0, said
    assert f"{head.arrivals} acts hold; head {head.digest}." in said
    assert "3 files are as the manifest gives them." in said


def test_without_content_it_holds_too_and_says_nothing(empty: Case, tmp_path: Path) -> None:
    person(empty, "4471", last="Marker")
    ledger_export.write(empty, tmp_path / "out", content=False)
    assert check(tmp_path / "out")[0] == 0
    assert "Marker" not in (tmp_path / "out" / "acts.jsonl").read_text()


def test_people_and_passwords_leave_only_where_they_are_asked_for(
    empty: Case, tmp_path: Path
) -> None:
    officers.add(
        empty, last="Marker", first="M.", email="home@marker.example", birth_date="1980-02-03"
    )
    passwords.add(empty, ["zebrafinch"])
    ledger_export.write(empty, tmp_path / "out")
    status, said = check(tmp_path / "out")
    assert status == 0, said
    written = "".join(each.read_text() for each in (tmp_path / "out").iterdir())
    assert not [word for word in ("Marker", "marker", "1980", "zebrafinch") if word in written]
    ledger_export.write(empty, tmp_path / "more", people=True)
    assert check(tmp_path / "more")[0] == 0
    assert "home@marker.example" in (tmp_path / "more" / "acts.jsonl").read_text()
    assert "zebrafinch" not in (tmp_path / "more" / "acts.jsonl").read_text()


def test_an_earlier_head_is_reached_and_a_foreign_one_is_not(
    handed: Path, empty: Case, tmp_path: Path
) -> None:
    earlier = empty.decided.head()
    person(empty, "8")
    ledger_export.write(empty, tmp_path / "later")
    status, said = check(tmp_path / "later", "--head", earlier.digest)
    assert (status, f"after act {earlier.arrivals}" in said) == (0, True)
    status, said = check(tmp_path / "later", "--head", "0f" * 32)
    assert (status, "rewritten or cut off" in said) == (1, True)


Acts = list[dict[str, Any]]


def other(value: Any) -> Any:
    """Something else of the same shape."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return [*value, *value] or [{}]
    return ("0" if value[:1] != "0" else "1") + value[1:]


def edited(acts: Acts, rng: random.Random) -> int:
    at = rng.randrange(len(acts))
    name = rng.choice(sorted(set(acts[at]) - {"parts"}))
    acts[at][name] = other(acts[at][name])
    return at + 1


def said_otherwise(acts: Acts, rng: random.Random) -> int:
    at = rng.choice([n for n, act in enumerate(acts) if act["parts"][0]["body"]])
    acts[at]["parts"][0]["body"] += " "
    return at + 1


def deleted(acts: Acts, rng: random.Random) -> int:
    at = rng.randrange(len(acts) - 1)
    chain = acts[at]["author"]
    del acts[at]
    later = [n for n, act in enumerate(acts[at:], start=at) if act["author"] == chain]
    return later[0] + 1 if later else 0


def reordered(acts: Acts, rng: random.Random) -> int:
    chains: dict[str, list[int]] = {}
    for number, act in enumerate(acts):
        chains.setdefault(act["author"], []).append(number)
    own = rng.choice([numbers for numbers in chains.values() if len(numbers) > 1])
    one, two = sorted(rng.sample(own, 2))
    acts[one], acts[two] = acts[two], acts[one]
    return one + 1


def inserted(acts: Acts, rng: random.Random) -> int:
    at = rng.randrange(1, len(acts))
    acts.insert(at, acts[rng.randrange(at)])
    return at + 1


def truncated(acts: Acts, rng: random.Random) -> int:
    del acts[rng.randrange(1, len(acts)) :]
    return 0


@pytest.mark.parametrize(
    "tamper", [edited, said_otherwise, deleted, reordered, inserted, truncated]
)
def test_what_was_tampered_with_is_named(
    handed: Path, tamper: Callable[[Acts, random.Random], int]
) -> None:
    lines = (handed / "acts.jsonl").read_text().splitlines()
    rng = random.Random(tamper.__name__)
    for _ in range(2):
        acts = [json.loads(line) for line in lines]
        bad = tamper(acts, rng)
        text = "".join(json.dumps(act) + "\n" for act in acts)
        (handed / "acts.jsonl").write_text(text)
        status, said = check(handed)
        first = said.splitlines()[0]
        assert status == 1
        assert first.startswith(f"DOES NOT HOLD: act {bad} " if bad else "DOES NOT HOLD"), said
        assert "acts.jsonl was altered" in said


def test_a_file_too_many_or_too_few_shows(handed: Path) -> None:
    (handed / "more.txt").write_text("x")
    assert "more.txt is not in the manifest" in check(handed)[1]
    (handed / "more.txt").unlink()
    (handed / "acts.jsonl").unlink()
    assert check(handed) == (1, "DOES NOT HOLD: acts.jsonl is missing.\n")


def test_a_folder_that_is_there_is_not_written_over(handed: Path, empty: Case) -> None:
    with pytest.raises(UserError, match="exists already"):
        ledger_export.write(empty, handed)
