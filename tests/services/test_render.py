"""Pages as pixels with boxes, drawn in sandboxed workers."""

from __future__ import annotations

import io
import json
import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

from evidencebox.errors import UserError
from evidencebox.extract.pdf import page_text
from evidencebox.extract.pdfboxes import PlacedText
from evidencebox.extract.tidy import tidy
from evidencebox.model.documents import Outcome, Page, Status
from evidencebox.model.extracted import child_frame, outcome_frame, page_frames
from evidencebox.model.extraction import ChildHead, Hint
from evidencebox.model.frames import FrameType, ProtocolError, encode, read_frame
from evidencebox.model.ids import DocumentId
from evidencebox.model.messages import read_frame_at
from evidencebox.model.pictures import (
    Box,
    Mark,
    Order,
    Picture,
    mark,
    order_frame,
    picture_frames,
    read_order,
    read_picture,
)
from evidencebox.services.case import Case
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.pictures import Pictures
from evidencebox.services.render_job import Drawn, RenderJob
from evidencebox.services.slot import Channel, Slot
from evidencebox.services.worker_process import WorkerProcess
from tests.services.making import by_path, copy_case, mail, plant, take

LINES = ("The quick brown officer", "lives at 12 Elm Street,", "Apt. 4, and nowhere else.")
WHITE, DARK = 250, 128


def pdf(*pages: tuple[str, ...], turned: int = 0) -> bytes:
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(400, 300), invariant=1)
    for lines in pages:
        paper.setFont("Helvetica", 14)
        for number, line in enumerate(lines):
            paper.drawString(40, 240 - 30 * number, line)
        paper.setPageRotation(turned)
        paper.showPage()
    paper.save()
    return out.getvalue()


def png(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    image = Image.new(mode, size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, 9, 9), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def text_of(data: bytes, page: int = 1) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return tidy(page_text(document[page - 1]))
    finally:
        document.close()


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractPool]:
    with ExtractPool(1) as made:
        yield made


def drawn(pool: ExtractPool, data: bytes, name: str, order: Order) -> Drawn:
    hint = Hint(name, "", len(data))
    return pool.run(RenderJob(io.BytesIO(data), hint, order)).result()


def picture(pool: ExtractPool, data: bytes, name: str, order: Order) -> Picture:
    found = drawn(pool, data, name, order)
    assert found.picture is not None, found.outcome.reason
    assert len(found.picture.pixels) == found.picture.size
    return found.picture


def seen(found: Picture) -> Image.Image:
    mode = "RGB" if found.channels == 3 else "L"
    return Image.frombytes(mode, (found.width, found.height), found.pixels).convert("L")


def ink(image: Image.Image, box: Box | None = None) -> int:
    """How many dark pixels there are, in a box or altogether."""
    part = image if box is None else image.crop((box.left, box.top, box.right, box.bottom))
    return sum(part.histogram()[:DARK])


# --- boxes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90])
def test_boxes_stand_on_the_words_and_nowhere_else(
    pool: ExtractPool, rotation: int, turned: int
) -> None:
    data = pdf(LINES, turned=turned)
    text = text_of(data)
    spans = [(text.index(line), text.index(line) + len(line)) for line in LINES]
    order = Order(1, 900, rotation, tuple(mark(text, *span) for span in spans))
    found = picture(pool, data, "x.pdf", order)
    assert [box.mark for box in found.boxes] == [0, 1, 2]
    image = seen(found)
    inside = [ink(image, box) for box in found.boxes]
    assert all(count > 200 for count in inside)
    assert sum(inside) >= 0.99 * ink(image)
    one = found.boxes[0]
    longer, shorter = sorted((one.right - one.left, one.bottom - one.top), reverse=True)
    assert longer > 5 * shorter
    sideways = (rotation + turned) % 180 == 90
    assert ((one.bottom - one.top) > (one.right - one.left)) == sideways


