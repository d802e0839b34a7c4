"""Addresses made from what was typed: of the right form, and nothing else."""

from __future__ import annotations

import pytest

from followup_desktop.ui.people.reach import call_to, mail_to, page


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("+34 600 000 000", "tel:+34600000000"),
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("(020) 7946-0000", "tel:02079460000"),
        ("+1 212.555.0100 ext. 12", "tel:+12125550100;ext=12"),
        ("112", "tel:112"),
        ("", None),
        ("12", None),
        ("ask Kim", None),
        ("600 000 000 or 601 000 000", None),
    ],
)
def test_numbers(typed: str, address: str | None) -> None:
    url = call_to(typed)
    assert (None if url is None else url.toString()) == address


@pytest.mark.parametrize(
    ("typed", "address"),
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


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "file:///etc/passwd", "https://", "acme", ""])
def test_only_web_pages_with_a_host_are_opened(typed: str) -> None:
    assert page(typed) is None
    found = page(" https://acme.example/ana ")
    assert found is not None
    assert found.host() == "acme.example"
