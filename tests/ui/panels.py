"""Every window and dialog there is, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from evidencebox.analysis.difference import difference
from evidencebox.model.redactions import Ask
from evidencebox.ui.about_dialog import AboutDialog
from evidencebox.ui.access_dialog import AccessDialog, CodeDialog, ReviewerDialog
from evidencebox.ui.batch_dialog import Batch, BatchDialog
from evidencebox.ui.beginning import BeginPage
from evidencebox.ui.compare_dialog import CompareDialog
from evidencebox.ui.creating import CreatePage, RecoveryPage
from evidencebox.ui.exhibit_dialog import ExhibitDialog, WithdrawDialog
from evidencebox.ui.exhibits_page import ExhibitsPage
from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.export_scope import Around
from evidencebox.ui.exposure_page import ExposurePage
from evidencebox.ui.failures import FailuresDialog
from evidencebox.ui.import_dialog import ImportDialog
from evidencebox.ui.import_flow import ImportFlow
from evidencebox.ui.jobs_dialog import JobsDialog
from evidencebox.ui.languages import tr
from evidencebox.ui.legend import Legend
from evidencebox.ui.list_dialog import ListDialog
from evidencebox.ui.notice_dialog import NoticeDialog
from evidencebox.ui.officer_dialog import OfficerPageDialog
from evidencebox.ui.officer_picker import OfficerDialog
from evidencebox.ui.packs_dialog import PacksDialog
from evidencebox.ui.password_dialog import PasswordDialog
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.preferences_dialog import PreferencesDialog
from evidencebox.ui.redact_dialog import RedactDialog
from evidencebox.ui.redaction_page import RedactionPage
from evidencebox.ui.review_dialog import ReviewDialog
from evidencebox.ui.roster_dialog import RosterDialog
from evidencebox.ui.saved_pane import SaveDialog
from evidencebox.ui.session import Session
from evidencebox.ui.settings_dialog import SettingsDialog
from evidencebox.ui.team_dialog import TeamDialog
from evidencebox.ui.theme import Theme
from evidencebox.ui.unlocking import LostPage, UnlockPage
from evidencebox.ui.unsealing import UnsealDialog
from evidencebox.ui.welcome import WelcomePage
from tests.ui.fake_desk import FakeDesk

Make = Callable[[], QWidget]


@pytest.fixture
def panels(
    theme: Theme, preferences: Preferences, session: Session, desk: FakeDesk, tmp_path: Path
) -> list[Make]:
    seen = desk.colleagues.preview_roster(tmp_path, {})
    document = next(iter(desk.trove))
    titles = ("EB-7Q2M4K", "EB-2RW9TD")

    def recovery() -> RecoveryPage:
        made = RecoveryPage()
        made.show_code("ABCD-EFGH")
        return made

    return [
        WelcomePage,
        UnlockPage,
        CreatePage,
        recovery,
        LostPage,
        BeginPage,
        lambda: BatchDialog(theme, session, [Batch("1 document", (document,))], None),
        lambda: CompareDialog(theme, titles, "one", "other", difference("one", "other")),
        lambda: JobsDialog(ImportFlow(QWidget())),
        UnsealDialog,
        lambda: AccessDialog(session),
        lambda: CodeDialog("ABCD-EFGH"),
        ReviewerDialog,
        lambda: ReviewerDialog("Alex"),
        ImportDialog,
        FailuresDialog,
        PasswordDialog,
        SettingsDialog,
        AboutDialog,
        lambda: PreferencesDialog(preferences),
        lambda: PacksDialog(session),
        lambda: TeamDialog(session),
        lambda: RosterDialog(session, tmp_path, seen),
        lambda: ExportDialog(session, Around(folder=tmp_path), "loadfile"),
        lambda: ExhibitsPage(theme, tr("Case “%1”")),
        lambda: ExhibitDialog(session, desk.exhibits.propose(next(iter(desk.trove))), 2),
        lambda: WithdrawDialog("PX-1"),
        lambda: RedactionPage(theme, tr("Case “%1”")),
        lambda: RedactDialog(session, next(iter(desk.trove)), Ask(), tmp_path / "x.pdf"),
        lambda: ExposurePage(theme, tr("Case “%1”")),
        lambda: NoticeDialog(session),
        Legend,
        OfficerDialog,
        SaveDialog,
        lambda: ListDialog(session),
        lambda: ReviewDialog(session, "polygraph", 12),
        lambda: OfficerPageDialog(desk.insight.officer(desk.roster[0].id)),
    ]
