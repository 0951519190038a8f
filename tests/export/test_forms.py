"""Forms: ours and those of one's own by name, any by its path; a mistake is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.export import forms, layouts, profiles, report_forms, stamps

OURS = resource("profiles", "reports.toml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one's own forms."""
    monkeypatch.setattr(forms, "settings_file", lambda: tmp_path / "desk.ini")
    forms.own_folder().mkdir()
    return forms.own_folder()


@pytest.mark.parametrize("family", ["exhibits", "lists", "loadfile", "reports"])
def test_ones_own_stand_beside_ours(own: Path, family: str) -> None:
    ours = forms.names(family)
    assert ours
    file = forms.find(family, ours[0])
    (own / f"{family}-firm.toml").write_bytes(file.read_bytes())
    (own / file.name).write_text("ours is not overridden")
    assert forms.names(family) == [*ours, "firm"]
    assert forms.find(family, "firm") == own / f"{family}-firm.toml"
    assert forms.find(family, ours[0]) == file
    with pytest.raises(UserError, match=f"{ours[0]}.*firm, or a file"):
        forms.find(family, "none")


def test_all_that_are_shipped_can_be_used(own: Path) -> None:
    assert own.is_dir()
    for name in forms.names("lists"):
        assert layouts.load(name)
    for name in forms.names("reports"):
        assert set(report_forms.load(name)) == {"report", "matrix", "dossier", "certificate"}
    for name in forms.names("loadfile"):
        assert profiles.load(name).columns
    for name in forms.names("exhibits"):
        assert stamps.read_profile(forms.find("exhibits", name)).bates_digits


def test_a_copy_is_found_by_its_name(own: Path) -> None:
    file = forms.free("reports")
    assert file == own / "reports-mine.toml"
    forms.copy("reports", "", file)
    assert forms.names("reports") == ["reports", "mine"]
    assert report_forms.load("mine") == report_forms.load()
    assert forms.free("reports") == own / "reports-mine2.toml"
    with pytest.raises(UserError, match="cannot be written"):
        forms.copy("reports", "", own / "no" / "reports-x.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('firm = ""', "firm = 3", "firm has to be a text"),
        ('firm = ""', 'firm = "a\\nb"', "firm has to be one line"),
        ('firm = ""', 'form = ""', "has no form"),
        ('"method", ', '"methods", ', "'methods'; it can have method, findings"),
        ('"method", ', '"findings", ', "names something twice"),
        ('Badge = "badge"', 'Badge = "salary"', "'salary' is no field of"),
        ("[dossier]", "[dossiers]", "no \\[dossiers\\]"),
        ('title = "Exposure report"', 'title = ""', "title has to be"),
        ('signature = ["Name", "Position"', 'signature = [1, "Position"', "list of texts"),
        ("[report]", "[report", "cannot be read"),
    ],
)
def test_a_mistake_is_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in OURS
    (tmp_path / "mine.toml").write_text(OURS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=said) as error:
        report_forms.load(str(tmp_path / "mine.toml"))
    assert "mine.toml" in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("digits = 9", "digits = 90", "digits has to be a number from 1 to 12"),
        ("digits = 9", "digits = 9.5", "whole number"),
        ('"bottom right"', '"middle"', "position has to be one of top left"),
        ('paper = "letter"', 'paper = "folio"', "letter, a4"),
        ("size = 12", "size = 12\nbold = true", "has no bold"),
    ],
)
def test_a_mistake_in_stamps_is_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    ours = resource("profiles", "exhibits.toml").read_text(encoding="utf-8")
    assert old in ours
    (tmp_path / "mine.toml").write_text(ours.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=said):
        stamps.read_profile(tmp_path / "mine.toml")
