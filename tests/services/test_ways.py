"""Reviewers, passphrases, codes, a new key, backups and what can be put back."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.services import backups, derived, restore, rotation, sessions, ways
from evidencebox.services import case as cases
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft
from evidencebox.vault import header
from evidencebox.vault.keys import WrongKey
from evidencebox.vault.lock import Held

WORDS, OTHER = "correct horse battery", "several other words"
Made = tuple[Path, str]


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    case, code = cases.create(tmp_path_factory.mktemp("made") / "leak", "Ann", WORDS)
    tag(case, "doc")
    case.close()
    return case.folder, code


@pytest.fixture
def made(_made: Made, tmp_path: Path) -> Made:
    folder = tmp_path / _made[0].name
    shutil.copytree(_made[0], folder)
    return folder, _made[1]


@pytest.fixture
def case(made: Made) -> Iterator[Case]:
    opened = cases.unlock(made[0], WORDS)
    yield opened
    opened.close()


def tag(case: Case, document: str) -> None:
    target = {"document": document, "officer": "o"}
    case.decided.act(Draft(Kind.TAG, [target], {"harm": 2, "paths": ["p"]}), case.signer)


def tagged(folder: Path, passphrase: str = WORDS) -> list[str]:
    """What is tagged, in a case that must open clean."""
    case = cases.unlock(folder, passphrase)
    try:
        assert case.decided.alarm() is None
        assert case.decided.verify()[0] is None
        assert derived.derived_problem(case) is None
        return sorted(t.anchor.document for t in case.decided.tags())
    finally:
        case.close()


# --- reviewers and their ways in


def test_a_second_reviewer_signs_as_himself_and_can_be_removed(made: Made, case: Case) -> None:
    ways.add_reviewer(case, " Ben ", OTHER)
    ben = cases.unlock(made[0], OTHER)
    assert (ben.reviewer, ben.case_key, ben.seed == case.seed) == ("Ben", case.case_key, False)
    with pytest.raises(UserError, match="Nobody removes himself"):
        ways.remove_reviewer(ben, "Ben")
    ben.close()
    assert [(r.name, r.passphrases) for r in ways.reviewers(case)] == [("Ann", 1), ("Ben", 1)]
    ways.remove_reviewer(case, "Ben")
    with pytest.raises(WrongKey):
        cases.unlock(made[0], OTHER)
    assert [(r.name, r.passphrases) for r in ways.reviewers(case)] == [("Ann", 1), ("Ben", 0)]
    assert case.decided.verify()[0] is None


@pytest.mark.parametrize(("name", "words"), [("Ann", OTHER), (" ", OTHER), ("Ben", "")])
def test_what_makes_no_reviewer_changes_nothing(case: Case, name: str, words: str) -> None:
    before = (header.load(case.folder), case.decided.head())
    with pytest.raises(UserError):
        ways.add_reviewer(case, name, words)
    assert (header.load(case.folder), case.decided.head()) == before


def test_a_changed_passphrase_is_the_only_one(made: Made, case: Case) -> None:
    ways.change_passphrase(case, OTHER)
    with pytest.raises(WrongKey):
        cases.unlock(made[0], WORDS)
    assert tagged(made[0], OTHER) == ["doc"]
    assert cases.recover(made[0], made[1], "Cy", "the third words").reviewer == "Cy"


def test_a_new_code_ends_the_old_one(made: Made, case: Case) -> None:
    code = ways.new_code(case)
    with pytest.raises(WrongKey):
        cases.recover(made[0], made[1], "Cy", OTHER)
    cases.recover(made[0], code, "Cy", OTHER).close()


@pytest.mark.parametrize("words", ["short", "aaaaaaaaaaaaaaaaaaaa"])
def test_length_is_what_counts(words: str) -> None:
    assert "harder to guess" in header.weakness(words)
    assert header.weakness(WORDS) == ""


@pytest.mark.parametrize("count", [150, pytest.param(1000, marks=pytest.mark.long)])
def test_no_wrong_passphrase_opens(made: Made, count: int) -> None:
    rng, alphabet = random.Random(count), "abcdehort \0é"
    near = [WORDS[:n] for n in range(len(WORDS))] + [WORDS + c for c in alphabet]
    for number in range(count):
        wrong = (
            near[number] if number < len(near) else "".join(rng.choices(alphabet, k=number % 30))
        )
        with pytest.raises(WrongKey):
            cases.unlock(made[0], wrong)


@pytest.mark.parametrize("name", header.NAMES)
def test_a_mended_header_is_told_and_recorded(made: Made, name: str) -> None:
    (made[0] / name).write_bytes(b"hurt")
    case = cases.unlock(made[0], WORDS)
    told = sessions.begin(case)
    assert any(name in sentence and "put back from its copy" in sentence for sentence in told)
    assert header.load(made[0]).hurt == ""
    assert sessions.begin(case) == []
    case.close()


# --- a new case key


def test_after_a_rotation_every_reviewer_opens_and_the_old_key_nothing(made: Made) -> None:
    folder, code = made
    case = cases.unlock(folder, WORDS)
    ways.add_reviewer(case, "Ben", OTHER)
    assert sessions.end(case, soon=False) is None
    old = case.way
    case.close()
    assert old is not None
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    first = rotation.rotate(folder, WORDS)
    second = rotation.rotate(folder, OTHER)
    assert tagged(folder, WORDS) == tagged(folder, OTHER) == ["doc"]
    for gone in (code, first):
        with pytest.raises(WrongKey):
            cases.recover(folder, gone, "Cy", "the third words")
    for name in cases.DATABASES:
        with pytest.raises(UserError):
            cases.connector(folder, name, old.case_key)()
    assert backups.known(folder, old.case_key) == []
    now = cases.recover(folder, second, "Cy", "the third words")
    assert len(backups.known(folder, now.case_key)) == len(backups.paths(folder)) == 1
    settled = cases.unlock(folder, OTHER)
    sessions.begin(settled)
    assert [len(s.pending) for s in header.load(folder).of_kind("passphrase")] == [2, 0, 0]
    now.close()
    settled.close()
    assert tagged(folder, OTHER) == tagged(copy, OTHER) == ["doc"]
    assert restore.restore(folder, OTHER).missing == 0


def test_a_rotation_waits_until_it_is_alone(made: Made, case: Case) -> None:
    with pytest.raises(Held, match="is open in another window"):
        rotation.rotate(made[0], WORDS)


ROTATE = """
import os, shutil, sys
from pathlib import Path
from evidencebox.services import rotation
from evidencebox.vault import files, keys, switch
keys.FLOOR, keys.TARGET_SECONDS = keys.KdfCost(64, 1, 4), 0.0
source, to, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
replace = Path.replace
for number in range(0, 1000, int(sys.argv[4])):
    folder = to / f"{number}.evidencebox"
    shutil.copytree(source, folder)
    child = os.fork()
    if child == 0:
        left = [number]
        def count(*_):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
        def counted(self, target):
            count()
            return replace(self, target)
        Path.replace = counted
        rotation.rotate(folder, words, count)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(number)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.long)])