def test_one_word_has_its_own_ink_and_not_its_neighbours(pool: ExtractPool) -> None:
    """Beside the word, left and right, there is a blank: the box must end in it."""
    data = pdf(("lll Whitlow lll",))
    text = text_of(data)
    start = text.index("Whitlow")
    found = picture(pool, data, "x.pdf", Order(1, 1600, 0, (mark(text, start, start + 7),)))
    (box,) = found.boxes
    image = seen(found)
    left = [x for x in range(image.width) if ink(image.crop((x, box.top, x + 1, box.bottom)))]
    words = [x for x in left if box.left <= x < box.right]
    assert len(words) > 100
    assert box.left not in words[1:]
    assert ink(image.crop((box.left - 8, box.top, box.left, box.bottom))) == 0
    assert ink(image.crop((box.right, box.top, box.right + 8, box.bottom))) == 0


def test_a_stretch_over_two_lines_has_two_boxes(pool: ExtractPool) -> None:
    data = pdf(LINES)
    text = text_of(data)
    start, end = text.index("officer"), text.index("at 12")
    found = picture(pool, data, "x.pdf", Order(1, 900, 0, (mark(text, start, end),)))
    first, second = found.boxes
    assert (first.mark, second.mark) == (0, 0)
    assert first.bottom <= second.top
    assert second.left < first.left


def test_words_that_are_not_there_have_no_box(pool: ExtractPool) -> None:
    """Read by another version, or from the notes under the text: no box is better than a wrong."""
    data = pdf(LINES)
    text = text_of(data)
    marks = (Mark(4, 9, "slow"), mark(text, 4, 9), Mark(9_000, 9_005, "after"), Mark(0, 3, ""))
    found = picture(pool, data, "x.pdf", Order(1, 900, 0, marks))
    assert [box.mark for box in found.boxes] == [1]


@pytest.mark.parametrize(
    "line",
    [
        "caf\u00e9 na\u00efve \u00c5ngstr\u00f6m",
        "e\u0301te\u0301 A\u030a",
        "tabs\tand  blanks",
        "soft\u00adhyphen \u2013 dash",
    ],
)
def test_places_go_through_what_makes_text_tidy(line: str) -> None:
    document = pypdfium2.PdfDocument(pdf((line, "second line")))
    page = document[0]
    placed = PlacedText(page)
    try:
        assert placed.text == tidy(page_text(page)) != ""
        assert len(placed.places) == len(placed.text)
        start = placed.text.index("second")
        assert len(list(placed.rects(start, start + 6))) == 6
    finally:
        placed.close()
        page.close()
        document.close()


def test_places_of_every_page_of_the_corpora(corpora: Path) -> None:
    """Every third file of those whose pages were written by many makers."""
    files = sorted((corpora / "pdf-odd").rglob("*.pdf"))[::3]
    pages = exact = 0
    for file in files:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError:
            continue
        for number in range(min(len(document), 3)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                continue
            placed = PlacedText(page)
            pages += 1
            exact += placed.text == tidy(page_text(page))
            placed.close()
            page.close()
        document.close()
    assert pages > 50
    assert exact >= 0.99 * pages


# --- colours --------------------------------------------------------------------------------------


def test_a_page_without_a_colour_comes_as_grey_and_looks_the_same(pool: ExtractPool) -> None:
    grey = picture(pool, pdf(LINES), "x.pdf", Order(1, 800))
    assert (grey.channels, len(grey.pixels)) == (1, 800 * 600)
    into = io.BytesIO()
    paper = canvas.Canvas(into, pagesize=(400, 300), invariant=1)
    paper.setFont("Helvetica", 14)
    for number, line in enumerate(LINES):
        paper.drawString(40, 240 - 30 * number, line)
    paper.setFillColorRGB(0.5, 0.49, 0.5)
    paper.rect(399, 0, 1, 1, stroke=0, fill=1)
    paper.save()
    tinted = picture(pool, into.getvalue(), "x.pdf", Order(1, 800))
    assert tinted.channels == 3
    same = tinted.pixels[: 500 * 800 * 3]
    assert same[::3] == same[1::3] == grey.pixels[: 500 * 800]


# --- sizes --------------------------------------------------------------------------------------


def test_a_page_is_as_wide_as_asked_and_knows_its_natural_size(pool: ExtractPool) -> None:
    data = pdf(LINES)
    asked = picture(pool, data, "x.pdf", Order(1, 800))
    assert (asked.width, asked.height) == (800, 600)
    assert asked.natural == round(400 * 96 / 72)
    whole = picture(pool, data, "x.pdf", Order(1))
    assert abs(whole.width - whole.natural) <= 1
    turned = picture(pool, data, "x.pdf", Order(1, 300, 90))
    assert (turned.width, turned.height) == (300, 400)


def test_a_page_is_never_larger_than_a_picture_may_be(pool: ExtractPool) -> None:
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(14_000, 20))
    paper.showPage()
    paper.setPageSize((14_000, 14_000))
    paper.showPage()
    paper.save()
    flat = picture(pool, out.getvalue(), "x.pdf", Order(1, 10_000))
    assert flat.width <= 10_000
    square = picture(pool, out.getvalue(), "x.pdf", Order(2, 10_000))
    assert square.size <= 96 << 20


