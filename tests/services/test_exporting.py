"""Exports of a case: what may go out, how much of whom, recorded, and the same every time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.errors import UserError
from evidencebox.export import check, layouts, loadfile_read, profiles, sealed
from evidencebox.model.exports import Exported, Pii
from evidencebox.model.harm import Harm
from evidencebox.model.ledger import Kind
from evidencebox.model.people import Officer
from evidencebox.model.review import Anchor
from evidencebox.services import custody, exhibits, exporting, officers, reports, tags
from evidencebox.services.case import Case
from evidencebox.services.exporting import Request
from evidencebox.services.exporting_kinds import KINDS, run
from evidencebox.vault import age
from tests.services.making import PASSPHRASE, make_case, plant, take

OWN = {"manifest.json", "manifest.sig", "SHA256SUMS"}
NAMES = ("Whitlow", "Peña", "Dana", "dana@pd.example", "dossier-of", "=1+1", "R. Viewer", "101")
LISTS = ("persons", "exposures", "tags", "hits", "failures", "statistics", "matrix", "report")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Three documents, two people, a tag that is sealed and two that are not."""
    folder = tmp_path_factory.mktemp("exporting")
    texts = {
        "dossier-of-Whitlow.txt": "Detective Dana Whitlow, badge 101, lives here.",
        "two.txt": "Officer Iñaki Peña, and Detective Dana Whitlow.",
        "sealed.txt": "What nobody is to read of Dana Whitlow.",
    }
    plant(folder / "trove", texts)
    case = make_case(folder / "case")
    take(case, folder / "trove")
    dana = officers.add(case, last="Whitlow", first="Dana", badge="101", email="dana@pd.example")
    peña = officers.add(case, last="Peña", first="Iñaki", badge="102")
    by_name = {record.name: record.sha256 for record in case.catalogue.each() if record.sha256}
    for name, who, harm, categories in (
        ("dossier-of-Whitlow.txt", dana, Harm.HIGH, ["address"]),
        ("two.txt", peña, Harm.LOW, ["discipline"]),
        ("sealed.txt", dana, Harm.VERY_HIGH, ["sexual_abuse"]),
    ):
        tags.tag(case, Anchor(by_name[name], 1), who, harm, categories, "=1+1 said Dana")
    yield case
    case.close()


