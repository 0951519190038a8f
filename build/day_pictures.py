"""Pictures of a window, small enough to be kept beside the words about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

COMMON = 160
"""Of 256 colours, those that are taken because they are frequent; the rest are rare ones."""
SHADE = 80


def keep(window: QWidget, file: Path) -> None:
    """Writes a picture of a window, with the open dialog and menu over it."""
    from PIL import Image

    photograph(window).save(str(file))
    with Image.open(file) as picture:
        small = economical(picture.convert("RGB"))
    small.save(file, optimize=True)


def photograph(window: QWidget) -> QPixmap:
    """The window as it stands on the screen; what is behind an open dialog is dimmed."""
    from PySide6.QtCore import QPoint, QRect
    from PySide6.QtGui import QColor, QPainter, QPalette
    from PySide6.QtWidgets import QApplication, QDialog

    shot = window.grab()
    painter = QPainter(shot)
    dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
    if dialogs:
        painter.fillRect(window.rect(), QColor(0, 0, 0, SHADE))
    for over in dialogs:
        at = window.rect().center() - over.rect().center()
        corner = QPoint(max(0, at.x()), max(0, at.y()))
        painter.drawPixmap(corner, over.grab())
        # No window manager frames it here.
        painter.setPen(window.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(QRect(corner, over.size()).adjusted(-1, -1, 0, 0))
    menu = QApplication.activePopupWidget()
    if menu is not None:
        painter.drawPixmap(window.mapFromGlobal(menu.pos()), menu.grab())
    painter.end()
    return shot


def economical(picture: Image.Image) -> Image.Image:
    """A picture in 256 colours: the most frequent as they are, and the rare ones of small signs."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(picture, dtype=np.int64)
    packed = (pixels[..., 0] << 16) | (pixels[..., 1] << 8) | pixels[..., 2]
    found, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    covering = picture.quantize(256 - COMMON, method=Image.Quantize.MAXCOVERAGE)
    rare = np.array(covering.getpalette(), dtype=np.int64).reshape(-1, 3)
    palette = np.vstack([colours[np.argsort(-counts)[:COMMON]], rare])[:256]
    apart = ((colours[:, None] - palette[None]) ** 2).sum(axis=2)
    near = apart.argmin(axis=1).astype(np.uint8)
    small = Image.fromarray(near[places].reshape(packed.shape))
    small.putpalette(palette.astype(np.uint8).tobytes())
    return small
