"""Words that say what a number is. The nearest word before a number names it, and no other."""

from __future__ import annotations

import re

from evidencebox.analysis.around import Surroundings

SSN = r"\bssn?\b|\bss ?#|social[ \-]?sec(?:urity)?|\bsoc\.? ?sec\.?|\bsocial\b"
ITIN = r"\bitin\b|individual taxpayer"
TIN = r"\be\.?i\.?n\b|\bf\.?e\.?i\.?n\b|\btin\b|tax(?:payer)?[ \-]?id\w*|employer id\w*"
ACCOUNT = r"\bacc(?:oun)?t\b|\ba/c\b|checking|savings|direct deposit|\bdeposit\b|\bwire\b|\biban\b"
ROUTING = r"routing|\baba\b|\brtn\b|transit"
CARD = r"card|\bvisa\b|master ?card|\bamex\b|american express|discover|\bcc ?#|debit"
LICENCE = (
    r"driver['’]?s?['’]? lic(?:en[cs]e)?|driving licen[cs]e"
    r"|operator['’]?s?['’]? lic(?:en[cs]e)?|\bd\.?l\.?\b ?(?:#|no\b|num|:)|\boln\b|\bd/l\b|\bdln?\b"
    r"|driver['’]?s? permit|lic(?:ense)? ?(?:#|no\.)|\b(?:d\.?c\.?|md|va|wv|ny|nj|tx|fl) licen[cs]e"
)
PASSPORT = r"passport"
PHONE = (
    r"\btel\b|telephone|phone|\bcell\b|cellular|\bmobile\b|\bcall(?:ed|s)?\b|\bfax\b|\bpager\b"
    r"|\btext(?:ed)?\b|\bring\b|contact|\bdesk\b|\bhome\b|\bwork\b|\boffice\b|\bdirect\b"
    r"|\breach(?:ed)?\b|answering at|\bextension\b|\blandline\b"
)
OTHER = (
    r"\bcase\b|\border\b|invoice|ticket|tracking|\breport\b|incident|docket|\bpart\b|serial"
    r"|isbn|\bpo\b|\bsku\b|version|\bitem\b|\bbadge\b|\bunit\b|\bzip\b|\basset\b|\btag\b|\bvin\b"
    r"|\bplate\b|\bmodel\b|\bmessage-id\b|\bbug\b|\bpid\b|\buid\b|\bid\b|\bport\b"
)

_KINDS = {
    "ssn": SSN,
    "itin": ITIN,
    "tin": TIN,
    "routing": ROUTING,
    "licence": LICENCE,
    "passport": PASSPORT,
    "phone": PHONE,
    "card": CARD,
    "account": ACCOUNT,
    "other": OTHER,
}
_ANY = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _KINDS.items()))
HOW = {"label": "so called just before it", "column": "in a column that is headed so"}


def label(words: str) -> re.Pattern[str]:
    """A label that stands before its value: nothing but a few small words between them."""
    between = r"(?:[\s:#=.,()\-–]|\bno\b|\bnum(?:ber)?\b|\bis\b|\bwas\b|\bare\b|\bof\b|n°|\bid\b)*"
    return re.compile(rf"(?:{words}){between}[a-z]{{0,2}}\W{{0,2}}$")


def nearest(page: Surroundings, at: int) -> str:
    """The kind of the last label before a place in its line (or column); empty for none.

    Where there is another number in between, the label was that one's.
    """
    left = page.before(at)
    found = list(_ANY.finditer(left))
    last = found[-1] if found else None
    if last is not None and sum(map(str.isdigit, left[last.end() :])) < 4:
        return str(last.lastgroup)
    heading = page.heading(at)
    in_heading = _ANY.search(heading) if heading else None
    return str(in_heading.lastgroup) if in_heading else ""


def named(page: Surroundings, at: int, pattern: re.Pattern[str], words: str) -> str:
    """How a place is called so: `label`, `column`, or nothing."""
    if pattern.search(page.before(at)):
        return "label"
    heading = page.heading(at)
    return "column" if heading and re.search(words, heading) else ""
