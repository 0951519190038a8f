"""The executor's own promises, and what its workers are made of."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.model.extracted import read_outcome
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.frames import FrameType
from evidencebox.model.messages import Request, request_frame
from evidencebox.services.executor import Channel, Executor, Fault, FaultKind
from evidencebox.services.seat import Alone
from evidencebox.services.worker_process import worker_command, worker_environment

ROOT = Path(__file__).resolve().parents[2]
MOCK = [sys.executable, "-I", "-B", str(Path(__file__).with_name("mock_worker.py")), str(ROOT)]
# The sqlite3 of the standard library is a reader like others: it holds no key.
FORBIDDEN = {
    "PySide6",
    "sqlalchemy",
    "sqlcipher3",
    "cryptography",
    "argon2",
    "keyring",
    "multiprocessing",
}


class Asked(Alone):
    """A job that sends one document and counts what becomes of it."""

    total_seconds = stall_seconds = 300.0
    memory_bytes = 1 << 30

    def __init__(self, name: str = "good", gate: threading.Event | None = None) -> None:
        self.name = name
        self.gate = gate
        self.closed = 0
        self.started = threading.Event()

    def request(self, channel: Channel) -> tuple[bytes, int | None]:
        request = Request(channel.token, "extract", "stream", Hint(self.name), Limits())
        return request_frame(request), None

    def converse(self, channel: Channel) -> str:
        self.started.set()
        if self.gate is not None:
            self.gate.wait()
        channel.send(bytes([FrameType.END, 0, 0, 0, 0]))
        while (frame := channel.receive()).kind is not FrameType.OUTCOME:
            pass
        return read_outcome(frame.payload).status

    def fault(self, fault: Fault) -> str:
        return fault.kind

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def executor() -> Iterator[Executor]:
    with Executor("extract", 1, [*MOCK, "extract"], queue_size=2) as made:
        yield made


def test_a_job_gets_its_result_and_is_closed_once(executor: Executor) -> None:
    job = Asked()
    assert executor.submit(job).result() == "ok"
    assert job.closed == 1


@pytest.mark.parametrize(
    ("deed", "kind"), [("segfault", FaultKind.CRASHED), ("garbage", FaultKind.PROTOCOL)]
)
def test_a_fault_is_the_jobs_to_name(executor: Executor, deed: str, kind: FaultKind) -> None:
    assert executor.submit(Asked(deed)).result() == kind


def test_the_queue_is_bounded(executor: Executor) -> None:
    gate = threading.Event()
    first = Asked(gate=gate)
    futures = [executor.submit(first)]
    first.started.wait()
    futures += [executor.submit(Asked()) for _ in range(2)]
    more = threading.Thread(target=lambda: futures.append(executor.submit(Asked())))
    more.start()
    more.join(0.5)
    assert more.is_alive()
    gate.set()
    more.join()
    assert [future.result() for future in futures] == ["ok"] * 4


def test_a_waiting_task_can_be_cancelled(executor: Executor) -> None:
    gate = threading.Event()
    first, second = Asked(gate=gate), Asked()
    running = executor.submit(first)
    first.started.wait()
    waiting = executor.submit(second)
    assert waiting.cancel()
    gate.set()
    assert running.result() == "ok"
    executor.close(finish=True)
    assert (first.closed, second.closed) == (1, 1)
    assert not second.started.is_set()


def test_closing_can_finish_what_was_given(executor: Executor) -> None:
    futures = [executor.submit(Asked()) for _ in range(3)]
    executor.close(finish=True)
    assert [future.result() for future in futures] == ["ok"] * 3


def test_a_task_may_not_submit_to_its_own_executor(executor: Executor) -> None:
    class Nested(Asked):
        def converse(self, channel: Channel) -> str:
            executor.submit(Asked())
            return "never"

    with pytest.raises(RuntimeError, match="cannot submit"):
        executor.submit(Nested()).result()
    assert executor.submit(Asked()).result() == "ok"


def test_faults_are_told_in_words() -> None:
    assert "signal 11 (SIGSEGV)" in Fault(FaultKind.CRASHED, -11).sentence()
    assert "exit code 0xC0000005" in Fault(FaultKind.CRASHED, 0xC0000005).sentence()
    assert "exit code 3" in Fault(FaultKind.CRASHED, 3).sentence()
    assert "signal 200" in Fault(FaultKind.CRASHED, -200).sentence()
    for kind in FaultKind:
        assert Fault(kind).sentence()


def loaded(statements: str) -> set[str]:
    """Top-level names of the modules in a fresh interpreter after some statements."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); {statements}; "
        "print(*{n.split('.')[0] for n in sys.modules}, *sys.modules)"
    )
    command = [sys.executable, "-I", "-c", code]
    return set(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())


@pytest.mark.parametrize(
    ("statements", "allowed"),
    [
        # Readers of encrypted documents need ciphers, and have no key of the case to use them on.
        (
            "import evidencebox.services.extract_worker, evidencebox.extract as e; e.preload()",
            {"cryptography"},
        ),
        ("import evidencebox.services.analyse_worker, evidencebox.index.invert", set()),
    ],
)
def test_workers_import_no_key_no_database_no_window(statements: str, allowed: set[str]) -> None:
    names = loaded(statements)
    assert "evidencebox.model.frames" in names
    assert not names & FORBIDDEN - allowed
    assert not names & {f"evidencebox.{part}" for part in ("vault", "store", "ui", "export")}


def test_the_front_door_is_light() -> None:
    names = loaded("import evidencebox.__main__")
    ours = {name for name in names if name.startswith("evidencebox")}
    assert ours == {"evidencebox", "evidencebox.__main__"}
    assert not names & (FORBIDDEN | {"numpy", "whoosh"})


def test_an_unknown_role_is_refused() -> None:
    command = [*worker_command("extract")[:-1], "nonsense"]
    assert subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 2


def test_a_frozen_program_is_its_own_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command("analyse") == [sys.executable, "--worker", "analyse"]


def test_the_environment_is_a_short_list() -> None:
    outside = {"SYSTEMROOT": "C:\\Windows", "HOME": "/home/x", "EVIDENCEBOX_PASSPHRASE_FILE": "f"}
    inside = worker_environment(outside)
    assert inside["SYSTEMROOT"] == "C:\\Windows"
    assert not inside.keys() & {"HOME", "EVIDENCEBOX_PASSPHRASE_FILE", "PATH"}
