"""Proving that nothing was lost or changed: the ledger, the databases, the trove."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.services.acquisition import hash_list_digest
from evidencebox.services.case import Case
from evidencebox.services.derived import derived_problem
from evidencebox.services.scan import open_file, walk
from evidencebox.services.trove import check_trove, recognised
from evidencebox.store.found import Seen
from evidencebox.store.trove_paths import TrovePaths

_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold."""

    subject: str
    problem: str


def verify_case(case: Case) -> tuple[list[Finding], int, str]:
    """What does not hold in the case, how many acts it has, and the ledger's head."""
    problem, acts, head = case.decided.verify()
    findings = [Finding("ledger", problem)] if problem else []
    derived = derived_problem(case)
    if derived:
        findings.append(Finding("index", derived))
    return findings, acts, head


def verify_trove(case: Case, trove: Path, cancelled: Callable[[], bool]) -> Iterator[Finding]:
    """Compares the trove with the hash list taken when it was first read."""
    root = check_trove(trove, case.folder)
    intake = _intake(case, root)
    listed = {raw: sha for raw, sha, _ in intake.hash_list()}
    if not listed:
        raise UserError(f"Nothing was ever imported from {trove}; name the folder that was.")
    recorded = {body.get("hash_list") for body in case.decided.acquisitions()}
    if hash_list_digest(intake)[0] not in recorded:
        yield Finding(
            "hash list",
            "The ledger recorded another one: an import was cut short (import again), or "
            "catalogue.db was altered.",
        )
    for seen in walk(root, cancelled):
        expected = listed.pop(seen.raw, None)
        if seen.kind == "file" or expected is not None or seen.kind == "folder":
            problem = _compare(root, seen, expected)
            if problem:
                yield Finding(seen.path, problem)
    for raw in listed:
        yield Finding(raw.decode("utf-8", "replace"), "It is missing.")


def _intake(case: Case, root: Path) -> TrovePaths:
    """The trove as it is known, wherever its drive is mounted; where there is but one, that one."""
    known = case.catalogue.troves()
    here = recognised(case.catalogue, root) or (known[0] if len(known) == 1 else None)
    if here is None:
        raise UserError(f"Nothing was ever imported from {root}; name the folder that was.")
    return TrovePaths(case.catalogue, here, "")


def _compare(root: Path, seen: Seen, expected: str | None) -> str:
    """What is wrong with a path; empty where its bytes are those that were read."""
    if seen.kind != "file":
        return seen.reason
    if expected is None:
        return "It was not there when the trove was read."
    try:
        same = _sha256(root, seen.raw) == expected
    except OSError as error:
        return f"It cannot be read: {error.strerror or error}."
    return "" if same else "Its bytes changed since the trove was read."


def _sha256(root: Path, raw: bytes) -> str:
    descriptor = open_file(root, raw)
    digest = hashlib.sha256()
    with os.fdopen(descriptor, "rb", buffering=0) as handle:
        while data := handle.read(_READ):
            digest.update(data)
    return digest.hexdigest()
