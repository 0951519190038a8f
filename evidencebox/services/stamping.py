"""How the case's exhibits are stamped: the profile that comes with us, or what was chosen here."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.stamps import PAPERS, Profile, read_profile
from evidencebox.model.filing import SIDES, Stamping
from evidencebox.services.case import Case

_META: Final = "exhibits:stamping"
_LONGEST: Final = 60


def kept(case: Case) -> Stamping:
    """What was chosen in this case, within the case; else what the profile says."""
    ours = _stamping(read_profile())
    text = case.decided.meta(_META)
    return ours if text is None else replace(ours, **json.loads(text))


def keep(case: Case, stamping: Stamping) -> None:
    """Keeps a choice. Raises UserError where sheets cannot be stamped so."""
    profile(stamping)
    case.decided.set_meta(_META, json.dumps(asdict(stamping)))


def profile(stamping: Stamping) -> Profile:
    """For whoever stamps. Raises UserError."""
    if {stamping.bates_position, stamping.sticker_position} - set(SIDES):
        raise UserError("A stamp stands at the top or bottom, left, center or right.")
    if stamping.bates_position == stamping.sticker_position:
        raise UserError("The sticker would cover the Bates number: choose another side for one.")
    if not 1 <= stamping.bates_digits <= 12 or not stamping.bates_prefix.strip():
        raise UserError("A Bates number has a prefix, and 1 to 12 digits.")
    texts = (stamping.bates_prefix, stamping.title, stamping.legend)
    if any(len(text) > _LONGEST or not text.isprintable() for text in texts):
        raise UserError(f"A stamp's words are one line of at most {_LONGEST} characters.")
    return replace(
        read_profile(),
        prefix=stamping.prefix,
        bates_prefix=stamping.bates_prefix,
        bates_digits=stamping.bates_digits,
        bates_position=stamping.bates_position,
        title=stamping.title,
        sticker_position=stamping.sticker_position,
        paper=PAPERS[stamping.paper],
        legend=stamping.legend,
    )


def _stamping(ours: Profile) -> Stamping:
    names = {size: name for name, size in PAPERS.items()}
    return Stamping(
        ours.prefix,
        ours.bates_prefix,
        ours.bates_digits,
        ours.bates_position,
        ours.title,
        ours.sticker_position,
        names[ours.paper],
        ours.legend,
    )
