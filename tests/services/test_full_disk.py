"""The disk is full at the Nth page of what is written: a sentence, and nothing acknowledged lost.

A real full disk: a small file system in memory, in a name space of the test's own process, with a
ballast file that leaves room for so many pages.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SPACE = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
MOUNT = 'mount -t tmpfs -o size=12m none "$1" && exec "$2" -c "$3" "$1" "$4" "$5"'
FILL = """
import json, os, shutil, sys
from pathlib import Path
from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.services import backups, ledger_export, packs, restore, rotation, ways
from evidencebox.services import case as cases
from evidencebox.services.case import session_lock
from evidencebox.store.ledger import Draft
from evidencebox.vault import header, keys

disk, action, stride = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
keys.FLOOR, keys.TARGET_SECONDS = keys.KdfCost(64, 1, 4), 0.0
rotation._check_room = lambda folder: None  # or it would refuse before the first byte
WORDS, NEW = "correct horse battery staple", "other words of a horse"
PAGE = 4096


def tag(case, document):
    target = {"document": document, "officer": "off"}
    note = "n" * 3000
    draft = Draft(Kind.TAG, [target], {"harm": 2, "note": note, "paths": ["p"]})
    case.decided.act(draft, case.signer)


def do(folder):
    if action == "rotate":
        rotation.rotate(folder, WORDS)
        return
    if action == "restore":
        restore.restore(folder, WORDS)
        return
    case = cases.unlock(folder, WORDS)
    try:
        if action == "tag":
            tag(case, "second")
        elif action == "backup":
            backups.write(folder, header.load(folder), case.case_key, case.decided)
        elif action == "header":
            ways.change_passphrase(case, NEW)
        elif action == "pack":
            packs.export(case, disk / "out")
        elif action == "ledger":
            ledger_export.write(case, disk / "out")
    finally:
        case.close()


def holds(folder):
    for words in (WORDS, NEW):
        try:
            case = cases.unlock(folder, words)
            break
        except keys.WrongKey:
            continue
    try:
        assert case.decided.alarm() is None, case.decided.alarm()
        assert case.decided.verify()[0] is None
        return sorted(t.anchor.document for t in case.decided.tags())
    finally:
        case.close()


def room():
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


made = disk / "made"
case, _ = cases.create(made, "Ann", WORDS)
tag(case, "first")
if action == "restore":
    backups.write(case.folder, header.load(case.folder), case.case_key, case.decided)
case.close()
made = case.folder
refused, sentences, pages = 0, set(), 0
while True:
    folder = disk / "c.evidencebox"
    shutil.copytree(made, folder)
    ballast = os.open(disk / "ballast", os.O_CREAT | os.O_WRONLY)
    os.posix_fallocate(ballast, 0, max(1, room() - pages * PAGE))
    try:
        do(folder)
        done = True
    except UserError as error:
        sentences.add(str(error))
        done = False
    os.close(ballast)
    (disk / "ballast").unlink()
    expected = ["first", "second"] if done and action == "tag" else ["first"]
    assert holds(folder) == expected, (pages, done)
    assert done or not (disk / "out").exists(), "half an export stands there"
    assert not [p for p in folder.glob("backups/*") if p.suffix != ".backup"]
    assert not list(folder.glob("ready*"))
    shutil.rmtree(folder)
    for left in (disk / "out", disk / "out.new"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    if done:
        break
    refused += 1
    pages += stride
print(json.dumps({"refused": refused, "pages": pages, "sentences": sorted(sentences)}))
"""


def mountable(tmp_path: Path) -> bool:
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    mount = [*SPACE, 'mount -t tmpfs -o size=1m none "$1"', "sh", str(tmp_path)]
    return subprocess.run(mount, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("action", "stride"),
    [
        ("tag", 12),
        ("header", 2),
        ("backup", 24),
        ("rotate", 48),
        ("restore", 24),
        ("pack", 2),
        ("ledger", 1),
        *(
            pytest.param(action, 1, marks=[pytest.mark.long, pytest.mark.timeout(1800)])
            for action in ("tag", "header", "backup", "rotate", "restore", "pack")
        ),
    ],
)
def test_a_full_disk_is_a_sentence_and_loses_nothing(
    tmp_path: Path, action: str, stride: int
) -> None:
    if not mountable(tmp_path):
        pytest.skip("needs a file system of its own: unshare and mount, on Linux")
    run = [*SPACE, MOUNT, "sh", str(tmp_path), sys.executable, FILL, action, str(stride)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)}
    done = subprocess.run(run, env=environment, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["refused"] > 0
    assert all(each.endswith(".") for each in found["sentences"])
