"""Finding what documents expose, and what reviewers say of what was found.

A document is looked through when its text or its mentions changed, or the rules or the case's
vocabulary did: the catalogue knows by which of them each was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from evidencebox.analysis.elements import version
from evidencebox.analysis.particulars import FREE_MAIL
from evidencebox.errors import UserError
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.suggestions import LIKELY, Answer, Element, Mention
from evidencebox.services import schemes, seals
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.element_answers import Answers, element_label
from evidencebox.services.element_work import ElementBatch
from evidencebox.services.element_worker import ROLE
from evidencebox.services.look_pool import Talk
from evidencebox.services.looking import BATCH_DOCUMENTS, Looker
from evidencebox.store.elements import Elements
from evidencebox.store.ledger import Draft
from evidencebox.store.mentions import Mentions

TALK = Talk("elements", ROLE, "elements", ratio=60)
"""A list of numbers alone yields some sixty bytes of elements for each of text."""

_QUOTE_MAX = 200
_OWN_LEAST = 2
"""A domain that so many of the roster have is the department's."""

_Work = tuple[int, tuple[DocumentId, Sequence[Page], Sequence[Mention]]]


def find_elements(case: Case, workers: int, cancelled: Callable[[], bool]) -> int:
    """Brings the elements up to date. Returns how many documents were looked at.

    The ingest lock is held by the caller. What is left where it is cancelled or killed is done by
    the next call.
    """
    vocabulary, domains = schemes.text(case, schemes.VOCABULARY), work_domains(case)
    rules = version(vocabulary, domains)
    kept = Elements(case.catalogue)

    def batch(work: Sequence[_Work]) -> ElementBatch:
        return ElementBatch(vocabulary, domains, [document for _, document in work])

    def put(work: Sequence[_Work], found: Sequence[list[Element] | None]) -> None:
        rows = [row for row, _ in work]
        kept.put(dict(zip(rows, found, strict=True)), rules)

    with Looker(TALK, workers, batch, put) as looker:
        looker.run(_waiting(case, kept, rules), cancelled)
        return looker.done


def _waiting(case: Case, kept: Elements, rules: int) -> Iterator[tuple[_Work, int]]:
    """What is to be looked through, with who is named in it and how long it is."""
    after = 0
    while waiting := kept.waiting(rules, after, BATCH_DOCUMENTS):
        after = waiting[-1][0]
        named: dict[DocumentId, list[Mention]] = defaultdict(list)
        for mention in Mentions(case.catalogue).each([d for _, d in waiting]):
            named[mention.document].append(mention)
        for row, document in waiting:
            pages = tuple(case.index.pages(document))
            size = sum(len(page.text) for page in pages)
            yield (row, (document, pages, named[document])), size


def refresh_elements(case: Case, workers: int = 1) -> int | None:
    """The same, for who changed roster or vocabulary: None where an import is running."""
    try:
        lock = ingest_lock(case.folder)
    except UserError:
        return None
    with lock:
        return find_elements(case, workers, lambda: False)


def work_domains(case: Case) -> tuple[str, ...]:
    """The domains of the department's addresses: what several people of the roster share."""
    counts: Counter[str] = Counter()
    for officer in case.decided.officers():
        addresses = officer.email.lower().replace(",", ";").split(";")
        counts.update({each.strip().rpartition("@")[2] for each in addresses if "@" in each})
    return tuple(sorted(d for d, n in counts.items() if n >= _OWN_LEAST and d not in FREE_MAIL))


# --- reading ------------------------------------------------------------------------------------


def listed(
    case: Case,
    documents: Sequence[DocumentId] | None = None,
    officer: OfficerId | None = None,
    kinds: Sequence[str] | None = None,
    least: float = LIKELY,
    page: int | None = None,
) -> Iterator[Element]:
    """Elements with the reviewers' answers, by document and place.

    Those from confidence `least` on, and doubtful ones that somebody said yes to. Where a reviewer
    said whose it is, it is his.
    """
    answers = Answers(case.decided.answers(documents))
    floor = 0.0 if answers else least
    asked = None if answers else officer
    now = case.decided.merged_into()
    for element in Elements(case.catalogue).each(documents, asked, kinds, floor, page):
        each = answers.applied(element)
        if each.officer in now:
            each = replace(each, officer=now[each.officer])
        if officer is not None and each.officer != officer:
            continue
        if each.confidence >= least or each.decision is Answer.SAME:
            yield each


def shown(
    case: Case,
    documents: Sequence[DocumentId] | None = None,
    officer: OfficerId | None = None,
    kinds: Sequence[str] | None = None,
    least: float = LIKELY,
) -> Iterator[Element]:
    """The same for a list that people see: of sealed documents without the words on the page."""
    sealed = seals.everything(case) if documents is None else seals.covered(case, documents)
    for each in listed(case, documents, officer, kinds, least):
        if each.document in sealed:
            hidden = seals.COVERED
            yield replace(each, masked=hidden, reason=hidden, belonging=hidden)
        else:
            yield each


def answer(case: Case, element: Element, said: Answer, officer: OfficerId | None = None) -> Act:
    """Records what the reviewer says of an element, as an act of its own.

    *Same*: it is such a datum, and `officer`'s (else whose the machine says). *Different*: it is
    none, or not his.
    """
    owner = officer if officer is not None else element.officer
    target = {
        "document": element.document,
        "page": element.page,
        "start": element.start,
        "end": element.end,
        "label": element_label(element),
        "officer": owner or "",
    }
    payload = {"answer": said.value, "quotes": [{"quote": element.masked[:_QUOTE_MAX]}]}
    return case.decided.act(Draft(Kind.ELEMENT, [target], payload), case.signer)


def one(
    case: Case, document: DocumentId, page: int, span: tuple[int, int], kind: str = ""
) -> Element:
    """The element at a place. Raises UserError where there is none."""
    for element in listed(case, [document], least=0.0):
        here = (element.page, element.start, element.end) == (page, *span)
        if here and kind in ("", element.kind):
            return element
    raise UserError(
        f"There is no such element at {span[0]}-{span[1]} of page {page}.",
        option="evidencebox elements CASE --json --all lists them",
    )
