"""What is set for a case as a whole, by acts that travel with it. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from evidencebox.errors import UserError

UTC = "UTC"
TIME_ZONE, OCR_LANGUAGES, CUSTODIAN = "time_zone", "ocr_languages", "custodian"
NAMES = (TIME_ZONE, OCR_LANGUAGES, CUSTODIAN)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """`time_zone`: an IANA name. `ocr_languages`: codes joined by `+`; `off` for none; empty where
    nobody chose. `custodian`: whose documents they are, where an import does not say."""

    time_zone: str = UTC
    ocr_languages: str = ""
    custodian: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; UTC where this system does not know the one that was set."""
        try:
            return zone_named(self.time_zone)
        except UserError:
            return ZoneInfo(UTC)


def settings_from(values: Mapping[str, str]) -> Settings:
    """From what the acts say; what a newer version set is left alone."""
    return Settings(**{name: values[name] for name in NAMES if name in values})


def zone_named(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises UserError."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise UserError(
            f"There is no time zone {name[:_LONGEST]!r}; give a name such as America/New_York, "
            "Europe/Madrid or UTC."
        ) from None


def in_utc(date: str, zone: ZoneInfo) -> tuple[str, bool]:
    """An ISO 8601 time in UTC with `Z`, and whether it had no offset and was read as of `zone`.

    A date without a time, and what is no date, comes back as it is.
    """
    try:
        moment = datetime.datetime.fromisoformat(date)
        if "T" not in date and " " not in date:
            return date, False
        naive = moment.tzinfo is None
        moment = moment.replace(tzinfo=zone) if naive else moment
        utc = moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError):
        return date, False
    return f"{utc.isoformat()}Z", naive


def in_zone(date: str, zone: ZoneInfo) -> str:
    """A time in UTC as the clocks of `zone` showed it, without an offset; a date as it is."""
    try:
        moment = datetime.datetime.fromisoformat(date)
        if moment.tzinfo is None:
            return date
        return moment.astimezone(zone).replace(tzinfo=None).isoformat()
    except (ValueError, OverflowError):
        return date
