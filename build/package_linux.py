"""Linux: the bundle in a tree as packages install it; .deb, .rpm and a portable archive of it."""

from __future__ import annotations

import lzma
import os
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

from dev_common import ROOT, DevError, must, say
from dev_system import NEEDED
from package_native import GLIBC

HERE = ROOT / "build" / "linux"
PREFIX = "usr/lib/evidencebox"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
PROGRAMS = ("evidencebox", "evidencebox-desk")


def architecture() -> str:
    """This machine's, as Debian writes it."""
    machine = platform.machine()
    return ARCHITECTURES.get(machine, machine)


def stage(bundle: Path, files: Path, tree: Path, version: str, date: str) -> None:
    """Lay the tree out: libraries in /usr/lib, links in /usr/bin, the rest where desktops look."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(bundle, tree / PREFIX, symlinks=True)
    binaries = tree / "usr/bin"
    binaries.mkdir(parents=True)
    for name in PROGRAMS:
        (binaries / name).symlink_to(f"../lib/evidencebox/{name}")
    share = tree / "usr/share"
    _copy(HERE / "evidencebox.desktop", share / "applications/evidencebox.desktop")
    _copy(HERE / "evidencebox-mime.xml", share / "mime/packages/evidencebox.xml")
    meta = (HERE / "org.evidencebox.EvidenceBox.metainfo.xml").read_text(encoding="utf-8")
    meta = meta.replace("@VERSION@", version).replace("@DATE@", date)
    target = share / "metainfo/org.evidencebox.EvidenceBox.metainfo.xml"
    target.parent.mkdir(parents=True)
    target.write_text(meta, encoding="utf-8", newline="\n")
    for icon in sorted((files / "icons").glob("evidencebox-*.png")):
        size = icon.stem.rpartition("-")[2]
        _copy(icon, share / f"icons/hicolor/{size}x{size}/apps/evidencebox.png")
    _copy(ROOT / "resources/icons/app.svg", share / "icons/hicolor/scalable/apps/evidencebox.svg")
    _copy(files / "evidencebox.1.gz", share / "man/man1/evidencebox.1.gz")
    _copy(files / "evidencebox.bash", share / "bash-completion/completions/evidencebox")
    _copy(files / "_evidencebox", share / "zsh/vendor-completions/_evidencebox")
    _copy(files / "evidencebox.fish", share / "fish/vendor_completions.d/evidencebox.fish")
    _copy(ROOT / "docs/third-party.md", share / "doc/evidencebox/third-party.md")
    _copy(ROOT / "LICENSE", share / "doc/evidencebox/copyright")
    _modes(tree)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _modes(tree: Path) -> None:
    """0755 for folders, programs and what came so, 0644 for the rest: no umask of ours."""
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)


def clamp(tree: Path, epoch: int) -> None:
    """Every time in the tree becomes that of the commit: two builds give the same bytes."""
    for path in [tree, *tree.rglob("*")]:
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def portable(bundle: Path, target: Path, epoch: int) -> None:
    """A .tar.xz to unpack anywhere: sorted, owned by nobody in particular, one time for all."""
    temporary = target.with_suffix(".part")
    with (
        lzma.open(temporary, "wb", preset=6) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in [bundle, *sorted(bundle.rglob("*"))]:
            info = archive.gettarinfo(path, path.relative_to(bundle.parent).as_posix())
            _anonymous(info, epoch)
            if info.isfile():
                with path.open("rb") as data:
                    archive.addfile(info, data)
            else:
                archive.addfile(info)
    temporary.replace(target)


def _anonymous(info: tarfile.TarInfo, epoch: int) -> None:
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = epoch
    if info.isfile():
        info.mode = 0o755 if info.mode & 0o100 else 0o644
    else:
        info.mode = 0o777 if info.issym() else 0o755


def depends() -> Mapping[str, str]:
    """What the packages need of a system: Qt's libraries, by package for deb, by name for rpm."""
    debian = {" | ".join(names) for names in NEEDED.values()}
    needed = [f"{soname}()(64bit)" for soname in NEEDED]
    libc = f"libc6 (>= {'.'.join(map(str, GLIBC))})"
    return {
        "@DEB_DEPENDS@": ", ".join(f'"{name}"' for name in [libc, *sorted(debian)]),
        "@RPM_DEPENDS@": ", ".join(f'"{name}"' for name in sorted(needed)),
    }


def packages(nfpm: Path, tree: Path, out: Path, work: Path, version: str, epoch: int) -> list[Path]:
    """The .deb and the .rpm. Returns their paths.

    Raises:
        DevError: when nfpm fails.
    """
    from datetime import UTC, datetime

    text = (HERE / "nfpm.yaml").read_text(encoding="utf-8")
    values = {
        "${ARCH}": architecture(),
        "${VERSION}": version,
        "${MTIME}": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "${STAGE}": str(tree),
        "${ROOT}": str(ROOT),
        **depends(),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    config = work / "nfpm.yaml"
    config.write_text(text, encoding="utf-8")
    made = []
    for kind in ("deb", "rpm"):
        target = out / f"evidencebox-{version}-{architecture()}.{kind}"
        extra = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
        command = [str(nfpm), "package", "-f", str(config), "-p", kind, "-t", str(target)]
        if subprocess.call(command, env=extra, stdout=subprocess.DEVNULL) != 0:
            raise DevError(f"nfpm could not make the .{kind}: see its words above.")
        made.append(target)
    return made


def appimage(tree: Path, out: Path, work: Path, version: str) -> Path | None:
    """An AppImage where its tool is on the PATH (it is in no package index); else None."""
    tool = shutil.which("appimagetool")
    if tool is None:
        say("No AppImage: appimagetool is not on the PATH (docs/install.md says where to get it).")
        return None
    folder = work / "EvidenceBox.AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tree, folder, symlinks=True)
    _copy(HERE / "evidencebox.desktop", folder / "evidencebox.desktop")
    _copy(ROOT / "resources/icons/app.svg", folder / "evidencebox.svg")
    (folder / "AppRun").symlink_to("usr/bin/evidencebox-desk")
    target = out / f"EvidenceBox-{version}-{platform.machine()}.AppImage"
    must([tool, "--no-appstream", folder, target], "appimagetool failed: see its words above.")
    return target
