"""Presentations of PowerPoint 97 to 2003 (PPT, PPS, POT): page n is slide n; the rest follows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from evidencebox.extract import pptcrypt
from evidencebox.extract import pptrecords as R
from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.ole import Container
from evidencebox.extract.oleart import MOST, Picture, Record, blip, kids, records
from evidencebox.extract.oleembed import embed_file
from evidencebox.extract.olepictures import emit
from evidencebox.extract.oleread import beside, opened, rescue
from evidencebox.extract.pptslides import Show
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_STREAM: Final = "PowerPoint Document"


def read(job: Job) -> None:
    """Slides in their order; notes, comments, masters; then objects, sounds and pictures."""
    holder = opened(job)
    stream = holder.stream(_STREAM)
    objects = R.Objects(stream, holder.stream("Current User"))
    if objects.encrypted:
        stream = pptcrypt.unlock(job, holder, stream, objects)
        objects = R.Objects(stream, holder.stream("Current User"))
    if not objects.whole:
        job.gap("broken", "The presentation's list of slides is damaged.")
    Show(job, stream, objects).read()
    beside(job, holder)
    _objects(job, stream, objects)
    emit(job, _pictures(holder))
    rescue(job, holder)


def _pictures(holder: Container) -> Iterator[Picture]:
    for record in records(holder.stream("Pictures")):
        if picture := blip(record, MOST):
            yield picture


def _objects(job: Job, stream: bytes, objects: R.Objects) -> None:
    """Embedded documents, and sounds."""
    budget = Budget(job, job.size)
    names = {place: str(number) for number, place in objects.places.items()}
    names |= _named(objects)
    current = set(objects.places.values())
    for record in records(stream):
        if record.kind == R.OLE_DATA:
            data = _unpacked(job, record, budget)
            name = names.get(record.start - 8, str(record.start))
            if data:
                embed_file(job, data, f"object {name}")
        elif record.kind == R.DOCUMENT and record.start - 8 in current:
            _sounds(job, record)
        job.beat()


def _named(objects: R.Objects) -> dict[int, str]:
    """What objects are called by where they stand: the number, and the program they are of."""
    found: dict[int, str] = {}
    document = objects.get(objects.document_id, R.DOCUMENT)
    for record in R.inner(document) if document else ():
        if record.kind in R.OLE_HOLDERS:
            number = R.number(R.first(record, R.OLE_ATOM), 16)
            program = R.strings(record).get(2, "")
            if number in objects.places and program:
                found[objects.places[number]] = f"{number} {program}"
    return found


def _unpacked(job: Job, record: Record, budget: Budget) -> bytes:
    data = record.body
    if record.instance:
        inflater = zlib.decompressobj()
        out = bytearray()
        try:
            budget.open_member(len(data))
            data = data[4:]
            while data and not inflater.eof:
                piece = inflater.decompress(data, 1 << 20)
                budget.charge(len(piece))
                out += piece
                data = inflater.unconsumed_tail
                job.beat()
        except zlib.error:
            job.gap("broken_part", "An embedded object is damaged.")
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error
        return bytes(out)
    return data


def _sounds(job: Job, document: Record) -> None:
    for record in R.inner(document):
        if record.kind == R.SOUND:
            said = R.strings(record)
            for kid in kids(record):
                if kid.kind == R.SOUND_DATA:
                    name = said.get(0, "sound") + said.get(1, "")
                    job.whole(ChildHead(name, "embedded", "", "sounds"), kid.body)
