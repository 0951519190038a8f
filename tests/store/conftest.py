"""A case.db and a catalogue.db of their own for each test, with keys that cost nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.ledger import Act, Kind
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.vault import database
from evidencebox.vault.anchor import Anchor
from evidencebox.vault.signing import Signer

KEY = b"k" * 32
CASE = "9b2f6f0e-6f0b-4d0e-8a39-3f2f7f6f4d11"


class Desk:
    """What a test does with one case.db: opens it, acts on it, and reaches under its guard."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "case.db"
        self.ann, self.ben = Signer(b"a" * 32), Signer(b"b" * 32)
        self._opened: list[Decided] = []
        database.create(self.path)
        self.open(new=True)

    def open(self, *, new: bool = False) -> Decided:
        connect = functools.partial(database.connect, self.path, KEY, journal="DELETE", new=new)
        opened = Decided(connect, CASE, Anchor(self.folder / "anchor.log", KEY))
        self._opened.append(opened)
        return opened

    @property
    def decided(self) -> Decided:
        return self._opened[-1]

    def close(self) -> None:
        while self._opened:
            self._opened.pop().close()

    def act(
        self, kind: Kind, *targets: dict[str, Any], by: Signer | None = None, **payload: Any
    ) -> Act:
        return self.decided.act(Draft(kind, targets, payload), by or self.ann)

    def tag(self, document: str, harm: int = 1, *, by: Signer | None = None, **place: Any) -> Act:
        target = {"document": document, "officer": "off-1", **place}
        payload = {"harm": harm, "categories": ["medical"], "note": "n", "paths": ["a/b.txt"]}
        return self.act(Kind.TAG, target, by=by, **payload)

    def harms(self) -> dict[str, int]:
        return {tag.anchor.document: int(tag.harm) for tag in self.decided.tags()}

    def raw(self, *statements: str) -> list[Any]:
        """Statements past SQLAlchemy, with every guard of the tables taken away."""
        connection = database.connect(self.path, KEY, journal="DELETE")
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        rows: list[Any] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        connection.close()
        return rows


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Desk]]:
    """Makes as many as are asked for: for the many examples of one property."""
    made: list[Desk] = []

    def make() -> Desk:
        while made:
            made.pop().close()
        made.append(Desk(tmp_path_factory.mktemp("case")))
        return made[-1]

    yield make
    while made:
        made.pop().close()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    path = tmp_path / "catalogue.db"
    database.create(path)
    opened = Catalogue(functools.partial(database.connect, path, KEY, journal="WAL", new=True))
    yield opened
    opened.close()
