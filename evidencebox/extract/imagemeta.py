"""What a picture says beside its pixels: EXIF, XMP, IPTC, text chunks, comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final
from xml.parsers import expat

from PIL import Image, IptcImagePlugin

from evidencebox.extract.job import Job

_EXIF, _GPS = 0x8769, 0x8825
_MAKE, _MODEL, _SOFTWARE, _CHANGED, _ARTIST = 271, 272, 305, 306, 315
_ZONES: Final = {36867: 36881, 36868: 36882, 306: 36880}
"""The tag of a time, and that of its offset from UTC."""
_CAPTIONS: Final = {
    270: "description", 33432: "copyright", 40091: "title", 40092: "comment", 40093: "author",
    40094: "keywords", 40095: "subject", 37510: "user comment",
}  # fmt: skip
_DEVICE: Final = {42032: "device_owner", 42033: "device_serial", 42036: "device_lens"}
_IPTC: Final = {
    5: "title", 25: "keywords", 55: "date", 80: "by-line", 90: "city", 92: "place", 95: "state",
    101: "country", 105: "headline", 116: "copyright", 120: "caption",
}  # fmt: skip
_XMP: Final = (
    "description", "title", "creator", "subject", "rights", "Headline", "City", "State", "Country",
    "Location", "Caption", "UserComment", "CaptionWriter", "Instructions", "PersonInImage",
)  # fmt: skip
_IIM: Final = 0x0404
"""The Photoshop resource that holds IPTC."""
_TIFF_HEAD: Final = re.compile(rb"II\*\0|MM\0\*")
_PLAIN: Final = re.compile(r"(\d{4})[:\-](\d\d)[:\-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_MOST: Final = 200
_LONGEST: Final = 4 << 20


@dataclass(frozen=True, slots=True)
class Caption:
    """Words that somebody or some device wrote into the picture, and where they stood."""

    text: str
    label: str


def describe(job: Job, image: Any) -> list[Caption]:
    """Metadata to the job; words for people as captions, each once."""
    found: dict[str, Caption] = {}
    for part in (_exif, _chunks, _iptc, _xmp):
        try:
            for caption in part(job, image):
                text = caption.text.strip("\0 \r\n\t")[:_LONGEST]
                if text and len(found) < _MOST:
                    found.setdefault(text, Caption(text, caption.label))
        except (MemoryError, RecursionError):
            raise
        except Exception:  # whatever a parser of tags makes of hostile bytes
            job.warn("broken_metadata", "Some of what is written in the picture is damaged.")
    return list(found.values())


def describe_unopened(job: Job, head: bytes) -> list[Caption]:
    """The same from the head of a picture that cannot be opened: its EXIF, if it is there."""
    found = _TIFF_HEAD.search(head)
    if not found:
        return []
    exif = Image.Exif()
    with suppress(Exception):  # as above; what was read before the fault stays
        exif.load(b"Exif\0\0" + head[found.start() :])
    return describe(job, SimpleNamespace(getexif=lambda: exif, info={}, format=""))


# --- EXIF ---------------------------------------------------------------------------------------


def _exif(job: Job, image: Any) -> Iterator[Caption]:
    exif = image.getexif()
    if not exif:
        return
    main, more = dict(exif), dict(exif.get_ifd(_EXIF))
    tags = main | more
    job.meta("device_make", _string(main.get(_MAKE)))
    job.meta("device_model", _string(main.get(_MODEL)))
    job.meta("application", _string(main.get(_SOFTWARE)))
    job.meta("author", _string(main.get(_ARTIST)))
    for tag, key in _DEVICE.items():
        job.meta(key, _string(more.get(tag)))
    _times(job, tags)
    job.meta("gps", place(exif.get_ifd(_GPS)))
    for tag, name in _CAPTIONS.items():
        if tag in tags:
            yield Caption(_words(tag, tags[tag]), f"EXIF {name}")


def _times(job: Job, tags: Mapping[int, Any]) -> None:
    taken = moment(tags, 36867) or moment(tags, 36868)
    changed = moment(tags, _CHANGED)
    job.meta("created", taken)
    job.meta("modified", changed)
    job.meta("date", taken or changed)


def moment(tags: Mapping[int, Any], tag: int) -> str:
    """A time of EXIF in ISO 8601: UTC where its offset is known, else as the device's clock had it.

    Empty where there is none.
    """
    match = _PLAIN.match(_string(tags.get(tag)))
    if not match:
        return ""
    try:
        local = datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
        zone = _string(tags.get(_ZONES[tag]))
        if not re.fullmatch(r"[+-]\d\d:\d\d", zone):
            return local.isoformat()
        at = datetime.fromisoformat(local.isoformat() + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def place(gps: Mapping[int, Any]) -> str:
    """`latitude, longitude` in decimal degrees, south and west negative; '' where none is given."""
    try:
        north = _degrees(gps[2]) * (-1 if _string(gps.get(1)).upper() == "S" else 1)
        east = _degrees(gps[4]) * (-1 if _string(gps.get(3)).upper() == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return ""
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return ""
    return f"{north:.6f}, {east:.6f}"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _words(tag: int, value: Any) -> str:
    if tag == 37510 and isinstance(value, bytes):
        head, rest = value[:8], value[8:]
        if head.startswith(b"UNICODE"):
            return rest.decode("utf-16-be" if rest[:1] == b"\0" else "utf-16-le", "replace")
        return _string(rest)
    if tag >= 40091 and isinstance(value, bytes | tuple):
        return bytes(value).decode("utf-16-le", "replace")
    return _string(value)


def _string(value: Any) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8").strip("\0 ")
        except UnicodeDecodeError:
            return value.decode("cp1252", "replace").strip("\0 ")
    return _repaired(value).strip("\0 ") if isinstance(value, str) else ""


def _repaired(value: str) -> str:
    """EXIF knows ASCII alone, and is read as Latin-1; most devices write UTF-8 nevertheless."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


