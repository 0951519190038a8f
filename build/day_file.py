"""Evening: exhibits with their stamps, a redaction before and after, an export and a dossier."""

from __future__ import annotations

from pathlib import Path

import day_read
from day_hands import PASSPHRASE, Hands

BLACKED = "polygraph"


def exhibits(hands: Hands) -> None:
    """Two documents become exhibits, in another order, with a preview of the bound sheet."""
    from evidencebox.ui.exhibit_dialog import ExhibitDialog

    hands.search("type:pdf fitness duty")
    hands.press("Escape")
    for number in range(2):
        day_read.to_open(hands)
        hands.press("Ctrl+E")
        hands.settle()
        hands.expect("the dialog of an exhibit", isinstance(hands.dialog(), ExhibitDialog))
        if not number:
            hands.keep("exhibit")
        hands.press("Return")
        hands.until("an exhibit", lambda: hands.dialog() is None)
        hands.settle()
        hands.press("J")
        hands.settle()
    hands.press("F7")
    hands.settle()
    page = hands.window.filing.exhibits
    assert page is not None
    before = [each.number for each in hands.session.desk.exhibits.rows()]
    hands.press("Alt+Down")
    hands.settle()
    after = [each.number for each in hands.session.desk.exhibits.rows()]
    hands.expect("two exhibits, the second first", after[:2] == before[1::-1])
    await_sheet(hands)
    hands.keep("exhibits")
    hands.press("Escape")
    hands.settle()


def await_sheet(hands: Hands) -> None:
    """Until the exhibits' page shows a sheet with its stamps."""
    page = hands.window.filing.exhibits
    assert page is not None
    hands.until("the stamped sheet", lambda: page.stamps.sheet.has_picture)
    hands.settle()


def redact(hands: Hands) -> None:
    """A word and a kind of data are blacked out, sheet before beside sheet after; then written."""
    from evidencebox.ui.redact_dialog import RedactDialog

    hands.search(f"{BLACKED} type:pdf")
    hands.press("Escape")
    day_read.to_open(hands)
    hands.press("F8")
    hands.settle()
    page = hands.window.filing.redaction
    assert page is not None
    hands.type(BLACKED)
    hands.press("Return")
    hands.settle()
    hands.until("the sheet after", lambda: page.after.has_picture and page.before.boxes)
    hands.keep("redaction")
    hands.press("Ctrl+W")
    hands.settle()
    hands.expect("the dialog of a copy", isinstance(hands.dialog(), RedactDialog))
    hands.tab_to("Your passphrase of the case, once more")
    hands.type(PASSPHRASE)
    hands.press("Return")
    hands.until("a verdict", lambda: hands.focus().accessibleName() == "Close")
    hands.keep("redacted")
    hands.expect("a redacted copy", list(hands.home.rglob("*.pdf")))
    hands.close_dialog()
    hands.press("Escape")
    hands.settle()


def export(hands: Hands) -> None:
    """The exhibits as a book, then one officer's dossier: both are verified byte by byte."""
    let_out(hands, "Exhibit book", "export-book")
    let_out(hands, "Officer dossier", "export-dossier", officer=True)


def let_out(hands: Hands, kind: str, name: str, officer: bool = False) -> None:
    """One export, from the list of kinds to its verdict."""
    from evidencebox.ui.export_dialog import ExportDialog

    hands.press("Ctrl+Shift+E")
    hands.settle()
    dialog = hands.dialog()
    assert isinstance(dialog, ExportDialog)
    hands.tab_to("What is to be exported")
    hands.choose_row(kind)
    hands.settle()
    if officer:
        hands.tab_to("Choose an officer…")
        hands.press("Space")
        hands.settle()
        hands.type(hands.session.desk.officers("", 50)[0].badge)
        hands.settle()
        hands.press("Return")
        hands.settle()
    hands.tab_to("Your passphrase of the case, once more")
    hands.keep(name)
    hands.type(PASSPHRASE)
    hands.press("Return")
    hands.until("the export's verdict", lambda: dialog.outcome.isVisible())
    hands.settle()
    hands.keep(f"{name}-verified")
    folder = Path(dialog.outcome.facts["Folder"].text())
    hands.expect("a verified export", hands.session.desk.exports.verify(folder).holds)
    hands.close_dialog()
