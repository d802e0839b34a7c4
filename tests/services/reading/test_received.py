"""Whether an email is an answer at all: friends invite and shops offer in the words of employers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_desktop.domain.model import Contact, Stage
from followup_desktop.services.capture.mails import ReceivedMail
from followup_desktop.services.capture.replies import ReplyKind
from followup_desktop.services.capture.vocabulary import ENGLISH
from followup_desktop.services.reading.received import ReceivedReply, read_received
from tests.services.conftest import Desk, acme

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
MOST_WRONG = 0.03
ANA = Contact(id="c1", name="Ana Ruiz", email="ana@acme.example")
ACME = acme(Stage.APPLIED, contacts=("c1",))
SHALL_WE = "Could we meet on Thursday 3 December at 10:00?"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.put(ACME, contacts=(ANA,))
    return desk


def received(desk: Desk, text: str, sender: str = "") -> ReceivedReply:
    return read_received(desk.store, ReceivedMail(text=text, sender=sender), NOW, ENGLISH)


def test_private_mail_and_adverts_are_no_answers(desk: Desk) -> None:
    """Each line is one, in English, German, Spanish and French."""
    texts = (FIXTURES / "private_mails.txt").read_text("utf-8").splitlines()
    wrong = [text for text in texts if received(desk, text).reply.kind is not None]
    assert len(wrong) <= MOST_WRONG * len(texts), wrong


def test_an_invitation_in_such_words_counts_where_it_is_of_an_application(desk: Desk) -> None:
    assert received(desk, SHALL_WE).reply.kind is None
    by_address = received(desk, SHALL_WE, sender="ana@acme.example")
    assert (by_address.reply.kind, by_address.applications) == (ReplyKind.INTERVIEW, (ACME,))
    by_name = received(desk, f"{SHALL_WE} Kind regards, Acme")
    assert by_name.reply.kind is ReplyKind.INTERVIEW


def test_an_invitation_from_an_employer_that_isnt_known_counts_by_its_words(desk: Desk) -> None:
    found = received(desk, f"Thank you for your application. {SHALL_WE}")
    assert (found.reply.kind, found.applications) == (ReplyKind.INTERVIEW, ())
