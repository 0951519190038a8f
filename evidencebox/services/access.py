"""The ways into the open case, for the window: passphrase, key store, recovery code, reviewers."""

from __future__ import annotations

from evidencebox.model.exposure import Ways
from evidencebox.model.policy import Role
from evidencebox.services import exporting, ways
from evidencebox.services.case import Case
from evidencebox.vault import header
from evidencebox.vault.keychain import Keychain


class Access:
    """Whoever opened the case, and what opens it for him. Every call may raise UserError.

    What gives or takes a way in asks for the passphrase again: an unlocked window that somebody
    walked away from must not give the case to whoever walks up to it.
    """

    def __init__(self, case: Case, keychain: Keychain | None = None) -> None:
        self._case = case
        self._keychain = keychain or Keychain()

    def ways(self) -> Ways:
        """What opens the case for whoever opened it, and whether he may say who else does."""
        case = self._case
        own = [each for each in ways.reviewers(case) if each.author == case.signer.author]
        here = header.unlock_by_keychain(header.load(case.folder), self._keychain)
        return Ways(
            here=here is not None and here.seed == case.seed,
            key_stores=sum(each.keychains for each in own),
            manages=case.decided.policy().role(case.signer.author) is not Role.READER,
        )

    def change_passphrase(self, old: str, new: str) -> str:
        """Another passphrase for whoever opened the case; says so."""
        exporting.confirm(self._case, old)
        ways.change_passphrase(self._case, new)
        return "The passphrase was changed; the old one opens this case no more."

    def use_key_store(self, passphrase: str) -> str:
        """This system's key store opens the case, too; says so."""
        exporting.confirm(self._case, passphrase)
        ways.keychain_on(self._case, self._keychain)
        return "This system's key store opens the case for you, too; the passphrase stays."

    def leave_key_stores(self) -> str:
        """No key store opens the case for its opener any more, on any machine; says so."""
        ways.keychain_off(self._case, self._keychain)
        return "The key store opens the case no more; the passphrase does."

    def new_code(self, passphrase: str) -> str:
        """A new recovery code, to be shown once and written down; the old one is void."""
        exporting.confirm(self._case, passphrase)
        return ways.new_code(self._case)

    def add_reviewer(self, name: str, new: str, passphrase: str) -> str:
        """Somebody more, with a passphrase of his own; says so.

        Args:
            new: the passphrase of who is added.
            passphrase: that of who adds him.
        """
        exporting.confirm(self._case, passphrase)
        ways.add_reviewer(self._case, name, new)
        return f"{name.strip()} can open the case now, with a passphrase of their own."

    def remove_reviewer(self, name: str, passphrase: str) -> str:
        """Takes somebody's ways in; says what that does not do."""
        exporting.confirm(self._case, passphrase)
        ways.remove_reviewer(self._case, name, self._keychain)
        return (
            f"{name} cannot open this case any more. A copy of it that was made before still opens "
            "to them: another key for the case (evidencebox rotate) shuts that out for what comes."
        )
