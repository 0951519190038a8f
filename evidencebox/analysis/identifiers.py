"""Numbers that identify a person or his money: found by form, check digits and what stands near.

No value is ever ruled out by a list of known numbers: a number on such a list may be somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidencebox.analysis import labels
from evidencebox.analysis import number_checks as checks
from evidencebox.analysis.around import Surroundings
from evidencebox.analysis.labels import HOW, named

SURE, LIKELY, MAYBE = 0.97, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Value:
    """A datum on a page, by code points. `reason` says in words why it is one."""

    start: int
    end: int
    kind: str
    confidence: float
    reason: str


_SSN_LABEL, _ITIN_LABEL = labels.label(labels.SSN), labels.label(labels.ITIN)
_TIN_LABEL, _ROUTING_LABEL = labels.label(labels.TIN), labels.label(labels.ROUTING)
_LICENCE_LABEL, _PASSPORT_LABEL = labels.label(labels.LICENCE), labels.label(labels.PASSPORT)

_NINE = re.compile(r"(?<![\w.,/-])(\d{3})([-–. ]?)(\d{2})\2(\d{4})(?![\w/-]|[.,]\d)")
_EMPLOYER = re.compile(r"(?<![\w.,/-])\d{2}-\d{7}(?![\w-])")
_CARD = re.compile(
    r"(?<![\w.,/+-])(?:\d{4}([- ])\d{4}\1\d{4}\1\d{1,7}|\d{4}([- ])\d{6}\2\d{4,5}|\d{12,19})"
    r"(?![\w-]|[.,]\d)"
)
_IBAN = re.compile(
    r"(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?: ?[A-Za-z\d]{4}){2,7}(?: ?[A-Za-z\d]{1,3})?(?![A-Za-z\d])"
)
_LONG = re.compile(r"(?<![\w.,/$-])\d(?:[ -]?\d){5,16}(?![\w/-]|[.,]\d)")
_TOKEN = re.compile(
    r"(?<![\w-])(?=[\w* -]*\d)(?:[A-Za-z*]{0,7}|[A-Za-z]-)\d[\w]*(?:[- ]\d[\w]*){0,4}(?![\w-])"
)


def identifiers(page: Surroundings) -> Iterator[Value]:
    """Every number of these kinds on a page, in no order; two kinds may claim one number."""
    if not page.numbers:
        return
    yield from _nine_digits(page)
    yield from _employers(page)
    yield from _cards(page)
    yield from _ibans(page)
    if "bank" in page.signs:
        yield from _accounts(page)
    if "licence" in page.signs:
        yield from _labelled(
            page, "driver_license", (_LICENCE_LABEL, labels.LICENCE), checks.is_licence
        )
    if "passport" in page.signs:
        yield from _labelled(
            page, "passport", (_PASSPORT_LABEL, labels.PASSPORT), checks.is_passport
        )


_NINE_KINDS = (
    ("ssn", _SSN_LABEL, labels.SSN, checks.is_ssn, "social security"),
    ("itin", _ITIN_LABEL, f"{labels.ITIN}|{labels.TIN}", checks.is_itin, "taxpayer"),
)


def _nine_digits(page: Surroundings) -> Iterator[Value]:
    """Social security and individual taxpayer numbers."""
    for match in page.among_numbers(_NINE):
        for kind, label, words, check, name in _NINE_KINDS:
            if check(match[0]):
                found = _nine(page, match, kind, named(page, match.start(), label, words), name)
                if found:
                    yield found
        at, end = match.span()
        plain = not match[2] and not checks.is_itin(match[0])
        if plain and named(page, at, _TIN_LABEL, labels.TIN):
            yield Value(at, end, "tin", LIKELY, "Nine digits, called a taxpayer number.")


def _nine(page: Surroundings, match: re.Match[str], kind: str, how: str, name: str) -> Value | None:
    at, end = match.span()
    if how:
        return Value(at, end, kind, SURE, f"A {name} number, {HOW[how]}.")
    if match[2] != "-":
        return None
    told = f"It has the form of a {name} number that can have been issued"
    nearest = labels.nearest(page, at)
    if nearest in ("", "ssn", "itin", "tin"):
        return Value(at, end, kind, LIKELY, f"{told}.")
    # A state may use the form for its licences; anything else so called is not one.
    return Value(at, end, kind, 0.4, f"{told}, but it is called something else.")


def _employers(page: Surroundings) -> Iterator[Value]:
    for match in page.among_numbers(_EMPLOYER):
        how = named(page, match.start(), _TIN_LABEL, labels.TIN)
        if how:
            told = f"An employer's or taxpayer number, {HOW[how]}."
            yield Value(match.start(), match.end(), "tin", SURE, told)


def _cards(page: Surroundings) -> Iterator[Value]:
    """A page full of long numbers most of which fail the check is a list of something else."""
    matches = list(page.among_numbers(_CARD))
    for match in matches:
        unknown = checks.has_check_digit(match[0]) and not checks.is_card(match[0])
        if unknown and labels.nearest(page, match.start()) == "card":
            told = "Called a card's, with the right check digit, of no network that is known."
            yield Value(match.start(), match.end(), "card", 0.7, told)
    good = [match for match in matches if checks.is_card(match[0])]
    plain = [match for match in matches if match[0].isdigit()]
    failing = sum(not checks.is_card(match[0]) for match in plain)
    for match in good:
        near = page.before(match.start(), 80) + page.heading(match.start())
        told = "Its first digits are a card network's, its length and check digit are right"
        if re.search(labels.CARD, near):
            yield Value(match.start(), match.end(), "card", SURE, f"{told}, and it is called so.")
        elif match[0].isdigit() and failing > 3 * (len(plain) - failing):
            told += "; but most numbers like it on this page are no cards"
            yield Value(match.start(), match.end(), "card", 0.3, f"{told}.")
        elif match[0].isdigit() and labels.nearest(page, match.start()) == "other":
            told += "; but it is called something else"
            yield Value(match.start(), match.end(), "card", 0.4, f"{told}.")
        else:
            yield Value(match.start(), match.end(), "card", 0.9, f"{told}.")


def _ibans(page: Surroundings) -> Iterator[Value]:
    for match in page.among_numbers(_IBAN):
        found = match[0]
        while len(found) >= 15 and not checks.is_iban(found):
            # A word after it, of four letters or fewer, looks like one more group.
            found = found.rpartition(" ")[0]
        if len(found) >= 15:
            told = "An international account number with the right check digits."
            yield Value(match.start(), match.start() + len(found), "bank_account", SURE, told)


def _accounts(page: Surroundings) -> Iterator[Value]:
    """Accounts by their label; routing numbers by label and check sum."""
    for match in page.among_numbers(_LONG):
        at, digits = match.start(), re.sub(r"\D", "", match[0])
        how = named(page, at, _ROUTING_LABEL, labels.ROUTING)
        if how and len(digits) == 9 and checks.is_routing(digits):
            told = f"A bank's routing number with the right check sum, {HOW[how]}."
            yield Value(at, match.end(), "bank_account", SURE, told)
            continue
        how = _account_label(page, at)
        if how and len(set(digits)) > 1 and not checks.is_card(digits):
            yield Value(at, match.end(), "bank_account", 0.9, f"An account number, {how}.")


_ACCOUNT_NEAR = re.compile(
    rf"(?:{labels.ACCOUNT})(?:[\s:#=.,()\-–*]|\bno\b|\bnum(?:ber)?\b|\bis\b|\bending\b|\bin\b"
    r"|\bto\b|account|acct|\bwith\b)*\W{0,3}$"
)
_NO_BANK = re.compile(r"(?:user|log-?in|e-?mail|client|customer|utility|electric|water|gas) acc")
_ACCOUNT_HEADING = re.compile(r"\bacc(?:oun)?t\b|\biban\b")


def _account_label(page: Surroundings, at: int) -> str:
    left = page.before(at)
    if _ACCOUNT_NEAR.search(left) and not _NO_BANK.search(left):
        return HOW["label"]
    return HOW["column"] if _ACCOUNT_HEADING.search(page.heading(at)) else ""


def _labelled(
    page: Surroundings, kind: str, called: tuple[re.Pattern[str], str], check: checks.Check
) -> Iterator[Value]:
    """Values whose form says little by itself: only where they are called so."""
    name = kind.replace("_", " ").replace("license", "licence")
    for match in page.among_numbers(_TOKEN):
        how = named(page, match.start(), *called)
        found = match[0] if how else ""
        while found and not check(found):
            found = re.split(r"[- ](?=[^- ]*$)", found)[0] if re.search(r"[- ]", found) else ""
        if found and sum(map(str.isdigit, found)) >= 5:
            told = f"It has the form of a {name} number, {HOW[how]}."
            yield Value(match.start(), match.start() + len(found), kind, 0.93, told)
