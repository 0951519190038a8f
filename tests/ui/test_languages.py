"""Words in other languages: a catalogue that is whole, a pseudo-locale, right to left, 200 %."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import evidencebox.ui
from evidencebox.ui.beside import BesidePage
from evidencebox.ui.bits import Dialog
from evidencebox.ui.card import Card
from evidencebox.ui.import_dialog import ImportDialog
from evidencebox.ui.languages import PseudoTranslator, catalogue, pseudo, speak, tr, wanted
from evidencebox.ui.reasons import REASONS
from evidencebox.ui.refusals import REFUSALS
from evidencebox.ui.sayings import history_line, sentence
from evidencebox.ui.session import Session
from evidencebox.ui.theme import Theme
from evidencebox.ui.workspace import Workspace
from tests.ui.panels import Make

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "build"))
import translations

UI = Path(evidencebox.ui.__file__).parent
HOLES = re.compile(r"%\d|\{\d?\}")
NOT_OURS = {"ABCD-EFGH", "EvidenceBox", "Español", "English", "Robin (you)"}
"""Names that stay as they are, whatever the language."""


@pytest.fixture
def pseudo_locale(qapp: QApplication) -> Iterator[None]:
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_the_catalogue_is_whole_and_keeps_the_holes() -> None:
    known = translations.read(translations.CATALOGUES / "evidencebox_es.ts")
    assert len(known) > 400
    for text, said in known.items():
        if said:
            assert sorted(HOLES.findall(text)) == sorted(HOLES.findall(said)), text


def test_spanish_is_found_and_spoken(qapp: QApplication) -> None:
    assert catalogue("es").is_file()
    cancel = QDialogButtonBox.StandardButton.Cancel
    before = QLocale()
    spoken = speak("es")
    assert len(spoken) == 2
    try:
        assert tr("Unlock") == "Desbloquear"
        assert QDialogButtonBox(cancel).button(cancel).text() == "Cancelar"
        assert tr("nobody ever said this") == "nobody ever said this"
    finally:
        QLocale.setDefault(before)
        for each in spoken:
            qapp.removeTranslator(each)
    assert tr("Unlock") == "Unlock"
    assert speak("en") == ()
    assert wanted("es") == "es"
    assert wanted("xx") in {"en", "es"}


def visible_words(widget: QWidget) -> Iterator[tuple[QWidget, str]]:
    for each in widget.findChildren(QWidget):
        if not each.isVisible():
            continue
        if isinstance(each, QLabel | QAbstractButton) and any(c.isalpha() for c in each.text()):
            yield each, each.text()


def clipped(widget: QWidget) -> list[str]:
    """Labels and buttons that are narrower than their words; those that wrap may be lower."""
    found = []
    for each, text in visible_words(widget):
        wraps = isinstance(each, QLabel) and each.wordWrap()
        if not wraps and each.width() + 1 < each.sizeHint().width():
            found.append(text)
    return found


def test_every_visible_word_of_the_panels_is_given_to_tr(
    qtbot: QtBot, session: Session, pseudo_locale: None, panels: list[Make]
) -> None:
    for make in panels:
        panel = make()
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitUntil(lambda: not session.busy)
        QApplication.processEvents()  # what was shown last is laid out
        plain = [
            text
            for each, text in visible_words(panel)
            if "~]" not in text and text not in NOT_OURS and not is_data(each, text)
        ]
        assert plain == [], type(panel).__name__
        assert clipped(panel) == [], type(panel).__name__


def test_every_visible_word_of_the_desk_is_given_to_tr(
    qtbot: QtBot, pseudo_locale: None, space: Workspace
) -> None:
    ours = space.top, space.chips, space.facets, space.viewer, space.coding, space.status
    data = {"Surname Quill after a rank.", "Ctrl \u23ce", space.viewer._title.text()}
    plain = [
        text
        for part in ours
        for each, text in visible_words(part)
        if "~]" not in text and text not in data and not is_data(each, text)
    ]
    assert plain == []


def windows(kind: type[QWidget]) -> Iterator[type[QWidget]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("evidencebox."):
            yield each
            yield from windows(each)


def test_every_window_there_is_stands_among_those_that_are_looked_at(
    qtbot: QtBot, session: Session, panels: list[Make]
) -> None:
    for file in UI.glob("*.py"):
        importlib.import_module(f"evidencebox.ui.{file.stem}")
    there = {each for base in (Dialog, Card, BesidePage) for each in windows(base)}
    looked_at = set()
    for make in panels:
        panel = make()
        qtbot.addWidget(panel)
        looked_at.add(type(panel))
    qtbot.waitUntil(lambda: not session.busy)
    assert {each.__name__ for each in there - looked_at} == set()


def is_data(widget: QWidget, text: str) -> bool:
    """Whether it is no word of the program's: a name, a key, a unit, a very short mark."""
    known = {
        "Quill",
        "Quill, Dana",
        "Records",
        "Alex",
        "Robin",
        "Surname",
        "deu",
        "eng",
        "Ctrl \u23ce",
    }
    if text.startswith("EB-"):
        return True
    ours = isinstance(widget, QLabel | QPushButton | QCheckBox)
    ours = ours and widget.property("role") != "key"
    return text in known or not ours or pseudo(text) == text or len(text) < 3


