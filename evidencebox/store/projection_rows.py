"""The rows that stand for acts: a family of state keys has a table, and an act fills its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evidencebox.model.ids import ActId
from evidencebox.model.ledger import Act
from evidencebox.model.people import OFFICER_FIELDS
from evidencebox.store.case_tables import (
    AcquisitionRow,
    AnswerRow,
    CaseBase,
    LabelRow,
    MaterialRow,
    MergeRow,
    OfficerRow,
    PurgeRow,
    ReviewerRow,
    ReviewRow,
    SettlementRow,
    TagRow,
)

Values = dict[str, Any]
Payload = Mapping[str, Any]

TABLES: dict[str, type[CaseBase]] = {
    "reviewer": ReviewerRow,
    "acquisition": AcquisitionRow,
    "officer": OfficerRow,
    "merge": MergeRow,
    "mention": AnswerRow,
    "tag": TagRow,
    "label": LabelRow,
    "review": ReviewRow,
    "settlement": SettlementRow,
    "material": MaterialRow,
    "purge": PurgeRow,
}
"""Families of keys that have no table here are found by their keys alone."""


def rows_of(
    winners: Mapping[str, tuple[Act, int]], payloads: Mapping[ActId, Payload]
) -> dict[str, list[Values]]:
    """Family → the rows that stand for these acts."""
    rows: dict[str, list[Values]] = {}
    for key, (act, number) in winners.items():
        family = json.loads(key)[0]
        if family not in TABLES:
            continue
        values = _BUILD[family](act, number, payloads.get(act.id, {}))
        rows.setdefault(family, []).append({"key": key, "act": act.id, **values})
    return rows


def _item(payload: Payload, name: str, number: int) -> Any:
    """The part of a batch's payload that belongs to one target; None where it was purged."""
    items = payload.get(name) or ()
    return items[number] if number < len(items) else None


def _reviewer(act: Act, number: int, payload: Payload) -> Values:
    name = payload.get("name", "(purged)")
    return {"author": act.targets[number]["author"], "name": name}


def _acquisition(act: Act, number: int, payload: Payload) -> Values:
    return {"author": act.author, "utc": act.utc, "body": json.dumps(payload, sort_keys=True)}


def _officer(act: Act, number: int, payload: Payload) -> Values:
    given = _item(payload, "officers", number) or {}
    fields = {name: given.get(name, "") for name in OFFICER_FIELDS}
    return {"id": act.targets[number]["officer"], **fields}


def _merge(act: Act, number: int, payload: Payload) -> Values:
    return {
        "officer": act.targets[number]["officer"],
        "into": str(payload.get("into", "")),
        "author": act.author,
        "utc": act.utc,
        "note": str(payload.get("note", "")),
    }


def _answer(act: Act, number: int, payload: Payload) -> Values:
    target = act.targets[number]
    place = {name: target[name] for name in ("page", "start", "end") if name in target}
    place |= _item(payload, "quotes", number) or {}
    return {
        "document": target.get("document", ""),
        "stood": json.dumps(place, sort_keys=True),
        "officer": target["officer"],
        "label": target["label"],
        "answer": str(payload.get("answer", "unsure")),
        "author": act.author,
        "utc": act.utc,
    }


def _tag(act: Act, number: int, payload: Payload) -> Values:
    target = act.targets[number]
    passage = None
    if "start" in target:
        quote = _item(payload, "quotes", number) or {}
        place = {name: target[name] for name in ("start", "end", "version")}
        passage = json.dumps({**place, **quote}, sort_keys=True)
    return {
        "document": target["document"],
        "page": target.get("page"),
        "passage": passage,
        "officer": target["officer"],
        "author": act.author,
        "harm": payload.get("harm", 0),
        "categories": json.dumps(payload.get("categories", [])),
        "note": payload.get("note", ""),
        "path": _item(payload, "paths", number) or "",
        "utc": act.utc,
    }


def _label(act: Act, number: int, payload: Payload) -> Values:
    return {"label": act.targets[number]["label"], **_review(act, number, payload)}


def _review(act: Act, number: int, payload: Payload) -> Values:
    return {
        "document": act.targets[number]["document"],
        "author": act.author,
        "path": _item(payload, "paths", number) or "",
        "utc": act.utc,
    }


def _settlement(act: Act, number: int, payload: Payload) -> Values:
    body = json.dumps(payload, sort_keys=True)
    return {"author": act.author, "utc": act.utc, "body": body}


def _material(act: Act, number: int, payload: Payload) -> Values:
    document = act.targets[number]["document"]
    return {"document": document, "author": act.author, "utc": act.utc}


def _purge(act: Act, number: int, payload: Payload) -> Values:
    return {**_material(act, number, payload), "words": str(payload.get("order", ""))}


_BUILD = {
    "reviewer": _reviewer,
    "acquisition": _acquisition,
    "officer": _officer,
    "merge": _merge,
    "mention": _answer,
    "tag": _tag,
    "label": _label,
    "review": _review,
    "settlement": _settlement,
    "material": _material,
    "purge": _purge,
}
