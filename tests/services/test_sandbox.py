"""The sandbox of Linux: nothing gets out, and what a document does ends with its child."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.model.documents import Outcome, Page, Status
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.indexing import IndexEntry
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case
from evidencebox.services.extract_job import SHARE, SHARED_BYTES
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.sandbox import Tier, weakest
from evidencebox.services.sources import OpenSource
from tests.services.making import plant, take

if sys.platform != "linux":
    pytest.skip("the sandbox of Linux", allow_module_level=True)

from evidencebox.services import sandbox_filter, sandbox_linux

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PYTHON = [sys.executable, "-I", "-B"]
MOCK = [*PYTHON, str(HERE / "mock_worker.py"), str(ROOT), "forks"]
MIB = 1 << 20
ROOMY = Limits(base_seconds=300, stall_seconds=300, memory_bytes=1024 * MIB)
TEN = {"read", "list", "write", "tcp", "udp", "unix", "abstract", "fork", "exec", "signal"}
STOPPED = {1, 11, 13, 27, 38}  # EPERM, EAGAIN, EACCES, EFBIG, ENOSYS
NOBODY = 65534
BEST = Tier.FULL if sandbox_linux.landlock_version() else Tier.SECCOMP

landlock = pytest.mark.skipif(
    not sandbox_linux.landlock_version(), reason="this kernel has no Landlock"
)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
WHO = [None, pytest.param(NOBODY, marks=as_root)]


class Heard:
    """A receiver that keeps pages and metadata."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.metas: list[tuple[str, str]] = []

    def page(self, page: Page) -> None:
        self.texts.append(page.text)

    def meta(self, key: str, value: str) -> None:
        self.metas.append((key, value))

    def notice(self, notice: object) -> None: ...

    def child(self, head: ChildHead) -> Heard:
        return self

    def write(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...

    def abort(self) -> None: ...

    def said(self, key: str) -> list[str]:
        return [value for name, value in self.metas if name == key]


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractPool]:
    with ExtractPool(1, MOCK) as made:
        yield made


def ask(
    pool: ExtractPool,
    name: str,
    source: OpenSource = (b"abc",),
    limits: Limits = ROOMY,
    family: str = "",
    size: int = 3,
) -> tuple[Outcome, Heard]:
    heard = Heard()
    hint = Hint(name, size=size)
    return pool.submit(source, hint, limits, heard, family).result(), heard


# --- getting out --------------------------------------------------------------------------------


def attempts(tier: str, folder: Path, user: int | None) -> dict[str, int]:
    """What stopped each attempt to escape from a tier; 0 for those that succeeded."""
    folder.chmod(0o777)
    script = [str(HERE / "sandbox_attempts.py"), str(ROOT), tier, str(folder)]
    found: dict[str, int] = json.loads(run_as(user, script))
    return found


def run_as(user: int | None, arguments: list[str]) -> bytes:
    """A Python script's output, run by a user (None: this one) with any interpreter he can run."""
    who = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    for interpreter in dict.fromkeys((sys.executable, "/usr/bin/python3")):
        check = [interpreter, "-I", "-c", "import enum, sys; enum.StrEnum; open(sys.argv[1])"]
        try:
            subprocess.run([*check, arguments[0]], check=True, capture_output=True, cwd="/", **who)  # type: ignore[call-overload]
        except (OSError, subprocess.CalledProcessError):
            continue
        command = [interpreter, "-I", "-B", *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd="/", **who).stdout  # type: ignore[call-overload,no-any-return]
    pytest.skip("that user can run no Python here, or cannot read these files")


@pytest.fixture
def reachable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that other users can reach, which those of pytest are not."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="evidencebox-test-", dir="/tmp"))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("user", WHO)
def test_the_attempts_do_succeed_where_nothing_stops_them(
    reachable: Path, user: int | None
) -> None:
    assert attempts("none", reachable, user) == dict.fromkeys(TEN, 0)


@pytest.mark.parametrize("user", WHO)
@pytest.mark.parametrize("tier", [pytest.param(Tier.FULL, marks=landlock), Tier.SECCOMP])
def test_nothing_escapes(tier: Tier, reachable: Path, user: int | None) -> None:
    found = attempts(tier, reachable, user)
    assert found.keys() > TEN
    assert len(found) > 30
    # A thread is no new process, and a library may need one.
    assert found.pop("thread") == 0
    assert {name: error for name, error in found.items() if error not in STOPPED} == {}
    assert {path.name for path in reachable.iterdir()} == {"socket", "known"}
    assert (reachable / "known").read_bytes() == b"known"


