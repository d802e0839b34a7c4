"""What was ticked off for an interview, kept among the window's settings: a draft, none of the facts."""

from __future__ import annotations

import json

from followup_desktop.ui.kit.window_settings import TICKED, WindowSettings

_MOST = 30
"""The ticks of so many follow-ups are kept, the last ones touched."""


class Ticks:
    """The ids of what is ticked off, by the key of the follow-up."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings

    def __getitem__(self, key: str) -> frozenset[str]:
        """What is ticked off there."""
        return frozenset(self._read().get(key, ()))

    def tick(self, key: str, question: str, on: bool) -> None:
        """Tick something off, or take the tick away."""
        kept = self._read()
        ticked = set(kept.pop(key, ())) - {question} | ({question} if on else set())
        if ticked:
            kept[key] = sorted(ticked)
        last = dict(list(kept.items())[-_MOST:])
        self._settings.set(TICKED, json.dumps(last))

    def _read(self) -> dict[str, list[str]]:
        try:
            found = json.loads(self._settings.get(TICKED))
            return {str(key): [str(each) for each in ids] for key, ids in found.items()}
        except (ValueError, AttributeError, TypeError):
            return {}
