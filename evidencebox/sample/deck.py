"""Which papers a trove is made of, and how often each occurs."""

from __future__ import annotations

import random
from collections.abc import Iterator

from evidencebox.sample.recipes import (
    correspondence,
    noise,
    odd,
    personnel,
    scans,
    traps,
    work,
)
from evidencebox.sample.scene import Recipe

FIRST: tuple[Recipe, ...] = (
    noise.plain_mail,
    personnel.background,
    correspondence.attached_mail,
    noise.text_note,
    personnel.discipline,
    work.intelligence,
    noise.memo,
    work.payroll,
    noise.bulletin,
    scans.scan,
    traps.common_word,
    traps.two_of_a_name,
    traps.line_end,
    traps.bystander,
    odd.truncated,
    correspondence.case_archive,
    correspondence.duty_thread,
    noise.html_mail,
    odd.misnamed,
    traps.slip,
    traps.brothers,
    traps.nickname,
    traps.spelled,
    traps.generations,
    traps.former_name,
    traps.badge_only,
    traps.badge_like_number,
    odd.empty,
    odd.garbage,
    odd.locked_archive,
    odd.locked_pdf,
    odd.strange_name,
    correspondence.mailbox,
    correspondence.forwarded_mail,
    correspondence.sheet_mail,
    correspondence.union_mail,
    personnel.disclosure,
    personnel.fitness,
    work.ransom_mails,
    work.ransom_chat,
    work.credit_sheet,
    work.account_note,
    noise.inventory,
)
"""What every trove begins with, however small."""

WEIGHTS: dict[Recipe, int] = {
    noise.plain_mail: 200,
    noise.html_mail: 60,
    noise.thread: 30,
    noise.text_note: 90,
    noise.memo: 70,
    noise.bulletin: 50,
    noise.intranet_page: 30,
    noise.inventory: 40,
    noise.bundle: 8,
    noise.minutes: 20,
    personnel.background: 40,
    personnel.discipline: 45,
    personnel.fitness: 25,
    personnel.disclosure: 1,
    personnel.letter: 35,
    correspondence.duty_thread: 40,
    correspondence.union_mail: 20,
    correspondence.attached_mail: 20,
    correspondence.sheet_mail: 8,
    correspondence.forwarded_mail: 15,
    correspondence.mailbox: 5,
    correspondence.case_archive: 8,
    work.intelligence: 35,
    work.gang_page: 8,
    work.ransom_mails: 6,
    work.ransom_chat: 5,
    work.press_draft: 12,
    work.payroll: 8,
    work.credit_sheet: 8,
    work.overtime: 10,
    work.phone_list: 8,
    work.account_note: 8,
    scans.scan: 30,
    traps.common_word: 8,
    traps.two_of_a_name: 5,
    traps.line_end: 6,
    traps.bystander: 25,
    traps.slip: 5,
    traps.brothers: 4,
    traps.nickname: 5,
    traps.spelled: 6,
    traps.generations: 3,
    traps.former_name: 2,
    traps.badge_only: 5,
    traps.badge_like_number: 6,
    odd.truncated: 5,
    odd.empty: 2,
    odd.garbage: 2,
    odd.locked_archive: 2,
    odd.locked_pdf: 2,
    odd.misnamed: 6,
    odd.strange_name: 10,
}


def deal(rng: random.Random) -> Iterator[Recipe]:
    """The first papers in order, and then for ever any, by weight."""
    yield from FIRST
    recipes, weights = list(WEIGHTS), list(WEIGHTS.values())
    while True:
        yield rng.choices(recipes, weights)[0]
