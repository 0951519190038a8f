"""Threads in a case: over files and mailboxes, found late, resumed, the same on two laptops."""

from __future__ import annotations

import email.message
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from evidencebox.model.ids import DocumentId
from evidencebox.services import desk as desks
from evidencebox.services import threads as threading
from evidencebox.services.case import Case, session_lock
from evidencebox.services.desk import Desk
from evidencebox.store.threads import Threads
from tests.services.making import by_path, copy_case, documents, mbox, plant, records, take


def message(name: str, hour: int, subject: str, answers: str = "", **headers: str) -> bytes:
    made = email.message.EmailMessage()
    made["From"] = "Dana Whitlow <dana@pd.example>"
    made["To"] = "Records <records@pd.example>"
    made["Subject"] = subject
    made["Date"] = f"Wed, 01 May 2019 {hour:02}:00:00 +0000"
    made["Message-ID"] = f"<{name}@pd.example>"
    if answers:
        made["References"] = " ".join(f"<{each}@pd.example>" for each in answers.split())
    for header, value in headers.items():
        made[header] = value
    made.set_content(f"the body of {name}")
    return made.as_bytes()


ASKED = message("asked", 8, "Range day")
ANSWER = message("answer", 9, "Re: Range day", "asked")
THANKS = message("thanks", 10, "Re: Range day", "asked answer")
ALONE = message("alone", 11, "Canteen")


