"""The beginning and the end of a person's time with a case: mending, news, backups."""

from __future__ import annotations

import shutil
import time

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.services import backups
from evidencebox.services.case import Case
from evidencebox.services.derived import derived_problem
from evidencebox.services.trove import missing
from evidencebox.store.ledger import Draft
from evidencebox.vault import header, switch

_STALE_SECONDS = 3600.0


def begin(case: Case) -> list[str]:
    """Mends what can be mended, once the session lock is held. Returns what there is to say."""
    told = [problem] if (problem := case.decided.alarm()) else []
    told += _mend_header(case)
    if derived := derived_problem(case):
        told.append(derived)
    switch.discard(case.folder)
    for left in case.folder.glob("scratch-*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    if not backups.takes_long(case.folder) and (problem := end(case, soon=True)):
        told.append(problem)
    return told


def asks(case: Case) -> list[str]:
    """What a person is asked for at an opening: drives that are not there."""
    return [
        f"The trove at {root} is not connected. Plug its drive in; where it is mounted elsewhere, "
        "import it once more from there. Until then review goes on without its originals."
        for root in missing(case.catalogue)
    ]


def end(case: Case, *, soon: bool) -> str | None:
    """Keeps a backup of what was decided; one sentence where that failed. See `backups.keep`."""
    if case.decided.alarm():
        # What was lost or rolled back must not push out the backups it is to be restored from.
        return None
    try:
        backups.keep(case.folder, case.case_key, case.decided, soon=soon)
    except UserError as error:
        return f"No backup was kept: {error}"
    return None


def vault_act(case: Case, event: str, **more: object) -> None:
    """Records what was done with keys, header or backups."""
    draft = Draft(Kind.VAULT, [{"vault": event}], {"event": event, **more})
    case.decided.act(draft, case.signer)


def _mend_header(case: Case) -> list[str]:
    if case.way is None:
        return []
    head = header.load(case.folder)
    settled = header.settle(head, case.way)
    if head.hurt or settled != head:
        header.save(case.folder, settled)
    if not head.hurt:
        return []
    vault_act(case, "header.mended", file=head.hurt)
    return [
        f"{head.hurt} was missing or damaged and was put back from its copy; "
        "look to the disk that the case is on."
    ]
