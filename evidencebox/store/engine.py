"""SQLAlchemy over the vault's connections: one engine a database, explicit transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool

from evidencebox.vault import database

Connect = Callable[[], database.Connection]


def make_engine(connect: Connect) -> Engine:
    """An engine whose connections come from the vault with their key set.

    The vault's connections are in autocommit mode, so BEGIN is said here: IMMEDIATE for a writer,
    who then never fails half-way for a lock, and plain for readers.
    """
    engine = create_engine(
        "sqlite://", module=database.dbapi, creator=connect, poolclass=QueuePool, pool_size=4
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


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
