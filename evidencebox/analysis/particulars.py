"""Where a person can be reached, and when he was born."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from evidencebox.analysis import number_checks as checks
from evidencebox.analysis.around import Surroundings
from evidencebox.analysis.identifiers import LIKELY, SURE, Value
from evidencebox.analysis.labels import PHONE, nearest

# --- telephones ---------------------------------------------------------------------------------

_US_PHONE = re.compile(
    r"(?<![\w.,/$+-])(?:\+?1[-. ]{0,2})?(?:\([2-9]\d{2}\)[-. ]{0,2}|[2-9]\d{2}([-. ]))"
    r"\d{3}[-. ]\d{4}(?:[ ,]{0,2}(?:x|ext\.?|extension)[ .]?\d{1,6})?(?![\w-]|[.]\d)",
    re.IGNORECASE,
)
_WORLD_PHONE = re.compile(r"(?<![\w.,/$-])(?:\+|00)\d{1,3}[ \-.()\d]{5,18}\d(?:x\d{1,5})?(?![\w-])")
_LOCAL_PHONE = re.compile(r"(?<![\w.,/$+-])\(?\d[\d \-.()/]{5,16}\d(?:x\d{1,5})?(?!\w|-\d|[.,]\d)")
_PHONE_AFTER = re.compile(r"[ ,(–-]{0,3}(?:office|mobile|home|cell|work|fax|tel|phone)\b")
_PHONE = re.compile(PHONE)
_PHONE_LABEL = re.compile(rf"(?:{PHONE})[^\n\d]{{0,24}}$")
_NOT_PHONES = frozenset(
    ("ssn", "itin", "tin", "routing", "licence", "passport", "card", "account", "other")
)


def phones(page: Surroundings) -> Iterator[Value]:
    """American numbers by their form; others where they begin with + or are called so."""
    taken: set[int] = set()
    for match in page.among_numbers(_US_PHONE):
        called = nearest(page, match.start())
        standing = "" if called in _NOT_PHONES else checks.phone_standing(match[0])
        if not standing or (standing == "possible" and called != "phone" and "." in match[0]):
            continue
        taken.update(range(match.start(), match.end()))
        sure = SURE if called == "phone" else LIKELY if standing == "valid" else 0.7
        told = "It has the form of an American telephone number"
        told += ", and is called so." if called == "phone" else "."
        yield Value(match.start(), match.end(), "phone", sure, told)
    for match in page.among_numbers(_WORLD_PHONE):
        if match.start() not in taken and _may_be_phone(match[0]):
            called = nearest(page, match.start())
            standing = checks.phone_standing(_with_plus(match[0]))
            if called == "phone" or (standing == "valid" and called not in _NOT_PHONES):
                taken.update(range(match.start(), match.end()))
                sure = 0.8 if called == "phone" else 0.7
                yield Value(match.start(), match.end(), "phone", sure, "An international number.")
    for match in page.among_numbers(_LOCAL_PHONE):
        if match.start() not in taken and _may_be_phone(match[0]) and _called(page, *match.span()):
            told = "It is called a telephone number."
            yield Value(match.start(), match.end(), "phone", 0.8, told)


_NO_PHONE = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?<!\d)\d\.\d|\d\.\d{5}")
"""An address of a network, a version, a fraction."""


def _may_be_phone(text: str) -> bool:
    if _NO_PHONE.search(text):
        return False
    return 7 <= sum(map(str.isdigit, text)) <= 15 and not _date_like(text)


def _with_plus(text: str) -> str:
    return f"+{text[2:]}" if text.startswith("00") else text


def _called(page: Surroundings, at: int, end: int) -> bool:
    if _PHONE_AFTER.match(page.lower, end):
        return True
    if nearest(page, at) != "phone":
        return False
    heading = page.heading(at)
    return bool(_PHONE_LABEL.search(page.before(at)) or (heading and _PHONE.search(heading)))


_DATE_LIKE = re.compile(
    r"\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:\d{2}|\d{4})"
)


def _date_like(text: str) -> bool:
    return _DATE_LIKE.fullmatch(text.strip("()")) is not None


# --- e-mail -------------------------------------------------------------------------------------

_EMAIL = re.compile(
    r"(?<![\w.%+-])[A-Za-z0-9](?:[\w.%+'-]{0,63}?[\w-])?@(?:[\w-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])"
)
_FREE_MAIL_TEXT = """
    gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com aol.com
    icloud.com me.com mac.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
    charter.net earthlink.net juno.com netzero.net protonmail.com proton.me gmx.com gmx.net
    mail.com rocketmail.com zoho.com fastmail.com tutanota.com
