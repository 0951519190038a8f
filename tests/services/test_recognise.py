"""Text recognition: pages that are only pictures are found by their words, whatever interrupts."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from sqlalchemy import text

from evidencebox.errors import UserError
from evidencebox.extract import ocrdata
from evidencebox.index.writer import Writer
from evidencebox.model.documents import (
    DocumentRecord,
    DocumentType,
    Layer,
    Outcome,
    Page,
    Span,
    Status,
)
from evidencebox.model.extraction import Limits
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.review import Anchor, Passage
from evidencebox.model.views import Progress, Summary
from evidencebox.services import ocr_pool, tags
from evidencebox.services import recognise as recognising
from evidencebox.services.case import Case, session_lock
from evidencebox.services.desk import Desk
from evidencebox.services.gather import to_recognise, unread_text
from evidencebox.services.ingest import Options, ingest, reopen
from evidencebox.services.pictures import Pictures
from evidencebox.services.recognised import judge
from evidencebox.store.engine import writing
from evidencebox.store.found import OcrPage
from evidencebox.store.recognition import Recognition
from tests.services.making import (
    by_path,
    documents,
    found,
    mail,
    make_case,
    names,
    never,
    person,
    plant,
    zipped,
)

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif("eng" not in ocrdata.languages(), reason="needs tessdata")


def scan(*lines: str) -> Image.Image:
    """Lines as a scanner makes them: 150 dots an inch, one bit a dot."""
    image = Image.new("L", (900, 120 + 40 * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((60, 60 + 40 * number), line, fill=0, font=ImageFont.load_default(26))
    return image.convert("1")


def png(*lines: str) -> bytes:
    out = io.BytesIO()
    scan(*lines).save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def bound(kind: str, *pages: Sequence[str]) -> bytes:
    """A PDF or TIFF of pictures."""
    out = io.BytesIO()
    first, *rest = (scan(*lines) for lines in pages)
    dpi: dict[str, Any] = {"resolution": 150} if kind == "PDF" else {"dpi": (150, 150)}
    first.save(out, kind, save_all=True, append_images=rest, **dpi)
    return out.getvalue()


STATEMENT = ("The witness saw the red lantern", "outside of Wexford Street station", "in October")
LEDGER = (
    ("Payments of the quartermaster", "to the harbour patrol fund"),
    ("Second page: nineteen barrels", "of turpentine were missing"),
)


def run(
    case: Case,
    trove: Path,
    *,
    ocr: str = "eng",
    wait: bool = True,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = never,
) -> Summary:
    options = Options(workers=2, ocr=ocr, ocr_wait=wait)
    return ingest(case, trove, options, progress, cancelled)


def family(root: Path) -> Path:
    """Scans as a file, inside a mail, and inside an archive inside a mail."""
    inner = zipped({"ledger.tif": bound("TIFF", *LEDGER), "note.txt": "nothing but plain text"})
    return plant(
        root,
        {
            "statement.png": png(*STATEMENT),
            "letter.eml": mail("Enclosed", "see the scans", {"inner.zip": inner}),
            "memo.pdf": bound("PDF", ("Memorandum of the armoury", "two rifles are overdue")),
        },
    )


def packs(case: Case) -> list[str]:
    return sorted(path.name for path in (case.folder / "spool").iterdir())


def test_scans_are_found_by_their_words(empty: Case, tmp_path: Path) -> None:
    stages: list[str] = []
    trove = family(tmp_path / "t")
    done = run(empty, trove, progress=lambda now: stages.append(now.stage))
    assert (done.ocr_pages, done.ocr_waiting, done.failures) == (4, 0, 0)
    assert names(empty, "lantern wexford") == {"statement.png"}
    assert names(empty, "turpentine") == {"letter.eml/inner.zip/ledger.tif"}
    assert names(empty, "armoury") == {"memo.pdf"}
    assert names(empty, "has:ocr") == {
        "statement.png",
        "letter.eml/inner.zip/ledger.tif",
        "memo.pdf",
    }
    assert found(empty, "is:empty") == set()
    assert "ocr" in stages
    assert packs(empty) == []
    record = by_path(empty)["statement.png"]
    assert (record.status, record.reason, record.pages) == (Status.OK, "", 1)
    assert record.chars > 60
    assert int(record.metadata["ocr_confidence"][0]) > 80
    assert record.sha256
    page = empty.index.page(record.sha256, 1, Layer.OCR)
    assert page is not None
    assert "Wexford Street" in page.text
    own = empty.index.page(record.sha256, 1, Layer.TEXT)
    assert own is not None
    assert own.text == ""
    start = page.text.index("Wexford")
    part = Passage(start, start + 7, 2, "Wexford", page.text[:start], page.text[start + 7 :])
    anchor = Anchor(record.sha256, 1, part)
    tags.tag(empty, anchor, person(empty, "1"), Harm.LOW)
    assert [tag.anchor for tag in empty.decided.tags()] == [anchor]
    late = replace(anchor, passage=replace(part, start=len(page.text), end=len(page.text) + 1))
    with pytest.raises(UserError, match="no such passage"):
        tags.tag(empty, late, person(empty, "2"), Harm.LOW)
    boxes_are_on_the_scan(empty, record.sha256, page)


def boxes_are_on_the_scan(case: Case, document: DocumentId, page: Page) -> None:
    """What was recognised is boxed on the page as it looks, however that is turned; and only while
    the places are known to be those of this text."""
    start = page.text.index("Wexford Street")
    pictures = Pictures(case)
    try:
        for turn, (wide, high) in ((0, (900, 240)), (90, (240, 900)), (180, (900, 240))):
            found = pictures.picture(document, 1, 0, [(start, start + 14)], turn, Layer.OCR)
            assert (found.width, found.height, found.placeless) == (wide, high, False)
            (box,) = found.boxes
            # The words as they stand upright: in the second line, after those before them.
            corners = {
                0: (box.left, box.top, box.right, box.bottom),
                90: (box.top, wide - box.right, box.bottom, wide - box.left),
                180: (wide - box.right, high - box.bottom, wide - box.left, high - box.top),
            }[turn]
            assert 150 < corners[0] < 240 < 330 < corners[2] < 400
            assert 95 < corners[1] < 115 < 120 < corners[3] < 140
        with writing(case.catalogue.engine) as connection:
            connection.execute(text("UPDATE ocr_pages SET places = NULL"))
        found = pictures.picture(document, 1, 0, [(start, start + 14)], 0, Layer.OCR)
        assert (found.boxes, found.placeless) == ((), True)
    finally:
        pictures.close()
    placeless = recognising.placeless(case)
    assert document in placeless
    assert len(placeless) == 3
    trove = Path(case.catalogue.troves()[0])
    assert reopen(case, [document]) == [trove]
    assert document not in recognising.placeless(case)
    assert names(case, "lantern wexford") == {"statement.png"}  # until it is replaced
    assert run(case, trove).ocr_pages == 1
    assert Recognition(case.catalogue).places(document, 1)
    # A child's bytes are taken out of its parents once more.
    assert reopen(case, recognising.placeless(case)) == [trove]
    assert (run(case, trove).ocr_waiting, recognising.placeless(case)) == (0, [])
    assert names(case, "turpentine") == {"letter.eml/inner.zip/ledger.tif"}
    assert reopen(case, [document]) == []


def test_what_fails_the_second_time_keeps_what_was_recognised(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trove = plant(tmp_path / "t", {"a.png": png(*STATEMENT)})
    run(empty, trove)
    document = by_path(empty)["a.png"].sha256
    assert document is not None
    with writing(empty.catalogue.engine) as connection:
        connection.execute(text("UPDATE ocr_pages SET places = NULL"))
    reopen(empty, [document])
    slow_at_once(monkeypatch)
    run(empty, trove)
    assert names(empty, "lantern wexford") == {"a.png"}
    assert by_path(empty)["a.png"].status is Status.PARTIAL


def test_again_there_is_nothing_to_do(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trove = plant(tmp_path / "t", {"a.png": png(*STATEMENT), "b.txt": "words"})
    written: Counter[str] = Counter()
    append = Writer.append

    def counting(self: Writer, entries: Any, segment: Any) -> None:
        written.update(entry.document for entry in entries)
        append(self, entries, segment)

    monkeypatch.setattr(Writer, "append", counting)
    run(empty, trove)
    by_name = by_path(empty)
    assert written[by_name["a.png"].sha256 or ""] == 2  # its text pass, and once with both layers
    assert written[by_name["b.txt"].sha256 or ""] == 1
    state = empty.index.state()
    assert run(empty, trove).ocr_pages == 0
    assert empty.index.state() == state


def test_off_is_obeyed_and_can_be_made_up_for(empty: Case, tmp_path: Path) -> None:
    trove = family(tmp_path / "t")
    done = run(empty, trove, ocr="")
    assert (done.ocr_pages, done.ocr_waiting) == (0, 4)
    assert by_path(empty)["statement.png"].status is Status.EMPTY
    assert packs(empty) == []
    assert found(empty, "has:ocr") == set()
    done = run(empty, trove)
    assert (done.ocr_pages, done.ocr_waiting) == (4, 0)
    assert names(empty, "turpentine") == {"letter.eml/inner.zip/ledger.tif"}
    assert packs(empty) == []


def test_without_waiting_the_queue_is_left_and_taken_up(empty: Case, tmp_path: Path) -> None:
    trove = family(tmp_path / "t")
    done = run(empty, trove, wait=False)
    assert (done.ocr_pages, done.ocr_waiting) == (0, 4)
    assert names(empty, "nothing plain") == {"letter.eml/inner.zip/note.txt"}
    assert len(packs(empty)) == 1
    assert run(empty, trove).ocr_pages == 4
    assert names(empty, "turpentine") == {"letter.eml/inner.zip/ledger.tif"}
    assert packs(empty) == []


def test_cancelled_and_resumed(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {f"{n}.png": png(f"page number {n}", *STATEMENT) for n in "1234"})
    seen: list[int] = []

    def watch(now: Progress) -> None:
        if now.stage == "ocr":
            seen.append(now.pages)

    first = run(empty, trove, progress=watch, cancelled=lambda: bool(seen and seen[-1] >= 1))
    assert first.cancelled
    assert first.ocr_pages >= 1
    second = run(empty, trove)
    assert first.ocr_pages + second.ocr_pages == 4
    assert second.ocr_waiting == 0
    assert len(found(empty, "wexford")) == 4


DRIVER = """
import sys
from evidencebox.services import recognise
recognise.FLUSH_DOCUMENTS, recognise.FLUSH_SECONDS = 1, 0.0
from evidencebox.services.ingest_child import main
sys.exit(main())
"""


def kill_at(case: Case, trove: Path, pages: int) -> None:
    """Kills an import with -9 once so many pages were recognised."""
    lock = session_lock(case.folder)
    _, keys = Desk(case, lock).ingest_command(trove)
    lock.release()
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdin
    assert process.stdout
    with process.stdin, process.stdout:
        process.stdin.write(keys)
        process.stdin.flush()
        for line in process.stdout:
            now = json.loads(line)
            if now.get("stage") == "ocr" and now["pages"] >= pages:
                break
        process.kill()
        process.wait()


@pytest.mark.skipif(os.name != "posix", reason="POSIX kills with -9")
@pytest.mark.parametrize("kills", [(1,), pytest.param((0, 1, 1, 2, 3), marks=pytest.mark.long)])
def test_killed_and_resumed(empty: Case, tmp_path: Path, kills: tuple[int, ...]) -> None:
    trove = family(tmp_path / "t")
    for pages in kills:
        kill_at(empty, trove, pages)
    run(empty, trove)
    whole = make_case(tmp_path / "whole")
    try:
        run(whole, trove)
        assert documents(empty) == documents(whole)
        assert empty.index.canonical_dump() == whole.index.canonical_dump()
    finally:
        whole.close()
    assert packs(empty) == []


def slow_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is recognised within its time."""
    pool = ocr_pool.OcrPool
    short = Limits(stall_seconds=0.01, base_seconds=0.01, seconds_per_mib=0)
    monkeypatch.setattr(
        recognising, "OcrPool", lambda n, lang, **more: pool(n, lang, limits=short, **more)
    )


