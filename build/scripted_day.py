"""A reviewer's day by keyboard alone, on the sample, with a picture of each stop in docs/desk/.

The pictures that the README and the guide show are made of the same stops, in docs/images/.

One command, under any X server (without one, under Xvfb, which it starts):

    .venv/bin/python build/scripted_day.py [FOLDER]

Creates a case, imports the sample and its roster, searches, codes fifty documents for three
officers, codes a batch and takes it back by one undo, takes a single act back and does it again,
reads pages as text and as they look, compares two documents, looks at the matrix, an officer's
page and the progress, makes exhibits, redacts, exports, imports a second folder meanwhile, reviews
in full screen, locks and unlocks; then looks at the same case in dark, in high contrast, in
Spanish, in large letters, on a small screen, and on one of twice the pixels. Everything is done by
keys that are pressed, never by a call or a mouse; what a step did is read back from the case, and
the day stops with a sentence where it did not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "build"))

import day_around  # noqa: E402
import day_begin  # noqa: E402
import day_code  # noqa: E402
import day_file  # noqa: E402
import day_read  # noqa: E402
from day_hands import CASES, Hands  # noqa: E402
from day_looks import LOOKS, look  # noqa: E402

PICTURES = ROOT / "docs" / "desk"
IMAGES = {
    "failures": "failures",
    "import-running": "import",
    "keys": "keys",
    "locked": "unlock",
    "page": "page",
}
"""Stops whose pictures the README and the guide show, with their names in docs/images/."""
PARTS = (
    day_begin.create,
    day_begin.take_in,
    day_begin.find,
    day_code.code,
    day_code.batch,
    day_code.undo,
    day_read.marks,
    day_read.pages,
    day_read.kin,
    day_read.cells,
    day_around.figures,
    day_begin.more,
    day_file.exhibits,
    day_file.redact,
    day_file.export,
    day_around.dialogs,
    day_around.review,
    day_around.lock,
)


def whole_day(home: Path, pictures: Path) -> None:
    """From the welcome page to the unlocked case."""
    from evidencebox.sample import generate

    generate(home / "sample", 120, 24, 7)
    generate(home / "more", 90, 24, 8)
    (home / CASES).mkdir()
    hands = Hands(home, pictures)
    for part in PARTS:
        begun = time.monotonic()
        print(f"- {part.__name__.replace('_', ' ')}", end="", flush=True)
        part(hands)
        print(f", {time.monotonic() - begun:.0f} s", flush=True)
    hands.window.close()


def one_look(name: str, home: Path, pictures: Path) -> None:
    """What `LOOKS` calls so, of the case that the day has made."""
    seen = LOOKS[name]
    hands = Hands(home, pictures, seen.mode, seen.percent, seen.language, seen.size)
    look(hands, name)
    hands.window.close()


def on_a_screen(arguments: list[str]) -> int:
    """The same command under an X server of its own. Returns its exit status."""
    screen = ["xvfb-run", "-a", "-s", "-screen 0 3000x2000x24"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    command = [*screen, sys.executable, __file__, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Runs the day, then each look in a process of its own. Returns the exit status."""
    if arguments[:1] == ["--day"]:
        whole_day(Path(arguments[1]), Path(arguments[2]))
        return 0
    if arguments[:1] == ["--look"]:
        one_look(arguments[1], Path(arguments[2]), Path(arguments[3]))
        return 0
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        return on_a_screen(arguments)
    pictures = Path(arguments[0]).resolve() if arguments else PICTURES
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        home = ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"]
        environment = os.environ | dict.fromkeys(home, folder)
        run(["--day", folder, str(pictures)], environment)
        for name, seen in LOOKS.items():
            print(f"- {name}", flush=True)
            scale = {"QT_SCALE_FACTOR": str(seen.pixels)}
            run(["--look", name, folder, str(pictures)], environment | scale)
    if pictures == PICTURES:
        for stop, name in IMAGES.items():
            (picture,) = pictures.glob(f"[0-9][0-9]-{stop}.png")
            shutil.copyfile(picture, ROOT / "docs" / "images" / f"{name}.png")
    size = sum(file.stat().st_size for file in pictures.glob("*.png"))
    print(f"{len(list(pictures.glob('*.png')))} pictures, {size:,} bytes, in {pictures}.")
    return 0


def run(arguments: list[str], environment: dict[str, str]) -> None:
    """A part of the day in a process of its own. Raises CalledProcessError where it stopped."""
    subprocess.run([sys.executable, __file__, *arguments], check=True, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
