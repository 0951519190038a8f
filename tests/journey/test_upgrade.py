"""A case that an earlier version wrote opens, with everything that was found and decided in it.

The cases are made by `build/stored_case.py`, one for each release.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import stored_case

from evidencebox import __version__
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.services import case as cases
from evidencebox.services import tags, verify
from evidencebox.services.case import Case
from evidencebox.services.search import hits, search
from evidencebox.store import migrate

STORED = sorted(stored_case.CASES.glob("*.zip"))


@pytest.fixture(params=STORED, ids=lambda path: path.stem)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path)
    case = cases.unlock(tmp_path / "stored.evidencebox", stored_case.PASSPHRASE)
    yield case
    case.close()


def test_every_release_has_kept_a_case() -> None:
    assert __version__ in {path.stem for path in STORED}


def test_what_was_found_and_decided_is_there_and_more_can_be_decided(stored: Case) -> None:
    assert migrate.revision(stored.decided._engine) == migrate.HEADS["case"]
    assert migrate.revision(stored.catalogue.engine) == migrate.HEADS["catalogue"]
    (tag,) = stored.decided.tags()
    assert (tag.harm, tag.note) == (Harm.HIGH, stored_case.NOTE)
    found = search(stored, stored_case.QUERY)
    assert tag.anchor.document in found.documents
    assert next(hits(stored, found, 1)).snippet
    assert search(stored, "harm:>=3").documents == (tag.anchor.document,)
    acts = _acts(stored)
    other = next(d for d in found.documents if d != tag.anchor.document)
    tags.tag(stored, Anchor(other), stored.decided.officers()[1], Harm.LOW, [], "")
    assert len(stored.decided.tags()) == 2
    assert _acts(stored) == acts + 1


def _acts(case: Case) -> int:
    """How many acts the ledger has; every one of them has to hold."""
    findings, acts, _ = verify.verify_case(case)
    assert findings == []
    return acts
