"""Exhibits as reviewers make and change them: acts, and lists of what those mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from evidencebox.errors import UserError
from evidencebox.model import exhibits as model
from evidencebox.model.documents import DocumentRecord
from evidencebox.model.exhibits import Bates, Exhibit
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.ledger import Kind
from evidencebox.model.views import Done
from evidencebox.model.words import counted
from evidencebox.services import seals
from evidencebox.services.case import Case
from evidencebox.services.tags import known_document
from evidencebox.store.ledger import Draft

MAX_TEXT = 2_000


def listed(case: Case) -> list[Exhibit]:
    """Every exhibit there ever was, in order; `stands` says which are exhibits now."""
    return model.exhibits(case.decided.acts_of(model.KINDS))


def add(
    case: Case,
    document: DocumentId,
    *,
    pages: Sequence[int] = (),
    number: str = "",
    description: str = "",
    family: bool = False,
) -> Done:
    """Makes an exhibit, under the next number unless one is given. Raises UserError."""
    record = known_document(case, document)
    count = max(1, record.pages, *(head.number for head in case.index.page_heads(document)))
    if pages and not 1 <= min(pages) <= max(pages) <= count:
        raise UserError(f"{record.id} has {counted(count, 'page')}; {max(pages)} is not one.")
    from evidencebox.services import stamping  # slow to import

    known = listed(case)
    chosen = number.strip().upper() or model.next_number(known, stamping.kept(case).prefix)
    if not model.is_number(chosen):
        raise UserError(f"{number} is no exhibit number: write it as PX-12.")
    if any(each.number == chosen for each in known):
        raise UserError(f"{chosen} is or was an exhibit, and a number is for life; take another.")
    payload = {
        "pages": sorted(set(pages)),
        "description": _text(description) or described(case, record),
        "family": family,
        "paths": [record.locations[0].path if record.locations else ""],
    }
    act = case.decided.act(
        Draft(Kind.EXHIBIT, [{"document": document, "label": chosen}], payload), case.signer
    )
    return Done(act.id, f"{short_id(document)} is {chosen}")


def page_numbers(text: str) -> list[int]:
    """`1-3,7` as numbers. Raises UserError."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last) < 1 << 20):
            raise UserError(f"{text} are no pages: write them as 1-3 or 1,4,7.")
        found += range(int(first), int(last) + 1)
    return found


def change(case: Case, number: str, values: dict[str, Any]) -> Done:
    """Says something of an exhibit: description, order, offered, marked, admitted, withdrawn.

    Raises UserError.
    """
    exhibit = one(case, number)
    said = {name: _text(v) if isinstance(v, str) else v for name, v in values.items()}
    if not said:
        raise UserError("Say what is to change.", option="such as --description or --offered")
    if said.get("withdrawn") == "" and "withdrawn" in said:
        raise UserError("Give a reason: the list of exhibits explains every gap.")
    target = {"document": exhibit.document, "label": exhibit.number}
    act = case.decided.act(Draft(Kind.EXHIBIT_SET, [target], said), case.signer)
    return Done(act.id, f"{exhibit.number} changed")


def one(case: Case, number: str) -> Exhibit:
    """The exhibit of a number that stands. Raises UserError."""
    wanted = number.strip().upper()
    found = [e for e in listed(case) if e.number == wanted and e.stands]
    if not found:
        raise UserError(f"There is no exhibit {number}; `exhibit list CASE` shows them.")
    if len(found) > 1:
        raise UserError(
            f"{wanted} was given to {counted(len(found), 'document')} on different laptops; undo "
            "all but one, each on the laptop where it was made, and add those anew."
        )
    return found[0]


def _text(text: str) -> str:
    clean = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    if len(clean) > MAX_TEXT:
        raise UserError(f"That is longer than {MAX_TEXT:,} characters; shorten it.")
    return clean


def described(case: Case, record: DocumentRecord) -> str:
    """What a document is called until somebody says it better; a sealed one by no words of its."""
    sealed = record.sha256 is not None and bool(seals.covered(case, [record.sha256]))
    words = seals.NAME if sealed else record.title or record.name
    return f"{words}, {record.date[:10]}" if record.date else words


# --- Bates ---------------------------------------------------------------------------------------


def ranges(case: Case) -> list[Bates]:
    """Every range of Bates numbers that was ever assigned."""
    return model.bates(case.decided.acts_of((Kind.BATES,)))


def shown(case: Case) -> dict[str, Bates]:
    """What is an exhibit → the numbers it bears in the exhibit book."""
    from evidencebox.services import stamping  # slow to import

    return model.shown(ranges(case), stamping.kept(case).bates_prefix)


def numbered(
    case: Case,
    prefix: str,
    digits: int,
    wanted: Sequence[tuple[DocumentId, Sequence[int], int]],
) -> list[Bates]:
    """Bates numbers for documents (pages of them), each with its count of sheets, in this order.

    What has its number keeps it; the rest follows the highest that was ever assigned. What comes
    out with another count of sheets than before is numbered anew, and its old numbers stay unused.
    Raises UserError.
    """
    known = ranges(case)
    if clash := model.overlaps(known):
        one, other = clash[0]
        raise UserError(
            f"{one.ends[0]} and {other.ends[0]} overlap: two laptops assigned them. Number with "
            "another prefix.",
            option="in a profile of your own, --profile",
        )
    now = model.current(known, prefix)
    free = max((each.first + each.count for each in known if each.prefix == prefix), default=1)
    drafts: list[Draft] = []
    for document, pages, count in wanted:
        key = model.key_of(document, pages)
        held = now.get(key)
        if held is not None and held.count == count:
            continue
        if len(str(free + count - 1)) > digits:
            raise UserError(f"Bates numbers of {digits} digits are used up; take another prefix.")
        payload = {
            "prefix": prefix,
            "digits": digits if held is None else held.digits,
            "first": free,
            "count": count,
            "key": key,
            "use": model.EXHIBITS,
        }
        drafts.append(Draft(Kind.BATES, [{"document": document}], payload))
        free += count
        now[key] = Bates(prefix, digits, free - count, count, document, key, _NOBODY)
    if drafts:
        case.decided.act_all(drafts, case.signer)
    held_now = model.current(ranges(case), prefix)
    return [held_now[model.key_of(document, pages)] for document, pages, _ in wanted]


_NOBODY: Any = ""


def lines(case: Case) -> Iterator[dict[str, Any]]:
    """`exhibit list --json`: one object an exhibit, those that do not stand too."""
    names = case.decided.reviewers()
    held = shown(case)
    for each in listed(case):
        numbers = held.get(model.key_of(each.document, each.pages))
        yield {
            "number": each.number,
            "sha256": each.document,
            "id": short_id(each.document),
            "pages": list(each.pages),
            "family": each.family,
            "description": each.description,
            "order": each.order,
            "bates": list(numbers.ends) if numbers else [],
            "offered": each.offered,
            "marked": each.marked,
            "admitted": each.admitted,
            "withdrawn": each.withdrawn,
            "taken_back": each.taken_back,
            "clash": each.clash,
            "reviewer": names.get(each.author, ""),
            "utc": each.utc,
            "act": each.act,
        }
