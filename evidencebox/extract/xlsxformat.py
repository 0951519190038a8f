"""Numbers of a sheet as a reader of the screen sees them, where it matters: dates and masks."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from evidencebox.extract.opc import Package

_BUILT_IN_DATES: Final = frozenset([*range(14, 18), *range(27, 32), 34, 35, 36, *range(50, 59)])
_BUILT_IN_TIMES: Final = frozenset([18, 19, 20, 21, 22, 32, 33, 45, 46, 47])
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_MASK: Final = re.compile(r"[0#?]+(?:[-() /.+]+[0#?]+)+|[-(+][-() 0#?]+")
_MAX_SERIAL: Final = 2_958_466


class Formats:
    """The cell formats of one workbook: is style n a date, or a mask such as `000-00-0000`?"""

    def __init__(self, package: Package | None = None, part: str = "") -> None:
        """From a styles part; without one, from what `code` and `style` are told."""
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._in_styles = False
        self._known: dict[int, str] = {}
        self.from_1904 = False
        if package is not None and package.find(part):
            package.parse(part, self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            code = attributes.get("numFmtId", "")
            if code.isascii() and code.isdigit():
                self._codes[int(code)] = attributes.get("formatCode", "")[:255]
        elif tag == "cellXfs":
            self._in_styles = True
        elif tag == "xf" and self._in_styles:
            number = attributes.get("numFmtId", "0")
            self._styles.append(int(number) if number.isascii() and number.isdigit() else 0)

    def _end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_styles = False

    def code(self, number: int, code: str) -> None:
        """A number format of the workbook's own."""
        self._codes[number] = code[:255]

    def style(self, number: int) -> None:
        """The next cell style has this number format."""
        self._styles.append(number)

    def shown(self, value: str, style: str) -> str:
        """The value of a numeric cell as text."""
        index = int(style) if style.isascii() and style.isdigit() else 0
        if not 0 < index < len(self._styles):
            return plain(value)
        kind = self._kind(self._styles[index])
        if not kind:
            return plain(value)
        try:
            number = float(value)
        except ValueError:
            return value
        if kind in ("date", "time"):
            return self._date(number, kind) or plain(value)
        return masked(number, kind) or plain(value)

    def _kind(self, number_format: int) -> str:
        """`date`, `time`, a mask, or '' for any other number."""
        if number_format not in self._known:
            self._known[number_format] = self._find_kind(number_format)
        return self._known[number_format]

    def _find_kind(self, number_format: int) -> str:
        if number_format in _BUILT_IN_DATES:
            return "date"
        if number_format in _BUILT_IN_TIMES:
            return "date" if number_format == 22 else "time"
        code = self._codes.get(number_format, "").split(";")[0]
        bare = _LITERAL.sub("", code).lower()
        if re.search(r"[yd]|m{3}", bare) and "general" not in bare:
            return "date"
        if re.search(r"[hs]", bare) and "general" not in bare:
            return "time"
        mask = re.sub(r'\\(.)|"([^"]*)"', r"\1\2", re.sub(r"\[[^\]]*\]", "", code))
        return mask if _MASK.fullmatch(mask) and re.search(r"[-()/ ]", mask) else ""

    def _date(self, number: float, kind: str) -> str:
        if not 0 <= number < _MAX_SERIAL:
            return ""
        seconds = round(number * 86_400)
        if seconds < 86_400:
            return str(timedelta(seconds=seconds)) if seconds or kind == "time" else ""
        # serial 60 is 29 February 1900, a day that never was
        epoch = datetime(1904, 1, 1) if self.from_1904 else datetime(1899, 12, 30)
        shift = 1 if not self.from_1904 and number < 60 else 0
        try:
            moment = epoch + timedelta(days=shift, seconds=seconds)
        except OverflowError:
            return ""
        whole = moment.hour == moment.minute == moment.second == 0
        return moment.date().isoformat() if whole else moment.isoformat(" ")


def plain(value: str) -> str:
    """A number without the noise of binary fractions: `0.30000000000000004` is `0.3`."""
    if len(value) < 16 and "e" not in value.lower():
        return value
    try:
        return format(float(value), ".15g") if "." in value or "e" in value.lower() else value
    except ValueError:
        return value


def masked(number: float, mask: str) -> str:
    """123456789 by `000-00-0000` is `123-45-6789`; '' where the mask does not apply."""
    if number < 0 or number != int(number) or number > 1e15:
        return ""
    digits = list(str(int(number)))
    out: list[str] = []
    for char in reversed(mask):
        if char in "0#?":
            out.append(digits.pop() if digits else "0" if char == "0" else "")
        else:
            out.append(char)
    return "".join(digits) + "".join(reversed(out))