"""
FREE_MAIL = frozenset(_FREE_MAIL_TEXT.split())
_ROLES_TEXT = """
    info office sales support admin administrator webmaster postmaster hostmaster noreply no-reply
    donotreply help helpdesk service services contact abuse billing hr jobs press media news
    newsletter list lists mailer-daemon root security staff team marketing orders owner request
    subscribe unsubscribe majordomo listserv bounce bounces notifications alerts daemon
"""
_ROLES = frozenset(_ROLES_TEXT.split())
_PUBLIC_ENDINGS = (".gov", ".mil", ".police.uk")


def emails(page: Surroundings, work_domains: Collection[str]) -> Iterator[Value]:
    """Private addresses. The department's own (`work_domains`) are no exposure, nor are roles'."""
    for match in _email_like(page.text):
        local, _, domain = match[0].lower().rpartition("@")
        if _within(domain, work_domains) or domain.endswith(_PUBLIC_ENDINGS):
            continue
        if not _ROLES.isdisjoint(re.split(r"[-+._]", local)) or _message_id(
            page, match.start(), match.end()
        ):
            continue
        sure, told = _how_private(page, match.start(), domain)
        yield Value(match.start(), match.end(), "email", sure, told)


def _email_like(text: str) -> Iterator[re.Match[str]]:
    at, done = text.find("@"), 0
    while at >= 0:
        match = _EMAIL.search(text, max(done, at - 66), min(len(text), at + 130))
        if match is not None:
            yield match
        done = max(at + 1, match.end() if match else 0)
        at = text.find("@", done)


_HEADER_LINE = re.compile(
    r"\s*(?:from|to|cc|bcc|reply-to|sender|return-path|delivered-to|envelope-to|errors-to)\s*:"
)
_EMAIL_LABEL = re.compile(r"(?:e-?mail|address|contact)[^\n]{0,16}$")


def _how_private(page: Surroundings, at: int, domain: str) -> tuple[float, str]:
    if domain in FREE_MAIL:
        return SURE, "An address at a public provider."
    told = "An address that is not the department's"
    line = page.before(at, 2000).rpartition("\n")[2]
    if _HEADER_LINE.match(line):
        return 0.45, f"{told}, in the head of a message; it may be an office's."
    heading = page.heading(at)
    if _EMAIL_LABEL.search(line) or "mail" in heading:
        return LIKELY, f"{told}, and is called somebody's."
    return 0.65, f"{told}."


def _within(domain: str, domains: Collection[str]) -> bool:
    return any(domain == own or domain.endswith(f".{own}") for own in domains)


_TRACE_LABEL = re.compile(r"(?:\bident:\S*|\bid:?\s*<)\s*$")


def _message_id(page: Surroundings, start: int, end: int) -> bool:
    """`<20021.1234@host>` after Message-ID, In-Reply-To or References is nobody's address, nor is
    what servers call a message or each other: `ESMTP id <0H35@host>`, `IDENT:xyz@host`."""
    line = page.before(start, 2000).rpartition("\n")[2]
    if _TRACE_LABEL.search(line):
        return True
    if re.match(
        r"\s*(?:(?:resent-)?message-id|in-reply-to|references|content-id|x-[\w-]+)\s*:", line
    ):
        return True
    local = page.text[start:end].partition("@")[0]
    return sum(map(str.isdigit, local)) > 8


# --- birth dates --------------------------------------------------------------------------------

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
    rf"|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)?\d\d"
    rf"|{_MONTH} (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?:of )?{_MONTH},? (?:19|20)\d\d"
    rf"|(?:0?[1-9]|[12]\d|3[01])-{_MONTH}-(?:19|20)?\d\d)(?![\w/-])",
    re.IGNORECASE,
)
_BIRTH_WORDS = (
    r"\bd\.? ?o\.? ?b\.?(?![a-z])|birth ?-?(?:date|day)|date of birth|\bborn\b|birth date"
)
_BIRTH_LABEL = re.compile(rf"(?:{_BIRTH_WORDS})[^\n\d]{{0,20}}$")


def birth_dates(page: Surroundings) -> Iterator[Value]:
    """Dates that are called somebody's birth: by a label, a column or `born on`."""
    if "birth" not in page.signs:
        return
    for match in _DATE.finditer(page.text):
        heading = page.heading(match.start())
        if _BIRTH_LABEL.search(page.before(match.start())):
            told = "A date, called a birth date just before it."
        elif heading and re.search(_BIRTH_WORDS, heading):
            told = "A date in a column of birth dates."
        else:
            continue
        yield Value(match.start(), match.end(), "birth_date", SURE, told)


# --- addresses ----------------------------------------------------------------------------------

