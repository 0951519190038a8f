"""A case: made whole or not at all, opened by those who may, recovered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.model.policy import Role
from evidencebox.services import case as cases
from evidencebox.services import codes, custody, ways
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft
from evidencebox.vault import header, keys
from evidencebox.vault.header import Unlocked
from evidencebox.vault.keys import WrongKey
from evidencebox.vault.lock import Held

WORDS = "correct horse battery staple"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A closed case with one tag, and its recovery code."""
    case, code = cases.create(tmp_path / "leak", "Ann", WORDS)
    tag(case, "doc")
    case.close()
    return case.folder, code


def tag(case: Case, document: str) -> None:
    target = {"document": document, "officer": "off"}
    case.decided.act(Draft(Kind.TAG, [target], {"harm": 2, "paths": ["p"]}), case.signer)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


@pytest.fixture
def opened(made: tuple[Path, str]) -> Iterator[Case]:
    case = cases.unlock(made[0], WORDS)
    yield case
    case.close()


# --- made


def test_a_case_is_made_open_and_with_its_first_reviewer(tmp_path: Path) -> None:
    case, code = cases.create(tmp_path / "leak", "  Ann  ", WORDS)
    assert case.folder == tmp_path / "leak.evidencebox"
    assert (case.name, case.reviewer) == ("leak", "Ann")
    assert keys.read_code(code)
    assert case.decided.verify()[:2] == (None, 1)
    assert case.decided.alarm() is None
    case.close()
    names = {p.name for p in case.folder.iterdir()}
    databases = {"case.db", "catalogue.db", "index.db"}
    assert names == databases | {
        "header.json",
        "header.copy.json",
        "anchor.log",
        "open.lock",
    }


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_it_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        case, _ = cases.create(tmp_path / "leak", "Ann", WORDS)
        assert case.spool().packs() == set()
        modes = {p.name: p.stat().st_mode & 0o777 for p in case.folder.rglob("*")}
        case.close()
    finally:
        os.umask(old)
    assert case.folder.stat().st_mode & 0o777 == 0o700
    assert modes.pop("spool") == 0o700
    assert set(modes.values()) == {0o600}


def test_no_name_no_key_and_no_word_of_it_stands_in_the_folder(made: tuple[Path, str]) -> None:
    folder, code = made
    case = cases.unlock(folder, WORDS)
    secrets = [b"Ann", b"doc", WORDS.encode(), code.encode(), case.case_key, case.seed]
    secrets += [case.case_key.hex().encode(), case.seed.hex().encode()]
    data = b"".join(content for content, _ in state(folder).values())
    case.close()
    assert [secret for secret in secrets if len(secret) > 3 and secret in data] == []
    assert case.case_key.hex() not in repr(case)
    assert repr(case.case_key) not in repr(case)
    assert repr(case.seed) not in repr(case)


@pytest.mark.parametrize(
    ("reviewer", "passphrase", "says"), [("  ", WORDS, "name is empty"), ("Ann", "", "passphrase")]
)
def test_what_is_missing_is_said_and_nothing_is_left(
    tmp_path: Path, reviewer: str, passphrase: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        cases.create(tmp_path / "leak", reviewer, passphrase)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at", ["_introduce", "_wire"])
@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_half_made_case_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException
) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(cases, at, fail)
    expected = UserError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected, match="No space left" if expected is UserError else None):
        cases.create(tmp_path / "leak", "Ann", WORDS)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "leak.evidencebox").mkdir()
    (tmp_path / "leak.evidencebox" / "mine").write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        cases.create(tmp_path / "leak", "Ann", WORDS)
    assert (tmp_path / "leak.evidencebox" / "mine").read_text() == "mine"


def test_a_place_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be made"):
        cases.create(tmp_path / "no" / "leak", "Ann", WORDS)


def test_two_cases_share_no_key(tmp_path: Path) -> None:
    one, _ = cases.create(tmp_path / "one", "Ann", WORDS)
    two, _ = cases.create(tmp_path / "two", "Ann", WORDS)
    one.close()
    two.close()
    assert one.case_key != two.case_key
    assert one.seed != two.seed
    assert one.case_id != two.case_id


# --- opened


