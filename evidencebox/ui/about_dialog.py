"""What the program is, which version, and whose work is in it under which licence."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from evidencebox import __version__
from evidencebox.ui.bits import Dialog, button, column, label, row
from evidencebox.ui.languages import tr
from evidencebox.ui.resources import resource

_MARKS = re.compile(r"[*`]|^#+ |\]\([^)]*\)|\[|^\|[ -|]*$\n|^\| *| *\|$", re.MULTILINE)
"""Of Markdown, what a reader of plain text need not see."""


def third_party() -> str:
    """Libraries and licences in plain text: the list of the build, else of the checkout."""
    for file in (resource("third-party.md"), _checkout() / "docs" / "third-party.md"):
        if file.is_file():
            plain = _MARKS.sub("", file.read_text(encoding="utf-8"))
            return plain.replace(" | ", ": ")
    return ""


def _checkout() -> Path:
    return Path(__file__).resolve().parents[2]


class AboutDialog(Dialog):
    """The dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About EvidenceBox"))
        self.resize(720, 560)
        body = column(self, (24, 22, 24, 20), 12)
        body.addWidget(label(tr("EvidenceBox"), "display"))
        body.addWidget(label(tr("Version %1").replace("%1", __version__), "secondary"))
        words = tr(
            "Finds who was harmed by a leak, how, and on which page. It uses no network. A list "
            "of every part with its version and hash (an SBOM) comes with each build."
        )
        body.addWidget(label(words, wrap=True))
        body.addWidget(label(tr("Work of others in it, and its licences"), "strong"))
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(tr("Work of others in it, and its licences"))
        text.setPlainText(third_party())
        body.addWidget(text, 1)
        close = button(tr("Close"), "primary", clicked=self.accept)
        close.setDefault(True)
        body.addLayout(row(None, close))
