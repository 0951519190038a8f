"""What a build runs to prove itself: every part once, on a synthetic sample."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.export import check as export_check
from evidencebox.export import loadfile_read, profiles, sealed
from evidencebox.model.harm import Harm
from evidencebox.model.review import Anchor
from evidencebox.model.words import counted
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services import (
    elements,
    exhibit_book,
    exhibits,
    exporting,
    exporting_kinds,
    mentions,
    officers,
    redacted_copy,
    redacting,
    selftest_bundle,
    tags,
    verify,
)
from evidencebox.services.case import Case
from evidencebox.services.ingest import Options, ingest
from evidencebox.services.sandbox import WEAKEST, Tier
from evidencebox.services.search import search
from evidencebox.vault import keys

_DOCUMENTS, _OFFICERS, _SEED = 130, 40, 2
"""A sample that holds every format that any has (a test holds it to that)."""
_EACH = 3
"""Files of each format that are kept of it, so that the proof takes a minute and not five."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the build and whether it worked."""

    name: str
    passed: bool
    detail: str
    seconds: float = 0.0


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
    begun = time.monotonic()
    try:
        passed, detail = True, step(bench)
    except Exception as error:  # a self-test reports every kind of failure, it handles none
        passed, detail = False, f"{type(error).__name__}: {error}"
    return Step(name, passed, detail, time.monotonic() - begun)


def _sample(bench: _Bench) -> str:
    generate(bench.folder / "sample", _DOCUMENTS, _OFFICERS, _SEED)
    kept = thin(bench.folder / "sample" / "trove", _EACH)
    return f"{sum(kept.values())} files of {len(kept)} formats: {' '.join(sorted(kept))}"


def thin(trove: Path, each: int) -> dict[str, int]:
    """Leaves of every format (by the name's ending) the first files; how many of which are left."""
    kept: dict[str, int] = {}
    for path in sorted(path for path in trove.rglob("*") if path.is_file()):
        ending = path.suffix.lower().lstrip(".") or "(none)"
        if kept.get(ending, 0) == each:
            path.unlink()
        else:
            kept[ending] = kept.get(ending, 0) + 1
    return kept


def _create(bench: _Bench) -> str:
    case, code = cases.create(bench.folder / "self-test", "Self-test", bench.passphrase)
    bench.case = case
    return f"recovery code of {len(code)} characters"


def _roster(bench: _Bench) -> str:
    done = officers.import_roster(bench.opened, bench.folder / "sample" / "roster.csv")
    return f"{done.added} officers"


def _ingest(bench: _Bench) -> str:
    trove = bench.folder / "sample" / "trove"
    how = Options(workers=2, ocr="eng")
    summary = ingest(bench.opened, trove, how, lambda _: None, lambda: False)
    kinds = bench.opened.catalogue.by_status()
    unread = [k for k, by in kinds.items() if k != "other" and "ok" not in by]
    if unread:
        raise RuntimeError(f"nothing was read of type {', '.join(unread)}")
    if summary.ocr_waiting or not summary.ocr_pages:
        raise RuntimeError(f"pages without text: {summary.ocr_waiting} were not recognised")
    return (
        f"{summary.documents} documents of {len(kinds)} types, {summary.failures} listed, "
        f"{counted(summary.ocr_pages, 'page')} recognised"
    )


def _sandbox(bench: _Bench) -> str:
    """The weakest tier in which a reader of this import ran, by what it could not do in it."""
    tiers = {each["sandbox"] for each in bench.opened.decided.acquisitions()}
    tier = Tier(tiers.pop())
    if tier is Tier.NONE:
        raise RuntimeError("readers of hostile documents were not shut in at all")
    weak = ": the oldest formats are left unread here" if tier in WEAKEST else ""
    return f"{tier.value}{weak}"


def _people(bench: _Bench) -> str:
    named = list(mentions.listed(bench.opened))
    exposed = list(elements.listed(bench.opened))
    if not named or not exposed:
        raise RuntimeError("found nobody, or nothing of anybody")
    return f"{counted(len(named), 'mention')}, {counted(len(exposed), 'element')}"


def _search(bench: _Bench) -> str:
    found = search(bench.opened, "background OR polygraph OR officer")
    recognised = search(bench.opened, "has:ocr")
    if not found.documents or not recognised.documents:
        raise RuntimeError("found nothing")
    return (
        f"{len(found.documents)} documents in {found.milliseconds:.1f} ms; "
        f"recognised pages in {len(recognised.documents)}"
    )


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


def _export(bench: _Bench) -> str:
    """A report, a production, and a list that only a passphrase opens; each read back."""
    case, out = bench.opened, bench.folder / "exports"
    out.mkdir()
    exporting.confirm(case, bench.passphrase)
    officer = case.decided.tags()[0].officer
    requests = (
        exporting.Request("report", out / "report"),
        exporting.Request("loadfile", out / "loadfile", query=f"officer:{officer}"),
        exporting.Request("tags", out / "sealed", passphrase=bench.passphrase),
    )
    files = 0
    for request in requests:
        files += exporting_kinds.run(case, request).files
    sealed.decrypt(out / "sealed", bench.passphrase, out / "tags")
    for name in ("report", "loadfile", "tags"):
        _holds(out / name)
    loadfile = out / "loadfile"
    profile = profiles.load(str(loadfile / "profile.toml"))
    if problems := list(loadfile_read.problems(loadfile, profile)):
        raise RuntimeError(f"the load files do not fit: {problems[0]}")
    return f"report, load file, encrypted list: {files} files, read back"


def _holds(folder: Path) -> None:
    wrong = export_check.check(folder, exporting.holds).wrong
    if wrong:
        raise RuntimeError(f"{folder.name}: {wrong[0].name}: {wrong[0].problem}")


def _exhibit(bench: _Bench) -> str:
    """An exhibit with its number and stamps, and a redacted copy that is recognised again."""
    case, out = bench.opened, bench.folder / "exhibits"
    document = case.decided.tags()[0].anchor.document
    exhibits.add(case, document)
    built = exhibit_book.build(case, exporting.Request(exhibit_book.KIND, out))
    _holds(out)
    ask = redacting.Ask(("officer",), reason="Self-test")
    made = redacted_copy.write(case, document, ask, bench.folder / "redacted.pdf")
    if not made.redacted.checked:
        raise RuntimeError("the redacted copy was not recognised again")
    return f"{built.files} files; {counted(len(made.redacted.regions), 'place')} blacked out"


def _window(bench: _Bench) -> str:
    return selftest_bundle.window(bench.opened.folder, bench.folder / "pictures")


_STEPS: tuple[tuple[str, Callable[[_Bench], str]], ...] = (
    ("no network library", lambda _: selftest_bundle.no_network()),
    ("libraries load", lambda _: selftest_bundle.libraries()),
    ("sample", _sample),
    ("new case", _create),
    ("roster", _roster),
    ("ingest and recognise", _ingest),
    ("readers' sandbox", _sandbox),
    ("people and elements", _people),
    ("search", _search),
    ("tag and undo", _tag),
    ("lock and unlock", _reopen),
    ("export", _export),
    ("exhibit and redaction", _exhibit),
    ("verify", _verify),
    ("window", _window),
)
