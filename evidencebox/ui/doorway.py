"""The first page: recent cases by their alias, the sample, and what a new case begins with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QStorageInfo

from evidencebox.ui.card import SUFFIX
from evidencebox.ui.languages import tr
from evidencebox.ui.ports import Sample
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.sample_flow import SampleFlow

if TYPE_CHECKING:
    from evidencebox.ui.window import Window

_PLACES = (
    QStandardPaths.StandardLocation.HomeLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
)


def places() -> Iterator[Path]:
    """Folders in which cases are looked for: no path of a case is kept anywhere."""
    for place in _PLACES:
        for name in QStandardPaths.standardLocations(place):
            yield Path(name)
    yield Path.cwd()
    for volume in QStorageInfo.mountedVolumes():
        if volume.isReady():
            yield Path(volume.rootPath())


def find_case(alias: str) -> Path | None:
    """The folder of a case by its alias, in the usual places; None where it is in none."""
    for place in places():
        folder = place / f"{alias}{SUFFIX}"
        if (folder / "header.json").is_file():
            return folder
    return None


class Doorway(QObject):
    """Ties the front's first and last pages to the window."""

    def __init__(self, window: Window, preferences: Preferences, sample: Sample | None) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self.sample = SampleFlow(sample, self) if sample is not None else None
        front = window.front
        front.welcome.recent_asked.connect(self.open_recent)
        front.making.left.connect(self.welcome)
        front.unlock.another_asked.connect(self.welcome)
        if self.sample is not None:
            front.welcome.offer_sample()
            front.welcome.sample_asked.connect(self._try_sample)
            self.sample.ready.connect(self._open_sample)
            self.sample.failed.connect(self._no_sample)

    def welcome(self) -> None:
        """Shows the first page."""
        front = self._window.front
        front.welcome.show_recent(self._preferences.recent)
        front.show_page(front.welcome)
        front.welcome.new.setFocus()
        if self.sample is not None and not self._preferences.recent:
            # Whoever has never opened a case is likely to try it.
            self.sample.prepare()

    def open_recent(self, alias: str) -> None:
        """Asks for the passphrase of a case that was open before, or for where it is now."""
        folder = find_case(alias)
        if folder is not None:
            self._window.doors.ask(folder)
            return
        words = tr("“%1” is not in the usual places. Open it by its folder; EvidenceBox keeps no "
                   "paths.")  # fmt: skip
        self._window.front.welcome.complain(words.replace("%1", alias))

    def begin_new(self) -> None:
        """Starts what the last page of a new case asked for."""
        page = self._window.front.beginning
        trove, roster = page.trove.text().strip(), page.roster.text().strip()
        if trove:
            self._window.imports.start(Path(trove).expanduser())
        if roster:
            self._window.office.colleagues.preview_roster(Path(roster).expanduser())

    def stop(self) -> None:
        """The window closes."""
        if self.sample is not None:
            self.sample.stop()

    def _try_sample(self) -> None:
        if self.sample is not None:
            self._window.front.welcome.work(not self.sample.there)
            self.sample.want()

    def _open_sample(self) -> None:
        if self.sample is None or self._window.workspace is not None:
            return
        self._window.front.welcome.work(False)
        self._window.doors.ask(self.sample.sample.folder)
        words = tr("The passphrase of the sample is: %1")
        self._window.front.unlock.tell(words.replace("%1", self.sample.sample.passphrase))
        self._window.doors.unlock(self.sample.sample.passphrase)

    def _no_sample(self) -> None:
        self._window.front.welcome.complain(
            tr("The sample could not be made here. Is there room on the disk?")
        )
