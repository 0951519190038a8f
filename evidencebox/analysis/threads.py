"""Messages that answer one another, put together: by their ids, else by subject and people.

Pure and independent of the order in which messages come: two laptops find the same threads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

_PREFIX: Final = re.compile(
    r"\s*(?:(?P<reply>re|aw|antw|antwort|sv|vs|odp|rif|ref|回复|答复|回覆|답장|res)"
    r"|(?P<forward>fwd?|wg|tr|rv|vb|enc|i|转发|轉寄|전달))\s*(?:\[\d{1,4}\]|\(\d{1,4}\))?\s*[:\uff1a]",
    re.I,
)
_LIST: Final = re.compile(r"\s*\[[^\]\n]{1,60}\]")
_ADDRESS: Final = re.compile(r"[^\s<>\"(),;:]+@[^\s<>\"(),;:]+")
_MOST_PREFIXES: Final = 50
_LONGEST_GAP: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Message:
    """What threading asks of one message. `key` is its document's; dates are ISO 8601 in UTC.

    `people` are addresses as headers give them; `conversation` is Outlook's mark, '' if unknown.
    """

    key: str
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subject: str = ""
    date: str = ""
    people: tuple[str, ...] = ()
    conversation: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """Its place among others: by date, then by key, so that the order is the same always."""
        return self.date, self.key


@dataclass(frozen=True, slots=True)
class Member:
    """One message in its thread; `parent` is the key of what it answers, '' if that is not here."""

    key: str
    parent: str


@dataclass(frozen=True, slots=True)
class Thread:
    """Messages in order of their dates. `key` is that of the first; `subject` has no prefixes."""

    key: str
    subject: str
    members: tuple[Member, ...]


def threads(messages: Iterable[Message]) -> list[Thread]:
    """All threads, those of one message too, in order of their first messages.

    Messages belong together when one names the other, when both name a third (even one that is
    not here), or when they bear the same mark of Outlook's. An answer that names nothing joins
    the message before it, of at most 60 days earlier, with the same subject and a person in
    common. Of messages with one key the first by place stands.
    """
    known: dict[str, Message] = {}
    for message in sorted(messages, key=lambda each: (each.place, repr(each))):
        known.setdefault(message.key, message)
    groups = _Groups()
    for message in known.values():
        for name in _names(message):
            groups.join(f"document {message.key}", name)
    for orphan, before in _by_subject(known.values()):
        groups.join(f"document {orphan.key}", f"document {before.key}")
    found: dict[str, list[Message]] = defaultdict(list)
    for message in known.values():
        found[groups.first(f"document {message.key}")].append(message)
    made = [_thread(group) for group in found.values()]
    return sorted(made, key=lambda thread: known[thread.key].place)


def base_subject(subject: str) -> str:
    """A subject without `Re:`, `Fwd:`, `AW:` and their kin, list names, case and double spaces."""
    rest, _ = _without_prefixes(subject)
    return " ".join(rest.split()).casefold()


def is_reply(subject: str) -> bool:
    """Whether a subject says that the message is an answer."""
    return _without_prefixes(subject)[1]


def _without_prefixes(subject: str) -> tuple[str, bool]:
    reply = False
    for _ in range(_MOST_PREFIXES):
        if match := _PREFIX.match(subject):
            reply = reply or match.group("reply") is not None
        elif not (match := _LIST.match(subject)) or not subject[match.end() :].strip():
            break
        subject = subject[match.end() :]
    return subject, reply


def _names(message: Message) -> Iterator[str]:
    """Everything that ties it to others."""
    for name in (message.message_id, *message.in_reply_to, *message.references):
        if cleaned := name.strip():
            yield f"message {cleaned}"
    if message.conversation:
        yield f"conversation {message.conversation}"


class _Groups:
    """Names that belong together (a union–find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def first(self, name: str) -> str:
        path = []
        while (above := self._above.setdefault(name, name)) != name:
            path.append(name)
            name = above
        for passed in path:
            self._above[passed] = name
        return name

    def join(self, one: str, other: str) -> None:
        a, b = self.first(one), self.first(other)
        self._above[max(a, b)] = min(a, b)


def _by_subject(messages: Collection[Message]) -> Iterator[tuple[Message, Message]]:
    """Each answer that names nothing, with the message it seems to answer."""
    wanted = {base_subject(message.subject) for message in messages if _is_orphan(message)} - {""}
    alike: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in messages if wanted else ():
        subject = base_subject(message.subject)
        for person in sorted(_people(message)) if subject in wanted else ():
            alike[subject, person].append(message)
    for group in alike.values():
        group.sort(key=lambda message: message.place)
        for before, message in pairwise(group):
            if _is_orphan(message) and _near(before.date, message.date):
                yield message, before


def _people(message: Message) -> set[str]:
    return {said.lower() for each in message.people for said in _ADDRESS.findall(each)}


def _is_orphan(message: Message) -> bool:
    named = message.in_reply_to or message.references or message.conversation
    return not named and is_reply(message.subject)


def _near(earlier: str, later: str) -> bool:
    """Whether two dates are within 60 days; where one is unknown, they may be."""
    try:
        first, second = datetime.fromisoformat(earlier), datetime.fromisoformat(later)
        return second.replace(tzinfo=None) - first.replace(tzinfo=None) <= _LONGEST_GAP
    except ValueError:
        return True


def _thread(group: list[Message]) -> Thread:
    group.sort(key=lambda message: message.place)
    parents = _acyclic(_parents(group), group)
    members = tuple(Member(message.key, parents.get(message.key, "")) for message in group)
    return Thread(group[0].key, base_subject(group[0].subject), members)


def _parents(group: list[Message]) -> dict[str, str]:
    """What each message answers: the nearest of those it names that are here."""
    holder: dict[str, str] = {}
    for message in group:
        if message.message_id.strip():
            holder.setdefault(message.message_id.strip(), message.key)
    parents = {}
    for message in group:
        for name in (*message.in_reply_to, *reversed(message.references)):
            parent = holder.get(name.strip(), message.key)
            if parent != message.key:
                parents[message.key] = parent
                break
    return parents


def _acyclic(parents: dict[str, str], group: list[Message]) -> dict[str, str]:
    """Messages that name each other in a ring: the first of them by place answers nothing."""
    order = {message.key: at for at, message in enumerate(group)}
    done: set[str] = set()
    for start in sorted(parents, key=order.__getitem__):
        path: list[str] = []
        on_path: set[str] = set()
        at = start
        while at in parents and at not in done and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = parents[at]
        if at in on_path:
            ring = path[path.index(at) :]
            del parents[min(ring, key=order.__getitem__)]
        done |= on_path
    return parents
