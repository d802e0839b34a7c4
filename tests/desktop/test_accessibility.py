"""The main job through the accessibility bus alone, by the names that are promised to stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.reader import Reader
from tests.desktop.session import PrivateSession


@pytest.fixture
def reader(accessible_session: PrivateSession) -> Iterator[Reader]:
    reader = Reader(accessible_session)
    yield reader
    reader.close()


def test_main_job_by_names_alone(accessible_session: PrivateSession, reader: Reader) -> None:
    program = RunningProgram(accessible_session, facts(quiet_from="00:00", quiet_until="00:00"))
    program.start()
    met = datetime.now(UTC) - timedelta(hours=5)

    reader.press("Applications", role="radio button")
    reader.press("Add application")
    reader.enter("Employer", "Acme")
    reader.enter("Role", "Data Engineer")
    reader.press("Save application")
    wait_until(lambda: program.exported()["applications"], 60, "the application is stored")

    reader.press("Add interview")
    reader.enter("Date", f"{met:%Y-%m-%d}")
    reader.enter("Time", f"{met:%H:%M}")
    reader.enter("New person's name", "Ben Okafor")
    reader.press("Add person")
    reader.press("Save interview")
    wait_until(lambda: program.exported()["applications"][0]["interviews"], 60, "the interview is stored")
    assert program.exported()["applications"][0]["stage"] == "interviewing"

    reader.press("Today", role="radio button")
    reader.has("Thank Ben Okafor", part=True, below="Follow-ups")
    reader.press("Sent", below="Thank Ben Okafor")
    kinds = wait_until(
        lambda: [k for k in (e["kind"] for e in program.events()) if k == "thank_you"], 60, "it is stored"
    )
    assert kinds == ["thank_you"]
    assert "thank_you" not in [f["rule"] for f in program.due()]

    reader.press("Undo")
    wait_until(lambda: "thank_you" in [f["rule"] for f in program.due()], 60, "it is due again")
    reader.press("Redo")
    wait_until(lambda: "thank_you" not in [f["rule"] for f in program.due()], 60, "it is settled again")
    program.leave()
    assert problems(program.folder) == ""


def test_levels_of_headings_and_the_language_of_a_letter_reach_the_bus(
    accessible_session: PrivateSession, reader: Reader
) -> None:
    met = just_interviewed(datetime.now(UTC)) | {"language": "de"}
    program = RunningProgram(accessible_session, facts(met))
    program.start()
    assert reader.told_of("Today", role="heading") == ("1", "en_GB")
    reader.press("Write email", below="Thank Ana Ruiz")
    assert [reader.told_of(name)[1] for name in ("Subject", "Message", "To")] == ["de_DE", "de_DE", "en_GB"]
    reader.press("Applications", role="radio button")
    assert reader.told_of("Timeline", role="heading") == ("2", "en_GB")
    program.leave()


def test_a_dialog_of_qts_own_is_read_and_closed(accessible_session: PrivateSession, reader: Reader) -> None:
    """Qt made what is in it, and deletes that without telling Python."""
    program = RunningProgram(accessible_session, facts(just_interviewed(datetime.now(UTC))))
    program.start()
    session = accessible_session
    for _time in range(3):
        reader.has("Follow-ups")
        session.activate(program.window)
        # The bus knows of the dialog before it has the keyboard; until then keys meet the window behind it.
        repeat_until(
            lambda: session.run("xdotool", "key", "ctrl+e"),
            lambda: session.active_window() not in {"", program.window},
            60,
            "the dialog has the keyboard",
        )
        reader.has("File name:", part=True)
        repeat_until(
            lambda: session.run("xdotool", "key", "Escape"),
            lambda: session.active_window() == program.window,
            60,
            "the dialog is closed",
        )
    reader.has("Follow-ups")
    program.leave()
    assert problems(program.folder) == ""


def test_promised_names_are_there(accessible_session: PrivateSession, reader: Reader) -> None:
    application = {"id": "a1", "employer": "Acme", "role": "Data Engineer", "stage": "applied"}
    application["applied_on"] = "2026-01-05"
    program = RunningProgram(accessible_session, facts(application))
    program.start()
    reader.has("Follow-ups")
    reader.press("Applications", role="radio button")
    reader.has("Applications", role="table")
    reader.press("Acme", role="table cell")
    reader.has("Posting address", role="text")
    shown = reader.shown()
    names = [name for _role, name in shown]
    promised = {"Search", "Applications", "Interviews", "Timeline", "Contacts", "Add application"}
    promised |= {"Add interview", "Add contact", "Log event", "Employer", "Role", "Stage", "Notes"}
    assert promised - set(names) == set()
    fields = {"text", "combo box"}
    for name in ("Employer", "Role", "Stage", "Fit", "Posting address"):
        assert [role for role, each in shown if each == name and role in fields], name
    program.leave()


MOST_CHANGES = 60
"""Each is several questions of Orca's, before it is told what was done."""


