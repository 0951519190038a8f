"""What the index is told of a document, from what its reading yielded and where it stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence

from evidencebox.model.documents import DocumentType, Layer, Location, Notice, Page, Status
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import SEARCHED_NOTICES, IndexEntry

_TEXT_FIELDS = ("subject", "from", "to", "cc", "author")
_PEOPLE = ("from", "to", "cc", "bcc")
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:@]{1,64}@[^\s<>()\[\]\"',;:@]{1,255}")
_LONGEST_HEADER = 200_000
MAX_PATH_CHARS = 100_000
MAX_CORRESPONDENTS = 500
"""Of a message to a whole town, the facet keeps the first."""


def index_entry(
    document: DocumentId,
    locations: Sequence[Location],
    kind: DocumentType,
    status: Status,
    metadata: Mapping[str, Sequence[str]],
    date: str | None,
    size: int,
    families: tuple[int, int],
    pages: Sequence[Page],
    notices: Sequence[Notice] = (),
) -> IndexEntry:
    """The entry of one document. `families`: how many parents and children it has."""
    paths = [place.path for place in locations]
    fields = {name: "\n".join(metadata.get(name, ())) for name in _TEXT_FIELDS}
    fields["subject"] = fields["subject"] or "\n".join(metadata.get("title", ()))
    fields["cc"] = "\n".join([*metadata.get("cc", ()), *metadata.get("bcc", ())])
    fields["name"] = "\n".join(dict.fromkeys(path.rsplit("/", 1)[-1] for path in paths))
    fields["path"] = "\n".join(paths)[:MAX_PATH_CHARS]
    return IndexEntry(
        document=document,
        pages=tuple(pages),
        fields={name: text for name, text in fields.items() if text},
        keywords=_keywords(kind, metadata, locations, families, pages)
        | {"is": _flags(status, locations, families, notices)},
        date=timestamp(date),
        size=size,
    )


def _keywords(
    kind: DocumentType,
    metadata: Mapping[str, Sequence[str]],
    locations: Sequence[Location],
    families: tuple[int, int],
    pages: Sequence[Page],
) -> dict[str, tuple[str, ...]]:
    _, children = families
    has = ["attachment"] if children and kind is DocumentType.MAIL else []
    has += ["child"] if children else []
    has += ["ocr"] if any(page.layer is Layer.OCR for page in pages) else []
    return {
        "type": (kind.value,),
        "language": tuple(metadata.get("language", ())),
        "custodian": tuple(dict.fromkeys(p.custodian for p in locations if p.custodian)),
        "folder": folders([place.path for place in locations]),
        "domain": domains(metadata.get("from", ())),
        "correspondent": addresses(v for name in _PEOPLE for v in metadata.get(name, ())),
        "has": tuple(has),
    }


def _flags(
    status: Status,
    locations: Sequence[Location],
    families: tuple[int, int],
    notices: Sequence[Notice],
) -> tuple[str, ...]:
    """What `is:` finds: the status, where the document stands, and what to know of it."""
    parents, _ = families
    flags = [status.value]
    flags += ["duplicate"] if len(locations) > 1 else []
    flags += ["child"] if parents else []
    codes = {notice.code for notice in notices}
    return (*flags, *(code for code in SEARCHED_NOTICES if code in codes))


def folders(paths: Sequence[str]) -> tuple[str, ...]:
    """Every folder above each path, so that `folder:` finds what stands anywhere below it."""
    found: dict[str, None] = {}
    for path in paths:
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            found["/".join(parts[:depth])] = None
    return tuple(found)


def addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """The mail addresses in header fields, in lower case, each once; the first of very many."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _ADDRESS.finditer(text[:_LONGEST_HEADER]):
            found[match[0].lower()] = None
            if len(found) == MAX_CORRESPONDENTS:
                return tuple(found)
    return tuple(found)


def domains(texts: Iterable[str]) -> tuple[str, ...]:
    """What stands after the @ of each address."""
    return tuple(dict.fromkeys(address.rpartition("@")[2] for address in addresses(texts)))


def timestamp(date: str | None) -> int | None:
    """Seconds since 1970 UTC of an ISO 8601 date; None where there is none or it is not one."""
    if not date:
        return None
    try:
        moment = datetime.datetime.fromisoformat(date)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return int(moment.timestamp())
