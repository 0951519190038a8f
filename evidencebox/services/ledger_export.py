"""The ledger for outsiders: a folder with every act, and a program that checks it without us."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.services.case import Case
from evidencebox.store.exchange import to_plain
from evidencebox.store.ledger import utc_now
from evidencebox.vault.anchor import Head

VERIFIER = "evidencebox_verify.py"
PEOPLE = (Kind.OFFICER.value,)
"""Kinds of acts that hold people's addresses, dates of birth and numbers."""


def write(case: Case, folder: Path, *, content: bool = True, people: bool = False) -> Head:
    """Writes acts.jsonl, head.json, the verifier and manifest.json to a new folder, in the clear.

    Without `content`, only what was decided about which document, by whom and when, and the hashes
    that bind the rest. What the roster says of people is left out too, unless `people` asks for it.
    Passwords of the trove's documents stand in no act. Returns the head. Raises UserError.
    """
    acts = [to_plain(signed) for signed in case.decided.signed_acts()]
    head = case.decided.head()
    if len(acts) != head.arrivals:
        raise UserError(
            "The ledger does not hold together; check it.", option="evidencebox verify CASE"
        )
    left_out = () if people else PEOPLE
    said = {
        "format": "evidencebox ledger 1",
        "case": case.case_id,
        "acts": head.arrivals,
        "head": head.digest,
        "content": content,
        "left_out": list(left_out),
        "made": utc_now(),
    }
    lines = (act if content and act["kind"] not in left_out else _bare(act) for act in acts)
    files = {
        "acts.jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines),
        "head.json": json.dumps(said, indent=1) + "\n",
        VERIFIER: resource("verifier", VERIFIER).read_text(encoding="utf-8"),
    }
    data = {name: text.encode() for name, text in files.items()}
    hashes = {name: hashlib.sha256(each).hexdigest() for name, each in data.items()}
    data["manifest.json"] = (json.dumps({"files": hashes}, indent=1) + "\n").encode()
    _write(folder, data)
    return head


def _bare(act: dict[str, Any]) -> dict[str, Any]:
    return {**act, "parts": [{**part, "salt": None, "body": None} for part in act["parts"]]}


def _write(folder: Path, data: dict[str, bytes]) -> None:
    """A name that stands is that of a whole folder: it is made under another one first."""
    making = folder.with_name(folder.name + ".new")
    try:
        if folder.exists():
            raise UserError(f"{folder.name} exists already; choose another name.")
        making.mkdir(mode=0o700)
        for name, each in data.items():
            with (making / name).open("wb") as handle:
                handle.write(each)
                handle.flush()
                os.fsync(handle.fileno())
        making.rename(folder)
    except OSError as error:
        raise UserError(f"{folder.name} cannot be written: {error.strerror}.") from None
