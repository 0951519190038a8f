"""Troves and cases for tests: small, real, and made with the standard library."""

from __future__ import annotations

import email.message
import io
import json
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidencebox.cli.finding import document_json
from evidencebox.model.documents import DocumentRecord, Status
from evidencebox.model.extraction import Limits
from evidencebox.model.ids import DocumentId
from evidencebox.model.people import Officer
from evidencebox.model.views import Progress, Summary
from evidencebox.services import case as cases
from evidencebox.services import officers
from evidencebox.services.case import Case
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.search import search
from evidencebox.vault.header import Unlocked

PASSPHRASE = "seven quiet otters"
REVIEWER = "R. Viewer"


def quiet(_: Progress) -> None:
    pass


def never() -> bool:
    return False


def make_case(folder: Path) -> Case:
    return cases.create(folder, REVIEWER, PASSPHRASE)[0]


def copy_case(case: Case, folder: Path) -> Case:
    """A closed copy is made of a case's folder, and opened without the slow passphrase."""
    to = folder / case.folder.name
    shutil.copytree(case.folder, to)
    return cases.open_with_keys(to, case.case_id, Unlocked(case.case_key, case.seed))


@contextmanager
def copied(case: Case, folder: Path) -> Iterator[Case]:
    """An open copy of a closed case, for one test."""
    folder.mkdir()
    opened = copy_case(case, folder)
    try:
        yield opened
    finally:
        opened.close()


def ready(blank: Case, folder: Path, fill: Callable[[Case, Path], None]) -> Case:
    """A closed case that was filled, to be copied for each test: an ingest costs five processes."""
    case = copy_case(blank, folder)
    try:
        fill(case, folder)
    finally:
        case.close()
    return case


def take(
    case: Case,
    trove: Path,
    *,
    workers: int = 2,
    progress: Callable[[Progress], None] = quiet,
    cancelled: Callable[[], bool] = never,
    custodian: str = "",
    limits: Limits | None = None,
) -> Summary:
    options = Options(workers=workers, custodian=custodian, limits=limits or Limits())
    return ingest(case, trove, options, progress, cancelled)


def plant(root: Path, files: Mapping[str, bytes | str]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    root.mkdir(exist_ok=True)
    return root


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """The same bytes every time."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 5, 1, 0, 0, 0)), data)
    return into.getvalue()


def mail(subject: str, body: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "Dana Whitlow <dana@pd.example>"
    message["To"] = "Records <records@pd.example>"
    message["Subject"] = subject
    message["Date"] = "Wed, 01 May 2019 08:00:00 +0000"
    message["Message-ID"] = f"<{zlib.crc32(subject.encode())}@pd.example>"
    message.set_content(body)
    for name, data in (attachments or {}).items():
        message.add_attachment(data, "application", "octet-stream", filename=name)
    if message.is_multipart():
        message.set_boundary("=-=-boundary-=-=")
    return message.as_bytes()


def mbox(*messages: bytes) -> bytes:
    start = b"From dana@pd.example Wed May  1 08:00:00 2019\n"
    return b"".join(start + message.rstrip(b"\n") + b"\n\n" for message in messages)


def records(case: Case) -> list[DocumentRecord]:
    return list(case.catalogue.each())


def by_path(case: Case) -> dict[str, DocumentRecord]:
    return {place.path: record for record in records(case) for place in record.locations}


def documents(case: Case) -> list[str]:
    """`documents --json`, in an order that does not depend on who was read first."""
    lines = (document_json(record) for record in case.catalogue.each())
    return sorted(json.dumps(line, sort_keys=True) for line in lines)


def found(case: Case, query: str) -> set[DocumentId]:
    return set(search(case, query).documents)


def names(case: Case, query: str) -> set[str]:
    """The first path of each document that is found."""
    return {r.locations[0].path for r in case.catalogue.records(search(case, query).documents)}


def statuses(case: Case) -> dict[str, Status]:
    return {path: record.status for path, record in by_path(case).items()}


def person(case: Case, badge: str, last: str = "Whitlow", first: str = "Dana") -> Officer:
    return officers.add(case, last=last, first=first, badge=badge)


def snapshot(root: Path) -> dict[str, tuple[Any, ...]]:
    """What must not change in a trove: bytes, sizes, times, modes."""
    return {
        str(path.relative_to(root)): (
            path.read_bytes() if path.is_file() else b"",
            path.lstat().st_mtime_ns,
            path.lstat().st_mode,
        )
        for path in root.rglob("*")
    }


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """For what another process does; the limit is there for the day it never happens."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
