"""What services say in fixed words, said in the reviewer's language where it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from evidencebox.model.documents import Status
from evidencebox.model.filters import Filter
from evidencebox.model.views import DATE
from evidencebox.ui.languages import several, told, tr
from evidencebox.ui.reasons import REASONS
from evidencebox.ui.refusals import REFUSALS

FIXED = ("Review", "Harm", "Category", "Label", DATE, "Type", "Size", "Reading", "Features")
"""Facets whose values are words of the program's; the others' are names."""
WORDS = (
    *("Review", "Harm", "Officer", "Category", "Label", "Reviewer", "Date", "Type", "Folder"),
    *("Custodian", "Sender’s domain", "Correspondent", "Language", "Size", "Reading", "Features"),
    *("To do", "Reviewed", "No date", "lead", "reviewer", "read-only"),
    *("Ok", "Partial", "Empty", "Encrypted", "Unsupported", "Failed", "Timeout", "Limit"),
    *("Quarantined", "Pending", "Document", "Page", "Passage"),
    *("copy", "near-duplicate", "same text", "same message"),
)
"""Names of facets, words of roles, statuses and scopes, and how documents are alike."""
SENTENCES = (
    ("%1 set for %2 on %3", "13"),
    ("Label %1 set on %2", "12"),
    ("Label %1 removed from %2", "12"),
    ("%1 marked reviewed", "1"),
    ("%1 marked to do", "1"),
    ("Tag removed from %1", "1"),
    ("Undone: %1", "1"),
    ("Done again: %1", "1"),
    ("%1 is %2 now", "2"),
    ("Conflict settled on %1", ""),
    ("%1 opened; the look is recorded", ""),
    ("Sealed categories changed", ""),
    ("Search “%1” saved", ""),
    ("Search “%1” deleted", ""),
    ("Suggestion %1, here and wherever written alike", "1"),
    ("Suggestion %1", "1"),
    ("%1 on %2", "1"),
    ("%1 (%2 at once)", "1"),
    ("The ledger verifies: %1, every signature and chain holds.", "1"),
    ("The ledger verifies as far as its last acts; the menu checks all of it.", ""),
    (
        "Sealed (%1): name, text and pictures are covered. A lead may open it in the menu, with a "
        "reason that stands in the ledger.",
        "1",
    ),
    (
        "Reported, and sealed for good: it is neither shown nor copied here. Leave it to the "
        "authorities.",
        "",
    ),
    ("%1; not searched to the end", "1"),
    ("Decided for %1: %2", "12"),
    ("%1 written to %2, unencrypted.", "1"),
    ("named in %1; %2 of data suggested", "12"),
    ("tagged, worst %1 %2, %3 not reviewed", "2"),
    ("tagged, worst %1 %2", "2"),
    ("named in %1, %2 not reviewed; %3 of data suggested", "13"),
    ("named in %1, all reviewed, nothing tagged, cleared", "1"),
    ("named in %1, all reviewed, nothing tagged", "1"),
    ("searched, nothing found", ""),
    ("This passphrase does not open the case. Try again, or use the recovery code.", ""),
    ("The passphrase was changed; the old one opens this case no more.", ""),
    ("This system's key store opens the case for you, too; the passphrase stays.", ""),
    ("The key store opens the case no more; the passphrase does.", ""),
    ("%1 can open the case now, with a passphrase of their own.", ""),
    (
        "%1 cannot open this case any more. A copy of it that was made before still opens to "
        "them: another key for the case (evidencebox rotate) shuts that out for what comes.",
        "",
    ),
    ("There is a reviewer %1 already; names must differ.", ""),
    ("%1 has no way into this case any more.", ""),
    ("That passphrase does not open this case; check Caps Lock and try again.", ""),
    ("That passphrase is another reviewer's; each acts with his own.", ""),
    (
        "This system has no key store that EvidenceBox can use, or it is locked; unlock it, or go "
        "on with the passphrase alone.",
        "",
    ),
    (
        "The system's key store did not keep what it was given; go on with the passphrase alone.",
        "",
    ),
    (
        "This computer's key store does not open the case, or it is locked; type the passphrase.",
        "",
    ),
    ("The key store of this system opens the case for you already.", ""),
    ("There is nothing to undo.", ""),
    ("There is nothing to redo.", ""),
    ("There is no suggestion here to answer.", ""),
    ("There is no document to code; mark some with Space, or search.", ""),
    ("Nothing to do: all of these documents are coded for that officer.", ""),
    ("Nothing to assign: the query finds nothing that is not assigned already.", ""),
    ("Nothing to draw from: the query finds no reviewed document.", ""),
    ("Only a lead of this case may do that; ask one.", ""),
    ("You may only read in this case; ask a reviewer who may do more.", ""),
    ("You have no tag for that officer there.", ""),
    ("Give a reason: every look at a sealed document stands in the ledger.", ""),
    ("Say who is to review: one name or more.", ""),
    ("The roster is empty; import one first.", ""),
    ("The case has no reviewer %1; add that name first, or assign to others.", ""),
    ("There is no case at %1; check the path.", ""),
    ("%1 cannot be written: %2.", ""),
    ("%1 cannot be read: %2.", ""),
)
"""With holes where something was put in; beside it the holes whose words are ours as well."""
_COUNTED = {
    "document": ("1 document", "%1 documents"),
    "act": ("1 act", "%1 acts"),
    "kind": ("1 kind", "%1 kinds"),
    "person": ("1 person", "%1 people"),
    "known password": ("1 known password", "%1 known passwords"),
}


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    made = []
    # What fits in more than one is said by the first: readers name things, others name files.
    for text, ours in (*REASONS, *REFUSALS, *SENTENCES):
        holes = re.sub(r"%\d", "(.+?)", re.escape(text))
        made.append((text, ours, re.compile(holes, re.DOTALL)))
    return made


def sentence(text: str) -> str:
    """A service's sentence in the chosen language; as it is where nobody translated it."""
    if not text or (whole := tr(text)) != text:
        return whole if text else text
    for pattern, ours, found in _patterns():
        match = found.fullmatch(text)
        if match is not None:
            parts = match.groups()
            words = [_ours(w) if str(n) in ours else w for n, w in enumerate(parts, 1)]
            return told(pattern, *words)
    return text


