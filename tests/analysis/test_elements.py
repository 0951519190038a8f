"""Elements of every kind: pages on which one must be found, and pages on which none may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.analysis import number_checks as checks
from evidencebox.analysis.elements import KINDS, Finder, version
from evidencebox.analysis.masking import MASK, masked
from evidencebox.analysis.owners import Owner
from evidencebox.analysis.topics import Vocabulary
from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.model.documents import Layer, Page
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import LIKELY, Element, Mention

WORDS = resource("schemes", "topics.toml").read_text(encoding="utf-8")
FINDER = Finder(WORDS, ("city.example",))
DOCUMENT = DocumentId("1" * 64)
ANN, BO = OfficerId("ann"), OfficerId("bo")
FORM = "Subject: Officer Ann Xu\nBadge: 11\n"


def pages_of(*texts: str) -> list[Page]:
    return [Page(number, text) for number, text in enumerate(texts, 1)]


def naming(pages: list[Page], **names: OfficerId) -> list[Mention]:
    """A mention wherever one of the surnames stands."""
    found = []
    for page in pages:
        for name, officer in names.items():
            at = page.text.find(name)
            while at >= 0:
                found.append(mention(page.number, at, at + len(name), officer))
                at = page.text.find(name, at + 1)
    return found


def mention(page: int, start: int, end: int, officer: OfficerId) -> Mention:
    return Mention(DOCUMENT, page, Layer.TEXT, start, end, officer, "last", "", 0.9, "", "")


def likely(*texts: str, **names: OfficerId) -> list[Element]:
    pages = pages_of(*texts)
    found = FINDER.find(DOCUMENT, pages, naming(pages, **names))
    return [element for element in found if element.confidence >= LIKELY]


def kinds(*texts: str, **names: OfficerId) -> set[str]:
    return {element.kind for element in likely(*texts, **names)}


THERE = [
    ("ssn", "SSN: 219-09-4321"),
    ("ssn", "His social security number is 219094321."),
    ("ssn", "Name\tSSN\nXu, Ann\t219-09-4321"),
    # Both were printed in advertisements, and both were somebody's.
    ("ssn", "SSN 078-05-1120"),
    ("ssn", "SSN: 219-09-9999"),
    ("itin", "ITIN 912-78-1234"),
    ("tin", "Side business EIN: 12-3456789"),
    ("driver_license", "Driver's license no.: M1234567"),
    ("driver_license", "DL# F255-921-50-094-0"),
    ("driver_license", "MD DL W-123-456-789-012"),
    ("driver_license", "DC license 1234567"),
    ("passport", "Passport no. C01234567"),
    ("bank_account", "Routing number: 021000021"),
    ("bank_account", "Direct deposit to account 000123456789"),
    ("bank_account", "IBAN GB82 WEST 1234 5698 7654 32"),
    ("card", "Card on file: 4111 1111 1111 1111"),
    ("card", "charged to 5555555555554444 on Monday"),
    ("credit", "The applicant has a credit score of 612 and two accounts past due."),
    ("credit", "Name\tCredit score\nXu, Ann\t612"),
    ("salary", "She earns a salary of $81,200 a year."),
    ("salary", "Your leave is granted; pay of $81,200 continues."),
    ("salary", "Name\tAnnual salary\nXu, Ann\t81,200"),
    ("debt", "He owes $14,000 to a bank."),
    ("debt", "Creditor Kind Balance\nFoundry Federal car loan $14,000"),
    ("address", "She lives at 12 Alder Street, Apt 3, Salem 04001."),
    ("address", "Home address: 86036 Rua do Arenque, Porto"),
    ("address", "lives at 32 Cormorant\n> Terrace, Salem 04001"),
    ("phone", "Cell: 207-555-0142"),
    ("phone", "call her on (207) 555-0142"),
    ("phone", "Mobile: +44 20 7946 0958"),
    ("email", "Private mail: ann.xu@example.org"),
    ("birth_date", "DOB 04/02/1980"),
    ("birth_date", "D.O.B. 05-Apr-1979"),
    ("birth_date", "born on April 2, 1980 in Salem"),
    ("medical", FORM + "She was diagnosed with diabetes and takes insulin."),
    ("medical", FORM + "He had two operations for a herniated disc and takes lisinopril."),
    ("mental_health", FORM + "He was treated for depression after a panic attack."),
    ("drug_history", FORM + "Admits that he used cocaine and marijuana while at college."),
    ("polygraph", FORM + "The polygraph showed deception on two relevant questions."),
    ("sexual_abuse", FORM + "The applicant disclosed that she was sexually abused as a child."),
    ("discipline", FORM + "The allegation of excessive force against him was sustained."),
    (
        "background",
        "Background investigation of the applicant. He was fired from a prior employer.",
    ),
    ("intelligence", FORM + "He is the handler of a confidential informant of the crew."),
    ("credential", "Password:          Tide7361!"),
    ("credential", "the PIN is 4471"),
    ("biometric", "Fingerprint class 12 M 9 U III 14; on file"),
    ("family", FORM + "He lives with his wife and was married to her in 2004."),
    ("minor", FORM + "A child, aged 6, who attends the elementary school."),
]

NOT_THERE = [
    "Order 219-09-4321 was shipped.",
    "Ticket number 021000021 was closed.",
    "Part no. 555-121-2121 fits the pump.",
    "SSN 000-12-3456 and 666-12-3456 cannot have been issued.",
    "ABA routing 021000021 is the bank's.".replace("021000021", "021000022"),
    "Received: from host [64.65.56.3] (8.11.6/8.11.6) by phone.example",
    "Version 4111 1111 1111 1112 of the software.",
    "See pages 1234-5678 and 2019-2020, section 12.3.4.5.",
    "Meeting on 04/02/1980 in room 12.",
    "Write to info@shop.example or to a.smith@city.example.",
    "Message-ID: <20021122334455.1234@host.example>",
    "by mta7.example with ESMTP id <0H35JGMYXG@mta7.host.example> for you",
    "Received: from host (IDENT:taeZhsXkwTUWhECW@host.example [192.0.2.7])",
    "Received: from host (IDENT:nZbdv/p4nmL0skum@host.example [192.0.2.7])",
    "Resent-Message-Id: <vxq5dC.A.uYD.FfUa9@host.example>",
    "Passwords older than 70 days expire at the end of the month.",
    "All members may take the free course on stress; counseling is covered. The policy is online.",
    "Of all complaints 10 percent were sustained and 20 percent unfounded.",
    "All employees must take a drug test. The policy names marijuana and cocaine.",
    "An intelligence report must not name a source in its subject line.",
    "You only pay $6.95 for it, and you may earn $5,000 a week.",
    "The price of your package is $2,450, and we accept credit cards.",
    "The Budget asks for $96,367.50 for furniture.",
    "The office is in Main Street.",
    "x = 1234567890; y = 0x7ffe12345678; commit 1234567890abcdef",
]


@pytest.mark.parametrize(("kind", "text"), THERE)
def test_found(kind: str, text: str) -> None:
    assert kind in kinds(text)


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _ in THERE} == set(KINDS)


@pytest.mark.parametrize("text", NOT_THERE)
def test_not_found(text: str) -> None:
    assert kinds(text) == set()


def test_a_routing_number_is_no_telephone() -> None:
    text = "Phone: 207-555-0142\nRouting number: 2075550142\nAccount: 207-555-0143"
    phones = [element for element in likely(text) if element.kind == "phone"]
    assert [text[e.start : e.end] for e in phones] == ["207-555-0142"]


def test_a_running_header_counts_once() -> None:
    head = "Salem Police · Background investigation of the applicant\nPage {} of 3\n"
    body = "He answered all of the questions that were put to him that day.\n"
    found = likely(*(head.format(n) + body for n in (1, 2, 3)))
    assert sum(element.kind == "background" for element in found) <= 1


# --- whose ---------------------------------------------------------------------------------------


def owner(kind: str, *texts: str, **names: OfficerId) -> OfficerId | None:
    return next(e.officer for e in likely(*texts, **names) if e.kind == kind)


def test_by_row() -> None:
    text = "Name\tSSN\nXu, Ann\t219-09-4321\nYates, Bo\t318-22-1111\nQuill, Cy\t318-22-1112\n"
    found = {e.masked[-4:]: e.officer for e in likely(text, Xu=ANN, Yates=BO)}
    assert found == {"4321": ANN, "1111": BO, "1112": None}


def test_by_sentence_record_and_page() -> None:
    assert owner("ssn", "Ann Xu has SSN 219-09-4321. Bo Yates was there.", Xu=ANN, Yates=BO) == ANN
    form = "Name: Ann Xu\nSSN: 219-09-4321\nName: Bo Yates\nSSN: 318-22-1111\n"
    assert [e.officer for e in likely(form, Xu=ANN, Yates=BO)] == [ANN, BO]
    stranger = "Name: Ann Xu\nBadge: 11\nName: Carl Quill\nSSN: 219-09-4321\n"
    assert owner("ssn", stranger, Xu=ANN) is None
    first = "Subject: Ann Xu\nThe file follows.\n"
    assert owner("ssn", first, "The number given is\nSSN: 219-09-4321\n", Xu=ANN) == ANN
    mail = "From: Ann Xu\nTo: Bo Yates\n\nHello,\nmy SSN is 219-09-4321.\n"
    assert owner("ssn", mail, Xu=ANN, Yates=BO) == ANN
    assert owner("ssn", "SSN: 219-09-4321\n", Xu=ANN) is None


def test_who_gets_a_copy_is_not_meant() -> None:
    text = "Subject: Ann Xu\nCopy to Yates of SSN 219-09-4321.\n"
    assert owner("ssn", text, Xu=ANN, Yates=BO) == ANN


def test_every_owner_has_a_reason() -> None:
    found = likely("Subject: Ann Xu\nSSN: 219-09-4321, DOB 04/02/1980", Xu=ANN)
    assert all(e.officer == ANN and e.belonging and 0.5 <= e.belongs <= 1 for e in found)
    assert Owner(ANN, 0.5, "why").reason == "why"


# --- masks, checks, vocabulary ----------------------------------------------------------------


@given(st.sampled_from(KINDS), st.text(max_size=60))
def test_masks_show_no_more_than_four_digits_of_a_number(kind: str, text: str) -> None:
    shown = masked(kind, text)
    if kind in ("ssn", "itin", "tin", "bank_account", "card", "passport", "driver_license"):
        assert sum(map(str.isalnum, shown)) <= 4
    if kind in ("phone",):
        assert sum(map(str.isdigit, shown)) <= 2


@given(st.from_regex(r"[0-9]{3}-[0-9]{2}-[0-9]{4}", fullmatch=True))
def test_a_masked_ssn_keeps_its_shape(text: str) -> None:
    assert masked("ssn", text) == f"{MASK * 3}-{MASK * 2}-{text[-4:]}"


@given(st.text(alphabet="abc .\n$@-0123456789\tÅß", max_size=300))
def test_no_text_stops_the_rules_and_spans_lie_within(text: str) -> None:
    for element in FINDER.find(DOCUMENT, [Page(1, text)]):
        assert 0 <= element.start < element.end <= len(text)
        assert element.masked
        assert element.reason


@given(st.integers(0, 10**15 - 1))
def test_a_card_with_one_digit_changed_is_none(number: int) -> None:
    digits = f"4{number:015d}"[:15]
    for check in range(10):
        if checks.is_card(f"{digits}{check}"):
            assert not checks.is_card(f"{digits}{(check + 1) % 10}")


@pytest.mark.parametrize(
    "wrong", ["[kind.medical", "kind = 3", "[kind.medical]\n'*' = 1\n", "[general]\nfree = true\n"]
)
def test_a_wrong_vocabulary_is_refused(wrong: str) -> None:
    with pytest.raises(UserError, match="vocabulary"):
        Vocabulary(wrong)


def test_the_version_follows_rules_words_and_domains() -> None:
    assert len({version(WORDS), version(WORDS + " "), version(WORDS, ["a.example"])}) == 3
    assert version(WORDS) == version(WORDS) < 1 << 48
