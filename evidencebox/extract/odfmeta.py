"""OpenDocument's metadata: `meta.xml`, or the same elements in a flat document."""

from __future__ import annotations

from typing import Final

from evidencebox.extract.job import Job

_KEYS: Final = {
    "dc:title": "title", "dc:creator": "last_author", "meta:initial-creator": "author",
    "meta:creation-date": "created", "dc:date": "modified", "dc:subject": "doc_subject",
    "dc:description": "description", "meta:keyword": "keywords", "meta:generator": "application",
    "meta:print-date": "printed", "meta:printed-by": "printed_by", "dc:language": "stated_language",
}  # fmt: skip
_LONGEST: Final = 65_536


class OdfMeta:
    """Handlers for one `office:meta`."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._dates: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._key = ""
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._pieces = []
        self._key = _KEYS.get(tag, "")
        if tag == "meta:user-defined":
            self._key = f"property {attributes.get('name', '')}"
        elif tag == "meta:template":
            self._job.meta("template", attributes.get("title", "") or attributes.get("href", ""))

    def text(self, data: str) -> None:
        if self._key and sum(map(len, self._pieces[-1:])) < _LONGEST:
            self._pieces.append(data)

    def end(self, _: str) -> None:
        value = "".join(self._pieces).strip()
        if self._key.startswith("property ") and value:
            self._job.meta("property", f"{self._key[9:]}: {value}")
        elif self._key and value:
            self._job.meta(self._key, value)
            self._dates.setdefault(self._key, value)
        self._key, self._pieces = "", []

    def close(self) -> None:
        """The document's date; its author, where only the last one is named."""
        dates = self._dates
        self._job.meta("date", dates.get("modified", "") or dates.get("created", ""))
        if "author" not in dates:
            self._job.meta("author", dates.get("last_author", ""))
