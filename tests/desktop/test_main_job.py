"""The main job on a real desktop: facts in, a real notification out, its button pressed, the event stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from tests.desktop.program import FakeClock, RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession, Received


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def received(session: PrivateSession, words: str) -> Received | None:
    """The newest notification whose title holds these words."""
    return next((r for r in reversed(session.received()) if words in r.title), None)


def test_a_due_thank_you_is_announced_and_settled_by_its_button(session: PrivateSession) -> None:
    program = RunningProgram(session, facts(just_interviewed(now()), quiet_from="00:00", quiet_until="00:00"))
    program.start()
    shown = wait_until(lambda: received(session, "Ana Ruiz"), 60, "the thank-you is announced")
    assert "Sent" in shown.actions.values()
    wait_until(lambda: session.displayed() == 1, 60, "it is on the screen")
    sent = next(action for action, label in shown.actions.items() if label == "Sent")
    session.press_action(shown.id, sent)
    (event,) = wait_until(program.events, 60, "the thank-you is stored")
    assert (event["kind"], event["contact"], event["interview"]) == ("thank_you", "c1", "i1")
    assert [f["rule"] for f in program.due()] == []
    wait_until(lambda: session.displayed() == 0, 60, "the notification is gone")
    program.leave()
    assert problems(program.folder) == ""


def test_a_change_by_the_command_line_reaches_the_open_window(session: PrivateSession) -> None:
    """Another process writes; within a heartbeat the window announces what follows from it."""
    program = RunningProgram(session, facts(quiet_from="00:00", quiet_until="00:00"))
    program.start()
    other = RunningProgram(session, facts(just_interviewed(now())))
    assert other.folder == program.folder
    wait_until(lambda: received(session, "Ana Ruiz"), 45, "the thank-you is announced")
    program.leave()


def test_a_second_start_raises_the_first_window(session: PrivateSession) -> None:
    program = RunningProgram(session, facts())
    process = program.start()
    session.run("xdotool", "windowminimize", "--sync", program.window)
    wait_until(lambda: not session.windows(process), 60, "the window is minimised")
    program.raise_window()
    wait_until(lambda: session.windows(process), 60, "the first window is back")
    program.leave()


def test_a_call_that_came_due_on_friday_is_called_for_on_tuesday(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    """The clock of the whole program moves from a Friday over a Monday: no call now before Tuesday, ten."""
    need("faketime")
    clock = FakeClock(session, datetime(2026, 10, 16, 17, 0, tzinfo=UTC))
    application = just_interviewed(datetime(2026, 10, 12, 12, 0, tzinfo=UTC))
    application["interviews"][0]["reply_by"] = "2026-10-14"
    application["events"] = [
        {"id": "e1", "kind": "thank_you", "at": "2026-10-12T15:00:00Z", "contact": "c1", "interview": "i1"}
    ]
    content = facts(application)
    monday, tuesday = datetime(2026, 10, 19, 10, 30, tzinfo=UTC), datetime(2026, 10, 20, 9, 59, tzinfo=UTC)
    content["reminders"] = [
        {"id": f"m{at.day}", "title": f"It is {at:%A}", "at": f"{at:%Y-%m-%dT%H:%M}"}
        for at in (monday, tuesday)
    ]
    program = RunningProgram(session, content)
    program.start(**clock.env)
    shown = wait_until(lambda: received(session, "Acme"), 60, "the call is announced on Friday evening")
    assert "call now" not in shown.body.lower()
    assert "Tue" in shown.title + shown.body
    for moment in (monday, tuesday):
        clock.set(moment)
        program.raise_window()
        wait_until(lambda at=moment: received(session, f"It is {at:%A}"), 60, "the program sees the new time")  # type: ignore[misc]
        assert not any("call now" in each.body.lower() for each in session.received())
    clock.set(datetime(2026, 10, 20, 10, 0, tzinfo=UTC))
    program.raise_window()
    wait_until(lambda: any("call now" in each.body.lower() for each in session.received()), 60, "call now")
    program.leave()
