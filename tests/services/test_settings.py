"""What is set for a case: acts that travel, dates read with its zone, languages that are there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.errors import UserError
from evidencebox.extract import ocrdata
from evidencebox.model.settings import in_utc, settings_from, zone_named
from evidencebox.services import ocr_languages
from evidencebox.services.case import Case
from evidencebox.services.redate import redate
from evidencebox.services.settings import change, settings, time_zone
from tests.services.making import by_path, mail, names, plant, take

needs_data = pytest.mark.skipif("eng" not in ocrdata.languages(), reason="needs tessdata")

ICAL = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Hearing\r\nDTSTART:20190310T013000\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_what_is_set_stands_and_is_an_act(empty: Case) -> None:
    assert settings(empty) == settings_from({})
    before = empty.decided.head().arrivals
    assert change(empty, {"time_zone": "Europe/Madrid", "custodian": " City police "}) == [
        "time_zone",
        "custodian",
    ]
    now = settings(empty)
    assert (now.time_zone, now.custodian) == ("Europe/Madrid", "City police")
    assert time_zone(empty).key == "Europe/Madrid"
    assert change(empty, {"time_zone": "Europe/Madrid"}) == []
    assert empty.decided.head().arrivals == before + 2
    assert empty.decided.verify()[0] is None


def test_no_undo_takes_a_setting_back(empty: Case) -> None:
    change(empty, {"time_zone": "Asia/Tokyo"})
    empty.decided.undo_last(empty.signer)
    assert settings(empty).time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "a" * 999])
def test_a_zone_that_is_none_is_refused(empty: Case, name: str) -> None:
    with pytest.raises(UserError, match="There is no time zone"):
        change(empty, {"time_zone": name})
    assert settings(empty).time_zone == "UTC"


def test_what_a_newer_version_set_is_left_alone() -> None:
    assert settings_from({"colour": "red", "time_zone": "UTC"}) == settings_from({})


@pytest.mark.parametrize(
    ("date", "wanted", "naive"),
    [
        ("2019-07-01T10:00:00", "2019-07-01T15:00:00Z", True),
        ("2019-01-01T10:00:00", "2019-01-01T16:00:00Z", True),
        ("2019-07-01T10:00:00+02:00", "2019-07-01T08:00:00Z", False),
        ("2019-07-01T10:00:00Z", "2019-07-01T10:00:00Z", False),
        ("2019-07-01", "2019-07-01", False),
        ("0001-01-01T00:00:00+05:00", "0001-01-01T00:00:00+05:00", False),
        ("last Tuesday", "last Tuesday", False),
        ("", "", False),
    ],
)
def test_times_without_an_offset_are_those_of_the_zone(date: str, wanted: str, naive: bool) -> None:
    assert in_utc(date, zone_named("America/Chicago")) == (wanted, naive)


@given(st.datetimes(), st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns"]))
def test_a_time_once_in_utc_stays(moment: object, name: str) -> None:
    once, _ = in_utc(str(moment), zone_named(name))
    assert in_utc(once, zone_named("Asia/Tokyo"))[0] == once or not once.endswith("Z")


def test_dates_are_read_with_the_zone_and_anew_when_it_changes(empty: Case, tmp_path: Path) -> None:
    letter = mail("Offset", "stated", {}).replace(b"\n", b"\nX-Note: none\n", 1)
    trove = plant(tmp_path / "t", {"a.ics": ICAL, "b.eml": letter})
    change(empty, {"time_zone": "America/Chicago"})
    take(empty, trove)
    hearing = by_path(empty)["a.ics"]
    assert hearing.date == "2019-03-10T07:30:00Z"
    assert hearing.metadata["date"] == ("2019-03-10T01:30:00",)
    assert hearing.metadata["date_zone"] == ("America/Chicago",)
    assert "date_zone" not in by_path(empty)["b.eml"].metadata
    stated = by_path(empty)["b.eml"].date
    change(empty, {"time_zone": "Asia/Tokyo"})
    assert redate(empty) == 1
    assert by_path(empty)["a.ics"].date == "2019-03-09T16:30:00Z"
    assert by_path(empty)["b.eml"].date == stated
    # Half past one of the tenth, where the case is now; the ninth, in UTC.
    assert names(empty, "date:2019-03-10") == {"a.ics"}
    assert names(empty, "date:2019-03-09") == set()
    assert redate(empty) == 0


def test_the_custodian_of_the_case_is_for_troves_that_name_none(
    empty: Case, tmp_path: Path
) -> None:
    change(empty, {"custodian": "City police"})
    take(empty, plant(tmp_path / "t", {"a.txt": "words of the clerk"}))
    assert names(empty, 'custodian:"City police"') == {"a.txt"}


# --- languages of recognition --------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tessdata"
    monkeypatch.setenv(ocrdata.OWN_FOLDER, str(folder))
    return folder


@needs_data
def test_languages_are_checked(own: Path) -> None:
    assert ocr_languages.chosen("off") == ""
    assert ocr_languages.chosen(None) == "eng"
    assert ocr_languages.chosen(None, "off") == ""
    assert ocr_languages.chosen("eng,eng") == "eng"
    with pytest.raises(UserError, match=r"in .tlh.; there are for: eng\. To add"):
        ocr_languages.chosen("eng+tlh")


@needs_data
def test_a_language_that_people_add_stands_beside_the_bundles(own: Path) -> None:
    bundle = ocrdata.folder()
    assert bundle is not None
    own.mkdir()
    shutil.copy(bundle / "eng.traineddata", own / "xyz.traineddata")
    (own / "no language.traineddata").write_bytes(b"")
    assert ocr_languages.known() == ["eng", "xyz"]
    assert ocr_languages.chosen("eng+xyz") == "eng+xyz"
    assert ocrdata.folder_for(["eng"]) == bundle
    assert ocrdata.folder_for(["eng", "xyz"]) is None
    ocr_languages.prepare("eng+xyz")
    assert ocrdata.folder_for(["eng", "xyz"]) == own
    assert sorted(p.name for p in own.glob("[eo]*")) == ["eng.traineddata", "osd.traineddata"]


@needs_data
def test_pages_are_recognised_in_an_added_language(own: Path) -> None:
    from evidencebox.model.extraction import Hint
    from evidencebox.services.ocr_pool import OcrPool
    from tests.services.test_recognise import png

    bundle = ocrdata.folder()
    assert bundle is not None
    own.mkdir()
    shutil.copy(bundle / "eng.traineddata", own / "xyz.traineddata")
    data = png("the parcel was signed for in March")
    with OcrPool(1, "xyz") as pool:
        read = pool.submit([data], Hint("a.png", size=len(data)), 1).result()
    assert "parcel" in read.text


@needs_data
def test_the_languages_of_a_case_are_set(empty: Case, own: Path) -> None:
    change(empty, {"ocr_languages": "off"})
    assert ocr_languages.chosen(None, settings(empty).ocr_languages) == ""
    change(empty, {"ocr_languages": ""})
    assert ocr_languages.chosen(None, settings(empty).ocr_languages) == "eng"
    with pytest.raises(UserError, match="'tlh'"):
        change(empty, {"ocr_languages": "tlh"})
