"""Blocks of text that many papers about an officer share, each noting its truths."""

from __future__ import annotations

from evidencebox.sample import phrases_files as phrases
from evidencebox.sample.draft import Draft, spell
from evidencebox.sample.names import GANGS
from evidencebox.sample.roster import Member


def fill(draft: Draft, template: str) -> str:
    """A phrase with its numbers, years, days and gangs filled in."""
    rng = draft.rng
    return template.format(
        n=rng.randint(2, 30),
        y=rng.randint(2004, 2017),
        d=draft.day(30),
        g=rng.choice(GANGS),
        t=rng.choice(("day", "evening", "night")),
    )


def topic(draft: Draft, member: Member, element: str, pool: tuple[str, ...], count: int = 1) -> str:
    """Sentences of a delicate kind, noted as that element of the member."""
    chosen = [fill(draft, template) for template in draft.rng.sample(pool, count)]
    for sentence in chosen:
        draft.element(member, element, sentence)
    return " ".join(chosen)


def born(draft: Draft, member: Member) -> str:
    year, month, day = member.birth_date.split("-")
    value = draft.rng.choice((member.birth_date, f"{month}/{day}/{year}"))
    return draft.element(member, "birth_date", value)


def identity(draft: Draft, member: Member) -> None:
    """The usual head of a personal form: who, born when, numbers, home, telephone, e-mail."""
    known = draft.cast.private(member)
    rows = [
        ("Name", draft.formal(member)),
        ("Badge", draft.named(member, member.badge)),
        ("Date of birth", born(draft, member)),
        ("SSN", draft.element(member, "ssn", known.ssn)),
        ("Home address", draft.element(member, "address", known.address)),
        ("Phone", draft.element(member, "phone", known.phone)),
        ("E-mail", draft.element(member, "email", known.email)),
    ]
    if draft.rng.random() < 0.6:
        licence = draft.element(member, "driver_license", known.driver_license)
        rows.append(("Driver's license no.", licence))
    if draft.rng.random() < 0.3:
        rows.append(("Passport no.", draft.element(member, "passport", known.passport)))
    draft.fields(*rows)


def subject(draft: Draft, member: Member) -> None:
    """The short head of a further page, so that each page says whom it is about."""
    draft.fields(("Subject", draft.formal(member)), ("Badge", draft.named(member, member.badge)))


def family(draft: Draft, member: Member) -> str:
    """Spouse and child: people not on the roster, whose exposure harms the member."""
    known = draft.cast.private(member)
    spouse = draft.person(known.spouse, "spouse")
    child = draft.person(known.child, "child")
    draft.element(member, "family", spouse)
    draft.element(member, "minor", child)
    return (
        f"Lives with {spouse} (spouse) and a child, {child}, aged {known.child_age}, "
        f"who attends {known.school}."
    )


def banking(draft: Draft, member: Member) -> None:
    known = draft.cast.private(member)
    draft.fields(
        ("Bank", known.bank),
        ("Routing number", draft.element(member, "bank_account", known.routing)),
        ("Account number", draft.element(member, "bank_account", known.account)),
        ("Card on file", draft.element(member, "card", known.card)),
    )


def debts(draft: Draft, member: Member) -> list[tuple[str, str, str]]:
    """Rows of a table of debts: creditor, kind, balance."""
    creditors = ("Foundry Federal", "Saltmarsh Auto", "Pilot Card Services", "Heron Medical")
    kinds = ("car loan", "credit card", "medical bill", "student loan", "back rent")
    rows = []
    for creditor in draft.rng.sample(creditors, draft.rng.randint(2, 4)):
        balance = f"${draft.rng.randint(1, 48)},{draft.rng.randint(0, 999):03d}"
        rows.append((creditor, draft.rng.choice(kinds), draft.element(member, "debt", balance)))
    return rows


def charge(draft: Draft, member: Member) -> tuple[str, str]:
    """An allegation: its short name and what the officer is said to have done."""
    name, text = draft.rng.choice(phrases.ALLEGATIONS)
    return draft.element(member, "discipline", name), fill(draft, text)


def signed(draft: Draft, office: str) -> None:
    draft.para(f"{office}, {spell(draft.when)}")
