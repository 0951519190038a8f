"""The licence of every part goes out with it."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import package_licences
import pytest


@pytest.mark.parametrize("name", ["PySide6-Essentials", "pypdfium2", "python-stdnum", "pyrage"])
def test_what_is_shipped_has_a_text(name: str) -> None:
    text = "\n".join(package_licences.texts(metadata.distribution(name)))
    assert len(text) > 500
    assert "license" in text.lower()


def test_a_package_without_a_text_stops_the_build(tmp_path: Path) -> None:
    info = tmp_path / "bare-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1\n", "utf-8")
    (info / "RECORD").write_text("bare-1.dist-info/METADATA,,\n", "utf-8")
    with pytest.raises(package_licences.NoTextError, match="bare"):
        package_licences.texts(metadata.PathDistribution(info))
    with pytest.raises(package_licences.NoTextError, match="install libnothing again"):
        package_licences.of_debian("libnothing", tmp_path)
