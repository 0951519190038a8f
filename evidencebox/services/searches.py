"""Saved searches, which are acts, and the reviewer's history of searches, which is only kept.

A saved search keeps the query, the ticked filters and the order. What it found when it was last
looked at stands beside the ledger, per reviewer, in the encrypted case: so a mark says what is new.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from evidencebox.errors import UserError
from evidencebox.model.filters import Filter, compose
from evidencebox.model.ids import DocumentId
from evidencebox.model.ledger import Act, Kind, standing
from evidencebox.model.views import RELEVANCE, Done, Found, SavedSearch
from evidencebox.services import ordering
from evidencebox.services.case import Case
from evidencebox.services.querying import understood
from evidencebox.services.search import search
from evidencebox.store.ledger import Draft

MAX_NAME = 100
MOST_KEPT = 200
"""Searches in a reviewer's history."""
MOST_SEEN = 100_000
"""Documents of one saved search that are remembered; of more, only how many there were."""
_KINDS = (Kind.SEARCH, Kind.UNSEARCH, Kind.UNDO)
_ID_BYTES = 8


def save(
    case: Case,
    name: str,
    query: str,
    sort: str = RELEVANCE,
    filters: Sequence[Filter] = (),
) -> Done:
    """Saves a search under a name; one's own of that name is replaced. Raises UserError.

    What it finds now counts as seen.
    """
    name = _clean(name)
    ordering.check(sort)
    understood(case, compose(query, filters).query)
    payload = {
        "name": name,
        "query": _plain(query),
        "sort": sort,
        "filters": [[each.facet, each.clause, each.label, each.excluded] for each in filters],
    }
    act = case.decided.act(Draft(Kind.SEARCH, [_target(name)], payload), case.signer)
    saved = one(case, name)
    see(case, saved, search(case, saved.composed))
    return Done(act.id, f"Search “{name}” saved")


def delete(case: Case, name: str) -> Done:
    """Takes one's own saved search back. Raises UserError where there is none."""
    saved = one(case, name)
    if not saved.own:
        raise UserError(f"“{saved.name}” was saved by {saved.reviewer}; only they can delete it.")
    act = case.decided.act(Draft(Kind.UNSEARCH, [_target(saved.name)], {}), case.signer)
    return Done(act.id, f"Search “{saved.name}” deleted")


def saved_searches(case: Case) -> list[SavedSearch]:
    """All reviewers' saved searches, by name, without counts."""
    names = case.decided.reviewers()
    acts = case.decided.acts_of(_KINDS)
    payloads = {act.id: payload for act, payload in acts}
    stand = {act.id: act for act, _ in standing([act for act, _ in acts]).values()}
    found = [
        _saved(case, act, payloads[act.id], names)
        for act in stand.values()
        if act.kind is Kind.SEARCH and payloads[act.id].get("name")  # else it was purged
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), not each.own, each.act))


def one(case: Case, name: str) -> SavedSearch:
    """The saved search of this name, one's own before another's. Raises UserError."""
    wanted = _folded(name)
    found = [each for each in saved_searches(case) if _folded(each.name) == wanted]
    if not found:
        raise UserError(f"There is no saved search “{name}”; see `searches CASE list`.")
    return found[0]


def new_hits(case: Case, saved: SavedSearch, found: Found) -> int:
    """How many of a saved search's documents this reviewer has not seen in it.

    0 where it was never looked at, or found so many that only their number was kept and that has
    not grown.
    """
    seen = _seen(case).get(saved.act)
    if seen is None:
        return 0
    if seen["ids"] is None:
        return max(0, len(found.documents) - int(seen["total"]))
    known = zlib.decompress(base64.b64decode(seen["ids"]))
    ids = {known[at : at + _ID_BYTES] for at in range(0, len(known), _ID_BYTES)}
    return sum(_short(document) not in ids for document in found.documents)


def see(case: Case, saved: SavedSearch, found: Found) -> None:
    """What a saved search finds now counts as seen by this reviewer."""
    kept = None
    if len(found.documents) <= MOST_SEEN:
        raw = b"".join(sorted(map(_short, found.documents)))
        kept = base64.b64encode(zlib.compress(raw)).decode()
    standing_ = {each.act for each in saved_searches(case)}
    seen = {act: each for act, each in _seen(case).items() if act in standing_}
    seen[saved.act] = {"total": len(found.documents), "ids": kept}
    case.decided.set_meta(_name(case, "seen"), json.dumps(seen))


def remember(case: Case, query: str) -> None:
    """Puts a query at the top of this reviewer's history."""
    query = _plain(query)
    if not query:
        return
    rest = [each for each in history(case) if each != query]
    case.decided.set_meta(_name(case, "history"), json.dumps([query, *rest][:MOST_KEPT]))


def history(case: Case) -> list[str]:
    """This reviewer's latest queries, newest first, each once."""
    kept = case.decided.meta(_name(case, "history"))
    return [str(query) for query in json.loads(kept)] if kept else []


def forget(case: Case) -> None:
    """Empties this reviewer's history."""
    case.decided.set_meta(_name(case, "history"), "[]")


def _saved(case: Case, act: Act, payload: Any, names: dict[str, str]) -> SavedSearch:
    return SavedSearch(
        act=act.id,
        name=payload["name"],
        query=payload["query"],
        sort=payload["sort"],
        filters=tuple(Filter(*each) for each in payload["filters"]),
        reviewer=names.get(act.author, ""),
        own=act.author == case.signer.author,
        utc=act.utc,
    )


def _seen(case: Case) -> dict[str, dict[str, Any]]:
    kept = case.decided.meta(_name(case, "seen"))
    return dict(json.loads(kept)) if kept else {}


def _name(case: Case, what: str) -> str:
    return f"searches {what} {case.signer.author}"


def _target(name: str) -> dict[str, str]:
    """What an act is about: a digest, so that a name that says too much can be purged."""
    return {"label": hashlib.sha256(_folded(name).encode()).hexdigest()[:32]}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _clean(name: str) -> str:
    name = " ".join(_plain(name).split())
    if not 0 < len(name) <= MAX_NAME:
        raise UserError(f"The name of a search has 1 to {MAX_NAME} characters.")
    return name


def _plain(text: str) -> str:
    """Without stray bytes that a command line may carry."""
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def _short(document: DocumentId) -> bytes:
    return bytes.fromhex(document[: 2 * _ID_BYTES])


def counted(case: Case, saved: Iterable[SavedSearch]) -> list[tuple[SavedSearch, int, int]]:
    """Saved searches with how many documents each finds now, and how many of them are new.

    A search that the language does not take any more finds nothing.
    """
    out = []
    for each in saved:
        try:
            found = search(case, each.composed)
        except UserError:
            out.append((each, 0, 0))
            continue
        out.append((each, len(found.documents), new_hits(case, each, found)))
    return out
