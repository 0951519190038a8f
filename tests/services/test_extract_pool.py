"""Hostile and broken workers: each costs its own file and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Notice, Outcome, Page, Status
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.services.executor import ExecutorClosedError, WorkerStartError
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.sources import OpenSource

ROOT = Path(__file__).resolve().parents[2]
MOCK = [sys.executable, "-I", "-B", str(Path(__file__).with_name("mock_worker.py")), str(ROOT)]
MIB = 1 << 20
ROOMY = Limits(base_seconds=300, stall_seconds=300, memory_bytes=1024 * MIB)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the mock worker is written for POSIX")


class Heard:
    """A receiver that keeps everything."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.metas: list[tuple[str, str]] = []
        self.notices: list[Notice] = []
        self.children: list[Child] = []

    def page(self, page: Page) -> None:
        self.pages.append(page)

    def meta(self, key: str, value: str) -> None:
        self.metas.append((key, value))

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def child(self, head: ChildHead) -> Child:
        self.children.append(Child(head))
        return self.children[-1]

    def said(self, key: str) -> list[str]:
        return [value for name, value in self.metas if name == key]


class Child:
    def __init__(self, head: ChildHead) -> None:
        self.head = head
        self.data = b""
        self.end = ""

    def write(self, data: bytes, /) -> None:
        assert self.end == ""
        self.data += data

    def close(self) -> None:
        assert self.end == ""
        self.end = "closed"

    def abort(self) -> None:
        assert self.end == ""
        self.end = "aborted"


