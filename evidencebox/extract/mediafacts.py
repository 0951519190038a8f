"""What walkers of audio and video files find, each fact once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from evidencebox.extract.job import Job

_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_WORDS: Final = 2_000
_LONGEST: Final = 1 << 20


class Facts:
    """Collects; `close` hands the metadata to the job. `words` are pairs of a label and a text."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._values: dict[str, list[str]] = {}
        self._said: set[str] = set()
        self.words: list[tuple[str, str]] = []

    def add(self, key: str, value: str) -> None:
        """A value of a metadata key."""
        values = self._values.setdefault(key, [])
        value = value.strip("\0 \r\n\t")
        if value and value not in values and len(values) < 100:
            values.append(value)

    def word(self, label: str, text: str, key: str = "") -> None:
        """Words for people; with `key` they are metadata too."""
        text = text.strip("\0 \r\n\t")[:_LONGEST]
        if key:
            self.add(key, text)
        if text and text not in self._said and len(self.words) < _MOST_WORDS:
            self._said.add(text)
            self.words.append((label, text))

    def duration(self, seconds: float) -> None:
        if 0 < seconds < 1e7:
            whole = round(seconds)
            shown = f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
            self._values.setdefault("duration", [shown])

    def codec(self, name: str) -> None:
        self.add("codec", name)

    def size(self, width: int, height: int) -> None:
        if width and height:
            self.add("dimensions", f"{width} x {height}")

    def made(self, epoch: datetime, seconds: float) -> None:
        """When it was recorded, counted from an epoch; zero is what devices with no clock say."""
        try:
            moment = epoch + timedelta(seconds=seconds)
        except OverflowError:
            return
        if seconds <= 0 or moment == _UNIX:
            return
        self.add("created", moment.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def place(self, iso: str) -> None:
        """A place as ISO 6709 writes it, `+12.5000-070.2500+010/`."""
        self.add("gps", iso.rstrip("/"))

    def close(self) -> None:
        for key, values in self._values.items():
            for value in values:
                self._job.meta(key, value)
        dates = self._values.get("created") or self._values.get("recorded") or [""]
        self._job.meta("date", dates[0])
