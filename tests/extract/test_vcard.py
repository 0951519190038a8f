"""Address cards and calendars: every field in words, and the ones asked for as metadata."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from typing import Any

from evidencebox.extract.vcardlines import Line, lines


def test_a_card_of_version_3(read: Any) -> None:
    photo = base64.b64encode(b"JPEG bytes").decode()
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Roe;Richard;Q.;Lt.;\r\nFN:Richard Roe\r\n"
        "item1.TEL;TYPE=HOME,VOICE:+1 555 0100\r\nEMAIL;TYPE=work:roe@police.example\r\n"
        "ADR;TYPE=home:;;12 Elm\\, rear;Springfield;;99999;\r\nBDAY:1970-02-03\r\n"
        "NOTE:first\\nsecond; a long \r\n line\r\nX-BADGE:4471\r\n"
        f"PHOTO;ENCODING=b;TYPE=JPEG:{photo[:8]}\r\n {photo[8:]}\r\nEND:VCARD\r\n"
    )
    found = read(card.encode(), "x.vcf")
    assert found.status == "ok"
    assert found.pages[0].text == (
        "Full name: Roe Richard Q. Lt.\nName: Richard Roe\nPhone (home voice): +1 555 0100\n"
        "E-mail (work): roe@police.example\nAddress (home): 12 Elm, rear, Springfield, 99999\n"
        "Born: 1970-02-03\nNote: first\nsecond; a long line\nX-BADGE: 4471\n"
    )
    assert found.metadata["title"] == ["Richard Roe"]
    assert found.metadata["phone"] == ["+1 555 0100"]
    assert found.metadata["email"] == ["roe@police.example"]
    assert found.metadata["birth_date"] == ["1970-02-03"]
    assert found.children[0].data == b"JPEG bytes"


def test_a_card_of_version_2_with_quoted_printable(read: Any) -> None:
    card = (
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=F0=E8=\n"
        "=EA=E0=E7\nTEL;HOME;CELL:555\nEND:VCARD\n"
    )
    found = read(card.encode(), "x.vcf")
    assert found.text == "Name: Приказ\nPhone (home cell): 555\n"


def test_cards_have_pages_of_their_own_until_they_are_thousands(read: Any) -> None:
    card = b"BEGIN:VCARD\nFN:Name %d\nEND:VCARD\n"
    found = read(b"".join(card % n for n in range(3)), "x.vcf")
    assert [page.label for page in found.pages] == ["card 1", "card 2", "card 3"]
    found = read(b"".join(card % n for n in range(3_000)), "x.vcf")
    assert found.text.count("Name: Name ") == 3_000
    assert len(found.pages) < 100


def test_a_calendar(read: Any) -> None:
    event = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\n"
        "BEGIN:VEVENT\r\nDTSTART;TZID=America/New_York:20210426T093000\r\nDTEND:20210426T103000Z\r\n"
        'SUMMARY:Raid\\, east\r\nATTENDEE;CN="Roe, R.";PARTSTAT=ACCEPTED:mailto:roe@x.example\r\n'
        "DESCRIPTION:<html> in it\r\nX-ALT-DESC;FMTTYPE=text/html:<html><b>bold</b></html>\r\n"
        "ATTACH;ENCODING=BASE64;X-FILENAME=a.txt:aGVsbG8=\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = read(event.encode(), "x.ics")
    assert found.outcome.media_type == "text/calendar"
    assert (
        "Event\nStart: 2021-04-26T09:30:00 America/New_York\nEnd: 2021-04-26T10:30:00Z\n"
        in found.text
    )
    assert "Subject: Raid, east\nAttendee (accepted): Roe, R. <roe@x.example>\n" in found.text
    assert "<html> in it" in found.text
    assert "Description: bold" in found.text
    assert found.metadata["title"] == ["Raid, east"]
    assert found.metadata["date"] == ["2021-04-26T09:30:00 America/New_York"]
    assert found.metadata["attendee"] == ["Roe, R. <roe@x.example>"]
    assert [(child.head.name, child.data) for child in found.children] == [("a.txt", b"hello")]


def test_lines_that_are_none_stay(read: Any) -> None:
    found = read(b"BEGIN:VCARD\nFN:Roe\nstray words\nEND:VCARD\n", "x.vcf")
    assert "stray words" in found.text
    assert list(lines("a b\nX;P=1:v")) == ["a b", Line("X", {"P": "1"}, "v")]


def test_mutations_give_an_outcome(read: Any) -> None:
    dice = random.Random("vcard")
    seed = b"BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE:=41=\r\n=42\r\nPHOTO;ENCODING=b:QUJD\r\n"
    for kind in (seed, seed.replace(b"VCARD", b"VCALENDAR")):
        for _ in range(200):
            data = bytearray(kind)
            for _ in range(dice.choice([1, 4])):
                data[dice.randrange(20, len(data))] = dice.choice(
                    [*b":;=\\\r\n ", dice.randrange(256)]
                )
            assert read(bytes(data), "x.vcf").outcome.status


def test_a_long_line_folded_often_takes_linear_time(read: Any) -> None:
    data = b"BEGIN:VCARD\nNOTE:" + b"a\n " * 200_000 + b"\nX" + b";a" * 200_000 + b":b\nEND:VCARD\n"
    assert len(read(data, "x.vcf").text) > 200_000


def test_what_stands_in_the_corpora(read: Any, corpora: Path) -> None:
    path = next(corpora.rglob("testICalendar.ics"))
    found = read(path.read_bytes(), path.name)
    assert found.status == "ok"
    assert "Susi Hyldgaard" in found.metadata["title"][0]