def _ours(words: str) -> str:
    for noun, (one, many) in _COUNTED.items():
        match = re.fullmatch(rf"([\d,]+) {noun}s?", words)
        if match is not None:
            return several(int(match[1].replace(",", "")), one, many)
    if words == "no kind":
        return tr("no kind")
    said = sentence(words)
    return ", ".join(tr(each) for each in words.split(", ")) if said == words else said


def disposition(text: str) -> str:
    """What is to be said of an officer."""
    return sentence(text)


def status_words(status: Status, reason: str) -> str:
    """How far reading a document came, and why no further."""
    name = tr(status.value.capitalize())
    return f"{name} · {sentence(reason)}" if reason else name


def value_words(facet: str, label: str) -> str:
    """A facet's value: translated where it is a word of the program's."""
    if facet == "Label":
        return tr(label.capitalize())
    return tr(label) if facet in FIXED else label


def caption(chosen: Filter) -> str:
    """What a filter's chip says."""
    words = value_words(chosen.facet, chosen.label)
    return f"{tr(chosen.facet)}: {told('not %1', words) if chosen.excluded else words}"


def history_line(line: str) -> str:
    """A line of a document's history: when, who, and what in the reviewer's language."""
    when, _, rest = line.partition(" · ")
    who, _, act = rest.partition(" · ")
    if not act:
        return line
    what, _, whom = act.partition(" for ")
    level = re.fullmatch(r"(\d) (.+)", what)
    said: Callable[[str], str] = tr
    words = f"{level[1]} {said(level[2])}" if level else said(what)
    return " · ".join((when, who, told("%1 for %2", words, whom) if whom else words))