# --- text chunks, comments, IPTC ----------------------------------------------------------------


def _chunks(job: Job, image: Any) -> Iterator[Caption]:
    """PNG's text chunks; the comments of JPEG and GIF."""
    for key, value in dict(getattr(image, "text", {})).items():
        if not str(key).startswith(("XML:com.adobe.xmp", "Raw profile", "date:")):
            yield Caption(str(value), f"text chunk {key}")
    comment = image.info.get("comment")
    if comment and image.format == "JPEG2000":  # by its encoder, of itself
        job.meta("application", _string(comment))
    elif comment:
        yield Caption(_string(comment), "comment")


def _iptc(job: Job, image: Any) -> Iterator[Caption]:
    resources = image.info.get("photoshop")
    if isinstance(resources, dict) and bytes(resources.get(_IIM, b"")[:4]) == b"8BIM":
        # some writers put the resource, with its head, into itself
        resources[_IIM] = resources[_IIM][12:]
    for (record, number), values in (IptcImagePlugin.getiptcinfo(image) or {}).items():
        if record == 2 and number in _IPTC:
            for value in values if isinstance(values, list) else [values]:
                yield Caption(_string(value), f"IPTC {_IPTC[number]}")


# --- XMP ----------------------------------------------------------------------------------------


def _xmp(job: Job, image: Any) -> Iterator[Caption]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    if b"<" in packet:
        yield from xmp_captions(packet[:_LONGEST].strip(b"\0 \r\n"))


class DoctypeError(Exception):
    """XMP has none; what declares one wants its entities unfolded."""


def xmp_captions(packet: bytes) -> list[Caption]:
    """The properties of an XMP packet that are words for people."""
    found: list[Caption] = []
    within: list[str] = []
    text: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        own = name.rsplit("}", 1)[-1]
        within.append(own)
        text.clear()
        for key, value in attributes.items():
            if key.rsplit("}", 1)[-1] in _XMP and "}" in key:
                found.append(Caption(value, f"XMP {key.rsplit('}', 1)[-1]}"))

    def end(_: str) -> None:
        named = next((tag for tag in reversed(within) if tag in _XMP), "")
        words = "".join(text).strip()
        if named and words:
            found.append(Caption(words, f"XMP {named}"))
        text.clear()
        within.pop()

    _parse(packet, start, end, text.append)
    return found


def _parse(
    packet: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], object],
) -> None:
    def refuse(*_: object) -> None:
        raise DoctypeError

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(packet, True)
