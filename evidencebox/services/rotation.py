"""A new case key: every database is copied under it, verified, and all are put in place as one."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.model.policy import Role
from evidencebox.services import backups, codes, doors
from evidencebox.services.case import DATABASES, anchor_of, connector, look
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.vault import database, header, keys, sealed, switch
from evidencebox.vault.anchor import Anchor
from evidencebox.vault.files import make_private_folder
from evidencebox.vault.header import Header, Unlocked
from evidencebox.vault.signing import Signer

Step = Callable[[str], None]


def rotate(folder: Path, passphrase: str, step: Step = lambda name: None) -> str:
    """Gives the case a new key and returns the new recovery code.

    Every reviewer's passphrase stays his; the old key and the old code open nothing any more. A
    kill at any moment leaves the old case or the new one. What children's bytes were still to be
    read is read from their parents again. `step` hears what comes next. Raises UserError.
    """
    folder, _ = look(folder)
    with doors.alone(folder):
        head = header.load(folder)
        opened = header.unlock(head, passphrase)
        _check_role(folder, head.case_id, opened)
        _check_room(folder)
        new = Unlocked(keys.new_key(), opened.seed)
        try:
            code = _stage(folder, head, opened.case_key, new, step)
        except BaseException:
            switch.discard(folder)
            raise
        step("commit")
        switch.commit(folder, drop="spool")
        step("clear")
        _clear(folder, new.case_key)
    return code


def _stage(folder: Path, head: Header, old: bytes, new: Unlocked, step: Step) -> str:
    staged = switch.stage(folder)
    for name in DATABASES:
        step(name)
        _copy(folder, staged, name, old, new.case_key)
    step("anchor.log")
    anchor_of(folder, old).rewrap(staged / "anchor.log", keys.derive(new.case_key, "anchor"))
    step("header")
    rotated, code = header.rotate(head, old, new.case_key)
    header.save(staged, rotated)
    step("backups")
    make_private_folder(staged / backups.FOLDER)
    for backup in backups.known(folder, old):
        _rewrap(backup.path, staged / backups.FOLDER, rotated, old, new.case_key)
    step("act")
    _record(folder, staged, head.case_id, old, new, code)
    return code


def _copy(folder: Path, staged: Path, name: str, old: bytes, new: bytes) -> None:
    source = connector(folder, name, old)()
    try:
        database.copy(source, staged / name, keys.derive(old, name))
    finally:
        source.close()
    _rekey(staged / name, name, old, new)


def _rekey(path: Path, name: str, old: bytes, new: bytes) -> None:
    database.rekey(path, keys.derive(old, name), keys.derive(new, name))
    if not database.whole(path, keys.derive(new, name)):
        raise UserError(f"{name} did not verify under its new key; nothing was changed.")


def _rewrap(path: Path, to: Path, rotated: Header, old: bytes, new: bytes) -> None:
    with backups.scratch(to) as work:
        facts = sealed.read(path, old, work)
        names = [name for name, _ in facts.pop("files")]
        _rekey(work / "case.db", "case.db", old, new)
        log = work / "anchor.log"
        Anchor(log, keys.derive(old, "anchor")).rewrap(log, keys.derive(new, "anchor"))
        sealed.write(to / path.name, rotated, new, facts, [work / name for name in names])


def _record(folder: Path, staged: Path, case_id: str, old: bytes, new: Unlocked, code: str) -> None:
    """The act of the rotation goes into the new case.db alone, which must say what the old does."""
    before = _decided(folder, case_id, old)
    try:
        head = before.head()
    finally:
        before.close()
    after = _decided(staged, case_id, new.case_key)
    try:
        if after.head() != head or (problem := after.alarm()):
            raise UserError(problem or "case.db did not verify under its new key.")
        draft = Draft(Kind.VAULT, [{"vault": "key.rotated"}], {"event": "key.rotated"})
        after.act(draft, Signer(new.seed))
        codes.register(after, Signer(new.seed), code)
        problem = after.verify()[0]
    finally:
        after.close()
    if problem:
        raise UserError(f"The case does not verify, so its key stays: {problem}")


def _decided(folder: Path, case_id: str, case_key: bytes) -> Decided:
    return Decided(connector(folder, "case.db", case_key), case_id, anchor_of(folder, case_key))


def _clear(folder: Path, new: bytes) -> None:
    """What is still under the old key: backups that could not be read, what was set aside."""
    readable = {backup.path for backup in backups.known(folder, new)}
    for path in backups.paths(folder):
        if path not in readable:
            path.unlink()
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder / switch.ASIDE)


def _check_role(folder: Path, case_id: str, opened: Unlocked) -> None:
    decided = _decided(folder, case_id, opened.case_key)
    try:
        if decided.policy().role(Signer(opened.seed).author) is Role.READER:
            raise UserError("You may only read in this case; ask a reviewer who may do more.")
    finally:
        decided.close()


def _check_room(folder: Path) -> None:
    needed = sum((folder / name).stat().st_size for name in DATABASES if (folder / name).exists())
    if shutil.disk_usage(folder).free < needed + (64 << 20):
        raise UserError(
            f"A new key needs {needed // 1_000_000 + 67:,} MB free beside the case; make room."
        )