_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|place|pl|terrace|ter"
    "|terr|way|circle|cir|square|sq|parkway|pkwy|highway|hwy|alley|aly|row|walk|trail|trl|loop"
    "|crescent|cres|close|path|run|plaza|plz|mews|pike|ridge|heights|hts|crossing|bend|cove|point"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ"
    "|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|PR|D\\.C\\."
)
_GAP = r"(?:[ ]|\n(?:>[ ]?){0,3})"
"""Between the words of an address: a line may end there, in a quoted message, too."""
_ADDRESS = re.compile(
    rf"[0-9](?<![\w.,/$#-][0-9])\d{{0,4}}(?:-\d{{1,4}})?[A-Za-z]?{_GAP}"
    rf"(?:(?:[NSEW]\.?|North|South|East|West|[NS][EW])[ ])?"
    rf"(?:[A-Z0-9][\w'’.-]*{_GAP}){{1,4}}(?i:{_STREETS})\b\.?"
    rf"(?:[ ](?:[NS][EW]|[NSEW]|North|South|East|West|Northeast|Northwest|Southeast|Southwest)\b"
    rf"\.?)?(?:,?{_GAP}(?i:apt|apartment|unit|suite|ste|floor|fl|rm|room)\.?[ ]?#?[\w-]{{1,6}}"
    rf"|,?{_GAP}\#[ ]?[\w-]{{1,6}})?"
    rf"(?P<place>,?{_GAP}{{1,2}}(?:[A-Z][\w'’.-]*[ ]?){{1,4}},?{_GAP}{{1,2}}"
    rf"(?:(?:{_STATES})[ ]{{0,2}})?\d{{5}}(?:-\d{{4}})?)?(?![\w-])"
)
_BOX = re.compile(
    rf"\bP\.?[ ]?O\.?[ ]?Box[ ]\d{{1,6}},?[ \n]{{1,2}}(?:[A-Z][\w'’.-]*[ ]?){{1,4}},?[ ]"
    rf"(?:{_STATES})[ ]\d{{5}}(?:-\d{{4}})?"
)
_HOME_WORDS = (
    r"home address|residen(?:ce|tial|t)|\bresid(?:es?|ing)\b|\bliv(?:es?|ing|ed) (?:at|on|in)\b"
    r"|mailing address|street address|\baddress\b|\bhome\b|\bhouse\b|\bmoved to\b|\bdomicile"
)
_HOME_NEAR = re.compile(rf"(?:{_HOME_WORDS})[^\n]{{0,40}}$")
_HOME_LABEL = re.compile(rf"(?:{_HOME_WORDS})\W{{0,4}}\s*$")
_SCENE_NEAR = re.compile(
    r"(?:\bat|\bnear|\bscene|\blocation|incident|responded to|arrested (?:at|on|in)"
    r"|stopped (?:at|on)"
    r"|block of|corner of|\boffices?\b|headquarters|station|precinct|store|warehouse|school)"
    r"[^\n]{0,20}$"
)


_SAID = re.compile(
    r"(?:\b(?:home|residential|residence|mailing|street|postal|permanent|current|billing|shipping)"
    r" address(?:[ \t]*[:=][ \t]*|[ \t]+(?:is|was|of [\w .'’-]{2,40} is)[ \t]+)"
    r"|\b(?:lives|lived|living|resides|resided|residing) (?:at|in|on)[ \t]+)"
    r"(?P<place>[^\n.;!?|\t]{6,90})"
)


def addresses(page: Surroundings) -> Iterator[Value]:
    """Addresses of streets. With town and code they may be homes; without, only if called so.

    Of other countries those that are called so.
    """
    said = _SAID.finditer(page.lower) if "home" in page.signs else ()
    for match in said:
        place = page.text[match.start("place") : match.end("place")].rstrip(" ,")
        if re.search(r"\d", place) and re.search(r"[A-Z]\w+ |[A-Z]\w+$", place):
            start = match.start("place")
            told = "What is said to be somebody's address."
            yield Value(start, start + len(place), "address", 0.65, told)
    for pattern in (_ADDRESS, _BOX) if "box" in page.signs else (_ADDRESS,):
        for match in pattern.finditer(page.text):
            whole = pattern is _BOX or match["place"] is not None
            sure, told = _home(page, match.start(), whole)
            if sure:
                yield Value(match.start(), match.end(), "address", sure, told)


def _home(page: Surroundings, at: int, whole: bool) -> tuple[float, str]:
    left, heading = page.before(at, 64), page.heading(at)
    if _HOME_LABEL.search(left) or (heading and re.search(_HOME_WORDS, heading)):
        return (SURE if whole else 0.9), "An address, called so."
    if _HOME_NEAR.search(left):
        return (0.9 if whole else 0.8), "An address that somebody is said to live at."
    if not whole:
        return 0.0, ""
    if _SCENE_NEAR.search(left):
        return 0.4, "An address with town and code; it may be a place where something happened."
    return 0.7, "An address with town and code."
