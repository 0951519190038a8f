"""`demo`: from nothing to a tagged document in an encrypted case, told step by step."""

from __future__ import annotations

import csv
import json
import os
import re
import secrets
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev_common import WORK, DevError, environment, evidencebox, has_display, run, say

DOCUMENTS = 400
OFFICERS = 300
SEED = 2021
# What the walkthrough tags: the first of these that the answer key knows on a page with text.
# Element of the key: category of the tag.
GRAVE = {
    "polygraph": "polygraph",
    "drug_history": "drug_history",
    "sexual_abuse": "sexual_abuse",
    "ssn": "identity",
}

# Columns of the matrix that the small table leaves out.
PERSONNEL = ("rank", "unit", "status")


@dataclass(frozen=True)
class Demo:
    """The folder of one demonstration and what lies in it."""

    folder: Path

    @property
    def sample(self) -> Path:
        return self.folder / "sample"

    @property
    def case(self) -> Path:
        return self.folder / "PortMarrow.evidencebox"

    @property
    def passphrase(self) -> Path:
        return self.folder / "passphrase.txt"

    @property
    def matrix(self) -> Path:
        return self.folder / "matrix.csv"

    @property
    def pictures(self) -> Path:
        return self.folder / "screenshots"

    def prepare(self) -> None:
        """Empty the folder, and put a passphrase in it that only this user can read."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        descriptor = os.open(self.passphrase, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(24) + "\n")

    def tell(self, why: str, *arguments: str | Path, listed: bool = False) -> None:
        """Say why, show the command, run it.

        Args:
            why: a line for the person who watches.
            arguments: those of `evidencebox`.
            listed: whether status 1 is fine too: done, with failures that were listed. The
                sample holds broken files on purpose.

        Raises:
            DevError: when the command fails.
        """
        say(f"\n# {why}\n$ evidencebox {shlex.join(map(str, arguments))}")
        extra = {"EVIDENCEBOX_PASSPHRASE_FILE": str(self.passphrase)}
        status = run(evidencebox(*arguments), cwd=self.folder, extra=extra)
        if status not in ((0, 1) if listed else (0,)):
            raise DevError(f"The demonstration stopped: evidencebox ended with status {status}.")


def grave_truth(answers: Path) -> dict[str, str]:
    """The document, page and badge to tag, from the sample's answer key.

    Raises:
        DevError: when the key has none, which means that the sample is broken.
    """
    truths = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    for element in GRAVE:
        for truth in truths:
            if truth.get("element") == element and truth.get("badge") and not truth.get("ocr"):
                return {key: str(truth[key]) for key in ("sha256", "page", "badge", "element")}
    raise DevError("The sample's answer key names no grave exposure: the sample is broken.")


def matrix_lines(matrix: Path, badge: str) -> list[str]:
    """The tagged officer's row and one of each other disposition, as a small table."""
    with matrix.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: row["badge"] != badge):
        chosen.setdefault(re.sub(r"\d+", "", row["disposition"]), row)
    short = list(chosen.values())[:4]
    told = [
        name
        for name in rows[0]
        if name not in PERSONNEL and any(row[name] not in ("", "0") for row in short)
    ]
    table = [told, *([row[name] for name in told] for row in short)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in table
    ]


def walk(demo: Demo) -> None:
    """Every step before the window, in the demonstration's folder, so that names are short.

    Raises:
        DevError: when one fails.
    """
    tell, case = demo.tell, demo.case.name
    tell(
        "A fictional city's police leak, its roster, and the key with the right answers.",
        *("sample", demo.sample.name, "--documents", str(DOCUMENTS)),
        *("--officers", str(OFFICERS), "--seed", str(SEED)),
    )
    tell(
        "An encrypted case. The recovery code is shown once: in earnest, print it.",
        *("new", case, "--reviewer", "Demo Reviewer"),
    )
    tell("Who may have been harmed.", "officers", "import", case, "sample/roster.csv")
    tell(
        "Read the trove; what fails gets a reason.",
        *("ingest", case, "sample/trove"),
        listed=True,
    )
    tell("Search it.", "search", case, "polygraph AND drug*", "--limit", "5")
    truth = grave_truth(demo.sample / "answers.jsonl")
    tell(
        f"A reviewer reads page {truth['page']} of one, and decides: it harms officer"
        f" {truth['badge']} ({truth['element'].replace('_', ' ')}).",
        *("tag", case, truth["sha256"], "--officer", truth["badge"], "--harm", "3"),
        *("--page", truth["page"], "--category", GRAVE[truth["element"]]),
        *("--note", "Tagged by the demonstration"),
    )
    tell("The tag is in the ledger ...", "tags", case)
    tell("... and in search.", "search", case, f"officer:{truth['badge']} harm:>=3")
    tell("Who was exposed, and how: the whole roster.", "matrix", case, "--csv", demo.matrix.name)
    say("\n".join(matrix_lines(demo.matrix, truth["badge"])))


def show_window(demo: Demo) -> int:
    """Open the window, or with no display drive it offscreen. Returns the exit status."""
    common: list[str | Path] = ["gui", demo.case, "--passphrase-file", demo.passphrase]
    if has_display():
        say("\n# The window, on the same case. Close it to end the demonstration.")
        return run(evidencebox(*common))
    say("\n# No display here: the same window is driven offscreen, and photographed.")
    command = evidencebox(*common, "--screenshots", demo.pictures)
    offscreen = environment({"QT_QPA_PLATFORM": "offscreen"})
    status = subprocess.call(command, env=offscreen)
    pictures = sorted(demo.pictures.glob("*.png"))
    if status == 0 and not pictures:
        raise DevError("The window ran but left no picture: that is a bug of EvidenceBox.")
    for picture in pictures:
        say(f"screenshot: {picture}")
    return status


def demo() -> int:
    """The whole walkthrough. Returns the exit status."""
    demonstration = Demo(WORK / "demo")
    demonstration.prepare()
    say(f"$ cd {demonstration.folder}")
    walk(demonstration)
    say("\nThe passphrase of this case is in passphrase.txt. No person in the sample is real.")
    return show_window(demonstration)
