"""Where Tab leads: in reading order, also to what was made anew since.

Qt goes through widgets in the order in which they were made. A row that is made anew with each
document, or a link of its family, then comes after the last button of the window, and whoever goes
by Tab meets the officers of a document after the menu's.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

_WHOLE = (QAbstractScrollArea, QAbstractSpinBox, QComboBox, QLineEdit)
"""What is one stop, whatever it is made of."""


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """What of a widget can be tabbed to now, in reading order; first itself."""
    if not widget.isVisible() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if not isinstance(widget, _WHOLE) or isinstance(widget, QScrollArea):
        for part in _parts(widget):
            yield from tab_stops(part)


def _parts(widget: QWidget) -> list[QWidget]:
    """What stands in a widget: as it is laid out, and then what no layout places."""
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        laid: list[QWidget | None] = [widget.widget()]
    elif isinstance(widget, QSplitter):
        laid = [widget.widget(number) for number in range(widget.count())]
    elif isinstance(widget, QStackedWidget):
        now = widget.currentWidget()
        return [now] if now is not None else []
    else:
        laid = list(_laid(layout)) if layout is not None else []
    first = [each for each in laid if each is not None]
    others = [
        each
        for each in widget.children()
        if isinstance(each, QWidget) and not each.isWindow() and each not in first
    ]
    return first + [each for each in others if not _inner(widget, each)]


def _inner(widget: QWidget, child: QWidget) -> bool:
    """Whether a child only carries what was found by its holder."""
    return isinstance(widget, QScrollArea) and child is widget.viewport()


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout, a grid's line by line."""
    if isinstance(layout, QGridLayout):
        across, down = range(layout.columnCount()), range(layout.rowCount())
        items = [layout.itemAtPosition(y, x) for y in down for x in across]
    else:
        items = [layout.itemAt(at) for at in range(layout.count())]
    for item in dict.fromkeys(items):  # what spans cells of a grid stands in each of them
        held, within = (item.widget(), item.layout()) if item is not None else (None, None)
        if held is not None:
            yield held
        elif within is not None:
            yield from _laid(within)


def step(root: QWidget, forward: bool) -> bool:
    """Gives the focus to the next stop, or the one before; False where there is none to go from."""
    stops, held = list(tab_stops(root)), root.window().focusWidget()
    if held not in stops:
        return False
    target = stops[(stops.index(held) + (1 if forward else -1)) % len(stops)]
    reason = Qt.FocusReason
    target.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    bring(target)
    return True


def bring(widget: QWidget) -> None:
    """Scrolls whatever a widget stands in, so that it is seen."""
    holder = widget.parentWidget()
    while holder is not None and not holder.isWindow():
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(widget)
        holder = holder.parentWidget()
