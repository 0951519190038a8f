"""Load files: whatever stands in the data, what is read back is what was written."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.export import ink, profiles
from evidencebox.export.ink import DARK
from evidencebox.export.loadfile import Dat, Value, fine, opt_line, page_file, stamped
from evidencebox.export.loadfile_read import problems, read_dat, read_opt

PROFILE = profiles.load("concordance")
TITLES = {field: title for title, field in PROFILE.columns.items()}
TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("þ\x14®;\r\n\\"))


def written(rows: list[dict[str, Value]]) -> tuple[bytes, Dat]:
    into = io.BytesIO()
    dat = Dat(PROFILE, into)
    for row in rows:
        dat.row(row)
    return into.getvalue(), dat


@given(
    st.lists(st.fixed_dictionaries({"subject": TEXT, "to": st.lists(TEXT), "size": st.integers(0)}))
)
def test_a_dat_reads_back(rows: list[dict[str, Any]]) -> None:
    data, dat = written([{**row, "begin": f"X-{n:03d}"} for n, row in enumerate(rows)])
    back = list(read_dat(data, PROFILE))
    assert len(back) == len(rows)
    count = 0
    for row, read in zip(rows, back, strict=True):
        subject = row["subject"].replace("\r\n", "\n").replace("\r", "\n")
        assert read[TITLES["subject"]] == subject.translate(dict.fromkeys(map(ord, "þ\x14®"), " "))
        assert read[TITLES["size"]] == str(row["size"])
        if row["to"]:
            assert len(read[TITLES["to"]].split(";")) == len(row["to"])
        count += sum(row["subject"].count(sign) for sign in "þ\x14®")
        count += sum(to.count(sign) for to in row["to"] for sign in "þ\x14®;")
    assert sum(each.count for each in dat.replaced) == count


def test_it_is_what_concordance_expects() -> None:
    data, _ = written([{"begin": "MPD-000000001", "end": "MPD-000000002", "subject": "a\nb"}])
    assert data.startswith(b"\xef\xbb\xbf\xc3\xbeBEGBATES\xc3\xbe\x14\xc3\xbeENDBATES\xc3\xbe\x14")
    assert data.count(b"\r\n") == 2
    assert "þa®bþ".encode() in data
    assert data.count(b"\xef\xbb\xbf") == 1


def test_an_opt_is_that_of_the_convention() -> None:
    first = opt_line("MPD-000000001", "VOL001", "IMAGES\\001\\MPD-000000001.tif", 2)
    then = opt_line("MPD-000000002", "VOL001", "IMAGES\\001\\MPD-000000002.tif", None)
    assert first == b"MPD-000000001,VOL001,IMAGES\\001\\MPD-000000001.tif,Y,,,2\r\n"
    assert then == b"MPD-000000002,VOL001,IMAGES\\001\\MPD-000000002.tif,,,,\r\n"
    assert [page.pages for page in read_opt(first + then)] == [2, None]


@pytest.mark.parametrize(
    "broken", [b"a\r\n", "þaþ\x14þb\r\n".encode(), "þaþ".encode(), "þaþ\r\nþbþ\x14þcþ\r\n".encode()]
)
def test_a_broken_dat_is_refused(broken: bytes) -> None:
    with pytest.raises(UserError):
        list(read_dat(broken, PROFILE))


def test_a_number_that_has_no_picture_is_told(tmp_path: Path) -> None:
    data, _ = written([{"begin": "X-001", "end": "X-002", "pages": 2, "text": "TEXT\\a.txt"}])
    folder = tmp_path / "VOL001"
    (folder / "DATA").mkdir(parents=True)
    (folder / "DATA" / "VOL001.dat").write_bytes(data)
    (folder / "DATA" / "VOL001.opt").write_bytes(opt_line("X-001", "VOL001", "I\\X-001.tif", 2))
    said = list(problems(tmp_path, PROFILE))
    assert len(said) == 3
    assert "TEXT\\a.txt" in said[0]


# --- pictures -----------------------------------------------------------------------------------


NUMBER = "EVB-000000017"


@pytest.mark.parametrize(("mode", "ending", "kind"), [("L", "tif", "TIFF"), ("RGB", "jpg", "JPEG")])
def test_a_page_bears_its_number(mode: str, ending: str, kind: str) -> None:
    marked = stamped(Image.new(mode, (850, 1100), "white"), NUMBER)
    assert isinstance(marked, Image.Image)
    assert marked.size == (850, 1100)
    corner = marked.convert("L").crop((600, 1000, 850, 1100))
    assert corner.getextrema()[0] == 0
    assert marked.convert("L").crop((0, 0, 850, 1000)).getextrema() == (255, 255)
    data, got = page_file(marked, "tiff", 100)
    with Image.open(io.BytesIO(data)) as image:
        assert (got, image.format) == (ending, kind)
        assert round(float(image.info["dpi"][0])) == 100


def drawing(width: int, height: int) -> Image.Image:
    """Grey dots all over, but for the lower right quarter."""
    dots = np.random.default_rng(3).integers(0, 256, (height, width), np.uint8)
    dots[height // 2 :, width // 2 :] = 255
    return Image.fromarray(dots)


@pytest.mark.parametrize("width", [840, 841, 847])
def test_ink_is_stamped_and_written_as_the_same_page_in_greys(width: int) -> None:
    dots = np.asarray(drawing(width, 1100)) < DARK
    page = ink.from_bits((width, 1100), np.packbits(dots, axis=1).tobytes())
    made = page_file(stamped(page, NUMBER), "tiff", 100)
    assert made == page_file(stamped(drawing(width, 1100), NUMBER), "tiff", 100)
    with Image.open(io.BytesIO(made[0])) as image:
        shown = ~np.asarray(image)
    assert (shown[:900] == dots[:900]).all()
    assert shown[1000:, width - 250 :].any()


@pytest.mark.parametrize("mode", ["ink", "L", "RGB"])
@pytest.mark.parametrize(("width", "height"), [(850, 1100), (16, 16), (1, 900), (2000, 9)])
def test_a_stamp_covers_nothing_and_is_never_cut(mode: str, width: int, height: int) -> None:
    """What is black all over, or too small for its number, becomes larger."""
    black = Image.new("L" if mode == "ink" else mode, (width, height), "black")
    page = ink.from_image(black) if mode == "ink" else black
    data, _ = page_file(stamped(page, NUMBER), "tiff", 100)
    with Image.open(io.BytesIO(data)) as image:
        shown = np.asarray(image.convert("L")) < DARK
    assert shown[:height, :width].all()
    beside = shown.copy()
    beside[:height, :width] = False
    dark = np.argwhere(beside)
    whole = np.argwhere(np.asarray(stamped(Image.new("L", (850, 1100), "white"), NUMBER)) < DARK)
    assert tuple(np.ptp(dark, axis=0)) == tuple(np.ptp(whole, axis=0))


# --- profiles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "dpi"), [((34, 40), 4), ((1275, 1650), 150), ((9, 4000), 1)])
@pytest.mark.parametrize("inked", [True, False])
def test_a_page_has_as_many_dots_as_receivers_ask_for(
    size: tuple[int, int], dpi: int, inked: bool
) -> None:
    """But never so many that one page fills the memory; and nothing of it is lost."""
    image = Image.new("L", size, 255)
    image.putpixel((size[0] - 1, 0), 0)
    finer, shown = fine(ink.from_image(image) if inked else image, dpi, 300)
    times = shown // dpi
    assert finer.size == (size[0] * times, size[1] * times)
    assert shown >= 300 or size[1] * size[0] * (times + 1) ** 2 > 60_000_000
    data, _ = page_file(finer, "tiff", shown)
    with Image.open(io.BytesIO(data)) as read:
        assert read.convert("L").crop((0, 0, *finer.size)).getbbox() is not None
        assert read.info["dpi"] == (shown, shown)
        dark = read.convert("L").point(lambda dot: 255 - dot).getbbox()
    assert dark == (finer.size[0] - times, 0, finer.size[0], times)


def test_a_fine_page_stays_as_it_is() -> None:
    image = Image.new("L", (2550, 3300), 255)
    assert fine(image, 300, 300) == (image, 300)
    assert fine(image, 299, 300) == (image, 299)


def test_all_that_are_shipped_can_be_used() -> None:
    assert [profiles.load(name).name for name in profiles.names()] == ["concordance", "text"]


@pytest.mark.parametrize(
    ("table", "key", "value", "said"),
    [
        ("delimiters", "quote", "ab", "one character"),
        ("delimiters", "separator", "a", "no letter"),
        ("delimiters", "newline", "þ", "different"),
        ("delimiters", "encoding", "latin-1", "utf-8"),
        ("numbers", "prefix", "a b", "prefix"),
        ("numbers", "digits", 40, "from 3 to 12"),
        ("volumes", "files", True, "number"),
        ("images", "format", "gif", "tiff"),
        ("columns", "BEGBATES", "start", "no field"),
    ],
)
def test_a_mistake_in_a_profile_is_a_sentence(
    tmp_path: Path, table: str, key: str, value: object, said: str
) -> None:
    text = resource("profiles", "loadfile-concordance.toml").read_text("utf-8")
    data = tomllib.loads(text)
    data[table][key] = value
    with pytest.raises(UserError, match=said):
        profiles.parse(data, "mine")
    del data[table][key]
    with pytest.raises(UserError):
        profiles.parse(data, "mine")


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = = b")
    for name in (str(tmp_path / "x.toml"), "nothing"):
        with pytest.raises(UserError, match="profile"):
            profiles.load(name)
