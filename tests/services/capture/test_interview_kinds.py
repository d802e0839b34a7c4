"""The kind of an interview is guessed from where it takes place."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.domain.model import Application, Interview, Stage
from followup_desktop.domain.model import InterviewKind as Kind
from followup_desktop.services.capture.interview_kinds import kind_of_next, likely_kind, said_kind
from tests.tables import tabled


@tabled(
    "location, kind",
    [
        ("https://meet.example/acme", Kind.VIDEO),
        ("Zoom: zoom.us/j/81 (code 4711)", Kind.VIDEO),
        ("Microsoft Teams, the invitation follows", Kind.VIDEO),
        ("https://app.coderpad.io/AB12", Kind.TECHNICAL),
        ("+44 20 7946 0018", Kind.PHONE),
        ("call +34 (91) 123-45-67 ext 4", Kind.PHONE),
        ("they call me", Kind.PHONE),
        ("by phone", Kind.PHONE),
        ("12 Main Street, 3rd floor", Kind.ONSITE),
        ("Calle Mayor 12, 28013 Madrid, +34 91 123 45 67", Kind.ONSITE),
        ("https://maps.app.goo.gl/Xy12", Kind.ONSITE),
        ("Acme HQ", Kind.ONSITE),
    ],
)
def test_the_place_tells_the_kind(location: str, kind: Kind) -> None:
    assert likely_kind(location, None) is kind
    assert likely_kind(location, Kind.PANEL) is kind


@tabled(
    "last, kind",
    [
        (None, Kind.PHONE),
        (Kind.VIDEO, Kind.VIDEO),
        (Kind.ONSITE, Kind.ONSITE),
        (Kind.PHONE, Kind.OTHER),
        (Kind.TECHNICAL, Kind.OTHER),
    ],
)
def test_without_a_place_the_first_is_by_phone_and_the_next_as_one_met_before(
    last: Kind | None, kind: Kind
) -> None:
    assert likely_kind(" ", last) is kind


def test_the_newest_interview_that_was_not_cancelled_counts() -> None:
    monday, tuesday = map(datetime.fromisoformat, ("2026-10-05T10:00", "2026-10-06T10:00"))
    held = Interview(id="b", starts_at=monday, minutes=60, kind=Kind.VIDEO)
    off = Interview(id="a", starts_at=tuesday, minutes=60, kind=Kind.ONSITE, cancelled=True)
    application = Application(
        id="x", employer="Acme", role="Cook", stage=Stage.APPLIED, interviews=(off, held)
    )
    assert kind_of_next(application, "") is Kind.VIDEO
    assert kind_of_next(application, "by phone") is Kind.PHONE


@tabled(
    "said, kind",
    [
        ("Could we talk on Tuesday at 2pm, on Zoom?", Kind.VIDEO),
        ("Wir laden Sie zu einem Gespräch über Teams ein.", Kind.VIDEO),
        ("I'd like to have a phone call with you on Tuesday.", Kind.PHONE),
        ("Das Gespräch findet telefonisch statt.", Kind.PHONE),
        ("La entrevista será por teléfono.", Kind.PHONE),
        ("We would love to meet you and the teams at our office.", None),
        ("My phone number is below.", None),
    ],
)
def test_what_they_call_it_tells_the_kind(said: str, kind: Kind | None) -> None:
    assert said_kind(said) is kind