def test_what_was_done_is_said_last_and_after_few_changes(
    accessible_session: PrivateSession, reader: Reader
) -> None:
    many = [
        {"id": f"a{number}", "employer": employer, "role": f"Engineer {number}", "stage": "applied"}
        | {"applied_on": f"2026-01-0{number}", "notes": f"Note {number}", "location": f"Town {number}"}
        for number, employer in enumerate(("Acme", "Globex", "Hooli"), 1)
    ]
    program = RunningProgram(accessible_session, facts(*many))
    program.start()
    accessible_session.activate(program.window)
    accessible_session.run("xdotool", "key", "ctrl+2")
    reader.has("Posting address", role="text")
    reader.listen()
    for keys, words in (("Delete", "Deleted the application to Acme."), ("ctrl+z", "Undid “Delete Acme”.")):
        accessible_session.run("xdotool", "key", keys)
        changes = [name for kind, name in reader.heard(words) if not kind.endswith(("showing", "enabled"))]
        assert words in changes[-1], "it is said once all else has been told"
        assert len(changes) <= MOST_CHANGES, changes
    program.leave()


def test_a_form_that_the_palette_opens_tells_its_field_and_then_its_name_once(
    accessible_session: PrivateSession, reader: Reader
) -> None:
    acme = {
        "id": "a1",
        "employer": "Acme",
        "role": "Engineer",
        "stage": "applied",
        "applied_on": "2026-01-01",
    }
    program = RunningProgram(accessible_session, facts(acme))
    program.start()
    accessible_session.activate(program.window)
    accessible_session.run("xdotool", "key", "ctrl+2")
    reader.has("Posting address", role="text")
    reader.listen()
    forms = {"interview": ("Date", "New interview at Acme."), "reminder": ("Remind me to", "New reminder.")}
    for form, (field, words) in forms.items():
        accessible_session.run("xdotool", "key", "ctrl+k")
        reader.has("Find a command")
        accessible_session.run("xdotool", "type", f"add {form}")
        reader.heard(f"Add {form}")
        accessible_session.run("xdotool", "key", "Return")
        told = reader.heard(words)
        focused = [name for kind, name in told if kind == "object:state-changed:focused"]
        assert focused[-1] == field
        said = [name for kind, name in told if kind.endswith("accessible-name") and name.endswith(".")]
        assert said == [words]
        accessible_session.run("xdotool", "key", "Escape")
    program.leave()


def test_a_setting_has_the_keyboard_before_its_text_is_selected(
    accessible_session: PrivateSession, reader: Reader
) -> None:
    program = RunningProgram(accessible_session, facts())
    program.start()
    accessible_session.activate(program.window)
    accessible_session.run("xdotool", "key", "ctrl+k")
    reader.has("Find a command")
    accessible_session.run("xdotool", "type", "quiet from")
    reader.has("Quiet from, Setting", part=True)
    reader.listen()
    accessible_session.run("xdotool", "key", "Return")
    told = [kind for kind, name in reader.heard("Quiet from") if name == "Quiet from"]
    selected = told.index("object:text-selection-changed")
    assert "object:state-changed:focused" in told[:selected]
    program.leave()
