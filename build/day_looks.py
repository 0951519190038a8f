"""The same case as other reviewers see it: dark, high contrast, Spanish, large letters, 2×."""

from __future__ import annotations

from dataclasses import dataclass

import day_file
from day_hands import SIZE, Hands


@dataclass(frozen=True, slots=True)
class Look:
    """How a reviewer has it. `pixels`: of the screen, for each of the window's."""

    mode: str = "light"
    percent: int = 100
    language: str = "en"
    pixels: int = 1
    size: tuple[int, int] = SIZE


LOOKS = {
    "light": Look(),
    "dark": Look("dark"),
    "high-contrast": Look("high"),
    "spanish": Look(language="es"),
    "large-letters": Look(percent=200),
    "twice-the-pixels": Look(pixels=2),
    "small-screen": Look(size=(1280, 720)),
}


def look(hands: Hands, name: str) -> None:
    """The desk, the matrix, the exhibits, and a dialog."""
    hands.window.doors.ask(hands.case)
    hands.pause(300)
    hands.unlock()
    hands.search("type:pdf fitness duty")
    hands.settle()
    hands.keep_as(f"desk-{name}")
    hands.press("F4")
    hands.settle()
    hands.press("Ctrl+G")
    hands.keep_as(f"exposure-{name}")
    hands.press("Escape")
    hands.pause()
    if LOOKS[name] == Look():
        return  # the day has the rest of it
    hands.press("F7")
    hands.settle()
    day_file.await_sheet(hands)
    hands.keep_as(f"exhibits-{name}")
    hands.press("Escape")
    hands.pause()
    hands.press("Ctrl+,")
    hands.settle()
    hands.keep_as(f"preferences-{name}")
    hands.close_dialog()
