"""`package`: from the locks to what is handed out, each step checked.

lock → an environment with what users get and nothing else → bill of materials → frozen bundle →
one time for every file → packages of this system → SHA256SUMS → a signature, where a command for it
is named. `--bundle` stops after the frozen bundle; `--twice` makes everything twice, at different
times, and compares it byte by byte.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath

import package_linux
import package_native
from dev_common import ROOT, WORK, DevError, must, say, venv_python

SPEC = ROOT / "evidencebox.spec"
WORK_FOLDER = WORK / "pyinstaller"
DIST = WORK / "dist"
BUNDLE = DIST / "EvidenceBox"
PACKAGES = WORK / "packages"
ICONS = WORK / "icons"
VENV = WORK / "package-venv"
TOOLS = WORK / "package-tools"
PINS = {
    VENV: (ROOT / "requirements.txt", ROOT / "build" / "requirements-freeze.txt"),
    TOOLS: (ROOT / "build" / "requirements-package.txt",),
}
WINDOW_SECONDS = 8
SIGN = "EVIDENCEBOX_SIGN"
"""A command that makes a detached signature beside the file it is given, such as `gpg -ab`."""

# Nothing that can open a connection is shipped, and nothing that parses pictures beyond need.
FORBIDDEN = (
    *("Qt6Network", "QtNetwork", "Qt6WebEngine", "libqtls", "qopensslbackend", "libqpdf."),
    *("libssl", "_ssl.", "libcurl", "libgssapi"),
)


def forbidden_files(paths: Iterable[PurePath]) -> list[str]:
    """The files of a bundle that must not be in it."""
    return sorted(path.as_posix() for path in paths if any(word in path.name for word in FORBIDDEN))


def bundle_size(bundle: Path) -> int:
    """Bytes of all files of the bundle, links counted once."""
    return sum(p.stat().st_size for p in bundle.rglob("*") if p.is_file() and not p.is_symlink())


def console_executable(bundle: Path = BUNDLE) -> Path:
    """The bundle's command line program (the other one opens the window and has no console)."""
    return bundle / ("evidencebox.exe" if os.name == "nt" else "evidencebox")


def epoch() -> int:
    """The time that every file gets: that of the commit, so that all who build it agree."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    answer = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True
    )
    # A source archive has no history; a fixed day is as good as any.
    return int(answer.stdout) if answer.returncode == 0 and answer.stdout.strip() else 1767225600


def package(arguments: Sequence[str] = ()) -> int:
    """Make everything for this system and let the bundle prove itself. Returns the exit status."""
    only_bundle, twice = "--bundle" in arguments, "--twice" in arguments
    environments()
    build(only_bundle)
    if twice:
        return again(only_bundle)
    return prove()


def environments() -> None:
    """One environment with what users get and what freezes it, and one for the other tools."""
    for venv, pins in PINS.items():
        stamp, wanted = venv / ".pins", "".join(map(_digest, pins))
        if stamp.is_file() and stamp.read_text() == wanted:
            continue
        must([sys.executable, "-m", "venv", "--clear", venv], "Python made no environment.")
        for pin in pins:
            must(
                [venv_python(venv), "-m", "pip", "install", "-q", "--require-hashes", "-r", pin],
                "pip could not install the locks (see its words above).",
            )
        stamp.write_text(wanted)


def build(only_bundle: bool) -> None:
    """The bundle and the packages of this system, in .work/dist and .work/packages."""
    when, version = epoch(), _version()
    day = datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d")
    shutil.rmtree(PACKAGES, ignore_errors=True)
    PACKAGES.mkdir(parents=True)
    files = WORK / "package-files"
    shutil.rmtree(files, ignore_errors=True)
    must([venv_python(VENV), ROOT / "build/package_files.py", files, version, day],
         "The icons and the manual page were not made.")  # fmt: skip
    shutil.rmtree(ICONS, ignore_errors=True)
    shutil.copytree(files / "icons", ICONS)
    freeze(when)
    bill_of_materials(version)
    package_linux.clamp(BUNDLE, when)
    say(f"{BUNDLE}: {bundle_size(BUNDLE) / 1e6:.0f} MB")
    if not only_bundle and sys.platform == "linux":
        linux(files, version, day, when)
    sums()


def freeze(when: int) -> None:
    """PyInstaller, with nothing left to chance.

    Raises:
        DevError: when it fails, or when the bundle holds what it must not.
    """
    extra = {
        **{k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        "SOURCE_DATE_EPOCH": str(when),
        "PYTHONHASHSEED": "0",
    }
    command = [
        *(venv_python(VENV), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        # Never the default work folder, which is build/, our sources.
        *("--workpath", WORK_FOLDER, "--distpath", DIST, SPEC),
    ]
    if subprocess.call([str(word) for word in command], cwd=ROOT, env=extra) != 0:
        raise DevError("PyInstaller failed: see its words above.")
    if sys.platform == "linux":
        package_native.tidy(BUNDLE / "_internal")
        package_native.check_glibc(BUNDLE)
    bad = forbidden_files(path.relative_to(BUNDLE) for path in BUNDLE.rglob("*"))
    if bad:
        raise DevError(f"The bundle holds what it must not: {', '.join(bad)}.")


def bill_of_materials(version: str) -> None:
    """CycloneDX, in the bundle and beside the packages; and in the bundle the licences' texts."""
    raw = WORK / "sbom-python.json"
    must(
        [venv_python(TOOLS), "-m", "cyclonedx_py", "environment", "--output-reproducible",
         "-o", raw, venv_python(VENV)],
        "The bill of materials was not made.",
    )  # fmt: skip
    target = PACKAGES / f"evidencebox-{version}.cdx.json"
    must(
        [venv_python(VENV), ROOT / "build/package_sbom.py", raw, target, version,
         ROOT / "requirements.txt", BUNDLE / "_internal"],
        "The bill of materials was not completed.",
    )  # fmt: skip
    shutil.copyfile(target, BUNDLE / "_internal" / "sbom.cdx.json")
    must(
        [venv_python(VENV), ROOT / "build/package_licences.py", target,
         BUNDLE / "_internal" / "licences"],
        "The licences were not gathered.",
    )  # fmt: skip


