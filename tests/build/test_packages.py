"""What is packed: the same bytes twice, and texts that desktops and shells can read."""

from __future__ import annotations

import argparse
import configparser
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree

import dev_package
import dev_wheelhouse
import package_files
import package_linux
import pytest

from evidencebox.cli.main import build_parser

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "build" / "linux"


@pytest.fixture(scope="module")
def parser() -> argparse.ArgumentParser:
    return build_parser(lambda *_: 0)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "EvidenceBox"
    (folder / "_internal").mkdir(parents=True)
    for name in ("evidencebox", "evidencebox-desk"):
        (folder / name).write_bytes(b"program")
        (folder / name).chmod(0o755)
    (folder / "_internal" / "lib.so").write_bytes(b"library")
    (folder / "_internal" / "link.so").symlink_to("lib.so")
    return folder


def test_the_portable_archive_is_the_same_whenever_it_is_made(bundle: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.tar.xz", tmp_path / "2.tar.xz"
    package_linux.portable(bundle, first, 1_700_000_000)
    os.utime(bundle / "evidencebox", (1, 1))
    (bundle / "_internal" / "lib.so").chmod(0o600)
    package_linux.portable(bundle, second, 1_700_000_000)
    assert first.read_bytes() == second.read_bytes()
    with tarfile.open(first) as archive:
        assert {(m.uid, m.uname, m.mtime) for m in archive} == {(0, "root", 1_700_000_000)}
        assert archive.getmember("EvidenceBox/evidencebox").mode == 0o755
        assert archive.getmember("EvidenceBox/_internal/link.so").issym()


def test_two_builds_are_compared_byte_by_byte(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(bundle, other, symlinks=True)
    assert dev_package.differences(bundle, other) == []
    (other / "_internal" / "lib.so").write_bytes(b"libraryx")
    (other / "new").write_bytes(b"")
    assert dev_package.differences(bundle, other) == [
        "_internal/lib.so",
        "_internal/link.so",
        "new",
    ]


def test_the_tree_is_laid_out_as_desktops_look_for_it(bundle: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    (files / "icons").mkdir(parents=True)
    (files / "icons" / "evidencebox-48.png").write_bytes(b"png")
    for name in ("evidencebox.1.gz", "evidencebox.bash", "_evidencebox", "evidencebox.fish"):
        (files / name).write_bytes(b"x")
    tree = tmp_path / "tree"
    package_linux.stage(bundle, files, tree, "1.2.3", "2026-01-02")
    assert (tree / "usr/bin/evidencebox").resolve() == tree / "usr/lib/evidencebox/evidencebox"
    assert (tree / "usr/share/icons/hicolor/48x48/apps/evidencebox.png").is_file()
    meta = ElementTree.parse(tree / "usr/share/metainfo/org.evidencebox.EvidenceBox.metainfo.xml")
    release = meta.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": "1.2.3", "date": "2026-01-02"}
    package_linux.clamp(tree, 1_700_000_000)
    assert {path.lstat().st_mtime for path in tree.rglob("*")} == {1_700_000_000}


def test_the_desktop_entry_names_what_the_packages_hold() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(LINUX / "evidencebox.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    assert desktop["exec"].split()[0] in package_linux.PROGRAMS
    mime = ElementTree.parse(LINUX / "evidencebox-mime.xml").getroot()
    assert mime[0].attrib["type"] + ";" == desktop["mimetype"]


def test_every_verb_is_completed_and_in_the_manual(parser: argparse.ArgumentParser) -> None:
    names = [name for name, _, _ in package_files.verbs(parser)]
    assert {"gui", "new", "ingest", "search", "tag", "verify"} <= set(names)
    manual = package_files.manual(parser, "1.2.3", "2026-01-02")
    for name in names:
        assert f".B {name.replace('-', chr(92) + '-')}\n" in manual
        assert f"        {name}) words=" in package_files.bash(parser)
        assert f"    {name}) compadd" in package_files.zsh(parser)
        assert f"-a {name} " in package_files.fish(parser)
    assert not [line for line in manual.splitlines() if line.startswith("'")]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_can_read_its_completion(parser: argparse.ArgumentParser, tmp_path: Path) -> None:
    script = tmp_path / "completion"
    script.write_text(package_files.bash(parser), encoding="utf-8")
    tried = f"source {script}; COMP_WORDS=(evidencebox sea); COMP_CWORD=1; _evidencebox; "
    answer = subprocess.run(
        ["bash", "-c", tried + 'printf "%s\\n" "${COMPREPLY[@]}"'], capture_output=True, text=True
    )
    assert answer.stderr == ""
    assert answer.stdout.split()[:2] == ["search", "searches"]


@pytest.mark.parametrize("system", dev_wheelhouse.SYSTEMS)
def test_each_systems_pins_have_their_hashes_and_no_markers(system: str) -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pins = list(dev_wheelhouse.pins(lock, dev_wheelhouse.SYSTEMS[system][1]))
    names = {pin.partition("==")[0] for pin in pins}
    assert all(" ; " not in pin and "--hash=sha256:" in pin for pin in pins)
    assert {"pyside6-essentials", "sqlcipher3"} <= names
    assert ("jeepney" in names) == (system == "linux")
    assert ("pywin32-ctypes" in names) == (system == "windows")


@pytest.mark.parametrize("script", [*LINUX.glob("*.sh"), ROOT / "build/macos/package.sh"], ids=str)
def test_shell_scripts_can_be_read_by_a_plain_shell(script: Path) -> None:
    if shutil.which("sh") is None:
        pytest.skip("there is no sh here")
    assert subprocess.run(["sh", "-n", str(script)], capture_output=True).stderr == b""
