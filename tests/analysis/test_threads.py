"""Threads: what belongs together, whatever the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.analysis.threads import Member, Message, base_subject, is_reply, threads

IDS = [f"<{name}@example.org>" for name in "abcde"]


def keys(messages: list[Message]) -> list[list[str]]:
    return [[member.key for member in thread.members] for thread in threads(messages)]


def test_answers_follow_what_they_answer() -> None:
    first = Message("1", "<a>", subject="Dock 7", date="2021-04-01T08:00:00Z")
    second = Message("2", "<b>", ("<a>",), ("<a>",), "Re: Dock 7", "2021-04-01T09:00:00Z")
    third = Message("3", "<c>", (), ("<a>", "<b>"), "AW: Re: Dock 7", "2021-04-01T10:00:00Z")
    alone = Message("4", "<d>", subject="Dock 7", date="2021-04-02T08:00:00Z")
    (thread, other) = threads([alone, third, first, second])
    assert thread.members == (Member("1", ""), Member("2", "1"), Member("3", "2"))
    assert (thread.key, thread.subject) == ("1", "dock 7")
    assert [member.key for member in other.members] == ["4"]


def test_two_answers_to_a_message_that_is_not_here() -> None:
    found = keys([Message("1", "<b>", ("<gone>",)), Message("2", "<c>", (), ("<gone>",))])
    assert found == [["1", "2"]]


def test_copies_of_one_message_are_together() -> None:
    assert keys([Message("1", "<a>"), Message("2", "<a>")]) == [["1", "2"]]


def test_outlooks_mark() -> None:
    assert keys([Message("1", conversation="01d3"), Message("2", conversation="01d3")]) == [
        ["1", "2"]
    ]


def test_subject_needs_an_answer_a_person_and_nearness() -> None:
    ann, bob = "Ann <ann@example.org>", "BOB@example.org"
    asked = Message("1", "<a>", subject="Report", date="2021-04-01T08:00:00Z", people=(ann, bob))
    answer = Message(
        "2", "<b>", subject="RE: report", date="2021-04-03T08:00:00Z", people=(bob.lower(),)
    )
    assert keys([answer, asked]) == [["1", "2"]]
    stranger = Message(
        "3", "<c>", subject="Re: Report", date="2021-04-02T08:00:00Z", people=("x@y.z",)
    )
    late = Message("4", "<d>", subject="Re: Report", date="2022-04-02T08:00:00Z", people=(ann,))
    again = Message("5", "<e>", subject="Report", date="2021-04-02T09:00:00Z", people=(ann,))
    assert keys([asked, stranger]) == [["1"], ["3"]]
    assert keys([asked, late]) == [["1"], ["4"]]
    assert keys([asked, again]) == [["1"], ["5"]]


def test_a_ring_is_cut_at_its_first() -> None:
    one = Message("1", "<a>", ("<b>",), date="2021-01-01")
    two = Message("2", "<b>", ("<a>",), date="2021-01-02")
    (thread,) = threads([two, one])
    assert thread.members == (Member("1", ""), Member("2", "1"))


@pytest.mark.parametrize(
    ("subject", "base", "reply"),
    [
        ("Re: [FOP-list] RE[2]: Fwd: Dock  7", "dock 7", True),
        ("WG: Dock 7", "dock 7", False),
        ("答复: Dock 7", "dock 7", True),
        ("Regarding: Dock 7", "regarding: dock 7", False),
        ("[urgent]", "[urgent]", False),
        ("Re:" * 1_000, "re:" * 950, True),
        ("", "", False),
    ],
)
def test_base_subjects(subject: str, base: str, reply: bool) -> None:
    assert (base_subject(subject), is_reply(subject)) == (base, reply)


MESSAGES = st.lists(
    st.builds(
        Message,
        key=st.sampled_from([str(number) for number in range(12)]),
        message_id=st.sampled_from(["", *IDS]),
        in_reply_to=st.lists(st.sampled_from(IDS), max_size=1).map(tuple),
        references=st.lists(st.sampled_from(IDS), max_size=3).map(tuple),
        subject=st.sampled_from(["", "Report", "Re: report", "Fw: Report", "Re: Dock"]),
        date=st.sampled_from(["", "2021-01-01T00:00:00Z", "2021-01-02T00:00:00", "2021-06-01"]),
        people=st.lists(st.sampled_from(["a@b.c", "d@e.f"]), max_size=2).map(tuple),
        conversation=st.sampled_from(["", "", "", "01"]),
    ),
    max_size=14,
)


@given(MESSAGES, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(messages: list[Message], random: object) -> None:
    once = threads(messages)
    shuffled = list(messages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert threads(shuffled) == once
    members = [member.key for thread in once for member in thread.members]
    assert sorted(members) == sorted({message.key for message in messages})


@given(MESSAGES)
def test_parents_are_in_the_thread_and_never_in_a_ring(messages: list[Message]) -> None:
    for thread in threads(messages):
        parents = {member.key: member.parent for member in thread.members}
        for key in parents:
            steps = 0
            while key:
                assert key in parents
                key, steps = parents[key], steps + 1
                assert steps <= len(parents)


def test_a_hundred_thousand_messages_in_a_row() -> None:
    row = [Message(f"{n:06}", f"<{n}>", (f"<{n - 1}>",), date="") for n in range(100_000)]
    (thread,) = threads(row)
    assert len(thread.members) == 100_000
    assert thread.members[-1].parent == "099998"
