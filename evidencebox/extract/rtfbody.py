"""RTF tokens as text with marks, metadata and embedded objects. Never raises for its input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from evidencebox.extract import rtfdest, rtfgroup
from evidencebox.extract.pieces import Pieces, Writer
from evidencebox.extract.rtffonts import Fonts, codec_of, decoded
from evidencebox.extract.rtfgroup import Group
from evidencebox.extract.rtfobjects import Embedded
from evidencebox.extract.rtftokens import T, tokens
from evidencebox.extract.rtfwords import CODE_PAGES, PAGES, PARTS, PICTURES, REVISIONS, SIGNS

DEEPEST: Final = 50_000
_BEAT: Final = 16_384
_SYMBOLS: Final = {
    b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}",
    b"\n": "\n", b"\r": "\n", b"\t": "\t",
}  # fmt: skip
_ANYWHERE: Final = frozenset(
    b"pict objdata footnote annotation fonttbl colortbl stylesheet info".split()
)
"""Destinations that some writers begin behind other words of their group."""
_KNOWN: Final = frozenset(
    [
        *(*SIGNS, *PAGES, *PARTS, *PICTURES, *REVISIONS, *CODE_PAGES),
        *b"f uc plain v revauth revauthdel revdttm revdttmdel htmlrtf".split(),
        *b"ansicpg deff fcharset cpg".split(),
        *_ANYWHERE,
    ]
)
"""Words that mean something where no destination begins; any other changes no text."""
_SOFT_HYPHEN: Final = "\u00ad"


class RtfBody:
    """Reads one document. `main` takes its body; the rest is in the attributes afterwards.

    With `html`, what comes out is the HTML that the RTF encapsulates.
    """

    def __init__(
        self,
        main: Writer,
        *,
        html: bool = False,
        page_break: Callable[[], None] | None = None,
        embedded: Callable[[Embedded], None] = lambda _: None,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self.html = html
        self.fonts = Fonts()
        self.sides: dict[str, Pieces] = {}
        self.metadata: list[tuple[str, str]] = []
        self.authors: list[str] = []
        self.embedded = embedded
        self.picture = ""
        self.object_name = self.object_class = ""
        self.time: dict[str, int] = {}
        self.comment_by: dict[str, str] = {}
        self.property = ""
        self.links: list[str] = []
        self.counts: dict[str, int] = {}
        self.cut_off = self.too_deep = False
        self.main = main
        self._page_break = page_break or main.newline
        self._beat = beat
        self.group = Group(main)
        self._stack: list[Group] = []
        self._beyond = 0
        self._bytes = bytearray()
        self._high = ""
        self._drop = 0

    def run(self, data: bytes, start: int = 0) -> int:
        """Reads until the outermost group closes; returns the offset behind it."""
        end = start
        for seen, (kind, said, number, end) in enumerate(tokens(data, start)):
            if not seen % _BEAT:
                self._beat()
            self._take(kind, said, number)
            if kind is T.CLOSE and not self._stack and not self._beyond:
                return end
        self._flush()
        self.cut_off = bool(self._stack)
        while self._stack:
            self._close()
        return end

    def _take(self, kind: T, data: bytes, number: int | None) -> None:
        if kind is T.WORD:
            self._word(data, number)
        elif kind is T.TEXT or kind is T.HEX:
            self._text(data)
        elif kind is T.OPEN:
            self._flush()
            self._drop = 0
            self._open()
        elif kind is T.CLOSE:
            self._flush()
            self._drop = 0
            self._close()
        elif kind is T.SYMBOL:
            self._symbol(data)
        elif self.group.raw is not None:
            self.group.raw += data.hex().encode()

    def _open(self) -> None:
        if len(self._stack) >= DEEPEST:
            self._beyond += 1
            self.too_deep = True
            return
        self.group.fresh = False
        self._stack.append(self.group)
        outer = self.group
        self.group = outer.inner()
        if outer.first_only:
            # `\upr` holds its text twice: for old readers, then in Unicode
            outer.first_only = False
            self.group.skip()

    def _close(self) -> None:
        if self._beyond:
            self._beyond -= 1
            return
        closed = self.group
        if closed.closing is not None:
            closed.closing(self, closed)
        if self._stack:
            self.group = self._stack.pop()

    def _text(self, data: bytes) -> None:
        if self._drop:
            dropped = min(self._drop, len(data))
            self._drop -= dropped
            data = data[dropped:]
        group = self.group
        group.fresh = False
        if group.raw is not None:
            group.raw += data
        elif group.where != rtfgroup.SKIP:
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            font = self.group.font if self.group.font != -1 else self.fonts.default
            text = decoded(bytes(self._bytes), self.fonts.of(font))
            self._bytes.clear()
            self.put(text)

    def put(self, text: str) -> None:
        """Text in the state of this group."""
        if self._high:
            text, self._high = "\ufffd" + text, ""
        group = self.group
        if group.gathered is not None:
            group.gathered.append(text)
        elif group.where != rtfgroup.TEXT or group.suppressed:
            return
        elif self.html:
            group.out.add(text)
        elif group.revision:
            group.out.add(text, group.revision, self._who(group))
        else:
            group.out.add(text, "hidden" if group.hidden else group.kind)

    def aside(self, text: str, kind: str, group: Group) -> None:
        """Words that are not the text itself: a link's target, alternative text."""
        if not self.html and group.where != rtfgroup.SKIP:
            group.out.add(text, kind)

    def _who(self, group: Group) -> str:
        known = 0 < group.author < len(self.authors)
        return (
            f"{self.authors[group.author] if known else ''} {rtfdest.moment(group.moment)}".strip()
        )

    def _symbol(self, data: bytes) -> None:
        if data == b"*":
            # in the midst of a group a star means nothing
            self.group.starred = self.group.fresh
            return
        self.group.fresh = False
        if self._drop:
            self._drop -= 1
            return
        if text := _SYMBOLS.get(data):
            self._flush()
            if text != _SOFT_HYPHEN:
                self.put(text)

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"u":
            self._unicode(number or 0)
            return
        if self._drop and word in SIGNS:
            self._drop -= 1
            return
        group = self.group
        if word not in _KNOWN and not group.fresh and not group.starred:
            return
        self._flush()
        fresh, group.fresh = group.fresh, False
        starred, group.starred = group.starred, False
        if group.where == rtfgroup.SKIP:
            return
        if (fresh or starred or word in _ANYWHERE) and rtfdest.opens(self, group, word, starred):
            return
        if word in SIGNS:
            self.put(SIGNS[word])
        elif word in PAGES and group.where == rtfgroup.TEXT:
            self._break(group)
        elif not self._character(group, word, number):
            self._other(group, word, number)

    def _break(self, group: Group) -> None:
        if group.out is self.main and not group.suppressed:
            self._page_break()

    def _unicode(self, number: int) -> None:
        self._flush()
        self.group.fresh = False
        code = number & 0xFFFF
        if 0xDC00 <= code < 0xE000 and self._high:
            pair = self._high + chr(code)
            self._high = ""
            self.put(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
        elif 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        else:
            # symbol fonts stand in the private area at their byte
            self.put(chr(code & 0xFF) if 0xF020 <= code < 0xF100 else chr(code) if code else " ")
        self._drop = self.group.fallback

    def _character(self, group: Group, word: bytes, number: int | None) -> bool:
        """Character properties; False if it is none of those that matter here."""
        if word == b"f":
            group.font = number or 0
        elif word == b"uc":
            group.fallback = min(max(number if number is not None else 1, 0), 255)
        elif word == b"plain":
            group.plain(-1)
        elif word == b"v":
            group.hidden = number != 0
        elif word in REVISIONS:
            group.revision = REVISIONS[word] if number != 0 else ""
        elif word in (b"revauth", b"revauthdel"):
            group.author = number or 0
        elif word in (b"revdttm", b"revdttmdel"):
            group.moment = number or 0
        elif word == b"htmlrtf":
            group.suppressed = self.html and number != 0
        else:
            return False
        return True

    def _other(self, group: Group, word: bytes, number: int | None) -> None:
        if word in CODE_PAGES:
            self.fonts.document(CODE_PAGES[word])
        elif word == b"ansicpg":
            self.fonts.document(codec_of(number or 0))
        elif word == b"deff":
            self.fonts.default = number or 0
        elif word == b"fcharset" and group.where == rtfgroup.FONTS:
            self.fonts.charset(group.font, number or 0)
        elif word == b"cpg" and group.where == rtfgroup.FONTS:
            self.fonts.page(group.font, number or 0)
        elif word in PICTURES:
            self.picture = PICTURES[word]
        elif word in PARTS:
            self.time[PARTS[word]] = number or 0
