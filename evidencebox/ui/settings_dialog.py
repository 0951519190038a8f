"""What is set for the case: time zone, languages of text recognition, custodian."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QWidget

from evidencebox.model.settings import CUSTODIAN, OCR_LANGUAGES, TIME_ZONE, Settings
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import told, tr

_ZONE = (
    "Times in documents that do not say where they were taken are read as of this zone, and dates "
    "are shown in it."
)
_LANGUAGES = "Languages in which the text of scans is recognised. None: scans are left as pictures."


TONGUES = {
    "eng": "English", "spa": "Spanish", "deu": "German", "fra": "French", "por": "Portuguese",
    "ita": "Italian", "pol": "Polish", "rus": "Russian", "vie": "Vietnamese", "kor": "Korean",
    "chi_sim": "Chinese", "ara": "Arabic",
}  # fmt: skip
"""Names of languages, by the codes of their recognition data."""


class SettingsDialog(Dialog):
    """The form.

    Signals:
        changed(dict): name → value, of all that it shows.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings of the case"))
        self.resize(520, 420)
        body = column(self, (24, 22, 24, 20), 10)
        body.addWidget(label(tr("Settings of the case"), "display"))
        body.addWidget(label(tr("Time zone"), "strong"))
        self.zone_before = ""
        self.zone = self._zones()
        body.addWidget(self.zone)
        body.addWidget(label(tr(_ZONE), "secondary", wrap=True))
        body.addWidget(label(tr("Text recognition"), "strong"))
        self._boxes = row(spacing=16)
        self.languages: dict[str, QCheckBox] = {}
        body.addLayout(self._boxes)
        body.addWidget(label(tr(_LANGUAGES), "secondary", wrap=True))
        body.addWidget(label(tr("Custodian"), "strong"))
        self.custodian = QLineEdit()
        self.custodian.setAccessibleName(tr("Custodian"))
        self.custodian.setMaxLength(200)
        self.custodian.setPlaceholderText(
            tr("Whose documents they are, where an import names nobody")
        )
        body.addWidget(self.custodian)
        self._problem = label("", "danger", wrap=True)
        body.addWidget(self._problem)
        body.addStretch(1)
        self.keep = button(tr("Keep"), "primary", clicked=self._keep)
        self.keep.setDefault(True)
        body.addLayout(row(None, button(tr("Cancel"), clicked=self.reject), self.keep))

    def _zones(self) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(tr("Time zone"))
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.addItems(sorted(available_timezones()))
        made.view().setAccessibleName(tr("Time zones"))
        line, completer = made.lineEdit(), made.completer()
        if line is not None:
            line.setAccessibleName(tr("Time zone"))
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        return made

    def show_settings(self, settings: Settings, known: Sequence[str], default: str) -> None:
        """Takes what stands; `known` are the languages there are data for."""
        self.zone_before = settings.time_zone
        self.zone.setCurrentText(settings.time_zone)
        self.custodian.setText(settings.custodian)
        chosen = (settings.ocr_languages or default).split("+")
        for code in known:
            words = tr(TONGUES.get(code, code))
            box = QCheckBox(words)
            box.setAccessibleName(told("Recognise %1", words))
            box.setChecked(code in chosen)
            self.languages[code] = box
            self._boxes.addWidget(box)
        self._boxes.addStretch(1)

    def complain(self, sentence: str) -> None:
        """Why it was not kept; the form stays."""
        self._problem.setText(sentence)

    def _keep(self) -> None:
        codes = [code for code, box in self.languages.items() if box.isChecked()]
        self.changed.emit(
            {
                TIME_ZONE: self.zone.currentText().strip(),
                OCR_LANGUAGES: "+".join(codes) or "off",
                CUSTODIAN: self.custodian.text().strip(),
            }
        )
