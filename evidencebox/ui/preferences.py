"""What stays outside the case: how the window looks, and nothing of any trove."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from evidencebox.ui.theme import Mode


def settings_file() -> Path:
    """The one settings file, in the place the platform has for them."""
    from platformdirs import user_config_path

    return user_config_path("EvidenceBox", appauthor=False) / "desk.ini"


class Preferences:
    """Geometry, theme and layout."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def mode(self) -> Mode:
        value = str(self._settings.value("theme", Mode.SYSTEM.value))
        return Mode(value) if value in set(Mode) else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("theme", mode.value)

    def layout(self, name: str) -> QByteArray | None:
        """A remembered geometry or splitter state."""
        value = self._settings.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Remembers a geometry or splitter state."""
        self._settings.setValue(f"layout/{name}", state)
