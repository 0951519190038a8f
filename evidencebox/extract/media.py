"""Sound and video: what is said of them, never what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tinytag import TinyTag, TinyTagException

from evidencebox.extract import mediamkv, mediamp4, mediariff
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.mediafacts import Facts
from evidencebox.model.extraction import ChildHead

_TAGGED: Final = frozenset(("mp3", "wav", "flac", "ogg", "aiff", "m4a", "mp4", "asf"))
_BOXES: Final[dict[str, Callable[[Job, Facts], None]]] = {
    "m4a": mediamp4.walk,
    "mp4": mediamp4.walk,
    "mkv": mediamkv.walk,
    "avi": mediariff.walk,
    "wav": mediariff.walk,
}
_NOT_WORDS: Final = (
    "filename", "filesize", "duration", "channels", "bitrate", "bitdepth", "samplerate",
    "is_lossless", "mime_type", "track", "disc", "bpm", "itun", "wmf", "isvbr", "compilation",
    "deviceconformance", "replaygain", "encod", "tlen", "gapless", "tsse", "peak",
)  # fmt: skip
"""How the names of facts begin that nobody wrote."""
_KEYS: Final = {
    "title": "title", "artist": "author", "album": "album", "year": "recorded",
    "copyright": "copyright",
}  # fmt: skip
_MAKERS: Final = ("encoded_by", "encoder_settings")
_CODECS: Final = re.compile(r'codecs="([^"]+)"')
_MOST_PICTURES: Final = 100


def read(job: Job) -> None:
    """Metadata; words that somebody wrote into the file as a page; pictures as children."""
    facts = Facts(job)
    key = job.kind.key
    if key in _TAGGED:
        _tags(job, facts)
    if key in _BOXES:
        _BOXES[key](job, facts)
    if key == "au":
        _au(job, facts)
    facts.close()
    flow = Flow(job, "description")
    for label, text in facts.words:
        flow.newline()
        flow.add(text, "caption", label)
    flow.newline()
    flow.close()


def _tags(job: Job, facts: Facts) -> None:
    job.source.seek(0)
    try:
        tag = TinyTag.get(file_obj=job.source, image=True)
    except TinyTagException:
        job.gap("broken_metadata", "What is said of it could not be read.")
        return
    job.beat()
    found = tag.as_dict()
    if tag.duration:
        facts.duration(tag.duration)
    if codec := _CODECS.search(str(found.get("mime_type", ""))):
        facts.codec(codec.group(1))
    for key in _MAKERS:
        for value in _listed(found.get(key)):
            facts.add("application", value)
    for key, values in found.items():
        if key.lower().startswith(_NOT_WORDS):
            continue
        for value in _listed(values):
            facts.word(key, value, _KEYS.get(key, ""))
    pictures = [picture for some in tag.images.as_dict().values() for picture in some]
    for number, picture in enumerate(pictures[:_MOST_PICTURES], 1):
        ending = (picture.mime_type or "image/bin").rsplit("/", 1)[-1]
        name = f"{picture.name or 'picture'} {number}.{ending}"
        job.whole(ChildHead(name, "embedded", picture.mime_type or ""), picture.data)
        facts.word("picture", picture.description or "")


def _listed(values: object) -> list[str]:
    return [str(value) for value in (values if isinstance(values, list) else [values]) if value]


def _au(job: Job, facts: Facts) -> None:
    """Sun's audio files have a note between their header and the sound."""
    job.source.seek(4)
    start = int.from_bytes(job.source.read(4), "big")
    job.source.seek(24)
    note = job.source.read(max(0, min(start - 24, 1 << 16)))
    facts.word("annotation", note.strip(b"\0").decode("utf-8", "replace"))
