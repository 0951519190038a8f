"""How the case's exhibits are stamped: the profile that comes with us, or what was chosen.

A choice is an act, so that it travels in review packs and everybody's laptop stamps alike; of two
that were made apart, the later one stands.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.stamps import PAPERS, Profile, read_profile
from evidencebox.model.filing import SIDES, Stamping
from evidencebox.model.ledger import Kind
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft

SETTING: Final = "exhibits.stamping"
_META: Final = "exhibits:stamping"
"""Where a choice stood before it was an act: it holds until the next one."""
_LONGEST: Final = 60


def kept(case: Case) -> Stamping:
    """What was chosen in this case; else what the profile says."""
    ours = _stamping(read_profile())
    text = case.decided.settings().get(SETTING) or case.decided.meta(_META)
    return _read(text, ours) if text else ours


def _read(text: str, ours: Stamping) -> Stamping:
    """What an act says, and of what a later version may say more, as much as is known here."""
    known = {field.name for field in fields(Stamping)}
    try:
        said = {name: value for name, value in json.loads(text).items() if name in known}
        chosen = replace(ours, **said)
        profile(chosen)
    except (UserError, ValueError, KeyError, TypeError, AttributeError):
        return ours  # from another laptop, and none that can be set: sheets are still numbered
    return chosen


def keep(case: Case, stamping: Stamping) -> None:
    """Records a choice, where it is another. Raises UserError where sheets cannot be stamped so."""
    profile(stamping)
    if stamping != kept(case):
        value = json.dumps(asdict(stamping), sort_keys=True)
        case.decided.act(Draft(Kind.SETTING, [{"setting": SETTING}], {"value": value}), case.signer)


def profile(stamping: Stamping) -> Profile:
    """For whoever stamps. Raises UserError."""
    if {stamping.bates_position, stamping.sticker_position} - set(SIDES):
        raise UserError("A stamp stands at the top or bottom, left, center or right.")
    if stamping.bates_position == stamping.sticker_position:
        raise UserError("The sticker would cover the Bates number: choose another side for one.")
    if stamping.paper not in PAPERS:
        raise UserError(f"A sheet's paper is {' or '.join(PAPERS)}.")
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
