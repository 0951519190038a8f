"""Tables in text: rows in labelled blocks, cells apart by tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final

from evidencebox.extract import decode
from evidencebox.extract.blocks import Blocks
from evidencebox.extract.job import Job
from evidencebox.extract.mimetype import parameter
from evidencebox.extract.snifftext import delimiter

ROWS: Final = 50
_LONGEST_LINE: Final = 1 << 20


def read(job: Job) -> None:
    """Streams the rows; where quoting is broken, the lines are split at the plain delimiter."""
    job.unbound_pages()
    declared = parameter(job.hint.media_type, "charset")
    encoding = decode.of_stream(job.source, declared, job.beat)
    job.meta("encoding", encoding.codec)
    if not encoding.sure:
        job.warn("encoding", f"The encoding is not stated; it was read as {encoding.codec}.")
    first = next(decode.pieces(job.source, encoding), "")
    mark = delimiter(first, 2, 2) or ","
    blocks = Blocks(job, "", ROWS)
    for number, row in enumerate(_rows(job, encoding, mark), 1):
        blocks.row(number, ["\t".join(" ".join(cell.split()) for cell in row).rstrip("\t")])
    blocks.close()
    job.meta("rows", str(blocks.rows))


class _Lines:
    """The lines of the text, remembering those of the row at hand."""

    def __init__(self, job: Job, encoding: decode.Encoding) -> None:
        self._lines = self._split(job, encoding)
        self.held: list[str] = []

    def _split(self, job: Job, encoding: decode.Encoding) -> Iterator[str]:
        rest = ""
        for piece in decode.pieces(job.source, encoding, job.beat):
            lines = (rest + piece).split("\n")
            rest = lines.pop()
            for line in lines:
                yield line.replace("\0", " ") + "\n"
            if len(rest) > _LONGEST_LINE:
                yield rest.replace("\0", " ")
                rest = ""
        if rest:
            yield rest.replace("\0", " ")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.held.append(line)
        return line


def _rows(job: Job, encoding: decode.Encoding, mark: str) -> Iterator[list[str]]:
    lines = _Lines(job, encoding)
    reader = csv.reader(lines, delimiter=mark)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            job.warn("quoting", "The quoting of some rows is broken; they were split plainly.")
            yield from (line.rstrip("\n").split(mark) for line in lines.held)
            reader = csv.reader(lines, delimiter=mark)
        else:
            yield row
        lines.held.clear()
