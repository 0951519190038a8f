"""The traps: each stands in the default sample, and the key says what a careful reader would."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from evidencebox.sample.roster import make_cast

TRAPS = (
    "two_of_a_name common_word hyphen brothers apostrophe diacritic generation nickname line_end "
    "slip former_name"
)


@pytest.fixture(scope="module")
def forms(sample: Any) -> list[tuple[str, str]]:
    """Every badge of the key with a form in which a page names it."""
    return [(line["badge"], form) for line in sample.of_kind("mention") for form in line["forms"]]


@pytest.mark.parametrize("trap", TRAPS.split())
def test_a_bearer_of_each_trap_is_named(forms: list[tuple[str, str]], trap: str) -> None:
    bearers = {member.badge for member in make_cast(300, 1).members if member.trap == trap}
    assert bearers & {badge for badge, _ in forms}


def test_names_are_broken_at_line_ends(forms: list[tuple[str, str]]) -> None:
    assert any("-\n" in form for _, form in forms)


def test_names_are_misread(forms: list[tuple[str, str]]) -> None:
    members = {member.badge: member for member in make_cast(300, 1).members}
    assert any(
        members[badge].first in form and members[badge].surname not in form.replace("-\n", "")
        for badge, form in forms
    )


def test_nicknames_and_bare_badges_are_used(forms: list[tuple[str, str]]) -> None:
    assert any(form in ("Bill Harper", "Liz Marchand") for _, form in forms)
    assert any(form in (f"badge {badge}", f"badge #{badge}") for badge, form in forms)


def test_shared_names_always_come_with_something_that_tells_them_apart(sample: Any) -> None:
    cast = make_cast(300, 1)
    shared = {member.badge: member for member in cast.members if not cast.lone_name(member)}
    for line in sample.of_kind("mention"):
        if line["badge"] in shared:
            member, text = shared[line["badge"]], " ".join(line["forms"])
            page = "" if line.get("ocr") else sample.pages(line["sha256"])[line["page"] - 1]
            assert member.badge in text or member.email in page, line


@pytest.mark.parametrize("trap", ["bystander", "number"])
def test_what_only_seems_to_name_an_officer_is_marked(sample: Any, trap: str) -> None:
    assert trap in {line["trap"] for line in sample.of_kind("trap")}


def test_a_bystander_is_no_officer_but_shares_a_surname(sample: Any) -> None:
    with sample.summary.roster.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    surnames = {row["last"].removesuffix(" Jr.").removesuffix(" Sr.") for row in rows}
    for line in sample.of_kind("trap"):
        if line["trap"] == "bystander":
            first, surname = line["text"].split(" ", 1)
            assert surname in surnames
            assert not [r for r in rows if r["first"] == first and r["last"].startswith(surname)]
