from __future__ import annotations

import pytest

from evidencebox.extract.flow import Flow
from evidencebox.model.documents import Span


class Pages:
    """Stands for a job, of which a flow asks for nothing but this."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.spans: list[tuple[Span, ...]] = []

    def page(self, text: str, label: str, spans: tuple[Span, ...]) -> None:
        self.texts.append(text)
        self.spans.append(spans)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([("old", "deleted"), ("new", "inserted")], "old new"),
        ([("new", "inserted"), ("old", "deleted"), ("newer", "inserted")], "new old newer"),
        ([("ol", "deleted"), ("d", "deleted")], "old"),
        ([("old ", "deleted"), ("new", "inserted")], "old new"),
        ([("old", "deleted"), (", new", "inserted")], "old, new"),
        ([("old", "deleted"), ("er", ""), ("new", "inserted")], "oldernew"),
    ],
)
def test_a_word_struck_out_and_one_put_in_are_two(pieces: list[tuple[str, str]], text: str) -> None:
    pages = Pages()
    flow = Flow(pages)  # type: ignore[arg-type]
    for piece, kind in pieces:
        flow.add(piece, kind)
    flow.close()
    assert pages.texts == [text]
    for span in pages.spans[0]:
        assert text[span.start : span.end] in "".join(piece for piece, _ in pieces)
