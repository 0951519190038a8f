"""What is done around the review: figures, officers, notices, preferences, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from evidencebox.model.exposure import OfficerPage
from evidencebox.model.views import CaseSummary
from evidencebox.ui.beside import BesidePage
from evidencebox.ui.bits import announce, open_dialog
from evidencebox.ui.colleagues import Colleagues
from evidencebox.ui.exposure_page import EXPOSURE, ExposurePage
from evidencebox.ui.keys import Choice
from evidencebox.ui.languages import tr
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.session import Session
from evidencebox.ui.theme import Theme
from evidencebox.ui.top_bar import case_alias
from evidencebox.ui.workspace import Workspace

if TYPE_CHECKING:
    from evidencebox.ui.window import Window


class Office(QObject):
    """Holds for one window what is opened from the case menu."""

    def __init__(
        self, window: Window, stack: QStackedWidget, theme: Theme, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window, self._stack = window, stack
        self._theme, self._preferences = theme, preferences
        self._session: Session | None = None
        self._space: Workspace | None = None
        self._alias = ""
        self.exposure: ExposurePage | None = None
        self.colleagues = Colleagues(self, window)

    def attach(self, session: Session, space: Workspace) -> None:
        """A case is open: its menu gets these verbs."""
        self._session, self._space = session, space
        session.read("alias", session.desk.summary, then=self._name)
        self.colleagues.attach(session, space)
        space.top.menu.extend(
            [
                (tr("Exposure and progress"), "exposure", self.show_exposure),
                (tr("Notices and credit monitoring…"), "", self.show_notices),
                (tr("Review packs and conflicts…"), "", self.colleagues.show_packs),
                (tr("Reviewers and sealed categories…"), "", self.colleagues.show_team),
                (tr("Passphrase, key store, recovery code…"), "", self.colleagues.show_access),
                (tr("Back up what was decided…"), "", self.colleagues.choose_backup),
                (tr("What is running…"), "", self.show_jobs),
                None,
                (tr("Preferences…"), "preferences", self.show_preferences),
                (tr("About EvidenceBox…"), "", self.show_about),
            ]
        )
        space.office_asked.connect(self._do)

    def _do(self, verb: str) -> None:
        {"exposure": self.show_exposure, "preferences": self.show_preferences}[verb]()

    def detach(self) -> None:
        """The case is being left: nothing of it stays on screen."""
        self._session = self._space = None
        self.colleagues.detach()
        if self.exposure is not None:
            self._stack.removeWidget(self.exposure)
            self.exposure.hide()
            self.exposure.deleteLater()
            self.exposure = None

    def say(self, sentence: str, problem: bool = False) -> None:
        """Shows a sentence where the reviewer looks, and has it spoken."""
        if self.exposure is not None and self._stack.currentWidget() is self.exposure:
            self.exposure.say(sentence)
        if self._space is not None:
            self._space.status.say(sentence, problem=problem)
        announce(self._window, sentence)

    def _name(self, summary: CaseSummary) -> None:
        self._alias = case_alias(summary)
        self._preferences.opened(self._alias)

    # Figures

    def show_exposure(self, place: str = EXPOSURE) -> None:
        """Opens the figures, read anew, at the matrix or at the charts."""
        if self._session is None:
            return
        if self.exposure is None:
            named = tr("Case “%1”").replace("%1", self._alias)
            page = self.exposure = ExposurePage(self._theme, named)
            page.asked.connect(self.search)
            page.officer_asked.connect(self.show_officer)
            page.notices_asked.connect(self.show_notices)
            self.adopt(page)
        self._stack.setCurrentWidget(self.exposure)
        self.exposure.show_place(place)
        insight = self._session.desk.insight
        self._session.read("exposure", insight.exposure, then=self.exposure.show_exposure)
        self._session.read("overview", insight.overview, then=self.exposure.show_overview)

    def adopt(self, page: BesidePage) -> None:
        """Takes a page beside the review into the window: its tabs and keys lead on from it."""
        page.place_asked.connect(self._go)
        page.lock_asked.connect(self._window.lock)
        page.lead(self._leading(), self._preferences.keys)
        self._stack.addWidget(page)

    def _go(self, place: str) -> None:
        if place == "review":
            self.to_review()
        elif place == "exhibits":
            self._window.filing.show_exhibits()
        else:
            self.show_exposure(place)

    def _leading(self) -> dict[str, Callable[[], object]]:
        """What keys do on every page."""
        window = self._window
        return {
            "exposure": self.show_exposure,
            "exhibits": window.filing.show_exhibits,
            "export": window.filing.show_export,
            "preferences": self.show_preferences,
            "legend": window.show_legend,
            "lock": window.lock,
            "hide": window.toggle_content,
        }

    def to_review(self) -> None:
        """Back to the documents."""
        if self._space is not None:
            self._stack.setCurrentWidget(self._space)
            self._space.to_results()

    def search(self, query: str) -> None:
        """Searches in the review, with no filter of before."""
        if self._space is None:
            return
        self.to_review()
        self._space.search.clear_filters()
        self._space.top.search.line.setText(query)
        self._space.search.search(query)

    def show_officer(self, officer: str) -> None:
        """Opens an officer's page."""
        if self._session is not None:
            self._session.read(
                "officer", self._session.desk.insight.officer, officer, then=self._officer
            )

    def _officer(self, page: OfficerPage) -> None:
        from evidencebox.ui.officer_dialog import OfficerPageDialog

        dialog = OfficerPageDialog(page, self._window)
        dialog.asked.connect(self.search)
        dialog.opened.connect(self.open_document)
        open_dialog(dialog)

    def open_document(self, document: str) -> None:
        """Shows a document in the review."""
        from evidencebox.model.ids import DocumentId

        self.to_review()
        if self._space is not None:
            self._space.open_document(DocumentId(document))

    def show_notices(self) -> None:
        """Opens the notice list."""
        from evidencebox.ui.notice_dialog import NoticeDialog

        if self._session is not None:
            dialog = NoticeDialog(self._session, self._window)
            dialog.changed.connect(self.say)
            open_dialog(dialog)

    # The program

    def show_jobs(self) -> None:
        """Opens the list of what runs."""
        from evidencebox.ui.jobs_dialog import JobsDialog

        open_dialog(JobsDialog(self._window.imports, self._window))

    def show_preferences(self) -> None:
        """Opens the preferences; each acts at once."""
        from evidencebox.ui.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(self._preferences, self._window)
        dialog.mode_chosen.connect(self._window.choose_mode)
        dialog.percent_chosen.connect(self.enlarge)
        dialog.language_chosen.connect(self._speak)
        dialog.lock_chosen.connect(self._lock_after)
        dialog.keys_chosen.connect(self.rebind)
        dialog.forget_asked.connect(self._preferences.forget_recent)
        open_dialog(dialog)

    def enlarge(self, percent: int) -> None:
        """Takes and remembers a size of letters."""
        self._preferences.percent = percent
        self._theme.enlarge(percent)

    def rebind(self, choice: Choice) -> None:
        """Takes and remembers keys."""
        self._preferences.keys = choice
        if self._space is not None:
            self._space.verbs.rebind()
        for page in self._window.findChildren(BesidePage):
            page.lead(self._leading(), choice)

    def _speak(self, code: str) -> None:
        self._preferences.language = code

    def _lock_after(self, minutes: int) -> None:
        self._preferences.lock_minutes = minutes
        self._window.lock_after(minutes)

    def show_about(self) -> None:
        """Opens what the program is made of."""
        from evidencebox.ui.about_dialog import AboutDialog

        open_dialog(AboutDialog(self._window))
