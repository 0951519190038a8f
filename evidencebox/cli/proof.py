"""Commands that prove: verify, bench, --self-test."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidencebox.cli.common import add_case, emit, note, opened, show
from evidencebox.errors import UserError
from evidencebox.export import check as export_check
from evidencebox.export import loadfile_read, profiles
from evidencebox.model.words import counted
from evidencebox.services import acquisition, exporting, trove, verify

if TYPE_CHECKING:
    from evidencebox.index.bench import BenchLine


def add_commands(commands: Any) -> None:
    """Adds this module's commands."""
    check = commands.add_parser(
        "verify", help="check the ledger, and the trove with --trove; or an export"
    )
    add_case(check)
    check.add_argument("--trove", type=Path, metavar="DIR")
    check.set_defaults(run=_verify)
    acquired = commands.add_parser("acquisition", help="what was acquired: source, who, when, …")
    add_case(acquired)
    acquired.add_argument("--json", action="store_true")
    acquired.set_defaults(run=_acquisition)
    place = commands.add_parser("locate", help="where a trove's drive is mounted now")
    add_case(place)
    place.add_argument("trove", type=Path, nargs="?", metavar="DIR")
    place.set_defaults(run=_locate)
    measure = commands.add_parser("bench", help="measure side by side with a peer, in one run")
    measure.add_argument("name", nargs="?", metavar="NAME")
    measure.add_argument("--people", action="store_true", help="the same as `bench people`")
    measure.add_argument("--docs", type=int, default=20_000, metavar="N")
    measure.add_argument(
        "--trove",
        type=Path,
        metavar="DIR",
        help="what `bench formats`, `index`, `ingest` and `people` read",
    )
    measure.add_argument("--json", action="store_true")
    measure.set_defaults(run=_bench)


def _verify(options: argparse.Namespace) -> int:
    if export_check.is_export(options.case):
        return _verify_export(options)
    with opened(options) as case:
        findings, acts, head = verify.verify_case(case)
        told = acquisition.listed(case) if options.trove else []
        if options.trove:
            findings += verify.verify_trove(case, options.trove, lambda: False)
    for finding in findings:
        show(f"{finding.subject}: {finding.problem}")
    if findings:
        note(f"{counted(len(findings), 'thing')} to look at.")
        return 1
    note(f"Everything holds: {counted(acts, 'act')}, head {head}.")
    for each in told:
        who = f"{each['reviewer']} on {each['computer']}"
        note(f"Acquired {each['utc']} by {who}; hash list {each['hash_list']}.")
    return 0


def _acquisition(options: argparse.Namespace) -> int:
    with opened(options) as case:
        for each in acquisition.listed(case):
            if options.json:
                emit(each)
                continue
            whole = "" if each["complete"] else ", stopped before its end"
            show(f"{each['utc']}  {each['source']}  custodian: {each['custodian'] or '(none)'}")
            show(f"    by {each['reviewer']} on {each['computer']}, device {each['device']}")
            show(
                f"    {each['files']:,} files, {each['documents']:,} documents, "
                f"{each['failures']:,} failures{whole}; readers: {each['sandbox'] or '(none)'}"
            )
            show(f"    hash list {each['hash_list']}, act {each['act']}")
    return 0


def _locate(options: argparse.Namespace) -> int:
    """Without a folder, the troves that are known and whether they are there."""
    with opened(options) as case:
        if options.trove is not None:
            old = trove.locate(case, options.trove)
            note(f"The trove that stood at {old} is known to stand at {options.trove} now.")
            return 0
        gone = trove.missing(case.catalogue)
        for root in case.catalogue.troves():
            show(f"{'missing' if root in gone else 'there':<8} {root}")
    return 1 if gone else 0