def test_the_pseudo_locale_is_seen() -> None:
    assert pseudo("Lock") == "[Lõçk~]"


def test_right_to_left_is_mirrored(
    qtbot: QtBot, qapp: QApplication, session: Session, panels: list[Make]
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        for make in panels:
            panel = make()
            qtbot.addWidget(panel)
            panel.show()
            assert panel.layoutDirection() is Qt.LayoutDirection.RightToLeft
            panel.grab()
        dialog = ImportDialog()
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.start.x() < dialog.width() // 2
        qtbot.waitUntil(lambda: not session.busy)
        QApplication.processEvents()  # what was shown last is laid out
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_twice_as_large_letters_are_not_clipped(
    qtbot: QtBot, theme: Theme, session: Session, panels: list[Make]
) -> None:
    theme.enlarge(200)
    try:
        for make in panels:
            panel = make()
            qtbot.addWidget(panel)
            panel.show()
            qtbot.waitUntil(lambda: not session.busy)
            QApplication.processEvents()  # what was shown last is laid out
            assert clipped(panel) == [], type(panel).__name__
            needed = panel.minimumSizeHint()
            assert (needed.width(), needed.height()) <= (1440, 1400), type(panel).__name__
    finally:
        theme.enlarge(100)


SINKS = {"label", "setWindowTitle", "setAccessibleName", "setPlaceholderText", "setToolTip"}


def bare_words() -> list[str]:
    """Literals that are shown without being given to `tr`."""
    found = []
    for file in sorted(UI.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            said = first.value if name in SINKS and isinstance(first, ast.Constant) else None
            if isinstance(said, str) and any(char.isalpha() for char in said):
                found.append(f"{file.name}:{node.lineno} {said}")
    return [each for each in found if not each.endswith("EvidenceBox")]


def test_hardly_a_word_is_shown_that_was_not_given_to_tr() -> None:
    assert len(bare_words()) <= 10, bare_words()


def test_translations_go_through_one_context(qapp: QApplication) -> None:
    assert QCoreApplication.translate("elsewhere", "Unlock") == "Unlock"


def test_every_word_has_its_spanish() -> None:
    """What is new is translated with it: else a reviewer reads half a window in English."""
    known = translations.read(translations.CATALOGUES / "evidencebox_es.ts")
    assert [text for text in translations.words() if not known.get(text)] == []


@pytest.mark.parametrize(
    ("said", "spanish"),
    [
        ("High set for An on EB-7Q2M4K", "Alto asignado a An en EB-7Q2M4K"),
        ("High set for High on 12,000 documents", "Alto asignado a High en 12.000 documentos"),
        ("Undone: marked reviewed on EB-1AS0EN", "Deshecho: marcado como revisado en EB-1AS0EN"),
        ("searched, nothing found", "buscado, nada hallado"),
        ("tagged, worst 3 High, 2 not reviewed", "etiquetado, el peor 3 Alto, 2 sin revisar"),
        ("nobody ever said this", "nobody ever said this"),
        (
            "The PDF is protected by a password; 3 known passwords did not open it.",
            "El PDF está protegido con una contraseña; 3 contraseñas conocidas no lo abrieron.",
        ),
        (
            "The reader stopped with signal 11 (SIGSEGV) while reading this file.",
            "El lector se detuvo con signal 11 (SIGSEGV) al leer este archivo.",
        ),
        ("It cannot be read: Permission denied.", "No se puede leer: Permission denied."),
        ("a.csv cannot be read: x.", "a.csv no se puede leer: x."),
    ],
)
def test_what_services_say_is_translated_with_what_stands_in_it(
    qapp: QApplication, said: str, spanish: str
) -> None:
    before = QLocale()
    spoken = speak("es")
    try:
        assert sentence(said) == spanish
        line = "2026-11-23 10:00:00 UTC · Robin · 3 High for An, Wei"
        assert history_line(line).endswith("· 3 Alto para An, Wei")
    finally:
        QLocale.setDefault(before)
        for each in spoken:
            qapp.removeTranslator(each)
    assert sentence(said) == said


def test_what_is_translated_is_still_said_by_somebody() -> None:
    said: list[str] = []
    for file in UI.parent.rglob("*.py"):
        if file.parent.name not in ("ui", "cli"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            strings = [each for each in ast.walk(tree) if isinstance(each, ast.Constant)]
            said += [each.value for each in strings if isinstance(each.value, str)]
    everything = "\n".join(said)
    # Sentences are put together at holes, at their joints, and around what a reader did.
    joints = re.compile(r"%\d|[;:] |The reader|while reading this file")
    for text, _ in (*REASONS, *REFUSALS):
        parts = [part.strip(" ;:.,") for part in joints.split(text)]
        assert [part for part in parts if part not in everything] == [], text
