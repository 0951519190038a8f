"""Nothing derived from the trove or the review is ever written unencrypted."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.services import officers, tags
from evidencebox.services.case import Case, session_lock
from evidencebox.services.desk import Desk
from evidencebox.vault import keys
from tests.services.making import PASSPHRASE, found, mail, make_case, mbox, plant, take, zipped

ROOT = Path(__file__).resolve().parents[2]
# Words that stand nowhere else: not in the program, and not by chance in encrypted bytes.
MARKS = [f"zqmark{chr(97 + n // 26)}{chr(97 + n % 26)}wx" for n in range(60)]


def marks() -> Iterator[str]:
    return iter(MARKS)


def marked_trove(root: Path, mark: Iterator[str]) -> Path:
    def text(words: int = 3) -> bytes:
        return " ".join(f"the {next(mark)} of it" for _ in range(words)).encode()

    def name(ending: str) -> str:
        return f"{next(mark)}.{ending}"

    letter = mail(next(mark), text(2).decode(), {name("txt"): text()})
    inner = zipped({name("txt"): text(), name("eml"): letter})
    page = b"<html><title>" + text(1) + b"</title><body><p>" + text() + b"</p></body></html>"
    return plant(
        root,
        {
            f"{next(mark)}/{name('txt')}": text(),
            name("eml"): mail(next(mark), text(2).decode(), {name("zip"): inner}),
            name("mbox"): mbox(mail(next(mark), text(1).decode())),
            name("html"): page,
            name("csv"): b"a,b\n" + next(mark).encode() + b"," + text(1),
            name("xyz"): bytes(range(256)) + next(mark).encode(),
        },
    )


def secrets_of(case: Case) -> dict[str, bytes]:
    """Every key that an open case has in memory, by its name."""
    uses = ("case.db", "catalogue.db", "index.db", "spool", "anchor", "pseudonym")
    derived = {use: keys.derive(case.case_key, use) for use in uses}
    return {"case key": case.case_key, "signing seed": case.seed, **derived}


def spellings(secret: bytes) -> list[bytes]:
    """As it is, in hex of either case, and in base 64 and 32."""
    coded = (base64.b64encode(secret).rstrip(b"="), base64.b32encode(secret).rstrip(b"="))
    plain = secret.hex()
    return [secret, plain.encode(), plain.upper().encode(), plain.encode("utf-16-le"), *coded]


def written(*folders: Path, secrets: Mapping[str, bytes] | None = None) -> dict[str, list[str]]:
    """Mark or key → files in which it can be read, by name or content, also as UTF-16."""
    hits: dict[str, list[str]] = {}
    forms = {name: spellings(secret) for name, secret in (secrets or {}).items()}
    for folder in folders:
        for path in folder.rglob("*"):
            raw = str(path.relative_to(folder)).encode()
            if path.is_file():
                raw += b"\0" + path.read_bytes()
            for name, spelled in forms.items():
                if any(each in raw for each in spelled):
                    hits.setdefault(name, []).append(path.name)
            data = raw.lower()
            for mark in [*MARKS, PASSPHRASE]:
                if mark.encode() in data or mark.encode("utf-16-le") in data:
                    hits.setdefault(mark, []).append(path.name)
    return hits


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A temporary folder and a home of this test's own; the case stands beside them."""
    folders = [tmp_path / name for name in ("temporary", "home", "case")]
    for folder in folders:
        folder.mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(variable, str(folders[0]))
    monkeypatch.setenv("HOME", str(folders[1]))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folders


def test_the_search_for_marks_finds_what_is_there(tmp_path: Path) -> None:
    plant(tmp_path, {"a.bin": "x" + MARKS[3].upper(), f"{MARKS[4]}.bin": "y"})
    (tmp_path / "b.bin").write_bytes(MARKS[5].encode("utf-16-le"))
    assert set(written(tmp_path)) == set(MARKS[3:6])
    known = {name: bytes([number]) * 31 + b"k" for number, name in enumerate("abcd")}
    kept = [spellings(known[name])[at] for name, at in (("a", 0), ("b", 2), ("c", 4))]
    (tmp_path / "c.bin").write_bytes(b"-".join(kept))
    assert set(written(tmp_path, secrets=known)) == {*MARKS[3:6], "a", "b", "c"}


def test_after_a_whole_review_nothing_can_be_read(places: list[Path], tmp_path: Path) -> None:
    mark = marks()
    trove = marked_trove(tmp_path / "trove", mark)
    typed = list(mark)
    inside, rest = MARKS[: -len(typed)], iter(typed)
    case = make_case(places[2] / "c")
    secrets = secrets_of(case)
    desk = Desk(case, session_lock(case.folder))
    try:
        take(case, trove, custodian=next(rest))
        review(case, desk, inside, rest)
        assert written(*places, secrets=secrets) == {}  # while it is open
    finally:
        desk.close()
    assert list((case.folder / "backups").iterdir())
    assert written(*places, secrets=secrets) == {}


def review(case: Case, desk: Desk, inside: list[str], rest: Iterator[str]) -> None:
    """What a reviewer does, with marks in everything that he types."""
    readable = [m for m in inside if found(case, m)]
    assert len(readable) > 25
    document = desk.search(readable[0]).documents[0]
    who = officers.add(case, last=next(rest), first=next(rest), badge=next(rest), unit=next(rest))
    tags.tag(case, Anchor(document), who, Harm.HIGH, ["address"], f"note {next(rest)}")
    tags.label(case, document, next(rest))
    for query in readable[:10]:
        for hit in desk.search(query).documents:
            desk.document(hit)
            desk.hits(query, hit)
    desk.facets(desk.search(""))
    tags.undo(case)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("lines", [1, 3, 8])
def test_after_a_kill_nothing_can_be_read(places: list[Path], tmp_path: Path, lines: int) -> None:
    trove = marked_trove(tmp_path / "trove", marks())
    plant(trove, {f"more/{n}.zip": zipped({f"{n}.txt": MARKS[n % 60]}) for n in range(200)})
    case = make_case(places[2] / "c")
    secrets = secrets_of(case)
    lock = session_lock(case.folder)
    command, handed = Desk(case, lock).ingest_command(trove)
    lock.release()
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=dict(os.environ)
    )
    with child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(handed)
        child.stdin.flush()
        for _ in range(lines):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
    assert written(*places, secrets=secrets) == {}
    case.close()
    assert written(*places, secrets=secrets) == {}
