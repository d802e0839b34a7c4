"""The link of a meeting is found in whatever stands in the location."""

from followup_desktop.domain.meeting import MeetingLink, meeting_link
from tests.tables import tabled


@tabled(
    "location, url, host",
    [
        ("https://meet.example/acme-42", "https://meet.example/acme-42", "meet.example"),
        ("Zoom: https://eu.zoom.us/j/8?pwd=a.b (code 4711)", "https://eu.zoom.us/j/8?pwd=a.b", "eu.zoom.us"),
        ("Join here (https://whereby.com/acme).", "https://whereby.com/acme", "whereby.com"),
        ("<https://teams.live.com/l/1%3a?c=%7b>", "https://teams.live.com/l/1%3a?c=%7b", "teams.live.com"),
        ("meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij", "meet.google.com"),
        ("Meet.google.com/abc-defg-hij", "https://Meet.google.com/abc-defg-hij", "meet.google.com"),
        ("talk.acme.example/room/7, Ana hosts", "https://talk.acme.example/room/7", "talk.acme.example"),
        ("https://meet/board", "https://meet/board", "meet"),
        ("HTTPS://WWW.MEET.EXAMPLE/x", "HTTPS://WWW.MEET.EXAMPLE/x", "meet.example"),
        ("https://meet.example/a_(b)", "https://meet.example/a_(b)", "meet.example"),
        ("https://zoom.us@meet.example/x", "https://zoom.us@meet.example/x", "meet.example"),
    ],
)  # fmt: skip
def test_a_link_is_found_whatever_stands_around_it(location: str, url: str, host: str) -> None:
    assert meeting_link(location) == MeetingLink(url, host)


@tabled(
    "location",
    [
        "",
        "12 Main Street, 3rd floor",
        "acme.example",  # where they are, not a room to join
        "Bldg.North/Room 3",
        "c/o Acme Inc./Floor 2",
        "ana@acme.example/x",
        "+44 20 7946 0018",
        "tel:+442079460018",
        "file:///etc/passwd",
        "javascript://meet.example/x",
        "https://",
        "https://[::1",
        "https://meet.example:99999/x",
        "https://maps.app.goo.gl/Xy12",
        "https://www.google.co.uk/maps/place/Acme",
        "https://goo.gl/maps/Xy12",
        "maps.google.com/?q=Acme",
        "https://www.openstreetmap.org/way/7",
    ],
)
def test_a_place_has_no_link_to_join(location: str) -> None:
    assert meeting_link(location) is None


def test_of_several_links_that_of_a_meeting_is_joined() -> None:
    way = "https://maps.app.goo.gl/Xy12"
    assert meeting_link(f"{way} or https://meet.example/x") == MeetingLink(
        "https://meet.example/x", "meet.example"
    )
    known = meeting_link("Brief: https://acme.example/task.pdf Call: zoom.us/j/81")
    assert known == MeetingLink("https://zoom.us/j/81", "zoom.us")
