"""The time zones that applications had before, while it is open what becomes of their interviews."""

from __future__ import annotations

import json

from PySide6.QtCore import QSettings

_KEY = "applications/former-zones"


class FormerZones:
    """Zones by application, kept in ``settings`` if there are any: a question outlasts the window."""

    def __init__(self, settings: QSettings | None = None) -> None:
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
        if self._settings is None:
            return
        if self._zones:
            self._settings.setValue(_KEY, json.dumps(self._zones))
        else:
            self._settings.remove(_KEY)


def _read(settings: QSettings | None) -> dict[str, tuple[str, ...]]:
    try:
        kept = json.loads(str(settings.value(_KEY, "{}"))) if settings is not None else {}
        return {str(key): tuple(map(str, zones)) for key, zones in kept.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