@landlock
def test_landlock_alone_keeps_files_and_programs(tmp_path: Path) -> None:
    found = attempts(Tier.LANDLOCK, tmp_path, None)
    assert {found[name] for name in ("read", "list", "write", "exec")} <= STOPPED


def test_limits_alone_keep_nothing_from_being_read_but_write_nothing(tmp_path: Path) -> None:
    found = attempts(Tier.LIMITS, tmp_path, None)
    assert found["write"] in STOPPED
    assert found["read"] == 0


# --- what a worker says of itself ---------------------------------------------------------------


def test_the_real_workers_report_the_best_tier_there_is() -> None:
    with ExtractPool(1) as extractors:
        assert extractors.tier == ""
        outcome, heard = ask(extractors, "note.txt", [b"Officer May"])
        assert (outcome.status, heard.texts) == (Status.OK, ["Officer May"])
        assert extractors.tier == BEST
    with AnalysePool(1) as analysers:
        entry = IndexEntry("0" * 64, (Page(1, "Officer May"),), {}, {}, 0, 11)  # type: ignore[arg-type]
        assert analysers.submit([entry]).result().count == 1
        assert analysers.tier == BEST


def test_an_import_records_the_tier_of_its_readers(empty: Case, tmp_path: Path) -> None:
    trove = plant(tmp_path / "trove", {"a.txt": "Officer May"})
    assert take(empty, trove).sandbox == BEST
    (body,) = empty.decided.acquisitions()
    assert body["sandbox"] == BEST


@pytest.mark.parametrize(
    "tier", [Tier.SECCOMP, pytest.param(Tier.LANDLOCK, marks=landlock), Tier.LIMITS]
)
def test_workers_fall_back_and_say_so(tier: Tier) -> None:
    """As in a container that has no Landlock, or forbids filters."""
    with ExtractPool(1, [*MOCK, tier]) as pool:
        assert ask(pool, "good")[0].status is Status.OK
        assert pool.tier == tier


