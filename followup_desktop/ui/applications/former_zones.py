"""The time zones that applications had before, while it is open what becomes of their interviews."""

from __future__ import annotations

import json

from followup_desktop.ui.kit.window_settings import FORMER_ZONES, WindowSettings


class FormerZones:
    """Zones by application, kept in ``settings``: a question outlasts the window."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings
        self._zones = _read(settings)

    def of(self, application: str) -> tuple[str, ...]:
        """The zones that it is still asked about, the first one first."""
        return self._zones.get(application, ())

    def keep(self, application: str, zones: tuple[str, ...]) -> None:
        """Keep these; with none, nothing is asked any more."""
        if zones == self.of(application):
            return
        if zones:
            self._zones[application] = zones
        else:
            del self._zones[application]
        if self._zones:
            self._settings.set(FORMER_ZONES, json.dumps(self._zones))
        else:
            self._settings.clear(FORMER_ZONES)


def _read(settings: WindowSettings) -> dict[str, tuple[str, ...]]:
    try:
        kept = json.loads(settings.get(FORMER_ZONES))
        return {str(key): tuple(map(str, zones)) for key, zones in kept.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