def groups(case: Case) -> set[frozenset[str]]:
    """The threads, by the first paths of their messages."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in records(case):
        if record.thread is not None:
            found[record.thread].add(record.locations[0].path)
    return {frozenset(paths) for paths in found.values()}


def threads(case: Case) -> dict[str, str | None]:
    return {path: record.thread for path, record in by_path(case).items()}


def sha(case: Case, path: str) -> DocumentId:
    found = by_path(case)[path].sha256
    assert found is not None
    return found


def raw(case: Case, statement: str) -> None:
    with (
        case.catalogue.engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        connection.exec_driver_sql(statement)


def opened(case: Case) -> Desk:
    return Desk(case, session_lock(case.folder))


def test_a_thread_goes_through_files_mailboxes_and_duplicates(empty: Case, tmp_path: Path) -> None:
    trove = plant(
        tmp_path / "t",
        {
            "asked.eml": ASKED,
            "copy/asked.eml": ASKED,
            "box.mbox": mbox(ANSWER, ALONE),
            "z/thanks.eml": THANKS,
            "note.txt": "Re: Range day",
        },
    )
    take(empty, trove)
    at = threads(empty)
    (thread,) = {at["asked.eml"], at["copy/asked.eml"], at["z/thanks.eml"]}
    assert thread == threading.thread_id(sha(empty, "asked.eml"))
    assert at["note.txt"] is None
    assert at["box.mbox"] is None
    assert sorted(len(group) for group in groups(empty)) == [1, 3]
    lines = {line["sha256"]: line["thread"] for line in map(json.loads, documents(empty))}
    assert sorted(lines.values(), key=str).count(thread) == 3


def test_an_answer_that_is_found_later_joins(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "t", {"asked.eml": ASKED, "alone.eml": ALONE})
    take(empty, trove)
    before = threads(empty)
    assert len(set(before.values())) == 2
    take(empty, plant(trove, {"new/thanks.eml": THANKS}))
    assert threads(empty) == {**before, "new/thanks.eml": before["asked.eml"]}


def test_an_earlier_message_that_is_found_later_names_the_thread_anew(
    empty: Case, tmp_path: Path
) -> None:
    trove = plant(tmp_path / "t", {"answer.eml": ANSWER, "thanks.eml": THANKS})
    take(empty, trove)
    (before,) = set(threads(empty).values())
    take(empty, plant(trove, {"asked.eml": ASKED}))
    (after,) = set(threads(empty).values())
    assert after == threading.thread_id(sha(empty, "asked.eml")) != before


def test_two_laptops_agree_whatever_came_first(empty: Case, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = copy_case(empty, tmp_path / "other")
    mails = {"asked.eml": ASKED, "answer.eml": ANSWER, "thanks.eml": THANKS, "alone.eml": ALONE}
    try:
        take(empty, plant(tmp_path / "t", mails))
        for number, name in enumerate(reversed(mails)):
            take(other, plant(tmp_path / f"t{number}", {name: mails[name]}))
        assert threads(empty) == threads(other)
        assert groups(empty) == {
            frozenset({"alone.eml"}),
            frozenset({"asked.eml", "answer.eml", "thanks.eml"}),
        }
    finally:
        other.close()


def test_an_answer_that_names_nothing_joins_by_subject_and_people(
    empty: Case, tmp_path: Path
) -> None:
    named = message("other", 12, "AW: Range day")
    stranger = message("stranger", 13, "Re: Canteen").replace(
        b"pd.example>\nTo", b"else.example>\nTo"
    )
    stranger = stranger.replace(b"records@pd.example", b"nobody@else.example")
    take(empty, plant(tmp_path / "t", {"a": ASKED, "b": named, "c": ALONE, "d": stranger}))
    assert groups(empty) == {frozenset("ab"), frozenset("c"), frozenset("d")}


def test_nothing_is_worked_out_where_nothing_was_read(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trove = plant(tmp_path / "t", {"asked.eml": ASKED, "answer.eml": ANSWER})
    take(empty, trove)
    before = documents(empty)

    def never(*_: Any) -> None:
        raise AssertionError("threads were worked out again")

    monkeypatch.setattr(Threads, "mails", never)
    monkeypatch.setattr(Threads, "put", never)
    take(empty, trove)
    take(empty, plant(trove, {"note.txt": "no message"}))
    assert set(before) < set(documents(empty))


def test_working_them_out_again_writes_no_row(empty: Case, tmp_path: Path) -> None:
    take(empty, plant(tmp_path / "t", {"asked.eml": ASKED, "answer.eml": ANSWER, "x": ALONE}))
    before = threads(empty)
    alone = sha(empty, "x")
    raw(
        empty,
        "UPDATE threads SET thread = '' WHERE document ="
        f" (SELECT id FROM documents WHERE sha256 = '{alone}')",
    )
    assert threads(empty) == {**before, "x": None}
    written = []

    def seen(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.startswith(("UPDATE", "DELETE", "INSERT")):
            written.append(parameters)

    event.listen(empty.catalogue.engine, "before_cursor_execute", seen)
    threading.thread_mail(empty, lambda: False)
    event.remove(empty.catalogue.engine, "before_cursor_execute", seen)
    assert len(written) == 1
    assert threads(empty) == before


@pytest.mark.parametrize("stop", ["killed", "cancelled"])
def test_what_was_stopped_is_done_by_the_next_ingest(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    """Whatever was read is known to wait, from the same transaction on."""
    trove = plant(tmp_path / "t", {"asked.eml": ASKED, "answer.eml": ANSWER})

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if stop == "killed":
            patch.setattr(Threads, "put", killed)
            with pytest.raises(KeyboardInterrupt):
                take(empty, trove)
        else:
            waiting = Threads.waiting
            asked: list[bool] = []

            def at_last(self: Threads) -> bool:
                asked.append(waiting(self))
                return asked[-1]

            patch.setattr(Threads, "waiting", at_last)
            take(empty, trove, cancelled=lambda: bool(asked))
            assert asked == [True]
    assert set(threads(empty).values()) == {None}
    take(empty, trove)
    assert groups(empty) == {frozenset({"asked.eml", "answer.eml"})}


def test_what_proves_to_be_no_message_leaves_its_thread(empty: Case, tmp_path: Path) -> None:
    take(empty, plant(tmp_path / "t", {"asked.eml": ASKED, "answer.eml": ANSWER}))
    answer = sha(empty, "answer.eml")
    raw(empty, f"UPDATE documents SET type = 'text' WHERE sha256 = '{answer}'")
    raw(empty, "UPDATE threads SET thread = ''")
    take(empty, tmp_path / "t")
    assert groups(empty) == {frozenset({"asked.eml"})}
    assert not Threads(empty.catalogue).waiting()


def test_the_desk_lists_the_others_by_date(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = {"c.eml": ASKED, "b.eml": ANSWER, "a.eml": THANKS, "d.eml": ALONE, "e.txt": b"words"}
    take(empty, plant(tmp_path / "t", mails))
    at = {path: sha(empty, path) for path in mails}
    desk = opened(empty)
    try:
        view = desk.document(at["b.eml"])
        assert [row.document for row in view.thread] == [at["c.eml"], at["a.eml"]]
        assert [row.name for row in view.thread] == ["Range day", "Re: Range day"]
        assert view.thread_more == 0
        for name in ("d.eml", "e.txt"):
            view = desk.document(at[name])
            assert (view.thread, view.thread_more) == ((), 0)
        monkeypatch.setattr(desks, "_MOST_OF_A_THREAD", 1)
        view = desk.document(at["a.eml"])
        assert [row.document for row in view.thread] == [at["c.eml"]]
        assert view.thread_more == 1
    finally:
        desk._lock.release()
