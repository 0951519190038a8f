"""The engines that stand beside ours when it is measured. None of them encrypts.

tantivy is no dependency of EvidenceBox: `pip install evidencebox[bench]`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from evidencebox.errors import UserError
from evidencebox.index.bench_texts import FACETS, Query, Text

THREADS = 2
LIMIT = 10
_HEAP = 512_000_000
_FIELDS = ("body", "subject", "name")


class Engine(Protocol):
    """What is measured of each engine."""

    name: str

    def build(self, texts: Iterable[Text]) -> None:
        """Indexes everything, to the last merge that falls due by itself."""

    def open(self) -> None:
        """Opens what `build` left, as a new process does."""

    def search(self, query: Query, *, facets: bool) -> int:
        """The best ten, the exact total, and with `facets` the counts of all values."""

    def size(self) -> tuple[int, int]:
        """Bytes on disk: what is searched, and the texts kept for showing (0: none are kept)."""


def typed(query: Query) -> str:
    """The words of a query as all engines here write them; filters are left to each."""
    words = query.words
    if query.kind.startswith("phrase"):
        return f'"{" ".join(words)}"'
    if query.kind == "prefix":
        return f"{words[0]}*"
    return (" OR " if query.kind == "OR of five" else " AND ").join(words)


class Tantivy:
    """tantivy with two threads; page texts kept in its document store, as ours keeps them."""

    def __init__(self, folder: Path) -> None:
        try:
            import tantivy
        except ImportError:
            raise UserError(
                "This bench needs tantivy, which EvidenceBox itself does not: "
                "python -m pip install 'evidencebox[bench]'."
            ) from None
        self._tantivy = tantivy
        self._folder = folder / "tantivy"
        self._folder.mkdir(exist_ok=True)
        self.name = f"tantivy {version('tantivy')}, {THREADS} threads"
        self._index: Any = None
        self._searcher: Any = None

    def _made(self) -> Any:
        builder = self._tantivy.SchemaBuilder()
        for name in _FIELDS:
            builder.add_text_field(name, stored=name == "body")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        return self._tantivy.Index(builder.build(), str(self._folder))

    def build(self, texts: Iterable[Text]) -> None:
        writer = self._made().writer(heap_size=_HEAP, num_threads=THREADS)
        for text in texts:
            facets = dict(zip(FACETS, text.facets, strict=True))
            body = "\n".join(text.pages)
            writer.add_document(
                self._tantivy.Document(body=body, subject=text.subject, name=text.name, **facets)
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = self._tantivy.Index.open(str(self._folder))
        self._searcher = self._index.searcher()

    def search(self, query: Query, *, facets: bool) -> int:
        text = typed(query) + (f" AND type:{query.type}" if query.type else "")
        parsed = self._parsed(query, text)
        found = self._searcher.search(parsed, limit=LIMIT, count=True)
        if facets:
            wanted = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}
            self._searcher.aggregate(parsed, wanted)
        return int(found.count)

    def _parsed(self, query: Query, text: str) -> Any:
        if query.kind != "prefix":
            return self._index.parse_query(text, list(_FIELDS))
        # Its parser has prefixes only inside phrases.
        kind, schema = self._tantivy.Query, self._index.schema
        pattern = f"{query.words[0]}.*"
        parts = [(self._tantivy.Occur.Should, kind.regex_query(schema, name, pattern))
                 for name in _FIELDS]  # fmt: skip
        return kind.boolean_query(parts)

    def size(self) -> tuple[int, int]:
        files = [file for file in self._folder.iterdir() if file.is_file()]
        stored = sum(file.stat().st_size for file in files if file.suffix == ".store")
        return sum(file.stat().st_size for file in files) - stored, stored


class Fts5:
    """FTS5 of plain SQLite; the texts themselves are not kept (`content=''`)."""

    name = f"FTS5 of SQLite {sqlite3.sqlite_version}"

    def __init__(self, folder: Path) -> None:
        self._file = folder / "fts5.db"
        self._connection: sqlite3.Connection | None = None

    def build(self, texts: Iterable[Text]) -> None:
        with contextlib.closing(sqlite3.connect(self._file)) as connection, connection:
            connection.execute("PRAGMA journal_mode = WAL")
            columns = ", ".join(f"{name} TEXT" for name in FACETS)
            connection.execute(f"CREATE TABLE facets (id INTEGER PRIMARY KEY, {columns})")
            connection.execute(
                f"CREATE VIRTUAL TABLE words USING fts5({', '.join(_FIELDS)}, content='')"
            )
            for text in texts:
                row = (text.number, "\n".join(text.pages), text.subject, text.name)
                connection.execute(
                    "INSERT INTO words (rowid, body, subject, name) VALUES (?, ?, ?, ?)", row
                )
                connection.execute(
                    "INSERT INTO facets VALUES (?, ?, ?, ?, ?)", (text.number, *text.facets)
                )

    def open(self) -> None:
        self._connection = sqlite3.connect(self._file)

    def search(self, query: Query, *, facets: bool) -> int:
        assert self._connection is not None
        ask = self._connection.execute
        where, values = "words MATCH ?", [typed(query)]
        if query.type:
            where += " AND rowid IN (SELECT id FROM facets WHERE type = ?)"
            values.append(query.type)
        best = f"SELECT rowid FROM words WHERE {where} ORDER BY rank LIMIT {LIMIT}"
        ask(best, values).fetchall()
        if facets:
            rows = ask(
                f"SELECT {', '.join(FACETS)} FROM facets WHERE id IN"
                f" (SELECT rowid FROM words WHERE {where})",
                values,
            ).fetchall()
            for column in zip(*rows, strict=True):
                Counter(column)
            return len(rows)
        (count,) = ask(f"SELECT count(*) FROM words WHERE {where}", values).fetchone()
        return int(count)

    def size(self) -> tuple[int, int]:
        return self._file.stat().st_size, 0


class Whoosh:
    """Whoosh's own index, in one process; never given more than its cap of documents."""

    name = "Whoosh-Reloaded 2.7.5"
    most = 20_000

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "whoosh"
        self._folder.mkdir(exist_ok=True)
        self._searcher: Any = None
        self._parser: Any = None

    def build(self, texts: Iterable[Text]) -> None:
        from whoosh import fields, index
        from whoosh.analysis import LowercaseFilter, RegexTokenizer

        made = fields.Schema(
            number=fields.STORED,
            **{
                name: fields.TEXT(analyzer=RegexTokenizer() | LowercaseFilter()) for name in _FIELDS
            },
            **{name: fields.ID for name in FACETS},
        )
        writer = index.create_in(self._folder, made).writer(limitmb=256)
        for text in texts:
            writer.add_document(
                number=text.number,
                body="\n".join(text.pages),
                subject=text.subject,
                name=text.name,
                **dict(zip(FACETS, text.facets, strict=True)),
            )
        writer.commit()

    def open(self) -> None:
        from whoosh import index
        from whoosh.qparser import MultifieldParser

        opened = index.open_dir(self._folder)
        self._searcher = opened.searcher()
        self._parser = MultifieldParser(list(_FIELDS), opened.schema)

    def search(self, query: Query, *, facets: bool) -> int:
        text = typed(query) + (f" AND type:{query.type}" if query.type else "")
        return len(self._searcher.search(self._parser.parse(text), limit=LIMIT))

    def size(self) -> tuple[int, int]:
        return sum(file.stat().st_size for file in self._folder.iterdir()), 0
