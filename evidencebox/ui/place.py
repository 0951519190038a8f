"""Where a reviewer was when the case was locked, so that unlocking brings the same place back.

It may hold words that were searched for, so it is kept within the case and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from evidencebox.model.documents import Layer
from evidencebox.model.filters import Filter
from evidencebox.model.ids import DocumentId
from evidencebox.ui.search_flow import Asked

if TYPE_CHECKING:
    from evidencebox.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """What was asked, which document was open, on which page, and how far down."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = Asked().sort
    document: str = ""
    page: int = 0
    layer: str = Layer.TEXT.value
    scroll: int = 0

    def to_text(self) -> str:
        """For keeping."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_text(text: str) -> Place | None:
        """None where there is none, or another version wrote it otherwise."""
        try:
            value: dict[str, Any] = json.loads(text)
            filters = tuple(Filter(**each) for each in value.pop("filters"))
            place = Place(**value, filters=filters)
            Layer(place.layer)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return place


def here(space: Workspace) -> Place:
    """Where the workspace stands now."""
    asked, (page, layer) = space.search.asked, space.reading.page
    return Place(
        text=asked.text,
        filters=asked.filters,
        sort=asked.sort,
        document=space.reading.document or "",
        page=page,
        layer=layer.value,
        scroll=space.viewer.text.verticalScrollBar().value(),
    )


def go_to(space: Workspace, place: Place) -> None:
    """Asks again, opens the document, turns to the page, and scrolls to where it was."""
    _once(space.search.found, lambda _: _open(space, place))
    space.top.search.line.setText(place.text)
    space.search.ask(Asked(place.text, place.filters, place.sort))


def _open(space: Workspace, place: Place) -> None:
    if not place.document:
        return
    _once(space.reading.shown, partial(_turn, space, place))
    space.open_document(DocumentId(place.document))


def _turn(space: Workspace, place: Place, shown: str) -> None:
    if shown != place.document or not place.page:
        return

    def scroll() -> None:
        space.viewer.text.verticalScrollBar().setValue(place.scroll)

    if space.reading.page == (place.page, Layer(place.layer)):
        QTimer.singleShot(0, space, scroll)
    else:
        _once(space.reading.turned, lambda: QTimer.singleShot(0, space, scroll))
        space.reading.turn_to(place.page, Layer(place.layer))


def _once(signal: Any, call: Callable[..., None]) -> None:
    def heard(*values: Any) -> None:
        signal.disconnect(heard)
        call(*values)

    signal.connect(heard)
