"""The passwords that are known for encrypted documents of the trove.

They stand in case.db and go nowhere but to a worker whose document turned out to be encrypted. The
ledger has who added or removed one and when, never the text.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.documents import Status
from evidencebox.model.ledger import Kind
from evidencebox.model.passwords import LONGEST, MOST, KnownPassword, masked
from evidencebox.model.views import Failure
from evidencebox.services.case import Case
from evidencebox.services.handing import Passwords
from evidencebox.store.ledger import Draft, utc_now
from evidencebox.store.opened import opened_counts

_META = "passwords"
_ACTS_AT_ONCE = 500
LARGEST = 4 << 20
"""Bytes of a file of passwords."""


@dataclass(frozen=True, slots=True)
class Line:
    """One in a list: `opened` is how many documents it opened."""

    id: str
    masked: str
    added: str
    by: str
    opened: int


def known(case: Case) -> list[KnownPassword]:
    """All of them, the latest first."""
    return [KnownPassword(row["id"], row["text"]) for row in reversed(_rows(case))]


def handing(case: Case) -> Passwords:
    """For the pools of workers: those first that opened most."""
    counts = opened_counts(case.catalogue)

    def read() -> Sequence[KnownPassword]:
        return sorted(known(case), key=lambda each: -counts.get(each.id, 0))

    return Passwords(read)


def listed(case: Case) -> list[Line]:
    """For people: no password can be read from it."""
    counts = opened_counts(case.catalogue)
    names = case.decided.reviewers()
    return [
        Line(
            row["id"],
            masked(row["text"]),
            row["added"],
            names.get(row["author"], ""),
            counts.get(row["id"], 0),
        )
        for row in _rows(case)
    ]


def from_text(text: str) -> list[str]:
    """One password a line; spaces belong to them, empty lines do not count. Raises UserError."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line]
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST:
            raise UserError(
                f"Line {number} is longer than any password, {LONGEST} characters; give a file "
                "with one password a line."
            )
    return lines


def from_file(file: Path) -> list[str]:
    """One password a line, as UTF-8. Raises UserError."""
    try:
        with file.open("rb") as handle:
            return from_bytes(handle.read(LARGEST + 1), str(file))
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from None


def from_bytes(data: bytes, name: str) -> list[str]:
    """The same for what was read already, of which the sentences speak as `name`."""
    if len(data) > LARGEST:
        raise UserError(f"{name} is too large; give a file with one password a line.")
    try:
        return from_text(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise UserError(f"{name} is not UTF-8 text; save it as UTF-8 and try again.") from None


def add(case: Case, texts: Iterable[str]) -> int:
    """Adds those that are new; returns how many. The caller holds the session lock."""
    rows = _rows(case)
    have = {row["text"] for row in rows}
    fresh = [text for text in dict.fromkeys(texts) if text and text not in have]
    if len(rows) + len(fresh) > MOST:
        raise UserError(f"A case knows at most {MOST:,} passwords; remove some, or give fewer.")
    made = [
        {
            "id": f"p{secrets.token_hex(4)}",
            "text": text,
            "added": utc_now(),
            "author": case.signer.author,
        }
        for text in fresh
    ]
    _record(case, [row["id"] for row in made], "added")
    _keep(case, [*rows, *made])
    return len(made)


def remove(case: Case, ids: Sequence[str]) -> int:
    """Forgets passwords; returns how many. Raises UserError. The caller holds the session lock."""
    rows = _rows(case)
    unknown = set(ids) - {row["id"] for row in rows}
    if unknown:
        raise UserError(f"There is no known password {min(unknown)!r}; `passwords list` has them.")
    _record(case, list(dict.fromkeys(ids)), "removed")
    _keep(case, [row for row in rows if row["id"] not in ids])
    return len(set(ids))


def _record(case: Case, ids: Sequence[str], change: str) -> None:
    """The act comes first: what cannot be recorded is not done."""
    for start in range(0, len(ids), _ACTS_AT_ONCE):
        targets = [{"password": each} for each in ids[start : start + _ACTS_AT_ONCE]]
        case.decided.act(Draft(Kind.PASSWORD, targets, {"change": change}), case.signer)


def _rows(case: Case) -> list[dict[str, str]]:
    held = case.decided.meta(_META)
    rows: list[dict[str, str]] = json.loads(held) if held else []
    return rows


def _keep(case: Case, rows: Sequence[dict[str, str]]) -> None:
    case.decided.set_meta(_META, json.dumps(rows))


def is_locked(failure: Failure) -> bool:
    """Whether a password may open it, or something in it."""
    return failure.status == Status.ENCRYPTED or "protected by a password" in failure.reason
