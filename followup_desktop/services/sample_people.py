"""The people of the sample search; their addresses lead nowhere."""

from __future__ import annotations

from followup_desktop.domain.model import Contact

PEOPLE = tuple(
    sorted(
        (
            Contact(
                id="ana",
                name="Ana Ruiz",
                employer="Acme",
                title="Hiring manager",
                email="ana.ruiz@acme.example",
                phone="+34 900 000 001",
            ),
            Contact(id="tom", name="Tom Berg", employer="Acme", email="tom.berg@acme.example"),
            Contact(
                id="lena", name="Lena Park", employer="Acme", title="Recruiter", email="lena@acme.example"
            ),
            Contact(id="art", name="Art Vandelay", employer="Vandelay Imports", email="art@vandelay.example"),
            Contact(
                id="bill",
                name="Bill Lumbergh",
                employer="Initech",
                title="Vice president",
                phone="+34 900 000 002",
            ),
            Contact(id="milton", name="Milton Waddams", employer="Initech"),
            Contact(
                id="alice",
                name="Alice Abernathy",
                employer="Umbrella",
                email="alice@umbrella.example",
                phone="+1 212 555 0100",
            ),
            Contact(id="thorn", name="Robert Thorn", employer="Soylent", email="thorn@soylent.example"),
            Contact(id="hank", name="Hank Scorpio", employer="Globex", email="hank@globex.example"),
            Contact(
                id="tanaka",
                name="田中 葵",
                employer="株式会社みらい",
                title="採用担当",
                email="aoi@mirai.example",
            ),
            Contact(id="sato", name="佐藤 健", employer="株式会社みらい"),
            Contact(id="suzuki", name="鈴木 花子", employer="株式会社みらい", no_thank_you=True),
            Contact(id="layla", name="ليلى حداد", employer="شركة النور للتقنية", email="layla@noor.example"),
            Contact(
                id="petrova", name="Ирина Петрова", employer="Северный Маяк", email="irina@mayak.example"
            ),
        ),
        key=lambda contact: contact.id,
    )
)


def people_of(employer: str) -> tuple[str, ...]:
    """The ids of those at an employer, by its name as written."""
    return tuple(contact.id for contact in PEOPLE if contact.employer == employer)
