"""Calendars (iCalendar, vCalendar): a block an entry, its fields in words, nothing left out."""

from __future__ import annotations

import re
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.htmltext import html_text
from evidencebox.extract.job import Job
from evidencebox.extract.vcardlines import Line, content, lines
from evidencebox.model.extraction import ChildHead

_WORDS: Final = {
    "SUMMARY": "Subject", "DTSTART": "Start", "DTEND": "End", "DUE": "Due", "LOCATION": "Place",
    "ORGANIZER": "Organizer", "ATTENDEE": "Attendee", "DESCRIPTION": "Description",
    "CREATED": "Created", "LAST-MODIFIED": "Changed", "DTSTAMP": "Stamp", "RRULE": "Repeats",
    "STATUS": "Status", "CATEGORIES": "Categories", "UID": "Id", "ATTACH": "Attachment",
    "COMMENT": "Comment",
    "X-ALT-DESC": "Description", "CONTACT": "Contact", "COMPLETED": "Completed", "URL": "Web",
}  # fmt: skip
_KEYS: Final = {
    "SUMMARY": "title", "DTSTART": "start", "DTEND": "end", "ORGANIZER": "organizer",
    "ATTENDEE": "attendee", "LOCATION": "place", "CREATED": "created",
    "LAST-MODIFIED": "modified",
}  # fmt: skip
_BLOCKS: Final = {
    "VEVENT": "Event", "VTODO": "Task", "VJOURNAL": "Journal", "VFREEBUSY": "Free and busy",
    "VALARM": "Alarm",
}  # fmt: skip
_MOMENT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")


def read(job: Job) -> None:
    """All entries in order; the times of zones are the only thing not written out."""
    flow = Flow(job)
    zones = files = 0
    dated = False
    for line in lines(content(job)):
        if isinstance(line, str):
            flow.add(line + "\n")
        elif line.value.strip().upper() == "VTIMEZONE" and line.name in ("BEGIN", "END"):
            zones += 1 if line.name == "BEGIN" else -1
        elif zones > 0:
            continue
        elif line.name in ("BEGIN", "END"):
            _block(flow, line)
        elif (data := line.binary()) is not None:
            files += 1
            name = line.parameters.get("X-FILENAME", "") or f"attachment {files}"
            job.whole(ChildHead(name, "attachment"), data)
        else:
            value = _field(job, flow, line)
            if line.name == "DTSTART" and not dated:
                dated = True
                job.meta("date", value)
    flow.close()


def _block(flow: Flow, line: Line) -> None:
    name = line.value.strip().upper()
    if line.name == "BEGIN" and name in _BLOCKS:
        flow.newline()
        flow.add(f"\n{_BLOCKS[name]}\n" if not flow.empty else f"{_BLOCKS[name]}\n")


def _field(job: Job, flow: Flow, line: Line) -> str:
    value = line.text.strip()
    if line.parameters.get("FMTTYPE", "").lower() == "text/html":
        value = html_text(value)
    if found := _MOMENT.fullmatch(value):
        value = moment(found)
    if zone := line.parameters.get("TZID", ""):
        value = f"{value} {zone}"
    if name := line.parameters.get("CN", ""):
        value = f"{name} <{value[7:] if value.lower().startswith('mailto:') else value}>"
    if line.name in _KEYS:
        job.meta(_KEYS[line.name], value)
    state = line.parameters.get("PARTSTAT", "").lower()
    named = _WORDS.get(line.name, line.name)
    flow.add(f"{named} ({state}): {value}\n" if state else f"{named}: {value}\n")
    return value


def moment(found: re.Match[str]) -> str:
    """`20210426T093000Z` as `2021-04-26T09:30:00Z`."""
    year, month, day, hour, minute, second, utc = found.groups()
    date = f"{year}-{month}-{day}"
    return f"{date}T{hour}:{minute}:{second}{utc}" if hour else date
