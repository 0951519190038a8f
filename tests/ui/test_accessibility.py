"""Every control has a name that a screen reader can say; nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.ui import search_flow
from evidencebox.ui.failures import FailuresDialog
from evidencebox.ui.front import Front
from evidencebox.ui.import_dialog import ImportDialog
from evidencebox.ui.legend import Legend
from evidencebox.ui.officer_picker import OfficerDialog
from evidencebox.ui.password_dialog import PasswordDialog
from evidencebox.ui.session import Session
from evidencebox.ui.settings_dialog import SettingsDialog
from evidencebox.ui.theme import Theme
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.panels import Make

Role = QAccessible.Role
NO_FOCUS = Qt.FocusPolicy.NoFocus
INTERACTIVE = {
    Role.Button,
    Role.CheckBox,
    Role.RadioButton,
    Role.EditableText,
    Role.ComboBox,
    Role.List,
    Role.Table,
    Role.Tree,
    Role.MenuItem,
    Role.PageTab,
    Role.ProgressBar,
    Role.Slider,
    Role.SpinBox,
    Role.ButtonMenu,
    Role.PopupMenu,
}
TABLES = {Role.Table, Role.List, Role.Tree}


def walk(node: QAccessibleInterface, path: str = "") -> Iterator[tuple[str, QAccessibleInterface]]:
    """Every node, with its place; the cells of tables are the model's tests' business."""
    name = node.text(QAccessible.Text.Name)
    here = f"{path}/{node.role().name}[{name}]"
    yield here, node
    if node.role() in TABLES:
        return
    for number in range(node.childCount()):
        child = node.child(number)
        if child.isValid():
            yield from walk(child, here)


def unnamed(widget: QWidget) -> list[str]:
    root = QAccessible.queryAccessibleInterface(widget)
    return [
        place
        for place, node in walk(root)
        if node.role() in INTERACTIVE and not node.text(QAccessible.Text.Name).strip()
    ]


def test_the_walk_finds_an_unnamed_control(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QPushButton, QVBoxLayout

    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(QPushButton())
    assert len(unnamed(holder)) == 1


def test_every_control_of_the_desk_is_named(qtbot: QtBot, space: Workspace, desk: FakeDesk) -> None:
    document = next(iter(desk.trove))
    desk.tag(Anchor(document), desk.roster[0].id, Harm.HIGH, ("finances",), "note")
    space.refresh()
    qtbot.waitUntil(lambda: len(space.coding.state.rows()) == 1)
    space.coding.open_picker()
    space.coding.open_palette()
    root = QAccessible.queryAccessibleInterface(space)
    assert sum(node.role() in INTERACTIVE for _, node in walk(root)) > 40
    assert unnamed(space) == []
    assert unnamed(space.top.menu) == []


def test_every_control_before_the_desk_is_named(qtbot: QtBot, theme: Theme) -> None:
    front = Front()
    qtbot.addWidget(front)
    front.show()
    for number in range(front.count()):
        front.setCurrentIndex(number)
        assert unnamed(front) == []


DIALOGS = [
    ImportDialog,
    FailuresDialog,
    Legend,
    OfficerDialog,
    PasswordDialog,
    SettingsDialog,
]


@pytest.mark.parametrize("kind", DIALOGS)
def test_every_control_of_the_dialogs_is_named(
    qtbot: QtBot, theme: Theme, kind: type[QWidget]
) -> None:
    dialog = kind()
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == []


def test_every_control_of_every_window_is_named_and_reached_by_keys(
    qtbot: QtBot, session: Session, panels: list[Make]
) -> None:
    for make in panels:
        panel = make()
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitUntil(lambda: not session.busy)
        name = type(panel).__name__
        assert unnamed(panel) == [], name
        # Whatever can be pressed can be tabbed to, as far as it is in sight and acts.
        left_out = [
            each.accessibleName()
            for each in panel.findChildren(QPushButton)
            if each.isVisible() and each.isEnabled() and each.focusPolicy() == NO_FOCUS
        ]
        assert left_out == [], name
        panel.close()


def test_a_search_and_its_refusal_are_spoken(
    qtbot: QtBot, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(search_flow, "announce", lambda widget, words: said.append(words))
    space.search.search("polygraph")
    qtbot.waitUntil(lambda: not space.session.busy)
    space.search.search("nothinglikethis")
    qtbot.waitUntil(lambda: not space.session.busy)
    assert said[0] == "33 documents"
    assert said[1] == "0 documents"


def test_harm_is_said_in_words(qtbot: QtBot, space: Workspace, desk: FakeDesk) -> None:
    document = next(iter(desk.trove))
    desk.tag(Anchor(document), desk.roster[0].id, Harm.HIGH)
    space.refresh()
    qtbot.waitUntil(lambda: len(space.coding.state.rows()) == 1)
    root = QAccessible.queryAccessibleInterface(space.coding)
    names = [node.text(QAccessible.Text.Name) for _, node in walk(root)]
    assert "Quill, Dana, #4471 · document, harm 3 High" in names
    assert [f"Harm {int(h)} {h.word}" in names for h in Harm] == [True] * 5


@pytest.mark.parametrize("pixels", [13, 20, 26])
def test_larger_letters_do_not_break_the_desk(
    qapp: QApplication, opened: Window, pixels: int
) -> None:
    before = qapp.styleSheet()
    qapp.setStyleSheet(before.replace("font-size: 13px", f"font-size: {pixels}px"))
    opened.ensurePolished()
    needed = opened.minimumSizeHint()
    qapp.setStyleSheet(before)
    assert needed.width() <= 1440
    assert needed.height() <= 900
