"""A decision never waits for an import: tags are set while one runs, and all of them are kept."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.services import tags, verify
from evidencebox.services.case import Case
from tests.services.making import by_path, person, plant, take


@pytest.mark.parametrize("files", [150, pytest.param(3000, marks=pytest.mark.long)])
def test_tags_are_set_while_an_import_runs(empty: Case, tmp_path: Path, files: int) -> None:
    trove = plant(tmp_path / "t", {"first.txt": "to be tagged"})
    take(empty, trove)
    document = by_path(empty)["first.txt"].sha256
    assert document is not None
    who = person(empty, "7")
    plant(trove, {f"{n}.txt": f"number {n} of them" for n in range(files)})
    running, ended = threading.Event(), threading.Event()

    def ingest() -> None:
        try:
            take(empty, trove, progress=lambda _: running.set())
        finally:
            running.set()
            ended.set()

    thread = threading.Thread(target=ingest)
    thread.start()
    set_meanwhile = 0
    try:
        assert running.wait(60)
        while not ended.is_set() and set_meanwhile < 200:
            tags.tag(empty, Anchor(document), who, Harm(set_meanwhile % 5))
            set_meanwhile += 1
    finally:
        thread.join()
    assert set_meanwhile > 0
    assert empty.catalogue.count() == files + 1
    assert len(tags.history(empty, document)) == set_meanwhile
    assert verify.verify_case(empty)[0] == []
