"""What a load file says of a document that goes out whole: see docs/exports.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from evidencebox.export.loadfile import Value
from evidencebox.export.tables import encodable
from evidencebox.model.documents import DocumentRecord, DocumentType
from evidencebox.model.ids import DocumentId
from evidencebox.model.settings import in_utc
from evidencebox.services.case import Case
from evidencebox.services.settings import time_zone

_ENDING = re.compile(r"[a-z0-9]{1,8}")


def extension(record: DocumentRecord) -> str:
    """The ending of the document's name, where it is one that a file may have."""
    ending = record.name.rpartition(".")[2].casefold() if "." in record.name else ""
    return ending if _ENDING.fullmatch(ending) else ""


def _utc(said: Mapping[str, tuple[str, ...]], name: str, zone: ZoneInfo) -> str:
    """A time of the document's own in UTC; one without an offset is of the case's zone."""
    return in_utc(next(iter(said.get(name, ())), ""), zone)[0]


def particulars(case: Case, record: DocumentRecord) -> dict[str, Value]:
    """What a load file says of a document that goes out whole: see docs/exports.md."""
    said: Mapping[str, tuple[str, ...]] = record.metadata
    places = record.locations
    custodians = list(dict.fromkeys(p.custodian for p in places if p.custodian))
    md5, sha1 = case.catalogue.digests(DocumentId(record.sha256 or ""))
    zone = time_zone(case)
    sent = record.date if record.type is DocumentType.MAIL else None
    day, _, time = (sent or "").partition("T")
    return {
        "custodian": custodians[0] if custodians else "",
        "other_custodians": custodians[1:],
        "type": record.type.value,
        "name": encodable(record.name),
        "extension": extension(record),
        "size": record.size,
        "path": places[0].path if places else "",
        "other_paths": [place.path for place in places[1:]],
        "author": list(said.get("author", ())),
        "from": list(said.get("from", ())),
        "to": list(said.get("to", ())),
        "cc": list(said.get("cc", ())),
        "bcc": list(said.get("bcc", ())),
        "subject": next(iter(said.get("subject", ())), record.title),
        "date_sent": day,
        "time_sent": time,
        "date_received": _utc(said, "received", zone),
        "date_created": _utc(said, "created", zone),
        "date_modified": _utc(said, "modified", zone),
        "md5": md5,
        "sha1": sha1,
        "sha256": record.sha256 or "",
        "id": record.id,
    }
