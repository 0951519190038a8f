"""Forms of load files, as TOML that people may edit; a mistake in one is said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evidencebox.export import forms

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
FAMILY: Final = "loadfile"


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
    """The forms of load files that can be called by name."""
    return forms.names(FAMILY)


def find(name: str) -> Path:
    """The file of a form by its name, or the file that is named. Raises UserError."""
    return forms.find(FAMILY, name)


def load(name: str) -> Profile:
    """A form by its name, or a file's. Raises UserError."""
    file = find(name)
    return parse(forms.read(file), file.stem.removeprefix(f"{FAMILY}-"))


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
        digits=read.whole("numbers", "digits", 3, 12),
        volume=read.text("volumes", "name"),
        volume_digits=read.whole("volumes", "digits", 1, 6),
        volume_files=read.whole("volumes", "files", 1, 1_000_000),
        folder_files=read.whole("volumes", "folder_files", 1, 100_000),
        images=read.one_of("images", "format", IMAGES),
        dpi=read.whole("images", "dpi", 72, 400),
        columns=read.fields(),
    )
    signs = (made.quote, made.separator, made.newline)
    if len(set(signs)) < len(signs) or made.multi in signs[:2]:
        raise read.wrong("quote, separator, newline and multi have to be different characters")
    for field, text in (("prefix", made.prefix), ("name of volumes", made.volume)):
        if not _PREFIX.fullmatch(text):
            raise read.wrong(f"the {field} is 1 to 16 of A-Z, 0-9, - and _")
    return made


class _Reader(forms.Reader):
    def sign(self, key: str) -> str:
        """One character of [delimiters]."""
        value = self.value("delimiters", key)
        one = isinstance(value, str) and len(value) == 1 and value not in "\r\n"
        # þ is a letter in Iceland, and a quotation mark in every load file.
        if not one or (value.isalnum() and value != "\u00fe"):
            raise self.wrong(f"{key} has to be one character that is no letter or digit")
        return str(value)

    def fields(self) -> dict[str, str]:
        """Titles and fields, in the file's order."""
        found = self.columns("columns", FIELDS)
        if not {"begin", "end"} <= set(found.values()):
            raise self.wrong("[columns] needs one for begin and one for end")
        return found