@pytest.mark.parametrize(
    ("mode", "channels"), [("RGB", 3), ("L", 1), ("1", 1), ("RGBA", 3), ("P", 3), ("I;16", 1)]
)
def test_pictures_of_every_kind_come_out_with_eight_bits(
    pool: ExtractPool, mode: str, channels: int
) -> None:
    if mode == "I;16":
        image = Image.new(mode, (60, 40), 60_000)
        image.paste(0, (0, 0, 10, 10))
        out = io.BytesIO()
        image.save(out, "TIFF")
        data = out.getvalue()
    else:
        data = png(mode=mode)
    found = picture(pool, data, "x", Order(1))
    assert (found.width, found.height, found.channels, found.natural) == (60, 40, channels, 60)
    image = seen(found)
    assert (image.getpixel((4, 4)), image.getpixel((30, 30))) == (0, 255)


def test_a_picture_is_shrunk_but_never_enlarged(pool: ExtractPool) -> None:
    small = picture(pool, png(), "x.png", Order(1, 30))
    assert (small.width, small.height, small.natural) == (30, 20, 60)
    assert picture(pool, png(), "x.png", Order(1, 600)).width == 60


def test_a_picture_is_turned_as_its_camera_said_and_as_ordered(pool: ExtractPool) -> None:
    image = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 9, 9), fill="black")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    found = picture(pool, out.getvalue(), "x.jpg", Order(1))
    assert (found.width, found.height, found.natural) == (40, 60, 40)
    assert ink(seen(found).crop((30, 0, 40, 10))) > 80
    again = picture(pool, out.getvalue(), "x.jpg", Order(1, 0, 90))
    assert (again.width, again.height) == (60, 40)
    assert ink(seen(again).crop((50, 30, 60, 40))) > 80


def test_frames_are_pages(pool: ExtractPool) -> None:
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 120, 240)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    shades = [picture(pool, out.getvalue(), "x.tif", Order(n)).pixels[0] for n in (1, 2, 3)]
    assert shades == [0, 120, 240]
    assert drawn(pool, out.getvalue(), "x.tif", Order(4)).outcome.reason == "It has no page 4."