def test_a_page_over_its_time_fails_alone_and_can_be_retried(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trove = plant(tmp_path / "t", {"a.png": png(*STATEMENT)})
    slow_at_once(monkeypatch)
    done = run(empty, trove)
    (failure,) = empty.catalogue.failures()
    assert done.failures == 1
    assert (failure.status, failure.stage) == ("failed", "ocr")
    assert failure.reason.startswith("Not recognised: page 1.")
    monkeypatch.undo()
    assert reopen(empty, None) == [trove]
    assert run(empty, trove).failures == 0
    assert names(empty, "wexford") == {"a.png"}


def test_a_changed_file_is_not_taken_for_the_document(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.png": png(*STATEMENT)})
    run(empty, trove, wait=False)
    info = (trove / "a.png").stat()
    (trove / "a.png").write_bytes(b"x" * info.st_size)
    os.utime(trove / "a.png", ns=(info.st_atime_ns, info.st_mtime_ns))
    assert run(empty, trove).failures == 1
    (failure,) = empty.catalogue.failures()
    assert "has changed" in failure.reason


def test_a_poison_page_is_left_alone_after_so_many_attempts(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.png": png(*STATEMENT)})
    run(empty, trove, wait=False)
    queue = Recognition(empty.catalogue)
    (sought,) = queue.waiting(0, 9)
    assert [queue.start(sought.document, 1) for _ in range(4)] == [True] * 3 + [False]
    assert [queue.start(sought.document, 1, 6) for _ in range(4)] == [True] * 3 + [False]
    assert run(empty, trove).failures == 1
    assert "several times over" in empty.catalogue.failures()[0].reason


def test_an_innocent_page_of_killed_runs_gets_another_chance(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"a.png": png(*STATEMENT)})
    run(empty, trove, wait=False)
    queue = Recognition(empty.catalogue)
    (sought,) = queue.waiting(0, 9)
    while queue.start(sought.document, 1):
        pass
    assert run(empty, trove).failures == 0
    assert names(empty, "wexford") == {"a.png"}


def test_a_pdf_page_with_a_stamp_on_its_scan_is_recognised(empty: Case, tmp_path: Path) -> None:
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(450, 300))
    paper.drawImage(ImageReader(scan(*STATEMENT).convert("L")), 0, 20, 450, 250)
    paper.drawString(20, 5, "PD-0004471 CONFIDENTIAL")
    paper.showPage()
    paper.drawString(20, 100, "A divider with few words")
    paper.save()
    run(empty, plant(tmp_path / "t", {"stamped.pdf": out.getvalue()}))
    record = by_path(empty)["stamped.pdf"]
    assert record.sha256
    layers = [(head.layer, head.number) for head in empty.index.page_heads(record.sha256)]
    assert layers == [(Layer.TEXT, 1), (Layer.TEXT, 2), (Layer.OCR, 1)]
    assert names(empty, '"red lantern"') == names(empty, "CONFIDENTIAL") == {"stamped.pdf"}


# --- judging ------------------------------------------------------------------------------------


def record_of(status: Status) -> DocumentRecord:
    return DocumentRecord(
        None, "", (), DocumentType.PDF, "", status, "why", 2, 0, (), (), 1, None
    )  # fmt: skip


SURE, DIM = OcrPage(1, "done", 95, text="words"), OcrPage(2, "done", 80, text="wor?s")
POOR, BROKEN = OcrPage(3, "done", 40, text="w,,d"), OcrPage(4, "failed", reason="It broke.")
BLANK = OcrPage(5, "empty")


@pytest.mark.parametrize(
    ("before", "pages", "after", "codes"),
    [
        (Status.EMPTY, [SURE], Status.OK, set()),
        (Status.EMPTY, [BLANK], Status.EMPTY, set()),
        (Status.EMPTY, [SURE, DIM], Status.OK, {"ocr_uncertain"}),
        (Status.EMPTY, [SURE, POOR], Status.PARTIAL, {"ocr_uncertain"}),
        (Status.EMPTY, [SURE, BROKEN], Status.PARTIAL, {"ocr_failed"}),
        (Status.EMPTY, [BROKEN], Status.FAILED, {"ocr_failed"}),
        (Status.OK, [BROKEN], Status.PARTIAL, {"ocr_failed"}),
        (Status.OK, [BLANK], Status.OK, set()),
        (Status.LIMIT, [SURE], Status.LIMIT, set()),
    ],
)
def test_what_becomes_of_a_document(
    before: Status, pages: list[OcrPage], after: Status, codes: set[str]
) -> None:
    result = judge(record_of(before), pages, [])
    assert result.status is after
    assert {notice.code for notice in result.notices} == codes
    assert bool(result.reason) == (after is not Status.OK)


def test_which_pages_wait() -> None:
    few, many = Page(1, "PD-0004471 CONFIDENTIAL"), Page(2, "words " * 40)
    caption = Page(3, "c" * 200, spans=(Span(0, 200, "caption"),))
    pdf, gif = (
        Outcome(Status.OK, DocumentType.PDF),
        Outcome(Status.EMPTY, DocumentType.IMAGE, "image/gif"),
    )
    assert to_recognise(pdf, [few, many, caption]) == [1, 3]
    assert to_recognise(Outcome(Status.OK, DocumentType.WORD), [few]) == []
    frames = [Page(n, "") for n in range(1, 500)]
    assert len(to_recognise(gif, frames)) == 10
    assert [notice.code for notice in unread_text(gif, frames)] == ["frames"]
    assert unread_text(gif, frames[:10]) == []
    private = Page(4, "\ue012" * 300)
    assert to_recognise(pdf, [many, private]) == [4]
    assert [notice.code for notice in unread_text(pdf, [many, private])] == ["garbled"]
    assert unread_text(pdf, [few, many]) == []


def test_a_worker_that_cannot_start_says_so(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = ocr_pool.OcrPool
    monkeypatch.setattr(recognising, "OcrPool", lambda n, _, **more: pool(n, "tlh", **more))
    trove = plant(tmp_path / "t", {"a.png": png(*STATEMENT), "b.txt": "plain words"})
    with pytest.raises(UserError, match="Text recognition does not start"):
        run(empty, trove)
    assert names(empty, "plain") == {"b.txt"}
