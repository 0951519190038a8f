"""RTF destinations: where the text of a group goes, and what is done when it closes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from evidencebox.extract import rtfgroup
from evidencebox.extract.pieces import Pieces
from evidencebox.extract.rtffonts import NO_FONT
from evidencebox.extract.rtfgroup import Group
from evidencebox.extract.rtfobjects import Embedded, bitmap, ole1, unhex
from evidencebox.extract.rtfwords import (
    CAPTURED,
    DRAWN_TEXT,
    INFO,
    SIDES,
    SKIPPED,
    TIMES,
    WALKED,
)

if TYPE_CHECKING:
    from evidencebox.extract.rtfbody import RtfBody

_LINK: Final = re.compile(r'HYPERLINK\s+(?:\\[mnt]\s+)*(?:"([^"]*)"|([^\s\\]\S*))', re.I)
_MAX_META: Final = 65_536


def opens(body: RtfBody, group: Group, word: bytes, starred: bool) -> bool:
    """Whether the first word of a group is a destination, now set; unknown starred ones skip."""
    if word in SKIPPED:
        group.skip()
    elif word in (b"pict", b"objdata"):
        group.where, group.gathered, group.raw = rtfgroup.HEX, None, bytearray()
        group.closing = _picture if word == b"pict" else _object
        body.picture = ""
    elif word == b"picprop":
        group.where, group.raw = "properties", None
    elif group.where == rtfgroup.HEX and not starred:
        return False
    elif word in SIDES and not body.html:
        _side(body, group, word)
    elif word in CAPTURED:
        group.gather(_CLOSINGS.get(word, _nothing))
        group.name = word
    elif not _structural(group, word) and not _in_info(body, group, word):
        if body.html and word in (b"pntext", b"listtext"):
            group.skip()
        elif not starred or word in WALKED or (body.html and word == b"htmltag"):
            return False
        else:
            group.skip()
    return True


def _structural(group: Group, word: bytes) -> bool:
    if word == b"fonttbl":
        group.where = rtfgroup.FONTS
    elif word == b"info":
        group.where, group.font = rtfgroup.INFO, NO_FONT
    elif word == b"upr":
        group.first_only = True
    elif word == b"ud":
        # opened inside the group that `upr` opened, which kept what its text is for
        return True
    elif word in (b"moMath", b"moMathPara", b"mmath"):
        group.where = rtfgroup.MATH if group.where == rtfgroup.TEXT else group.where
    elif word == b"mr" and group.where == rtfgroup.MATH:
        group.where = rtfgroup.TEXT
    elif word == b"field":
        group.name, group.closing = b"", _field
    else:
        return False
    return True


def _in_info(body: RtfBody, group: Group, word: bytes) -> bool:
    if word == b"company" or (group.where == rtfgroup.INFO and word in INFO):
        group.gather(_info)
    elif group.where == rtfgroup.INFO and word in TIMES:
        body.time = {}
        group.closing = _time
    else:
        return False
    group.name = word
    return True


def _side(body: RtfBody, group: Group, word: bytes) -> None:
    label, kind = SIDES[word]
    side = body.sides.setdefault(label, Pieces())
    group.out, group.kind, group.where = side, kind, rtfgroup.TEXT
    group.gathered = None
    group.closing = lambda _, closed: closed.out.newline()
    if label in ("footnotes", "comments"):
        body.counts[label] = body.counts.get(label, 0) + 1
        head = f"[{body.counts[label]}] "
        if label == "comments":
            head += f"{body.comment_by.get('name', '')}: "
            body.comment_by = {}
            group.revision, group.hidden = "", False
        side.add(head, kind)


def moment(packed: int) -> str:
    """A DTTM as `2021-04-26T09:30`; '' where it is none."""
    packed &= 0xFFFFFFFF
    minute, hour, day = packed & 0x3F, packed >> 6 & 0x1F, packed >> 11 & 0x1F
    month, year = packed >> 16 & 0xF, 1900 + (packed >> 20 & 0x1FF)
    if not day or not month:
        return ""
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"


def _nothing(body: RtfBody, group: Group) -> None:
    """For what is gathered only to keep it out of the text."""


def _comment_date(body: RtfBody, group: Group) -> None:
    number = group.said.strip()
    if group.kind == "comment" and number.lstrip("-").isdecimal() and len(number) < 12:
        group.out.add(f"{moment(int(number))} ".lstrip(), "comment")


def _field_link(body: RtfBody, group: Group) -> None:
    """A field's instruction: its link is put behind the field's result, when the field closes."""
    if found := _LINK.search(group.said[:4_096]):
        body.links.append((found.group(1) or found.group(2) or "")[:2_000])
    elif re.match(r"\s*(?:INCLUDEPICTURE|INCLUDETEXT|LINK|DDE)", group.said[:100], re.I):
        body.links.append(group.said.strip()[:2_000])


def _field(body: RtfBody, group: Group) -> None:
    while body.links:
        link = body.links.pop(0)
        if group.where == rtfgroup.TEXT:
            body.aside(f" <{link}>", "link", group)


def _author(body: RtfBody, group: Group) -> None:
    body.comment_by["name"] = group.said.strip()[:200]


def _comment_id(body: RtfBody, group: Group) -> None:
    body.comment_by.setdefault("name", group.said.strip()[:200])


def _object_class(body: RtfBody, group: Group) -> None:
    body.object_class = group.said.strip()[:200]


def _object_name(body: RtfBody, group: Group) -> None:
    body.object_name = group.said.strip()[:200]


def _property_name(body: RtfBody, group: Group) -> None:
    body.property = group.said.strip()[:200]


def _property(body: RtfBody, group: Group) -> None:
    body.metadata.append(("property", f"{body.property}: {group.said.strip()}"))


def _variable(body: RtfBody, group: Group) -> None:
    body.metadata.append(("variable", group.said.strip()))


def _shape_value(body: RtfBody, group: Group) -> None:
    if body.property in DRAWN_TEXT and (text := group.said.strip()):
        body.aside(f" {text} ", "", group)


def _generator(body: RtfBody, group: Group) -> None:
    body.metadata.append(("application", group.said.strip().rstrip(";")))


def _template(body: RtfBody, group: Group) -> None:
    body.metadata.append(("template", group.said.strip()))


def _authors(body: RtfBody, group: Group) -> None:
    body.authors = [name.strip() for name in group.said.split(";")][:10_000]


def _form(body: RtfBody, group: Group) -> None:
    if text := group.said.strip():
        body.aside(f" [{text}] ", "form_field", group)


def _info(body: RtfBody, group: Group) -> None:
    body.metadata.append((INFO[group.name], group.said.strip()[:_MAX_META]))


def _time(body: RtfBody, group: Group) -> None:
    at = body.time
    if at.get("y") and 1 <= at.get("m", 0) <= 12 and 1 <= at.get("d", 0) <= 31:
        text = f"{at['y']:04}-{at['m']:02}-{at['d']:02}T{at.get('h', 0):02}:{at.get('i', 0):02}"
        body.metadata.append((TIMES[group.name], text))


def _picture(body: RtfBody, group: Group) -> None:
    data = unhex(bytes(group.raw or b""))
    if body.picture == "dib":
        data, body.picture = bitmap(data), "bmp"
    if data:
        body.counts["pictures"] = body.counts.get("pictures", 0) + 1
        ending = f".{body.picture}" if body.picture else ""
        body.embedded(Embedded(f"picture {body.counts['pictures']}{ending}", "pict", data))


def _object(body: RtfBody, group: Group) -> None:
    data = unhex(bytes(group.raw or b""))
    name = body.object_name or body.object_class
    body.object_name = body.object_class = ""
    if not data:
        return
    found, link = ole1(data, name)
    if link:
        body.aside(f" <{link}>", "link", group)
    body.embedded(found)


_CLOSINGS: Final[dict[bytes, Callable[[RtfBody, Group], None]]] = {
    b"fldinst": _field_link,
    b"atnid": _comment_id,
    b"atnauthor": _author,
    b"atndate": _comment_date,
    b"objclass": _object_class,
    b"objname": _object_name,
    b"propname": _property_name,
    b"staticval": _property,
    b"docvar": _variable,
    b"sn": _property_name,
    b"sv": _shape_value,
    b"generator": _generator,
    b"template": _template,
    b"revtbl": _authors,
    b"ffl": _form,
    b"ffdeftext": _form,
    b"ffhelptext": _form,
    b"ffstattext": _form,
}
