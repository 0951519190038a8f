"""Who is named: forms, namesakes, words that are names, and why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.analysis.folding import fold
from evidencebox.analysis.mentions import Found, find
from evidencebox.analysis.roster import Roster
from evidencebox.model.documents import Layer, Page
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.suggestions import LIKELY

DOCUMENT = DocumentId("0" * 64)


def officer(badge: str, last: str, first: str, **more: Any) -> Officer:
    return Officer(OfficerId(badge), badge, last, first, **more)


PEOPLE = (
    officer("4471", "Brandolini", "Dana", middle="M", rank="Sergeant", email="d.brando@pd.example"),
    officer("1001", "Whitlow", "Marcus", middle="J", rank="Officer", unit="Harbor Unit"),
    officer("1002", "Whitlow", "Andre", rank="Officer", birth_date="1980-02-03"),
    officer("1003", "Will", "Terrence", rank="Detective"),
    officer("1004", "May", "Angela", middle="R", rank="Officer"),
    officer("1005", "Reyes-Hart", "Luz"),
    officer("1006", "O'Neil", "Seamus"),
    officer("1007", "Núñez", "Lucía"),
    officer("1008", "Garrigan Sr.", "Robert"),
    officer("1009", "Garrigan Jr.", "Robert"),
    officer("1010", "Drummond", "Philip", rank="Officer"),
    officer("1011", "Castellano", "Naomi", former_names="Lindholm", aliases="Bunny; Joan Silvers"),
    officer("1012", "Smith", "John", middle="A"),
    officer("1013", "Smith", "John", middle="T"),
    officer("1014", "de la Vega", "Inez"),
)
ROSTER = Roster(PEOPLE)


def look(*texts: str, layer: Layer = Layer.TEXT, roster: Roster = ROSTER) -> Found:
    pages = [Page(number, text, layer=layer) for number, text in enumerate(texts, start=1)]
    return find(roster, DOCUMENT, pages)


def named(*texts: str, layer: Layer = Layer.TEXT) -> set[str]:
    return {m.officer for m in look(*texts, layer=layer).mentions if m.confidence >= LIKELY}


@pytest.mark.parametrize(
    ("text", "badges"),
    [
        ("The report was signed by Dana Brandolini at noon.", {"4471"}),
        ("Brandolini, Dana M.\t4,000", {"4471"}),
        ("Name\nBrandolini, Dana M.\n", {"4471"}),
        ("DANA BRANDOLINI WAS CALLED", {"4471"}),
        ("Sgt. Brandolini was called.", {"4471"}),
        ("Sgt. D. Brandolini was called.", {"4471"}),
        ("then Dana\nBrandolini left", {"4471"}),
        ("then Dana Brando-\nlini left", {"4471"}),
        ("we asked d.brando@pd.example about it", {"4471"}),
        ("badge 4471 was returned", {"4471"}),
        ("badge no. 4471 was returned", {"4471"}),
        ("Badge\tHours\n4471\t7\n1001\t8\n", {"4471", "1001"}),
        ("Badge    Hours\n4471     7\n1001     8\n", {"4471", "1001"}),
        ("Officer #1001 answered", {"1001"}),
        ("Ticket #1001 was closed", set()),
        ("Total 1001 of 4471", set()),
        ("Nora Brandolini, a teacher, called.", set()),
        ("Brandolini, Nora: a teacher", set()),
        ("Brandolini Street is closed", set()),
        ("Officer Whitlow answered.", set()),
        ("Officer Marcus Whitlow and Officer Andre Whitlow", {"1001", "1002"}),
        ("Ofc. M. Whitlow", {"1001"}),
        ("Whitlow (#1002) answered.", {"1002"}),
        ("Whitlow of the Harbor Unit answered Andre.", {"1001"}),
        ("Whitlow, born February 3, 1980, applied.", {"1002"}),
        ("Will the shift be changed? It may, but who will say.", set()),
        ("Will the report be late? Det. Will said so.", {"1003"}),
        ("Terrence Will called.", {"1003"}),
        ("On May 4 the long shift ended. May I go?", set()),
        ("Angela May called on May 4.", {"1004"}),
        ("Ask Luz Reyes-Hart.", {"1005"}),
        ("Ask Luz Reyes Hart.", {"1005"}),
        ("Ask Luz Hart.", {"1005"}),
        ("Ask Seamus O’Neil.", {"1006"}),
        ("Ask Seamus ONeil.", {"1006"}),
        ("Ask Lucia Nunez.", {"1007"}),
        ("Ask Luci\u0301a Nu\u0301n\u0303ez.", {"1007"}),
        ("Robert Garrigan Jr. came", {"1009"}),
        ("Robert Garrigan came", set()),
        ("Bob Garrigan, Sr. came", {"1008"}),
        ("Officer Philip Drurnmond", {"1010"}),
        ("Officer Philip Drummand", {"1010"}),
        ("Alice Drummand", set()),
        ("Naomi Lindholm", {"1011"}),
        ("Bunny Castellano", {"1011"}),
        ("Joan Silvers", {"1011"}),
        ("John Smith came", set()),
        ("John T. Smith came", {"1013"}),
        ("Smith, John A.", {"1012"}),
        ("Inez de la Vega", {"1014"}),
        ("Inez De La Vega", {"1014"}),
    ],
)
def test_who_is_named(text: str, badges: set[str]) -> None:
    assert named(text) == badges


def test_a_short_form_belongs_to_whom_the_page_named_in_full() -> None:
    mentions = look("Officer Marcus Whitlow came late. Later Whitlow left.").mentions
    assert [(m.officer, m.confidence >= LIKELY) for m in mentions if m.text == "Whitlow"][:1] == [
        ("1001", True)
    ]


@pytest.mark.parametrize(
    ("text", "badges"),
    [
        ("Drummond is a common name of places.", set()),
        ("Sgt. Brandolini went in; Drummond waited.", {"4471", "1010"}),
        ("Brandolini, Drummond, Castellano, Whitlow, Lindholm", {"4471", "1010", "1011"}),
        ("Philip Drummond", {"1010"}),
        ("DeLaVega, Inez and Ofc. de la Vega", {"1014"}),
        ("OReilly came, and Det. O’Neil", {"1006"}),
    ],
)
def test_a_rare_surname_alone_needs_company(text: str, badges: set[str]) -> None:
    assert named(text) == badges


def test_a_namesake_takes_the_short_forms_after_him() -> None:
    assert named("Nora Brandolini, a teacher, called. The visitor Brandolini left again.") == set()


def test_two_of_one_name_stay_doubtful_and_say_so() -> None:
    mentions = look("Officer Whitlow answered.").mentions
    assert {m.officer for m in mentions} == {"1001", "1002"}
    assert all(m.confidence < LIKELY for m in mentions)
    assert all("2 of the roster may be meant" in m.reason for m in mentions)


def test_another_page_of_the_document_tells_namesakes_apart() -> None:
    assert named("Subject: Andre Whitlow", "Officer Whitlow was heard.") == {"1002"}


def test_the_family_tells_namesakes_apart() -> None:
    pages = [Page(1, "Officer Whitlow was heard.")]
    likely = {
        m.officer
        for m in find(ROSTER, DOCUMENT, pages, related=[OfficerId("1002")]).mentions
        if m.confidence >= LIKELY
    }
    assert likely == {"1002"}


def test_a_mention_spans_the_name_and_gives_its_reasons() -> None:
    text = "By Sgt. Dana Brandolini (#4471)."
    first = look(text).mentions[0]
    assert text[first.start : first.end] == "Sgt. Dana Brandolini"
    assert first.form == "rank_first_last"
    assert "first name" in first.reason
    assert "4471" in first.reason


def test_unknown_people_with_a_rank_are_noted() -> None:
    unknown = look("Det. Harold Quimbee (#7788) and the Police Department").unknown
    assert [(u.name, u.rank, u.badge) for u in unknown] == [("Harold Quimbee", "Det", "7788")]


@given(st.text(max_size=200))
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="WhitlowMarcus ,.-\n\t@#1004Dr'Nú", max_size=120))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for mention in look(text).mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 < mention.confidence < 1
        assert mention.reason
