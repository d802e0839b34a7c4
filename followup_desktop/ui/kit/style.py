"""The tones of stages."""

from __future__ import annotations

from followup_desktop.domain.model import Stage


def stage_tone(stage: Stage) -> str:
    """The colour that goes with a stage: ``accent``, ``well`` or ``neutral``."""
    if stage is Stage.INTERVIEWING:
        return "accent"
    return "well" if stage in (Stage.OFFER, Stage.ACCEPTED) else "neutral"
