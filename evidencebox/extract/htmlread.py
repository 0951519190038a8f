"""HTML files."""

from __future__ import annotations

import io
from typing import Final

from evidencebox.extract import decode
from evidencebox.extract.flow import Flow
from evidencebox.extract.htmltext import declared_charset, into_flow
from evidencebox.extract.job import Job
from evidencebox.extract.mimetype import parameter

_MAX_TREE: Final = 100 << 20


def read(job: Job) -> None:
    """Decodes (mark, charset of the mail part, `meta`, guess) and writes the text into pages."""
    job.unbound_pages()
    job.source.seek(0)
    data = job.source.read(_MAX_TREE)
    if len(data) < job.size:
        job.gap("long", f"Only the first {_MAX_TREE >> 20} MiB of the HTML were read.")
    declared = parameter(job.hint.media_type, "charset") or declared_charset(data)
    encoding = decode.of_bytes(data, declared)
    if not encoding.sure:
        job.warn("encoding", f"The encoding is not stated; it was read as {encoding.codec}.")
    job.meta("encoding", encoding.codec)
    text = "".join(decode.pieces(io.BytesIO(data), encoding, job.beat))
    flow = Flow(job)
    title = into_flow(text, flow)
    flow.close()
    job.meta("title", title)
