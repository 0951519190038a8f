"""The state of one RTF group, which the groups in it inherit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from evidencebox.extract.pieces import Writer

if TYPE_CHECKING:
    from evidencebox.extract.rtfbody import RtfBody

TEXT: Final = "text"
SKIP: Final = "skip"
FONTS: Final = "fonts"
INFO: Final = "info"
HEX: Final = "hex"
MATH: Final = "math"


@dataclass(slots=True)
class Group:
    """`where` is what becomes of its text: shown (TEXT), dropped, gathered."""

    out: Writer
    where: str = TEXT
    font: int = -1
    fallback: int = 1
    kind: str = ""
    hidden: bool = False
    revision: str = ""
    author: int = 0
    moment: int = 0
    suppressed: bool = False
    gathered: list[str] | None = None
    raw: bytearray | None = None
    name: bytes = b""
    fresh: bool = True
    starred: bool = False
    first_only: bool = False
    closing: Callable[[RtfBody, Group], None] | None = None

    def inner(self) -> Group:
        """What a group that opens here starts with."""
        return Group(
            self.out, self.where, self.font, self.fallback, self.kind, self.hidden, self.revision,
            self.author, self.moment, self.suppressed, self.gathered, self.raw, self.name,
        )  # fmt: skip

    def plain(self, default: int) -> None:
        """`\\plain`: all character properties go back to their defaults."""
        self.font, self.hidden, self.revision = default, False, ""

    def skip(self) -> None:
        self.where, self.gathered, self.raw = SKIP, None, None

    def gather(self, closing: Callable[[RtfBody, Group], None]) -> None:
        self.where, self.gathered, self.closing = "gather", [], closing

    @property
    def said(self) -> str:
        """What was gathered."""
        return "".join(self.gathered or ())
