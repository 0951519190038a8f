"""What a build runs to prove itself: that it can fail, and that its sample holds every format."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path, PurePath

import dev_package
import pytest

from evidencebox.cli import main
from evidencebox.sample import generate
from evidencebox.services import selftest, selftest_bundle


def _formats(trove: Path) -> Counter[str]:
    return Counter(p.suffix.lower() or "." for p in trove.rglob("*") if p.is_file())


def test_the_small_sample_holds_every_format_of_a_large_one(tmp_path: Path) -> None:
    bench = selftest._Bench(tmp_path)
    selftest._sample(bench)
    kept = _formats(tmp_path / "sample" / "trove")
    assert max(kept.values()) <= 3
    generate(tmp_path / "large", 600, 40, 1)
    # .bak and .all are but wrong names of formats that stand there under their own.
    assert set(_formats(tmp_path / "large" / "trove")) - {".bak", ".all"} <= set(kept)


def test_a_part_that_fails_is_told_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: selftest._Bench) -> str:
        raise RuntimeError("nothing was read")

    steps = (("good", lambda _: "fine"), ("bad", broken), ("later", lambda b: str(b.opened)))
    monkeypatch.setattr(selftest, "_STEPS", steps)
    assert main(["--self-test"], lambda *_: 0) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["ok", "FAILED", "FAILED", "FAILED"]
    assert "RuntimeError: nothing was read" in lines[1]
    assert "an earlier step failed" in lines[2]
    assert lines[3].endswith("2 of its parts failed")


def test_a_bundle_with_a_network_library_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(selftest_bundle, "NETWORK_MODULES", ("no_such_module", "no.such.module"))
    (tmp_path / "libQt6Core.so.6").write_bytes(b"")
    assert selftest_bundle.no_network().startswith("none among 1 files")
    (tmp_path / "libQt6Network.so.6").write_bytes(b"")
    with pytest.raises(RuntimeError, match=r"libQt6Network\.so\.6"):
        selftest_bundle.no_network()
    monkeypatch.setattr(selftest_bundle, "NETWORK_MODULES", ("json",))
    (tmp_path / "libQt6Network.so.6").unlink()
    with pytest.raises(RuntimeError, match="json"):
        selftest_bundle.no_network()


def test_what_is_packed_and_what_is_proved_hold_the_same_forbidden() -> None:
    assert set(selftest_bundle.NETWORK_FILES) <= set(dev_package.FORBIDDEN)
    names = [PurePath("a/libssl.so.3"), PurePath("a/libcrypto.so.3"), PurePath("b/libcurl.so.4")]
    names.append(PurePath("licences/debian-libssl3.txt"))
    assert selftest_bundle.network_files(names) == ["libcurl.so.4", "libssl.so.3"]


def test_every_library_that_is_loaded_by_name_is_there() -> None:
    assert selftest_bundle.libraries().startswith("all readers")


def test_a_window_that_does_not_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 134, b"", b"first\nno Qt platform plugin\n")

    monkeypatch.setattr(subprocess, "run", ended)
    with pytest.raises(RuntimeError, match="ended with 134: no Qt platform plugin"):
        selftest_bundle.window(tmp_path / "c.evidencebox", tmp_path)


def test_a_window_that_stays_blank_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def blank(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        (tmp_path / "unlock.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
        return subprocess.CompletedProcess([], 0, b"", b"")

    monkeypatch.setattr(subprocess, "run", blank)
    with pytest.raises(RuntimeError, match="blank"):
        selftest_bundle.window(tmp_path / "c.evidencebox", tmp_path)
