"""The sample's exhibit book, dossier, load file, report and lists, from nothing, and verified.

One command; its folder must not be there yet:

    .venv/bin/python build/sample_exports.py [FOLDER]

A fictional trove is made and read into a new case; a few dozen tags, labels, redactions and
exhibits are set; then everything that can leave a case leaves it, and is checked by `evidencebox
verify` and by the program that lies in each export and knows nothing of EvidenceBox. Each step is a
command as one would type it, and is shown. FOLDER/out/ holds what was made; the case's passphrase
is in FOLDER/passphrase.txt. Ends with the first thing that does not hold.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / ".work" / "exports"
CASE = "Harbour.evidencebox"
PASSPHRASE = "orbit velvet cactus thunder maple"
DOCUMENTS, OFFICERS, SEED = 120, 30, 4
CATEGORIES = {
    **dict.fromkeys(("ssn", "birth_date", "driver_license", "passport", "tin", "itin"), "identity"),
    **dict.fromkeys(("bank_account", "card", "credit", "salary", "debt"), "finances"),
    **dict.fromkeys(("phone", "email"), "contact"),
    "credential": "credentials",
}
"""Element of the answer key → category of a tag, where the two are not called the same."""
GRAVE = {"polygraph": 4, "sexual_abuse": 4, "intelligence": 4, "minor": 4, "family": 3}
"""Category → level; all else is 2, or 3 from a second category on."""
TAGS = 40
EXHIBITED = ("pdf", "image", "sheet", "mail", "word", "slides", "html")
RULE_5_2 = ("ssn", "tin", "itin", "bank_account", "card", "birth_date", "minor")
"""What Rule 5.2 of the Federal Rules of Civil Procedure keeps out of a filing."""
LISTS = (
    *("persons", "exposures", "matrix", "tags", "hits", "failures", "statistics", "report"),
    *("privilege-log", "exhibit-list", "redaction-log"),
)


class Stopped(Exception):
    """A command did not do what it should."""


def command(*words: object, listed: bool = False) -> str:
    """Runs one of ours, shown as it would be typed; returns what it printed. Raises Stopped."""
    from evidencebox.cli.main import main

    arguments = [str(word) for word in words]
    print(f"$ evidencebox {shlex.join(arguments)}", flush=True)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = main(arguments, lambda *_: 2)
    if status not in ((0, 1) if listed else (0,)):
        raise Stopped(f"It ended with status {status}.")
    return out.getvalue()


def make_case(folder: Path) -> None:
    """Trove, roster and case."""
    print(command("sample", "sample", "--documents", DOCUMENTS, "--officers", OFFICERS, "--seed",
                  SEED), end="")  # fmt: skip
    command("new", CASE, "--reviewer", "A. Reviewer")
    command("officers", "import", CASE, "sample/roster.csv")
    command("ingest", CASE, "sample/trove", "--custodian", "Records", listed=True)


def truths(answers: Path) -> dict[tuple[str, int, str], set[str]]:
    """What the answer key says stands where: document, page, badge → categories of a tag."""
    found: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for line in answers.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if said["kind"] == "element" and said.get("badge") and not said.get("ocr"):
            category = CATEGORIES.get(said["element"], said["element"])
            found[said["sha256"], said["page"], said["badge"]].add(category)
    return found


def tag(found: dict[tuple[str, int, str], set[str]]) -> str:
    """Tags what weighs most, everybody's; returns whose exposures are the most."""
    mine: dict[str, set[str]] = defaultdict(set)
    for (_, _, badge), categories in found.items():
        mine[badge] |= categories
    most = max(sorted(mine), key=lambda badge: len(mine[badge]))

    def weight(place: tuple[str, int, str]) -> tuple[bool, int, tuple[str, int, str]]:
        return place[2] != most, -level(found[place]), place

    for document, page, badge in sorted(found, key=weight)[:TAGS]:
        named = sorted(found[document, page, badge])
        options = [word for each in named for word in ("--category", each)]
        command("tag", CASE, document, "--page", page, "--officer", badge, "--harm",
                level(found[document, page, badge]), *options)  # fmt: skip
    return most


