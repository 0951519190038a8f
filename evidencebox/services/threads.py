"""Threads of messages: worked out anew after a text pass that read any, and kept by document.

A thread is named after its first message, so two laptops that read the same mail agree, in
whatever order they read it. An earlier message that is found later gives its thread a new name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from evidencebox.analysis.threads import Message, threads
from evidencebox.model.ids import DocumentId
from evidencebox.services.case import Case
from evidencebox.store.found import Mail
from evidencebox.store.threads import Threads

MOST_PEOPLE = 100
"""Of a message to a whole town, the first hundred addresses are enough to know an answer by."""
_PEOPLE = ("from", "to", "cc", "bcc")


def thread_mail(case: Case, cancelled: Callable[[], bool]) -> None:
    """Puts all messages of the case into threads, where any were read since the last time.

    Where it is cancelled or killed, nothing is written, and the next ingest does it.
    """
    kept = Threads(case.catalogue)
    if not kept.waiting():
        return
    messages = []
    for mail in kept.mails():
        if cancelled():
            return
        messages.append(_message(mail))
    kept.put(
        {
            DocumentId(member.key): thread_id(DocumentId(thread.key))
            for thread in threads(messages)
            for member in thread.members
        }
    )


def thread_id(first: DocumentId) -> str:
    """The name of the thread whose first message is `first`: 16 lower-case hex digits."""
    return hashlib.sha256(f"evidencebox thread 1\0{first}".encode()).hexdigest()[:16]


def _message(mail: Mail) -> Message:
    said = mail.metadata
    people = [person for key in _PEOPLE for person in said.get(key, ())]
    return Message(
        key=mail.document,
        message_id=next(iter(said.get("message_id", ())), ""),
        in_reply_to=tuple(said.get("in_reply_to", ())),
        references=tuple(said.get("references", ())),
        subject=next(iter(said.get("subject", ())), ""),
        date=mail.date,
        people=tuple(people[:MOST_PEOPLE]),
        conversation=next(iter(said.get("conversation", ())), ""),
    )
