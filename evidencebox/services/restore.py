"""Putting back what people decided from a backup, and whatever can be saved beyond it."""

from __future__ import annotations

import contextlib
import datetime
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.model.words import counted
from evidencebox.services import backups, doors
from evidencebox.services.case import (
    DATABASES,
    anchor_of,
    case_folder,
    connector,
    empty_derived,
    existing,
)
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.store.salvage import Carried
from evidencebox.vault import anchor, database, header, keys, sealed, switch
from evidencebox.vault.files import make_private_folder
from evidencebox.vault.header import Header, Unlocked
from evidencebox.vault.signing import Signer


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. `utc`: when the backup was made; `acts`: how many it holds.

    `carried` acts were read out of the replaced case.db; `missing` more are known to have been
    there. `aside` names the folder of what was replaced; `to_import` says that the trove has to
    be imported again.
    """

    utc: str
    acts: int
    carried: int
    missing: int
    aside: str
    to_import: bool


@dataclass(frozen=True, slots=True)
class _Chosen:
    path: Path
    head: Header
    then: bytes
    now: Unlocked


def restore(folder: Path, passphrase: str, source: Path | None = None) -> Restored:
    """Puts case.db back from the newest backup that holds, or from the file `source`.

    Acts that were made since are carried over from the case.db that is replaced, as far as they
    can be read and verify. The replaced files stay in `aside/`. Without a case at `folder` one is
    made of `source`. Raises UserError.
    """
    with _place(folder, source) as place, doors.alone(place):
        switch.finish(place)
        try:
            current = header.load(place)
        except UserError:
            current = None
        found = [source] if source else list(reversed(backups.paths(place)))
        if not found:
            raise UserError(
                f"{place.name} has no backups of its own.", option="name one with --from"
            )
        return _first_that_holds(place, current, passphrase, found)


def listed(folder: Path, passphrase: str) -> list[backups.Backup]:
    """The rotating backups, oldest first, for whoever can open the case or one of them."""
    folder = existing(folder)
    for head in _headers(folder):
        return backups.known(folder, header.unlock(head, passphrase).case_key)
    return []


def words(done: Restored) -> list[str]:
    """What was put back and what was not, for people."""
    said = [f"Put back {counted(done.acts, 'act')} from the backup of {done.utc}."]
    if done.carried:
        said.append(f"{counted(done.carried, 'later act')} could be read and were kept.")
    if done.missing:
        said.append(
            f"{counted(done.missing, 'act')} made after that could not be read and are lost; "
            "look through what was decided last."
        )
    if done.aside:
        said.append(f"What was there before stands in {done.aside}.")
    if done.to_import:
        said.append("Import the trove again: the index is not part of a backup.")
    return said


def _headers(folder: Path) -> Iterator[Header]:
    with contextlib.suppress(UserError):
        yield header.load(folder)
    for path in reversed(backups.paths(folder)):
        with contextlib.suppress(UserError):
            yield sealed.read_front(path).header


@contextlib.contextmanager
def _place(folder: Path, source: Path | None) -> Iterator[Path]:
    """The case's folder; a new one is removed again where nothing could be put into it."""
    folder = folder.resolve()
    for candidate in (folder, case_folder(folder)):
        if header.is_case(candidate) or backups.paths(candidate):
            yield candidate
            return
    if source is None:
        existing(folder)
    made = case_folder(folder)
    try:
        make_private_folder(made)
    except OSError as error:
        raise UserError(f"{made.name} cannot be made: {error.strerror}.") from None
    try:
        yield made
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _first_that_holds(
    folder: Path, current: Header | None, passphrase: str, found: Sequence[Path]
) -> Restored:
    now = header.unlock(current, passphrase) if current else None
    problem: UserError | None = None
    for path in found:
        try:
            chosen = _choose(path, current, now, passphrase)
            return _restore(folder, chosen)
        except (sealed.BadBackup, database.DamagedDatabase) as error:
            switch.discard(folder)
            problem = error
        except BaseException:
            switch.discard(folder)
            raise
    assert problem is not None
    raise problem


def _choose(path: Path, current: Header | None, now: Unlocked | None, passphrase: str) -> _Chosen:
    front = sealed.read_front(path)
    if current is not None and current.case_id != front.header.case_id:
        raise UserError(f"{path.name} is a backup of another case.")
    if now is not None and current is not None:
        with contextlib.suppress(sealed.BadBackup):
            sealed.read_facts(path, now.case_key)
            return _Chosen(path, current, now.case_key, now)
    # Another key: of before a rotation, or there is no header but the backup's.
    opened = header.unlock(front.header, passphrase)
    if now is None or current is None:
        return _Chosen(path, header.settle(front.header, opened), opened.case_key, opened)
    return _Chosen(path, current, opened.case_key, now)


def _restore(folder: Path, chosen: _Chosen) -> Restored:
    new = not (folder / "catalogue.db").exists()
    facts, carried, missing = _stage(folder, chosen, carry=True) or _must(folder, chosen)
    staged = folder / "staged"
    header.save(staged, chosen.head)
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    replaced = any((folder / name).exists() for name in ("case.db", "header.json"))
    switch.commit(folder, aside=stamp if replaced else "")
    if new:
        empty_derived(folder, chosen.head.case_id, chosen.now.case_key)
    return Restored(
        utc=str(facts["utc"]),
        acts=int(str(facts["arrivals"])),
        carried=carried.acts,
        missing=missing,
        aside=f"{switch.ASIDE}/{stamp}" if replaced else "",
        to_import=new,
    )


def _must(folder: Path, chosen: _Chosen) -> tuple[dict[str, object], Carried, int]:
    """Without what the replaced case.db has beyond the backup: that did not verify."""
    found = _stage(folder, chosen, carry=False)
    if found is None:
        raise sealed.BadBackup(f"{chosen.path.name} holds a ledger that does not verify.")
    return found


def _stage(
    folder: Path, chosen: _Chosen, *, carry: bool
) -> tuple[dict[str, object], Carried, int] | None:
    staged = switch.stage(folder)
    facts = sealed.read(chosen.path, chosen.then, staged)
    now = chosen.now.case_key
    if chosen.then != now:
        name = DATABASES[0]
        database.rekey(staged / name, keys.derive(chosen.then, name), keys.derive(now, name))
    head = anchor.Head(int(facts["arrivals"]), str(facts["head"]))
    log = anchor.begun(staged / "anchor.log", keys.derive(now, "anchor"), head)
    decided = Decided(connector(staged, "case.db", now), chosen.head.case_id, log)
    try:
        if not decided.belongs or decided.verify()[0]:
            return None
        carried = Carried(0, whole=False)
        if carry:
            carried = decided.carry_over(connector(folder, "case.db", now))
            if decided.verify()[0]:
                return None
        missing = max(0, anchor_of(folder, now).furthest() - decided.head().arrivals)
        decided.new_device()
        _record(decided, chosen, facts, carried, missing)
    finally:
        decided.close()
    return facts, carried, missing


def _record(
    decided: Decided, chosen: _Chosen, facts: dict[str, object], carried: Carried, missing: int
) -> None:
    body = {
        "event": "case.restored",
        "backup": facts["utc"],
        "backup_head": facts["head"],
        "carried": carried.acts,
        "missing": missing,
    }
    draft = Draft(Kind.VAULT, [{"vault": "case.restored"}], body)
    decided.act(draft, Signer(chosen.now.seed))
