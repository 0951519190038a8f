"""Forms of what goes out, as TOML that people may edit: ours, those of one's own, or any file.

A form belongs to a family: `exhibits`, `lists`, `loadfile` or `reports`. Ours lie in
resources/profiles/, those of one's own in the folder `profiles` beside the settings file; either is
called by its name (`lists-letters.toml` is `letters`), any other by its path. A mistake in one is
said in a sentence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidencebox.config import resource, settings_file
from evidencebox.errors import UserError

LONGEST = 400
"""Characters of a text in a form."""


def own_folder() -> Path:
    """Where forms of one's own lie; it need not be there."""
    return settings_file().parent / "profiles"


def names(family: str) -> list[str]:
    """What can be called by name: ours first, the plain one before all."""
    ours = sorted(_in(resource("profiles"), family))
    own = sorted(set(_in(own_folder(), family)) - set(ours))
    return sorted(ours, key=lambda name: name != family) + own


def _in(folder: Path, family: str) -> dict[str, Path]:
    files = folder.glob(f"{family}*.toml") if folder.is_dir() else ()
    return {file.stem.removeprefix(family).lstrip("-") or family: file for file in files}


def find(family: str, name: str) -> Path:
    """The file of a form that is called by name, or by its path. Raises UserError."""
    known = _in(own_folder(), family) | _in(resource("profiles"), family)
    if name in known:
        return known[name]
    if not Path(name).is_file():
        raise UserError(f"There is no profile {name}; use {', '.join(names(family))}, or a file.")
    return Path(name)


def free(family: str) -> Path:
    """A file among one's own that is not there yet."""
    number = 1
    while (file := own_folder() / f"{family}-mine{number if number > 1 else ''}.toml").exists():
        number += 1
    return file


def copy(family: str, name: str, file: Path) -> None:
    """Writes a form into another file; no name: the first of ours. Raises UserError."""
    text = find(family, name or names(family)[0]).read_bytes()
    try:
        if file.parent == own_folder():
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    except OSError as error:
        raise UserError(f"{file.name} cannot be written: {error.strerror or error}.") from None


def read(file: Path) -> dict[str, Any]:
    """What a form says. Raises UserError."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"The profile {file.name} cannot be read: {error}.") from None


class Reader:
    """Takes values out of a form's tables, or says what is wrong with them."""

    def __init__(self, data: Mapping[str, Any], name: str) -> None:
        self._data = data
        self._name = name

    def wrong(self, what: str) -> UserError:
        """The error."""
        return UserError(f"The profile {self._name} cannot be used: {what}.")

    def only(self, table: str, allowed: Sequence[str]) -> None:
        """A word that nobody reads is a mistake: it would change nothing, and nobody would know."""
        held = self.table(table) if table else self._data
        for key in held:
            if key not in allowed:
                place = f"[{table}] has no {key}" if table else f"there is no [{key}]"
                raise self.wrong(f"{place}; there is {', '.join(allowed)}")

    def table(self, table: str) -> Mapping[str, Any]:
        """A table, `a.b` within another."""
        held: Any = self._data
        for part in table.split("."):
            held = held.get(part) if isinstance(held, Mapping) else None
        if not isinstance(held, Mapping):
            raise self.wrong(f"[{table}] is missing")
        return held

    def value(self, table: str, key: str) -> Any:
        """What stands there, whatever it is."""
        held = self.table(table) if table else self._data
        if key not in held:
            raise self.wrong(f"{key} is missing{f' in [{table}]' if table else ''}")
        return held[key]

    def text(self, table: str, key: str, *, empty: bool = False) -> str:
        """A text of one line."""
        value = self.value(table, key)
        if not isinstance(value, str) or not (value or empty) or len(value) > LONGEST:
            raise self.wrong(f"{key} has to be a text of at most {LONGEST} characters")
        if not value.isprintable():
            raise self.wrong(f"{key} has to be one line")
        return value

    def texts(self, table: str, key: str, allowed: Sequence[str] | None = None) -> tuple[str, ...]:
        """Several texts, each once; only some where `allowed` names them."""
        value = self.value(table, key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(f"{key} has to be a list of texts")
        if len(set(value)) < len(value):
            raise self.wrong(f"{key} names something twice")
        for each in value:
            if allowed is not None and each not in allowed:
                raise self.wrong(f"{key} has {each!r}; it can have {', '.join(allowed)}")
        return tuple(value)

    def number(self, table: str, key: str, least: float, most: float) -> float:
        """A number within bounds."""
        value = self.value(table, key)
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if not right or not least <= value <= most:
            raise self.wrong(f"{key} has to be a number from {least:,} to {most:,}")
        return value  # type: ignore[no-any-return]

    def whole(self, table: str, key: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.number(table, key, least, most)
        if not isinstance(value, int):
            raise self.wrong(f"{key} has to be a whole number from {least:,} to {most:,}")
        return value

    def one_of(self, table: str, key: str, allowed: Sequence[str]) -> str:
        """One of a few words."""
        value = self.value(table, key)
        if value not in allowed:
            raise self.wrong(f"{key} has to be one of {', '.join(allowed)}")
        return str(value)

    def columns(self, table: str, allowed: Sequence[str]) -> dict[str, str]:
        """Title in the file → what the column shows, in the file's order."""
        found = dict(self._columns(table, allowed))
        if not found:
            raise self.wrong(f"[{table}] names no column")
        return found

    def _columns(self, table: str, allowed: Sequence[str]) -> Iterator[tuple[str, str]]:
        for title, shown in self.table(table).items():
            if shown not in allowed:
                known = ", ".join(allowed)
                raise self.wrong(f"{title} = {shown!r} is no field of [{table}]; use {known}")
            yield str(title), str(shown)
