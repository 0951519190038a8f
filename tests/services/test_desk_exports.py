"""Exports as the window asks for them: counted before, stopped without a trace, verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import QueryError, UserError
from evidencebox.model.exports import Pii, Request
from evidencebox.model.harm import Harm
from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.review import Anchor
from evidencebox.services import exhibits, officers, tags
from evidencebox.services.case import Case
from evidencebox.services.desk_exports import Exports
from evidencebox.services.search import search
from tests.services.making import PASSPHRASE, make_case, plant, take


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Three documents: one tagged, one sealed, one an exhibit."""
    folder = tmp_path_factory.mktemp("desk-exports")
    texts = {"one.txt": "Dana Whitlow here.", "two.txt": "Sealed words.", "three.txt": "Canteen."}
    plant(folder / "trove", texts)
    case = make_case(folder / "case")
    take(case, folder / "trove")
    dana = officers.add(case, last="Whitlow", first="Dana", badge="101")
    tags.tag(case, Anchor(named(case, "one.txt"), 1), dana, Harm.HIGH, ["address"], "")
    tags.tag(case, Anchor(named(case, "two.txt"), 1), dana, Harm.HIGH, ["sexual_abuse"], "")
    exhibits.add(case, named(case, "three.txt"))
    yield case
    case.close()


def named(case: Case, name: str) -> DocumentId:
    return next(r.sha256 for r in case.catalogue.each() if r.name == name and r.sha256)


def test_what_there_is_says_what_it_asks_for(made: Case) -> None:
    kinds = {kind.name: kind for kind in Exports(made).kinds()}
    assert next(iter(kinds)) == "exhibits"
    assert (kinds["dossier"].asks, kinds["loadfile"].asks) == ("officer", "query")
    assert kinds["loadfile"].profiles == ("concordance", "text")
    assert kinds["persons"].levels == tuple(Pii)
    assert not kinds["statistics"].scoped


def test_counting_records_nothing_and_tells_sealed_apart(made: Case, tmp_path: Path) -> None:
    exports, head = Exports(made), made.decided.head()
    count = exports.count(Request("hits", tmp_path / "x", query=""))
    assert (count.documents, count.sealed, count.reported, count.lead) == (2, 1, 0, True)
    one = (named(made, "one.txt"),)
    assert exports.count(Request("hits", tmp_path / "x", documents=one)).documents == 1
    assert exports.count(Request("exhibits", tmp_path / "x")).documents == 1
    assert exports.count(Request("failures", tmp_path / "x")).sealed == 0
    with pytest.raises(QueryError):
        exports.count(Request("hits", tmp_path / "x", query="("))
    assert made.decided.head() == head


def test_the_exhibits_are_found_by_a_query(made: Case) -> None:
    wanted = (named(made, "three.txt"),)
    assert search(made, "has:exhibit").documents == wanted
    assert search(made, "exhibit:px-1").documents == wanted
    assert search(made, "exhibit:PX-2").documents == ()


def test_a_selection_goes_out_and_verifies(made: Case, tmp_path: Path) -> None:
    exports, out, heard = Exports(made), tmp_path / "out", list[tuple[int, int]]()
    request = Request("hits", out, documents=(named(made, "one.txt"),), without_sealed=True)
    exports.make(request, PASSPHRASE, lambda *far: heard.append(far))
    lines = (out / "hits.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert exports.verify(out).holds
    (out / "hits.csv").write_bytes(b"x")
    assert [name for name, _ in exports.verify(out).wrong] == ["hits.csv"]
    with pytest.raises(UserError, match="never overwrites"):
        exports.make(request, PASSPHRASE)


def test_stopped_or_refused_nothing_remains(made: Case, tmp_path: Path) -> None:
    exports = Exports(made)
    before = len(made.decided.acts_of((Kind.HANDED,)))
    request = Request("exhibits", tmp_path / "book", without_sealed=True)
    with pytest.raises(UserError, match="stopped"):
        exports.make(request, PASSPHRASE, cancelled=lambda: True)
    with pytest.raises(UserError):
        exports.make(request, "not the passphrase")
    with pytest.raises(UserError, match="choose one that is there"):
        exports.make(Request("hits", tmp_path / "no" / "x"), PASSPHRASE)
    exports.stop()
    with pytest.raises(UserError, match="stopped"):
        exports.make(request, PASSPHRASE)
    assert list(tmp_path.iterdir()) == []
    assert len(made.decided.acts_of((Kind.HANDED,))) == before
