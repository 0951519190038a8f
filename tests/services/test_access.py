"""The ways into an open case, as the window offers them: each asks for the passphrase again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evidencebox.errors import UserError
from evidencebox.model.policy import Role
from evidencebox.services import case as cases
from evidencebox.services import custody, ways
from evidencebox.services.access import Access
from evidencebox.services.case import Case
from evidencebox.vault.keychain import Keychain
from tests.services.making import PASSPHRASE
from tests.vault.test_keychain import Memory

OTHER = "harbor violin copper meadow saddle"


def key_store() -> Keychain:
    kept = Memory()
    return Keychain(lambda: kept)


@pytest.fixture
def access(empty: Case) -> Access:
    return Access(empty, key_store())


@pytest.fixture
def opened_again(empty: Case) -> Iterator[list[Case]]:
    found: list[Case] = []
    yield found
    for each in found:
        each.close()


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    empty: Case, access: Access, opened_again: list[Case]
) -> None:
    with pytest.raises(UserError, match="does not open this case"):
        access.change_passphrase(PASSPHRASE + "x", OTHER)
    assert "was changed" in access.change_passphrase(PASSPHRASE, OTHER)
    with pytest.raises(UserError, match="does not open this case"):
        cases.unlock(empty.folder, PASSPHRASE)
    opened_again.append(cases.unlock(empty.folder, OTHER))
    assert opened_again[0].reviewer == empty.reviewer


def test_the_key_store_opens_the_case_for_who_let_it_and_until_he_takes_it_back(
    empty: Case, opened_again: list[Case]
) -> None:
    store = key_store()
    access = Access(empty, store)
    assert access.ways().key_stores == 0
    assert not access.ways().here
    with pytest.raises(UserError, match="does not open this case"):
        access.use_key_store("not the passphrase at all")
    assert not access.ways().here
    access.use_key_store(PASSPHRASE)
    assert access.ways().here
    assert access.ways().key_stores == 1
    found = cases.unlock_by_keychain(empty.folder, store)
    assert found is not None
    opened_again.append(found)
    assert found.seed == empty.seed
    access.leave_key_stores()
    assert not access.ways().here
    assert access.ways().key_stores == 0
    assert cases.unlock_by_keychain(empty.folder, store) is None


def test_a_new_recovery_code_makes_the_old_one_void(
    empty: Case, access: Access, opened_again: list[Case]
) -> None:
    first = access.new_code(PASSPHRASE)
    second = access.new_code(PASSPHRASE)
    with pytest.raises(UserError):
        cases.recover(empty.folder, first, "Late", OTHER)
    opened_again.append(cases.recover(empty.folder, second, "Late", OTHER))
    with pytest.raises(UserError, match="does not open this case"):
        access.new_code("not the passphrase at all")


def test_reviewers_come_and_go(empty: Case, access: Access, opened_again: list[Case]) -> None:
    with pytest.raises(UserError, match="does not open this case"):
        access.add_reviewer("B. Second", OTHER, "not the passphrase at all")
    assert "B. Second" in access.add_reviewer(" B. Second ", OTHER, PASSPHRASE)
    opened_again.append(cases.unlock(empty.folder, OTHER))
    assert opened_again[0].reviewer == "B. Second"
    with pytest.raises(UserError, match="another reviewer's"):
        access.new_code(OTHER)
    access.remove_reviewer("B. Second", PASSPHRASE)
    with pytest.raises(UserError, match="does not open this case"):
        cases.unlock(empty.folder, OTHER)
    assert [each.opens for each in ways.reviewers(empty) if each.name == "B. Second"] == [False]


def test_who_may_only_read_manages_nothing(
    empty: Case, access: Access, opened_again: list[Case]
) -> None:
    access.add_reviewer("B. Second", OTHER, PASSPHRASE)
    custody.set_role(empty, "B. Second", Role.READER)
    opened_again.append(cases.unlock(empty.folder, OTHER))
    reader = Access(opened_again[0], key_store())
    assert not reader.ways().manages
    assert access.ways().manages
    with pytest.raises(UserError, match="may only read"):
        reader.add_reviewer("C. Third", OTHER + "x", OTHER)
