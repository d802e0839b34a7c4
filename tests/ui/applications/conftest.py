"""The Applications view over a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    InterviewKind,
    Policy,
    SearchState,
    Stage,
)
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.roles import install_roles
from tests.ui.desk import Desk, PutUp, on_desktop

ANA = Contact(id="ana", name="Ana Ruiz", employer="Acme", title="Hiring manager", email="ana@acme.example")
TOM = Contact(id="tom", name="Tom Berg", employer="Acme")

ACME = Application(
    id="acme",
    employer="Acme",
    role="Data Engineer",
    stage=Stage.INTERVIEWING,
    stage_at=datetime(2026, 9, 20, 8, tzinfo=UTC),
    applied_on=date(2026, 9, 14),
    timezone="Europe/Madrid",
    country="ES-MD",
    contacts=("ana", "tom"),
    interviews=(
        Interview(
            id="acme-1",
            starts_at=datetime.fromisoformat("2026-10-14T10:00"),
            minutes=60,
            kind=InterviewKind.ONSITE,
            interviewers=("ana",),
            reply_by=date(2026, 10, 23),
        ),
    ),
    events=(
        Event(
            id="call",
            kind=EventKind.CALL,
            at=datetime(2026, 10, 6, 8, tzinfo=UTC),
            outcome=CallOutcome.LEFT_MESSAGE,
        ),
    ),
)
INITECH = Application(
    id="initech",
    employer="Initech",
    role="Platform Lead",
    stage=Stage.APPLIED,
    stage_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
    applied_on=date(2026, 10, 1),
)
HOOLI = Application(id="hooli", employer="Hooli", role="Search", stage=Stage.SAVED)
FACTS = Facts(
    policy=Policy(timezone="Europe/Madrid", country="ES-MD"),
    search=SearchState(paused=True),
    contacts=(ANA, TOM),
    applications=(ACME, HOOLI, INITECH),
)


@pytest.fixture
def copied() -> list[str]:
    """What was put on the clipboard."""
    return []


@pytest.fixture
def open_view(
    desk: Desk, theme: Theme, copied: list[str], put_up: PutUp
) -> Callable[[Facts], ApplicationsView]:
    """Opens the view, 1084 × 748, over these facts."""
    install_roles()

    def open_over(facts: Facts) -> ApplicationsView:
        desk.put(facts)
        view = ApplicationsView(on_desktop(desk.context(theme), copy=copied.append))
        put_up(view)
        return view

    return open_over


@pytest.fixture
def view(open_view: Callable[[Facts], ApplicationsView]) -> ApplicationsView:
    """The view with three applications, of which Acme is shown."""
    view = open_view(FACTS)
    view.show_application("acme")
    view.detail.complete()  # as once it was painted
    return view
