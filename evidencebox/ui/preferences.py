"""What stays outside the case: how the window looks and acts, and what cases are called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from evidencebox.ui.keys import KEYS, Choice
from evidencebox.ui.theme import PERCENTS, Mode

LOCK_MINUTES = (5, 10, 15, 30)
_LOCK = 15
MOST_RECENT = 6


def settings_file() -> Path:
    """The one settings file, in the place the platform has for them."""
    from platformdirs import user_config_path

    return user_config_path("EvidenceBox", appauthor=False) / "desk.ini"


class Preferences:
    """Geometry, appearance, keys, language; of cases, at most what they are called."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def mode(self) -> Mode:
        value = str(self._settings.value("theme", Mode.SYSTEM.value))
        return Mode(value) if value in set(Mode) else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("theme", mode.value)

    @property
    def percent(self) -> int:
        """How large letters are."""
        return self._number("letters", PERCENTS, PERCENTS[0])

    @percent.setter
    def percent(self, percent: int) -> None:
        self._settings.setValue("letters", percent)

    @property
    def language(self) -> str:
        """A language's code, such as `es`; empty for the system's."""
        value = str(self._settings.value("language", ""))
        return value if value.isalpha() and len(value) <= 3 else ""

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def lock_minutes(self) -> int:
        """After how many minutes without a touch the case is locked."""
        return self._number("lock_minutes", LOCK_MINUTES, _LOCK)

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._settings.setValue("lock_minutes", minutes)

    @property
    def keys(self) -> Choice:
        """The reviewer's keys."""
        known = {key.verb for key in KEYS}
        own = _mapping(self._settings.value("keys/own", ""))
        singles = str(self._settings.value("keys/singles", "true")) != "false"
        return Choice({verb: keys for verb, keys in own.items() if verb in known}, singles)

    @keys.setter
    def keys(self, choice: Choice) -> None:
        self._settings.setValue("keys/own", json.dumps(dict(choice.own)))
        self._settings.setValue("keys/singles", "true" if choice.singles else "false")

    @property
    def recent(self) -> tuple[str, ...]:
        """What the cases opened last are called, the newest first; never where they are."""
        try:
            names = json.loads(str(self._settings.value("recent", "[]")))
        except ValueError:
            return ()
        return tuple(str(name) for name in names[:MOST_RECENT]) if isinstance(names, list) else ()

    def opened(self, alias: str) -> None:
        """Remembers that a case was opened."""
        names = [alias, *(name for name in self.recent if name != alias)]
        self._settings.setValue("recent", json.dumps(names[:MOST_RECENT]))

    def forget_recent(self) -> None:
        """Remembers no case any more."""
        self._settings.remove("recent")

    def layout(self, name: str) -> QByteArray | None:
        """A remembered geometry or splitter state."""
        value = self._settings.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Remembers a geometry or splitter state."""
        self._settings.setValue(f"layout/{name}", state)

    def flush(self) -> None:
        """Writes what has changed now, and not when Qt gets round to it."""
        self._settings.sync()

    def _number(self, name: str, among: tuple[int, ...], default: int) -> int:
        value = str(self._settings.value(name, default))
        return int(value) if value.isdigit() and int(value) in among else default


def _mapping(value: object) -> Mapping[str, str]:
    try:
        known = json.loads(str(value) or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in known.items()} if isinstance(known, dict) else {}
