"""Pages as pictures for the viewer: drawn in a sandboxed worker, which starts at the first one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentType, Layer
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.pictures import ROTATIONS, SIDE_MAX, Order, Picture, mark
from evidencebox.model.places import unpack
from evidencebox.services import placing
from evidencebox.services.case import Case
from evidencebox.services.executor import ExecutorClosedError
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.originals import CLOSING, Originals
from evidencebox.services.passwords import handing
from evidencebox.services.render_job import RenderJob
from evidencebox.services.tags import known_document
from evidencebox.store.recognition import Recognition
from evidencebox.vault.spool import SpoolLost

DRAWN: Final = (DocumentType.PDF, DocumentType.IMAGE)
"""Types whose pages have a look of their own."""


class Pictures:
    """One for an open case, made while its session lock is held. Safe for several threads.

    `stop` may come from any thread while pages are being drawn; `close` comes last.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lock = threading.Lock()
        self._over = False
        self._pool: ExtractPool | None = None
        self._originals: Originals | None = None

    def picture(
        self,
        document: DocumentId,
        page: int,
        width: int = 0,
        highlights: Sequence[tuple[int, int]] = (),
        rotation: int = 0,
        layer: Layer = Layer.TEXT,
    ) -> Picture:
        """Draws a page, `width` pixels across (0: at 100 per cent), turned clockwise.

        `highlights` are stretches of the page's text in `layer`; where one stands on the page,
        `boxes` say. Raises UserError.
        """
        if known_document(self._case, document).type not in DRAWN:
            raise UserError(f"{short_id(document)} has no pages that can be drawn.")
        if rotation not in ROTATIONS:
            raise ValueError("a rotation by other than quarters")
        known = self._case.index.page(document, page, layer) if highlights else None
        text = known.text if known is not None else ""
        scanned = layer is Layer.OCR
        marks = () if scanned else tuple(mark(text, start, end) for start, end in highlights)
        order = Order(page, max(0, min(width, SIDE_MAX)), rotation, marks)
        drawn = self._drawn(document, order)
        if not scanned or not highlights:
            return drawn
        packed = Recognition(self._case.catalogue).places(document, page)
        boxes = placing.boxes(unpack(packed or b"", text), highlights, drawn, rotation)
        return replace(drawn, boxes=boxes, placeless=packed is None)

    def _drawn(self, document: DocumentId, order: Order) -> Picture:
        pool, originals = self._parts()
        original = originals.open(document)
        try:
            drawn = pool.run(RenderJob(original.source, original.hint, order)).result()
        except ExecutorClosedError:
            raise UserError(CLOSING) from None
        except SpoolLost:
            raise UserError("What was kept of this document is lost; try again.") from None
        if drawn.picture is None:
            raise UserError(drawn.outcome.reason)
        return drawn.picture

    @property
    def originals(self) -> Originals:
        """The bytes behind the pages."""
        return self._parts()[1]

    def _parts(self) -> tuple[ExtractPool, Originals]:
        with self._lock:
            if self._over:
                raise UserError(CLOSING)
            if self._pool is None or self._originals is None:
                self._pool = ExtractPool(1, passwords=handing(self._case))
                self._originals = Originals(self._case, self._pool)
            return self._pool, self._originals

    def stop(self) -> None:
        """Ends what is being drawn; whoever waits for it gets a UserError."""
        with self._lock:
            self._over = True
            pool = self._pool
        if pool is not None:
            pool.close()

    def close(self) -> None:
        """Ends the worker, and forgets what was kept."""
        self.stop()
        if self._originals is not None:
            self._originals.close()
