"""Emails as files: who wrote to whom, and what they say, however they are packed."""

from __future__ import annotations

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.mails import LARGEST, is_mail_source, read_mail
from tests.tables import tabled

HEAD = b"From: =?utf-8?B?TmFkaWEgS8Opcm4=?= <nadia@aurora.example>\nTo: Sam <sam@x.example>\nSubject: Hi\n"


def test_the_head_says_who_wrote_to_whom() -> None:
    mail = read_mail(HEAD + b"\nHello\n")
    assert (mail.sender_name, mail.sender_address) == ("Nadia Kérn", "nadia@aurora.example")
    assert (mail.recipients, mail.subject, mail.text) == (("sam@x.example",), "Hi", "Hello\n")


def test_a_page_is_read_as_text_where_there_is_no_plain_one() -> None:
    page = b"Content-Type: text/html; charset=iso-8859-1\n\n<style>p {}</style><p>Gr\xfc\xdfe</p><p>Eva</p>"
    assert read_mail(HEAD + page).text == "Grüße\nEva"


@pytest.mark.parametrize("charset", ["bogus", "utf-8", "us-ascii", "x-unknown"])
def test_a_wrong_charset_loses_no_text(charset: str) -> None:
    mail = read_mail(
        HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode() + "Grüße".encode("cp1252")
    )
    assert mail.text == "Grüße"


def test_a_calendar_is_found_in_a_forwarded_email_too() -> None:
    inner = b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"
    packed = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: message/rfc822\n\n'
    assert read_mail(packed + HEAD + inner + b"\n--b--\n").calendars == (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",)


@pytest.mark.parametrize(
    "data",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1000)),
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 5_000,
        b"From: <\nSubject: =?bogus?B?!!?=\nDate: never\nTo: ,,,<\n\nhi",
        b"x" * (LARGEST + 1),
    ],
    ids=["nested parts", "nested emails", "many parts", "broken head", "large"],
)
def test_hostile_emails_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        read_mail(data)
    except Refused as refused:
        assert str(refused).startswith("This email")


@tabled(
    "text, is_source",
    [
        ("Received: by x\nFrom: a@x\n\nHi", True),
        ("MIME-Version: 1.0\nContent-Type: text/plain\n\nHi", True),
        ("From: Ana\nSubject: Hello\n\nHi", False),
        ("Dear Sam,\n\nthank you", False),
        ("", False),
    ],
)
def test_the_source_of_an_email_is_known_by_its_head(text: str, is_source: bool) -> None:
    assert is_mail_source(text) is is_source


@pytest.mark.parametrize("charset", ["utf-8\0", "\0", "x" * 300, "utf-8\udcff"])
def test_an_encoding_of_no_name_is_read_as_what_it_can_be(charset: str) -> None:
    """Each of these is a name that Python's tables of encodings don't take."""
    name = charset.encode("utf-8", "surrogateescape")
    head = b"From: a@acme.example\nTo: b@home.example\nSubject: =?" + name + b"?q?Hello?=\n"
    part = b"Content-Type: text/calendar; charset=" + name + b"\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"
    assert read_mail(head + part).calendars == (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",)
