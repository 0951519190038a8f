"""The ways into a case: its passphrase, a new one, the recovery code, a backup put back first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencebox.errors import DamagedCase, UserError
from evidencebox.ui.front import Front
from evidencebox.ui.ports import Creator, Desk, Opener, OtherWays
from evidencebox.ui.sayings import sentence
from evidencebox.ui.session import bug_words
from evidencebox.ui.tasks import Tasks


class Doors(QObject):
    """Opens cases in the background, and says on the front's pages how that stands.

    Signals:
        opened(Desk, tuple): and what was done to the case before, in sentences.
        refused(): the page in sight says why.
        begun(): the case that was opened is new, and what it begins with was asked for.
    """

    opened = Signal(object, tuple)
    refused = Signal()
    begun = Signal()

    def __init__(
        self,
        front: Front,
        opener: Opener,
        creator: Creator,
        others: OtherWays | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._front, self._tasks = front, Tasks(self)
        self._opener, self._creator, self._others = opener, creator, others
        self._folder: Path | None = None
        self._first_asked: Path | None = None
        self._made: tuple[Desk, str] | None = None
        self._told: tuple[str, ...] = ()
        self._wire()

    def _wire(self) -> None:
        front = self._front
        front.welcome.create_asked.connect(lambda: front.show_page(front.making))
        front.welcome.open_asked.connect(self.ask)
        front.making.submitted.connect(self.create)
        front.unlock.submitted.connect(self.unlock)
        front.unlock.lost.setVisible(self._others is not None)
        front.unlock.code_asked.connect(lambda: front.show_page(front.lost))
        front.unlock.restore_asked.connect(self._restore)
        front.unlock.key_store_asked.connect(self._by_key_store)
        front.lost.left.connect(lambda: front.show_page(front.unlock))
        front.lost.submitted.connect(self._recover)
        front.recovery.confirmed.connect(lambda: front.show_page(front.beginning))
        front.beginning.confirmed.connect(self._enter_new)

    def ask(self, folder: Path) -> None:
        """Asks for the passphrase of a case, and offers the key store where that is a way in."""
        self._folder = self._first_asked = folder
        self._ask()
        if self._others is not None:
            task = self._tasks.run("read", self._others.offered, folder)
            task.finished.connect(lambda offered: self._offer_key_store(folder, offered))

    def ask_again(self) -> None:
        """Asks for the passphrase of the case that was asked for last, where one was.

        For that alone: a lock that the key store opens would keep nobody out who is at the window.
        """
        self._first_asked = None
        self._ask()

    def _ask(self) -> None:
        if self._folder is not None:
            self._front.show_page(self._front.unlock)
            self._front.unlock.ask(self._folder)

    def _offer_key_store(self, folder: Path, offered: bool) -> None:
        if offered and folder == self._first_asked:
            self._front.unlock.offer_key_store()

    def _by_key_store(self) -> None:
        if self._folder is None or self._others is None:
            return
        self._front.unlock.work(True)
        task = self._tasks.run("read", self._others.by_key_store, self._folder)
        task.finished.connect(self._enter)
        task.failed.connect(self._not_opened)

    def unlock(self, passphrase: str) -> None:
        """Opens the asked-for case."""
        if self._folder is None:
            return
        self._front.unlock.work(True)
        task = self._tasks.run("read", self._opener, self._folder, passphrase)
        task.finished.connect(self._enter)
        task.failed.connect(self._not_opened)

    def _not_opened(self, error: Exception) -> None:
        if isinstance(error, DamagedCase) and self._others is not None:
            self._front.unlock.offer_restore()
        self._refuse(self._front.unlock.complain, error)

    def _restore(self, passphrase: str) -> None:
        if self._folder is None or self._others is None:
            return
        self._front.unlock.work(True)
        task = self._tasks.run("read", self._others.restore, self._folder, passphrase)
        task.finished.connect(lambda said: self._restored(said, passphrase))
        task.failed.connect(lambda error: self._refuse(self._front.unlock.complain, error))

    def _restored(self, said: list[str], passphrase: str) -> None:
        self._told = tuple(said)
        self._front.unlock.restore.hide()
        self.unlock(passphrase)

    def _recover(self, code: str, reviewer: str, passphrase: str) -> None:
        if self._folder is None or self._others is None:
            return
        self._front.lost.work(True)
        task = self._tasks.run(
            "read", self._others.recover, self._folder, code, reviewer, passphrase
        )
        task.finished.connect(self._enter)
        task.failed.connect(lambda error: self._refuse(self._front.lost.complain, error))

    def create(self, folder: Path, reviewer: str, passphrase: str) -> None:
        """Makes a case, shows its recovery code, and opens it when the code was typed back."""
        self._folder = folder
        self._front.making.work(True)
        task = self._tasks.run("read", self._creator, folder, reviewer, passphrase)
        task.finished.connect(self._show_code)
        task.failed.connect(lambda error: self._refuse(self._front.making.complain, error))

    def _refuse(self, complain: Callable[[str], object], error: Exception) -> None:
        complain(sentence(str(error)) if isinstance(error, UserError) else bug_words(error))
        self.refused.emit()

    def _show_code(self, made: tuple[Desk, str]) -> None:
        self._made = made
        self._front.making.work(False)
        self._front.recovery.show_code(made[1])
        self._front.beginning.about(self._folder)
        self._front.show_page(self._front.recovery)

    def _enter_new(self) -> None:
        if self._made is not None:
            (desk, _), self._made = self._made, None
            self._enter(desk)
            self.begun.emit()

    def _enter(self, desk: Desk) -> None:
        self._front.unlock.work(False)
        self._front.lost.work(False)
        told, self._told = self._told, ()
        self.opened.emit(desk, told)

    def close(self) -> None:
        """Waits for what runs, and closes a new case that was never entered."""
        self._tasks.close()
        if self._made is not None:
            self._made[0].close()
