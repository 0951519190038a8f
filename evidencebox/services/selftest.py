"""What a build runs to prove itself: every part once, on a synthetic sample."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.model.words import counted
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services import officers, tags, verify
from evidencebox.services.case import Case
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.search import search
from evidencebox.vault import keys

_DOCUMENTS = 30
_OFFICERS = 40


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the build and whether it worked."""

    name: str
    passed: bool
    detail: str


@dataclass(slots=True)
class _Bench:
    """What the steps hand on to each other."""

    folder: Path
    passphrase: str = field(default_factory=lambda: keys.write_code(keys.new_key()))
    case: Case | None = None

    @property
    def opened(self) -> Case:
        if self.case is None:
            raise RuntimeError("no case: an earlier step failed")
        return self.case


def run() -> Iterator[Step]:
    """Runs every step, also after one that failed, and says what each did."""
    with tempfile.TemporaryDirectory(prefix="evidencebox-self-test-") as folder:
        bench = _Bench(Path(folder))
        try:
            for name, step in _STEPS:
                yield _attempt(name, step, bench)
        finally:
            if bench.case is not None:
                bench.case.close()


def _attempt(name: str, step: Callable[[_Bench], str], bench: _Bench) -> Step:
    try:
        return Step(name, True, step(bench))
    except Exception as error:  # a self-test reports every kind of failure, it handles none
        return Step(name, False, f"{type(error).__name__}: {error}")


def _sample(bench: _Bench) -> str:
    generate(bench.folder / "sample", _DOCUMENTS, _OFFICERS, 1)
    return f"{_DOCUMENTS} files"


def _create(bench: _Bench) -> str:
    case, code = cases.create(bench.folder / "self-test", "Self-test", bench.passphrase)
    bench.case = case
    return f"recovery code of {len(code)} characters"


def _roster(bench: _Bench) -> str:
    done = officers.import_roster(bench.opened, bench.folder / "sample" / "roster.csv")
    return f"{done.added} officers"


def _ingest(bench: _Bench) -> str:
    trove = bench.folder / "sample" / "trove"
    summary = ingest(bench.opened, trove, Options(workers=2), lambda _: None, lambda: False)
    kinds = bench.opened.catalogue.by_status()
    unread = [k for k, by in kinds.items() if k not in ("image", "other") and "ok" not in by]
    if unread:
        raise RuntimeError(f"nothing was read of type {', '.join(unread)}")
    read = f"{summary.documents} documents of {len(kinds)} types, {summary.failures} listed"
    return f"{read}; readers' sandbox: {summary.sandbox}"


def _search(bench: _Bench) -> str:
    found = search(bench.opened, "background OR polygraph OR officer")
    if not found.documents:
        raise RuntimeError("found nothing")
    return f"{len(found.documents)} documents in {found.milliseconds:.1f} ms"


def _tag(bench: _Bench) -> str:
    case = bench.opened
    officer = case.decided.officers()[0]
    document = search(case, "officer").documents[0]
    tags.tag(case, Anchor(document), officer, Harm.HIGH, ["polygraph"], "")
    if search(case, f"officer:{officer.badge} harm:>=3").documents != (document,):
        raise RuntimeError("the tag is not found by search")
    tags.undo(case)
    if case.decided.tags():
        raise RuntimeError("undo left the tag")
    tags.redo(case)
    return "set, found, undone, done again"


def _reopen(bench: _Bench) -> str:
    folder = bench.opened.folder
    bench.opened.close()
    bench.case = None
    with suppress(UserError):
        cases.unlock(folder, bench.passphrase + "x").close()
        raise RuntimeError("a wrong passphrase opened the case")
    bench.case = cases.unlock(folder, bench.passphrase)
    return (
        f"{counted(len(bench.opened.decided.tags()), 'tag')} kept; a wrong passphrase was refused"
    )


def _verify(bench: _Bench) -> str:
    findings, acts, _ = verify.verify_case(bench.opened)
    trove = bench.folder / "sample" / "trove"
    findings += verify.verify_trove(bench.opened, trove, lambda: False)
    if findings:
        raise RuntimeError(f"{len(findings)} findings, the first: {findings[0].problem}")
    return f"{acts} acts hold, the trove is unchanged"


_STEPS: tuple[tuple[str, Callable[[_Bench], str]], ...] = (
    ("sample", _sample),
    ("new case", _create),
    ("roster", _roster),
    ("ingest in workers", _ingest),
    ("search", _search),
    ("tag and undo", _tag),
    ("lock and reopen", _reopen),
    ("verify", _verify),
)
