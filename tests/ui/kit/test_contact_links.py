"""Addresses made from what was typed: of the right form, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.services.capture import mail_words
from followup_desktop.services.capture.contact_checks import check_link
from followup_desktop.ui.kit.contact_links import call_to, mail_to, page
from tests.tables import tabled


@tabled(
    "typed, address",
    [
        ("+34 600 000 000", "tel:+34600000000"),
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("(020) 7946-0000", "tel:02079460000"),
        ("+1 212.555.0100 ext. 12", "tel:+12125550100;ext=12"),
        ("112", "tel:112"),
        ("+44 20 7946 0000 extension 1234", "tel:+442079460000;ext=1234"),
        ("(020) 7946-0000, ext 12", "tel:02079460000;ext=12"),
        ("+49 30 123456 Durchwahl 12", "tel:+4930123456;ext=12"),
        ("+٣٤ ٦٠٠ ٠٠٠ ٠٠٠", "tel:+34600000000"),
        ("600.123.456 / 600.123.457", None),
        ("", None),
        ("12", None),
        ("ask Kim", None),
        ("600 000 000 or 601 000 000", None),
    ],
)
def test_numbers(typed: str, address: str | None) -> None:
    url = call_to(typed)
    assert (None if url is None else url.toString()) == address


def test_a_number_without_a_word_has_no_words_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which are those of all languages, and took as long as the rest of a first look at People."""

    def unasked() -> re.Pattern[str]:
        raise AssertionError("the words before an extension were asked for")

    monkeypatch.setattr(mail_words, "extension", unasked)
    assert call_to("+44 (0)20 7946-0000") is not None
    assert call_to("") is None


@given(st.text(st.sampled_from("0123456789 \u00a0+()./-–"), max_size=30))
def test_no_extension_is_written_with_the_signs_of_a_number(number: str) -> None:
    assert mail_words.extension().search(number) is None


@tabled(
    "typed, address",
    [
        ("ana@acme.example", "mailto:ana@acme.example"),
        (" ana@acme.example ", "mailto:ana@acme.example"),
        ("ana@acme.example?bcc=all@acme.example", None),
        ("ana@acme.example, tom@acme.example", None),
        ("ana@acme.example\r\nBcc: x@y.example", None),
        ("Ana", None),
        ("", None),
    ],
)
def test_email(typed: str, address: str | None) -> None:
    url = mail_to(typed)
    assert (None if url is None else url.toString()) == address


@tabled("typed", ["javascript:alert(1)", "file:///etc/passwd", "https://", "acme", ""])
def test_only_web_pages_with_a_host_are_opened(typed: str) -> None:
    assert page(typed) is None
    found = page(" https://acme.example/ana ")
    assert found is not None
    assert found.host() == "acme.example"


@tabled(
    "typed, address",
    [
        ("acme.example/ana", "https://acme.example/ana"),
        ("www.acme.example", "https://www.acme.example"),
        ("//acme.example/x", "https://acme.example/x"),
        ("http://intranet/jobs", "http://intranet/jobs"),
        ("http://localhost:8080/jobs", "http://localhost:8080/jobs"),
        ("http://[::1]/jobs", "http://[::1]/jobs"),
        ("acme.example:8080/x", "https://acme.example:8080/x"),
        ("https://acme.example/?q={1}|2", "https://acme.example/?q=%7B1%7D%7C2"),
        ("https://acme.example/100%", "https://acme.example/100%25"),
        ("HTTPS://acme.example", "https://acme.example"),
    ],
)
def test_a_link_that_a_field_takes_is_opened_with_or_without_its_scheme(typed: str, address: str) -> None:
    assert check_link(typed, "Link") == typed
    found = page(typed)
    assert found is not None
    assert found.toString() == address
