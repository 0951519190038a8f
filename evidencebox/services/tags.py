"""Reviewers' decisions: tag, untag, label, reviewed, undo, redo. Each is one act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentRecord
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.people import Officer
from evidencebox.model.review import Anchor
from evidencebox.model.views import Done
from evidencebox.model.words import counted
from evidencebox.services import schemes
from evidencebox.services.case import Case
from evidencebox.store.ledger import Draft

MAX_NOTE = 20_000
MAX_LABEL = 64


def tag(
    case: Case,
    anchor: Anchor,
    officer: Officer,
    harm: Harm,
    categories: Sequence[str] = (),
    note: str = "",
) -> Done:
    """Tags an anchor for an officer; what the same reviewer said there before is replaced.

    Raises UserError for an unknown document, page or category.
    """
    note = note.encode("utf-8", "replace").decode("utf-8")  # a command line may carry stray bytes
    record = known_document(case, anchor.document)
    _check_page(case, record, anchor)
    known = known_categories(case)
    unknown = [c for c in categories if c not in known]
    if unknown:
        raise UserError(f"No such category: {', '.join(unknown)}; use {', '.join(known)}.")
    if len(note) > MAX_NOTE:
        raise UserError(f"The note is longer than {MAX_NOTE:,} characters; shorten it.")
    under = _given_under(case, anchor, officer.id) or [officer.id]
    payload: dict[str, Any] = {
        "harm": int(harm),
        "categories": list(dict.fromkeys(categories)),
        "note": note,
        "paths": [_path(record)] * len(under),
        "scheme": scheme_now(case),
    }
    if anchor.passage:
        p = anchor.passage
        quote = {"quote": p.quote, "before": p.before, "after": p.after}
        payload["quotes"] = [quote] * len(under)
    targets = [target_of(anchor, each) for each in under]
    act = case.decided.act(Draft(Kind.TAG, targets, payload), case.signer)
    return Done(act.id, f"{harm.word} set for {officer.last} on {short_id(anchor.document)}")


def known_categories(case: Case) -> dict[str, str]:
    """What a tag may carry: the default categories, and those of the scheme in force."""
    return {**CATEGORIES, **schemes.harm_scheme(case).categories}


def scheme_now(case: Case) -> str:
    """The digest of the harm scheme in force: what a level meant when it was given."""
    return schemes.digest(schemes.text(case, schemes.HARM))


def untag(case: Case, anchor: Anchor, officer: OfficerId) -> Done:
    """Takes one's own tag back. Raises UserError where there is none."""
    targets = [target_of(anchor, each) for each in _given_under(case, anchor, officer)]
    if not targets:
        raise UserError("You have no tag for that officer there.")
    act = case.decided.act(Draft(Kind.UNTAG, targets, {}), case.signer)
    return Done(act.id, f"Tag removed from {short_id(anchor.document)}")


def _given_under(case: Case, anchor: Anchor, officer: OfficerId) -> list[OfficerId]:
    """Under whom one's own tags for an officer stand at an anchor: himself, or who became him."""
    now = case.decided.merged_into()
    place = target_of(anchor, officer)
    mine = (
        tag.officer
        for tag in case.decided.tags([anchor.document], as_given=True)
        if tag.author == case.signer.author and target_of(tag.anchor, officer) == place
    )
    return [each for each in dict.fromkeys(mine) if now.get(each, each) == officer]


def label(case: Case, document: DocumentId, name: str, *, on: bool = True) -> Done:
    """Labels a document: privileged, confidential, responsive, an issue code."""
    record = known_document(case, document)
    name = label_name(name)
    kind = Kind.LABEL if on else Kind.UNLABEL
    target = {"document": document, "label": name}
    act = case.decided.act(Draft(kind, [target], {"paths": [_path(record)]}), case.signer)
    return Done(act.id, f"Label {name} {'set on' if on else 'removed from'} {short_id(document)}")


def label_name(text: str) -> str:
    """A label as it is kept. Raises UserError for one that is none."""
    name = text.encode("utf-8", "replace").decode("utf-8").strip().casefold()
    if not name or len(name) > MAX_LABEL:
        raise UserError(f"A label has 1 to {MAX_LABEL} characters.")
    return name


def reviewed(case: Case, document: DocumentId, *, on: bool = True) -> Done:
    """Marks a document as reviewed, or not."""
    record = known_document(case, document)
    kind = Kind.REVIEWED if on else Kind.UNREVIEWED
    draft = Draft(kind, [{"document": document}], {"paths": [_path(record)]})
    act = case.decided.act(draft, case.signer)
    return Done(act.id, f"{short_id(document)} marked {'reviewed' if on else 'to do'}")


def undo(case: Case) -> Done:
    """Takes back one's last act that stands, by a counter-act. Raises UserError for none."""
    act = case.decided.undo_last(case.signer)
    if act is None:
        raise UserError("There is nothing to undo.")
    return Done(act.id, f"Undone: {describe(act)}")


def redo(case: Case) -> Done:
    """Takes back one's last undo, if nothing was done since. Raises UserError for none."""
    act = case.decided.undo_last(case.signer, redo=True)
    if act is None:
        raise UserError("There is nothing to redo.")
    return Done(act.id, f"Done again: {describe(act)}")


