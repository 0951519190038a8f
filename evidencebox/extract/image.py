"""Pictures: each frame a page with no text layer, what was written into them, where and when."""

from __future__ import annotations

from typing import Any, Final

import PIL

from evidencebox.extract.imagemeta import Caption, describe, describe_unopened
from evidencebox.extract.imageopen import ANIMATED, open_image, seek, too_large, unwarned
from evidencebox.extract.job import Job, Stop
from evidencebox.model.documents import Span, Status

_DECODED: Final = 1_000_000_000
"""Pixels decoded to see whether they can be; a long fax is not worth all its time for that."""
_HEAD: Final = 1 << 20
"""Bytes at its start in which the EXIF of a picture that does not open is looked for."""


def read(job: Job) -> None:
    """Every frame in order; captions, comments and text chunks stand on the first one's page."""
    job.engine = f"pillow {PIL.__version__}"
    with unwarned():
        image = _opened(job)
        try:
            width, height = image.size
            job.meta("dimensions", f"{width} x {height}")
            if too_large(image, job.limits.pixels_per_side):
                _refuse(job, image)
            damaged = not _decodes(image)
            captions = describe(job, image)
            if damaged:
                job.gap("broken_image", "The picture is cut off or damaged.")
            _page(job, captions)
            _more_frames(job, image, width * height)
        finally:
            image.close()
    job.meta("pages", str(job.pages))
    pages = "1 of 1 pages has" if job.pages == 1 else f"{job.pages:,} of {job.pages:,} pages have"
    job.warn("no_text_layer", f"{pages} no text: a picture.")


def _opened(job: Job) -> Any:
    try:
        return open_image(job.source, job.kind.key)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever a plugin makes of hostile bytes
        reason = f"The {job.kind.label} picture is too damaged to be opened."
        job.source.seek(0)
        captions = describe_unopened(job, job.source.read(_HEAD))
        if captions:
            _page(job, captions)
        raise Stop(Status.PARTIAL if captions else Status.FAILED, reason) from error


def _refuse(job: Job, image: Any) -> None:
    """Too many pixels: none is decoded, but the page and what stands in the head are kept."""
    side = job.limits.pixels_per_side
    width, height = image.size
    _page(job, describe(job, image))
    raise Stop(
        Status.LIMIT,
        f"The picture has {width:,} x {height:,} pixels, more than {side:,} x {side:,}; "
        "it was not decoded.",
    )


def _decodes(image: Any) -> bool:
    """Whether the frame's pixels are all there. A JPEG is decoded at an eighth of its size."""
    try:
        image.draft(None, (1, 1))
        image.load()
    except (MemoryError, RecursionError):
        raise
    except Exception:  # whatever a codec makes of hostile bytes
        return False
    return True


def _more_frames(job: Job, image: Any, decoded: int) -> None:
    frame = 1
    while _turned(job, image, frame):
        if too_large(image, job.limits.pixels_per_side):
            job.gap("too_large", f"Page {frame + 1} has too many pixels.", Status.LIMIT)
        elif decoded <= _DECODED:
            decoded += image.size[0] * image.size[1]
            if not _decodes(image):
                job.gap("broken_page", f"Page {frame + 1} is cut off or damaged.")
        elif image.format in ANIMATED:
            raise Stop(Status.LIMIT, f"Only the first {frame:,} frames of the animation were read.")
        job.page("")
        frame += 1


def _turned(job: Job, image: Any, frame: int) -> bool:
    try:
        return seek(image, frame)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # as above
        job.gap("broken_page", f"From page {frame + 1} on it is cut off or damaged.")
        return False


def _page(job: Job, captions: list[Caption]) -> None:
    text = ""
    spans = []
    for caption in captions:
        spans.append(Span(len(text), len(text) + len(caption.text), "caption", caption.label))
        text += caption.text + "\n"
    job.page(text, spans=tuple(spans))