def _verify_export(options: argparse.Namespace) -> int:
    """An export needs no passphrase: everything that is checked stands in it."""
    if options.trove:
        raise UserError("--trove is compared with a case; this is an export.")
    found = export_check.check(options.case, exporting.holds)
    for wrong in found.wrong:
        show(f"{wrong.name}: {wrong.problem}")
    if found.wrong:
        note(f"{counted(len(found.wrong), 'thing')} to look at: this is not the export as made.")
        return 1
    said = found.said
    if said["kind"] == "loadfile":
        return _verify_production(options.case, found)
    note(f"Everything holds: {counted(found.files, 'file')} of an export {said['kind']}.")
    note(f"Made {said['made']} with {said['tool']}, at the ledger's head {said['head']}.")
    return 0


def _verify_production(folder: Path, found: export_check.Checked) -> int:
    """A production whose bytes hold: whether its load files fit them, too."""
    problems = list(loadfile_read.problems(folder, profiles.load(str(folder / "profile.toml"))))
    for problem in problems:
        show(problem)
    holds = "do not fit its files" if problems else "fit its files"
    note(f"{counted(found.files, 'file')} as they were made; the load files {holds}.")
    return 1 if problems else 0


def _bench(options: argparse.Namespace) -> int:
    if options.people:
        options.name = "people"
    if options.name == "formats":
        return _bench_formats(options)
    if options.docs < 100:
        raise UserError("--docs needs at least 100, or nothing can be measured.")
    # Peers and the sample's writers are slow to import, and no other command needs them.
    from evidencebox.services import bench

    if options.name and options.name not in bench.BENCHES:
        raise UserError(
            f"No bench {options.name}; there is: {', '.join([*bench.BENCHES, 'formats'])}."
        )
    for line in _lines(options):
        if options.json:
            emit(
                {
                    "name": line.name,
                    "value": line.value,
                    "unit": line.unit,
                    "peer": line.peer,
                    "peer_value": line.peer_value,
                    "ratio": line.ratio,
                }
            )
        else:
            show(
                f"{line.name:<28} {line.value:>12,.3f} {line.unit:<6} "
                f"{line.peer}: {line.peer_value:,.3f}   ratio {line.ratio:,.2f}"
            )
    return 0


def _lines(options: argparse.Namespace) -> Iterator[BenchLine]:
    from evidencebox.services import bench

    troves = {"index": bench.index_of, "ingest": bench.ingest_of, "people": bench.people_of}
    given = troves.get(options.name or "")
    if given is None or options.trove is None:
        return bench.run(options.name, options.docs)
    marked = options.name == "people" and options.trove.suffix == ".json"
    if not (options.trove.is_file() if marked else options.trove.is_dir()):
        raise UserError(f"There is no folder at {options.trove}.")
    return given(options.trove.absolute())


def _bench_formats(options: argparse.Namespace) -> int:
    """JSON lines, or the table of docs/formats.md."""
    from evidencebox.services import bench_formats

    if options.trove is None or not options.trove.is_dir():
        raise UserError("`bench formats` needs --trove with a folder of documents.")
    if not options.json:
        show("| media type | reader | documents | with text | statuses | median ms | worst ms |")
        show("| --- | --- | ---: | ---: | --- | ---: | ---: |")
    for line in bench_formats.measure(options.trove.absolute()):
        if options.json:
            emit(dataclasses.asdict(line))
            continue
        share = line.with_text / line.documents
        statuses = ", ".join(f"{status} {number}" for status, number in line.statuses.items())
        show(
            f"| {line.format} | {line.engine} | {line.documents:,} | {share:.0%} | {statuses} "
            f"| {line.median_ms:.1f} | {line.worst_ms:,.0f} |"
        )
    return 0


def self_test() -> int:
    """Runs every part of this build on a sample; prints a table; 0 when all of it works."""
    from evidencebox.services import selftest

    failed, seconds = 0, 0.0
    for step in selftest.run():
        done = "ok" if step.passed else "FAILED"
        show(f"{done:<7} {step.name:<24} {step.seconds:>6.1f} s  {step.detail}")
        failed += not step.passed
        seconds += step.seconds
    proved = f"{failed} of its parts failed" if failed else "this build works"
    show(f"{'FAILED' if failed else 'ok':<7} {'all of it':<24} {seconds:>6.1f} s  {proved}")
    return 1 if failed else 0
