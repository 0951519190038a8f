"""Who works on the case, who is on its roster, and what of it is carried to another machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from evidencebox.model.exposure import RosterPreview
from evidencebox.ui.bits import open_dialog
from evidencebox.ui.languages import tr
from evidencebox.ui.session import Session
from evidencebox.ui.workspace import Workspace

if TYPE_CHECKING:
    from evidencebox.ui.office import Office
    from evidencebox.ui.window import Window


class Colleagues(QObject):
    """Packs and conflicts, reviewers and what opens the case, backups, the roster."""

    def __init__(self, office: Office, window: Window) -> None:
        super().__init__(office)
        self._office, self._window = office, window
        self._session: Session | None = None
        self._space: Workspace | None = None

    def attach(self, session: Session, space: Workspace) -> None:
        """A case is open."""
        self._session, self._space = session, space
        self.look_for_new()

    def detach(self) -> None:
        """The case is being left."""
        self._session = self._space = None

    def show_packs(self) -> None:
        """Opens packs and conflicts."""
        from evidencebox.ui.packs_dialog import PacksDialog

        if self._session is None:
            return
        dialog = PacksDialog(self._session, self._window)
        dialog.changed.connect(self._refresh)
        dialog.opened.connect(self._office.open_document)
        open_dialog(dialog)

    def show_team(self) -> None:
        """Opens roles and seals."""
        from evidencebox.ui.team_dialog import TeamDialog

        if self._session is not None:
            dialog = TeamDialog(self._session, self._window)
            dialog.changed.connect(self._refresh)
            open_dialog(dialog)

    def show_access(self) -> None:
        """Opens what opens the case."""
        from evidencebox.ui.access_dialog import AccessDialog

        if self._session is not None:
            dialog = AccessDialog(self._session, self._window)
            dialog.changed.connect(self._office.say)
            open_dialog(dialog)

    def choose_backup(self) -> None:
        """Asks for a file, and keeps all decisions there."""
        title, kinds = tr("Keep a backup in"), "EvidenceBox (*.backup)"
        file, _ = QFileDialog.getSaveFileName(self._window, title, "case.backup", kinds)
        if file:
            self.backup(Path(file))

    def backup(self, file: Path) -> None:
        """Keeps all decisions in one file."""
        if self._session is not None:
            self._session.write(self._session.desk.colleagues.backup, file, then=self._office.say)

    def _refresh(self, sentence: str) -> None:
        self._office.say(sentence)
        self.look_for_new()
        if self._space is not None:
            self._space.refresh()

    # Roster

    def choose_roster(self) -> None:
        """Asks for a file, and shows how it would be read."""
        title, kinds = tr("Roster"), tr("Roster") + " (*.csv *.xlsx)"
        file, _ = QFileDialog.getOpenFileName(self._window, title, "", kinds)
        if file:
            self.preview_roster(Path(file))

    def preview_roster(self, file: Path) -> None:
        """Shows how a roster would be read, before anything of it is taken."""
        if self._session is not None:
            self._session.read(
                "roster",
                self._session.desk.colleagues.preview_roster,
                file,
                {},
                then=lambda seen: self._roster(file, seen),
            )

    def _roster(self, file: Path, seen: RosterPreview) -> None:
        from evidencebox.ui.roster_dialog import RosterDialog

        if self._session is None:
            return
        dialog = RosterDialog(self._session, file, seen, self._window)
        dialog.accepted_with.connect(lambda columns: self._take(file, columns))
        open_dialog(dialog)

    def _take(self, file: Path, columns: Mapping[str, str]) -> None:
        if self._session is not None:
            take = self._session.desk.colleagues.take_roster
            self._session.write(take, file, columns, then=self._refresh)

    def look_for_new(self) -> None:
        """Has the documents searched for who came to the roster, where that is still to do."""
        if self._session is not None:
            waits = self._session.desk.colleagues.to_search
            self._session.read("to search", waits, then=self._look)

    def _look(self, waits: bool) -> None:
        if waits:
            self._window.imports.look()
