"""What scripts rely on: names, shapes of JSON lines, exit statuses, streams."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencebox import app
from evidencebox.errors import QueryError
from evidencebox.model.documents import DocumentType, Status
from tests.cli.conftest import Run
from tests.services.making import PASSPHRASE, REVIEWER, plant

Find = Callable[[str], str]
NUMBER = (int, float)


def shape(line: dict[str, Any], **expected: Any) -> None:
    """The keys are exactly these and the values of these types; None among them allows null."""
    assert set(line) == set(expected)
    for key, kinds in expected.items():
        kinds = kinds if isinstance(kinds, tuple) else (kinds,)
        allowed = tuple(type(None) if kind is None else kind for kind in kinds)
        assert isinstance(line[key], allowed), (key, line[key])
        assert bool in allowed or not isinstance(line[key], bool), key


# --- ingest, documents, text, failures, retry ---------------------------------------------------


def test_ingest(run: Run, case: str, prepared: Path) -> None:
    said = run("ingest", case, prepared / "trove", "--json", "--workers", "1", "--custodian", "C")
    (line,) = said.json
    shape(
        line,
        files=int,
        bytes=int,
        documents=int,
        failures=int,
        seconds=NUMBER,
        cancelled=bool,
        sandbox=str,
        ocr_pages=int,
        ocr_waiting=int,
    )
    assert (line["files"], line["documents"], line["failures"]) == (7, 8, 1)
    assert said.status == 1
    assert "odd.xyz" in said.err
    assert run("ingest", case, prepared / "trove", "--no-ocr-wait", "--ocr", "off").out == ""


def test_ingest_without_failures_ends_with_0(run: Run, case: str, tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    new = tmp_path / "new"
    assert run("new", new).status == 0
    said = run("ingest", new, tmp_path / "t", "--json")
    assert said.status == 0
    assert said.json[0]["files"] == 0


def test_documents(run: Run, case: str) -> None:
    said = run("documents", case, "--json")
    assert said.status == 0
    for line in said.json:
        shape(
            line,
            sha256=str,
            id=str,
            locations=list,
            type=str,
            media_type=str,
            status=str,
            reason=str,
            pages=int,
            chars=int,
            parents=list,
            children=list,
            size=int,
            date=(str, None),
            title=str,
            thread=(str, None),
        )
        assert line["status"] in set(Status)
        assert (line["thread"] is not None) == (line["type"] == "mail")
        assert line["type"] in set(DocumentType)
        assert line["id"].startswith("EB-")
        assert all(set(place) <= {"path", "path_b64", "custodian"} for place in line["locations"])
        assert (line["reason"] != "") == (line["status"] not in ("ok", "empty"))
    by_path = {place["path"]: line for line in said.json for place in line["locations"]}
    assert len(by_path["twice.txt"]["locations"]) == 2
    assert by_path["box.zip/inner.txt"]["parents"] == [by_path["box.zip"]["sha256"]]
    assert by_path["box.zip"]["children"] == [by_path["box.zip/inner.txt"]["sha256"]]
    assert by_path["mails/letter.eml"]["title"] == "Überprüfung"
    assert "Überprüfung" in said.out  # as UTF-8, not as escapes
    plain = run("documents", case)
    assert len(plain.out.splitlines()) == len(said.json)


def test_text(run: Run, case: str, sha: Find) -> None:
    long = sha("name:long.txt")
    whole = run("text", case, long)
    assert whole.status == 0
    pages = whole.out.split("\f")
    assert len(pages) > 1
    one = run("text", case, long, "--page", "2")
    assert one.out.strip() == pages[1].strip()
    assert run("text", case, long[:12]).out == whole.out
    (line,) = [r for r in run("documents", case, "--json").json if r["sha256"] == long]
    assert run("text", case, line["id"]).out == whole.out
    assert run("text", case, line["id"].lower()).out == whole.out
    assert run("text", case, long, "--layer", "ocr").out == ""
    assert "no page 99" in run("text", case, long, "--page", "99").refused()
    assert "There is no document abcdef12 in this case" in run("text", case, "abcdef12").refused()
    assert "is no document" in run("text", case, "a OR b").refused()


def test_failures_and_retry(run: Run, case: str, prepared: Path, sha: Find) -> None:
    said = run("failures", case, "--json")
    assert said.status == 0
    (line,) = said.json
    shape(line, sha256=(str, None), path=str, status=str, stage=str, reason=str)
    assert (line["path"], line["status"]) == ("odd.xyz", "unsupported")
    again = run("retry", case, "--json")
    assert again.status == 1
    assert again.json[0]["failures"] == 1
    assert run("retry", case, line["sha256"]).status == 1
    assert run("failures", case, "--json").json == said.json
    assert run("retry", case, "--reason", "Unsupported").status == 1
    assert "Nothing failed" in run("retry", case, "--reason", "no such words").err
    fine = run("retry", case, sha("name:long.txt"))
    assert (fine.status, fine.out) == (0, "")
    assert "Nothing failed" in fine.err
    assert "There is no document" in run("retry", case, "0" * 64).refused()


# --- search -------------------------------------------------------------------------------------


def test_search(run: Run, case: str, tmp_path: Path) -> None:
    said = run("search", case, "polygraph OR address OR same", "--json")
    head, *hits = said.json
    shape(head, total=int, ms=NUMBER, parsed=str)
    assert head["total"] == len(hits) == 3
    for hit in hits:
        shape(hit, sha256=str, path=str, page=int, score=NUMBER, snippet=str, highlights=list)
        assert hit["page"] >= 1
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len(run("search", case, "", "--json", "--limit", "0").json) == 9
    assert len(run("search", case, "", "--json", "--limit", "2").json) == 3
    assert run("search", case, "nothingatall", "--json").json[0]["total"] == 0
    (suggested,) = run("search", case, "polygrpah", "--json").json[0]["suggestions"]
    shape(suggested, word=str, instead=str, documents=int, start=int, end=int, query=str)
    assert (suggested["instead"], suggested["query"]) == ("polygraph", "polygraph")
    assert "did you mean “polygraph”?" in run("search", case, "polygrpah").err
    plain = run("search", case, "polygraph")
    assert "1 document" in plain.err
    assert "mails/letter.eml, p. 1" in plain.out
    receipt = tmp_path / "receipt.json"
    run("search", case, "polygraph", "--json", "--receipt", receipt)
    proof = json.loads(receipt.read_text("utf-8"))
    assert (proof["query"], proof["total"]) == ("polygraph", 1)
    assert "cannot be written" in run("search", case, "x", "--receipt", tmp_path).err


@pytest.mark.parametrize(
    ("query", "at"),
    [('"unbalanced', 1), ("polygraph AND (a", 15), ("colour:red", 1), ("officer harm:9", 9)],
)
def test_a_query_that_is_wrong_is_one_sentence_with_a_position(
    run: Run, case: str, query: str, at: int
) -> None:
    assert run("search", case, query, "--json").refused().endswith(f"(at character {at})")


def test_what_comes_later_is_refused_clearly(run: Run, case: str) -> None:
    for arguments in (("--limit", "-1"), ("--limit", "many")):
        assert run("search", case, "x", *arguments).refused().endswith(("`.", "hits."))
    assert "key store" in run("new", case + "2", "--keychain").refused()


def test_search_in_another_order(run: Run, case: str) -> None:
    by_size = [
        hit["sha256"] for hit in run("search", case, "", "--json", "--sort", "size").json[1:]
    ]
    backwards = run("search", case, "", "--json", "--sort", "-size").json[1:]
    sizes = {d["sha256"]: d["size"] for d in run("documents", case, "--json").json}
    assert [sizes[d] for d in by_size] == sorted(sizes.values())
    assert [sizes[h["sha256"]] for h in backwards] == sorted(sizes.values(), reverse=True)
    assert "cannot be sorted" in run("search", case, "", "--sort", "colour").refused()


def test_search_with_facets(run: Run, case: str) -> None:
    head, *_ = run("search", case, "polygraph OR address OR same", "--json", "--facets").json
    assert head["total"] == 3
    for name, values in head["facets"].items():
        for value in values:
            shape(value, value=str, clause=str, count=int)
            narrowed = f"(polygraph OR address OR same) AND ({value['clause']})"
            assert run("search", case, narrowed, "--json").json[0]["total"] == value["count"], name
    assert {v["value"] for v in head["facets"]["Folder"]} >= {"mails", "notes"}
    assert "Mail" in run("search", case, "polygraph", "--facets").out


def test_search_with_a_list(run: Run, case: str, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text('query,name\npolygraph,first\n"""open",second\nsame OR polygraph,\n')
    receipt, sheet = tmp_path / "receipt.json", tmp_path / "report.csv"
    said = run("search", case, "--list", listed, "--json", "--receipt", receipt, "--csv", sheet)
    assert said.status == 1
    head, *lines = said.json
    shape(head, total=int, with_families=int, queries=int, failed=int, ms=NUMBER)
    assert (head["total"], head["queries"], head["failed"]) == (2, 3, 1)
    assert [line["total"] for line in lines] == [1, 0, 2]
    assert [line["unique"] for line in lines] == [0, 0, 1]
    assert [line["line"] for line in lines] == [2, 3, 4]
    assert lines[1]["error"].endswith(".")
    assert lines[1]["position"] == 0
    assert [line["line"] for line in json.loads(receipt.read_text("utf-8"))["lines"]] == [2, 3, 4]
    assert len(sheet.read_text("utf-8-sig").splitlines()) == 4
    everything = run("search", case, "--list", listed, "--json", "--limit", "0").json
    assert [hit["line"] for hit in everything[4:]] == [2, 4, 4]
    plain = run("search", case, "--list", listed)
    assert plain.status == 1
    assert "2 documents for 3 queries" in plain.err
    assert run("search", case, "--list", "roster", "--json").json[0]["queries"] == 3
    assert "and not both" in run("search", case, "x", "--list", listed).refused()
    assert "and not both" in run("search", case).refused()
    assert "cannot be read" in run("search", case, "--list", tmp_path / "none").refused()
    assert "with --list" in run("search", case, "x", "--csv", sheet).refused()