# --- what goes wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"%PDF-1.7\nnothing of the kind", Status.FAILED, "too damaged"),
        (b"words and nothing else", Status.UNSUPPORTED, "no pages that can be drawn"),
        (png()[:60], Status.FAILED, "could not be drawn"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(
    pool: ExtractPool, data: bytes, status: Status, reason: str
) -> None:
    found = drawn(pool, data, "x", Order(1))
    assert found.picture is None
    assert found.outcome.status is status
    assert reason in found.outcome.reason


def test_a_picture_with_too_many_pixels_is_not_decoded(pool: ExtractPool) -> None:
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    data = bytearray(png())
    data[16:29] = head
    found = drawn(pool, bytes(data), "x.png", Order(1))
    assert found.picture is None


def test_the_worker_is_shut_in(pool: ExtractPool) -> None:
    picture(pool, png(), "x.png", Order(1))
    assert pool.tier != "none"


# --- frames -------------------------------------------------------------------------------------


def payload(frame: bytes) -> bytes:
    return frame[5:]


numbers = st.integers(0, 10_000)


@given(st.lists(st.tuples(numbers, numbers, st.text(max_size=120)), max_size=20))
def test_an_order_comes_as_it_went(items: list[tuple[int, int, str]]) -> None:
    order = Order(3, 900, 180, tuple(Mark(a, a + b, mark(t, 0, 100).words) for a, b, t in items))
    assert read_order(payload(order_frame(order))) == order


def test_an_order_with_too_many_marks_still_fits() -> None:
    order = Order(1, 0, 0, tuple(Mark(n, n + 100, "\u4e00" * 100) for n in range(5_000)))
    got = read_order(payload(order_frame(order)))
    assert 100 < len(got.marks) <= 1_000
    assert got.marks == order.marks[: len(got.marks)]


def test_a_picture_comes_as_it_went() -> None:
    sent = Picture(700, 600, 3, 500, (Box(0, 1, 2, 3, 4),), bytes(700 * 600 * 3))
    stream = io.BytesIO(b"".join(picture_frames(sent)))
    head = read_frame(stream.read)
    assert head is not None
    assert head.kind is FrameType.PICTURE
    got = read_picture(head.payload, 1)
    pixels = b""
    while (frame := read_frame(stream.read)) is not None:
        assert frame.kind is FrameType.PIXELS
        pixels += frame.payload
    assert (got.width, got.height, got.boxes, pixels) == (700, 600, sent.boxes, sent.pixels)


GOOD = {"width": 10, "height": 10, "channels": 3, "natural": 10, "boxes": [[0, 1, 1, 2, 2]]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 0},
        {"width": 10_001},
        {"channels": 2},
        {"channels": 4},
        {"width": 10_000, "height": 10_000},
        {"natural": 0},
        {"boxes": [[1, 1, 1, 2, 2]]},
        {"boxes": [[0, 3, 1, 2, 2]]},
        {"boxes": [[0, 1, 1, 11, 2]]},
        {"boxes": [[0, 1, 1, 2]]},
        {"boxes": [[0, 1, 1, 2, 2]] * 20_001},
        {"boxes": {}},
        {"more": 1},
    ],
)
def test_a_hostile_picture_is_refused(wrong: dict[str, object]) -> None:
    assert read_picture(json.dumps(GOOD).encode(), 1).boxes == (Box(0, 1, 1, 2, 2),)
    with pytest.raises(ProtocolError):
        read_picture(json.dumps(GOOD | wrong).encode(), 1)


PICTURE = Picture(4, 4, 3, 4, (Box(0, 1, 1, 2, 2),), bytes(48))
HEAD, *PIXELS = picture_frames(PICTURE)
FINE = outcome_frame(Outcome(Status.OK))


class Stream:
    """Stands where a worker process stands."""

    transport = "pipes"

    def __init__(self, data: bytes) -> None:
        self.read = io.BytesIO(data).read

    def write(self, data: bytes, descriptor: int | None = None) -> None:
        pass


def said(*frames: bytes) -> Drawn:
    """What a job makes of a worker that says this."""
    job = RenderJob([], Hint(), Order(1, 0, 0, (Mark(0, 1, "x"),)))
    try:
        return job.converse(Channel(Slot(), cast(WorkerProcess, Stream(b"".join(frames)))))
    finally:
        job.close()


