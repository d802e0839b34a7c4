"""Emails as files: who wrote to whom, and what they say, however they are packed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.mail_sources import is_mail_source
from followup_desktop.services.capture.mail_texts import own_text
from followup_desktop.services.capture.mail_words import before_subjects
from followup_desktop.services.capture.mails import LARGEST, pasted_mail, read_mail
from followup_desktop.services.capture.postings.mails import read_header, read_subject
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


HEADS = {
    "en": ("From: {sender}", "Sent: Monday, October 5, 2026 10:12 AM", "To: {to}", "Subject: RE: {subject}"),
    "de": ("Von: {sender}", "Gesendet: Montag, 5. Oktober 2026 10:12", "An: {to}", "Betreff: AW: {subject}"),
    "es": (
        "De: {sender}",
        "Enviado el: lunes, 5 de octubre de 2026 10:12",
        "Para: {to}",
        "Asunto: RV: {subject}",
    ),
    "fr": ("De : {sender}", "Envoyé : lundi 5 octobre 2026 10:12", "À : {to}", "Objet : TR: {subject}"),
}


@tabled("language", HEADS)
def test_a_copied_head_is_read_alike_in_each_language_by_all_who_read_one(language: str) -> None:
    said = {"sender": "Acme Careers <jobs@acme.example>", "to": "Bob", "subject": "Data Engineer bei Acme"}
    head = [line.format(**said) for line in HEADS[language]]
    mail = pasted_mail("\n".join((*head, "", "Come on Monday.")))
    assert mail.sender == said["sender"]
    assert mail.sent_at == datetime(2026, 10, 5, 10, 12, tzinfo=UTC)
    assert mail.text.strip() == "Come on Monday."
    assert before_subjects().sub("", mail.subject) == said["subject"]
    assert own_text("\n".join(("Thank you!", "", *head, "", "Come on Monday."))) == "Thank you!"
    assert own_text("\n".join((*head, "", "Come on Monday."))) == "Come on Monday."
    assert [each[:2] for each in read_header(head[0])] == [("employer", "Acme")]
    assert [each[:2] for each in read_subject(head[3])] == [("role", "Data Engineer"), ("employer", "Acme")]


@tabled("text", ["A: yes", "To: do", "Date: Monday 5 October 2026", "Para: los lunes", "An: alle"])
def test_a_line_that_only_looks_like_a_head_is_part_of_the_text(text: str) -> None:
    assert pasted_mail(text).text == text