def run_with(statements: str) -> str:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from evidencebox.services import sandbox_fork as fork, sandbox_linux as linux\n"
        "from evidencebox.services.sandbox import LINUX_TIERS, Tier\n"
        f"{statements}"
    )
    done = subprocess.run([*PYTHON, "-c", code], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def test_a_tier_that_does_not_hold_is_not_claimed() -> None:
    """The self-test believes its attempts and not the calls that were to stop them."""
    leaky = (
        "real = linux.prepare\n"
        "linux.prepare = lambda tier: linux.Sandbox(Tier.LIMITS) if tier in ('full', 'seccomp')"
        " else real(tier)\n"
        "print(fork.strongest((Tier.FULL, Tier.SECCOMP, Tier.LIMITS)).tier)"
    )
    assert run_with(leaky) == Tier.LIMITS
    assert run_with("print(fork.strongest(()).tier)") == Tier.NONE


def test_a_sandbox_that_cannot_be_entered_counts_as_open() -> None:
    broken = (
        "def enter(*_): raise OSError(1, 'no')\n"
        "linux.enter = enter\n"
        "print(fork.strongest(LINUX_TIERS).tier)"
    )
    assert run_with(broken) == Tier.NONE


def test_the_weakest_worker_counts() -> None:
    assert weakest(["full", "", "landlock", "seccomp"]) == "landlock"
    assert weakest(["full", "something new"]) == "none"
    assert weakest(["", ""]) == ""


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_a_program_that_the_kernel_takes(machine: str) -> None:
    code = sandbox_filter.program(machine, 4711)
    assert len(code) % 8 == 0
    assert len(code) // 8 < 4096
    assert sandbox_filter.known(machine)
    assert not sandbox_filter.known("riscv64")


# --- one child for each document ----------------------------------------------------------------


def test_a_child_holds_its_line_and_its_document_and_nothing_else(
    pool: ExtractPool, tmp_path: Path
) -> None:
    path = tmp_path / "document"
    path.write_bytes(b"abc")
    _, heard = ask(pool, "tell descriptors", path.open("rb"))
    found = [line.split() for line in heard.said("descriptor")]
    kinds = sorted(kind for _, kind, _ in found)
    assert kinds == ["device", "device", "device", "file", "socket"]
    assert [way for _, kind, way in found if kind == "file"] == [str(os.O_RDONLY)]
    _, heard = ask(pool, "tell descriptors", [b"abc"])
    assert sorted(line.split()[1] for line in heard.said("descriptor")) == [
        "device", "device", "device", "socket",
    ]  # fmt: skip


def test_a_child_knows_no_environment(pool: ExtractPool, monkeypatch: pytest.MonkeyPatch) -> None:
    _, heard = ask(pool, "tell surroundings")
    assert heard.said("environment") == [""]
    assert heard.said("folder") == []  # nor may it ask


def test_what_a_document_leaves_in_memory_is_not_there_for_the_next(pool: ExtractPool) -> None:
    assert [ask(pool, "remember")[1].said("before") for _ in range(3)] == [["0"]] * 3


def test_each_document_has_a_child_and_all_have_one_server(pool: ExtractPool) -> None:
    heard = [ask(pool, name)[1] for name in ("good", "good", "good")]
    assert len({one.said("pid")[0] for one in heard}) == 3
    assert len({one.said("server")[0] for one in heard}) == 1


@pytest.mark.parametrize(
    ("deed", "status"),
    [("segfault", Status.FAILED), ("killed", Status.LIMIT), ("exit mid frame", Status.FAILED)],
)
def test_a_crash_costs_the_child_and_not_the_server(
    pool: ExtractPool, deed: str, status: Status
) -> None:
    before = ask(pool, "good")[1].said("server")
    for _ in range(3):
        assert ask(pool, deed)[0].status is status
    assert ask(pool, "good")[1].said("server") == before


def test_one_that_stays_gets_no_other_document_and_is_ended(pool: ExtractPool) -> None:
    outcome, heard = ask(pool, "linger")
    assert outcome.status is Status.OK
    for _ in range(2):
        assert ask(pool, "good")[1].texts == ["abc"]
    assert not Path(f"/proc/{heard.said('pid')[0]}").exists()


def test_a_documents_memory_is_its_own_limit(pool: ExtractPool) -> None:
    tight = Limits(base_seconds=300, stall_seconds=300, memory_bytes=400 * MIB)
    assert ask(pool, "hold much", limits=tight)[0].status is Status.LIMIT
    assert ask(pool, "hold much")[1].said("held") == [str(600 * MIB)]
    assert ask(pool, "hold much", limits=tight)[0].status is Status.LIMIT


def test_small_members_of_one_container_share_a_child(pool: ExtractPool) -> None:
    def child(family: str, size: int = 3) -> str:
        return ask(pool, "good", family=family, size=size)[1].said("pid")[0]

    first = [child("a.mbox") for _ in range(SHARE + 1)]
    assert len(set(first[:SHARE])) == 1
    others = [first[SHARE], child("b.mbox"), child(""), child(""), child("b.mbox")]
    others += [child("b.mbox", SHARED_BYTES + 1), child("b.mbox")]
    assert len({first[0], *others}) == 1 + len(others)


def test_a_crash_in_a_family_costs_one_member(pool: ExtractPool) -> None:
    names = ["good", "segfault", "good", "late frames", "good", "spin", "good", "garbage", "good"]
    hasty = Limits(stall_seconds=2.0)

    def status(name: str) -> Status:
        # By descriptor: some do not read, and would be gone before all was sent to them.
        file = Path(__file__).open("rb")  # noqa: SIM115 - the pool's to close
        return ask(pool, name, file, hasty, "a.zip")[0].status

    statuses = [status(name) for name in names]
    assert [status is Status.OK for status in statuses] == [
        name in ("good", "late frames") for name in names
    ]


def test_who_comes_to_grief_behind_others_is_read_once_more_alone(pool: ExtractPool) -> None:
    def told(name: str, family: str) -> tuple[Status, list[int]]:
        called: list[int] = []
        future = pool.submit(
            [b"abc"], Hint(name, size=3), ROOMY, Heard(), family, again=lambda: called.append(1)
        )
        return future.result().status, called

    assert told("segfault", "first in line") == (Status.FAILED, [])
    assert told("good", "line") == (Status.OK, [])
    assert told("segfault", "line") == (Status.FAILED, [1])
    assert told("good", "line") == (Status.OK, [])


def test_a_reader_that_came_to_grief_or_grew_reads_nothing_else(pool: ExtractPool) -> None:
    def child(name: str) -> str:
        return (ask(pool, name, family="b.zip")[1].said("pid") or [name])[0]

    children = [child(name) for name in ("good", "fail", "good", "hold much", "good")]
    first, failed, fresh, grown, last = children
    assert first == failed != fresh == grown != last


def test_limits_are_never_those_of_another_member(pool: ExtractPool) -> None:
    tight = Limits(base_seconds=300, stall_seconds=300, memory_bytes=400 * MIB)
    assert ask(pool, "good", limits=tight, family="a.zip")[0].status is Status.OK
    assert ask(pool, "hold much", family="a.zip")[0].status is Status.OK
    assert ask(pool, "hold much", limits=tight, family="a.zip")[0].status is Status.LIMIT


def group(leader: int) -> set[int]:
    """The living processes of a group."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            found.add(int(entry.parent.name))
    return found


def _wait_for_none(leader: int) -> None:
    for _ in range(600):
        if not group(leader):
            return
        signal.sigtimedwait([], 0.1)
    pytest.fail(f"left behind: {group(leader)}")


def test_a_parent_killed_leaves_neither_server_nor_child() -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "import test_sandbox as t\n"
        "class Told(t.Heard):\n"
        "    def meta(self, key, value): print(value, flush=True)\n"
        "pool = t.ExtractPool(1, t.MOCK)\n"
        "pool.submit([], t.Hint('say pid and spin'), t.ROOMY, Told()).result()\n"
    )
    command = [sys.executable, "-c", script, str(ROOT), str(HERE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        leader = os.getpgid(child)
        assert group(leader) >= {leader, child}
        parent.send_signal(signal.SIGKILL)
    _wait_for_none(leader)


def test_a_closed_pool_leaves_no_process() -> None:
    with ExtractPool(1, MOCK) as pool:
        _, heard = ask(pool, "good")
        leader = int(heard.said("server")[0])
        assert group(leader)
    # The leader was waited for; a child of its own that was killed with it may be on its way.
    _wait_for_none(leader)


# --- what readers may need ----------------------------------------------------------------------

WATCH = """
import io, json, os, random, sys
sys.path.insert(0, sys.argv[1])
from contextlib import contextmanager
from evidencebox.extract import extract, preload
from evidencebox.model.extraction import Hint, Limits
preload()
class Sink:
    def page(self, page): pass
    def meta(self, key, value): pass
    def warn(self, code, detail): pass
    def beat(self): pass
    @contextmanager
    def child(self, head):
        yield io.BytesIO()
found, current = {}, ""
def watch(event, arguments):
    if not current or not arguments:
        return
    name = str(arguments[0])
    if event == "import" and not name.startswith("encodings."):
        found[f"import of {name}"] = current
    if event in ("open", "os.listdir", "os.scandir", "ctypes.dlopen") and not name.isdigit():
        found[f"{event} of {name}"] = current
sys.addaudithook(watch)
kinds = {}
for folder, _, names in sorted(os.walk(sys.argv[2])):
    for name in names:
        path = os.path.join(folder, name)
        if os.path.getsize(path) < 300_000:
            kinds.setdefault(os.path.splitext(name)[1].lower(), []).append(path)
chance = random.Random(1)
for kind in sorted(kinds):
    for path in chance.sample(sorted(kinds[kind]), min(int(sys.argv[3]), len(kinds[kind]))):
        with open(path, "rb") as file:
            data = file.read()
        current = os.path.basename(path)
        extract(io.BytesIO(data), Hint(current, size=len(data)), Limits(), Sink())
        current = ""
print(json.dumps(found))
"""


def needed(corpora: Path, each: int) -> dict[str, str]:
    command = [*PYTHON, "-c", WATCH, str(ROOT), str(corpora), str(each)]
    done = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_readers_need_no_file_once_loaded(corpora: Path) -> None:
    """A module imported late would not be found in the sandbox: it belongs into `preload`."""
    assert needed(corpora, 1) == {}


@pytest.mark.long
def test_readers_need_no_file_once_loaded_long(corpora: Path) -> None:
    assert needed(corpora, 200) == {}
