"""Harm levels, and the categories a reviewer may give a tag (DESIGN.md, sections 2 and 7)."""

from __future__ import annotations

from enum import IntEnum


class Harm(IntEnum):
    """How badly the exposure may hurt the officer it is tagged for."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    VERY_HIGH = 4

    @property
    def word(self) -> str:
        """The word that always stands beside the number and the colour."""
        return _WORDS[self]


_WORDS = {
    Harm.NONE: "None",
    Harm.LOW: "Low",
    Harm.MEDIUM: "Medium",
    Harm.HIGH: "High",
    Harm.VERY_HIGH: "Very high",
}

CATEGORIES: dict[str, str] = {
    "identity": "ID / SSN",
    "address": "Address",
    "contact": "Contact",
    "finances": "Finances",
    "medical": "Medical",
    "mental_health": "Mental health",
    "drug_history": "Drug history",
    "polygraph": "Polygraph",
    "sexual_abuse": "Sexual abuse",
    "discipline": "Discipline",
    "background": "Background",
    "intelligence": "Intelligence",
    "informant": "Informant",
    "credentials": "Credentials",
    "biometric": "Biometric",
    "family": "Family",
    "minor": "Minor",
}
"""The default scheme: what is stored → what is shown."""