def test_a_rotation_killed_at_any_step_opens_clean(made: Made, tmp_path: Path, stride: int) -> None:
    """Before each of its steps and each of its renamings."""
    to = tmp_path / "killed"
    to.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ROTATE, str(made[0]), str(to), WORDS, str(stride)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    assert int(done.stdout) > 12
    old = header.recover(header.load(made[0]), made[1])
    kept = 0
    for folder in sorted(to.iterdir()):
        assert tagged(folder) == ["doc"], folder.name
        assert not list(folder.glob("ready*"))
        case = cases.unlock(folder, WORDS)
        sessions.begin(case)
        kept += case.case_key == old
        case.close()
        assert not (folder / "staged").exists()
    assert 5 < kept * stride < int(done.stdout)


# --- backups


def test_backups_are_five_and_spread(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(
        f"2026-01-{day:02}T{hour:02}:00:00Z" for day in range(1, 9) for hour in (9, 10, 17)
    )
    monkeypatch.setattr(backups, "utc_now", lambda: next(clock))
    case = cases.unlock(made[0], WORDS)
    for number in range(12):
        tag(case, f"doc-{number}")
        assert sessions.end(case, soon=False) is None
        assert sessions.end(case, soon=False) is None
    found = backups.known(case.folder, case.case_key)
    assert len(found) == len(backups.paths(case.folder)) == 5
    assert found[-1].head == case.decided.head()
    assert found == sorted(found, key=lambda b: b.utc)
    case.close()


def test_a_backup_file_makes_a_case_elsewhere(made: Made, case: Case, tmp_path: Path) -> None:
    ways.add_reviewer(case, "Ben", OTHER)
    out = tmp_path / "leak.backup"
    head = header.load(case.folder)
    backups.write_file(out, case.folder, head, case.case_key, case.decided)
    for number, words in enumerate((WORDS, OTHER)):
        done = restore.restore(tmp_path / f"new-{number}", words, out)
        assert (done.acts, done.carried, done.missing, done.to_import) == (4, 0, 0, True)
        assert tagged(tmp_path / f"new-{number}.evidencebox", words) == ["doc"]
    with pytest.raises(WrongKey):
        restore.restore(tmp_path / "third", "wrong words", out)
    assert not (tmp_path / "third.evidencebox").exists()


# --- restoring


@pytest.fixture
def backed_up(made: Made) -> Path:
    """With a backup of one tag, and two more tags since."""
    case = cases.unlock(made[0], WORDS)
    assert sessions.end(case, soon=False) is None
    tag(case, "later-1")
    tag(case, "later-2")
    case.close()
    return made[0]


def test_what_can_be_read_of_a_damaged_case_is_kept(backed_up: Path) -> None:
    done = restore.restore(backed_up, WORDS)
    assert (done.acts, done.carried, done.missing) == (2, 2, 0)
    assert tagged(backed_up) == ["doc", "later-1", "later-2"]
    assert (backed_up / done.aside / "case.db").exists()


@pytest.mark.parametrize("damage", ["missing", "noise", "empty"])
def test_what_cannot_be_read_is_counted(backed_up: Path, damage: str) -> None:
    path = backed_up / "case.db"
    path.unlink()
    if damage != "missing":
        path.write_bytes(os.urandom(9000) if damage == "noise" else b"")
    with pytest.raises(UserError, match=r"case\.db"):
        cases.unlock(backed_up, WORDS)
    done = restore.restore(backed_up, WORDS)
    assert (done.acts, done.carried, done.missing) == (2, 0, 2)
    assert tagged(backed_up) == ["doc"]
    case = cases.unlock(backed_up, WORDS)
    tag(case, "again")
    case.close()
    assert tagged(backed_up) == ["again", "doc"]


@pytest.mark.parametrize("count", [4, pytest.param(40, marks=pytest.mark.long)])
def test_hurt_at_any_page_it_opens_again(backed_up: Path, tmp_path: Path, count: int) -> None:
    """Whatever is kept of what came after the backup, it verifies, and the rest is counted."""
    rng, pages = random.Random(4), (backed_up / "case.db").stat().st_size // 4096
    for number, page in enumerate(rng.sample(range(pages), count)):
        folder = tmp_path / f"{number}.evidencebox"
        shutil.copytree(backed_up, folder)
        with (folder / "case.db").open("r+b") as handle:
            handle.seek(page * 4096 + 100)
            handle.write(os.urandom(100))
        done = restore.restore(folder, WORDS)
        assert done.acts + done.carried + done.missing == 4
        assert len(tagged(folder)) == 1 + done.carried


def test_with_both_headers_lost_the_backups_header_is_taken(backed_up: Path) -> None:
    for name in header.NAMES:
        (backed_up / name).write_bytes(b"hurt")
    with pytest.raises(UserError, match="put it back from a backup"):
        cases.unlock(backed_up, WORDS)
    with pytest.raises(WrongKey):
        restore.restore(backed_up, "wrong words")
    restore.restore(backed_up, WORDS)
    assert tagged(backed_up) == ["doc", "later-1", "later-2"]


def test_a_damaged_backup_is_passed_over(backed_up: Path) -> None:
    case = cases.unlock(backed_up, WORDS)
    newest = backups.write(backed_up, header.load(backed_up), case.case_key, case.decided).path
    case.close()
    newest.write_bytes(newest.read_bytes()[:-9])
    assert restore.restore(backed_up, WORDS).acts == 2


def test_another_cases_backup_is_refused_untouched(backed_up: Path, tmp_path: Path) -> None:
    other, _ = cases.create(tmp_path / "other", "Ann", WORDS)
    out = tmp_path / "other.backup"
    backups.write_file(out, other.folder, header.load(other.folder), other.case_key, other.decided)
    other.close()
    before = {p.name: p.read_bytes() for p in backed_up.iterdir() if p.suffix in (".db", ".json")}
    with pytest.raises(UserError, match="another case"):
        restore.restore(backed_up, WORDS, out)
    after = {p.name: p.read_bytes() for p in backed_up.iterdir() if p.suffix in (".db", ".json")}
    assert before == after


# --- derived databases


@pytest.mark.parametrize("name", ["catalogue.db", "index.db"])
@pytest.mark.parametrize("damage", ["missing", "noise"])
def test_lost_derived_databases_are_made_anew(made: Made, name: str, damage: str) -> None:
    path = made[0] / name
    path.unlink()
    if damage == "noise":
        path.write_bytes(os.urandom(9000))
    with pytest.raises(UserError, match=name.replace(".", r"\.")):
        cases.unlock(made[0], WORDS)
    derived.rebuild(made[0], WORDS)
    assert tagged(made[0]) == ["doc"]


def test_what_is_older_than_remembered_is_told(made: Made, case: Case) -> None:
    remember: Callable[[str, str], None] = case.decided.set_meta
    state = case.index.state()
    remember("index_state", f"{state.generation + 1} {state.fingerprint}")
    assert "index.db is older" in (derived.derived_problem(case) or "")
    remember("index_state", f"{state.generation} {json.dumps('x')}")
    assert "replaced" in (derived.derived_problem(case) or "")
    derived.remember(case)
    assert derived.derived_problem(case) is None
    remember("catalogue_documents", "1")
    assert "catalogue.db is older" in (derived.derived_problem(case) or "")
