"""What every export goes through: scope and seals, folder, act, manifest, encryption."""

from __future__ import annotations

import contextlib
import functools
import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidencebox import __version__
from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.export import sealed
from evidencebox.export.folder import ExportFolder
from evidencebox.model.exports import Exported, Facts, Pii
from evidencebox.model.exports import Request as Request
from evidencebox.model.ids import DocumentId, OfficerId, short_id
from evidencebox.model.ledger import Act, Kind
from evidencebox.model.words import counted
from evidencebox.services import receipt, seals
from evidencebox.services.case import Case, look
from evidencebox.services.ledger_export import VERIFIER
from evidencebox.services.search import search
from evidencebox.store.ledger import Draft, utc_now
from evidencebox.vault import header, keys, signing

TOOL = f"EvidenceBox {__version__}"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Tell = Callable[[int, int], None]
"""How many are done, of how many."""


def silent(_done: int, _total: int) -> None:
    """For who does not watch."""


@dataclass(frozen=True)
class Scope:
    """The documents an export may speak of, in order, and how many it leaves out for what reason.

    `unsealed` are those of them that only a lead's reason opened.
    """

    documents: tuple[DocumentId, ...]
    unsealed: tuple[DocumentId, ...] = ()
    left_sealed: tuple[DocumentId, ...] = ()
    reported: int = 0

    @functools.cached_property
    def allowed(self) -> frozenset[DocumentId]:
        """For look-ups."""
        return frozenset(self.documents)


def confirm(case: Case, passphrase: str) -> None:
    """Asks again before anything leaves the case: a session left open exports nothing.

    Raises UserError where it is not this reviewer's passphrase.
    """
    opened = header.unlock(look(case.folder)[1], passphrase)
    if not hmac.compare_digest(opened.seed, case.seed):
        raise UserError("That passphrase is another reviewer's; each acts with his own.")


def scope(case: Case, documents: Sequence[DocumentId], request: Request) -> Scope:
    """Divides what is asked for into what may go out and what not.

    Reported material never goes out. Sealed documents go only for a lead's reason, which is
    recorded here, before anything is read. Raises UserError.
    """
    why = seals.covered(case, documents)
    reported = {d for d, kinds in why.items() if seals.REPORTED in kinds}
    closed = [d for d in documents if d in why and d not in reported]
    if closed and request.unseal is None and not request.without_sealed:
        raise UserError(
            f"Sealed in what this export would hold: {counted(len(closed), 'document')}, "
            f"{short_id(closed[0])} the first. Leave out what is sealed, or, as a lead, open it "
            "with a reason that is recorded.",
            option="--without-sealed, or --unseal REASON",
        )
    opened = closed if request.unseal is not None and not request.without_sealed else []
    if opened:
        _record_unsealing(case, request, opened)
    shut = reported | (set(closed) - set(opened))
    kept = tuple(d for d in documents if d not in shut)
    left = tuple(d for d in closed if d in shut)
    return Scope(kept, tuple(opened), left, len(reported))


def _record_unsealing(case: Case, request: Request, opened: Sequence[DocumentId]) -> None:
    reason = (request.unseal or "").strip()
    if not reason:
        raise UserError("Give a reason: every export of sealed documents stands in the ledger.")
    targets = [{"document": document} for document in opened]
    payload = {"reason": reason, "kind": request.kind, "pii": request.pii.value}
    case.decided.act(Draft(Kind.EXPORT, targets, payload), case.signer)


def found(case: Case, request: Request) -> tuple[tuple[DocumentId, ...], dict[str, Any]]:
    """The documents of the request's query (none: all of the case), and the search's receipt."""
    answer = search(case, request.query or "")
    proof = receipt.receipt(case, answer)
    for name in ("utc", "ledger_acts", "ledger_head", "version"):
        proof.pop(name)  # these are the manifest's: the payload is that of the state
    return answer.documents, proof


def proof_for(case: Case, proof: dict[str, Any], pii: Pii) -> dict[str, Any]:
    """The receipt as this level may show it: a query and a path can be a name."""
    if pii is Pii.FULL:
        return proof
    hidden = {"query", "parsed", "unread"} | ({"documents"} if pii is Pii.COUNTS else set())
    shown = {name: value for name, value in proof.items() if name not in hidden}
    # A bare hash of so short a text would be guessed: a roster has some thousand names.
    return shown | {"query_code": Codes(case).of(proof["query"])}


