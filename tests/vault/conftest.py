"""Cheap keys, so that tests of what a key opens do not wait for its stretching."""

from __future__ import annotations

import pytest

from evidencebox.vault import keys


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "FLOOR", keys.KdfCost(64, 1, 4))
