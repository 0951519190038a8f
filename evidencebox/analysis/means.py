"""What somebody earns and owes, what lets one in, and what is on file of a body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencebox.analysis.around import Surroundings
from evidencebox.analysis.identifiers import LIKELY, MAYBE, Value

# --- money --------------------------------------------------------------------------------------

_DOLLARS = re.compile(r"\$[ ]?(?:\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d\d)?[kK]?)(?![\d,]\d)")
_NOT_BEFORE = frozenset("0123456789.,_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_IN_WORDS = re.compile(r"(?<![\w.,$/-])\d{1,3}(?:,\d{3})+(?:\.\d\d)?(?= dollars| USD)")
_AMOUNT = re.compile(r"\$? ?\d{1,3}(?:,\d{3})*(?:\.\d\d)?|\$? ?\d{3,9}(?:\.\d\d)?")
_SCORE_WORDS = r"credit score|\bscore\b|\bfico\b"
_PAY_WORDS = (
    r"salar(?:y|ies)|\bbase pay\b|\bgross(?: pay)?\b|\bnet pay\b|\bwages?\b|\bearn(?:s|ed|ings)?\b"
    r"|annual(?: base)? (?:pay|income)|yearly (?:pay|income)|monthly (?:pay|income)|\bincome\b"
    r"|hourly(?: rate)?|rate of pay|compensation|\bovertime(?: pay)?\b|\bpaid\b|\bpay(?:roll)?\b"
)
_DEBT_WORDS = (
    r"\bowe[sd]?\b|\bowing\b|\bdebts?\b|\bbalances?\b|past[ -]due|\barrears\b|\bloans?\b|mortgage"
    r"|in collections?|to collections?|judgments?|\bliens?\b|garnish\w*|bankrupt\w*|delinquen\w*"
    r"|charged? off|credit card (?:debts?|balances?|bills?)|back rent|back taxes|child support"
    r"|alimony|repossess\w*|creditors?|foreclos\w*|unpaid|gambling|borrow(?:ed|s)?"
)


def money(page: Surroundings) -> Iterator[Value]:
    """Amounts that somebody earns (salary) or owes (debt), by the words of sentence or column.

    A credit score in a column of scores, too.
    """
    text = page.text
    if "$" in text:
        for match in _DOLLARS.finditer(text):
            start = match.start() - 2 * text.startswith("US", max(0, match.start() - 2))
            if not start or text[start - 1] not in _NOT_BEFORE:
                yield from _amount(page, start, match.end())
    if "dollars" in page.signs:
        for match in _IN_WORDS.finditer(text):
            yield from _amount(page, match.start(), match.end())
    if "\t" in text:
        for line, column, heading in page.columns(_COLUMN):
            yield from _in_column(page, line, column, heading)


_COLUMN = re.compile(f"{_PAY_WORDS}|{_DEBT_WORDS}|{_SCORE_WORDS}")


def _in_column(page: Surroundings, line: int, column: int, heading: str) -> Iterator[Value]:
    start, end = page.cell(line, column)
    match = _AMOUNT.fullmatch(page.text[start:end].strip())
    if match is None:
        return
    start = page.text.index(match[0], start)
    told = f"in the column “{heading[:40]}”."
    for kind, words in (("credit", _SCORE), ("salary", _PAY), ("debt", _DEBT)):
        if words.search(heading):
            if kind != "credit":
                yield Value(start, start + len(match[0]), kind, LIKELY, f"An amount {told}")
            elif match[0].isdigit() and 300 <= int(match[0]) <= 850:
                yield Value(start, start + len(match[0]), kind, LIKELY, f"A score {told}")
            return


_PERSON = re.compile(
    r"\b(?:he|she|his|her|him|my|i|applicant|candidate|subject|employee|officer|detective|sergeant"
    r"|lieutenant|sgt|det|lt|ofc|states?|earns|owes)\b"
    r"|\byour (?:\w+ ){0,2}(?:pay|salary|wages|earnings|compensation)\b|\byou owe\b"
)
_YOU = re.compile(r"\byour?\b")
"""Who is spoken to may be anybody: offers and prices are written so."""
_OFFER = 0.45
_PAID = re.compile(r"\b(?:pay|salary|wages?|income) (?:of|is|was) (?:about |over )?$")
_PRICE = re.compile(r"\bpay(?:s|ing)? (?:only |just |up to |about |over |as little as |an? )*$")


_PAY, _DEBT, _SCORE = re.compile(_PAY_WORDS), re.compile(_DEBT_WORDS), re.compile(_SCORE_WORDS)
_EITHER = re.compile(f"(?P<salary>{_PAY_WORDS})|(?P<debt>{_DEBT_WORDS})")


def _amount(page: Surroundings, start: int, end: int) -> Iterator[Value]:
    if page.heading(start) and _COLUMN.search(page.heading(start)):
        return  # the columns' way
    heading = page.list_heading(end)
    if heading:
        for kind, pattern in (("debt", _DEBT), ("salary", _PAY)):
            word = pattern.search(heading)
            if word:
                told = f"An amount in a list that is headed “{word[0]}”."
                yield Value(start, end, kind, LIKELY, told)
                return
    first, last = page.sentence(start, end, 160)
    near = page.lower[first:last]
    at = start - first
    words = [(abs(w.start() - at), str(w.lastgroup), w[0]) for w in _EITHER.finditer(near)]
    if words and not _PRICE.search(near, 0, at):
        distance, kind, told = min(words)
        of_person = _PERSON.search(near)
        sure = LIKELY if distance <= 60 and of_person else MAYBE if of_person else 0.4
        if not of_person and _YOU.search(near):
            sure = MAYBE if _PAID.search(near, 0, at) else _OFFER
        yield Value(start, end, kind, sure, f"An amount in a sentence that says “{told}”.")


# --- credentials and biometrics -----------------------------------------------------------------

_CREDENTIAL = re.compile(
    r"\b(?:pass(?:word|phrase|code|wd)|pwd|passwd)(?: is|s?:|\t| =|=)[ \t]{0,24}"
    r"(?P<word>[^\s\"'<>,;]{4,64})"
    r"|\bpin(?: code| number)?(?: is|:|=| #)[ ]{0,2}(?P<pin>\d{4,8})\b"
    r"|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
    r"|\b(?P<key>AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|xox[abprs]-[\w-]{10,})",
    re.IGNORECASE,
)
_NO_PASSWORD_TEXT = """
    required protected needed must should will your the and for not never none field reset change
    changed expired policy length that this with when which
