"""What the writers of single formats promise: broken, locked, named, timed."""

from __future__ import annotations

import email
import io
import random
import zipfile
from datetime import datetime
from email.header import decode_header, make_header
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageSequence

from evidencebox.sample.archive import locked_zip, normal_zip, zip_bytes
from evidencebox.sample.draft import Draft
from evidencebox.sample.mail import Address, Message, mail_item, reply
from evidencebox.sample.pdf import to_pdf
from evidencebox.sample.roster import make_cast
from evidencebox.sample.scan import Quality, scan_page, to_png, to_scanned_pdf, to_tiff
from evidencebox.sample.truth import PageTruth

WHEN = datetime(2019, 3, 4, 9, 12)


@pytest.fixture
def draft() -> Draft:
    draft = Draft(random.Random(1), make_cast(40, 1), WHEN)
    draft.title("Service record")
    draft.para("The launch was washed and the ropes were counted. " * 3)
    draft.new_page()
    draft.fields(("Name", "Somebody"), ("Day", "Monday"))
    return draft


def test_locked_zip_opens_with_its_password_only() -> None:
    data = locked_zip(random.Random(1), "a.txt", b"the contents" * 50, "Lantern-77")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("a.txt", pwd=b"Lantern-77") == b"the contents" * 50
        with pytest.raises(RuntimeError, match="password required"):
            archive.read("a.txt")


def test_archives_are_stored_with_the_times_given() -> None:
    when = (2019, 3, 4, 9, 12, 0)
    data = zip_bytes([("b.txt", b"b", when), ("a.txt", b"a", when)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == ["b.txt", "a.txt"]
    assert infos[0].date_time == when
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert normal_zip(data) == normal_zip(normal_zip(data))


def test_a_password_locks_a_pdf(draft: Draft) -> None:
    data = to_pdf(draft.pages, "Locked", draft.when, password="Lantern-77")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data)
    document = pypdfium2.PdfDocument(data, password="Lantern-77")
    assert len(document) == 2
    document.close()


def test_a_page_that_does_not_fit_is_an_error(draft: Draft) -> None:
    draft.para("a line\n" * 200)
    with pytest.raises(ValueError, match="does not fit"):
        to_pdf(draft.pages, "Long", draft.when)


@pytest.mark.parametrize(("degrees", "wide"), [(0, False), (90, True), (180, False), (2, False)])
def test_scans_are_pictures_of_one_bit(draft: Draft, degrees: float, wide: bool) -> None:
    page = scan_page(random.Random(1), draft.pages[0], Quality(degrees, 100))
    image = Image.open(io.BytesIO(to_png(page)))
    assert image.mode == "1"
    assert (image.width > image.height) == wide
    ink = image.convert("L").histogram()[0]
    assert 1_000 < ink < 100_000


def test_tiff_and_pdf_scans_keep_their_pages(draft: Draft) -> None:
    pages = [scan_page(random.Random(1), page, Quality()) for page in draft.pages]
    frames = ImageSequence.Iterator(Image.open(io.BytesIO(to_tiff(pages))))
    assert sum(1 for _ in frames) == 2
    document = pypdfium2.PdfDocument(to_scanned_pdf(pages, WHEN))
    assert len(document) == 2
    assert document[0].get_textpage().get_text_bounded() == ""
    document.close()


def _message(text: str, encoding: str = "8bit") -> Message:
    return Message(
        sender=Address("Núñez, Lucía", "l.nunez@pmpd.example", "1234"),
        to=[Address("Records Room", "records.room@portmarrow.example")],
        subject="Übergabe",
        when=WHEN,
        text=text,
        encoding=encoding,
    )


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_messages_read_back_as_written(encoding: str) -> None:
    read = email.message_from_bytes(mail_item(_message("Will März do?\n" * 3, encoding)).data)
    payload = read.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode() == "Will März do?\n" * 3
    assert str(make_header(decode_header(read["Subject"]))) == "Übergabe"
    assert str(make_header(decode_header(read["From"]))).startswith("Núñez, Lucía")


def test_a_reply_quotes_refers_and_takes_over_truths() -> None:
    first = _message("The keys are gone.\n")
    first.truth.mention("9999", "keys")
    answer = reply(first, "An hour ago.\n", Address("B", "b@pmpd.example", "77"), WHEN)
    item = mail_item(answer)
    read = email.message_from_bytes(item.data)
    assert read["In-Reply-To"] == first.message_id
    assert b"> The keys are gone." in item.data
    assert set(item.pages[0].mentions) == {"77", "1234", "9999"}


def test_truths_are_merged_once() -> None:
    one, two = PageTruth(), PageTruth()
    one.mention("1", "Sgt. A")
    two.mention("1", "Sgt. A")
    two.element("ssn", "1", "x")
    two.other("trap", trap="number", text="#1")
    one.merge(two)
    one.merge(two)
    assert one.mentions == {"1": ["Sgt. A"]}
    assert one.elements == {("ssn", "1"): ["x"]}
    assert len(one.others) == 1


def test_odd_files_are_in_a_larger_sample(sample: Any) -> None:
    reasons = {line["reason"] for line in sample.of_kind("broken")}
    assert reasons >= {"truncated", "empty", "garbage", "encrypted"}
    names = {path.name for path in sample.summary.trove.rglob("*") if path.is_file()}
    assert any(not name.isascii() for name in names)
    assert max(map(len, names)) < 180


def test_copies_and_near_copies_are_there(sample: Any) -> None:
    backups = [p for p in sample.summary.trove.glob("Users/*/Backup/*") if p.is_file()]
    contents = [p.read_bytes() for p in sample.summary.trove.rglob("*") if p.is_file()]
    assert backups
    for path in backups:
        assert contents.count(path.read_bytes()) >= 2
    assert any(b"evised wording" in data or b"replaces the message" in data for data in contents)
