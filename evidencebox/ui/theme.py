"""One palette and one style sheet from tokens: light, dark, high contrast, or as the system."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from evidencebox.ui.resources import resource
from evidencebox.ui.tokens import DARK, HIGH, LIGHT, Tokens, mix

FAMILY = "Inter"
BASE_PIXELS = 13
_SIZES = {
    "font_size": 13, "small_size": 12, "caption_size": 11, "display_size": 22, "code_size": 17,
    "box": 15, "arrow": 12,
}  # fmt: skip
_LEAST = re.compile(r"((?:min|max)-(?:height|width): )(\d{2,})px")
_TABULAR = QFont.Tag("tnum")
PERCENTS = (100, 115, 130, 150, 175, 200)
"""Sizes of letters that can be chosen."""


class Mode(StrEnum):
    """What the reviewer chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH = "high"


class Theme(QObject):
    """Dresses the application, and says so when its clothes change.

    Signals:
        changed(): tokens are other ones; what paints by hand must paint again.
    """

    changed = Signal()

    _percent = PERCENTS[0]
    """Of all: whoever paints by hand asks `font` for a size, and not a theme."""

    def __init__(
        self, app: QApplication, mode: Mode = Mode.SYSTEM, percent: int = PERCENTS[0]
    ) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        Theme._percent = percent
        # The hints object must be kept: a chained call finds it deleted (PySide6 6.11).
        self._hints = app.styleHints()
        self._access = self._hints.accessibility()
        self.tokens = LIGHT
        app.setStyle("Fusion")
        load_fonts()
        app.setFont(font())
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._access.contrastPreferenceChanged.connect(self._system_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        return self._mode

    def choose(self, mode: Mode) -> None:
        """Takes what the reviewer chose."""
        self._mode = mode
        self._apply()

    @classmethod
    def percent(cls) -> int:
        """How large letters are; 100 is the size they were drawn for."""
        return cls._percent

    def enlarge(self, percent: int) -> None:
        """Takes a size of letters, in per cent."""
        Theme._percent = percent
        self._app.setFont(font())
        self._apply()

    def _system_changed(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._apply()

    def _wanted(self) -> Tokens:
        system = self._mode is Mode.SYSTEM
        strong = self._access.contrastPreference() is Qt.ContrastPreference.HighContrast
        if self._mode is Mode.HIGH or (system and strong):
            return HIGH
        # Bare X11 and offscreen report Unknown; light is what paper looks like.
        dark = self._mode is Mode.DARK or (
            system and self._hints.colorScheme() is Qt.ColorScheme.Dark
        )
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        self.tokens = self._wanted()
        self._app.setPalette(palette(self.tokens))
        sheet = style_sheet(self.tokens)
        if sheet != self._app.styleSheet():
            # Setting it dresses every widget there is again, the same or not.
            self._app.setStyleSheet(sheet)
        self.changed.emit()


def load_fonts() -> list[str]:
    """Registers the bundled typefaces; returns their families, none where none are bundled."""
    families: list[str] = []
    _has_family.cache_clear()
    for file in sorted(resource("fonts").glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families


@lru_cache(maxsize=1)
def _has_family() -> bool:
    # Every cell that is painted asks, and listing the families takes longer than its words.
    return FAMILY in QFontDatabase.families()


def font(pixels: int = BASE_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The typeface at a size, with figures of one width so that columns stand."""
    made = QFont()
    if _has_family():
        made.setFamily(FAMILY)
    made.setPixelSize(scaled(pixels))
    made.setWeight(weight)
    made.setFeature(_TABULAR, 1)
    return made


def scaled(pixels: int) -> int:
    """A size of letters, as large as the reviewer wants them."""
    return round(pixels * Theme.percent() / 100)


def grown(pixels: int) -> int:
    """A size of what letters stand in: air around them need not grow as they do."""
    return round(pixels * (1 + (Theme.percent() - 100) * 0.6 / 100))


def palette(tokens: Tokens) -> QPalette:
    """What Qt paints without the style sheet, in the same colours."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.background,
        role.Text: tokens.text,
        role.Button: tokens.panel,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.ToolTipBase: tokens.panel,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.secondary,
        role.Mid: tokens.line,
    }.items():
        made.setColor(which, QColor(colour))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The style sheet with every `@name` filled in. Raises KeyError for a name it lacks."""
    values = tokens.colours()
    values["sheet"] = mix(tokens.text, tokens.panel, 0.03) if tokens.dark else tokens.panel
    values["tick"] = "tick-dark" if tokens.dark else "tick-light"
    values["styles"] = resource("styles").as_posix()
    values |= {name: f"{scaled(size)}px" for name, size in _SIZES.items()}
    source = resource("styles", "desk.qss").read_text(encoding="utf-8")
    filled = re.sub(r"@([a-z_]+)", lambda match: values[match[1]], source)
    return _LEAST.sub(lambda match: f"{match[1]}{grown(int(match[2]))}px", filled)
