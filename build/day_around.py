"""Around the review: figures, full screen, help, preferences, colleagues, lock and unlock."""

from __future__ import annotations

from day_hands import Hands


def figures(hands: Hands) -> None:
    """The matrix, an officer's page, the progress."""
    from evidencebox.ui.officer_dialog import OfficerPageDialog

    hands.press("F4")
    hands.settle()
    page = hands.window.office.exposure
    assert page is not None
    hands.expect("a row for every member", len(page.matrix.model.rows) == 24)
    hands.keep("exposure")
    hands.press("Ctrl+G")
    hands.expect("the matrix with suggestions", page.matrix.model.suggestions)
    hands.press("Ctrl+O")
    hands.settle()
    hands.expect("an officer's page", isinstance(hands.dialog(), OfficerPageDialog))
    hands.keep("officer")
    hands.close_dialog()
    hands.press("Ctrl+2")
    hands.settle()
    hands.expect("the charts", page.tabs["progress"].isChecked())
    hands.keep("progress")
    hands.press("Ctrl+1", "Escape")
    hands.pause()
    hands.expect("the review again", page.isHidden())


def review(hands: Hands) -> None:
    """Full screen and back."""
    hands.search("polygraph")
    hands.press("F11")
    hands.settle()
    space = hands.space
    hands.expect("review mode", space.layouts.reviewing and space.top.isHidden())
    hands.keep("review-mode")
    hands.press("F11")
    hands.settle()
    hands.expect("the whole desk", not space.layouts.reviewing)


def dialogs(hands: Hands) -> None:
    """Each dialog that is opened by a key or from the case menu."""
    for keys, name in (("F1", "keys"), ("Ctrl+,", "preferences")):
        hands.press(keys)
        look(hands, name)
    for words, name in (
        ("Plan the review…", "plan"),
        ("Settings of the case…", "settings"),
        ("Notices and credit monitoring…", "notices"),
        ("Review packs and conflicts…", "packs"),
        ("Reviewers and sealed categories…", "team"),
        ("About EvidenceBox…", "about"),
    ):
        hands.from_menu(words)
        look(hands, name)


def look(hands: Hands, name: str) -> None:
    """A picture of the dialog that was just asked for; Esc closes it."""
    hands.settle()
    hands.expect(f"the dialog of the {name}", hands.dialog() is not None)
    hands.keep(name)
    hands.close_dialog()


def lock(hands: Hands) -> None:
    """Locked, and open again by the passphrase, with everything that was coded."""
    before = hands.coded()
    hands.press("Ctrl+L")
    closed = hands.window.session is None and hands.window.workspace is None
    hands.expect("a locked case", closed)
    hands.keep("locked")
    hands.unlock()
    hands.expect("what was coded before", hands.coded() == before)