def level(categories: Iterable[str]) -> int:
    """How badly it harms, for this sample."""
    known = list(categories)
    return max([3 if len(known) > 1 else 2, *(GRAVE.get(each, 2) for each in known)])


def hits(query: str, count: int) -> list[str]:
    """The first documents that a query finds."""
    said = command("search", CASE, query, "--json", "--limit", count)
    lines = [json.loads(line) for line in said.splitlines()]
    return [line["sha256"] for line in lines if "sha256" in line]


def file_exhibits(tagged: str, payroll: str, most: str) -> None:
    """Exhibits of every kind, two of them redacted, one withheld, one withdrawn."""
    chosen = [tagged, payroll, *(each for kind in EXHIBITED for each in hits(f"type:{kind}", 2))]
    for document in dict.fromkeys(chosen):
        command("exhibit", "add", CASE, document, "--family")
    command("exhibit", "set", CASE, "PX-1", "--offered", "2026-11-23", "--marked",
            "X", "--description", "Background investigation of one officer")  # fmt: skip
    command("exhibit", "withdraw", CASE, "PX-5", "--reason", "Offered by mistake")
    withheld = chosen[3]
    for word in ("privileged", "ac"):
        command("label", CASE, withheld, word)
    command("label", CASE, chosen[2], "confidential")
    kinds = [word for each in RULE_5_2 for word in ("--element", each)]
    command("redact", CASE, tagged, *kinds, "--out", "redacted.pdf", "--unseal", "For the filing")
    command("redact", CASE, payroll, "--everyone-but", most, "--out", "payroll.pdf")


def export(most: str) -> list[Path]:
    """Everything that can leave a case; returns the folders."""
    sealed = ("--unseal", "For the filing")
    command("exhibit", "build", CASE, "--out", "out/book", *sealed)
    command("export", CASE, "dossier", "--officer", most, "--out", "out/dossier",
            *sealed)  # fmt: skip
    command("export", CASE, "loadfile", "--query", "", "--natives", "--out",
            "out/loadfile", *sealed)  # fmt: skip
    for kind in LISTS:
        command("export", CASE, kind, "--out", f"out/{kind}", *sealed)
    return [Path("out", name) for name in ("book", "dossier", "loadfile", *LISTS)]


def verify(folder: Path) -> None:
    """By EvidenceBox, and by the program that lies in the export. Raises Stopped."""
    command("verify", folder)
    alone = [sys.executable, "-I", str(folder / "evidencebox_verify.py"), str(folder)]
    done = subprocess.run(alone, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stopped(f"The stand-alone verifier says of {folder}: {done.stdout.strip()}")


def run(folder: Path) -> None:
    """All of it, in a new folder, so that the names shown are short. Raises Stopped."""
    if folder.exists():
        raise Stopped(f"{folder} is there already: name a folder that is not.")
    folder.mkdir(parents=True)
    print(f"$ cd {folder}")
    os.chdir(folder)
    Path("passphrase.txt").touch(mode=0o600)
    Path("passphrase.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    os.environ |= {"EVIDENCEBOX_PASSPHRASE_FILE": "passphrase.txt", "PYTHONPATH": str(ROOT)}
    Path("out").mkdir()
    make_case(folder)
    found = truths(Path("sample", "answers.jsonl"))
    most = tag(found)
    mine = sorted((page, document) for document, page, badge in found if badge == most)
    longest = mine[-1][1]
    file_exhibits(longest, next(d for _, d in mine if d != longest), most)
    made = export(most)
    for each in made:
        verify(each)
    print(f"{len(made)} exports in {folder / 'out'}: all of them verify.")


if __name__ == "__main__":
    try:
        run(Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER).absolute())
    except Stopped as why:
        sys.exit(str(why))