def linux(files: Path, version: str, day: str, when: int) -> None:
    """.deb, .rpm, portable archive, and an AppImage where its tool is."""
    tree = WORK / "stage"
    package_linux.stage(BUNDLE, files, tree, version, day)
    package_linux.clamp(tree, when)
    nfpm = TOOLS / "bin" / "nfpm"
    for made in package_linux.packages(nfpm, tree, PACKAGES, WORK, version, when):
        say(f"{made.name}: {made.stat().st_size / 1e6:.0f} MB")
    archive = PACKAGES / f"evidencebox-{version}-linux-{package_linux.architecture()}.tar.xz"
    package_linux.portable(BUNDLE, archive, when)
    say(f"{archive.name}: {archive.stat().st_size / 1e6:.0f} MB")
    package_linux.appimage(tree, PACKAGES, WORK, version)


def sums() -> None:
    """SHA256SUMS over all that is handed out, and a detached signature of it where we can sign."""
    listed = sorted(path for path in PACKAGES.iterdir() if path.is_file())
    target = PACKAGES / "SHA256SUMS"
    text = "".join(f"{_digest(path)}  {path.name}\n" for path in listed)
    target.write_text(text, encoding="utf-8", newline="\n")
    command = os.environ.get(SIGN)
    if command:
        must([*shlex.split(command), target], "The signature was not made.")
    else:
        say(f"{target}: not signed ({SIGN} names no command).")


def again(only_bundle: bool) -> int:
    """Build a second time and compare. Returns the exit status."""
    first = WORK / "first"
    shutil.rmtree(first, ignore_errors=True)
    first.mkdir()
    BUNDLE.rename(first / "EvidenceBox")
    PACKAGES.rename(first / "packages")
    time.sleep(2)  # every clock has gone on, also one of whole seconds
    build(only_bundle)
    other = [
        *differences(first / "EvidenceBox", BUNDLE),
        *differences(first / "packages", PACKAGES),
    ]
    for path in other:
        say(f"differs: {path}")
    say("The two builds differ." if other else "The two builds are the same, byte by byte.")
    return 1 if other else prove()


def differences(one: Path, two: Path) -> list[str]:
    """Paths whose bytes or whose being there differ between two folders."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (one, two)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return sorted(
        name
        for name in names
        if not (one / name).is_file()
        or not (two / name).is_file()
        or not filecmp.cmp(one / name, two / name, shallow=False)
    )


def prove() -> int:
    """The frozen self-test, and the frozen window opened and closed. Returns the exit status."""
    if not console_executable().is_file():
        environments()
        build(only_bundle=True)
    return self_test() or window_opens()


def window_opens(bundle: Path = BUNDLE) -> int:
    """Whether the frozen window is still there after some seconds, drawn off screen."""
    name = "evidencebox-desk.exe" if os.name == "nt" else "evidencebox-desk"
    alone = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    with subprocess.Popen(
        [str(bundle / name), "gui"], env={**alone, "QT_QPA_PLATFORM": "offscreen"}
    ) as process:
        try:
            status = process.wait(WINDOW_SECONDS)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait()
            say(f"ok      window                       open for {WINDOW_SECONDS} s")
            return 0
    say(f"FAILED  window                       it ended with status {status}")
    return 1


def self_test(bundle: Path = BUNDLE) -> int:
    """The frozen program's own proof, in no environment of ours. Returns its exit status."""
    alone = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.call([str(console_executable(bundle)), "--self-test"], env=alone)


def _version() -> str:
    text = (ROOT / "evidencebox" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def _digest(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
