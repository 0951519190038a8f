"""A page as pixels, for the viewer: of a PDF or a picture. As pure as `extract`, and as shut in."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Final

from evidencebox.extract.drawimage import draw_image
from evidencebox.extract.drawpdf import draw_pdf
from evidencebox.extract.inked import inked
from evidencebox.extract.job import Stop
from evidencebox.extract.keyring import Ask, Keyring, nothing_known
from evidencebox.extract.sniff import sniff
from evidencebox.model.documents import Outcome, Status
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.pictures import Order, Picture

DRAWERS: Final[dict[str, Callable[[BinaryIO, str, Limits, Order, Keyring], Picture]]] = {
    "pdf": draw_pdf,
    "image": lambda source, key, limits, order, _: draw_image(source, key, limits, order),
}


def render(
    source: BinaryIO, hint: Hint, limits: Limits, order: Order, passwords: Ask = nothing_known
) -> tuple[Picture | None, Outcome]:
    """Draws a page of a document of unknown, hostile content. Never raises for what is in it.

    No picture comes with an outcome other than ok, whose reason is one sentence.
    """
    try:
        kind = sniff(source, hint)
        draw = DRAWERS.get(kind.family)
        if draw is None:
            reason = "It has no pages that can be drawn."
            return None, Outcome(Status.UNSUPPORTED, kind.type, reason=reason)
        keys = Keyring(passwords, limits.password_seconds, _unsaid, _unsaid)
        picture = draw(source, kind.key, limits, order, keys)
        if order.ink:
            picture = inked(picture, order.ink)
        return picture, Outcome(Status.OK, kind.type, kind.media_type)
    except Stop as stop:
        return None, Outcome(stop.status, reason=stop.reason)
    except (MemoryError, RecursionError):
        return None, Outcome(Status.LIMIT, reason="Drawing it takes more memory than is allowed.")
    except Exception as error:  # whatever a parser makes of hostile bytes
        name = type(error).__name__
        return None, Outcome(Status.FAILED, reason=f"The page could not be drawn ({name}).")


def _unsaid(*_: object) -> None:
    """Which password opened it was said when the document was read."""
