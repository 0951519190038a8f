"""Which code page a byte of RTF is in: the document's own, or that of the font's charset."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.decode import known_codec

_CHARSETS: Final = {
    77: 10_000, 78: 932, 79: 949, 80: 936, 81: 950, 83: 10_005, 84: 10_004, 85: 10_006,
    86: 10_081, 88: 10_029, 89: 10_007, 128: 932, 129: 949, 130: 1_361, 134: 936, 136: 950,
    161: 1_253, 162: 1_254, 163: 1_258, 177: 1_255, 178: 1_256, 186: 1_257, 204: 1_251,
    222: 874, 238: 1_250, 254: 437, 255: 850,
}  # fmt: skip
_PAGES: Final = {
    0: "cp1252", 708: "iso8859_6", 936: "gb18030", 1_361: "johab", 10_000: "mac_roman",
    10_001: "cp932", 10_004: "cp1256", 10_005: "cp1255", 10_006: "mac_greek",
    10_007: "mac_cyrillic", 10_029: "mac_latin2", 10_081: "mac_turkish", 20_127: "cp1252",
    20_866: "koi8_r", 21_866: "koi8_u", 28_591: "cp1252", 51_932: "euc_jp", 51_949: "euc_kr",
    54_936: "gb18030", 65_001: "utf-8",
}  # fmt: skip
NO_FONT: Final = -2
"""For text that stands in no font, such as the document's title."""
_ANSI: Final = 0
_DEFAULT: Final = 1


def codec_of(page: int) -> str:
    """The codec of a Windows code page by number; cp1252 where there is none."""
    return _PAGES.get(page) or known_codec(f"cp{page}") or "cp1252"


class Fonts:
    """The font table, and the document's code page."""

    def __init__(self) -> None:
        self.codec = "cp1252"
        self.default = -1
        self._charsets: dict[int, int] = {}
        self._codecs: dict[int, str] = {}
        self._known: dict[int, str] = {}

    def charset(self, font: int, number: int) -> None:
        self._charsets[font] = number
        self._known.clear()

    def page(self, font: int, number: int) -> None:
        if number:
            self._codecs[font] = codec_of(number)
            self._known.clear()

    def document(self, codec: str) -> None:
        self.codec = codec
        self._known.clear()

    def of(self, font: int) -> str:
        """The codec of text in this font; the document's for `NO_FONT` and fonts not listed."""
        if font not in self._known:
            self._known[font] = self._codecs.get(font) or self._by_charset(font)
        return self._known[font]

    def _by_charset(self, font: int) -> str:
        number = self._charsets.get(font, _DEFAULT)
        if number in _CHARSETS:
            return codec_of(_CHARSETS[number])
        if number != _ANSI:
            return self.codec
        # "ANSI" is cp1252 for writers that name charsets; others mean the document's page by it
        named = {codec_of(_CHARSETS[n]) for n in self._charsets.values() if n in _CHARSETS}
        return "cp1252" if self.codec in named else self.codec


def decoded(data: bytes, codec: str) -> str:
    """Never raises: undefined bytes become controls or U+FFFD."""
    if data.isascii() and codec != "utf-7":
        return data.decode("ascii")
    single = codec.startswith(("cp12", "mac_", "iso8859", "cp437", "cp85", "cp874"))
    return data.decode(codec, "evidencebox.c1" if single else "replace")
