"""The sample case: a small made-up trove, imported, for whoever wants to look before deciding.

Its passphrase is known to everyone; nobody in it is real. It is made once, beside the settings.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from evidencebox.config import SAMPLE_PASSPHRASE
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services import officers
from evidencebox.services.ingest import Options, ingest

_MAKING = "making.evidencebox"
_DOCUMENTS, _OFFICERS, _SEED, _WORKERS = 120, 24, 7, 2


def make(folder: Path) -> None:
    """Makes the sample case at `folder`, with its trove beside it; nothing where it is there.

    It has its name only when it is whole: what an interrupted making left is made anew.
    """
    if folder.exists():
        return
    home = folder.parent
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    making = folder.with_name(_MAKING)
    for left in (making, home / "material"):
        shutil.rmtree(left, ignore_errors=True)
    generate(home / "material", _DOCUMENTS, _OFFICERS, _SEED)
    made, _ = cases.create(making, "You", SAMPLE_PASSPHRASE)
    try:
        officers.import_roster(made, home / "material" / "roster.csv")
        options = Options(workers=_WORKERS, ocr="")
        ingest(made, home / "material" / "trove", options, lambda _: None, lambda: False)
    finally:
        made.close()
    making.rename(folder)
