"""The table of colours: light, dark, and each in high contrast; and which is read or seen on which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from followup_desktop.services.rows import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One column of the table of colours, by role.

    ``line`` parts, ``edge`` bounds what is typed into or ticked. ``contrast_edge`` is round what shows by
    its ground alone, or not until it is touched, and is drawn in high contrast only.
    """

    name: str
    is_dark: bool
    window: str
    sidebar: str
    surface: str
    control: str
    line: str
    edge: str
    contrast_edge: str
    focus: str
    text: str
    secondary: str
    disabled: str
    accent: str
    accent_soft: str
    on_accent: str
    on_toast: str
    late: str
    late_soft: str
    now: str
    now_soft: str
    well: str
    well_soft: str
    neutral_soft: str

    def roles(self) -> Mapping[str, str]:
        """The colours by the names of their roles."""
        return {each.name: getattr(self, each.name) for each in fields(self)[2:]}

    def of_tone(self, tone: Tone) -> tuple[str, str]:
        """The text colour and the ground of a chip."""
        return {
            Tone.LATE: (self.late, self.late_soft),
            Tone.NOW: (self.now, self.now_soft),
            Tone.WELL: (self.well, self.well_soft),
            Tone.NEUTRAL: (self.text, self.neutral_soft),
        }[tone]


LIGHT = Colours(
    name="light",
    is_dark=False,
    window="#f6f6f4",
    sidebar="#efeeeb",
    surface="#ffffff",
    control="#ffffff",
    line="#e2e0dc",
    edge="#85827b",
    contrast_edge="transparent",
    focus="#1f6f78",
    text="#1f2429",
    secondary="#626a73",
    disabled="#7d8288",
    accent="#1f6f78",
    accent_soft="#dcedee",
    on_accent="#ffffff",
    on_toast="#8fd6dc",
    late="#b3261e",
    late_soft="#fbe9e7",
    now="#9a5b00",
    now_soft="#fdf1dc",
    well="#2c6e49",
    well_soft="#e1f1e7",
    neutral_soft="#ebeae7",
)
DARK = Colours(
    name="dark",
    is_dark=True,
    window="#1b1e21",
    sidebar="#16191b",
    surface="#23272b",
    control="#1f2327",
    line="#343a40",
    edge="#808890",
    contrast_edge="transparent",
    focus="#6cc3cb",
    text="#e8e9ea",
    secondary="#a2aab2",
    disabled="#8b939b",
    accent="#6cc3cb",
    accent_soft="#1f3d40",
    on_accent="#10282b",
    on_toast="#1f6f78",
    late="#ff9a90",
    late_soft="#45231f",
    now="#f0bd6a",
    now_soft="#3d2f16",
    well="#84cfa1",
    well_soft="#1e3828",
    neutral_soft="#343a40",
)
CONTRAST_LIGHT = Colours(
    name="contrast-light",
    is_dark=False,
    window="#ffffff",
    sidebar="#ececec",
    surface="#ffffff",
    control="#ffffff",
    line="#6b6b6b",
    edge="#000000",
    contrast_edge="#000000",
    focus="#0b3fd6",
    text="#000000",
    secondary="#2b2b2b",
    disabled="#5c5c5c",
    accent="#004852",
    accent_soft="#cdeef2",
    on_accent="#ffffff",
    on_toast="#7fe9f2",
    late="#8a0f08",
    late_soft="#ffe4e1",
    now="#5c3600",
    now_soft="#ffefd0",
    well="#0d4a26",
    well_soft="#daf3e3",
    neutral_soft="#e6e6e6",
)
CONTRAST_DARK = Colours(
    name="contrast-dark",
    is_dark=True,
    window="#000000",
    sidebar="#1f1f1f",
    surface="#000000",
    control="#000000",
    line="#9a9a9a",
    edge="#ffffff",
    contrast_edge="#ffffff",
    focus="#ffd400",
    text="#f8f8f8",
    secondary="#e0e0e0",
    disabled="#a6a6a6",
    accent="#7fe9f2",
    accent_soft="#00343a",
    on_accent="#000000",
    on_toast="#004852",
    late="#ffb3ac",
    late_soft="#350f0b",
    now="#ffd28a",
    now_soft="#2e1f00",
    well="#9af0b8",
    well_soft="#002b15",
    neutral_soft="#262626",
)
