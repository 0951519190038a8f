"""Forms of load files, as TOML that people may edit; a mistake in one is said in a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evidencebox.config import resource
from evidencebox.errors import UserError

FIELDS: Final = (
    *("begin", "end", "family_begin", "family_end", "pages", "custodian", "other_custodians"),
    *("type", "name", "extension", "size", "path", "other_paths", "author", "from", "to", "cc"),
    *("bcc", "subject", "date_sent", "time_sent", "date_received", "date_created"),
    *("date_modified", "md5", "sha1", "sha256", "id", "confidentiality", "redacted", "withheld"),
    *("labels", "exhibit", "native", "text"),
)
IMAGES: Final = ("tiff", "jpeg", "none")
ENCODINGS: Final = ("utf-8-sig", "utf-8", "utf-16")
_PREFIX: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,15}")
_START = "loadfile-"


@dataclass(frozen=True, slots=True)
class Profile:
    """A form. `columns`: title → one of `FIELDS`."""

    name: str
    title: str
    quote: str
    separator: str
    newline: str
    multi: str
    encoding: str
    prefix: str
    digits: int
    volume: str
    volume_digits: int
    volume_files: int
    folder_files: int
    images: str
    dpi: int
    columns: Mapping[str, str]


def names() -> list[str]:
    """The forms that come with EvidenceBox."""
    files = resource("profiles").glob(f"{_START}*.toml")
    return sorted(file.stem.removeprefix(_START) for file in files)


def find(name: str) -> Path:
    """The file of one of ours, or the file that is named. Raises UserError."""
    if name in names():
        return resource("profiles", f"{_START}{name}.toml")
    if not Path(name).is_file():
        raise UserError(f"There is no profile {name}; use {', '.join(names())}, or a file.")
    return Path(name)


def load(name: str) -> Profile:
    """One of ours by its name, or a file. Raises UserError."""
    file = find(name)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"The profile {file.name} cannot be read: {error}.") from None
    return parse(data, file.stem.removeprefix(_START))


def parse(data: Mapping[str, Any], name: str) -> Profile:
    """The form that a file's tables describe. Raises UserError with what to change."""
    read = _Reader(data, name)
    made = Profile(
        name=name,
        title=read.text("", "title"),
        quote=read.sign("quote"),
        separator=read.sign("separator"),
        newline=read.sign("newline"),
        multi=read.sign("multi"),
        encoding=read.one_of("delimiters", "encoding", ENCODINGS),
        prefix=read.text("numbers", "prefix"),
        digits=read.number("numbers", "digits", 3, 12),
        volume=read.text("volumes", "name"),
        volume_digits=read.number("volumes", "digits", 1, 6),
        volume_files=read.number("volumes", "files", 1, 1_000_000),
        folder_files=read.number("volumes", "folder_files", 1, 100_000),
        images=read.one_of("images", "format", IMAGES),
        dpi=read.number("images", "dpi", 72, 400),
        columns=read.columns(),
    )
    signs = (made.quote, made.separator, made.newline)
    if len(set(signs)) < len(signs) or made.multi in signs[:2]:
        raise read.wrong("quote, separator, newline and multi have to be different characters")
    for field, text in (("prefix", made.prefix), ("name of volumes", made.volume)):
        if not _PREFIX.fullmatch(text):
            raise read.wrong(f"the {field} is 1 to 16 of A-Z, 0-9, - and _")
    return made


class _Reader:
    """Takes values out of a file's tables, or says what is wrong with them."""

    def __init__(self, data: Mapping[str, Any], name: str) -> None:
        self._data = data
        self._name = name

    def wrong(self, what: str) -> UserError:
        """The error."""
        return UserError(f"The profile {self._name} cannot be used: {what}.")

    def _value(self, table: str, key: str) -> Any:
        held = self._data.get(table, {}) if table else self._data
        if not isinstance(held, Mapping) or key not in held:
            raise self.wrong(f"{key} is missing{f' in [{table}]' if table else ''}")
        return held[key]

    def text(self, table: str, key: str) -> str:
        """A string of printable characters."""
        value = self._value(table, key)
        if not isinstance(value, str) or not value or len(value) > 200:
            raise self.wrong(f"{key} has to be a text")
        return value

    def sign(self, key: str) -> str:
        """One character of [delimiters]."""
        value = self._value("delimiters", key)
        one = isinstance(value, str) and len(value) == 1 and value not in "\r\n"
        # þ is a letter in Iceland, and a quotation mark in every load file.
        if not one or (value.isalnum() and value != "\u00fe"):
            raise self.wrong(f"{key} has to be one character that is no letter or digit")
        return str(value)

    def number(self, table: str, key: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self._value(table, key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(f"{key} has to be a number from {least:,} to {most:,}")
        return value

    def one_of(self, table: str, key: str, allowed: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self._value(table, key)
        if value not in allowed:
            raise self.wrong(f"{key} has to be one of {', '.join(allowed)}")
        return str(value)

    def columns(self) -> dict[str, str]:
        """Titles and fields, in the file's order."""
        value = self._data.get("columns")
        if not isinstance(value, Mapping) or not value:
            raise self.wrong("[columns] names no column")
        for title, field in value.items():
            if field not in FIELDS:
                raise self.wrong(f"{title} = {field!r} is no field; use {', '.join(FIELDS)}")
        if not {"begin", "end"} <= set(value.values()):
            raise self.wrong("[columns] needs one for begin and one for end")
        return {str(title): str(field) for title, field in value.items()}
