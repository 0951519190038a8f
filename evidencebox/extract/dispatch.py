"""From bytes to a reader, and from what a reader did to an outcome. Nothing raises out of here
but what the sink itself raises."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO, Final

from evidencebox.extract import (
    archivecab,
    archiveflat,
    archiveiso,
    csvread,
    doc,
    docx,
    emf,
    epub,
    gzread,
    htmlread,
    ical,
    image,
    mailread,
    mboxread,
    media,
    msg,
    odf,
    oleread,
    p7,
    pdf,
    ppt,
    pptx,
    pst,
    rarread,
    rtf,
    sevenzip,
    sqliteread,
    strings,
    tarread,
    text,
    tnef,
    vcard,
    vsdx,
    xls,
    xlsb,
    xlsx,
    xmlread,
    xps,
    zipread,
)
from evidencebox.extract.job import Job, SinkFault, Stop
from evidencebox.extract.keyring import Ask, Unlocked, nothing_known
from evidencebox.extract.kinds import mismatch
from evidencebox.extract.sniff import sniff
from evidencebox.extract.version import EXTRACTION_VERSION
from evidencebox.model.documents import Outcome, Status
from evidencebox.model.extraction import Hint, Limits, Sink

READERS: Final[dict[str, Callable[[Job], None]]] = {
    "text": text.read,
    "html": htmlread.read,
    "mail": mailread.read,
    "mbox": mboxread.read,
    "msg": msg.read,
    "tnef": tnef.read,
    "pst": pst.read,
    "p7": p7.read,
    "zip": zipread.read,
    "tar": tarread.read,
    "rar": rarread.read,
    "7z": sevenzip.read,
    "cab": archivecab.read,
    "iso": archiveiso.read,
    "vsdx": vsdx.read,
    "xps": xps.read,
    "emf": emf.read_emf,
    "wmf": emf.read_wmf,
    "media": media.read,
    "sqlite": sqliteread.read,
    "stream": gzread.read,
    "ar": archiveflat.read_ar,
    "cpio": archiveflat.read_cpio,
    "csv": csvread.read,
    "pdf": pdf.read,
    "doc": doc.read,
    "docx": docx.read,
    "ole": oleread.read,
    "rtf": rtf.read,
    "ppt": ppt.read,
    "pptx": pptx.read,
    "odf": odf.read,
    "xlsb": xlsb.read,
    "epub": epub.read,
    "xml": xmlread.read,
    "json": xmlread.read_json,
    "vcard": vcard.read,
    "ical": ical.read,
    "xls": xls.read,
    "xlsx": xlsx.read,
    "image": image.read,
}
_NO_TEXT_FROM: Final = 1_024
_SILENT: Final = (Status.ENCRYPTED, Status.UNSUPPORTED)


def run(
    source: BinaryIO, hint: Hint, limits: Limits, sink: Sink, passwords: Ask = nothing_known
) -> Outcome:
    """See `evidencebox.extract.extract`."""
    job = Job(source, hint, limits, sink, 0, passwords)
    try:
        status, reason = _read(job)
    except SinkFault as fault:
        raise fault.error from None
    return Outcome(
        status,
        job.kind.type,
        job.kind.media_type,
        reason,
        engine=job.engine,
        version=EXTRACTION_VERSION,
    )


def _read(job: Job) -> tuple[Status, str]:
    try:
        job.size = job.source.seek(0, 2)
        if job.size == 0:
            return Status.EMPTY, "The file is empty."
        job.kind = sniff(job.source, job.hint)
        if mismatch(job.kind, job.hint.name):
            job.warn(
                "mismatch", f"By its content this is {job.kind.label}, not what its name says."
            )
        _through(job)
        status, reason = job.verdict()
    except Stop as stop:
        status, reason = stop.status, stop.reason
        job.warn(stop.status.value, reason)
    except RecursionError:
        status, reason = _broke(job, "it is nested too deeply")
    except MemoryError:
        status, reason = Status.LIMIT, "It needs more memory than one document may use."
    except Exception as error:  # a parser of hostile bytes may raise anything
        status, reason = _broke(job, f"the reader met a fault, {type(error).__name__}")
    _say_no_text(job, status)
    for language, _ in job.languages.most_common():
        job.meta("language", language)
    return status, reason


def _through(job: Job) -> None:
    """Reads the document; where that was only an envelope that a password opened, what was in it.

    An envelope inside an envelope is not opened.
    """
    try:
        _choose(job)(job)
        return
    except Unlocked as unlocked:
        plain = unlocked.plain
    job.source, job.size = BytesIO(plain), len(plain)
    job.kind = sniff(job.source, job.hint)
    try:
        _choose(job)(job)
    except Unlocked:
        raise Stop(Status.ENCRYPTED, "What a password opened is encrypted once more.") from None


DANGEROUS: Final = frozenset({"pst", "doc", "xls", "ppt"})
"""Large binary formats of the past, with pointers into themselves: what attackers like best."""


def _choose(job: Job) -> Callable[[Job], None]:
    if job.kind.family in DANGEROUS and not job.limits.dangerous:
        raise Stop(
            Status.UNSUPPORTED,
            f"{job.kind.label}: this computer cannot shut a reader of this old format in well "
            "enough; read it on another one, or ask for it with --dangerous-formats.",
        )
    if job.kind.family in READERS:
        return READERS[job.kind.family]
    if job.kind.strings:
        return strings.read
    reason = f"{job.kind.label}: this version does not read {job.kind.label} files yet."
    raise Stop(Status.UNSUPPORTED, reason)


def _broke(job: Job, why: str) -> tuple[Status, str]:
    if job.yielded:
        reason = f"Only a part of the {job.kind.label} document was read: {why}."
        job.warn("broken", reason)
        return Status.PARTIAL, reason
    reason = f"The {job.kind.label} document could not be read: {why}."
    job.warn("broken", reason)
    return Status.FAILED, reason


def _say_no_text(job: Job, status: Status) -> None:
    """No text from a file over 1 kB is a warning, never success."""
    if not job.has_text and job.size > _NO_TEXT_FROM and status not in _SILENT:
        job.warn("no_text", "No text was found in it.")
