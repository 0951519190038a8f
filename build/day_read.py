"""Reading: what is marked on a page, the page as it looks, its kin, its history."""

from __future__ import annotations

from day_hands import Hands

MOST_STEPS = 40


def marks(hands: Hands) -> None:
    """People and exposed data on a page, with the suggestions that wait for an answer."""
    from evidencebox.ui.marks import DATA

    legend = hands.space.viewer.legend
    hands.expect("evaluations", hands.search("type:pdf fitness duty") > 0)
    hands.press("Escape")
    to_open(hands)
    hands.show_tab("Text")
    hands.until("marks of what the page exposes", legend.chips[DATA].isVisible)
    hands.settle()
    hands.keep("marks")
    suggested = len(hands.space.deciding.suggestions)
    hands.expect("somebody who is suggested", suggested)


def to_open(hands: Hands) -> None:
    """Down to a document that is not sealed."""
    for _ in range(MOST_STEPS):
        if not hands.space.reading.sealed:
            return
        hands.press("J")
        hands.settle()
    raise SystemExit("The day stops here: every document of the search is sealed.")


def pages(hands: Hands) -> None:
    """A page as it looks, with the hits boxed; then its pages in small."""
    hands.search("polygraph type:pdf")
    hands.press("Escape")
    to_open(hands)
    hands.show_tab("Page")
    page = hands.space.viewer.page
    hands.until("the page's picture", lambda: not page.words)
    hands.settle()
    hands.expect("hits on the page", hands.space.viewer.hits.words.startswith("hit "))
    hands.keep("page")
    hands.press("Ctrl+T")
    hands.settle()
    hands.expect("the pages in small", page.strip.isVisible())
    hands.until("all of them drawn", hands.at_rest)
    hands.keep("thumbnails")
    hands.press("Ctrl+T")
    hands.show_tab("Text")


def kin(hands: Hands) -> None:
    """An attachment's family; a near-duplicate side by side; what was decided, and when."""
    from evidencebox.ui.compare_dialog import CompareDialog

    hands.expect("mail with something attached", hands.search("type:mail has:attachment") > 0)
    hands.press("Escape")
    hands.show_tab("Family")
    hands.until("the kin", lambda: hands.space.deciding.kin.family)
    hands.settle()
    hands.keep("family")
    hands.search("INT-2019-4609 type:word")
    hands.press("Escape")
    hands.until("a near-duplicate", lambda: hands.space.deciding.kin.alike)
    hands.settle()
    hands.press("Return")
    hands.tab_to("Compare with", beginning=True)
    hands.press("Space")
    hands.settle()
    hands.expect("both side by side", isinstance(hands.dialog(), CompareDialog))
    hands.keep("side-by-side")
    hands.close_dialog()
    hands.search("is:reviewed")
    hands.press("Escape")
    hands.show_tab("History")
    hands.keep("history")
    view = hands.space.reading.view
    hands.expect("acts in its history", view is not None and view.history)
    hands.show_tab("Text")


def cells(hands: Hands) -> None:
    """A spreadsheet as cells."""
    hands.search("type:sheet")
    hands.press("Escape")
    hands.show_tab("Cells")
    hands.keep("cells")
    hands.show_tab("Text")
