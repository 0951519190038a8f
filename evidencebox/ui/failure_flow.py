"""What can be done about files that could not be read: passwords, and trying again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from evidencebox.model.ids import DocumentId
from evidencebox.model.settings import TIME_ZONE, Settings
from evidencebox.model.views import Failure
from evidencebox.ui.failures import FailuresDialog
from evidencebox.ui.import_flow import ImportFlow
from evidencebox.ui.languages import tr
from evidencebox.ui.password_dialog import PasswordDialog
from evidencebox.ui.session import Session
from evidencebox.ui.settings_dialog import SettingsDialog

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose
BUSY = "An import is running; try again when it has ended."


class FailureFlow(QObject):
    """Ties the list, the passwords and the settings to the session and to the import's process.

    Signals:
        opened(str): a document is to be shown.
        said(str): a sentence for the status bar.
    """

    opened = Signal(str)
    said = Signal(str)

    def __init__(self, window: QWidget, imports: ImportFlow) -> None:
        super().__init__(window)
        self._window = window
        self._imports = imports
        self._session: Session | None = None

    def attach(self, session: Session | None) -> None:
        """Takes the session that is open now; None while the case is locked."""
        self._session = session

    def show(self) -> None:
        """Opens the list of what could not be read."""
        if self._session is not None:
            self._session.read("failures", self._session.desk.failures, then=self._list)

    def _list(self, failures: list[Failure]) -> None:
        if self._session is None:
            return
        dialog = FailuresDialog(self._window)
        dialog.setAttribute(_DELETE)
        dialog.opened.connect(self.opened)
        dialog.retry_asked.connect(self.retry)
        dialog.passwords_asked.connect(self.ask_passwords)
        dialog.show_failures(failures)
        dialog.open()

    def retry(self, documents: list[DocumentId] | None) -> None:
        """Reads documents again, all that failed where none is named."""
        if self._imports.asked:
            self.said.emit(tr(BUSY))
        else:
            self._imports.retry(documents)

    # --- passwords

    def ask_passwords(self) -> None:
        """Opens the line for passwords."""
        dialog = PasswordDialog(self._window)
        dialog.setAttribute(_DELETE)
        dialog.given.connect(lambda typed: self._add(dialog, [typed]))
        dialog.chosen.connect(lambda file: self._add_from(dialog, file))
        dialog.retry_asked.connect(self._retry_locked)
        dialog.open()

    def _add(self, dialog: PasswordDialog, texts: list[str]) -> None:
        if self._session is not None:
            desk = self._session.desk
            self._session.write(desk.add_passwords, texts, then=lambda n: dialog.say(*n))

    def _add_from(self, dialog: PasswordDialog, file: Path) -> None:
        if self._session is None:
            return
        self._session.read(
            "",
            self._session.desk.add_password_file,
            file,
            then=lambda n: dialog.say(*n),
            refused=lambda error: dialog.complain(str(error)),
        )

    def _retry_locked(self) -> None:
        """In the order of asking: what was typed last is known by then."""
        if self._session is not None:
            self._session.write(self._session.desk.locked, then=self._retry_those)

    def _retry_those(self, documents: list[DocumentId]) -> None:
        if documents:
            self.retry(documents)
        else:
            self.said.emit(tr("No document is locked with a password."))

    # --- settings

    def show_settings(self) -> None:
        """Opens the settings of the case."""
        if self._session is not None:
            self._session.read("settings", self._session.desk.settings, then=self._form)

    def _form(self, held: tuple[Settings, list[str], str]) -> None:
        if self._session is None:
            return
        dialog = SettingsDialog(self._window)
        dialog.setAttribute(_DELETE)
        dialog.show_settings(*held)
        dialog.changed.connect(lambda values: self._change(dialog, values))
        dialog.open()

    def _change(self, dialog: SettingsDialog, values: dict[str, str]) -> None:
        if self._session is None:
            return
        if values[TIME_ZONE] != dialog.zone_before and self._imports.asked:
            dialog.complain(tr(BUSY))
            return
        self._session.read(
            "",
            self._session.desk.change_settings,
            values,
            then=lambda changed: self._changed(dialog, changed),
            refused=lambda error: dialog.complain(str(error)),
        )

    def _changed(self, dialog: SettingsDialog, changed: list[str]) -> None:
        dialog.accept()
        if TIME_ZONE in changed:
            self._imports.redate()
        if changed:
            self.said.emit(tr("The settings of the case were changed."))
