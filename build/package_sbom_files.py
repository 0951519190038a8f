"""Whose each native library of a bundle is: no file goes out that the bill of materials lacks.

What Qt, Python and the packages' own wheels bring is theirs. What wheels carry along in a folder of
their own (`NAME.libs/`), and what Linux's packages hold, becomes a component each, with its version
and licence; for one that nobody has looked up yet, the build stops.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

_GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"

# Start of a library's name → what it is called, and its licence (SPDX).
LICENCES = {
    "libX11": ("libx11", "MIT"),
    "libX11-xcb": ("libx11", "MIT"),
    "libXau": ("libxau", "MIT"),
    "libXdmcp": ("libxdmcp", "MIT"),
    "libavif": ("libavif", "BSD-2-Clause"),
    "libbrotlicommon": ("brotli", "MIT"),
    "libbrotlidec": ("brotli", "MIT"),
    "libbsd": ("libbsd", "BSD-3-Clause AND BSD-2-Clause AND ISC"),
    "libbz2": ("bzip2", "bzip2-1.0.6"),
    "libcap": ("libcap", "BSD-3-Clause"),
    "libcrypto": ("openssl", "Apache-2.0"),
    "libdbus-1": ("dbus", "AFL-2.1"),
    "libde265": ("libde265", "LGPL-3.0-or-later"),
    "libffi": ("libffi", "MIT"),
    "libfontconfig": ("fontconfig", "HPND-sell-variant"),
    "libfreetype": ("freetype", "FTL"),
    "libgcrypt": ("libgcrypt", "LGPL-2.1-or-later"),
    "libgfortran": ("gcc", _GCC),
    "libglib-2.0": ("glib", "LGPL-2.1-or-later"),
    "libgpg-error": ("libgpg-error", "LGPL-2.1-or-later"),
    "libgthread-2.0": ("glib", "LGPL-2.1-or-later"),
    "libharfbuzz": ("harfbuzz", "MIT-Modern-Variant"),
    "libheif": ("libheif", "LGPL-3.0-or-later"),
    # Our own stand-in: see package_native.py.
    "libjbig": ("jbig-stand-in", "Apache-2.0"),
    "libjpeg": ("libjpeg-turbo", "IJG AND BSD-3-Clause"),
    "liblcms2": ("lcms2", "MIT"),
    "libleptonica": ("leptonica", "BSD-2-Clause"),
    "liblz4": ("lz4", "BSD-2-Clause"),
    "liblzma": ("xz", "0BSD"),
    "libmd": ("libmd", "BSD-3-Clause AND BSD-2-Clause AND ISC"),
    "libopenjp2": ("openjpeg", "BSD-2-Clause"),
    "libpcre2-8": ("pcre2", "BSD-3-Clause"),
    "libpng16": ("libpng", "libpng-2.0"),
    "libqpdf": ("qpdf", "Apache-2.0"),
    "libquadmath": ("gcc", "LGPL-2.1-or-later"),
    "libscipy_openblas64_": ("openblas", "BSD-3-Clause"),
    "libsharpyuv": ("libwebp", "BSD-3-Clause"),
    "libsqlite3": ("sqlite", "blessing"),
    "libsystemd": ("systemd", "LGPL-2.1-or-later"),
    "libtesseract": ("tesseract", "Apache-2.0"),
    "libtiff": ("libtiff", "libtiff"),
    "libuuid": ("util-linux", "BSD-3-Clause"),
    "libwebp": ("libwebp", "BSD-3-Clause"),
    "libwebpdemux": ("libwebp", "BSD-3-Clause"),
    "libwebpmux": ("libwebp", "BSD-3-Clause"),
    "libxcb": ("libxcb", "MIT"),
    "libxkbcommon": ("libxkbcommon", "MIT"),
    "libxkbcommon-x11": ("libxkbcommon", "MIT"),
    "libz": ("zlib", "Zlib"),
    "libzstd": ("zstandard", "BSD-3-Clause"),
}
_STEM = re.compile(
    r"(?P<stem>[\w.+-]+?)(?:-[0-9a-f]{8}(?:-[0-9a-f]{8})?)?\.so(?:\.(?P<soname>.+))?$"
)
_NATIVE = re.compile(r"\.(?:so|pyd|dll|dylib)(?:\.[\w.]+)?$")


@dataclass(frozen=True)
class Part:
    """A component: its name and version, its licence, where it comes from, its files."""

    name: str
    version: str
    licence: str
    where: str
    files: list[str] = field(default_factory=list)


class UnknownLibraryError(Exception):
    """A library that no component answers for."""


def natives(internal: Path) -> Iterator[PurePosixPath]:
    """The native libraries of a bundle's folder, sorted, without links to others of them."""
    for path in sorted(internal.rglob("*")):
        if _NATIVE.search(path.name) and path.is_file() and not path.is_symlink():
            yield PurePosixPath(path.relative_to(internal).as_posix())


