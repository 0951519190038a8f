"""A list's columns are those of its profile; a mistake in one is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.export.layouts import arranged, load
from evidencebox.export.tables import Column, Table


def table() -> Table:
    columns = (Column("DocID", 9), Column("SHA256", 24), Column("Status", 7, "says"))
    return Table("failures", "Failures", columns, [["EB-1", "ab", "failed"]])


def test_ours_changes_nothing() -> None:
    made = arranged(table(), load())
    assert [column.title for column in made.columns] == ["DocID", "SHA256", "Status"]
    assert list(made.rows) == [["EB-1", "ab", "failed"]]


def test_a_changed_profile_changes_titles_order_and_number(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[failures]\n"What became" = "Status"\nNo = "DocID"\n')
    made = arranged(table(), load(str(tmp_path / "mine.toml")))
    assert [(c.title, c.width) for c in made.columns] == [("What became", 7), ("No", 9)]
    assert list(made.rows) == [["failed", "EB-1"]]
    other = Table("hits", "Hits", (Column("A"),), [["x"]])
    assert arranged(other, load(str(tmp_path / "mine.toml"))) is other


def test_what_a_level_does_not_show_no_profile_brings_back(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[failures]\nPath = "Path"\nNo = "DocID"\n')
    made = arranged(table(), load(str(tmp_path / "mine.toml")))
    assert [column.title for column in made.columns] == ["No"]
    (tmp_path / "mine.toml").write_text('[failures]\nPath = "Path"\n')
    with pytest.raises(UserError, match="no column"):
        arranged(table(), load(str(tmp_path / "mine.toml")))


@pytest.mark.parametrize("text", ["x", "[nothing]\na = 'b'", "[failures]\nA = 'Nothing'", "f = 1"])
def test_a_mistake_is_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(UserError, match=r"mine\.toml"):
        load(str(tmp_path / "mine.toml"))
    with pytest.raises(UserError, match="no profile"):
        load(str(tmp_path / "none.toml"))
