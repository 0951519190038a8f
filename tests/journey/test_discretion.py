"""A whole run leaves files in the case, in what was exported and in one settings file, and calls
nobody; what the processes do is taken from the system's own trace of them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.making import PASSPHRASE, mail, plant, zipped

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("strace"), reason="needs strace, on Linux"
)
RUN = """
import sys
from evidencebox.__main__ import run
from evidencebox.vault import keys
keys.FLOOR, keys.TARGET_SECONDS = keys.KdfCost(64, 1, 4), 0.0
sys.argv = ["evidencebox", *sys.argv[1:]]
run()
"""
CALLS = "openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,socket,connect,prctl"
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """The run's folder, the home, and the lines of the trace."""
    tmp_path = tmp_path_factory.mktemp("traced")
    home, files = tmp_path / "home", tmp_path / "files"
    home.mkdir()
    letter = mail("About it", "the words of it", {"a.zip": zipped({"b.txt": "inside of it"})})
    trove = plant(files / "trove", {"a.eml": letter, "b.txt": "plain words of it"})
    roster = plant(files, {"roster.csv": "badge,last,first\n7,Whitlow,Dana\n"}) / "roster.csv"
    (files / "pass").write_text(PASSPHRASE)
    case, trace = files / "c.evidencebox", tmp_path / "trace"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "EVIDENCEBOX_"))},
        "HOME": str(home),
        "EVIDENCEBOX_PASSPHRASE_FILE": str(files / "pass"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    sha = hash_of(trove / "b.txt")
    lines: list[str] = []
    for arguments in (
        ["new", str(case), "--reviewer", "Ann"],
        ["ingest", str(case), str(trove), "--ocr", "off", "--workers", "1"],
        ["officers", "import", str(case), str(roster)],
        ["tag", str(case), sha, "--officer", "7", "--harm", "3", "--category", "minor"],
        ["text", str(case), sha, "--unseal", "the complaint"],
        ["ledger", str(case), "--out", str(files / "out")],
    ):
        command = ["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(trace)]
        done = subprocess.run(
            [*command, sys.executable, "-c", RUN, *arguments],
            env=environment, capture_output=True, text=True, cwd=files,
        )  # fmt: skip
        if "PTRACE" in done.stderr or "ptrace" in done.stderr:
            pytest.skip("this system forbids tracing")
        assert done.returncode in (0, 1), done.stderr
        lines += trace.read_text(errors="replace").splitlines()
    return files, home, lines


def hash_of(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_traced_run_writes_nowhere_else_and_calls_nobody(
    traced: tuple[Path, Path, list[str]],
) -> None:
    files, home, lines = traced
    done = [line for line in lines if " = -1 " not in line]
    allowed = (
        f"{files}/c.evidencebox",  f"{files}/out", f"{files}/out.new",
        f"{home}/.config", "/dev/null", "/dev/shm",
        "/proc/self/oom_score_adj",
    )  # fmt: skip
    made: set[str] = set()
    for line in done:
        if "O_CREAT" in line or re.search(r"\b(creat|mkdir|mkdirat|rename\w*|link\w*)\(", line):
            made.update(os.path.normpath(files / p) for p in PATH.findall(line))
    assert made
    assert [path for path in sorted(made) if not path.startswith(allowed)] == []
    settings = [p for p in home.rglob("*") if p.is_file()]
    assert [p.name for p in settings] == ["desk.ini"]
    assert settings[0].read_text().startswith("[device]\n")
    sockets = [line for line in lines if re.search(r"\bsocket\(", line)]
    assert [line for line in sockets if "AF_INET" in line or "AF_PACKET" in line] == [
        line for line in sockets if "AF_INET" in line and probed(line)
    ]
    assert not [line for line in done if re.search(r"\bconnect\(", line) and "AF_INET" in line]


def probed(line: str) -> bool:
    """The self-test of a reader's sandbox asks for a socket, to see that it is refused."""
    return " = -1 " in line


def test_who_holds_keys_leaves_no_core(traced: tuple[Path, Path, list[str]]) -> None:
    _, _, lines = traced
    assert sum("prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE" in line for line in lines) >= 6


def test_no_core_dumps(tmp_path: Path) -> None:
    code = (
        "import resource\nfrom evidencebox.vault.memory import keep_private\n"
        "keep_private()\nprint(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "(0, 0)\n"
