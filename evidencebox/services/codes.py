"""The recovery code as a signer: it gives a lead's role again where the only lead lost his way in.

Its public key is named in the ledger by a lead, when the case or a new code is made. So whether a
role that it gave counts is seen from the acts alone, as with any other role.
"""

from __future__ import annotations

from evidencebox.model.ledger import Kind
from evidencebox.model.policy import Role
from evidencebox.store.decided import Decided
from evidencebox.store.ledger import Draft
from evidencebox.vault import keys
from evidencebox.vault.signing import Signer

NAME = "Recovery code"


def signer_of(code: str) -> Signer:
    """The signer that a printed code is. Raises UserError for a slip of the pen."""
    return Signer(keys.derive(keys.read_code(code), "recovery signer"))


def register(decided: Decided, signer: Signer, code: str) -> bool:
    """Names a new code's key in the ledger, in place of earlier ones, where `signer` is a lead.

    Returns whether he is: a code that anybody else makes opens the case, and gives no role.
    """
    known = decided.policy()
    if known.role(signer.author) is not Role.LEAD:
        return False
    new = signer_of(code).author
    drafts = [_draft([new], Role.LEAD)]
    if old := sorted(known.codes - {new}):
        drafts.append(_draft(old, Role.READER))
    decided.act_all(drafts, signer)
    return True


def promote(decided: Decided, code: str, author: str) -> bool:
    """Makes `author` a lead by the code, where the case has one lead at most; whether it did.

    With several leads, another of them gives the role.
    """
    known, signer = decided.policy(), signer_of(code)
    if known.role(signer.author) is not Role.LEAD or len(known.leads) > 1:
        return False
    drafts = [Draft(Kind.ROLE, [{"author": author}], {"role": Role.LEAD.value})]
    if signer.author not in decided.reviewers():
        # By this name its acts are shown, and go into a pack.
        told = Draft(Kind.REVIEWER, [{"author": signer.author}], {"name": NAME})
        drafts.insert(0, told)
    decided.act_all(drafts, signer)
    return True


def _draft(authors: list[str], role: Role) -> Draft:
    targets = [{"author": author} for author in authors]
    return Draft(Kind.ROLE, targets, {"role": role.value, "code": True})
