"""Plain text of any size and encoding."""

from __future__ import annotations

from evidencebox.extract import decode
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.mimetype import parameter


def read(job: Job) -> None:
    """Streams the text into pages; a guessed encoding is a notice."""
    job.unbound_pages()
    declared = parameter(job.hint.media_type, "charset")
    encoding = decode.of_stream(job.source, declared, job.beat)
    job.meta("encoding", encoding.codec)
    if not encoding.sure:
        job.warn("encoding", f"The encoding is not stated; it was read as {encoding.codec}.")
    flow = Flow(job)
    for piece in decode.pieces(job.source, encoding, job.beat):
        flow.add(piece)
    flow.close()