_WORDS = {
    Kind.REVIEWER: "reviewer added",
    Kind.ACQUISITION: "acquisition recorded",
    Kind.OFFICER: "roster changed",
    Kind.MERGE: "two people said to be one",
    Kind.UNMERGE: "a merge taken back",
    Kind.MENTION: "mention answered",
    Kind.UNMENTION: "answer taken back",
    Kind.ELEMENT: "element answered",
    Kind.NOTICE: "notice decided",
    Kind.TAG: "tag set",
    Kind.UNTAG: "tag removed",
    Kind.LABEL: "label set",
    Kind.UNLABEL: "label removed",
    Kind.REVIEWED: "marked reviewed",
    Kind.UNREVIEWED: "marked to do",
    Kind.SEARCH: "search saved",
    Kind.UNSEARCH: "saved search deleted",
    Kind.ROLE: "role given",
    Kind.SEALING: "sealed categories changed",
    Kind.SETTLE: "conflict settled",
    Kind.LOOK: "sealed content looked at",
    Kind.EXPORT: "sealed content exported",
    Kind.HANDED: "exported",
    Kind.EXHIBIT: "made an exhibit",
    Kind.EXHIBIT_SET: "exhibit changed",
    Kind.BATES: "Bates numbers assigned",
    Kind.REDACTION: "redacted",
    Kind.MATERIAL: "reported; sealed for good",
    Kind.UNMATERIAL: "report taken back",
    Kind.PURGE: "removed by order",
    Kind.VAULT: "way into the case changed",
    Kind.SETTING: "setting changed",
    Kind.PASSWORD: "known passwords changed",
    Kind.UNDO: "undo",
}


def describe(act: Act) -> str:
    """An act in a few words, without names or text: for the status bar and undo."""
    words = _WORDS[act.kind]
    documents = {t["document"] for t in act.targets if "document" in t}
    if len(documents) == 1:
        return f"{words} on {short_id(DocumentId(documents.pop()))}"
    count = len(act.targets)
    return f"{words} ({count:,} at once)" if count > 1 else words


def history(case: Case, document: DocumentId) -> tuple[str, ...]:
    """What was done about a document, newest first, a line each."""
    names = case.decided.reviewers()
    people = {officer.id: officer for officer in case.decided.officers()}
    lines = []
    for act, payload in case.decided.history(document):
        who = names.get(act.author, "unknown reviewer")
        officers = [people[t["officer"]].name for t in act.targets if t.get("officer") in people]
        detail = _WORDS[act.kind]
        if act.kind is Kind.TAG and "harm" in payload:
            detail = f"{Harm(payload['harm'])} {Harm(payload['harm']).word}"
        about = f" for {', '.join(officers)}" if officers else ""
        lines.append(f"{act.utc.replace('T', ' ').rstrip('Z')} UTC · {who} · {detail}{about}")
    return tuple(lines)


def tag_lines(case: Case) -> Iterator[dict[str, Any]]:
    """`tags --json`: one object a tag."""
    people = {officer.id: officer for officer in case.decided.officers()}
    names = case.decided.reviewers()
    paths = case.decided.tag_paths()
    for each in case.decided.tags():
        officer = people.get(each.officer)
        passage = each.anchor.passage
        yield {
            "sha256": each.anchor.document,
            "id": short_id(each.anchor.document),
            "path": paths.get(each.anchor.document, ""),
            "page": each.anchor.page,
            "start": passage.start if passage else None,
            "end": passage.end if passage else None,
            "quote": passage.quote if passage else None,
            "officer": officer_json(officer, each.officer),
            "harm": int(each.harm),
            "harm_word": each.harm.word,
            "categories": list(each.categories),
            "note": each.note,
            "reviewer": names.get(each.author, ""),
            "author": each.author,
            "utc": each.utc,
            "act": each.act,
        }


def officer_json(officer: Officer | None, officer_id: OfficerId) -> dict[str, str]:
    """An officer as mentions and tags name him."""
    if officer is None:
        return {"id": officer_id, "badge": "", "name": "(not on the roster any more)"}
    return {"id": officer.id, "badge": officer.badge, "name": officer.name}


def known_document(case: Case, document: DocumentId) -> DocumentRecord:
    """The catalogue's record. Raises UserError for a document it does not know."""
    found = case.catalogue.records([document])
    if not found:
        raise UserError(f"There is no document {document[:16]}… in this case.")
    return found[0]


def _check_page(case: Case, record: DocumentRecord, anchor: Anchor) -> None:
    passage = anchor.passage
    if anchor.page is None:
        if passage is not None:
            raise UserError("A passage needs the page that it stands on.")
        return
    # Of either layer: what is recognised in a scan can be tagged like any text.
    chars: dict[int, int] = {}
    for head in case.index.page_heads(anchor.document):
        chars[head.number] = max(head.chars, chars.get(head.number, 0))
    if anchor.page not in chars:
        last = max(chars, default=0)
        raise UserError(f"{record.id} has {counted(last, 'page')}; there is no page {anchor.page}.")
    if passage is not None and not 0 <= passage.start < passage.end <= chars[anchor.page]:
        raise UserError(f"Page {anchor.page} of {record.id} has no such passage.")


def target_of(anchor: Anchor, officer: OfficerId) -> dict[str, Any]:
    """What an act about a tag names."""
    target: dict[str, Any] = {"document": anchor.document, "officer": officer}
    if anchor.page is not None:
        target["page"] = anchor.page
    if anchor.passage is not None:
        p = anchor.passage
        target |= {"start": p.start, "end": p.end, "version": p.version}
    return target


def _path(record: DocumentRecord) -> str:
    return record.locations[0].path if record.locations else ""
