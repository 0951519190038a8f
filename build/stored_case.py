"""Keeps a small case as this version writes it, for every later version to open.

Run it by the project's own Python once for each release, and commit what it makes:

    .venv/bin/python build/stored_case.py           # tests/data/cases/VERSION.zip

`tests/journey/test_upgrade.py` opens every case that stands there. A case takes half a
megabyte however little is in it: each table takes a page, and what is encrypted does not pack.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "data" / "cases"
PASSPHRASE = "synthetic, and in the sources for all to read"
NOTE = "Kept for the versions to come"
QUERY = "officer"
# A few files of few formats, none of them a picture to be recognised.
_FILES, _OFFICERS, _SEED = 9, 8, 2
# Made anew at every opening, or by the next import.
_LEFT_OUT = (".lock", "backups", "spool")


def make(folder: Path) -> Path:
    """A case of made-up people with a tag, beside its trove. Returns its folder."""
    from evidencebox.model.harm import Harm
    from evidencebox.model.review import Anchor
    from evidencebox.sample import generate
    from evidencebox.services import case as cases
    from evidencebox.services import officers, tags
    from evidencebox.services.ingest import Options, ingest
    from evidencebox.services.search import search

    generate(folder / "sample", _FILES, _OFFICERS, _SEED)
    case, _ = cases.create(folder / "stored", "Stored Reviewer", PASSPHRASE)
    try:
        officers.import_roster(case, folder / "sample" / "roster.csv")
        trove = folder / "sample" / "trove"
        ingest(case, trove, Options(workers=1), lambda _: None, lambda: False)
        document = search(case, QUERY).documents[0]
        officer = case.decided.officers()[0]
        tags.tag(case, Anchor(document), officer, Harm.HIGH, ["polygraph"], NOTE)
        return case.folder
    finally:
        case.close()


def pack(case: Path, target: Path) -> None:
    """The files of a case that is closed, in a ZIP."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(case.rglob("*")):
            name = path.relative_to(case.parent).as_posix()
            if path.is_file() and not any(part in name for part in _LEFT_OUT):
                archive.write(path, name)


def main() -> int:
    """Returns the exit status."""
    sys.path.insert(0, str(ROOT))
    from evidencebox import __version__

    target = CASES / f"{__version__}.zip"
    with tempfile.TemporaryDirectory(prefix="evidencebox-stored-") as folder:
        pack(make(Path(folder)), target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
