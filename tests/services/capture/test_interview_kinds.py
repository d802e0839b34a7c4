"""The kind of an interview is guessed from where it takes place."""

from __future__ import annotations

from followup_desktop.domain.model import InterviewKind as Kind
from followup_desktop.services.capture.interview_kinds import likely_kind
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
    assert likely_kind(location, is_first=True) is kind
    assert likely_kind(location, is_first=False) is kind


def test_without_a_place_the_first_is_by_phone() -> None:
    assert likely_kind(" ", is_first=True) is Kind.PHONE
    assert likely_kind("", is_first=False) is Kind.OTHER
