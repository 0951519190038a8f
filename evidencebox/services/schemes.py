"""The vocabulary and the harm scheme of a case: the files that come along, or what a lead put in.

Each stands in the ledger whole, so that a decision made under an older one can be read with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from evidencebox.analysis.harm import Scheme
from evidencebox.analysis.topics import Vocabulary
from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.model.ledger import Kind
from evidencebox.services.case import Case
from evidencebox.services.seals import may_open
from evidencebox.store.ledger import Draft

VOCABULARY, HARM = "vocabulary", "harm"
_SETTING = {VOCABULARY: "scheme.vocabulary", HARM: "scheme.harm"}
_FILES = {VOCABULARY: "topics.toml", HARM: "harm.toml"}
_CHECKS: dict[str, Callable[[str], object]] = {VOCABULARY: Vocabulary, HARM: Scheme.of}
_LARGEST = 1 << 20


def text(case: Case, name: str) -> str:
    """The scheme in force, as its file says it."""
    return case.decided.settings().get(_SETTING[name]) or default(name)


def default(name: str) -> str:
    """The file that comes with EvidenceBox."""
    return resource("schemes", _FILES[name]).read_text(encoding="utf-8")


def digest(scheme: str) -> str:
    """What an act names a scheme by."""
    return hashlib.sha256(scheme.encode()).hexdigest()


def harm_scheme(case: Case) -> Scheme:
    """The harm scheme in force."""
    return Scheme.of(text(case, HARM))


def change(case: Case, name: str, file: Path | None) -> str:
    """Puts a file into force, by an act; None: the default again. Returns its digest.

    A lead's to do. Raises UserError for whoever is not, and for a file that says what it cannot.
    """
    if not may_open(case):
        raise UserError("Only a lead changes the case's vocabulary or harm scheme.")
    wanted = default(name) if file is None else _read(file)
    _CHECKS[name](wanted)
    if wanted != text(case, name):
        draft = Draft(Kind.SETTING, [{"setting": _SETTING[name]}], {"value": wanted})
        case.decided.act(draft, case.signer)
    return digest(wanted)


def former(case: Case, name: str, wanted: str) -> str | None:
    """The scheme with this digest, of all that were ever in force; None for an unknown one."""
    texts = [default(name)]
    for act, payload in case.decided.acts_of([Kind.SETTING]):
        if any(target.get("setting") == _SETTING[name] for target in act.targets):
            texts.append(str(payload.get("value", "")))
    return next((each for each in texts if digest(each) == wanted), None)


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()
        if len(data) > _LARGEST:
            raise UserError(f"{file.name} is larger than any vocabulary or scheme: 1 MiB at most.")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(f"{file.name} is not in UTF-8; save it as UTF-8.") from None
