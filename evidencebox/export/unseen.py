"""Words behind a picture: found, marked and read out by any reader of PDFs, and never seen.

Their font is a Type 3 font without a shape, made for the page: it needs no font file, has every
character of every script, and is embedded by its nature, as PDF/A wants it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pikepdf import Array, Dictionary, Name, Pdf

from evidencebox.model.sheets import Line

_CODES: Final = 255
"""Of a font with one byte for each character; 0 is left out."""
_WIDTH: Final = 0.5
"""Of every character, in units of the font's size."""
_FLATTEST: Final = 0.1


def unseen_text(
    pdf: Pdf, lines: Sequence[Line], picture: tuple[int, int], page: tuple[float, float]
) -> tuple[bytes, Dictionary]:
    """Content and fonts that lay the lines over a picture of so many pixels on such a page."""
    codes = _codes(lines)
    fonts = {
        f"/F{number}": pdf.make_indirect(_font(pdf, chars))
        for number, chars in enumerate(_chunks(list(codes)))
    }
    across, down = page[0] / picture[0], page[1] / picture[1]
    content = ["BT 3 Tr\n"]
    for line in lines:
        size = (line.bottom - line.top) * down
        width = (line.right - line.left) * across
        if not line.text or size <= 0 or width <= 0:
            continue
        stretch = max(_FLATTEST, 100 * width / (len(line.text) * _WIDTH * size))
        x, y = line.left * across, page[1] - line.bottom * down + size * 0.2
        content.append(f"{stretch:.2f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm\n")
        content += [f"/F{font} {size:.2f} Tf <{run}> Tj\n" for font, run in _runs(line.text, codes)]
    content.append("ET\n")
    return "".join(content).encode("ascii"), Dictionary(fonts)


def _codes(lines: Sequence[Line]) -> dict[str, int]:
    """Each character of the page and its number, in the order in which they come."""
    return {char: n for n, char in enumerate(dict.fromkeys(c for line in lines for c in line.text))}


def _chunks(chars: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(chars), _CODES):
        yield chars[start : start + _CODES]


def _runs(text: str, codes: dict[str, int]) -> Iterator[tuple[int, str]]:
    """Stretches of one font: its number, and the codes in hex."""
    current, run = -1, ""
    for char in text:
        font, code = divmod(codes[char], _CODES)
        if font != current and run:
            yield current, run
            run = ""
        current = font
        run += f"{code + 1:02x}"
    if run:
        yield current, run


def _font(pdf: Pdf, chars: list[str]) -> Dictionary:
    last = len(chars)
    names = [Name(f"/c{code}") for code in range(1, last + 1)]
    nothing = pdf.make_stream(f"{_WIDTH * 1000:.0f} 0 d0\n".encode())
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 500, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=1,
        LastChar=last,
        Widths=Array([500] * last),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *names])),
        CharProcs=Dictionary({str(name): nothing for name in names}),
        Resources=Dictionary(),
        ToUnicode=pdf.make_stream(_to_unicode(chars)),
    )


def _to_unicode(chars: list[str]) -> bytes:
    rows = [f"<{n:02x}> <{c.encode('utf-16-be').hex()}>" for n, c in enumerate(chars, 1)]
    blocks = []
    for start in range(0, len(rows), 100):
        part = rows[start : start + 100]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /EvidenceBox def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <ff>\nendcodespacerange\n"
        + "".join(blocks)
        + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
