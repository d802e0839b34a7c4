"""The time zone and the country that the computer is in."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QTimeZone

from followup_desktop.domain import checks
from followup_desktop.domain.places import country_of_zone


def guessed_place() -> tuple[str, str | None]:
    """The computer's time zone, and the country that it is in; that of its language where no zone tells."""
    spoken = QLocale.territoryToCode(QLocale.system().territory())
    zone = system_zone()
    # Many a computer in Madrid speaks the English of the United States: the zone says more of where it is.
    likely = [country_of_zone(zone, spoken) if zone else None, spoken]
    return (zone or "UTC", next((code for code in likely if code in checks.countries()), None))


def system_zone() -> str | None:
    """The time zone of the computer now, if it is one that is known here."""
    zone = QTimeZone.systemTimeZoneId().toStdString()
    return zone if zone in checks.zone_names() else None
