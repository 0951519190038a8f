"""SQLAlchemy over the vault's connections: one engine a database, explicit transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.pool import QueuePool

from evidencebox.errors import UserError
from evidencebox.vault import database

_DAMAGED = "A database of the case is damaged; put it back from a backup."
_SENTENCES = {
    "is full": "The disk of the case folder is full, so nothing was changed; make room first.",
    "disk I/O error": "The disk of the case folder failed; mend it or copy the folder elsewhere.",
    "readonly database": "The case folder cannot be written to; copy it to where it can.",
    "is locked": "The case is held by another program; close that one and try again.",
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
}

Connect = Callable[[], database.Connection]


def make_engine(connect: Connect) -> Engine:
    """An engine whose connections come from the vault with their key set.

    The vault's connections are in autocommit mode, so BEGIN is said here: IMMEDIATE for a writer,
    who then never fails half-way for a lock, and plain for readers.
    """
    engine = create_engine(
        "sqlite://",
        module=database.dbapi,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        # What a statement carries is of the trove or of the review: not for messages.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> None:
        sentence = _explained(str(context.original_exception))
        if sentence:
            raise (database.DamagedDatabase if sentence is _DAMAGED else UserError)(
                sentence
            ) from None

    return engine


def _explained(message: str) -> str | None:
    """What SQLite says of the disk or of another holder, as a sentence; None: it is our bug."""
    return next((sentence for words, sentence in _SENTENCES.items() if words in message), None)


@contextmanager
def closing_on_error(engine: Engine) -> Iterator[None]:
    """Closes every connection where the rest of an opening fails."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A consistent view; ends without a trace."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed at the end, rolled back on any error."""
    with (
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection
