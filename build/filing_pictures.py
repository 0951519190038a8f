"""Pictures of exhibits, of a redaction before and after, and of an export, for docs/images/.

They show the case that `sample_exports.py` makes; in one command:

    .venv/bin/python build/filing_pictures.py [FOLDER]

FOLDER is what `sample_exports.py` made; it is made first where it is not there. The case is copied,
so that what was exported stays as it was. Under any X server; without one, under Xvfb.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sample_exports
from day_file import await_sheet
from day_hands import PASSPHRASE, Hands

PICTURES = sample_exports.ROOT / "docs" / "images"
SHOWN = "PX-2"
"""The exhibit that is shown: not sealed, and redacted."""
PLACE = "~/Documents/report"


def exhibits(hands: Hands) -> None:
    """The list, with an exhibit's sheet as it will be bound."""
    hands.press("F7")
    hands.settle()
    hands.press("Down")
    await_sheet(hands)
    hands.keep_as("exhibits")


def redaction(hands: Hands) -> None:
    """The editor, with what is blacked out of the exhibit."""
    rows = hands.session.desk.exhibits.rows()
    hands.window.filing.show_redaction(next(r.document for r in rows if r.number == SHOWN))
    page = hands.window.filing.redaction
    assert page is not None
    hands.until("the sheet after", lambda: page.after.has_picture and page.before.boxes)
    hands.settle()
    hands.keep_as("redaction")
    hands.press("Escape")


def export(hands: Hands, out: Path) -> None:
    """What a report asks for, and its verified result."""
    from evidencebox.ui.export_dialog import ExportDialog

    hands.window.filing.show_export("report")
    hands.settle()
    dialog = hands.dialog()
    assert isinstance(dialog, ExportDialog)
    dialog.form.place.setText(PLACE)
    hands.keep_as("export")
    dialog.form.place.setText(str(out))
    hands.tab_to("Your passphrase of the case, once more")
    hands.type(PASSPHRASE)
    hands.press("Return")
    hands.until("the export's verdict", lambda: dialog.outcome.isVisible())
    hands.expect("a verified export", hands.session.desk.exports.verify(out).holds)
    dialog.outcome.facts["Folder"].setText(PLACE)
    hands.keep_as("exported")
    hands.close_dialog()


def show(made: Path, work: Path) -> None:
    """All of them, of a copy of the case in `work`."""
    shutil.copytree(made / sample_exports.CASE, work / sample_exports.CASE)
    hands = Hands(work, PICTURES)
    hands.window.doors.ask(work / sample_exports.CASE)
    hands.pause(300)
    hands.unlock()
    exhibits(hands)
    redaction(hands)
    export(hands, work / "report")
    hands.window.close()


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    made = Path(arguments[0]).absolute() if arguments else sample_exports.FOLDER
    if not made.exists():
        command = [sys.executable, sample_exports.__file__, str(made)]
        subprocess.run(command, check=True)
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
        command = [*screen, sys.executable, __file__, str(made)]
        return subprocess.run(command, env=environment, check=False).returncode
    with tempfile.TemporaryDirectory() as work:
        show(made, Path(work))
    print(f"exhibits.png, redaction.png, export.png and exported.png in {PICTURES}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
