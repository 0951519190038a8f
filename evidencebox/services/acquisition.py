"""What was acquired: source, custodian, who, when, on which device, and a digest of the hash list;
and how strongly the readers were shut in.

The list itself stands in the catalogue and can be made again from the trove; its digest is an act,
so that a trove that was changed since shows.
"""

from __future__ import annotations

import base64
import hashlib
import platform
from pathlib import Path
from typing import Any

from evidencebox.model.ledger import Kind
from evidencebox.model.views import Summary
from evidencebox.services import custody, derived
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft
from evidencebox.store.trove_paths import TrovePaths

FIELDS = (
    *("source", "custodian", "computer", "system", "files", "documents", "failures", "complete"),
    *("hash_list", "sandbox"),
)
"""What an acquisition's act says."""


def record(case: Case, root: Path, custodian: str, summary: Summary) -> None:
    """Adds an act for a trove whose hash list is new, and notes the index's state in case.db."""
    custody.enforce(case)
    derived.remember(case)
    digest, files = hash_list_digest(TrovePaths(case.catalogue, str(root), custodian))
    known = {body.get("hash_list") for body in case.decided.acquisitions()}
    if files == 0 or digest in known:
        return
    body = {
        "source": str(root),
        "custodian": custodian,
        "computer": platform.node(),
        "system": f"{platform.system()} {platform.release()}",
        "files": files,
        "documents": summary.documents,
        "failures": summary.failures,
        "complete": not summary.cancelled,
        "hash_list": digest,
        "sandbox": summary.sandbox,
    }
    case.decided.act(Draft(Kind.ACQUISITION, [{"trove": digest}], body), case.signer)


def listed(case: Case) -> list[dict[str, Any]]:
    """Every acquisition: what its act says, with who recorded it, when, and on which device."""
    names = case.decided.reviewers()
    return [
        {
            "utc": act.utc,
            "reviewer": names.get(act.author, ""),
            "author": act.author,
            "device": act.device,
            "act": act.id,
            **{name: body.get(name) for name in FIELDS},
        }
        for act, body in case.decided.acts_of([Kind.ACQUISITION])
    ]


def hash_list_digest(intake: TrovePaths) -> tuple[str, int]:
    """SHA-256 over `base64(path) sha256 size` lines by path, and how many there are."""
    digest = hashlib.sha256()
    files = 0
    for raw, sha256, size in intake.hash_list():
        digest.update(f"{base64.b64encode(raw).decode('ascii')} {sha256} {size}\n".encode())
        files += 1
    return digest.hexdigest(), files
