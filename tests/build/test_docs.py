"""The documents: no link leads nowhere, every decision is in the index, every library is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")


def prose(document: Path) -> str:
    """The text without code, where brackets mean something else."""
    text = document.read_text(encoding="utf-8")
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(prose(document))]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = {path.name for path in folder.glob("[0-9]*.md")}
    assert records
    assert set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", index)) == records


def test_every_shipped_library_has_its_licence_named() -> None:
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    named = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8").lower()
    plain = re.sub(r"[._]", "-", named)
    assert [name for name in locked if name not in plain] == []


def test_licence_texts_are_shipped() -> None:
    texts = ROOT / "resources" / "licences"
    assert "SIL OPEN FONT LICENSE" in (texts / "Inter-OFL.txt").read_text(encoding="utf-8")
    assert "LESSER GENERAL PUBLIC" in (texts / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert "GENERAL PUBLIC" in (texts / "GPL-3.0.txt").read_text(encoding="utf-8")
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
