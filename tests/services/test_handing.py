"""Passwords on their way to workers: asked for once, by what is encrypted, and forgotten after."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Iterator

import pytest
import rars
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from evidencebox.model.documents import Outcome, Status
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.passwords import KnownPassword
from evidencebox.model.pictures import Order
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.handing import Passwords
from evidencebox.services.render_job import RenderJob
from tests.services.test_extract_pool import FORKS, MOCK, ROOMY, Heard

KNOWN = [KnownPassword(f"p{number}", f"word{number}") for number in range(4)]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the mock worker is written for POSIX")


@pytest.fixture(scope="module", params=["pipes", FORKS])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(lambda: KNOWN)


@pytest.fixture
def pool(kind: str, passwords: Passwords) -> Iterator[ExtractPool]:
    command = [*MOCK, "forks" if kind == "forks" else "extract"]
    transport = None if kind == "forks" else "pipes"
    with ExtractPool(1, command, transport=transport, passwords=passwords) as made:  # type: ignore[arg-type]
        yield made


def ask(pool: ExtractPool, name: str, family: str = "") -> tuple[Outcome, Heard]:
    heard = Heard()
    done = pool.submit([b"abc"], Hint(name, size=3), ROOMY, heard, family)
    return done.result(), heard


def test_what_is_asked_for_is_told(pool: ExtractPool) -> None:
    outcome, heard = ask(pool, "ask")
    assert outcome.status is Status.OK
    assert heard.said("known") == [f"{each.id} {each.text}" for each in KNOWN]


def test_a_second_time_is_refused(pool: ExtractPool) -> None:
    assert ask(pool, "ask twice")[0].status is Status.FAILED
    assert ask(pool, "good")[0].status is Status.OK


def test_nothing_opens_with_what_was_not_handed_over(pool: ExtractPool) -> None:
    assert ask(pool, "opened p1")[0].status is Status.FAILED
    assert ask(pool, "opened nonsense")[0].status is Status.FAILED


def test_what_opened_is_tried_first_next_time(pool: ExtractPool, passwords: Passwords) -> None:
    assert ask(pool, "ask and open")[0].status is Status.OK
    assert [each.id for each in passwords.known()] == ["p2", "p0", "p1", "p3"]


def test_the_process_that_learned_them_reads_nothing_else(pool: ExtractPool) -> None:
    """Also where small documents of one archive would share a process."""
    pids = [
        ask(pool, name, family="a.zip")[1].said("pid")[0]
        for name in ("good", "ask", "good", "ask", "good")
    ]
    assert pids[0] not in pids[2:]
    assert pids[1] not in pids[2:]
    assert pids[3] != pids[4]


def test_only_the_answer_to_a_question_is_sent(pool: ExtractPool) -> None:
    asked = []

    def read() -> list[KnownPassword]:
        asked.append(1)
        return KNOWN

    with ExtractPool(1, [*MOCK, "extract"], transport="pipes", passwords=Passwords(read)) as own:
        ask(own, "good")
        assert not asked
        ask(own, "ask")
        assert asked


def test_the_latest_stay_first_and_the_removed_are_gone() -> None:
    known = list(KNOWN)
    passwords = Passwords(lambda: known)
    for name in ("p3", "p1", "p3"):
        passwords.fitted(name)
    assert [each.id for each in passwords.known()] == ["p3", "p1", "p0", "p2"]
    known.remove(KNOWN[3])
    assert [each.id for each in passwords.known()] == ["p1", "p0", "p2"]


# --- in the sandbox, with the real readers --------------------------------------------------------

SECRET = Passwords(lambda: [KnownPassword("p1", "wrong"), KnownPassword("p2", "blue heron")])


@pytest.fixture(scope="module")
def real() -> Iterator[ExtractPool]:
    with ExtractPool(1, passwords=SECRET) as made:
        yield made


def locked_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("blue heron", strength=128))
    canvas.drawString(72, 720, "a locked statement")
    canvas.save()
    return out.getvalue()


def locked_xlsx() -> bytes:
    import xlsxwriter

    plain, out = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(plain, {"in_memory": True})
    book.add_worksheet().write(0, 0, "a locked sheet")
    book.close()
    OOXMLFile(plain).encrypt("blue heron", out)
    return out.getvalue()


def locked_rar() -> bytes:
    builder = rars.RarBuilder("rar50", password="blue heron", encrypt_headers=True)
    builder.add_bytes(b"a locked member", "a.txt")
    data: bytes = builder.to_bytes()
    return data


@pytest.mark.skipif(sys.platform != "linux", reason="about the sandbox of Linux")
@pytest.mark.parametrize("make", [locked_pdf, locked_xlsx, locked_rar])
def test_real_readers_open_them_inside_the_sandbox(real: ExtractPool, make: object) -> None:
    data = make()  # type: ignore[operator]
    heard = Heard()
    outcome = real.submit([data], Hint("x", size=len(data)), Limits(), heard).result()
    assert outcome.status is Status.OK, outcome.reason
    assert heard.said("opened_with") == ["p2"]
    assert "locked" in "".join(page.text for page in heard.pages) or heard.children


@pytest.mark.skipif(sys.platform != "linux", reason="about the sandbox of Linux")
def test_openings_that_take_every_cipher_run_inside_the_sandbox(real: ExtractPool) -> None:
    from tests.extract.test_passwords import odt, winzip

    for data in (
        odt("blue heron"),
        odt("blue heron", gcm=True),
        winzip("a", b"x", b"blue heron", 3),
    ):
        heard = Heard()
        outcome = real.submit([data], Hint("x", size=len(data)), Limits(), heard).result()
        assert outcome.status is Status.OK, outcome.reason


def test_a_page_of_a_locked_pdf_is_drawn(real: ExtractPool) -> None:
    data = locked_pdf()
    drawn = real.run(RenderJob([data], Hint("x.pdf", size=len(data)), Order(1, 200))).result()
    assert drawn.picture is not None
    assert drawn.outcome.status is Status.OK


def test_an_archive_that_is_open_tells_no_one(real: ExtractPool) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "plain")
    heard = Heard()
    real.submit([out.getvalue()], Hint("x", size=len(out.getvalue())), Limits(), heard).result()
    assert not heard.said("opened_with")
