"""What the window needs around the review: the case in figures, colleagues, and what opens it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from evidencebox.model.exposure import (
    ConflictView,
    Decision,
    Exposure,
    NoticeLine,
    OfficerPage,
    Overview,
    RosterPreview,
    Team,
    Ways,
)
from evidencebox.model.ids import ActId, OfficerId
from evidencebox.model.views import (
    Done,
)


class Insight(Protocol):
    """The case in figures, see `model/exposure.py`. What it returns may take seconds."""

    def exposure(self) -> Exposure: ...

    def overview(self) -> Overview: ...

    def officer(self, officer: OfficerId) -> OfficerPage: ...


class Colleagues(Protocol):
    """What several people do with one case. Every call may raise UserError."""

    def export_pack(self, file: Path) -> str: ...

    def import_pack(self, file: Path) -> str: ...

    def conflicts(self) -> list[ConflictView]: ...

    def settle(self, act: ActId) -> Done: ...

    def team(self) -> Team: ...

    def set_role(self, name: str, role: str) -> Done: ...

    def seal(self, categories: Collection[str]) -> Done: ...

    def backup(self, file: Path) -> str: ...

    def preview_roster(self, file: Path, mapping: Mapping[str, str]) -> RosterPreview: ...

    def take_roster(self, file: Path, mapping: Mapping[str, str]) -> str: ...

    def notice_list(self) -> list[NoticeLine]: ...

    def decide_notice(
        self,
        people: Sequence[OfficerId],
        decision: Decision,
        date: str,
        monitoring: bool | None,
        note: str,
    ) -> Done: ...

    def write_notices(self, lines: Sequence[NoticeLine], file: Path) -> str: ...

    def to_search(self) -> bool:
        """Whether somebody of the roster was not looked for in every document that is there."""
        ...


class Access(Protocol):
    """The ways into the open case. Every call may take seconds and raise UserError.

    `passphrase` is that of whoever opened the case, asked for again.
    """

    def ways(self) -> Ways: ...

    def change_passphrase(self, old: str, new: str) -> str: ...

    def use_key_store(self, passphrase: str) -> str: ...

    def leave_key_stores(self) -> str: ...

    def new_code(self, passphrase: str) -> str: ...

    def add_reviewer(self, name: str, new: str, passphrase: str) -> str: ...

    def remove_reviewer(self, name: str, passphrase: str) -> str: ...