class Codes:
    """A code for each person, the same in all exports of a case; only its key leads back."""

    def __init__(self, case: Case) -> None:
        self._key = keys.derive(case.case_key, "pseudonym")

    def of(self, person: OfficerId | str) -> str:
        """`P-` and ten signs: 50 bits of a keyed hash."""
        number = int.from_bytes(hmac.digest(self._key, person.encode(), "sha256")[:8], "big")
        return "P-" + "".join(_ALPHABET[number >> shift & 31] for shift in range(0, 50, 5))


@contextlib.contextmanager
def making(
    case: Case, request: Request, scoped: Scope, more: dict[str, Any] | None = None
) -> Iterator[Making]:
    """The folder of an export; at the end of the block the act is recorded and the folder named.

    Raises UserError. Where the block raises, nothing remains and nothing is recorded.
    """
    with ExportFolder(request.out) as outer, contextlib.ExitStack() as stack:
        maker = Making(case, request, scoped, dict(more or {}))
        if request.passphrase is None:
            yield maker.into(outer)
            outer.add(VERIFIER, resource("verifier", VERIFIER).read_bytes())
            maker.finish(outer, maker.recorded(outer))
            return
        sink = stack.enter_context(sealed.encrypted(outer, request.passphrase))
        inner = stack.enter_context(ExportFolder(request.out, sink))
        yield maker.into(inner)
        inner.add(VERIFIER, resource("verifier", VERIFIER).read_bytes())
        act = maker.recorded(inner)
        maker.finish(inner, act)
        stack.close()
        outer.add(VERIFIER, resource("verifier", VERIFIER).read_bytes())
        maker.finish(outer, act, outside=True)


class Making:
    """An export under way: `folder` takes its files, `result` is there at the end."""

    def __init__(self, case: Case, request: Request, scoped: Scope, more: dict[str, Any]) -> None:
        self._case = case
        self._request = request
        self.scope = scoped
        self.more = more
        self.folder: ExportFolder
        self.result: Exported

    def into(self, folder: ExportFolder) -> Making:
        """Where the payload goes."""
        self.folder = folder
        return self

    def recorded(self, folder: ExportFolder) -> Act:
        """The act: what went out, by its digest, so that the ledger knows it again."""
        request, query = self._request, self._request.query
        payload: dict[str, Any] = {
            "kind": request.kind,
            "pii": request.pii.value,
            "files": len(folder.entries),
            "payload": folder.payload_digest(),
            "documents": len(self.scope.documents),
            "documents_digest": receipt.digest(self.scope.documents),
            "encrypted": request.passphrase is not None,
        }
        payload |= {"query": query} if query is not None else {}
        payload |= {"officer": request.officer} if request.officer is not None else {}
        target = {"label": f"export {request.kind}"}
        return self._case.decided.act(Draft(Kind.HANDED, [target], payload), self._case.signer)

    def finish(self, folder: ExportFolder, act: Act, *, outside: bool = False) -> None:
        """Manifest and name. Of an encrypted export the outside says only what it must."""
        case, request, scoped = self._case, self._request, self.scope
        head = case.decided.head()
        more: dict[str, Any] = (
            {"encrypted": True}
            if outside
            else {
                "documents": len(scoped.documents),
                "left_out": {"sealed": len(scoped.left_sealed), "reported": scoped.reported},
                "unsealed": len(scoped.unsealed),
                "index_fingerprint": case.index.state().fingerprint,
                **self.more,
            }
        )
        kind = "encrypted" if outside else request.kind
        facts = Facts(
            kind,
            utc_now(),
            TOOL,
            case.case_id,
            request.pii,
            head.arrivals,
            head.digest,
            act.id,
            more,
        )
        self.result = folder.finish(facts, case.signer.sign_export)


def holds(author: str, digest: bytes, signature: bytes) -> bool:
    """Whether an export's signature is sound, for `export.check`."""
    return signing.export_signature_holds(author, digest, signature)
