"""What happened in an application, as the notes of tables tell it."""

from __future__ import annotations

from datetime import date

from followup_desktop.services.transfer.tables.history import applied_in
from tests.services.conftest import madrid
from tests.tables import tabled


@tabled(
    "notes, day",
    [
        ("Applied 2026-06-10; follow-up sent 2026-07-15", date(2026, 6, 10)),
        ("Applied on 3 July 2026", date(2026, 7, 3)),
        ("Good fit. Applied on July 3, 2026 via portal", date(2026, 7, 3)),
        ("beworben am 3. Juli 2026", date(2026, 7, 3)),
        ("Aplicado el 3 de julio de 2026", date(2026, 7, 3)),
        ("2026-07-03: applied via LinkedIn", date(2026, 7, 3)),
        ("2026-07-01: evaluated; applied 2026-07-03", date(2026, 7, 3)),
        ("Applied 07/03/2026", None),
        ("Applied with 5 others", None),
        ("Applied 3 years of Python", None),
    ],
)
def test_the_day_of_applying_in_notes(notes: str, day: date | None) -> None:
    told = applied_in(notes, madrid("2026-11-28T12:00"))
    assert (told.day if told is not None else None) == day
