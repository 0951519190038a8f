"""Signed acts as plain JSON, for packs and for a ledger that is handed out; read as hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from evidencebox.model.ledger import Act, Kind
from evidencebox.model.payloads import combine_hashes, hash_payload, join_payload
from evidencebox.store.ledger import Part, Signed

_HEX = {size: re.compile(f"[0-9a-f]{{{size}}}") for size in (32, 64, 128)}
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_MOST_NUMBER = 1 << 40
_MOST_TARGETS, _MOST_TEXT = 200_000, 4_096
_NUMBERS = frozenset({"page", "start", "end", "version"})
_DOCUMENT = ("document",)
_NEEDS: dict[str, tuple[str, ...]] = {
    "reviewer.add": ("author",),
    "reviewer.role": ("author",),
    "sealed.scheme": ("label",),
    "acquisition.record": ("trove",),
    "officer.put": ("officer",),
    "officer.merge": ("officer",),
    "officer.split": ("officer",),
    "mention.answer": ("document", "officer", "label"),
    "mention.clear": ("document", "officer", "label"),
    "tag.set": ("document", "officer"),
    "tag.clear": ("document", "officer"),
    "label.set": ("document", "label"),
    "label.clear": ("document", "label"),
    "review.set": _DOCUMENT,
    "review.clear": _DOCUMENT,
    "conflict.settle": ("document", "officer"),
    "sealed.look": _DOCUMENT,
    "sealed.export": _DOCUMENT,
    "material.report": _DOCUMENT,
    "material.clear": _DOCUMENT,
    "purge.order": _DOCUMENT,
    "undo": ("act",),
}
"""What every target of a kind names."""


def to_plain(signed: Signed) -> dict[str, Any]:
    """JSON-able; `from_plain` gives the same again."""
    act = signed.act
    return {
        "author": act.author,
        "device": act.device,
        "seq": act.seq,
        "utc": act.utc,
        "clock": act.clock,
        "kind": act.kind.value,
        "targets": [dict(target) for target in act.targets],
        "payload": act.payload_hash,
        "previous": act.previous,
        "signature": signed.signature.hex(),
        "parts": [
            {"hash": p.hash, "salt": None if p.salt is None else p.salt.hex(), "body": p.body}
            for p in signed.parts
        ],
    }


def from_plain(value: Any) -> Signed:
    """Raises ValueError where it is not an act in every respect; the signature is not checked."""
    _need(type(value) is dict and len(value) == 11)
    act = Act(
        author=_hex(value.get("author"), 64),
        device=_hex(value.get("device"), 32),
        seq=_number(value.get("seq")),
        utc=_text(value.get("utc"), _UTC),
        clock=_number(value.get("clock")),
        kind=Kind(_text(value.get("kind"))),
        targets=_targets(value.get("targets")),
        payload_hash=_hex(value.get("payload"), 64),
        previous=_hex(value.get("previous"), 64),
    )
    _need(type(value.get("parts")) is list and 1 <= len(value["parts"]) <= len(act.targets) + 1)
    parts = tuple(_part(part) for part in value["parts"])
    _need(combine_hashes([part.hash for part in parts]) == act.payload_hash)
    needed = _NEEDS.get(act.kind.value, ())
    _need(all(name in target for target in act.targets for name in needed))
    _check_payload(act, parts)
    return Signed(act, bytes.fromhex(_hex(value.get("signature"), 128)), parts)


def _targets(value: Any) -> tuple[dict[str, Any], ...]:
    _need(type(value) is list and 1 <= len(value) <= _MOST_TARGETS)
    for target in value:
        _need(type(target) is dict and len(target) <= 8)
        for name, item in target.items():
            if name in _NUMBERS:
                _need(type(item) is int and 0 <= item <= _MOST_NUMBER)
            else:
                _text(item)
    return tuple(value)


def _part(value: Any) -> Part:
    _need(type(value) is dict and set(value) == {"hash", "salt", "body"})
    digest = _hex(value["hash"], 64)
    if value["salt"] is None and value["body"] is None:
        return Part(None, None, digest)
    salt, body = bytes.fromhex(_hex(value["salt"], 32)), value["body"]
    _need(type(body) is str and hash_payload(salt, body) == digest)
    return Part(salt, body, digest)


def _check_payload(act: Act, parts: tuple[Part, ...]) -> None:
    plain = [None if part.body is None else json.loads(part.body) for part in parts]
    _need(all(part is None or type(part) is dict for part in plain))
    payload = join_payload(plain)
    for name, holds in _FIELDS.items():
        _need(name not in payload or holds(payload[name]))
    if act.kind is Kind.REVIEWER:
        _need(act.targets == ({"author": act.author},))
    if act.kind is Kind.ACQUISITION and payload:
        json.dumps(payload, allow_nan=False)


def _strings(value: Any) -> bool:
    return type(value) is list and all(item is None or type(item) is str for item in value)


def _records(value: Any) -> bool:
    return type(value) is list and all(
        item is None or (type(item) is dict and all(type(text) is str for text in item.values()))
        for item in value
    )


_FIELDS: Mapping[str, Callable[[Any], bool]] = {
    "harm": lambda value: type(value) is int and 0 <= value <= 4,
    "categories": lambda value: _strings(value) and len(value) <= 100,
    "note": lambda value: type(value) is str,
    "name": lambda value: type(value) is str and 0 < len(value) <= 200,
    "order": lambda value: type(value) is str,
    "role": lambda value: type(value) is str,
    "paths": _strings,
    "quotes": _records,
    "officers": _records,
}
"""What the projections read of a payload, whatever the kind of act."""


def _hex(value: Any, size: int) -> str:
    return _text(value, _HEX[size])


def _text(value: Any, pattern: re.Pattern[str] | None = None) -> str:
    _need(type(value) is str and len(value) <= _MOST_TEXT)
    _need(pattern is None or pattern.fullmatch(value) is not None)
    return str(value)


def _number(value: Any) -> int:
    _need(type(value) is int and 1 <= value <= _MOST_NUMBER)
    return int(value)


def _need(holds: bool) -> None:
    if not holds:
        raise ValueError("this is no act")
