"""The software bill of materials: Python's part as CycloneDX finds it, and what wheels bring along.

Run by the project's own Python, which asks each library what it was built with:
`python build/package_sbom.py IN OUT VERSION LOCK`. Reads `IN`, made by cyclonedx-py, writes `OUT`;
of Python's packages those that `LOCK` pins, since what freezes stands in the same environment.
"""

from __future__ import annotations

import json
import re
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PILLOW = {
    "jpg": "IJG",
    "zlib": "Zlib",
    "libtiff": "libtiff",
    "webp": "BSD-3-Clause",
    "freetype2": "FTL",
}


def native() -> Iterator[tuple[str, str, str, str]]:
    """(name, version, SPDX licence, where it is) of libraries that are no Python packages."""
    import numpy
    import PIL.features
    import pypdfium2
    import PySide6.QtCore
    import sqlcipher3
    import tesserocr

    yield "python", sys.version.split()[0], "PSF-2.0", "the interpreter"
    yield "openssl", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0", "Python's hashes"
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
    for feature, licence in _PILLOW.items():
        version = PIL.features.version(feature)
        if version:
            yield feature, str(version), licence, "in pillow"
    blas = numpy.show_config("dicts")["Build Dependencies"]["blas"]
    yield str(blas["name"]), str(blas["version"]), "BSD-3-Clause", "in numpy"


def component(name: str, version: str, licence: str, where: str) -> dict[str, Any]:
    """One of them, as CycloneDX writes it."""
    return {
        "type": "library",
        "bom-ref": f"native:{name}@{version}:{where.replace(' ', '-')}",
        "name": name,
        "version": version,
        "description": f"Native code {where}.",
        "licenses": [{"license": {"id": licence}}],
    }


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
        *(component(*each) for each in native()),
    ]
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