def test_similar(run: Run, case: str, tmp_path: Path) -> None:
    more = plant(tmp_path / "more", {"one.txt": "blah home " * 40, "two.txt": "blah home " * 39})
    run("ingest", case, more)
    (two,) = [d["sha256"] for d in run("documents", case, "--json").json if "two.txt" in str(d)]
    (near,) = run("similar", case, two, "--json").json
    shape(near, sha256=str, path=str, similarity=NUMBER, kind=str)
    assert near["path"] == "one.txt"
    assert near["kind"] == "near-duplicate"
    assert "one.txt" in run("similar", case, two).out
    (group,) = run("similar", case, "--groups", "--json").json
    assert set(group["documents"]) == {two, near["sha256"]}
    assert "two.txt" in run("similar", case, "--groups").out
    head, first, *_ = run("similar", case, two, "--like", "--json").json
    assert "home" in head["query"]
    assert first["path"] == "one.txt"
    assert "one.txt" in run("similar", case, two, "--like").out
    changes = run("similar", case, two, "--difference", near["sha256"], "--json").json
    assert [change["same"] for change in changes] == [True, False]
    assert "+ blah home" in run("similar", case, two, "--difference", near["sha256"]).out
    assert "number from" in run("similar", case, two, "--at-least", "2").refused()
    assert "not both" in run("similar", case).refused()
    assert "0 for all" in run("similar", case, two, "--limit", "-1").refused()