class Kept:
    """A source with random access."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


FORKS = pytest.param(
    "forks", marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux has fork servers")
)


@pytest.fixture(scope="module", params=["socket", "pipes", FORKS])
def pool(request: pytest.FixtureRequest) -> Iterator[ExtractPool]:
    """One worker, so that whatever comes next comes to the same place."""
    forks = request.param == "forks"
    command = [*MOCK, "forks" if forks else "extract"]
    with ExtractPool(1, command, transport=None if forks else request.param) as made:
        yield made


def ask(
    pool: ExtractPool,
    name: str,
    source: OpenSource = (b"abc", b"def"),
    limits: Limits = ROOMY,
    size: int = 6,
) -> tuple[Outcome, Heard]:
    heard = Heard()
    return pool.submit(source, Hint(name, size=size), limits, heard).result(), heard


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie that waits for its burial does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z" if stat.exists() else True
    except (FileNotFoundError, ProcessLookupError):
        return False


def assert_ends(pid: int) -> None:
    """Fails if the process is still there after a time that no loaded machine needs."""
    for _ in range(600):
        if not alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("a worker outlived its end")


def test_pages_metadata_children_and_outcome_arrive(pool: ExtractPool) -> None:
    outcome, heard = ask(pool, "good")
    assert outcome == Outcome(Status.OK, engine="mock", version=1)
    assert heard.pages == [Page(1, "abcdef", "p. 1")]
    assert [(c.head.name, c.data, c.end) for c in heard.children] == [
        ("same.txt", b"abcdef", "closed")
    ]


@pytest.mark.parametrize("kind", ["file", "descriptor", "random", "pieces", "empty"])
def test_bytes_come_seekable_from_every_source(
    pool: ExtractPool, kind: str, tmp_path: Path
) -> None:
    data = b"" if kind == "empty" else bytes(range(65, 91)) * 120_000
    path = tmp_path / "document"
    path.write_bytes(data)
    sources: dict[str, Callable[[], OpenSource]] = {
        "file": lambda: path.open("rb"),
        "descriptor": lambda: os.open(path, os.O_RDONLY),
        "random": lambda: Kept(data),
        "pieces": lambda: [data[:7], b"", data[7:]],
        "empty": lambda: [],
    }
    name = "good" if kind == "empty" else "read tail"
    outcome, heard = ask(pool, name, sources[kind](), size=len(data))
    assert outcome.status is Status.OK
    assert heard.pages[0].text.encode() == data
    assert heard.children[0].data == data
    assert heard.said("tail") == ([] if kind == "empty" else ["XYZ"])


def test_a_file_is_closed_afterwards(pool: ExtractPool, tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_bytes(b"text")
    handle = path.open("rb")
    ask(pool, "spin", handle, Limits(stall_seconds=0.5))
    assert handle.closed


HANGS = ["spin", "ignore sigterm", "half frame", "deaf"]


@pytest.mark.parametrize("deed", HANGS)
def test_a_worker_that_says_nothing_is_stopped(pool: ExtractPool, deed: str) -> None:
    big = (b"x" * MIB for _ in range(20))  # more than any buffer between the two holds
    outcome, _ = ask(pool, deed, big, Limits(stall_seconds=1.0))
    assert outcome.status is Status.TIMEOUT
    assert "no progress" in outcome.reason
    assert ask(pool, "good")[0].status is Status.OK


@pytest.mark.parametrize("deed", ["flood beats", "read for ever"])
def test_a_worker_that_only_seems_to_progress_is_stopped(pool: ExtractPool, deed: str) -> None:
    outcome, _ = ask(pool, deed, Kept(b"abcdef"), Limits(base_seconds=1.5))
    assert outcome.status is Status.TIMEOUT
    assert "longer than it may" in outcome.reason
    assert ask(pool, "good")[0].status is Status.OK


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("segfault", "signal 11 (SIGSEGV)"),
        ("abort", "signal 6 (SIGABRT)"),
        ("exit mid frame", "exit code 3"),
        ("exit quietly", "exit code 0"),
        ("crash in child", "exit code 9"),
        ("leave a grandchild", "exit code 7"),
        ("garbage", "cannot be trusted"),
        ("too long", "cannot be trusted (a PAGE frame of 4294967295 bytes"),
        ("wrong order", "cannot be trusted"),
        ("pages back", "cannot be trusted (pages that do not ascend)"),
        ("span outside", "cannot be trusted"),
        ("parents status", "cannot be trusted"),
        ("open child outcome", "cannot be trusted"),
        ("close stream", "cannot be trusted"),
    ],
)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_crash_or_a_lie_costs_one_file(
    pool: ExtractPool, deed: str, words: str, turn: int
) -> None:
    outcome, heard = ask(pool, deed)
    assert outcome.status is Status.FAILED
    assert words in outcome.reason
    assert outcome.reason.startswith("The reader ")
    assert all(child.end == "aborted" for child in heard.children)
    assert ask(pool, "good")[0].status is Status.OK
    for pid in heard.said("pid"):
        assert_ends(int(pid))


def test_a_grandchild_that_escapes_cannot_hold_the_slot() -> None:
    with ExtractPool(1, [*MOCK, "extract"]) as pool:
        outcome, heard = ask(pool, "leave an escaped grandchild", limits=Limits(stall_seconds=1.0))
        os.kill(int(heard.said("pid")[0]), signal.SIGKILL)
        assert outcome.status is Status.TIMEOUT
        assert ask(pool, "good")[0].status is Status.OK


def test_the_systems_kill_counts_as_memory(pool: ExtractPool) -> None:
    assert ask(pool, "killed")[0].status is Status.LIMIT


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS is kept on Linux only")
def test_memory_is_bounded(pool: ExtractPool) -> None:
    tight = Limits(base_seconds=300, stall_seconds=300, memory_bytes=400 * MIB)
    assert ask(pool, "want memory", limits=tight)[0].status is Status.LIMIT
    assert ask(pool, "good", limits=tight)[0].status is Status.OK
    assert ask(pool, "die of memory", limits=tight)[0].status is Status.FAILED
    pieces = (bytes(MIB) for _ in range(500))
    outcome, _ = ask(pool, "good", pieces, tight)
    assert outcome.status is Status.LIMIT
    assert "memory" in outcome.reason


@pytest.mark.parametrize(
    ("deed", "status", "words"),
    [
        ("flood notices", Status.LIMIT, "10,000 notices"),
        ("flood pages", Status.PARTIAL, "100 pages"),
        ("flood child", Status.PARTIAL, "3 times as many bytes"),
        ("flood heads", Status.PARTIAL, "3 times as many bytes"),
    ],
)
def test_what_comes_out_is_bounded_by_this_side(
    pool: ExtractPool, deed: str, status: Status, words: str
) -> None:
    limits = Limits(base_seconds=300, stall_seconds=300, pages=100, ratio=3, ratio_after_bytes=4096)
    outcome, heard = ask(pool, deed, limits=limits)
    assert outcome.status is status
    assert words in outcome.reason
    assert len(heard.pages) <= 100
    assert sum(len(child.data) for child in heard.children) <= 2 * 3 * 4096
    assert ask(pool, "good")[0].status is Status.OK


def test_characters_are_bounded_by_this_side(pool: ExtractPool) -> None:
    limits = Limits(base_seconds=300, stall_seconds=300, chars=2000)
    outcome, heard = ask(pool, "flood pages", limits=limits)
    assert outcome.status is Status.PARTIAL
    assert sum(len(page.text) for page in heard.pages) == 2000


def test_what_a_worker_says_too_late_reaches_no_other_document(pool: ExtractPool) -> None:
    assert ask(pool, "late frames")[0].status is Status.OK
    outcome, heard = ask(pool, "good")
    assert outcome.status is Status.OK
    assert [page.text for page in heard.pages] == ["abcdef"]


def test_an_error_in_the_reader_gives_its_class_and_not_its_words(pool: ExtractPool) -> None:
    outcome, _ = ask(pool, "fail")
    assert outcome.status is Status.FAILED
    assert "LookupError" in outcome.reason
    assert "secret" not in outcome.reason
    assert "RecursionError" in ask(pool, "recurse")[0].reason


def test_a_broken_child_is_given_up_and_the_rest_read(pool: ExtractPool) -> None:
    outcome, heard = ask(pool, "break a child")
    assert outcome.status is Status.OK
    assert [child.end for child in heard.children] == ["closed", "aborted"]
    assert heard.notices == [Notice("broken", "A member is broken.")]


def test_what_a_library_prints_goes_nowhere(
    pool: ExtractPool, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(pool, "print much")[0].status is Status.OK
    assert capfd.readouterr() == ("", "")


def test_workers_know_nothing_of_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "case.evidencebox"
    secret.write_bytes(b"key")
    monkeypatch.setenv("EVIDENCEBOX_PASSPHRASE_FILE", str(secret))
    held = os.open(secret, os.O_RDONLY)
    os.set_inheritable(held, True)
    try:
        with ExtractPool(1, [*MOCK, "extract"]) as pool:
            _, heard = ask(pool, "tell surroundings")
    finally:
        os.close(held)
    [environment] = heard.said("environment")
    names = {line.partition("=")[0] for line in environment.splitlines()}
    assert names <= {"LC_ALL", "LC_CTYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}
    assert heard.said("folder") == ["/"]
    assert str(tmp_path) not in "\n".join(heard.said("descriptor"))


class Raising(Heard):
    def page(self, page: Page) -> None:
        raise OSError("the disk is full")


def test_what_the_receiver_raises_comes_out_and_the_pool_goes_on(pool: ExtractPool) -> None:
    future = pool.submit([b"abc"], Hint("good"), ROOMY, Raising())
    with pytest.raises(OSError, match="the disk is full"):
        future.result()
    assert ask(pool, "good")[0].status is Status.OK


class Slow(Heard):
    def page(self, page: Page) -> None:
        time.sleep(2.5)


def test_this_sides_slowness_is_not_the_workers(pool: ExtractPool) -> None:
    limits = Limits(stall_seconds=2.0, base_seconds=2.0)
    outcome = pool.submit([b"abc"], Hint("good"), limits, Slow()).result()
    assert outcome.status is Status.OK


def test_closing_ends_every_worker_and_cancels_what_waits() -> None:
    pool = ExtractPool(2, [*MOCK, "extract"], queue_size=8)
    running = [Heard(), Heard()]
    futures = [pool.submit([], Hint("say pid and spin"), ROOMY, heard) for heard in running]
    while not all(heard.metas for heard in running):
        time.sleep(0.01)
    waiting = pool.submit([], Hint("good"), ROOMY, Heard())
    pool.close()
    for future in futures:
        assert isinstance(future.exception(), ExecutorClosedError)
    assert waiting.cancelled()
    for heard in running:
        assert not alive(int(heard.said("pid")[0]))
    with pytest.raises(ExecutorClosedError):
        pool.submit([], Hint("good"), ROOMY, Heard())
    pool.close()


def test_a_parent_killed_leaves_no_worker() -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "import test_extract_pool as t\n"
        "class Told(t.Heard):\n"
        "    def meta(self, key, value): print(value, flush=True)\n"
        "pool = t.ExtractPool(1, [*t.MOCK, 'extract'])\n"
        "pool.submit([], t.Hint('say pid and spin'), t.ROOMY, Told()).result()\n"
    )
    command = [sys.executable, "-c", script, str(ROOT), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert alive(worker)
        parent.send_signal(signal.SIGKILL)
    assert_ends(worker)


def test_workers_are_replaced_after_so_many_files() -> None:
    with ExtractPool(1, [*MOCK, "extract"], recycle_after=2) as pool:
        pids = [ask(pool, "good")[1].said("pid")[0] for _ in range(5)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([sys.executable, "-c", "raise SystemExit(4)"], "exit code 4"),
        ([sys.executable, "-c", "print('hello, world')"], "cannot be trusted"),
        (["/nonexistent/evidencebox"], "could not be started"),
        ([*MOCK, "broken"], "no reader here"),
        ([*MOCK, "analyse"], "another version or role"),
    ],
)
def test_workers_that_cannot_start_are_no_files_fault(command: list[str], words: str) -> None:
    with ExtractPool(1, command) as pool:
        future = pool.submit([], Hint("good"), ROOMY, Heard())
        with pytest.raises(WorkerStartError, match=words):
            future.result()


def test_many_files_over_two_workers_all_come_back() -> None:
    names: list[Any] = ["good", "segfault", "good", "garbage", "fail"] * 12
    with ExtractPool(2, [*MOCK, "extract"], recycle_after=7) as pool:
        futures = [pool.submit([b"x"], Hint(name), ROOMY, Heard()) for name in names]
        statuses = [future.result().status for future in futures]
    expected = [Status.OK if name == "good" else Status.FAILED for name in names]
    assert statuses == expected


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="descriptors are counted in /proc")
def test_no_descriptor_is_left_behind(pool: ExtractPool) -> None:
    def count() -> int:
        return len(os.listdir("/proc/self/fd"))

    ask(pool, "good")
    before = count()
    for name in ("segfault", "garbage", "good", "exit mid frame", "late frames", "good") * 3:
        ask(pool, name)
    assert count() == before


@pytest.mark.long
@pytest.mark.parametrize("deed", ["segfault", "exit mid frame", "garbage", "too long", "spin"])
def test_twenty_times_over(pool: ExtractPool, deed: str) -> None:
    for _ in range(20):
        outcome, _ = ask(pool, deed, limits=Limits(stall_seconds=1.0))
        assert outcome.status is (Status.TIMEOUT if deed == "spin" else Status.FAILED)
        assert ask(pool, "good")[0].status is Status.OK


def test_the_real_worker_reads_a_text() -> None:
    with ExtractPool(1) as pool:
        outcome, heard = ask(pool, "note.txt", [b"Officer May lives at 12 Elm Street.\n"], size=36)
    assert outcome.status is Status.OK
    assert "12 Elm Street" in heard.pages[0].text


def test_old_formats_are_left_where_readers_cannot_be_shut_in() -> None:
    """Pipes have no sandbox on Linux. The override reads the same bytes."""
    old = b"!BDN" + bytes(8) + b"\x17\x00" + bytes(600)
    for dangerous in (False, True):
        with ExtractPool(1, transport="pipes", dangerous=dangerous) as pool:
            outcome, _ = ask(pool, "mail.pst", [old], size=len(old))
            text, _ = ask(pool, "note.txt", [b"Officer May.\n"], size=13)
        assert text.status is Status.OK
        left = outcome.status is Status.UNSUPPORTED and "shut a reader" in outcome.reason
        assert left is not dangerous
