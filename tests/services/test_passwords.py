"""Known passwords of a case: kept, listed without their text, tried at ingest and at a retry."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from evidencebox.errors import UserError
from evidencebox.model.passwords import LONGEST, MOST
from evidencebox.services import ingest as ingesting
from evidencebox.services import passwords
from evidencebox.services.case import Case
from evidencebox.services.pictures import Pictures
from tests.services.making import by_path, names, plant, records, statuses, take, zipped

SECRET = "blue heron 9"
OTHER = "a quite unmistakable marker"


def locked(text: str, password: str = SECRET) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, strength=128))
    canvas.drawString(72, 720, text)
    canvas.save()
    return out.getvalue()


@pytest.fixture
def trove(tmp_path: Path) -> Path:
    members = {"inner.pdf": locked("the heron inside")}
    files: dict[str, bytes | str] = {
        "one.pdf": locked("the heron outside"),
        "deep.zip": zipped(members),
        "never.pdf": locked("unread", "nobody knows"),
        "plain.txt": "nothing is locked here",
    }
    return plant(tmp_path / "t", files)


def test_they_are_tried_at_once_when_they_are_known(empty: Case, trove: Path) -> None:
    assert passwords.add(empty, ["wrong", SECRET, "wrong", ""]) == 2
    take(empty, trove)
    assert statuses(empty)["one.pdf"] == statuses(empty)["deep.zip/inner.pdf"] == "ok"
    assert statuses(empty)["never.pdf"] == "encrypted"
    reason = next(r.reason for r in records(empty) if r.status == "encrypted")
    assert reason == "The PDF is protected by a password; 2 known passwords did not open it."
    lines = {line.opened: line for line in passwords.listed(empty)}
    assert sorted(lines) == [0, 2]
    assert lines[2].id in by_path(empty)["one.pdf"].metadata["opened_with"]


def test_a_retry_opens_what_was_locked_and_what_lies_in_archives(empty: Case, trove: Path) -> None:
    take(empty, trove)
    assert statuses(empty)["one.pdf"] == statuses(empty)["deep.zip/inner.pdf"] == "encrypted"
    assert names(empty, "heron") == set()
    passwords.add(empty, [SECRET])
    for root in ingesting.reopen(empty, None):
        take(empty, root)
    assert names(empty, "heron") == {"one.pdf", "deep.zip/inner.pdf"}
    assert statuses(empty)["never.pdf"] == "encrypted"


def test_a_page_of_an_opened_document_is_drawn(empty: Case, trove: Path) -> None:
    passwords.add(empty, [SECRET])
    take(empty, trove)
    pictures = Pictures(empty)
    document = by_path(empty)["one.pdf"].sha256
    assert document is not None
    try:
        assert pictures.picture(document, 1, 200).width == 200
    finally:
        pictures.stop()
        pictures.close()


def test_the_list_gives_no_password_away(empty: Case) -> None:
    passwords.add(empty, [OTHER, "abc"])
    lines = passwords.listed(empty)
    assert [line.masked for line in lines] == ["a••••••", "••••••"]
    assert OTHER not in repr(lines)
    assert OTHER not in repr(passwords.known(empty))
    assert {line.by for line in lines} == {empty.reviewer}


def test_the_ledger_says_who_and_when_and_not_what(empty: Case) -> None:
    passwords.add(empty, [OTHER])
    (line,) = passwords.listed(empty)
    passwords.remove(empty, [line.id])
    bodies = [(signed.act, str(signed)) for signed in empty.decided.signed_acts()]
    kinds = [act.kind.value for act, _ in bodies]
    assert kinds[-2:] == ["password.change", "password.change"]
    assert all(OTHER not in text for _, text in bodies)
    assert all(line.id in json.dumps(list(act.targets)) for act, _ in bodies[-2:])
    assert passwords.listed(empty) == []
    assert empty.decided.verify()[0] is None


def test_nothing_of_them_is_written_in_the_open(empty: Case, trove: Path) -> None:
    passwords.add(empty, [OTHER, SECRET])
    take(empty, trove)
    for path in empty.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert OTHER.encode() not in data
            assert SECRET.encode() not in data


def test_removing_what_is_not_there_is_said(empty: Case) -> None:
    with pytest.raises(UserError, match="There is no known password 'p0'"):
        passwords.remove(empty, ["p0"])


def test_a_file_of_passwords() -> None:
    assert passwords.from_text("\ufeffone\r\n\n  two  \nthree") == ["one", "  two  ", "three"]
    with pytest.raises(UserError, match="Line 2 is longer"):
        passwords.from_text("short\n" + "x" * (LONGEST + 1))


def test_there_is_a_most(empty: Case) -> None:
    with pytest.raises(UserError, match="at most 10,000"):
        passwords.add(empty, [str(n) for n in range(MOST + 1)])
    assert passwords.listed(empty) == []