def test_the_same_query_finds_the_same_documents_everywhere(
    run: Run, case: str, tmp_path: Path
) -> None:
    queries = ["same OR polygraph", "type:mail", "NOT polygraph", "notes", "id:E*"]
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(queries))
    batch = run("search", case, "--list", listed, "--json", "--limit", "0").json
    desk = app.open_desk(Path(case), PASSPHRASE)
    try:
        for number, query in enumerate(queries, 1):
            in_list = [
                hit["sha256"] for hit in batch if hit.get("line") == number and "path" in hit
            ]
            paper = tmp_path / f"{number}.json"
            alone = run("search", case, query, "--json", "--limit", "0", "--receipt", paper)
            if alone.status == 2:
                assert batch[number]["error"]
                with pytest.raises(QueryError):
                    desk.search(query)
                continue
            documents = [hit["sha256"] for hit in alone.json[1:]]
            assert in_list == documents == list(desk.search(query).documents)
            assert json.loads(paper.read_text("utf-8"))["documents"] == documents
    finally:
        desk.stop()
        desk.close()


def test_searches(run: Run, case: str) -> None:
    assert run("searches", "save", case, "Mine", "same OR polygraph", "--sort", "-date").status == 0
    (line,) = run("searches", "list", case, "--json").json
    shape(line, name=str, query=str, sort=str, reviewer=str, utc=str, total=int, new=int)
    assert (line["name"], line["sort"], line["total"], line["new"]) == ("Mine", "-date", 2, 0)
    assert "same OR polygraph" in run("searches", "list", case).out
    assert run("searches", "seen", case, "mine").status == 0
    assert "at character" in run("searches", "save", case, "Bad", '"open').refused()
    assert run("searches", "delete", case, "Mine").status == 0
    assert run("searches", "list", case, "--json").json == []
    assert run("searches", "history", case, "--json").json == []
    assert "no saved search" in run("searches", "delete", case, "Mine").refused()


