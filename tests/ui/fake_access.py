"""The fake desk's ways into its case; see `evidencebox.ui.ports.Access`."""

from __future__ import annotations

from evidencebox.errors import UserError
from evidencebox.model.exposure import Ways

PASSPHRASE = "seven quiet otters"
NEW_CODE = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"


class FakeAccess:
    """Holds one passphrase, whether the key store opens the case, and who was added."""

    def __init__(self) -> None:
        self.passphrase = PASSPHRASE
        self.here = False
        self.added: dict[str, str] = {}

    def _confirm(self, passphrase: str) -> None:
        if passphrase != self.passphrase:
            raise UserError(
                "That passphrase does not open this case; check Caps Lock and try again."
            )

    def ways(self) -> Ways:
        return Ways(self.here, int(self.here), manages=True)

    def change_passphrase(self, old: str, new: str) -> str:
        self._confirm(old)
        self.passphrase = new
        return "The passphrase was changed; the old one opens this case no more."

    def use_key_store(self, passphrase: str) -> str:
        self._confirm(passphrase)
        self.here = True
        return "This system's key store opens the case for you, too; the passphrase stays."

    def leave_key_stores(self) -> str:
        self.here = False
        return "The key store opens the case no more; the passphrase does."

    def new_code(self, passphrase: str) -> str:
        self._confirm(passphrase)
        return NEW_CODE

    def add_reviewer(self, name: str, new: str, passphrase: str) -> str:
        self._confirm(passphrase)
        self.added[name] = new
        return f"{name} can open the case now, with a passphrase of their own."

    def remove_reviewer(self, name: str, passphrase: str) -> str:
        self._confirm(passphrase)
        self.added.pop(name, None)
        return f"{name} has no way into this case any more."
