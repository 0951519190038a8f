"""How long a reviewer waits for the window, on a case of so many documents that nobody wrote.

The window runs in a process of its own, as it does for people, and says how long each thing took
to be on screen; memory is that of the process and what it starts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.index import bench_texts
from evidencebox.index.bench import BenchLine
from evidencebox.index.segment import Segment
from evidencebox.model.documents import DocumentType, Location, Status
from evidencebox.model.ids import OfficerId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.people import Officer
from evidencebox.sample import generate
from evidencebox.services import case as cases
from evidencebox.services import mention_search, officers
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.bench_watch import Watch
from evidencebox.services.case import Case
from evidencebox.services.entry import index_entry
from evidencebox.services.indexing import put
from evidencebox.services.worker_process import own_command
from evidencebox.store.bench import put_documents

AIMS = {"prompt": 1_500.0, "search": 150.0, "document": 100.0, "memory": 500.0, "held": 100.0}
_PASSPHRASE = "a passphrase for a case that is thrown away"  # no secret: see the name
_OFFICERS, _STARTS, _READ, _BATCH = 3_600, 3, 150, 4_000
_FILES = 2_000
_DAY = 86_400


def bench_desk(folder: Path, documents: int) -> Iterator[BenchLine]:
    """Start, searches, documents and memory, each beside its aim. Needs psutil."""
    if not find_spec("psutil"):
        raise UserError(
            "This bench needs psutil, which EvidenceBox itself does not: "
            "python -m pip install 'evidencebox[bench]'."
        )
    case = folder / "Bench.evidencebox"
    corpus = bench_texts.write(folder / "texts.jsonl", documents)
    began = time.perf_counter()
    _make(case, map(_entry, bench_texts.read(corpus)))
    yield BenchLine(
        "documents in the case", documents, "documents", "seconds to make it", _since(began), 1.0
    )
    (folder / "passphrase").write_text(_PASSPHRASE, encoding="utf-8")
    starts = [_run(folder, case, {"searches": []}).seconds for _ in range(_STARTS)]
    yield _beside("start to the passphrase", statistics.median(starts) * 1000, "ms", "prompt")
    generate(folder / "sample", min(documents, _FILES), _OFFICERS, 1)
    words = [bench_texts.word(rank) for rank in (3, 12, 40, 150, 900, 5_000)]
    said = _run(
        folder,
        case,
        {
            "searches": [*words, f"{words[0]} {words[1]}", f'"{words[0]} {words[1]}"', "bac*", ""],
            "reading": words[2],
            "documents": _READ,
            "trove": str(folder / "sample" / "trove"),
        },
    )
    yield from _lines(said)


def _lines(said: _Said) -> Iterator[BenchLine]:
    figures = said.figures
    unlocked = figures["unlocked"][0]
    yield BenchLine("passphrase to a full desk", unlocked, "ms", "none", 0.0, 1.0)
    for name, kind, words in (
        ("search", "search", "search to first rows"),
        ("document", "document", "key to next document"),
        ("document, importing", "document", "key to next, importing"),
    ):
        values = sorted(figures[name])
        yield _beside(f"{words}, median", statistics.median(values), "ms", kind)
        yield _beside(f"{words}, 95th", values[int(0.95 * len(values))], "ms", kind)
    yield _beside("memory, opening", said.opening, "MB", "memory")
    yield _beside("memory, reading", said.memory, "MB", "memory")
    for name, words in (("document", "reading"), ("document, importing", "reading, importing")):
        more = said.more[f"{name} held"]
        yield _beside(f"held, {words}, 99th", figures[f"{name} held"][0], "ms", "held")
        yield _beside(f"held, {words}, longest", more["worst"], "ms", "held")
        spent = said.more[f"{name} spent"]["worst"]
        yield _beside(f"processor in one go, {words}", spent, "ms", "held")
        yield BenchLine(f"held over 100 ms, {words}", more["over"], "times", "aim", 0.0, 1.0)
    # What was measured beside an import is worth nothing where that was over before.
    running = said.more["files"]["running"]
    yield BenchLine(
        "files imported meanwhile", figures["files"][0], "files", "still running", running, 1.0
    )


def _beside(name: str, value: float, unit: str, aim: str) -> BenchLine:
    return BenchLine(name, value, unit, "aim", AIMS[aim], AIMS[aim] / max(value, 1e-9))


@dataclass(slots=True)
class _Said:
    """What the window said of itself; memory at most, in MB, while the case was being opened, for
    which a passphrase is stretched, and while documents were searched and read."""

    seconds: float = 0.0
    opening: float = 0.0
    memory: float = 0.0
    figures: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    more: dict[str, Mapping[str, float]] = field(default_factory=dict)


def _run(folder: Path, case: Path, job: Mapping[str, object]) -> _Said:
    """The window in a process of its own, to the end of its job."""
    file = folder / "job.json"
    file.write_text(json.dumps(job), encoding="utf-8")
    command = own_command("gui", str(case), "--passphrase-file", str(folder / "passphrase"))
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    said, began = _Said(), time.perf_counter()
    process = subprocess.Popen(
        [*command, "--measure", str(file)], stdout=subprocess.PIPE, env=environment, text=True
    )
    watch = Watch(process.pid)
    with process:
        assert process.stdout
        for line in process.stdout:
            told = json.loads(line)
            name = told.pop("name")
            if name == "prompt":
                said.seconds = time.perf_counter() - began
            if name == "unlocked":
                said.opening = watch.begin_again()
            if name == "read":
                said.memory = watch.peak
            said.figures[name].append(told.pop("value"))
            said.more[name] = told
    watch.result()
    if process.returncode:
        raise RuntimeError("the window could not be measured")
    return said


def _entry(text: bench_texts.Text) -> IndexEntry:
    """A text as an import would have indexed it: with a path, a date and a type."""
    kind, custodian, language, folder = text.facets
    plain = bench_texts.entry(text)
    place = Location(f"{folder}/{text.name} {text.number}.txt", None, custodian)
    day = time.strftime("%Y-%m-%dT00:00:00Z", time.gmtime(1_400_000_000 + text.number * _DAY // 40))
    metadata = {"subject": (text.subject,), "language": (language,)}
    return index_entry(
        plain.document,
        (place,),
        DocumentType(kind),
        Status.OK,
        metadata,
        day,
        plain.size,
        (0, 0),
        plain.pages,
    )


def _make(folder: Path, entries: Iterable[IndexEntry]) -> None:
    """A case as an import leaves it, without one: the texts come from no file."""
    case, _ = cases.create(folder, "Bench", _PASSPHRASE)
    try:
        people = [
            Officer(OfficerId(f"officer-{number}"), str(number), f"Name{number}", "A")
            for number in range(_OFFICERS)
        ]
        officers.put(case, people)
        put_documents(case.catalogue, str(folder.parent), _indexed(case, entries))
        case.index.settle()
        # Else the window begins with it, and everything is measured beside that.
        mention_search.refresh_mentions(case, os.cpu_count() or 1)
    finally:
        case.close()


def _indexed(case: Case, entries: Iterable[IndexEntry]) -> Iterator[IndexEntry]:
    """Puts the entries into the index, and hands them on."""
    with AnalysePool(max(1, os.cpu_count() or 1)) as analyse:
        batch: list[IndexEntry] = []
        waiting: tuple[Sequence[IndexEntry], Future[Segment]] | None = None
        for entry in entries:
            batch.append(entry)
            if len(batch) == _BATCH:
                # One is inverted while the one before it is written.
                ahead = (batch, analyse.submit(batch))
                if waiting is not None:
                    put(case.index, analyse, *waiting)
                waiting, batch = ahead, []
            yield entry
        if waiting is not None:
            put(case.index, analyse, *waiting)
        if batch:
            put(case.index, analyse, batch, analyse.submit(batch))


def _since(began: float) -> float:
    return time.perf_counter() - began
