"""The table of colours, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from followup_desktop.services.reading.rows import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One column of the table of colours, by role."""

    window: str
    sidebar: str
    surface: str
    line: str
    text: str
    secondary: str
    accent: str
    accent_soft: str
    on_accent: str
    late: str
    late_soft: str
    now: str
    now_soft: str
    well: str
    well_soft: str
    neutral_soft: str
    control: str

    def of_tone(self, tone: Tone) -> tuple[str, str]:
        """The text colour and the ground of a chip."""
        return {
            Tone.LATE: (self.late, self.late_soft),
            Tone.NOW: (self.now, self.now_soft),
            Tone.WELL: (self.well, self.well_soft),
            Tone.NEUTRAL: (self.text, self.neutral_soft),
        }[tone]


LIGHT = Colours(
    window="#f6f6f4",
    sidebar="#efeeeb",
    surface="#ffffff",
    line="#e2e0dc",
    text="#1f2429",
    secondary="#626a73",
    accent="#1f6f78",
    accent_soft="#dcedee",
    on_accent="#ffffff",
    late="#b3261e",
    late_soft="#fbe9e7",
    now="#9a5b00",
    now_soft="#fdf1dc",
    well="#2c6e49",
    well_soft="#e1f1e7",
    neutral_soft="#ebeae7",
    control="#ffffff",
)
DARK = Colours(
    window="#1b1e21",
    sidebar="#16191b",
    surface="#23272b",
    line="#343a40",
    text="#e8e9ea",
    secondary="#a2aab2",
    accent="#6cc3cb",
    accent_soft="#1f3d40",
    on_accent="#10282b",
    late="#ff9a90",
    late_soft="#45231f",
    now="#f0bd6a",
    now_soft="#3d2f16",
    well="#84cfa1",
    well_soft="#1e3828",
    neutral_soft="#343a40",
    control="#1f2327",
)
