"""Measurements side by side with a peer, in one run: what the numbers in the docs come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidencebox.index.bench import BenchLine, bench_index

BENCHES: dict[str, Callable[[int], Iterator[BenchLine]]] = {
    "index": lambda documents: iter(bench_index(documents)),
}


def run(name: str | None, documents: int) -> Iterator[BenchLine]:
    """One bench by name, or all of them."""
    for each in [name] if name else BENCHES:
        yield from BENCHES[each](documents)
