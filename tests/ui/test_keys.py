"""Every key of the map is sent to the window wherever it acts, and does what the map says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencebox.model.harm import Harm
from evidencebox.model.suggestions import Answer
from evidencebox.ui.batch_dialog import BatchDialog
from evidencebox.ui.exhibit_dialog import ExhibitDialog
from evidencebox.ui.export_dialog import ExportDialog
from evidencebox.ui.keys import KEYS, Key, Where
from evidencebox.ui.legend import Legend
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.preferences_dialog import PreferencesDialog
from evidencebox.ui.saved_pane import SaveDialog
from evidencebox.ui.theme import Mode, Theme
from evidencebox.ui.window import Window
from evidencebox.ui.workspace import Workspace
from tests.ui import key_effects as does
from tests.ui.fake_desk import PASSPHRASE, FakeDesk, documents
from tests.ui.key_effects import PDF, PHOTO, Happened, Trial

Case = tuple[Window, FakeDesk]
PLACES = {
    Where.WINDOW: ("results", "viewer"),
    Where.READING: ("results", "viewer"),
    Where.PANES: ("results", "viewer", "coding"),
}

EFFECTS: dict[str, Callable[[Trial], Happened]] = {
    "search": does.focuses(lambda space: space.top.search.line),
    "save_search": does.opens(SaveDialog),
    "next_document": partial(does.moved, by=1),
    "previous_document": partial(does.moved, by=-1),
    "viewer": does.focuses(lambda space: space.viewer.text),
    "results": does.focuses(lambda space: space.table),
    "next_hit": partial(does.hit, by=1),
    "next_mark": partial(does.pointed_out, by=1),
    "previous_mark": partial(does.pointed_out, by=-1),
    "previous_hit": partial(does.hit, by=-1),
    "find": does.focuses(lambda space: space.viewer.find_bar.line),
    "next_with_hits": partial(does.hopped, by=1),
    "previous_with_hits": partial(does.hopped, by=-1),
    "go_to_page": does.asked_for_page,
    "next_page": partial(does.page, to=2),
    "previous_page": partial(does.page, to=1),
    "larger": partial(does.zoomed, by=10),
    "smaller": partial(does.zoomed, by=-10),
    "fit": does.fitted,
    "thumbnails": does.thumbnails,
    "turn": does.turned,
    "veil": does.unveiled,
    **{f"tab_{n}": partial(does.tab, number=n) for n in range(1, 6)},
    **{f"harm_{int(harm)}": partial(does.coded, harm=harm) for harm in Harm},
    "clear_harm": does.untagged,
    "officer": does.found_officer,
    "categories": does.focuses(lambda space: space.coding.categories.palette_list.line),
    "note": does.focuses(lambda space: space.coding.note),
    "accept": partial(does.answered, said=Answer.SAME),
    "reject": partial(does.answered, said=Answer.DIFFERENT),
    "unsure": partial(does.answered, said=Answer.UNSURE),
    "repeat": does.repeated,
    "second_look": does.second_look,
    "mark": does.marked,
    "batch": does.opens(BatchDialog),
    "reviewed": does.reviewed,
    "undo": does.untagged,
    "redo": does.redone,
    "exhibit": does.opens(ExhibitDialog),
    "exhibits": lambda trial: (
        lambda: (
            trial.window.filing.exhibits is not None
            and trial.front() is trial.window.filing.exhibits
        )
    ),
    "redact": lambda trial: (
        lambda: (
            trial.window.filing.redaction is not None
            and trial.front() is trial.window.filing.redaction
        )
    ),
    "export": does.opens(ExportDialog),
    "next_pane": partial(does.pane, by=1),
    "previous_pane": partial(does.pane, by=-1),
    "lock": lambda trial: lambda: trial.window.workspace is None and trial.desk.closed,
    "hide": lambda trial: trial.window._curtain.isVisible,
    "layout": does.relaid,
    "review_mode": does.in_review,
    "legend": does.opens(Legend),
    "exposure": lambda trial: (
        lambda: (
            trial.window.office.exposure is not None
            and trial.front() is trial.window.office.exposure
        )
    ),
    "preferences": does.opens(PreferencesDialog),
}
"""What must come to be, by verb: prepares the window and answers whether it has happened."""
ONLY = {
    "viewer": ("results",),
    "results": ("viewer", "coding"),
    "lock": ("results",),
}
"""Where a key leads to the place it stands in, or takes the window down, it is sent from here."""


@pytest.fixture(autouse=True)
def _no_leaked_lanes() -> None:
    """The window outlives each test here: `case` looks after its lanes."""


@pytest.fixture(scope="module")
def case(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """One window for all keys: to open one for each would take longer than all keys."""
    desk, theme = FakeDesk([*documents(), PHOTO, PDF]), Theme(qapp, Mode.LIGHT)
    folder = tmp_path_factory.mktemp("keys")
    preferences = Preferences(folder / "desk.ini")
    window = Window(theme, preferences, lambda *_: desk, lambda *_: (desk, ""))
    window.show()
    window.doors.ask(folder / "Sample.evidencebox")
    yield window, desk
    window.close()
    window.deleteLater()
    theme.deleteLater()
    assert not [each for each in threading.enumerate() if each.name.startswith("desk-")]


@pytest.fixture
def trial(qtbot: QtBot, case: Case) -> Iterator[Trial]:
    window, desk = case
    if entered(window) is None:
        window.doors.unlock(PASSPHRASE)
        qtbot.waitUntil(lambda: entered(window) is not None)
    space = entered(window)
    assert space is not None
    qtbot.waitUntil(lambda: space.coding.state.view is not None)
    made = Trial(qtbot, window, desk)
    yield made
    if entered(window) is not None:
        made.reset()


def entered(window: Window) -> Workspace | None:
    """The desk of the window; none while it is locked."""
    return window.workspace


def named(key: Key) -> str:
    return f"{key.verb}-{key.where}"


@pytest.mark.parametrize("key", KEYS, ids=named)
def test_a_key_does_what_the_map_says(trial: Trial, key: Key) -> None:
    for place in ONLY.get(key.verb, PLACES[key.where]):
        for keys in key.keys:
            trial.place = place
            happened = EFFECTS[key.verb](trial)
            trial.focus()
            assert not happened(), f"{keys} in {place} had nothing to do"
            trial.send(keys)
            trial.bot.waitUntil(happened, timeout=3000)
            if entered(trial.window) is not None:
                trial.reset()


def test_every_verb_of_the_map_has_its_effect_here() -> None:
    assert set(EFFECTS) == {key.verb for key in KEYS}


@pytest.mark.parametrize("keys", ["Space", "Return"])
def test_keys_that_press_go_to_the_button_that_has_the_focus(trial: Trial, keys: str) -> None:
    """Not to the list: who sees nothing has no other way to press what stands in the viewer."""
    viewer, model = entered_space(trial).viewer, entered_space(trial).model
    before, marked = viewer.tab, list(model.marked)
    trial.place = "viewer"
    trial.focus()
    viewer._tab["History"].setFocus()
    trial.send(keys)
    trial.bot.waitUntil(lambda: viewer.tab == "History")
    assert list(model.marked) == marked
    viewer.show_tab(before)


def entered_space(trial: Trial) -> Workspace:
    space = entered(trial.window)
    assert space is not None
    return space
