from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencebox.errors import UserError
from evidencebox.ui.session import Session
from evidencebox.ui.tasks import Task, Tasks
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def tasks(qapp: QApplication) -> Any:
    made = Tasks()
    yield made
    made.close()


def test_answers_come_on_the_thread_that_asked(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[str] = []

    def work(word: str) -> str:
        seen.append(threading.current_thread().name)
        return word

    task = tasks.run("read", work, "done")
    task.finished.connect(lambda _: seen.append(threading.current_thread().name))
    with qtbot.waitSignal(task.finished) as heard:
        pass
    assert heard.args == ["done"]
    assert seen[0].startswith("desk-read")
    assert seen[1] == threading.main_thread().name


def test_an_error_is_delivered_as_it_was_raised(qtbot: QtBot, tasks: Tasks) -> None:
    def refuse() -> None:
        raise UserError("No.")

    with qtbot.waitSignal(tasks.run("write", refuse).failed) as heard:
        pass
    assert heard.args is not None
    assert isinstance(heard.args[0], UserError)


def test_a_dropped_task_never_speaks(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    task = tasks.run("read", gate.wait, 5)
    heard: list[object] = []
    task.finished.connect(heard.append)
    task.drop()
    with qtbot.waitSignal(tasks.idle):
        gate.set()
    assert heard == []


def test_the_writer_keeps_the_order(qtbot: QtBot, tasks: Tasks) -> None:
    order: list[int] = []
    for number in range(20):
        tasks.run("write", order.append, number)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert order == list(range(20))


def test_closing_finishes_every_act_then_calls_the_last(qapp: QApplication) -> None:
    tasks = Tasks()
    gate = threading.Event()
    done: list[str] = []
    heard: list[object] = []
    tasks.run("write", gate.wait, 5).finished.connect(heard.append)
    tasks.run("write", done.append, "act")
    gate.set()
    tasks.close(lambda: done.append("last"))
    qapp.processEvents()
    assert done == ["act", "last"]
    assert heard == []


def test_only_the_newest_question_of_a_kind_is_answered(qtbot: QtBot, session: Session) -> None:
    gate = threading.Event()
    heard: list[object] = []

    def slow() -> str:
        gate.wait(5)
        return "old"

    session.read("search", slow, then=heard.append)
    session.read("search", lambda: "new", then=heard.append)
    qtbot.waitUntil(lambda: heard == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: not session.busy)
    assert heard == ["new"]


def test_a_refusal_is_a_sentence_and_a_bug_says_nothing_of_its_message(
    qtbot: QtBot, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise UserError("The drive is gone.")

    def break_down() -> None:
        raise ValueError("Dana Quill lives at 12 Elm Street")

    with qtbot.waitSignal(session.refused) as refused:
        session.read("", refuse)
    with qtbot.waitSignal(session.broke) as broke:
        session.read("", break_down)
    assert refused.args == ["The drive is gone."]
    assert broke.args is not None
    assert "ValueError" in broke.args[0]
    assert "Elm" not in broke.args[0] + caplog.text
    assert "test_tasks" in caplog.text


def test_closing_closes_the_desk_in_the_background(qapp: QApplication) -> None:
    desk = FakeDesk()
    session = Session(desk)
    session.close()
    assert desk.closed
    assert desk.threads == {"desk-write_0"}
    assert isinstance(session, Session)
    assert not session.findChildren(Task)