def test_it_opens_as_it_was_left(made: tuple[Path, str], opened: Case) -> None:
    assert opened.reviewer == "Ann"
    assert [t.anchor.document for t in opened.decided.tags()] == ["doc"]
    assert opened.decided.alarm() is None
    assert opened.decided.verify()[:2] == (None, 2)


def test_it_opens_by_either_name_and_from_inside(
    made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = made
    monkeypatch.chdir(folder)
    for path in (folder.with_suffix(""), folder, Path("."), Path("..") / "leak"):
        case = cases.unlock(path, WORDS)
        assert (case.name, case.folder) == ("leak", folder)
        case.close()


def test_a_wrong_passphrase_changes_nothing(made: tuple[Path, str]) -> None:
    folder, _ = made
    before = state(folder)
    for wrong in ("", "correct horse", WORDS + " ", WORDS.upper(), "\udcff"):
        with pytest.raises(WrongKey, match="does not open this case"):
            cases.unlock(folder, wrong)
    assert state(folder) == before


def test_opening_and_closing_changes_nothing_precious(made: tuple[Path, str]) -> None:
    folder, _ = made
    before = state(folder)
    cases.unlock(folder, WORDS).close()
    after = state(folder)
    for name in ("case.db", "header.json", "header.copy.json", "anchor.log"):
        assert after[name] == before[name]


def test_a_child_process_opens_it_with_the_keys(made: tuple[Path, str], opened: Case) -> None:
    keys_ = Unlocked(opened.case_key, opened.seed)
    case = cases.open_with_keys(made[0], opened.case_id, keys_)
    assert case.reviewer == "Ann"
    case.close()


@pytest.mark.parametrize("path", ["nothing", "folder", "file"])
def test_what_is_no_case_is_said(tmp_path: Path, path: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    says = "There is no case" if path == "nothing" else "not an EvidenceBox case"
    with pytest.raises(UserError, match=says):
        cases.unlock(tmp_path / path, WORDS)


@pytest.mark.parametrize("name", ["case.db", "catalogue.db", "index.db"])
def test_another_cases_database_is_refused_untouched(
    made: tuple[Path, str], tmp_path: Path, name: str
) -> None:
    folder, _ = made
    other, _ = cases.create(tmp_path / "other", "Ann", WORDS)
    other.close()
    shutil.copy(other.folder / name, folder / name)
    before = state(folder)
    with pytest.raises(UserError, match="damaged or belongs to another case"):
        cases.unlock(folder, WORDS)
    assert state(folder) == before


def test_a_case_db_of_another_id_under_the_same_key_is_refused(
    made: tuple[Path, str], opened: Case
) -> None:
    other = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(UserError, match="belongs to another case"):
        cases.open_with_keys(made[0], other, Unlocked(opened.case_key, opened.seed))


@pytest.mark.parametrize("name", ["case.db", "catalogue.db", "index.db"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "noise"])
def test_a_hurt_database_is_a_sentence(made: tuple[Path, str], name: str, damage: str) -> None:
    path = made[0] / name
    if damage == "missing":
        path.unlink()
    else:
        data = {"empty": b"", "cut": path.read_bytes()[:700], "noise": os.urandom(9000)}[damage]
        path.write_bytes(data)
    with pytest.raises(UserError, match=name.replace(".", r"\.")):
        cases.unlock(made[0], WORDS)


def test_swapped_databases_are_refused(made: tuple[Path, str]) -> None:
    folder, _ = made
    (folder / "case.db").rename(folder / "x")
    (folder / "catalogue.db").rename(folder / "case.db")
    (folder / "x").rename(folder / "catalogue.db")
    with pytest.raises(UserError, match="damaged or belongs to another case"):
        cases.unlock(folder, WORDS)


def test_an_unwritable_folder_is_a_sentence(
    made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write anywhere, so the system's answer is given here."""
    folder, code = made
    before = state(folder)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UserError, match="cannot be written to"):
        cases.unlock(folder, WORDS)
    with pytest.raises(UserError, match="cannot be written to"):
        cases.recover(folder, code, "Ben", "new words")
    assert state(folder) == before


# --- recovered


def test_recovery_adds_a_reviewer_and_earlier_tags_keep_theirs(made: tuple[Path, str]) -> None:
    folder, code = made
    case = cases.recover(folder, code, " Ben ", "new words")
    tag(case, "second")
    assert case.reviewer == "Ben"
    case.close()
    ann, ben = cases.unlock(folder, WORDS), cases.unlock(folder, "new words")
    assert (ann.reviewer, ben.reviewer) == ("Ann", "Ben")
    authors = {t.anchor.document: t.author for t in ben.decided.tags()}
    assert authors == {"doc": ann.signer.author, "second": ben.signer.author}
    assert ben.decided.verify()[0] is None
    assert ann.case_key == ben.case_key
    assert ann.seed != ben.seed
    ann.close()
    ben.close()
    again = cases.recover(folder, code, "Cy", "third words")
    roles = {each["name"]: each["role"] for each in custody.roles(again)}
    # Ann was the only lead, and Ben holds the paper; Cy comes when there are two.
    assert roles == {"Ann": "lead", "Ben": "lead", "Cy": "reviewer", codes.NAME: "lead"}
    assert again.decided.verify()[0] is None
    again.close()


def test_only_a_lead_makes_a_code_that_gives_his_role(made: tuple[Path, str]) -> None:
    folder, code = made
    ann = cases.unlock(folder, WORDS)
    ways.add_reviewer(ann, "Ben", "new words")
    ann.close()
    ben = cases.unlock(folder, "new words")
    others = ways.new_code(ben)
    ben.close()
    cy = cases.recover(folder, others, "Cy", "third words")
    assert cy.decided.policy().role(cy.signer.author) is Role.REVIEWER
    cy.close()
    ann = cases.unlock(folder, WORDS)
    fresh = ways.new_code(ann)
    assert ann.decided.policy().role(codes.signer_of(code).author) is Role.READER
    ann.close()
    dee = cases.recover(folder, fresh, "Dee", "fourth words")
    assert dee.decided.policy().role(dee.signer.author) is Role.LEAD
    dee.close()


@pytest.mark.parametrize(
    ("code", "reviewer", "passphrase", "says"),
    [
        ("typed wrong", "Ben", "new words", "56 letters and digits"),
        (keys.write_code(bytes(32)), "Ben", "new words", "not this case's"),
        (None, " ", "new words", "name is empty"),
        (None, "Ben", "", "passphrase is empty"),
    ],
)
def test_a_recovery_that_is_refused_changes_nothing(
    made: tuple[Path, str], code: str | None, reviewer: str, passphrase: str, says: str
) -> None:
    folder, right = made
    before = state(folder)
    with pytest.raises(UserError, match=says):
        cases.recover(folder, code or right, reviewer, passphrase)
    after = state(folder)
    after.pop("session.lock", None)
    assert after == before


def test_recovery_waits_for_nobody(made: tuple[Path, str], opened: Case) -> None:
    folder, code = made
    with cases.session_lock(folder), pytest.raises(Held, match="open in another window"):
        cases.recover(folder, code, "Ben", "new words")
    assert list(opened.decided.reviewers().values()) == ["Ann"]


def test_a_recovery_whose_header_cannot_be_written_is_an_error(
    made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, code = made

    def fail(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(header, "write_private", fail)
        with pytest.raises(UserError, match=r"header of leak.* cannot be written: No space"):
            cases.recover(folder, code, "Ben", "new words")
    with pytest.raises(WrongKey):
        cases.unlock(folder, "new words")
    case = cases.unlock(folder, WORDS)
    assert case.decided.verify()[0] is None
    case.close()


# --- one at a time

HOLD = """
import sys
from pathlib import Path
from evidencebox.services import case
lock = case.session_lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_that_acts_is_refused_until_this_one_ends(made: tuple[Path, str]) -> None:
    folder, _ = made
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(Held, match=r"leak\.evidencebox is open in another window or command"):
            cases.session_lock(folder)
        cases.ingest_lock(folder).release()
        cases.unlock(folder, WORDS).close()
        holder.kill()
        holder.wait()
    cases.session_lock(folder).release()


def test_a_second_import_is_refused(made: tuple[Path, str]) -> None:
    lock = cases.ingest_lock(made[0])
    with pytest.raises(Held, match="Another import"):
        cases.ingest_lock(made[0])
    lock.release()
