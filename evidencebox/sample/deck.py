"""Which papers a trove is made of, and how often each occurs."""

from __future__ import annotations

import random
from collections.abc import Iterator

from evidencebox.sample.recipes import correspondence, noise, personnel, work
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
    personnel.disclosure: 2,
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
}


def deal(rng: random.Random) -> Iterator[Recipe]:
    """The first papers in order, and then for ever any, by weight."""
    yield from FIRST
    recipes, weights = list(WEIGHTS), list(WEIGHTS.values())
    while True:
        yield rng.choices(recipes, weights)[0]
