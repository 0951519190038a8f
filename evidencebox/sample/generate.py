"""Writes a sample: trove, roster and answer key."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.sample.deck import deal
from evidencebox.sample.roster import Cast, make_cast, write_roster
from evidencebox.sample.scene import File, Recipe, Scene
from evidencebox.sample.truth import AnswerKey

MAX_OFFICERS = 5_000
_PARTS = ("trove", "roster.csv", "answers.jsonl")
_ZONE = timezone(timedelta(hours=-5))
_BEGIN = datetime(2017, 1, 9)
_DAYS = 1_560
_COPIED_BYTES = 200_000
_USERS = ("records", "chief-office", "iad-clerk", "hr-temp")


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written.

    `files` and `bytes` count the trove's files, `documents` different items with those inside
    others; `lines` counts the answer key by kind, `types` the files by the end of their names.
    """

    trove: Path
    roster: Path
    answers: Path
    files: int
    bytes: int
    documents: int
    officers: int
    lines: dict[str, int]
    types: dict[str, int]


def generate(
    folder: Path,
    documents: int = 400,
    officers: int = 300,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> SampleSummary:
    """Writes `trove/` (`documents` files), `roster.csv` and `answers.jsonl` to `folder`.

    The same numbers give the same bytes and times on every machine and day. `progress` gets
    (files written, files in all). Raises UserError when `folder` holds a sample already, cannot
    be written to, or a number is out of range. Files are written as they are made, so memory
    does not grow with them.
    """
    _check(folder, documents, officers)
    cast = make_cast(officers, seed)
    try:
        return _write(folder, cast, documents, seed, progress or _silent)
    except OSError as error:
        reason = error.strerror or "the disk refused it"
        raise UserError(
            f"The sample could not be written ({reason}); choose another folder, or make room."
        ) from error


def _silent(done: int, total: int) -> None:
    """What progress is told to when nobody listens."""


def _write(
    folder: Path, cast: Cast, documents: int, seed: int, progress: Callable[[int, int], None]
) -> SampleSummary:
    trove, roster, answers = (folder / name for name in _PARTS)
    trove.mkdir(parents=True)
    write_roster(roster, cast)
    types: Counter[str] = Counter()
    size = files = 0
    with answers.open("w", encoding="utf-8", newline="\n") as stream:
        key, writer = AnswerKey(stream), _TroveWriter(trove)
        for file in _files(cast, documents, seed):
            writer.write(file)
            key.add(file.item)
            files, size = files + 1, size + len(file.item.data)
            types[_ending(file.item.name)] += 1
            progress(files, documents)
    return SampleSummary(
        trove, roster, answers, files, size, key.documents, len(cast.members),
        dict(sorted(key.counts.items())), dict(sorted(types.items())),
    )  # fmt: skip


def _check(folder: Path, documents: int, officers: int) -> None:
    if documents < 1:
        raise UserError("A sample needs at least one document; give a larger number.")
    if not 1 <= officers <= MAX_OFFICERS:
        raise UserError(f"A sample's roster has 1 to {MAX_OFFICERS} officers; give such a number.")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; choose a folder for the sample.")
    if any((folder / name).exists() for name in _PARTS):
        raise UserError(f"{folder} holds a sample already; choose another folder for this one.")


def _ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _files(cast: Cast, documents: int, seed: int) -> Iterator[File]:
    yield from islice(_with_copies(_papers(cast, seed), seed), documents)


def _papers(cast: Cast, seed: int) -> Iterator[File]:
    for number, recipe in enumerate(deal(random.Random(f"{seed}:deck"))):
        yield from _play(cast, f"{seed}:{number}", recipe)


def _with_copies(papers: Iterator[File], seed: int) -> Iterator[File]:
    """Now and then the same bytes again in another folder, soon after or much later."""
    rng = random.Random(f"{seed}:copies")
    kept: list[File] = []
    for number, file in enumerate(papers):
        yield file
        if len(file.item.data) < _COPIED_BYTES and not file.item.broken:
            kept.append(file)
            if len(kept) > 60:
                kept.pop(rng.randrange(50))
        if kept and (number == 12 or rng.random() < 0.04):
            copied = rng.choice(kept)
            yield File(f"Users/{rng.choice(_USERS)}/Backup", copied.item)


def _play(cast: Cast, seed: str, recipe: Recipe) -> Iterator[File]:
    """The files of one recipe: its chance is its own, so that papers do not hang on one another."""
    rng = random.Random(seed)
    when = _BEGIN + timedelta(days=rng.randint(0, _DAYS), minutes=rng.randint(420, 1260))
    scene = Scene(rng, cast, when)
    yield from recipe(scene)
    if rng.random() < 0.03:
        yield from _near_duplicate(seed, recipe, scene)


def _near_duplicate(seed: str, recipe: Recipe, scene: Scene) -> Iterator[File]:
    """The same paper some days later, with other dates and a sentence more."""
    rng = random.Random(seed)
    rng.randint(0, _DAYS), rng.randint(420, 1260)
    later = replace(scene, rng=rng, when=scene.when + timedelta(days=3), revised=True)
    yield from recipe(later)


class _TroveWriter:
    """Gives each file a path of its own on every file system, and the fiction's time."""

    def __init__(self, trove: Path) -> None:
        self._trove = trove
        self._taken: set[str] = set()

    def write(self, file: File) -> None:
        path = self._trove / self._free(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.item.data)
        moment = file.item.when.replace(tzinfo=_ZONE).timestamp()
        os.utime(path, (moment, moment))

    def _free(self, file: File) -> str:
        stem, dot, ending = file.item.name.rpartition(".")
        if not dot:
            stem, ending = file.item.name, ""
        name, number = file.item.name, 1
        while f"{file.folder}/{name}".casefold() in self._taken:
            number += 1
            name = f"{stem} ({number}){dot}{ending}"
        relative = f"{file.folder}/{name}"
        self._taken.add(relative.casefold())
        return relative