def packages() -> dict[str, str]:
    """Of every native file that an installed package brings: the package."""
    return {
        file.as_posix(): distribution.metadata["Name"]
        for distribution in metadata.distributions()
        for file in distribution.files or ()
        if _NATIVE.search(file.name)
    }


def known(stem: str) -> tuple[str, str]:
    """What a library is called, and its licence. Raises UnknownLibraryError."""
    if stem.startswith("libxcb-"):
        return "xcb-util", "MIT"
    found = LICENCES.get(stem)
    if found is None:
        raise UnknownLibraryError(
            f"{stem} is in the bundle and in no list: look its licence up, and name it in "
            "build/package_sbom_files.py and docs/third-party.md."
        )
    return found


def _of_linux(name: str) -> tuple[str, str]:
    """The version of a library's Linux package, and which that is. Raises UnknownLibraryError."""
    for folder in ("/lib", "/usr/lib"):
        pattern = f"{folder}/*/{name}"
        found = subprocess.run(["dpkg-query", "-S", pattern], capture_output=True, text=True)
        if found.returncode == 0:
            package = found.stdout.splitlines()[0].rpartition(": ")[0].split(",")[0]
            asked = ["dpkg-query", "-W", "-f", "${Version}", package]
            version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
            return version, f"of the build machine's package {package.partition(':')[0]}"
    raise UnknownLibraryError(f"No package of this system holds {name}, which is in the bundle.")


def part_of(file: PurePosixPath, owners: dict[str, str]) -> tuple[str, Part | None]:
    """The name of the component that a file is of; with it a new one, where none is listed yet.

    Raises UnknownLibraryError.
    """
    top = file.parts[0]
    if top == "PySide6" and "Qt" in file.parts:
        return "qt", None
    if "lib-dynload" in file.parts or file.name.startswith("libpython3"):
        return "python", None
    if owner := owners.get(file.as_posix()):
        if not top.endswith((".libs", ".dylibs")):
            return owner, None
        return _carried(file, f"in {owner}")
    if len(file.parts) > 1 or sys.platform != "linux":
        raise UnknownLibraryError(f"No package brings {file}, which is in the bundle.")
    return _carried(file, "")


def _carried(file: PurePosixPath, where: str) -> tuple[str, Part]:
    match = _STEM.match(file.name)
    if match is None:
        raise UnknownLibraryError(f"{file} is named like no library.")
    name, licence = known(match["stem"])
    version = match["soname"] or "unversioned"
    if not where:
        version, where = _of_linux(file.name)
    return name, Part(name, version, licence, where)


def parts(internal: Path) -> tuple[dict[str, list[str]], list[Part]]:
    """Files by listed component, and the components that are to be added, with theirs.

    Raises UnknownLibraryError.
    """
    owners = packages()
    listed: dict[str, list[str]] = {}
    added: dict[tuple[str, str, str], Part] = {}
    for file in natives(internal):
        name, part = part_of(file, owners)
        if part is None:
            listed.setdefault(name, []).append(str(file))
        else:
            key = (part.name, part.version, part.where)
            added.setdefault(key, part).files.append(str(file))
    return listed, list(added.values())


def files_property(files: list[str]) -> list[dict[str, Any]]:
    """As CycloneDX writes properties: a line for each file."""
    return [{"name": "evidencebox:file", "value": file} for file in files]
