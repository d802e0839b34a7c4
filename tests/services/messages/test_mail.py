"""What a mail program is given: nothing a text contains can add a recipient or a header."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.services.capture.mail_addresses import one_address
from followup_desktop.services.messages.mail import (
    LONGEST_MAILTO,
    OutgoingMail,
    eml,
    fits_mailto,
    mailto,
)
from tests.tables import tabled

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
EVIL = "Hello\r\nBcc: x@y.example\r\n\r\nbody?&cc=z@y.example"


def read(data: bytes) -> EmailMessage:
    """The message that a mail program makes of the file."""
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@given(TEXT, TEXT, TEXT)
def test_only_recipient_subject_and_body_are_in_the_address(to: str, subject: str, body: str) -> None:
    address = mailto(OutgoingMail(to=to, subject=subject, body=body))
    parts = urlsplit(address)
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == one_address(to)
    query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert set(query) == {"subject", "body"}
    assert query["subject"][0].splitlines() in ([], [query["subject"][0]])
    assert query["body"][0].replace("\r\n", "\n").count("\r") == 0
    assert address.isascii()


@tabled(
    "typed, kept",
    [
        (" ana@acme.example ", "ana@acme.example"),
        ("ana+jobs@acme.example", "ana+jobs@acme.example"),
        ("ana@acme.example?bcc=x@y.example", ""),
        ("ana@acme.example&cc=x@y.example", ""),
        ("ana@acme.example,tom@acme.example", ""),
        ("ana@acme.example\r\nBcc: x@y.example", ""),
        ("Ana <ana@acme.example>", ""),
        ("ana", ""),
        ("", ""),
    ],
)
def test_a_recipient_is_one_plain_address_or_none(typed: str, kept: str) -> None:
    assert one_address(typed) == kept
    mail = OutgoingMail(to=typed, subject="s", body="b")
    assert mailto(mail).count("@") == (1 if kept else 0)
    assert read(eml(mail))["To"] == (kept or None)


def test_lines_end_as_the_standard_asks() -> None:
    assert mailto(OutgoingMail(to="", subject="a\nb", body="1\n2\r\n3\r4")) == (
        "mailto:?subject=a%20b&body=1%0D%0A2%0D%0A3%0D%0A4"
    )


def test_what_mail_programs_would_cut_is_known() -> None:
    def mail(body: str) -> OutgoingMail:
        return OutgoingMail(to="ana@acme.example", subject="Thanks", body=body)

    assert fits_mailto(mail("word " * 120))
    assert not fits_mailto(mail("x" * LONGEST_MAILTO))
    assert not fits_mailto(mail("ñ" * 350))


def test_a_file_opens_as_a_new_message() -> None:
    body = "Liebe Frau Müller,\n\n東京の話をありがとうございました。\n.\nFrom here on\n"
    data = eml(OutgoingMail(to="ana@acme.example", subject="Grüße — 山田", body=body))
    message = read(data)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Grüße — 山田"
    assert message["To"] == "ana@acme.example"
    assert message["From"] is None
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == body
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")


def test_no_text_adds_a_header_or_a_recipient() -> None:
    message = read(eml(OutgoingMail(to=f"ana@acme.example{EVIL}", subject=EVIL, body=EVIL)))
    assert set(message.keys()) == {
        "X-Unsent",
        "Subject",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert message["Subject"] == "Hello Bcc: x@y.example body?&cc=z@y.example"


@given(TEXT, TEXT, TEXT)
def test_a_file_can_always_be_written_and_read(to: str, subject: str, body: str) -> None:
    data = eml(OutgoingMail(to=to, subject=subject, body=body))
    message = read(data)
    assert data.isascii()
    assert message["X-Unsent"] == "1"
    assert len(message.keys()) <= 6
    assert message["Bcc"] is None
