"""The software bill of materials: Python's part as CycloneDX finds it, and what wheels bring along.

Run by the project's own Python, which asks each library what it was built with:
`python build/package_sbom.py IN OUT VERSION LOCK BUNDLE`. Reads `IN`, made by cyclonedx-py, writes
`OUT`; of Python's packages those that `LOCK` pins, since what freezes stands in the same
environment. Every native library in `BUNDLE` is listed with the component that it is of.
"""

from __future__ import annotations

import json
import re
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import package_sbom_files
from package_sbom_files import Part

# As Pillow calls what is in its wheel: as it calls itself, and its licence.
_PILLOW = {
    "libjpeg_turbo": ("libjpeg-turbo", "IJG AND BSD-3-Clause"),
    "zlib": ("zlib", "Zlib"),
    "libtiff": ("libtiff", "libtiff"),
    "webp": ("libwebp", "BSD-3-Clause"),
    "freetype2": ("freetype", "FTL"),
    "avif": ("libavif", "BSD-2-Clause"),
    "littlecms2": ("lcms2", "MIT"),
    "jpg_2000": ("openjpeg", "BSD-2-Clause"),
    "harfbuzz": ("harfbuzz", "MIT-Modern-Variant"),
}


def native() -> Iterator[tuple[str, str, str, str]]:
    """(name, version, SPDX licence, where it is) of what knows its version itself.

    The names are those of `package_sbom_files.LICENCES`, so that files find them.
    """
    import pypdfium2
    import PySide6.QtCore
    import sqlcipher3
    import tesserocr

    yield "python", sys.version.split()[0], "PSF-2.0", "the interpreter"
    if sys.platform != "linux":  # there it is a file of its own, with a package and its version
        yield "openssl", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0", "in Python"
    from cryptography.hazmat.backends.openssl.backend import backend

    yield "openssl", backend.openssl_version_text().split()[1], "Apache-2.0", "in cryptography"
    yield "qt", PySide6.QtCore.qVersion(), "LGPL-3.0-only", "in PySide6_Essentials"
    connection = sqlcipher3.connect(":memory:")
    # A key first: without one there is no cipher to ask.
    connection.execute("PRAGMA key = 'none'")
    yield "sqlite", sqlcipher3.sqlite_version, "blessing", "in sqlcipher3"
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    yield "sqlcipher", cipher.split()[0], "BSD-3-Clause", "in sqlcipher3"
    (provider,) = connection.execute("PRAGMA cipher_provider_version").fetchone()
    connection.close()
    yield "openssl", provider.split()[1], "Apache-2.0", "in sqlcipher3"
    yield "pdfium", str(pypdfium2.version.PDFIUM_INFO), "Apache-2.0", "in pypdfium2"
    first, *rest = tesserocr.tesseract_version().split("\n")
    yield "tesseract", first.split()[-1], "Apache-2.0", "in tesserocr"
    for line in rest:
        name, _, version = line.strip().partition("-")
        if name == "leptonica":
            yield "leptonica", version, "BSD-2-Clause", "in tesserocr"
    yield from _in_libraries()


def _in_libraries() -> Iterator[tuple[str, str, str, str]]:
    """What wheels for pictures, numbers and PDF carry along."""
    import numpy
    import pi_heif
    import pikepdf
    import PIL.features

    for feature, (name, licence) in _PILLOW.items():
        version = PIL.features.version(feature)
        if version:
            yield name, str(version), licence, "in pillow"
    blas = numpy.show_config("dicts")["Build Dependencies"]["blas"]
    yield "openblas", str(blas["version"]), "BSD-3-Clause", "in numpy"
    yield "qpdf", pikepdf.__libqpdf_version__, "Apache-2.0", "in pikepdf"
    yield "libheif", pi_heif.libheif_version(), "LGPL-3.0-or-later", "in pi_heif"


def component(part: Part) -> dict[str, Any]:
    """One of them, as CycloneDX writes it."""
    simple = " " not in part.licence
    licence = {"license": {"id": part.licence}} if simple else {"expression": part.licence}
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"native:{part.name}@{part.version}:{part.where.replace(' ', '-')}",
        "name": part.name,
        "version": part.version,
        "description": f"Native code {part.where}.",
        "licenses": [licence],
    }
    if part.files:
        made["properties"] = package_sbom_files.files_property(part.files)
    return made


def with_files(components: list[dict[str, Any]], internal: Path) -> list[dict[str, Any]]:
    """The components with the native libraries of a bundle, and with those that come with them.

    What is known already of a library that a wheel carries (its true version) stays; the file
    gives its name alone. Raises UnknownLibraryError.
    """
    listed, added = package_sbom_files.parts(internal)
    by_name = {_normal(each["name"]): each for each in reversed(components)}
    for name, files in listed.items():
        owner = by_name.get(_normal(name))
        if owner is None:
            raise package_sbom_files.UnknownLibraryError(
                f"{files[0]} is of {name}, which requirements.txt does not pin."
            )
        owner["properties"] = package_sbom_files.files_property(files)
    told = {(each["name"], each.get("description")): each for each in components}
    more = []
    for part in added:
        same = told.get((part.name, f"Native code {part.where}."))
        if same is None:
            more.append(component(part))
        else:
            same.setdefault("properties", []).extend(package_sbom_files.files_property(part.files))
    return [*components, *more]


def _normal(name: str) -> str:
    return re.sub(r"[._-]+", "-", name).lower()


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    source, target, version = Path(arguments[0]), Path(arguments[1]), arguments[2]
    bom = json.loads(source.read_text(encoding="utf-8"))
    bom.setdefault("metadata", {})["component"] = {
        "type": "application",
        "bom-ref": "evidencebox",
        "name": "EvidenceBox",
        "version": version,
        "licenses": [{"expression": "Apache-2.0 AND OFL-1.1"}],
    }
    pinned = set(re.findall(r"^([\w.-]+)==", Path(arguments[3]).read_text("utf-8"), re.MULTILINE))
    bom["components"] = [
        *(each for each in bom.get("components", []) if _normal(each["name"]) in pinned),
        *(component(Part(*each)) for each in native()),
    ]
    bom["components"] = with_files(bom["components"], Path(arguments[4]))
    kept = {each["bom-ref"] for each in bom["components"]} | {"evidencebox"}
    bom["dependencies"] = [each for each in bom.get("dependencies", []) if each["ref"] in kept]
    for each in bom["dependencies"]:
        each["dependsOn"] = [ref for ref in each.get("dependsOn", []) if ref in kept]
    for each in bom["components"]:
        # Where a wheel was fetched from says something of the machine that built, and of no user.
        each.pop("externalReferences", None)
    target.write_text(json.dumps(bom, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
