"""A layout that breaks its line where the width ends, as chips need."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """From where reading begins to where it ends, then the next line."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self._pushed: int | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def push(self) -> None:
        """What is added from now on stands at the other end of its line."""
        self._pushed = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Asked for again and again by the layouts around this one, for the same few widths.
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size.grownBy(margins)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, move: bool) -> int:
        inside = rect.marginsRemoved(self.contentsMargins())
        y, lines = inside.y(), self._lines(inside.width())
        for line in lines:
            height = max(size.height() for _, _, size in line)
            if move:
                self._place(line, QRect(inside.x(), y, inside.width(), height))
            y += height + self._gap
        return (y - self._gap if lines else y) + self.contentsMargins().bottom() - rect.y()

    def _lines(self, width: int) -> list[list[tuple[int, QLayoutItem, QSize]]]:
        """Items with their numbers and sizes, line by line; what is hidden takes no room."""
        lines: list[list[tuple[int, QLayoutItem, QSize]]] = []
        left = 0
        for number, item in enumerate(self._items):
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(width, item.minimumSize().width())))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if not lines or size.width() > left:
                lines.append([])
                left = width
            lines[-1].append((number, item, size))
            left -= size.width() + self._gap
        return lines

    def _place(self, line: list[tuple[int, QLayoutItem, QSize]], area: QRect) -> None:
        used = sum(size.width() + self._gap for _, _, size in line) - self._gap
        x, spare = area.x(), area.width() - used
        parent = self.parentWidget()
        way = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        for number, item, size in line:
            if self._pushed is not None and number >= self._pushed:
                x, spare = x + max(0, spare), 0
            down = (area.height() - size.height()) // 2
            spot = QRect(x, area.y() + down, size.width(), size.height())
            item.setGeometry(QStyle.visualRect(way, area, spot))
            x += size.width() + self._gap
