"""A redacted PDF looked at as whoever receives it might: does anything of it say what is gone?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf

from evidencebox.export.hunt import hunt

_PAGE: Final = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
_IMAGE: Final = {
    "/Type",
    "/Subtype",
    "/Width",
    "/Height",
    "/ColorSpace",
    "/BitsPerComponent",
    "/Filter",
    "/Length",
}
_ROOT: Final = {"/Type", "/Pages"}


def problems(pdf: bytes, terms: Sequence[str]) -> Iterator[str]:
    """What is in the file beside one picture a page, and terms that stand in any of its bytes.

    What is not known here is a problem, whatever it is: a list of the allowed, not of the bad.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield from _unknown("catalogue", document.Root, _ROOT)
        if set(document.trailer.keys()) - {"/Root", "/Size", "/ID"}:
            yield "The file has more than its pages."
        for page in document.pages:
            yield from _page(page.obj)
        for item in document.objects:
            yield from _said(item, terms)


def _page(page: Any) -> Iterator[str]:
    yield from _unknown("page", page, _PAGE)
    yield from _unknown("page's resources", page.Resources, {"/XObject"})
    if set(page.Resources.XObject.keys()) != {"/P"}:
        yield "A page shows more than its picture."
    picture = page.Resources.XObject.P
    yield from _unknown("picture", picture, _IMAGE)
    head = picture.read_raw_bytes()[:400]
    if b"Exif" in head or b"\xff\xe1" in head:
        yield "A picture carries metadata."
    if not isinstance(page.Contents, pikepdf.Stream):
        yield "A page draws in several parts."
        return
    words = page.Contents.read_bytes().split()
    if words[-3:] != [b"/P", b"Do", b"Q"] or len(words) != 11:
        yield "A page draws more than its picture."


def _unknown(what: str, item: Any, allowed: set[str]) -> Iterator[str]:
    if more := set(item.keys()) - allowed:
        yield f"The {what} has {len(more)} entries that a redacted page has not."


def _said(item: Any, terms: Sequence[str]) -> Iterator[str]:
    """Terms in strings and streams that are no pictures, as any writer of PDFs may spell them."""
    if isinstance(item, pikepdf.String):
        texts = [str(item)]
    elif isinstance(item, pikepdf.Stream) and item.get("/Subtype") != pikepdf.Name.Image:
        data = item.read_bytes()
        texts = [data.decode("latin-1"), data.decode("utf-16-be", "ignore")]
    else:
        return
    if any(next(hunt(text, terms), None) is not None for text in texts):
        yield "What was to be blacked out stands in the file."
