"""What goes out natively: nothing unlisted, and nothing under the GPL alone."""

from __future__ import annotations

import ctypes
import platform
import shutil
import sys
from pathlib import Path, PurePosixPath

import package_native
import package_sbom
import package_sbom_files as files
import pytest
from dev_common import DevError


def test_every_library_of_a_bundle_finds_its_component() -> None:
    owners = {
        "rars/rars.abi3.so": "rars",
        "pillow.libs/libtiff-20b7e810.so.6.3.0": "pillow",
        "numpy.libs/libgfortran-040039e1-0352e75f.so.5.0.0": "numpy",
    }

    def whose(name: str) -> tuple[str, files.Part | None]:
        return files.part_of(PurePosixPath(name), owners)

    assert whose("PySide6/Qt/lib/libQt6Core.so.6") == ("qt", None)
    assert whose("python3.11/lib-dynload/_csv.cpython-311-x86_64-linux-gnu.so") == ("python", None)
    assert whose("rars/rars.abi3.so") == ("rars", None)
    name, tiff = whose("pillow.libs/libtiff-20b7e810.so.6.3.0")
    assert (name, tiff) == ("libtiff", files.Part("libtiff", "6.3.0", "libtiff", "in pillow"))
    name, fortran = whose("numpy.libs/libgfortran-040039e1-0352e75f.so.5.0.0")
    assert fortran is not None
    assert (name, fortran.version) == ("gcc", "5.0.0")
    with pytest.raises(files.UnknownLibraryError, match="No package brings"):
        whose("unheard/of.so")


def test_a_library_that_nobody_looked_up_stops_the_build() -> None:
    assert files.known("libxcb-cursor") == ("xcb-util", "MIT")
    with pytest.raises(files.UnknownLibraryError, match=r"third-party\.md"):
        files.known("libreadline")


def test_no_licence_in_the_list_is_the_gpl_alone() -> None:
    bare = [
        name
        for name, licence in files.LICENCES.values()
        if "GPL" in licence and "LGPL" not in licence and "WITH" not in licence
    ]
    assert bare == []


def test_files_stand_with_the_component_that_knows_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("rars/rars.abi3.so", "pillow.libs/libtiff-20b7e810.so.6.3.0"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "libtiff.so").symlink_to("pillow.libs/libtiff-20b7e810.so.6.3.0")
    owners = {"rars/rars.abi3.so": "rars", "pillow.libs/libtiff-20b7e810.so.6.3.0": "pillow"}
    monkeypatch.setattr(files, "packages", lambda: owners)
    known = package_sbom.component(files.Part("libtiff", "4.7.2", "libtiff", "in pillow"))
    rars = {"name": "rars", "version": "0.12"}
    both = package_sbom.with_files([rars, known], tmp_path)
    assert [(each["name"], each["version"]) for each in both] == [
        ("rars", "0.12"),
        ("libtiff", "4.7.2"),
    ]
    assert [each["properties"][0]["value"] for each in both] == [
        "rars/rars.abi3.so",
        "pillow.libs/libtiff-20b7e810.so.6.3.0",
    ]
    with pytest.raises(files.UnknownLibraryError, match="does not pin"):
        package_sbom.with_files([known], tmp_path)


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("as") is None, reason="binutils make Linux libraries"
)
def test_the_stand_in_answers_every_call_with_its_sentence(tmp_path: Path) -> None:
    library = tmp_path / "libjbig-12345678.so.2.1"
    package_native.stand_in(library)
    first = library.read_bytes()
    package_native.stand_in(library)
    assert library.read_bytes() == first
    loaded = ctypes.CDLL(str(library))
    for name in package_native.JBIG_CALLS:
        call = getattr(loaded, name)
        call.restype = ctypes.c_char_p
        assert call() == b"this build reads no JBIG"


def test_no_stand_in_is_guessed_for_another_processor() -> None:
    assert platform.machine() != "s390x"
    with pytest.raises(DevError, match="s390x"):
        package_native.assembly("s390x")


def test_a_library_for_newer_systems_than_promised_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "old.so").write_bytes(b"\x7fELF...GLIBC_2.2.5\0GLIBC_2.35\0")
    (tmp_path / "notes.txt").write_bytes(b"GLIBC_2.99\0")
    assert package_native.newest_glibc(tmp_path) == ((2, 35), "old.so")
    package_native.check_glibc(tmp_path)
    (tmp_path / "new.so").write_bytes(b"\x7fELF...GLIBC_2.36\0")
    with pytest.raises(DevError, match=r"new\.so asks for glibc 2\.36"):
        package_native.check_glibc(tmp_path)
