"""Workbooks of Excel 2 to 2003 (XLS, XLT): sheets as labelled blocks of rows, and all beside."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import protected
from evidencebox.extract.ole import Container
from evidencebox.extract.oleart import BARE_METAFILE, MOST, Picture, metafile, pictures
from evidencebox.extract.olepictures import emit
from evidencebox.extract.oleread import beside, give_up, objects, opened, rescue
from evidencebox.extract.xlsbook import Book, LockedError
from evidencebox.extract.xlscrypt import opened as opened_with
from evidencebox.extract.xlsformat import BinaryFormats
from evidencebox.extract.xlsrecords import Strings, records
from evidencebox.model.documents import Status

_OLE: Final = b"\xd0\xcf\x11\xe0"
_CACHE: Final = "_SX_DB_CUR"


def read(job: Job) -> None:
    """All sheets in order, each with its comments, drawings, headers; then caches, objects."""
    job.source.seek(0)
    if job.source.read(4) != _OLE:
        job.source.seek(0)
        _book(job, job.source.read())
        return
    holder = opened(job)
    data = holder.stream("Workbook") or holder.stream("Book")
    if not data:
        give_up(job, "The workbook is damaged")
    book = _book(job, data)
    if not beside(job, holder).get("last_author"):
        job.meta("last_author", book.user)
    _caches(job, holder)
    objects(job, holder, "MBD")
    objects(job, holder, "LNK")
    emit(job, _pictures(book))
    rescue(job, holder)


def _book(job: Job, data: bytes) -> Book:
    book = Book(job, data)
    try:
        book.read()
    except LockedError as locked:
        book = Book(job, _opened(job, data, locked.how))
        book.read()
    for sheet in book.sheets:
        job.meta("sheet", sheet.name)
    return book


def _opened(job: Job, data: bytes, how: bytes) -> bytes:
    """The book's stream in plain text. Raises Stop."""
    if plain := opened_with(data, how, job.beat):
        job.warn("protected", "The workbook is enciphered with a password that every Excel knows.")
        return plain
    found = job.keys.find(lambda password: opened_with(data, how, job.beat, password))
    if found is None:
        raise Stop(Status.ENCRYPTED, protected("The workbook", job.keys))
    return found


def _pictures(book: Book) -> Iterator[Picture]:
    yield from pictures(bytes(book.drawings), MOST)
    for data in book.bitmaps:
        if len(data) <= 20:
            continue
        if data[16:20] == BARE_METAFILE:
            yield metafile(data[16:])
        elif struct.unpack_from("<H", data)[0] == 9:
            size = 14 + len(data) - 8
            yield Picture("bmp", struct.pack("<2sI4xI", b"BM", size, 26) + data[8:])


def _caches(job: Job, holder: Container) -> None:
    """What pivot tables keep of their sources, which may be long gone."""
    flow = Flow(job, "pivot cache")
    formats = BinaryFormats()
    for entry in holder.kids(_CACHE):
        strings = Strings(8)
        for kind, _, parts in records(holder.stream(*entry.path)):
            text = ""
            if kind == 0x00CD:
                text = strings.over_parts(parts)
            elif kind == 0x00C7 and len(parts[0]) > 14:
                text = strings.long(parts[0], 14)
            elif kind == 0x00C9 and len(parts[0]) >= 8:
                text = formats.number(struct.unpack_from("<d", parts[0])[0], 0)
            if text:
                flow.add(text + "\n", "hidden")
        job.beat()
    flow.close()
