"""Reads load files back, as a review platform would, and says where they do not fit their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.export.profiles import Profile


@dataclass(frozen=True, slots=True)
class Page:
    """A line of an OPT; `pages` stands on a document's first."""

    alias: str
    volume: str
    path: str
    pages: int | None


def read_dat(data: bytes, profile: Profile) -> Iterator[dict[str, str]]:
    """The rows, by the titles of their columns. Raises UserError at the first that has no form."""
    text = data.decode("utf-16-le" if profile.encoding == "utf-16" else "utf-8")
    lines = text.removeprefix("\ufeff").split("\r\n")
    if lines.pop() != "":
        raise UserError("The DAT does not end with a line's end.")
    if not lines:
        raise UserError("The DAT has no header.")
    titles = _cells(lines[0], profile, 1)
    for number, line in enumerate(lines[1:], start=2):
        cells = _cells(line, profile, number)
        if len(cells) != len(titles):
            raise UserError(f"Line {number} of the DAT has {len(cells)} values, not {len(titles)}.")
        broken = (cell.replace(profile.newline, "\n") for cell in cells)
        yield dict(zip(titles, broken, strict=True))


def _cells(line: str, profile: Profile, number: int) -> list[str]:
    quote = profile.quote
    cells = line.split(profile.separator)
    if any(len(c) < 2 or c[0] != quote or c[-1] != quote or quote in c[1:-1] for c in cells):
        raise UserError(f"Line {number} of the DAT has a value that is not quoted as it should be.")
    return [cell[1:-1] for cell in cells]


def read_opt(data: bytes) -> Iterator[Page]:
    """The pages. Raises UserError."""
    for number, line in enumerate(data.decode("ascii").splitlines(), start=1):
        parts = line.split(",")
        if len(parts) != 7 or parts[3] not in ("", "Y") or (parts[3] == "Y") != bool(parts[6]):
            raise UserError(f"Line {number} of the OPT does not have the form of one.")
        yield Page(parts[0], parts[1], parts[2], int(parts[6]) if parts[6] else None)


def problems(folder: Path, profile: Profile) -> Iterator[str]:
    """What does not fit in a production: every volume, its rows, pages and files."""
    found = sorted(folder.glob("*/DATA/*.dat"))
    if not found:
        yield "There is no load file."
    for dat in found:
        volume = dat.parent.parent
        rows = list(read_dat(dat.read_bytes(), profile))
        opt = dat.with_suffix(".opt")
        pages = list(read_opt(opt.read_bytes())) if opt.exists() else []
        yield from _rows(volume, rows, profile)
        if profile.images != "none":
            yield from _pages(volume, rows, pages, profile)


def _rows(volume: Path, rows: list[dict[str, str]], profile: Profile) -> Iterator[str]:
    title = {field: name for name, field in profile.columns.items()}
    for row in rows:
        begin, end = row[title["begin"]], row[title["end"]]
        if "pages" in title and _number(end) - _number(begin) + 1 != int(row[title["pages"]]):
            yield f"{begin}: its numbers and its count of pages differ."
        for field in ("text", "native"):
            path = row.get(title.get(field, ""), "")
            if path and not (volume / path.replace("\\", "/")).is_file():
                yield f"{begin}: {path} is not there."


def _pages(
    volume: Path, rows: list[dict[str, str]], pages: list[Page], profile: Profile
) -> Iterator[str]:
    """The OPT has every number of the DAT once, in order, each with its picture of that name."""
    title = {field: name for name, field in profile.columns.items()}
    expected: list[tuple[str, int | None]] = []
    for row in rows:
        begin = row[title["begin"]]
        first, last = _number(begin), _number(row[title["end"]])
        prefix = begin.rstrip("0123456789")
        for number in range(first, last + 1):
            count = last - first + 1 if number == first else None
            expected.append((f"{prefix}{number:0{len(begin) - len(prefix)}d}", count))
    if [(page.alias, page.pages) for page in pages] != expected:
        yield f"{volume.name}: the OPT's pages are not those of the DAT."
    for page in pages:
        file = volume / page.path.replace("\\", "/")
        if file.stem != page.alias or not file.is_file():
            yield f"{page.alias}: {page.path} is not its picture."


def _number(bates: str) -> int:
    digits = bates[len(bates.rstrip("0123456789")) :]
    if not digits:
        raise UserError(f"{bates} is no number of a page.")
    return int(digits)