# --- officers, tags -----------------------------------------------------------------------------


def test_officers(run: Run, case: str, tmp_path: Path) -> None:
    fields = ("id", "badge", "last", "first", "middle", "rank", "unit", "status", "email")
    more = ("birth_date", "aliases", "former_names", "contact", "ssn4", "role", "name")
    lines = run("officers", "list", case, "--json").json
    assert [line["badge"] for line in lines] == ["103", "102", "101"]
    for line in lines:
        shape(line, **dict.fromkeys((*fields, *more), str))
    assert lines[2]["name"] == "Whitlow, Dana K."
    added = run("officers", "add", case, "--last", "Doe", "--birth-date", "1990-01-01")
    assert added.status == 0
    assert added.out.strip() in {r["id"] for r in run("officers", "list", case, "--json").json}
    assert len(run("officers", "list", case).out.splitlines()) == 4
    (tmp_path / "odd.csv").write_text("Shield;Name;Vorname\n7;X;Y\n;Z;\n", encoding="utf-8")
    mapped = run(
        *("officers", "import", case, tmp_path / "odd.csv"),
        *("--map", "badge=Shield", "last=Name", "first=Vorname"),
    )
    assert mapped.status == 1
    assert "Line 3 was left out: It has a last name and nothing to know the person by" in mapped.err
    again = ("officers", "import", case, tmp_path / "odd.csv", "--map", "badge=Nummer")
    assert "no column “Nummer”; it has: Shield, Name, Vorname" in run(*again).refused()


def test_mentions(run: Run, case: str, sha: Find) -> None:
    letter = sha("polygraph")
    lines = run("mentions", case, "--json", "--document", letter).json
    for line in lines:
        shape(
            line,
            **dict.fromkeys(("sha256", "layer", "form", "text", "reason"), str),
            **dict.fromkeys(("page", "start", "end"), int),
            officer=dict,
            confidence=float,
            decision=None,
        )
    assert {line["officer"]["badge"] for line in lines} == {"101"}
    assert {line["decision"] for line in lines} == {None}
    named = next(line for line in lines if line["text"] == "Dana Whitlow")
    span = f"{named['start']}-{named['end']}"
    place = ("mention", case, letter, "--page", named["page"], "--span", span, "--officer", "101")
    assert run(*place, "--answer", "different", "--everywhere").status == 0
    after = run("mentions", case, "--json", "--officer", "101").json
    assert {line["decision"] for line in after if line["text"] == "Dana Whitlow"} == {"different"}
    nowhere = ("mention", case, letter, "--page", "1", "--span", "0-1", "--officer", "101")
    assert "no mention of that person" in run(*nowhere, "--answer", "same").refused()


def test_people_change_merge_and_split(run: Run, case: str) -> None:
    added = run("officers", "add", case, "--last", "Whitlo", "--first", "Dana", "--badge", "909")
    assert added.status == 0
    assert run("officers", "change", case, "909", "--rank", "Sergeant").status == 0
    assert run("officers", "merge", case, "909", "101", "--note", "misspelt").status == 0
    merged = run("officers", "list", case, "--merged", "--json").json
    assert [(m["officer"]["badge"], m["into"]["badge"]) for m in merged] == [("909", "101")]
    assert len(run("officers", "list", case).out.splitlines()) == 3
    assert run("officers", "split", case, "909").status == 0
    assert len(run("officers", "list", case).out.splitlines()) == 4
    assert run("officers", "proposals", case, "--json").status == 0


