"""A recogniser's main loop: a request with a page's number in, that page's second layer out.

Like an extractor, and in the same sandbox; its engine and data are loaded before it shuts itself
in. Imports `evidencebox.extract` and `evidencebox.model`, nothing heavier.
"""

from __future__ import annotations

from pathlib import Path

from evidencebox.model.documents import Outcome
from evidencebox.model.extraction import Hint, Limits, Sink
from evidencebox.model.messages import Request
from evidencebox.services.extract_worker import Ask, answer
from evidencebox.services.worker import WorkerChannel, open_channel, say_ready
from evidencebox.services.worker_loop import Tiers, run


def main(languages: str, folder: str, tiers: Tiers = None) -> int:
    """Serves until the parent closes the stream.

    `languages`: codes joined by `+`, `folder` holding the data of all of them; or the name of the
    second engine.
    """
    channel = open_channel()
    try:
        from typing import BinaryIO

        from evidencebox.extract import ocrrapid, preload
        from evidencebox.extract.ocr import Engine, Tesseract
        from evidencebox.extract.ocrpage import recognise_page
        from evidencebox.extract.ocrplaces import place_words

        preload()
        second = languages == ocrrapid.NAME
        engine: Engine = ocrrapid.Rapid() if second else Tesseract(languages, Path(folder))
    except Exception as error:  # said to the parent, which shows it: nothing was read yet
        say_ready(channel, "ocr", error=f"{type(error).__name__}: {error}")
        return 1

    def one(own: WorkerChannel, request: Request) -> None:
        def read(
            source: BinaryIO, hint: Hint, limits: Limits, sink: Sink, passwords: Ask
        ) -> Outcome:
            if request.mode == "words" and isinstance(engine, Tesseract):
                return place_words(source, hint, limits, sink, engine)
            return recognise_page(source, hint, limits, sink, request.page, engine, passwords)

        answer(own, request, read)

    return run(channel, "ocr", one, tiers)
