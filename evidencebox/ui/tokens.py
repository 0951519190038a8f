"""The look in numbers: colours by name, for each appearance, and how far they stand apart."""

from __future__ import annotations

from dataclasses import dataclass, fields

from evidencebox.model.harm import Harm


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#RRGGBB`. `hush` is for what is there but has nothing in it."""

    dark: bool
    background: str
    panel: str
    field: str
    line: str
    outline: str
    text: str
    secondary: str
    hush: str
    accent: str
    on_accent: str
    accent_hover: str
    wash: str
    selection: str
    hover: str
    hit: str
    officer: str
    officer_line: str
    exposed: str
    exposed_line: str
    danger: str
    done: str

    def colours(self) -> dict[str, str]:
        """By name, for the style sheet."""
        return {
            item.name: str(getattr(self, item.name)) for item in fields(self) if item.name != "dark"
        }


LIGHT = Tokens(
    dark=False,
    background="#F4F5F7",
    panel="#FFFFFF",
    field="#FFFFFF",
    line="#DDE1E6",
    outline="#7B8491",
    text="#1B1F24",
    secondary="#5B6470",
    hush="#9AA2AD",
    accent="#1F5FA8",
    on_accent="#FFFFFF",
    accent_hover="#194F8D",
    wash="#E6EFF9",
    selection="#E6EFF9",
    hover="#F0F2F5",
    hit="#FFE58A",
    officer="#CFE8D5",
    officer_line="#3B8F57",
    exposed="#F3DCEB",
    exposed_line="#A13E86",
    danger="#B3261E",
    done="#2C7A47",
)

DARK = Tokens(
    dark=True,
    background="#14171B",
    panel="#1C2025",
    field="#14171B",
    line="#2C323A",
    outline="#7A8491",
    text="#E6E9ED",
    secondary="#98A2AE",
    hush="#5F6873",
    accent="#6EA8E8",
    on_accent="#14171B",
    accent_hover="#8BBAEE",
    wash="#22344A",
    selection="#22344A",
    hover="#242A31",
    hit="#6B5510",
    officer="#21472F",
    officer_line="#3B8F57",
    exposed="#4B2442",
    exposed_line="#C574AE",
    danger="#F28B82",
    done="#6CC08B",
)

HIGH = Tokens(
    dark=True,
    background="#000000",
    panel="#000000",
    field="#000000",
    line="#8C8C8C",
    outline="#FFFFFF",
    text="#FFFFFF",
    secondary="#E4E4E4",
    hush="#B0B0B0",
    accent="#94CFFF",
    on_accent="#000000",
    accent_hover="#C4E4FF",
    wash="#0B2A47",
    selection="#0F3559",
    hover="#262626",
    hit="#6B5510",
    officer="#17472A",
    officer_line="#6CE08F",
    exposed="#4A1B40",
    exposed_line="#F39BDB",
    danger="#FFA19A",
    done="#7CE0A0",
)
"""High contrast: every text at 7 to 1 or more, and lines that are seen."""

HARM_COLOURS: dict[Harm, str] = {
    Harm.NONE: "#8A93A0",
    Harm.LOW: "#3D7EBF",
    Harm.MEDIUM: "#C08A00",
    Harm.HIGH: "#D9622B",
    Harm.VERY_HIGH: "#B3261E",
}

HARM_EDGES: dict[Harm, str] = {Harm.VERY_HIGH: "#D2554D"}
"""The line around a ring where its own colour is too dark for a dark ground."""


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1, as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`share` of the first colour over the second."""
    pairs = zip(
        (int(one[i : i + 2], 16) for i in (1, 3, 5)),
        (int(other[i : i + 2], 16) for i in (1, 3, 5)),
        strict=True,
    )
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)