def export(case: Case, out: Path, kind: str, **more: object) -> Exported:
    options = {"without_sealed": True, **more}
    return run(case, Request(kind, out, **options))  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def opened(data: bytes) -> bytes:
    """A file's bytes, and those within it where it is a ZIP."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return data + b"".join(archive.read(name) for name in archive.namelist())


def who(case: Case, badge: str) -> Officer:
    return officers.one(case, badge)


@pytest.mark.parametrize("kind", LISTS)
def test_two_exports_of_one_state_have_the_same_payload(
    made: Case, tmp_path: Path, kind: str
) -> None:
    one = export(made, tmp_path / "one", kind, query="dana")
    two = export(made, tmp_path / "two", kind, query="dana")
    first, second = files(tmp_path / "one"), files(tmp_path / "two")
    assert {name for name in first if first[name] != second[name]} <= OWN
    assert set(first) == set(second)
    assert (one.payload, one.head != two.head) == (two.payload, True)
    assert check.check(tmp_path / "one", exporting.holds).wrong == ()


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("pii", [Pii.PSEUDONYMISED, Pii.COUNTS])
def test_no_name_is_in_what_names_nobody(made: Case, tmp_path: Path, kind: str, pii: Pii) -> None:
    export(made, tmp_path / "out", kind, pii=pii, query="dana")
    del_verifier = {n: d for n, d in files(tmp_path / "out").items() if not n.endswith(".py")}
    for name, data in del_verifier.items():
        for word in NAMES[:-1]:
            for coded in (word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()):
                assert coded not in opened(data), (name, word)
    if pii is Pii.COUNTS:
        documents = [d.encode() for d in made.catalogue.all_ids()]
        held = b"".join(opened(data) for data in del_verifier.values())
        assert not any(document in held for document in documents)


def test_a_code_is_the_same_in_every_export(made: Case) -> None:
    codes = exporting.Codes(made)
    dana = who(made, "101").id
    assert codes.of(dana) == exporting.Codes(made).of(dana) != codes.of(who(made, "102").id)


def test_what_is_sealed_needs_a_leads_reason(made: Case, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="with a reason that is recorded"):
        export(made, tmp_path / "out", "tags", without_sealed=False)
    with pytest.raises(UserError, match="reason"):
        export(made, tmp_path / "out", "tags", without_sealed=False, unseal=" ")
    assert not (tmp_path / "out").exists()
    export(made, tmp_path / "without", "tags")
    export(made, tmp_path / "with", "tags", without_sealed=False, unseal="filing")
    assert b"sexual_abuse" not in files(tmp_path / "without")["tags.csv"]
    assert b"sexual_abuse" in files(tmp_path / "with")["tags.csv"]
    act, payload = made.decided.acts_of((Kind.EXPORT,))[-1]
    assert (payload["reason"], len(act.targets)) == ("filing", 1)


def test_every_export_is_an_act_that_knows_it_again(made: Case, tmp_path: Path) -> None:
    done = export(made, tmp_path / "out", "hits", query="whitlow")
    act, payload = made.decided.acts_of((Kind.HANDED,))[-1]
    assert (payload["kind"], payload["payload"]) == ("hits", done.payload)
    said = json.loads(files(tmp_path / "out")["manifest.json"])
    assert (said["act"], said["head"]) == (act.id, made.decided.head().digest)
    proof = json.loads(files(tmp_path / "out")["receipt.json"])
    assert proof["total"] == 3
    assert "utc" not in proof


def test_reported_material_never_goes_out(made: Case, tmp_path: Path) -> None:
    record = next(r for r in made.catalogue.each() if r.name == "two.txt")
    assert record.sha256
    custody.report_material(made, record.sha256)
    try:
        export(made, tmp_path / "out", "hits", query="", without_sealed=False, unseal="filing")
        assert b"two.txt" not in files(tmp_path / "out")["hits.csv"]
    finally:
        custody.withdraw_report(made, record.sha256)


def test_an_export_that_fails_records_nothing(made: Case, tmp_path: Path) -> None:
    before = made.decided.head()
    (tmp_path / "out").mkdir()
    for kind, out in (("tags", "out"), ("loadfile", "new"), ("nothing", "new")):
        with pytest.raises(UserError):
            export(made, tmp_path / out, kind)
    with pytest.raises(UserError, match="with all data"):
        export(made, tmp_path / "new", "loadfile", query="", pii=Pii.COUNTS)
    assert made.decided.head() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_passphrase_is_asked_again(made: Case) -> None:
    exporting.confirm(made, PASSPHRASE)
    with pytest.raises(UserError, match="passphrase"):
        exporting.confirm(made, PASSPHRASE + "x")


def test_an_encrypted_export_says_nothing_outside(
    made: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "LOG_N", 10)
    export(made, tmp_path / "shut", "persons", passphrase="nine loud herons")
    assert "more" in json.loads(files(tmp_path / "shut")["manifest.json"])
    held = b"".join(files(tmp_path / "shut").values())
    assert not any(name.encode() in held for name in ("Whitlow", "persons", "R. Viewer"))
    sealed.decrypt(tmp_path / "shut", "nine loud herons", tmp_path / "back")
    assert check.check(tmp_path / "back", exporting.holds).wrong == ()
    assert b"Whitlow" in files(tmp_path / "back")["persons.csv"]


def test_a_production_reads_back_and_keeps_its_numbers(made: Case, tmp_path: Path) -> None:
    """The numbers in the load file are those on the pages, in both productions."""
    for name in ("one", "two"):
        export(made, tmp_path / name, "loadfile", query="", natives=True)
    profile = profiles.load("concordance")
    assert list(loadfile_read.problems(tmp_path / "one", profile)) == []
    first, second = files(tmp_path / "one"), files(tmp_path / "two")
    assert {name for name in first if first[name] != second[name]} <= OWN
    rows = list(loadfile_read.read_dat(first["VOL001/DATA/VOL001.dat"], profile))
    assert [row["BEGBATES"] for row in rows] == ["EVB-000000001", "EVB-000000002"]
    natives = [name for name in first if "/NATIVES/" in name]
    assert len(natives) == 2
    assert all(name.endswith(".txt.untrusted") for name in natives)
    texts = b"".join(data for name, data in first.items() if "/TEXT/" in name)
    assert b"lives here" in texts
    assert b"nobody is to read" not in b"".join(first.values())


def test_what_is_privileged_goes_out_as_a_slip_sheet(made: Case, tmp_path: Path) -> None:
    record = next(r for r in made.catalogue.each() if r.name == "two.txt")
    assert record.sha256
    tags.label(made, record.sha256, "privileged")
    try:
        export(made, tmp_path / "out", "loadfile", query="peña", natives=True, profile="text")
        export(made, tmp_path / "log", "privilege-log")
    finally:
        tags.label(made, record.sha256, "privileged", on=False)
    held = files(tmp_path / "out")
    assert not any("NATIVES" in name for name in held)
    assert "Iñaki".encode() not in b"".join(held.values())
    assert record.id.encode() in files(tmp_path / "log")["privilege-log.csv"]


def test_a_report_says_what_was_found(made: Case) -> None:
    scope = exporting.Scope(tuple(made.catalogue.all_ids()))
    report = reports.exposure_report(made, scope, Pii.FULL)
    assert [section.title for section in report.sections] == [
        "Method",
        "Findings",
        "People",
        "Limits",
        "Appendix: hashes",
    ]
    assert "2 were tagged with some harm" in " ".join(report.sections[1].paragraphs)


def test_a_dossier_blacks_out_everybody_else(made: Case, tmp_path: Path) -> None:
    export(made, tmp_path / "out", "dossier", officer="102")
    held = files(tmp_path / "out")
    (text,) = (data.decode() for name, data in held.items() if name.endswith(".txt"))
    assert "Peña" in text
    assert "Whitlow" not in text
    whole = b"".join(opened(data) for name, data in held.items())
    assert b"Whitlow" not in whole
    assert {"dossier.pdf", "dossier.docx", "certificate-902-14-draft.pdf"} <= set(held)
    with pytest.raises(UserError, match="Say whose dossier"):
        export(made, tmp_path / "no", "dossier")


def test_exhibits_and_redactions_are_listed(made: Case, tmp_path: Path) -> None:
    record = next(r for r in made.catalogue.each() if r.name == "two.txt")
    assert record.sha256
    exhibits.add(made, record.sha256, description="=Report")
    export(made, tmp_path / "out", "exhibit-list")
    said = files(tmp_path / "out")["exhibit-list.csv"].decode("utf-8-sig")
    assert '"PX-1","","","","","\'=Report"' in said
    assert record.sha256 in said
    export(made, tmp_path / "log", "redaction-log")
    assert files(tmp_path / "log")["redaction-log.csv"].startswith(b'\xef\xbb\xbf"RedactionID"')


def test_an_exhibit_bears_the_number_of_its_book(made: Case, tmp_path: Path) -> None:
    """Not that of a production, before or after; a book of another prefix counts, too."""

    def listed() -> str:
        (line,) = (each for each in exhibits.lines(made) if each["number"] == "PX-9")
        return str((line["bates"] or [""])[0])

    record = next(r for r in made.catalogue.each() if r.name == "two.txt")
    assert record.sha256
    exhibits.add(made, record.sha256, number="PX-9")
    export(made, tmp_path / "one", "loadfile", query="", profile="text")
    assert listed() == ""
    wanted = [(record.sha256, (), 1)]
    exhibits.numbered(made, "OTHER-", 4, wanted)
    assert listed() == "OTHER-0001"
    export(made, tmp_path / "two", "loadfile", query="", profile="text")
    exhibits.numbered(made, "PLF-", 9, wanted)
    exhibits.numbered(made, "THIRD-", 9, wanted)
    assert listed() == "PLF-000000001"
    exhibits.change(made, "PX-9", {"withdrawn": "done with"})


def test_every_kind_has_words() -> None:
    assert all(kind.words for kind in KINDS.values())


def test_the_profile_of_lists_has_every_column_there_is(made: Case, tmp_path: Path) -> None:
    """Else an editor of it would not know what there is, and a column would be lost."""
    seen = set[str]()
    for kind in ("persons", "exposures", "tags", "hits", "failures", "statistics"):
        export(made, tmp_path / kind, kind, query="")
    for kind in ("privilege-log", "exhibit-list", "redaction-log"):
        export(made, tmp_path / kind, kind)
    for file in tmp_path.rglob("*.csv"):
        first = file.read_text("utf-8-sig").splitlines()[0]
        titles = next(csv.reader([first]))
        assert list(layouts.load()[file.stem]) == titles, file.stem
        seen.add(file.stem)
    assert seen == set(layouts.load())


def test_a_changed_profile_changes_the_columns(made: Case, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[tags]\nWho = "Officer"\nDocument = "DocID"\n')
    export(made, tmp_path / "out", "tags", profile=str(tmp_path / "mine.toml"))
    first, *rows = files(tmp_path / "out")["tags.csv"].decode("utf-8-sig").splitlines()
    assert first == '"Who","Document"'
    assert rows[0].startswith('"Whitlow, Dana","EB-')
