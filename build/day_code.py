"""Noon: fifty documents are coded for three officers, several at once, and acts taken back."""

from __future__ import annotations

from functools import partial

from day_hands import Hands

TO_CODE = 50
CODED = ((0, "3", "fin"), (3, "4", "med"), (5, "1", "add"))
"""Place on the roster, level, and the beginning of a category."""
STUBBORN = 25
"""Documents one after another that took no tag: then something is wrong with the desk."""


def code(hands: Hands) -> None:
    """Three officers, at three levels: named on one document, then the same for the next."""
    hands.search("NOT is:reviewed")
    before = hands.coded()
    for who, level, category in CODED:
        name_one(hands, who, level, category)
        repeat(hands, before + TO_CODE // len(CODED) + 1)
        hands.press("Ctrl+Return")
        hands.settle()
        before = hands.coded()
    hands.expect(f"{TO_CODE} coded documents", hands.coded() >= TO_CODE)
    hands.tab_to("Close the reminder")
    hands.keep("break")
    hands.press("Space")


def repeat(hands: Hands, wanted: int) -> None:
    """Reviewed, next, the same again, until so many documents are coded."""
    refused = 0
    while (now := hands.coded()) < wanted:
        here = hands.space.reading.document
        hands.press("Ctrl+Return")
        hands.settle()
        if not moved(hands, here):
            # Pressed while the document was being read anew: it is gone on from by hand.
            hands.press("J")
            hands.until("the next document", partial(moved, hands, here))
        hands.press("R")
        hands.settle_quickly()
        # A document that refuses, such as one coded before, is passed over.
        refused = 0 if hands.coded() > now else refused + 1
        hands.expect("another document that takes the tag", refused < STUBBORN)


def moved(hands: Hands, before: str | None) -> bool:
    """Whether another document is open, and nothing of it is to come."""
    return hands.space.reading.document != before and hands.at_rest()


def name_one(hands: Hands, badge: int, level: str, category: str) -> None:
    """Names an officer on the open document, with a level and a category."""
    officers = hands.session.desk.officers("", 50)
    before = hands.coded()
    while hands.space.reading.sealed:
        # What is sealed is for a lead to open; the day codes what everybody sees.
        hands.press("J")
        hands.settle()
    hands.press("O")
    hands.settle()
    hands.type(officers[badge].badge)
    hands.settle()
    hands.press("Return", level)
    hands.settle()
    hands.press("T")
    hands.type(category)
    hands.press("Return", "Escape")
    hands.settle()
    hands.expect("a first document coded for an officer", hands.coded() == before + 1)
    if not before:
        hands.keep("coded")
    hands.press("Escape")


def batch(hands: Hands) -> None:
    """Marks three rows, codes them for another officer after a look at the preview, undoes."""
    from evidencebox.ui.batch_dialog import BatchDialog

    before = hands.coded()
    hands.press("Escape", "Space", "J", "Space", "J", "Space", "B")
    hands.settle()
    hands.expect("the dialog for several documents", isinstance(hands.dialog(), BatchDialog))
    hands.tab_to("Change")
    hands.press("Space")
    hands.settle()
    hands.type(hands.session.desk.officers("", 50)[7].badge)
    hands.settle()
    hands.press("Return")
    hands.tab_to("Harm 2 Medium")
    hands.press("Space")
    hands.settle()
    hands.keep("batch")
    hands.tab_to("Code 3 documents")
    hands.press("Space")
    hands.until("the batch's end", lambda: hands.dialog() is None)
    hands.settle()
    hands.expect("three documents more", hands.coded() == before + 3)
    hands.keep("batch-done")
    hands.press("Ctrl+Z")
    hands.settle()
    hands.expect("one undo for the whole batch", hands.coded() == before)
    hands.keep("undone")


def undo(hands: Hands) -> None:
    """A single act, taken back and done again."""
    before = hands.coded()
    hands.press("Escape", "R")
    hands.settle()
    hands.expect("one document more", hands.coded() == before + 1)
    hands.press("Ctrl+Z")
    hands.settle()
    hands.expect("an undo", hands.coded() == before)
    hands.press("Ctrl+Shift+Z")
    hands.settle()
    hands.expect("a redo", hands.coded() == before + 1)
