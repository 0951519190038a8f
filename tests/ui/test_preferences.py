"""The settings file: written when asked, and not once more behind one's back."""

from __future__ import annotations

import gc
from pathlib import Path

from evidencebox.ui.preferences import Preferences


def test_what_was_flushed_is_not_written_again_later(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "desk.ini"
    preferences = Preferences(file)
    preferences.percent = 150
    preferences.flush()
    assert file.is_file()
    file.unlink()
    file.parent.rmdir()
    del preferences
    gc.collect()
    assert not file.parent.exists()
