from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import evidencebox.ui
from evidencebox.model.harm import Harm
from evidencebox.ui.exposure_table import ground_of
from evidencebox.ui.keys import Choice
from evidencebox.ui.preferences import Preferences
from evidencebox.ui.resources import resource
from evidencebox.ui.theme import FAMILY, Mode, Theme, font, load_fonts, style_sheet
from evidencebox.ui.tokens import (
    DARK,
    HARM_COLOURS,
    HARM_EDGES,
    HIGH,
    LIGHT,
    Tokens,
    contrast,
    luminance,
    mix,
)

UI = Path(evidencebox.ui.__file__).parent
BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH], ids=["light", "dark", "high"])


@BOTH
def test_text_is_legible_on_every_ground(tokens: Tokens) -> None:
    grounds = {
        tokens.background,
        tokens.panel,
        tokens.field,
        tokens.wash,
        tokens.selection,
        tokens.hover,
        mix(tokens.text, tokens.panel, 0.03),
    }
    for ground in grounds:
        assert contrast(tokens.text, ground) >= 7
        assert contrast(tokens.secondary, ground) >= 4.5
        assert contrast(tokens.accent, ground) >= 4.5


@BOTH
def test_text_is_legible_on_marks_and_buttons(tokens: Tokens) -> None:
    assert contrast(tokens.text, tokens.hit) >= 4.5
    assert contrast(tokens.text, tokens.officer) >= 4.5
    assert contrast(tokens.text, tokens.exposed) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent_hover) >= 4.5
    assert contrast(tokens.danger, tokens.panel) >= 4.5
    for colour in HARM_COLOURS.values():
        assert contrast(tokens.text, mix(colour, tokens.panel, 0.18)) >= 4.5


@BOTH
def test_outlines_are_visible(tokens: Tokens) -> None:
    for ground in (tokens.background, tokens.panel):
        assert contrast(tokens.outline, ground) >= 3
        assert contrast(tokens.accent, ground) >= 3


@BOTH
def test_what_is_said_by_colour_and_shape_is_seen(tokens: Tokens) -> None:
    """WCAG 1.4.11: rings, marks, and what says good or bad, on what they stand on."""
    for harm, colour in HARM_COLOURS.items():
        seen = max(contrast(c, tokens.panel) for c in (colour, HARM_EDGES.get(harm, colour)))
        assert seen >= 3, harm
    assert contrast(tokens.officer_line, tokens.panel) >= 3
    assert contrast(tokens.exposed_line, tokens.panel) >= 3
    for ground in (tokens.panel, tokens.background, tokens.wash):
        assert contrast(tokens.danger, ground) >= 4.5
    assert contrast(tokens.done, tokens.panel) >= 4.5
    for harm in Harm:
        assert contrast(tokens.text, ground_of(harm, tokens)) >= 4.5


def test_every_level_has_its_own_colour() -> None:
    assert set(HARM_COLOURS) == set(Harm)
    assert len(set(HARM_COLOURS.values())) == len(Harm)


def test_luminance_as_wcag_defines_it() -> None:
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert luminance("#000000") == pytest.approx(0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@BOTH
def test_the_style_sheet_is_filled_in(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    assert "@" not in sheet
    assert tokens.accent in sheet
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", sheet)) <= {
        *tokens.colours().values(),
        mix(tokens.text, tokens.panel, 0.03),
    }


def test_modes(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose(Mode.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.background
    theme.choose(Mode.SYSTEM)
    # Offscreen the system has no scheme; light is what paper looks like.
    assert theme.tokens is LIGHT


def test_the_bundled_typeface_is_used(qapp: QApplication, theme: Theme) -> None:
    if not list(resource("fonts").glob("*.[ot]tf")):
        pytest.skip("no typeface is bundled in this checkout")
    assert FAMILY in load_fonts()
    assert QFontInfo(font()).family() == FAMILY
    assert FAMILY in QFontDatabase.families()


def test_every_icon_is_drawn_in_the_colour_of_the_text() -> None:
    drawings = list(resource("icons").glob("*.svg"))
    sources = "".join(file.read_text(encoding="utf-8") for file in UI.glob("*.py"))
    assert drawings
    for drawing in drawings:
        assert f'"{drawing.stem}"' in sources
        if drawing.stem == "app":
            continue  # the program's own sign keeps its colours
        text = drawing.read_text(encoding="utf-8")
        assert 'stroke="currentColor"' in text
        assert 'stroke-width="1.6"' in text


def test_preferences_are_remembered(tmp_path: Path) -> None:
    file = tmp_path / "desk.ini"
    first = Preferences(file)
    assert first.mode is Mode.SYSTEM
    first.mode = Mode.DARK
    first.keep_layout("panes", QByteArray(b"abc"))
    second = Preferences(file)
    assert second.mode is Mode.DARK
    assert second.layout("panes") == QByteArray(b"abc")
    assert second.layout("window") is None


def test_an_unknown_theme_is_the_systems(tmp_path: Path) -> None:
    file = tmp_path / "desk.ini"
    file.write_text("[General]\ntheme=purple\n", encoding="utf-8")
    assert Preferences(file).mode is Mode.SYSTEM


def test_high_contrast_is_legible_everywhere() -> None:
    for ground in (HIGH.background, HIGH.panel, HIGH.field, HIGH.wash, HIGH.selection, HIGH.hover):
        for colour in (HIGH.text, HIGH.secondary, HIGH.accent):
            assert contrast(colour, ground) >= 7
    assert contrast(HIGH.line, HIGH.panel) >= 3
    for colour in HARM_COLOURS.values():
        assert contrast(colour, HIGH.panel) >= 3


def test_letters_are_enlarged_wherever_they_are_drawn(qapp: QApplication, theme: Theme) -> None:
    theme.enlarge(200)
    assert "font-size: 26px" in qapp.styleSheet()
    assert font(11).pixelSize() == 22
    theme.enlarge(100)
    assert font(11).pixelSize() == 11


def test_what_is_preferred_is_kept_and_nonsense_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "desk.ini"
    first = Preferences(file)
    first.percent, first.language, first.lock_minutes = 150, "es", 5
    first.keys = Choice({"undo": "Ctrl+U"}, singles=False)
    for alias in ("One", "Two", "One"):
        first.opened(alias)
    first._settings.sync()
    again = Preferences(file)
    assert (again.percent, again.language, again.lock_minutes) == (150, "es", 5)
    assert again.keys == Choice({"undo": "Ctrl+U"}, singles=False)
    assert list(again.recent) == ["One", "Two"]
    again.forget_recent()
    assert list(again.recent) == []
    again._settings.setValue("letters", "9000")
    again._settings.setValue("keys/own", "[1")
    again._settings.setValue("language", "../x")
    assert (again.percent, again.keys.own, again.language) == (100, {}, "")


def test_single_keys_can_be_switched_off_and_others_chosen() -> None:
    off = Choice(singles=False).acting()
    assert not any(len(keys) == 1 for key in off for keys in key.keys)
    assert {"undo", "search", "next_hit"} <= {key.verb for key in off}
    own = Choice({"next_hit": "Ctrl+G"})
    assert [key.keys for key in own.acting() if key.verb == "next_hit"] == [("Ctrl+G",)]
    assert "taken" in own.mistake("undo", "Ctrl+G")
    assert "everywhere" in own.mistake("undo", "U")
    assert own.mistake("undo", "") != ""
    assert own.mistake("undo", "Ctrl+Alt+U") == ""