@pytest.mark.parametrize(
    "frames",
    [
        (FINE,),
        (HEAD, FINE),
        (*PIXELS, HEAD, FINE),
        (HEAD, HEAD, *PIXELS, FINE),
        (HEAD, *PIXELS, *PIXELS, FINE),
        (HEAD, encode(FrameType.PIXELS), *PIXELS, FINE),
        (HEAD, *PIXELS, *page_frames(Page(1, "words")), FINE),
        (HEAD, *PIXELS, child_frame(ChildHead("a", "member")), FINE),
        (HEAD, *PIXELS, read_frame_at(0, 5), FINE),
    ],
)
def test_a_worker_that_speaks_out_of_turn_is_not_believed(frames: tuple[bytes, ...]) -> None:
    assert said(HEAD, encode(FrameType.BEAT), *PIXELS, FINE).picture == PICTURE
    with pytest.raises(ProtocolError):
        said(*frames)


def test_pixels_of_a_failure_are_dropped() -> None:
    failed = outcome_frame(Outcome(Status.FAILED, reason="It broke."))
    assert said(HEAD, *PIXELS, failed).picture is None


@pytest.mark.parametrize("kind", ["pdf", "png", "jpg", "tif"])
def test_damage_costs_a_sentence_and_no_more(
    pool: ExtractPool, kind: str, request: pytest.FixtureRequest
) -> None:
    data = pdf(LINES, LINES)
    if kind != "pdf":
        out = io.BytesIO()
        Image.effect_noise((64, 64), 40).save(out, {"jpg": "JPEG", "tif": "TIFF"}.get(kind, kind))
        data = out.getvalue()
    chance = random.Random(kind)
    order = Order(1, 300, 90, (mark(text_of(pdf(LINES)), 0, 9),))
    for _ in range(500 if request.config.getoption("--long") else 15):
        hurt = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        found = drawn(pool, bytes(hurt[: chance.randint(len(hurt) // 2, len(hurt))]), "x", order)
        assert (found.picture is None) == bool(found.outcome.reason)


# --- from a case --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def case(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("pictures")
    made = copy_case(_blank, folder)
    files: dict[str, bytes | str] = {
        "a.pdf": pdf(LINES),
        "b.eml": mail("with a scan", "see attached", {"scan.png": png()}),
        "c.txt": "plain",
    }
    take(made, plant(folder / "trove", files))
    yield made
    made.close()


@pytest.fixture
def pictures(case: Case) -> Iterator[Pictures]:
    made = Pictures(case)
    yield made
    made.close()


def document(case: Case, path: str) -> DocumentId:
    found = by_path(case)[path].sha256
    assert found is not None
    return found


def test_hits_of_the_index_are_boxes_on_the_page(case: Case, pictures: Pictures) -> None:
    paper = document(case, "a.pdf")
    page = case.index.page(paper, 1)
    assert page is not None
    start = page.text.index("Elm Street")
    found = pictures.picture(paper, 1, 1000, [(start, start + 10)])
    (box,) = found.boxes
    assert ink(seen(found), box) > 200
    assert found.width == 1000


def test_an_attachment_is_drawn_out_of_its_message(case: Case, pictures: Pictures) -> None:
    found = pictures.picture(document(case, "b.eml/scan.png"), 1)
    assert (found.width, found.height) == (60, 40)


def test_what_has_no_look_of_its_own_is_refused(case: Case, pictures: Pictures) -> None:
    with pytest.raises(UserError, match="no pages that can be drawn"):
        pictures.picture(document(case, "c.txt"), 1)
    with pytest.raises(UserError, match="no page 7"):
        pictures.picture(document(case, "a.pdf"), 7)


def test_nothing_is_drawn_any_more_once_it_was_stopped(case: Case, pictures: Pictures) -> None:
    pictures.picture(document(case, "a.pdf"), 1)
    pictures.stop()
    with pytest.raises(UserError, match="being closed"):
        pictures.picture(document(case, "a.pdf"), 1)