"""
_NO_PASSWORD = frozenset(_NO_PASSWORD_TEXT.split())
_BIOMETRIC = re.compile(
    r"\b(?:fingerprint|fpc?|henry|print)s?[ -]?(?:class(?:ification)?|code|formula)\w*[\s:#]{1,3}"
    r"(?P<formula>[\dA-Z][\dA-Z /-]{6,38}[\dA-Z])"
    r"|\bfbi (?:no\.?|number|#)[\s:#]{0,3}(?P<fbi>\d{5,7}[A-Z]{1,2}\d{0,2})\b"
    r"|\b(?:dna (?:profile|sample)|retina(?:l)? scan|iris scan|palm ?print|voice ?print|facial"
    r" (?:recognition )?template|fingerprint cards?)\b",
    re.IGNORECASE,
)


def credentials(page: Surroundings) -> Iterator[Value]:
    """Passwords, PINs and keys, where they are written out."""
    if "credential" not in page.signs:
        return
    for match in _CREDENTIAL.finditer(page.text):
        group = match.lastgroup
        word = match[group] if group else ""
        if group == "word" and word.lower().strip(".:") in _NO_PASSWORD:
            continue
        start, end = match.span(group) if group else match.span()
        if group == "word":
            end -= len(word) - len(word.rstrip(".)"))
        yield Value(start, end, "credential", 0.9, "A password or key, written out.")


def biometrics(page: Surroundings) -> Iterator[Value]:
    """Fingerprint formulas and numbers, and other measures of a body that are on file."""
    if "biometric" not in page.signs:
        return
    for match in _BIOMETRIC.finditer(page.text):
        group = match.lastgroup
        start, end = match.span(group) if group else match.span()
        told = "A fingerprint's formula or file number." if group else "A measure of the body."
        yield Value(start, end, "biometric", 0.9 if group else MAYBE, told)
