"""Email addresses, phone numbers and links are taken as people write them; anything else is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.contact_checks import check_email, check_link, check_phone
from followup_desktop.services.messages.mail import OutgoingMail, eml, mailto
from tests.tables import tabled


@tabled(
    "typed, kept",
    [
        ("", ""),
        ("ana@acme.example", "ana@acme.example"),
        ("  ana@acme.example ", "ana@acme.example"),
        ("Ana Ruiz <ana@acme.example>", "ana@acme.example"),
        ('"Ruiz, Ana" <ana@acme.example>', "ana@acme.example"),
        ("<ana@acme.example>", "ana@acme.example"),
        ("mailto:ana@acme.example", "ana@acme.example"),
        ("MAILTO:ana@acme.example?subject=Hi", "ana@acme.example"),
        ("<mailto:ana@acme.example>", "ana@acme.example"),
        ("ana@acme.example (Ana Ruiz)", "ana@acme.example"),
        ("ana@acme.example, ", "ana@acme.example"),
        ("ana@acme.example;", "ana@acme.example"),
        ("\u202aana@acme.example\u202c", "ana@acme.example"),
        ("o'brien+jobs/2026&co%a@hr.acme.co.uk", "o'brien+jobs/2026&co%a@hr.acme.co.uk"),
        ("josé@müller.example", "josé@müller.example"),
        ("用户@例子.公司", "用户@例子.公司"),
        ("अजय@डाटा.भारत", "अजय@डाटा.भारत"),
        ("ana@xn--mller-kva.example", "ana@xn--mller-kva.example"),
        ("ana@1und1.example", "ana@1und1.example"),
    ],
)
def test_an_email_address_is_taken(typed: str, kept: str) -> None:
    assert check_email(typed, "Email") == kept
    if kept:
        mail = OutgoingMail(to=kept, subject="s", body="b")
        assert mailto(mail).split("?")[0].count("@") == 1
        assert eml(mail).isascii()


@tabled(
    "typed",
    [
        "qqq",
        "ana",
        "ana@",
        "@acme.example",
        "ana@acme",
        "ana acme.example",
        "ana@@acme.example",
        "ana@acme..example",
        "ana@.example",
        "ana@-acme.example",
        "ana@acme_hr.example",
        "ana ruiz@acme.example",
        "ana@acme.example, tom@acme.example",
        "ana@acme.example; tom@acme.example",
        "Ana <ana>",
        "Ana <ana@acme.example> <tom@acme.example>",
        "https://acme.example",
        "+34 600 000 000",
        "ana@acme\u202e.example",
        "ana..b@acme.example",
        ".ana@acme.example",
        "ana.@acme.example",
        "Ana <ana..b@acme.example>",
        "mailto:.ana@acme.example",
    ],
)
def test_what_is_no_email_address_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        check_email(typed, "Email")
    assert refused.value.field == "Email"
    assert str(refused.value).endswith("isn't an email address. Enter just one, like ana@example.org.")


@tabled(
    "typed",
    [
        "",
        "112",
        "+34 600 000 000",
        "+44 (0)20 7946 0000",
        "(020) 7946-0000",
        "+1 212.555.0100 ext. 12",
        "212-555-0100 x12",
        "+49 30 1234-56, Durchwahl 12",
        "600 000 000 (mobile)",
        "600 000 000 or 601 000 000",
        "1-800-FLOWERS",
        "030/123456",
        "٠٦٠٠٠٠٠٠٠",
        "+81 3\u20111234\u20115678",
    ],
)
def test_a_phone_number_is_taken_as_it_is_written(typed: str) -> None:
    assert check_phone(typed, "Phone") == typed


def test_a_phone_link_is_taken_as_its_number() -> None:
    assert check_phone("tel:+34-600-000-000", "Phone") == "+34-600-000-000"


@tabled(
    "typed",
    [
        *("qqq", "12", "ask Kim", "Room 101", "ana@acme.example", "https://acme.example/1234567890", "-"),
        # dates and times of day
        *("14 Oct 2026", "October 14, 2026", "2026-10-14", "14/10/2026", "14.10.2026", "Fri 16 1200"),
        *("10:00", "14:30-15:30", "2026-10-14T10:00"),
        # sums of money, and other figures
        *("€60,000", "60,000", "60.000 €", "$120000", "60000 EUR", "GBP 45000", "120k", "100%", "1000=1000"),
    ],
)
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match=r"isn't a phone number. Enter one like"):
        check_phone(typed, "Phone")


@tabled(
    "typed, kept",
    [
        ("", ""),
        ("https://acme.example/jobs/12?x=1#apply", "https://acme.example/jobs/12?x=1#apply"),
        ("acme.example", "acme.example"),
        ("www.acme.example/jobs", "www.acme.example/jobs"),
        ("acme.example:8080/jobs", "acme.example:8080/jobs"),
        ("//acme.example/jobs", "//acme.example/jobs"),
        ("HTTPS://ACME.EXAMPLE", "HTTPS://ACME.EXAMPLE"),
        ("<https://acme.example>", "https://acme.example"),
        ("http://intranet/jobs/7", "http://intranet/jobs/7"),
        ("http://192.0.2.7/jobs", "http://192.0.2.7/jobs"),
        ("müller.example/stellen", "müller.example/stellen"),
        ("https://例子.公司/工作", "https://例子.公司/工作"),
        ("डाटा.भारत", "डाटा.भारत"),
        ("file:///home/me/posting.pdf", "file:///home/me/posting.pdf"),
        ("mailto:jobs@acme.example?subject=Lead", "mailto:jobs@acme.example?subject=Lead"),
        ("tel:+34-600-000-000", "tel:+34-600-000-000"),
    ],
)
def test_a_link_is_taken(typed: str, kept: str) -> None:
    assert check_link(typed, "Posting address") == kept


@tabled(
    "typed",
    [
        "qqq",
        "https://",
        "http:///jobs",
        "two words",
        "acme .example",
        "ana@acme.example",
        "1.5",
        "No.5",
        "...",
        "javascript:alert(1)",
        "javascript://acme.example/%0aalert(1)",
        "JavaScript://acme.example",
        "data://text/html,x",
        "vbscript://acme.example",
        "htp://acme.example",
        "httpss://acme.example",
        "https//acme.example",
        "ftp://acme.example/jobs",
        "mailto:ana",
        "tel:ask",
        "http://[bad",
        "acme.example:port/x",
        "friday",
    ],
)
def test_what_is_no_link_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match=r"isn't a web address. Enter one like"):
        check_link(typed, "Posting address")


@pytest.mark.parametrize("check", [check_email, check_phone, check_link])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_any_text_is_taken_or_refused_and_what_is_taken_is_taken_again(
    check: Callable[[str, str], str], text: str
) -> None:
    try:
        kept = check(text, "Field")
    except Refused as refused:
        assert str(refused).count("\n") == 0
    else:
        assert check(kept, "Field") == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202a+34 600 000 000\u202c", "+34 600 000 000"),
        ("TEL:+34600000000", "+34600000000"),
    ],
)
def test_what_a_copied_number_brings_along_is_left_out(typed: str, kept: str) -> None:
    assert check_phone(typed, "Phone") == kept


def test_what_a_copied_link_brings_along_is_left_out() -> None:
    assert check_link("\u2066https://acme.example/jobs\u2069", "Link") == "https://acme.example/jobs"
