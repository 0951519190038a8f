#!/usr/bin/env python3
"""Drives the window of an installed EvidenceBox by real key events: unlock, search, tag, lock.

    build/linux/drive_window.py                          # what is installed here
    sudo build/linux/drive_window.py --root ROOT         # what is installed in another root: there
                                                         # as nobody, without any network
    build/linux/drive_window.py --programs FOLDER        # a bundle that was unpacked

Keys come from an X server of its own (Xvfb) by xdotool, as from a keyboard; pictures by
ImageMagick's `import`, into --pictures. What the keys did is asked of the command line afterwards:
the tag has to stand in `evidencebox tags --json`. Needs xvfb, xdotool and imagemagick.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PASSPHRASE = "orbit velvet cactus thunder maple"
QUERY = "polygraph OR background"
PATIENCE = 90.0
WIDTH, HEIGHT = 1440, 900
CURSOR = 32
"""Rows of a picture that a blinking cursor may take."""
NOBODY = 65534
_SOCKETS = Path("/tmp/.X11-unix")


class Stopped(Exception):
    """The window did not come as far as it should: one sentence."""


class Place:
    """Where the program is installed, and how it is started there."""

    def __init__(self, root: Path | None, programs: Path | None) -> None:
        self.root = root
        self._programs = programs
        self.work = Path(tempfile.mkdtemp(prefix="drive-", dir=root / "tmp" if root else None))
        if root:
            os.chown(self.work, NOBODY, NOBODY)

    def inside(self, path: Path) -> str:
        """A path of this machine as the program sees it."""
        return f"/{path.relative_to(self.root)}" if self.root else str(path)

    def command(self, name: str, *arguments: str, display: str = "") -> list[str]:
        """One of the two programs, without anything of this session's environment."""
        home = self.inside(self.work)
        known = {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "DISPLAY": display}
        known["EVIDENCEBOX_PASSPHRASE_FILE"] = f"{home}/passphrase"
        if name == "evidencebox-desk":
            del known["EVIDENCEBOX_PASSPHRASE_FILE"]  # it is to be typed
        program = str(self._programs / name) if self._programs else name
        alone = ["env", "-i", *(f"{key}={value}" for key, value in known.items()), program]
        if self.root is None:
            return [*alone, *arguments]
        there = ["unshare", "--net", "chroot", f"--userspec={NOBODY}:{NOBODY}", str(self.root)]
        return [*there, *alone, *arguments]

    def tell(self, *arguments: str, fine: Sequence[int] = (0,)) -> str:
        """What the command line says to something. Raises Stopped."""
        done = subprocess.run(
            self.command("evidencebox", *arguments), capture_output=True, text=True
        )
        if done.returncode not in fine:
            raise Stopped(f"evidencebox {arguments[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout


class Screen:
    """An X server of its own, with keys and pictures."""

    def __init__(self, display: str, pictures: Path) -> None:
        self.display = display
        self._pictures = pictures
        self._environment = {**os.environ, "DISPLAY": display}

    def _ask(self, *command: str) -> str:
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        return done.stdout.strip()

    def window(self) -> str:
        """The program's main window, once it is there, with the focus. Raises Stopped."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            found = self._ask("xdotool", "search", "--onlyvisible", "--name", "EvidenceBox")
            if found:
                window = found.split()[0]
                self._ask("xdotool", "windowfocus", "--sync", window)
                return window
            time.sleep(0.2)
        raise Stopped("No window of EvidenceBox appeared.")

    def keys(self, *names: str) -> None:
        """Presses and releases keys, one after the other."""
        self._ask("xdotool", "key", "--clearmodifiers", "--delay", "120", *names)

    def type(self, text: str) -> None:
        """Types a text, letter by letter."""
        self._ask("xdotool", "type", "--delay", "40", text)

    def rest(self, quiet: float = 1.5) -> bytes:
        """Waits until nothing changes on the screen for a while. Raises Stopped."""
        begun = since = time.monotonic()
        last = b""
        while time.monotonic() - begun < PATIENCE:
            now = subprocess.run(
                ["import", "-silent", "-window", "root", "-depth", "8", "rgb:-"],
                env=self._environment,
                capture_output=True,
                check=True,
            ).stdout
            if differs(last, now):
                last, since = now, time.monotonic()
            elif time.monotonic() - since >= quiet:
                return now
            time.sleep(0.2)
        raise Stopped("The window did not come to rest.")

    def until(self, what: str, reached: Callable[[bytes], bool]) -> None:
        """Waits until the screen at rest shows something. Raises Stopped."""
        begun = time.monotonic()
        while not reached(self.rest()):
            if time.monotonic() - begun > PATIENCE:
                raise Stopped(f"{what} did not show.")

    def keep(self, name: str) -> bytes:
        """A picture of the screen at rest, kept and returned: red, green, blue, row by row."""
        now = self.rest()
        self._ask("import", "-silent", "-window", "root", str(self._pictures / f"{name}.png"))
        print(f"picture: {name}.png", flush=True)
        return now


@contextlib.contextmanager
def screen(place: Place, pictures: Path) -> Iterator[Screen]:
    """Starts Xvfb on a number that is free, reachable from the place, and ends it."""
    reading, writing = os.pipe()
    # -r: a key that is held because the machine is busy must not repeat itself.
    arguments = [
        "-screen",
        "0",
        f"{WIDTH}x{HEIGHT}x24",
        "-nolisten",
        "tcp",
        "-noreset",
        "-ac",
        "-r",
    ]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *arguments],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        number = said.readline().strip()
    bound = _bind(place.root) if place.root else None
    try:
        yield Screen(f":{number}", pictures)
    finally:
        if bound is not None:
            subprocess.run(["umount", str(bound)], check=True)
        server.terminate()
        server.wait()


def _bind(root: Path) -> Path:
    """The X server's sockets, seen from another root: what has no network still has those."""
    target = root / _SOCKETS.relative_to("/")
    target.mkdir(mode=0o1777, exist_ok=True)
    subprocess.run(["mount", "--bind", str(_SOCKETS), str(target)], check=True)
    return target


def prepare(place: Place) -> tuple[str, dict[str, str]]:
    """A case of made-up people. Returns its folder, and the officer to tag somebody as."""
    (place.work / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    (place.work / "passphrase").chmod(0o644)
    inside = place.inside(place.work)
    case, sample = f"{inside}/Harbour.evidencebox", f"{inside}/sample"
    place.tell("sample", sample, "--documents", "40", "--officers", "30")
    place.tell("new", case, "--reviewer", "Rosa Lind")
    place.tell("officers", "import", case, f"{sample}/roster.csv")
    place.tell("ingest", case, f"{sample}/trove", "--ocr", "off", fine=(0, 1))
    listed = place.tell("officers", "list", case, "--json").splitlines()
    return case, json.loads(listed[0])


def drive(place: Place, shown: Screen, case: str, officer: dict[str, str]) -> None:
    """The keys, and what has to have come of them. Raises Stopped."""
    shown.window()
    shown.until("The prompt for the passphrase", _is_a_card)
    shown.keep("1-unlock")
    shown.type(PASSPHRASE)
    shown.keys("Return")
    shown.until("The desk", lambda picture: not _is_a_card(picture))
    desk = shown.keep("2-desk")
    shown.keys("ctrl+k")
    shown.type(QUERY)
    shown.keys("Return")
    found = shown.keep("3-found")
    _changed(desk, found, "the search")
    shown.keys("Escape", "j")
    shown.keep("4-document")
    shown.keys("o")
    shown.rest()
    shown.type(officer["badge"])
    shown.rest()
    shown.keys("Return")
    shown.rest()
    shown.keys("3")
    _changed(found, shown.keep("5-tagged"), "the tag")
    _check(place, case, officer)
    shown.keys("ctrl+l")
    shown.until("The prompt after the lock", _is_a_card)
    shown.keep("6-locked")


def _is_a_card(picture: bytes) -> bool:
    """Whether nothing but background stands above: prompts are cards in the middle of the window.

    A screen on which nothing was drawn yet is black.
    """
    top = picture[: 80 * WIDTH * 3]
    return top[:3] != bytes(3) and top == top[:3] * (80 * WIDTH)


def differs(before: bytes, after: bytes) -> bool:
    """Whether two pictures differ by more than a blinking cursor: in more rows than it is high."""
    if len(before) != len(after):
        return True
    rows = range(0, len(before), WIDTH * 3)
    other = sum(before[at : at + WIDTH * 3] != after[at : at + WIDTH * 3] for at in rows)
    return other > CURSOR


def _changed(before: bytes, after: bytes, what: str) -> None:
    if not differs(before, after):
        raise Stopped(f"Nothing changed on the screen after {what}.")


def _check(place: Place, case: str, officer: dict[str, str]) -> None:
    """The tag stands, of that officer, on a document that the search finds."""
    tags = [json.loads(line) for line in place.tell("tags", case, "--json").splitlines()]
    hits = place.tell("search", case, QUERY, "--json", "--limit", "0").splitlines()
    found = {json.loads(line).get("sha256") for line in hits[1:]}
    wanted = [
        tag
        for tag in tags
        if tag["officer"]["badge"] == officer["badge"]
        and tag["harm"] == 3
        and tag["sha256"] in found
    ]
    if len(tags) != 1 or len(wanted) != 1:
        raise Stopped(f"The ledger does not hold what the keys said: {tags}")
    print(f"tagged by keys, and in the ledger: badge {officer['badge']}, harm 3", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Returns the exit status: 2 with a sentence where the window did not come so far."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--root", type=Path, help="another root that it is installed in")
    parser.add_argument("--programs", type=Path, help="the folder of a bundle")
    parser.add_argument("--pictures", type=Path, default=Path("pictures"))
    options = parser.parse_args(arguments)
    missing = [tool for tool in ("Xvfb", "xdotool", "import") if shutil.which(tool) is None]
    if missing:
        print(f"Install what is missing: {', '.join(missing)}.", file=sys.stderr)
        return 2
    options.pictures.mkdir(parents=True, exist_ok=True)
    place = Place(options.root and options.root.resolve(), options.programs)
    try:
        case, officer = prepare(place)
        with screen(place, options.pictures) as shown:
            window = place.command("evidencebox-desk", case, display=shown.display)
            with subprocess.Popen(window) as program:
                try:
                    drive(place, shown, case, officer)
                except Stopped:
                    shown.keep("stopped")
                    raise
                finally:
                    program.terminate()
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(place.work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