def test_tag_and_tags(run: Run, case: str, sha: Find) -> None:
    letter = sha("polygraph")
    tag = ("tag", case, letter, "--officer")
    said = run(*tag, "101", "--harm", "3", "--category", "polygraph", "--category", "family")
    assert (said.status, said.out) == (0, "")
    assert "High set for Whitlow on EB-" in said.err
    run(*tag, "102", "--harm", "1", "--page", "1", "--note", "Peña’s name")
    run(*tag, "103", "--harm", "0", "--page", "1", "--span", "4-13")
    lines = run("tags", case, "--json").json
    for line in lines:
        shape(
            line,
            sha256=str,
            id=str,
            path=str,
            page=(int, None),
            start=(int, None),
            end=(int, None),
            quote=(str, None),
            officer=dict,
            harm=int,
            harm_word=str,
            categories=list,
            note=str,
            reviewer=str,
            author=str,
            utc=str,
            act=str,
        )
        shape(line["officer"], id=str, badge=str, name=str)
        assert line["reviewer"] == REVIEWER
    by_badge = {line["officer"]["badge"]: line for line in lines}
    assert by_badge["101"]["categories"] == ["polygraph", "family"]
    assert by_badge["102"]["note"] == "Peña’s name"
    assert len(by_badge["103"]["quote"]) == 9
    assert len(run("tags", case).out.splitlines()) == 3
    assert run("search", case, "officer:Peña harm:<=1", "--json").json[0]["total"] == 1
    assert run("untag", case, letter, "--officer", "102", "--page", "1").status == 0
    assert len(run("tags", case, "--json").json) == 2
    assert run("undo", case).status == 0
    assert run("undo", case, "--redo").status == 0
    assert len(run("tags", case, "--json").json) == 2
    assert "You have no tag" in run("untag", case, letter, "--officer", "102").refused()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--officer", "999", "--harm", "3"), "No officer has the id or badge 999"),
        (("--officer", "101", "--harm", "5"), "invalid choice"),
        (
            (
                "--officer",
                "101",
            ),
            "--harm",
        ),
        (("--harm", "1"), "--officer"),
        (("--officer", "101", "--harm", "1", "--category", "gossip"), "No such category"),
        (("--officer", "101", "--harm", "1", "--page", "7"), "there is no page 7"),
        (("--officer", "101", "--harm", "1", "--span", "1-2"), "--span needs --page"),
        (("--officer", "101", "--harm", "1", "--page", "1", "--span", "x"), "two code-point"),
        (("--officer", "101", "--harm", "1", "--page", "1", "--span", "9-9"), "not within it"),
        (("--officer", "101", "--harm", "1", "--page", "9", "--span", "1-2"), "not within it"),
        (("--officer", "101", "--harm", "1", "--reviewer", "Else"), "each reviewer has his own"),
    ],
)
def test_a_tag_that_cannot_be_is_refused(
    run: Run, case: str, sha: Find, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in run("tag", case, sha("polygraph"), *arguments).refused()
    assert run("tags", case, "--json").out == ""


def test_labels_and_review(run: Run, case: str, sha: Find) -> None:
    letter = sha("polygraph")
    assert run("label", case, letter, "Privileged").status == 0
    assert run("reviewed", case, letter, "--reviewer", REVIEWER).status == 0
    assert sha("label:privileged is:reviewed") == letter
    assert run("label", case, letter, "privileged", "--remove").status == 0
    assert run("reviewed", case, letter, "--remove").status == 0
    assert run("search", case, "label:privileged OR is:reviewed", "--json").json[0]["total"] == 0
    for verb in (("label", case, "0" * 64, "x"), ("reviewed", case, "0" * 64)):
        assert "There is no document" in run(*verb).refused()


# --- matrix, verify, recover, rebuild, the rest -------------------------------------------------


def test_matrix(run: Run, case: str, tmp_path: Path) -> None:
    assert run("matrix", case, "--csv", tmp_path / "m.csv").status == 0
    rows = list(csv.DictReader((tmp_path / "m.csv").read_text("utf-8-sig").splitlines()))
    assert [row["badge"] for row in rows] == ["103", "102", "101"]
    assert [row["disposition"] != "" for row in rows] == [True] * 3
    assert rows[2]["documents_naming"] == "1"
    assert len(run("matrix", case).out.splitlines()) == 3


def test_verify(run: Run, case: str, prepared: Path, tmp_path: Path) -> None:
    said = run("verify", case, "--trove", prepared / "trove")
    assert (said.status, said.out) == (0, "")
    assert "Everything holds" in said.err
    copy = shutil.copytree(prepared / "trove", tmp_path / "copy")
    (copy / "notes" / "twice.txt").write_text("changed")
    worse = run("verify", case, "--trove", copy)
    assert worse.status == 1
    assert worse.out == "notes/twice.txt: Its bytes changed since the trove was read.\n"


def test_rebuild(run: Run, case: str, sha: Find) -> None:
    run("tag", case, sha("polygraph"), "--officer", "101", "--harm", "2")
    before = run("tags", case, "--json").out
    assert run("rebuild", case).status == 0
    assert run("tags", case, "--json").out == before


def test_new_and_recover(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("new", tmp_path / "c", "--reviewer", "First")
    assert made.status == 0
    (tmp_path / "code").write_text(made.out)
    (tmp_path / "other").write_text("nine loud herons\n")
    second = ("--reviewer", "Second", "--passphrase-file", tmp_path / "other")
    case = tmp_path / "c.evidencebox"
    assert run("recover", case, "--code-file", tmp_path / "code", *second).status == 0
    monkeypatch.setenv("EVIDENCEBOX_PASSPHRASE_FILE", str(tmp_path / "other"))
    assert run("officers", "add", case, "--last", "X", "--reviewer", "Second").status == 0
    (tmp_path / "code").write_text(made.out[:-3] + "AB\n")
    assert run("recover", case, "--code-file", tmp_path / "code", *second).refused()
    assert "exists already" in run("new", tmp_path / "c").refused()


def test_sample(run: Run, tmp_path: Path) -> None:
    said = run("sample", tmp_path / "s", "--documents", "30", "--officers", "20", "--seed", "7")
    assert (said.status, said.out) == (0, "")
    assert (tmp_path / "s" / "roster.csv").is_file()
    (tmp_path / "s" / "trove").is_dir()
    assert run("sample", tmp_path / "t", "--documents", "0").refused()
    assert run("sample", tmp_path / "t", "--officers", "9999").refused()


@pytest.mark.long  # a minute; tests/services/test_selftest.py holds its parts
def test_self_test(run: Run) -> None:
    said = run("--self-test")
    assert said.status == 0
    assert all(line.startswith("ok ") for line in said.out.splitlines())


def test_bench_refuses_what_it_cannot_measure(run: Run) -> None:
    assert run("bench", "nosuch", "--json").refused().startswith("No bench nosuch; there is: ")
    assert "--docs" in run("bench", "--docs", "3").refused()
    assert "no folder" in run("bench", "ingest", "--trove", "nowhere").refused()


# --- settings, passwords --------------------------------------------------------------------------


def test_settings(run: Run, case: str) -> None:
    (line,) = run("settings", case, "--json").json
    shape(line, time_zone=str, ocr_languages=str, custodian=str, ocr_known=list)
    assert line["time_zone"] == "UTC"
    said = run("settings", case, "--time-zone", "America/Chicago", "--ocr-languages", "off")
    assert said.status == 0
    assert "America/Chicago" in said.out
    (line,) = run("settings", case, "--json").json
    assert (line["time_zone"], line["ocr_languages"]) == ("America/Chicago", "off")
    assert "no time zone 'Nowhere'" in run("settings", case, "--time-zone", "Nowhere").refused()
    assert "'tlh'" in run("settings", case, "--ocr-languages", "tlh").refused()
    assert "'tlh'" in run("ingest", case, case, "--ocr", "tlh").refused()


def test_passwords(run: Run, case: str, tmp_path: Path) -> None:
    file = tmp_path / "known"
    file.write_text("a marker nobody types\nshort\nshort\n", "utf-8")
    assert run("passwords", "list", case, "--json").json == []
    added = run("passwords", "add", case, "--file", str(file))
    assert (added.status, added.out) == (0, "")
    assert "2 passwords added" in added.err
    lines = run("passwords", "list", case, "--json")
    for line in lines.json:
        shape(line, id=str, masked=str, added=str, by=str, opened=int)
    assert "marker" not in lines.out + run("passwords", "list", case).out
    gone = run("passwords", "remove", case, lines.json[0]["id"])
    assert gone.status == 0
    assert len(run("passwords", "list", case, "--json").json) == 1
    assert "no known password" in run("passwords", "remove", case, "p0").refused()
    file.write_bytes(b"\xff\xfe")
    assert "not UTF-8" in run("passwords", "add", case, "--file", str(file)).refused()
    missing = run("passwords", "add", case, "--file", str(tmp_path / "none"))
    assert "cannot be read" in missing.refused()
