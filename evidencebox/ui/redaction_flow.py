"""Ties the redaction editor to a session: the draft, the sheet in sight, keeping and writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.redactions import Ask, Box, Redaction, SheetLook
from evidencebox.model.views import PageHit
from evidencebox.ui.languages import told, tr
from evidencebox.ui.officer_picker import OfficerDialog
from evidencebox.ui.redact_dialog import RedactDialog
from evidencebox.ui.redaction_draft import Draft, moved
from evidencebox.ui.redaction_page import RedactionPage
from evidencebox.ui.redaction_tools import BOX
from evidencebox.ui.session import Session

_SOON_MS = 180
_NEW = (3_500, 4_700, 6_500, 5_100)
"""A box made by a key: in the middle of the sheet."""
_LONGEST_LIST = 1 << 20
BROKEN = "This sheet could not be drawn: an error of this program, which was noted."


class RedactionFlow(QObject):
    """One for an open case's editor.

    Signals:
        acted(str): a plan was kept, or a copy written; in words.
    """

    acted = Signal(str)

    def __init__(self, session: Session, page: RedactionPage, folder: Path) -> None:
        super().__init__(page)
        self._session, self._page, self._folder = session, page, folder
        self._on: Redaction | None = None
        self._query, self._sheet = "", 1
        self._names: dict[OfficerId, str] = {}
        self._dialog: RedactDialog | None = None
        self.draft = Draft(self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._look)
        self._wire()

    def _wire(self) -> None:
        page, tools, sheet, draft = self._page, self._page.tools, self._page.before, self.draft
        draft.changed.connect(self._drafted)
        page.stepped.connect(draft.step)
        page.turned.connect(self.turn)
        page.keep_asked.connect(self.keep)
        page.write_asked.connect(self.write)
        tools.named.connect(self._name)
        tools.selection_asked.connect(self._select)
        tools.hits_asked.connect(self._ask_hits)
        tools.list_asked.connect(self._choose_list)
        tools.officer_asked.connect(self._choose_officer)
        tools.officer_dropped.connect(lambda: draft.take(replace(draft.ask, everyone_but=None)))
        tools.kind_toggled.connect(draft.toggle_kind)
        tools.inverse_toggled.connect(lambda on: draft.take(replace(draft.ask, inverse=on)))
        tools.lines_toggled.connect(lambda on: draft.take(replace(draft.ask, lines=on)))
        tools.chosen.connect(self._choose)
        tools.dropped.connect(self._drop)
        sheet.drawn.connect(self._draw)
        sheet.asked_new.connect(lambda: self._draw(*_NEW))
        sheet.chosen.connect(lambda at: self._page.tools.choose_box(self._place(at)))
        sheet.nudged.connect(self._nudge)
        sheet.dropped.connect(lambda: draft.drop_box(self._place(sheet.current)))

    # Opening

    def open(self, document: DocumentId, query: str) -> None:
        """Begins with what is kept, and what was worked on last."""
        self._query = query
        if self._on is not None and self._on.document == document and self.draft.dirty:
            return
        self._park()
        self._on = None
        self._page.refuse(tr("Drawing the sheet…"))
        self._session.read(
            "redaction",
            self._session.desk.redactions.open,
            document,
            then=self._begin,
            refused=lambda error: self._page.refuse(str(error)),
        )

    def _begin(self, on: Redaction) -> None:
        self._on, self._sheet = on, 1
        self._names |= on.names
        stands = told("kept: %1", on.stands) if on.stands else tr("not redacted yet")
        self._page.about.setText(f"{on.id} · {stands}")
        self._page.tools.show_kinds(on.kinds)
        self._page.tools.hits.setEnabled(bool(self._query))
        self.draft.begin(on.ask)
        if on.draft is not None:
            self.draft.take(on.draft)
            self._page.say(tr("Your draft is here again; it is not kept as the plan yet."))

    def _park(self) -> None:
        """Within the case, so that neither a lock nor a crash takes what was worked on."""
        if self._on is not None:
            draft = self.draft.ask if self.draft.dirty else None
            keep = self._session.desk.redactions.keep_draft
            self._session.write(keep, self._on.document, draft)

    # Steps

    def _name(self, texts: Sequence[str]) -> None:
        new = self.draft.add_terms(list(texts), self._page.tools.why)
        self._page.say(told("%1 texts named.", new) if new != 1 else tr("1 text named."))

    def _select(self) -> None:
        # Qt marks the end of a line in a selection by its own sign.
        text = self._page.text.textCursor().selectedText()
        lines = text.replace("\u2029", "\n").split("\n")
        if text.strip():
            self._name([line for line in lines if line.strip()])
        else:
            self._page.say(tr("Select a passage of the text below the sheets first."), True)

    def _ask_hits(self) -> None:
        if self._on is not None and self._query:
            hits = self._session.desk.hits
            self._session.read("redaction hits", hits, self._query, self._on.document,
                               then=self._take_hits)  # fmt: skip

    def _take_hits(self, hits: Sequence[PageHit]) -> None:
        if self._on is None:
            return
        self._session.read(
            "redaction texts", self._texts_of, self._on.document, tuple(hits), then=self._name
        )

    def _texts_of(self, document: DocumentId, hits: Sequence[PageHit]) -> list[str]:
        """In a background thread: the very words of each hit."""
        found = []
        for hit in hits:
            text = self._session.desk.page(document, hit.page, hit.layer).text
            found.append(text[hit.start : hit.end])
        return found

    def _choose_list(self) -> None:
        title = tr("Texts, one a line")
        file, _ = QFileDialog.getOpenFileName(self._page, title, "", "TXT, CSV (*.txt *.csv)")
        if file:
            self.take_list(Path(file))

    def take_list(self, file: Path) -> None:
        """Names every line of a file."""
        self._session.read("redaction list", _lines_of, file, then=self._name,
                           refused=lambda error: self._page.say(str(error), True))  # fmt: skip

    def _choose_officer(self) -> None:
        words = tr("Everybody else's names and data are blacked out; this one stays.")
        dialog = OfficerDialog(self._page, words)
        dialog.picked.connect(self._but)
        dialog.ask(self._session)

    def _but(self, officer: Officer) -> None:
        self._names[officer.id] = officer.name
        self.draft.take(replace(self.draft.ask, everyone_but=officer.id))

    # Boxes

    def _mine(self) -> list[int]:
        """Places, among all boxes, of those on the sheet in sight."""
        return [at for at, box in enumerate(self.draft.ask.boxes) if box.sheet == self._sheet]

    def _place(self, at: int) -> int:
        mine = self._mine()
        return mine[at] if 0 <= at < len(mine) else -1

    def _draw(self, left: int, top: int, right: int, bottom: int) -> None:
        if self._on is None:
            return
        why = self._page.tools.why
        if self.draft.add_box(Box(self._sheet, left, top, right, bottom, why)):
            self._page.before.choose(len(self._mine()) - 1)

    def _nudge(self, right: int, down: int, grow: bool) -> None:
        at = self._place(self._page.before.current)
        if at >= 0:
            self.draft.change_box(at, moved(self.draft.ask.boxes[at], right, down, grow))

    def _choose(self, kind: str, at: int) -> None:
        if kind != BOX or not 0 <= at < len(self.draft.ask.boxes):
            return
        sheet = self.draft.ask.boxes[at].sheet
        if sheet != self._sheet:
            self.turn(sheet - self._sheet)
        self._page.before.choose(self._mine().index(at))

    def _drop(self, kind: str, at: int) -> None:
        if kind == BOX:
            self.draft.drop_box(at)
        else:
            self.draft.drop_term(at)

    # The sheet

    def turn(self, by: int) -> None:
        """To another sheet."""
        if self._on is not None and 1 <= self._sheet + by <= len(self._on.pages):
            self._sheet += by
            self._page.before.choose(-1)
            self._drafted()

    def _drafted(self) -> None:
        page, draft, on = self._page, self.draft, self._on
        page.undo.setEnabled(draft.can(-1))
        page.redo.setEnabled(draft.can(1))
        page.keep.setEnabled(on is not None and draft.dirty)
        page.write.setEnabled(on is not None and not draft.empty)
        but = draft.ask.everyone_but
        page.tools.show_ask(draft.ask, self._names.get(but, "") if but else "")
        if on is not None:
            page.show_where(self._sheet, len(on.pages))
            self._soon.start()

    def _look(self) -> None:
        if self._on is None:
            return
        self._park()
        self._session.read(
            "redaction sheet",
            self._session.desk.redactions.look,
            self._on.document,
            self.draft.ask,
            self._sheet,
            then=self._show,
            refused=lambda error: self._page.refuse(str(error)),
            failed=self._broke,
        )

    def _show(self, look: SheetLook) -> None:
        if look.sheet == self._sheet:
            self._page.show_look(look)

    def _broke(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._page.refuse(tr(BROKEN))

    # Keeping and writing

    def keep(self) -> None:
        """Keeps the plan in the case; books, dossiers and load files go by it from then on."""
        if self._on is None or not self.draft.dirty:
            return
        ask = self.draft.ask
        keep = self._session.desk.redactions.keep

        def done(sentence: str) -> None:
            self.draft.mark_kept(ask)
            self._park()
            self._said(sentence)

        self._session.write(
            keep, self._on.document, ask, then=done,
            refused=lambda error: self._page.say(str(error), True),
        )  # fmt: skip

    def write(self) -> None:
        """Asks where to, and writes a redacted copy."""
        if self._on is None or self.draft.empty or self._dialog is not None:
            return
        ask: Ask = self.draft.ask
        place = self._folder / f"{self._on.id}-redacted.pdf"
        dialog = RedactDialog(
            self._session, self._on.document, ask, place, self._on.sealed, self._page.window()
        )

        def written(sentence: str) -> None:
            # What was written stands in the ledger as the plan.
            self.draft.mark_kept(ask)
            self._park()
            self._said(sentence)

        dialog.written.connect(written)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.show()
        dialog.own.setFocus()

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def leave(self) -> None:
        """The case is being left."""
        self._park()
        self._on = None
        if self._dialog is not None:
            self._dialog.leave()

    def _said(self, sentence: str) -> None:
        self._page.say(sentence)
        self.acted.emit(sentence)


def _lines_of(file: Path) -> list[str]:
    """Each line of a small text file. Raises UserError."""
    try:
        if file.stat().st_size > _LONGEST_LIST:
            raise UserError("That list is longer than a megabyte: take a shorter one.")
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise UserError(f"The list cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError("The list is no text in UTF-8.") from None
    return [line.strip() for line in text.splitlines() if line.strip()]
