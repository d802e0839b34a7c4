"""Drafts, and the address that opens one: nothing a text contains can add a recipient or a header."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.model import Rule
from followup_desktop.services.mail import Draft, mailto, one_address
from followup_desktop.services.sample import sample_facts
from tests.services.conftest import Desk, madrid


@given(st.text(max_size=40), st.text(max_size=40).filter(lambda t: t.isprintable()), st.text(max_size=80))
def test_only_recipient_subject_and_body_are_in_the_address(to: str, subject: str, body: str) -> None:
    body = body.encode("utf-8", "replace").decode()
    parts = urlsplit(mailto(Draft(to=to, subject=subject, body=body)))
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == one_address(to)
    query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert set(query) == {"subject", "body"}
    assert "\n" not in query["subject"][0]
    assert query["body"][0].replace("\r\n", "\n").count("\r") == 0
    assert parts.geturl().isascii()


@pytest.mark.parametrize(
    ("typed", "kept"),
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
    assert mailto(Draft(to=typed, subject="s", body="b")).count("@") == (1 if kept else 0)


def test_lines_end_as_the_standard_asks() -> None:
    assert mailto(Draft(to="", subject="a\nb", body="1\n2\r\n3\r4")) == (
        "mailto:?subject=a%20b&body=1%0D%0A2%0D%0A3%0D%0A4"
    )


def test_every_rule_that_writes_has_a_short_and_complete_draft(desk: Desk) -> None:
    now = madrid("2026-10-14T11:00")
    with desk.store.transaction("x") as t:
        t.put_facts(sample_facts(now, "Europe/Madrid"))
    for follow_up in desk.store.follow_ups():
        draft = desk.tracker.mail_draft(follow_up.key)
        assert draft.subject
        assert "{" not in draft.subject + draft.body
        assert draft.body.startswith("Dear ")
        assert len(draft.body.split()) <= 120
    thanks = desk.tracker.mail_draft(desk.follow_up(Rule.THANK_YOU, "acme").key)
    assert thanks.to == "ana.ruiz@acme.example"
    assert "the move to streaming" in thanks.body
