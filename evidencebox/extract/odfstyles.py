"""What OpenDocument styles say that matters for the text: hidden, and where pages break."""

from __future__ import annotations

from typing import Final

_DEEPEST: Final = 32
_HIDDEN: Final = "hidden"
_BREAK: Final = "break"
_MOST: Final = 200_000


class Styles:
    """All styles by family and name, the later definition first."""

    def __init__(self) -> None:
        self._flags: dict[tuple[str, str], set[str]] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._now: tuple[str, str] = ("", "")

    def define(self, attributes: dict[str, str]) -> None:
        """A `style:style` begins."""
        self._now = (attributes.get("family", ""), attributes.get("name", ""))
        if len(self._flags) > _MOST:
            return
        self._flags[self._now] = set()
        self._parents[self._now] = attributes.get("parent-style-name", "")
        if attributes.get("master-page-name") and self._now[0] == "paragraph":
            self._flags[self._now].add(_BREAK)

    def properties(self, attributes: dict[str, str]) -> None:
        """Properties of the style that began last."""
        flags = self._flags.get(self._now)
        if flags is None:
            return
        # text and paragraphs: `none`; sheets: `false`; slides: `hidden`
        unseen = (attributes.get("display"), attributes.get("visibility"))
        if unseen[0] in ("none", "false") or unseen[1] == "hidden":
            flags.add(_HIDDEN)
        if attributes.get("break-before") == "page":
            flags.add(_BREAK)

    def hidden(self, family: str, name: str) -> bool:
        return self._has(_HIDDEN, family, name)

    def breaks(self, name: str) -> bool:
        """Whether a page begins before a paragraph of this style."""
        return self._has(_BREAK, "paragraph", name)

    def _has(self, flag: str, family: str, name: str) -> bool:
        for _ in range(_DEEPEST):
            if not name:
                return False
            if flag in self._flags.get((family, name), ()):
                return True
            name = self._parents.get((family, name), "")
        return False
