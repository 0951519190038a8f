"""Who can open a case and by what: reviewers, passphrases, the key store, the recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.model.policy import Role
from evidencebox.services import codes
from evidencebox.services.case import Case, named
from evidencebox.services.sessions import vault_act
from evidencebox.store.ledger import Draft
from evidencebox.vault import header, keys
from evidencebox.vault.header import Header, Unlocked
from evidencebox.vault.keychain import Keychain
from evidencebox.vault.signing import Signer
from evidencebox.vault.slots import KEYCHAIN, PASSPHRASE


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One who acted or may act. `passphrases` and `keychains` count his ways in."""

    name: str
    author: str
    passphrases: int
    keychains: int

    @property
    def opens(self) -> bool:
        """Whether any way in is left to him."""
        return bool(self.passphrases or self.keychains)


def reviewers(case: Case) -> list[Reviewer]:
    """All who ever had a name in this case, by name; those without a way in can open no more."""
    head = header.load(case.folder)
    owners = header.owners(head, case.case_key)

    def count(kind: str, author: str) -> int:
        return sum(owners.get(slot.id) == author for slot in head.of_kind(kind))

    return [
        Reviewer(name, author, count(PASSPHRASE, author), count(KEYCHAIN, author))
        for author, name in sorted(case.decided.reviewers().items(), key=lambda item: item[::-1])
    ]


def add_reviewer(case: Case, name: str, passphrase: str) -> None:
    """A reviewer with a passphrase and a signing key of his own. Raises UserError."""
    name = named(name)
    check_role(case)
    if name in case.decided.reviewers().values():
        raise UserError(f"There is a reviewer {name} already; names must differ.")
    opened = Unlocked(case.case_key, keys.new_key())
    head = header.add_passphrase(header.load(case.folder), opened, passphrase)
    _check_opens(head, opened, passphrase)
    signer = Signer(opened.seed)
    case.decided.act(Draft(Kind.REVIEWER, [{"author": signer.author}], {"name": name}), signer)
    vault_act(case, "reviewer.added", author=signer.author)
    header.save(case.folder, head)


def remove_reviewer(case: Case, name: str, keychain: Keychain | None = None) -> None:
    """Takes a reviewer's ways in. His acts stay; a copy that he has made still opens to him."""
    authors = [author for author, known in case.decided.reviewers().items() if known == name]
    if not authors:
        raise UserError(f"There is no reviewer {name} in this case.")
    if case.signer.author in authors:
        raise UserError("Nobody removes himself; another reviewer can.")
    check_role(case)
    head = header.load(case.folder)
    owners = header.owners(head, case.case_key)
    gone = {slot for slot, author in owners.items() if author in authors}
    if not gone:
        raise UserError(f"{name} has no way into this case any more.")
    left = header.remove(head, gone, keychain)
    # The act first: a removal that a power cut prevents is repeated, one unrecorded is not found.
    vault_act(case, "reviewer.removed", authors=sorted(authors))
    header.save(case.folder, left)


def change_passphrase(case: Case, passphrase: str) -> None:
    """A new passphrase for the reviewer who opened the case. Raises UserError."""
    way = _way(case)
    head = header.change_passphrase(header.load(case.folder), way, passphrase)
    _check_opens(head, way, passphrase)
    header.save(case.folder, head)
    vault_act(case, "passphrase.changed")


def key_store_opens(folder: Path) -> bool:
    """Whether a case has a key store's slot; on which machine, nobody can tell from it."""
    return bool(header.load(folder).of_kind(KEYCHAIN))


def keychain_on(case: Case, keychain: Keychain) -> None:
    """The system's key store opens the case too, for this reviewer on this machine."""
    way, head = _way(case), header.load(case.folder)
    found = header.unlock_by_keychain(head, keychain)
    if found is not None and found.seed == case.seed:
        raise UserError("The key store of this system opens the case for you already.")
    changed = header.add_keychain(head, way, keychain)
    header.save(case.folder, changed)
    vault_act(case, "keychain.on")


def keychain_off(case: Case, keychain: Keychain) -> int:
    """Takes away the reviewer's key-store slots, on all machines; how many there were."""
    head = header.load(case.folder)
    gone = {slot.id for slot in header.own(head, _way(case), KEYCHAIN)}
    if gone:
        header.save(case.folder, header.remove(head, gone, keychain))
        vault_act(case, "keychain.off")
    return len(gone)


def new_code(case: Case) -> str:
    """A new recovery code, to be printed; the old one opens the case no more.

    Where a lead makes it, it can also give a lead's role again (see `codes`).
    """
    check_role(case)
    head, code = header.add_recovery(header.load(case.folder), case.case_key)
    header.save(case.folder, head)
    vault_act(case, "recovery.renewed")
    codes.register(case.decided, case.signer, code)
    return code


def check_role(case: Case) -> None:
    """Policy: whoever may only read does not say who else may open the case. Raises UserError."""
    if case.decided.policy().role(case.signer.author) is Role.READER:
        raise UserError("You may only read in this case; ask a reviewer who may do more.")


def _way(case: Case) -> Unlocked:
    if case.way is None:
        raise UserError("Open the case with your passphrase to do that.")
    return case.way


def _check_opens(head: Header, opened: Unlocked, passphrase: str) -> None:
    """Memory that fails is rarer than a lost case is bad."""
    if header.unlock(head, passphrase).case_key != opened.case_key:
        raise UserError(
            "Another reviewer of this case has the same passphrase; choose another one."
        )
