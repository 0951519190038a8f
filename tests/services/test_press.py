"""The press gives every document its own drafts, whoever of them has none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from evidencebox.services.press import Press

WANTED = (("one", 2, True), ("redacted", 3, False), ("two", 1, True), ("none", 0, True))


@pytest.mark.parametrize("ahead", [0, 1, 4, 20])
@pytest.mark.parametrize("asks", [True, False])
def test_no_document_gets_the_sheet_of_another(ahead: int, asks: bool) -> None:
    """Also where nobody asks for the drafts of what is not drawn here, as of a redacted one."""
    wanted = [(f"{name} {n}", count, drawn) for n in range(4) for name, count, drawn in WANTED]

    def draw(paper: Any, place: int, *_: object) -> tuple[str, int]:
        return paper.name, place

    def begin(one: Any) -> Any:
        name, count, drawn = one
        return lambda: SimpleNamespace(name=name, pages=range(count)), drawn

    printer: Any = SimpleNamespace(ahead=ahead, draw=draw)
    press: Any = Press(printer, wanted, begin)
    for (name, count, drawn), paper, drafts in press:
        assert paper.name == name
        if drawn or asks:
            assert list(drafts) == [(name, place) for place in range(count if drawn else 0)]
