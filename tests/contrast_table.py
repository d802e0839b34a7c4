"""The table of contrasts in ``docs/accessibility.md``; ``python -m tests.contrast_table`` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtGui import QColor

from followup_desktop.ui.kit.colours import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    Colours,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "accessibility.md"
LOOKS = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)

READ, READ_IN_HIGH_CONTRAST, SEEN = 4.5, 7.0, 3.0
"""The least contrast of text (WCAG 2.2, 1.4.3 and 1.4.6), and of what is only seen (1.4.11)."""

_GROUNDS = ("window", "sidebar", "surface", "control")
_SOFT = ("accent_soft", "neutral_soft", "late_soft", "now_soft", "well_soft")


def _pairs(inks: Iterable[str], *grounds: str) -> Iterator[tuple[str, str]]:
    for ink in inks:
        for ground in grounds:
            yield ink, ground


TEXT_ON = frozenset(
    (
        *_pairs(("text", "secondary"), *_GROUNDS, *_SOFT),
        *_pairs(("accent", "late", "now", "well"), *_GROUNDS, "neutral_soft"),
        *(("accent", "accent_soft"), ("late", "late_soft"), ("now", "now_soft"), ("well", "well_soft")),
        ("on_accent", "accent"),
        *_pairs(("window", "on_toast"), "text"),
    )
)
"""Every text and the grounds that it may stand on, by their roles: no other pair is drawn."""

SEEN_ON = frozenset(
    (
        *_pairs(("edge", "disabled"), *_GROUNDS, "neutral_soft"),
        *_pairs(("focus",), *_GROUNDS, *_SOFT),
        *_pairs(("accent",), *_GROUNDS, *_SOFT),
        *_pairs(("on_accent",), "accent", "disabled"),
        ("on_toast", "text"),
    )
)
"""So it is with what is seen and not read: edges, focus rings, marks, and what is disabled."""

_WORDS = {
    "text": "text, entries in fields, chips",
    "secondary": "secondary text, placeholders",
    "accent": "links, what is chosen",
    "late": "late, refused",
    "now": "due now",
    "well": "done, going well",
    "on_accent": "words on a strong button",
    "window": "words of a status message",
    "on_toast": "button of a status message",
    "edge": "edges of fields, scroll bars",
    "focus": "ring of the keyboard",
    "disabled": "what is disabled (exempt)",
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def least(ink: str, colours: Colours) -> float:
    """The least contrast of that ink on any ground that it may stand on."""
    roles, read = colours.roles(), [pair for pair in TEXT_ON if pair[0] == ink]
    pairs = read or [pair for pair in SEEN_ON if pair[0] == ink]
    return min(contrast(roles[ink], roles[ground]) for _ink, ground in pairs)


def table() -> str:
    """The table: each kind of ink with its least contrast in each look."""
    looks = ("light", "dark", "high contrast, light", "high contrast, dark")
    lines = [f"| drawn | at least | {' | '.join(looks)} |", "|---" * (2 + len(looks)) + "|"]
    for ink, words in _WORDS.items():
        wanted = "4.5 (7)" if any(pair[0] == ink for pair in TEXT_ON) else "3"
        found = " | ".join(f"{int(10 * least(ink, colours)) / 10:.1f}" for colours in LOOKS)
        lines.append(f"| {words} | {wanted} | {found} |")
    return "\n".join(lines)


def filled(page: str) -> str:
    """The page with the table as the colours are now."""
    of_it = re.compile(r"(?<=^## Contrast\n\n)\|.*?(?=\n\n|\Z)", re.DOTALL | re.MULTILINE)
    return of_it.sub(lambda _old: table(), page)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
