"""The settings of a case: read, and changed by acts."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.model.settings import (
    CUSTODIAN,
    NAMES,
    OCR_LANGUAGES,
    TIME_ZONE,
    Settings,
    settings_from,
    zone_named,
)
from evidencebox.services import ocr_languages
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft

_CUSTODIAN_LONGEST = 200


def settings(case: Case) -> Settings:
    """What stands now."""
    return settings_from(case.decided.settings())


def time_zone(case: Case) -> ZoneInfo:
    """The zone in which dates without an offset are read, and dates are shown to people."""
    return settings(case).zone


def change(case: Case, values: Mapping[str, str]) -> list[str]:
    """Sets what differs from what stands; returns the names of it. Raises UserError.

    The caller holds the session lock. A new time zone is for what is read from then on:
    `services.redate` brings what was read before up to it.
    """
    wanted = {name: _checked(name, value.strip()) for name, value in values.items()}
    now = settings(case)
    changed = [name for name, value in wanted.items() if getattr(now, name) != value]
    for name in changed:
        draft = Draft(Kind.SETTING, [{"setting": name}], {"value": wanted[name]})
        case.decided.act(draft, case.signer)
    return changed


def _checked(name: str, value: str) -> str:
    if name not in NAMES:
        raise ValueError("an unknown setting")
    if name == TIME_ZONE:
        return zone_named(value).key
    if name == OCR_LANGUAGES and value:
        return ocr_languages.chosen(value) or "off"
    if name == CUSTODIAN and (len(value) > _CUSTODIAN_LONGEST or "\n" in value):
        raise UserError(f"A custodian's name has at most {_CUSTODIAN_LONGEST} characters.")
    return value
