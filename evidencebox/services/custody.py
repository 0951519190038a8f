"""Roles, removal by order, reported material, and the end of a case: what a lead answers for."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.ledger import Kind
from evidencebox.model.policy import Role
from evidencebox.model.views import Done
from evidencebox.services.case import Case, ingest_lock, session_lock
from evidencebox.services.tags import known_document
from evidencebox.store.ledger import Draft
from evidencebox.store.removal import forget
from evidencebox.vault import header, switch
from evidencebox.vault.files import sync_folder
from evidencebox.vault.keychain import Keychain

ORDERED = "It was removed by order."


# --- roles


def set_role(case: Case, name: str, role: Role) -> Done:
    """Gives a reviewer a role. Raises UserError; a lead's to do, and one lead must stay."""
    known = case.decided.policy()
    found = [a for a, who in case.decided.reviewers().items() if name in (who, a)]
    if len(found) != 1:
        raise UserError(
            f"There is no reviewer {name}; choose one of this case.",
            option="evidencebox role CASE lists them",
        )
    if known.leads == {found[0]} and role is not Role.LEAD:
        raise UserError(f"{name} is the only lead; make someone else a lead first.")
    draft = Draft(Kind.ROLE, [{"author": found[0]}], {"role": role.value})
    act = case.decided.act(draft, case.signer)
    return Done(act.id, f"{name} is {role.words} now")


def roles(case: Case) -> list[dict[str, str]]:
    """Every reviewer with his role and key."""
    known = case.decided.policy()
    names = case.decided.reviewers()
    return [
        {"name": names[author], "role": known.role(author).words, "author": author}
        for author in sorted(names, key=names.__getitem__)
    ]


# --- removal by order


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal did: parts of acts' payloads, and backups that held them."""

    document: DocumentId
    parts: int
    backups: int


def purge(case: Case, document: DocumentId, order: str) -> Removed:
    """Removes what was said and derived of one document; the order stays, as an act.

    The trove is not touched. Raises UserError; a lead's to do.
    """
    known_document(case, document)
    if not order.strip():
        raise UserError("Name the order, such as the court, its date and number.")
    with ingest_lock(case.folder):
        before = case.decided.purged_parts()
        draft = Draft(Kind.PURGE, [{"document": document}], {"order": order.strip()})
        case.decided.act(draft, case.signer)
        claw_back(case, [document])
        removed = case.decided.purged_parts() - before
        return Removed(document, removed, _drop_backups(case))


def claw_back(case: Case, documents: Sequence[DocumentId]) -> None:
    """Takes these documents' text, suggestions and children's bytes out of what was derived.

    What reviewers searched for, where they were, and drafts of redactions may quote them, and go as
    a whole.

    Their room in the databases is overwritten. The caller holds the ingest lock.
    """
    spool = case.spool()
    for pack in forget(case.catalogue, documents, ORDERED):
        spool.drop(pack)
    viewing = case.folder / "viewing"
    if viewing.is_dir():
        shutil.rmtree(viewing, ignore_errors=True)
    case.index.erase(documents)
    case.decided.forget_typed()


def enforce(case: Case) -> None:
    """After an import: what an order removed was read anew with the rest; it goes again."""
    again = [d for d in case.decided.purged_documents() if d in case.index]
    if again:
        claw_back(case, again)


def _drop_backups(case: Case) -> int:
    """The rotating backups hold what was removed; the next one is made when the case is closed."""
    found = sorted((case.folder / "backups").glob("*.backup"))
    for path in found:
        path.unlink()
    # What a restoring replaced holds it too.
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(case.folder / switch.ASIDE)
    return len(found)


# --- material that must not be looked at


def report_material(case: Case, document: DocumentId) -> Done:
    """Seals a document and its family below for good: no page, no picture, no export, no copy.

    For what must not be looked at or kept, such as child-abuse material. The record says who found
    it and when, and nothing of what it shows. Anyone may report. Raises UserError.
    """
    family = _with_children(case, document)
    draft = Draft(Kind.MATERIAL, [{"document": each} for each in family], {})
    act = case.decided.act(draft, case.signer)
    return Done(act.id, f"{short_id(document)} is sealed for good, with {len(family) - 1} below it")


def withdraw_report(case: Case, document: DocumentId) -> Done:
    """Takes a mistaken report back. Raises UserError; a lead's to do."""
    if not case.decided.reported([document]):
        raise UserError(f"{short_id(document)} was not reported.")
    act = case.decided.act(Draft(Kind.UNMATERIAL, [{"document": document}], {}), case.signer)
    return Done(act.id, f"The report of {short_id(document)} is taken back")


def _with_children(case: Case, document: DocumentId) -> list[DocumentId]:
    family: dict[DocumentId, None] = {}
    pending = [known_document(case, document)]
    while pending:
        record = pending.pop()
        if record.sha256 is None or record.sha256 in family:
            continue
        family[record.sha256] = None
        pending += case.catalogue.records(list(record.children))
    return list(family)


# --- the end of a case


def destroy(folder: Path, confirmation: str, keychain: Keychain | None = None) -> None:
    """Destroys a case: its keys first, then everything. `confirmation` is the case's name.

    Without the header's slots nothing else can be decrypted, whatever a disk still holds. What this
    user's key store holds for the case goes too. Raises UserError.
    """
    if not header.is_case(folder):
        raise UserError(f"{folder} is not an EvidenceBox case: it has no header.json.")
    name = folder.name.removesuffix(".evidencebox")
    if confirmation != name:
        raise UserError(f"Nothing was destroyed: type the case's name, {name}, to confirm.")
    with session_lock(folder), ingest_lock(folder):
        with contextlib.suppress(UserError):  # a header that cannot be read names no entry
            header.forget(header.load(folder), keychain or Keychain())
        for path in sorted(folder.glob("header*")) + sorted(folder.glob("backups/*")):
            _overwrite(path)
            path.unlink()
        sync_folder(folder)
    for path in sorted(folder.rglob("*"), reverse=True):
        with contextlib.suppress(FileNotFoundError):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()
    sync_folder(folder.parent)


def _overwrite(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b", buffering=0) as handle:
        left = size
        while left > 0:
            left -= handle.write(secrets.token_bytes(min(left, 1 << 20)))
        os.fsync(handle.fileno())
