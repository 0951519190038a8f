"""The morning: a case is created, the trove and the roster are taken in, and something is found."""

from __future__ import annotations

from day_hands import CASE, CASES, PASSPHRASE, Hands


def create(hands: Hands) -> None:
    """A case with its recovery code, typed back."""
    front = hands.window.front
    hands.window.doorway.welcome()
    hands.keep("welcome")
    hands.press("Space")
    hands.expect("the page that creates a case", front.currentWidget() is front.making)
    hands.type(CASE)
    hands.press("Tab", "Ctrl+A")
    hands.type(f"~/{CASES}")
    hands.press("Tab", "Tab")
    hands.type("Robin")
    hands.press("Tab")
    hands.type(PASSPHRASE)
    hands.press("Tab")
    hands.type(PASSPHRASE)
    hands.keep("create")
    hands.tab_to("Create")
    hands.press("Space")
    hands.until("the recovery code", lambda: front.currentWidget() is front.recovery)
    code = front.recovery.code.text().replace("\n", "-")
    hands.press("Space")
    hands.type(code)
    hands.press("Return")
    hands.until("the page after it", lambda: front.currentWidget() is front.beginning)
    hands.pause()
    hands.type("~/sample/trove")
    hands.press("Tab", "Tab")
    hands.type("~/sample/roster.csv")
    hands.keep("what-comes-first")
    hands.tab_to("Begin")
    hands.press("Space")


def take_in(hands: Hands) -> None:
    """The roster with its columns, while the trove is being read."""
    from evidencebox.ui.roster_dialog import RosterDialog

    hands.until("the roster", lambda: isinstance(hands.dialog(), RosterDialog))
    hands.settle()
    hands.keep("roster")
    hands.tab_to("Import")
    hands.press("Space")
    hands.until("the import's end", lambda: not hands.window.imports.asked)
    hands.settle()
    summary = hands.session.desk.summary()
    hands.expect("a trove of more than a hundred documents", summary.documents > 100)
    hands.expect("a roster of 24", summary.officers == 24)


def find(hands: Hands) -> None:
    """A word completed as it is typed, its documents, how it was understood; a search saved."""
    hands.press("Ctrl+K")
    hands.type("polygr")
    hands.until("words to complete it", lambda: not hands.space.saving.completion.list.isHidden())
    hands.keep("completion")
    hands.press("Tab", "Return")
    hands.settle()
    found = len(hands.space.model.ids)
    hands.press("Ctrl+K")
    hands.tab_to("How the search was understood")
    hands.press("Space")
    hands.settle()
    hands.keep("search")
    hands.press("Space", "Ctrl+S")
    hands.type("Polygraphs")
    hands.press("Return")
    hands.settle()
    saved = hands.session.desk.saved_searches()
    hands.expect("a saved search", [each.name for each, *_ in saved] == ["Polygraphs"])
    hands.expect("a search that narrows", 0 < found < hands.search(""))


def more(hands: Hands) -> None:
    """In the afternoon a second folder arrives; the review goes on while it is read."""
    from evidencebox.ui.import_dialog import ImportDialog

    before = hands.session.desk.summary().documents
    hands.from_menu("Import documents…")
    hands.expect("the dialog of an import", isinstance(hands.dialog(), ImportDialog))
    hands.type("~/more/trove")
    hands.keep("import")
    hands.press("Return")
    hands.until("files that were read", lambda: hands.files_read() or not hands.running())
    hands.keep("import-running")
    hands.tab_to("Keep working")
    hands.press("Space")
    hands.pause()
    hands.from_menu("What is running…")
    hands.keep("jobs")
    hands.close_dialog()
    hands.expect("a search meanwhile", hands.search("polygraph") > 0)
    hands.until("the import's end", lambda: not hands.running())
    hands.settle()
    hands.expect("more documents", hands.session.desk.summary().documents > before)
    hands.from_menu("Files that need a look…")
    hands.settle()
    hands.keep("failures")
    hands.close_dialog()
