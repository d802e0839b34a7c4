"""An invitation in the window: for which application, with whom, in which zone; what an update changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from followup_desktop.domain.model import Application, Interview, Stage
from followup_desktop.ui.window.import_window import ImportWindow
from followup_desktop.ui.window.main_window import MainWindow
from tests.invitations import invitation, person
from tests.scene import settle
from tests.ui.desk import Desk, Open
from tests.ui.situations import POLICY, one

RITA = person("Rita Vale", "rita@cobalt.example", "ORGANIZER")
SAM = person("Sam Doe", "sam.doe@gmail.example")
ROOM = person("Room 4", "room4@cobalt.example", more=";CUTYPE=ROOM")


def cobalt(key: str, role: str, employer: str = "Cobalt") -> Application:
    return Application(id=key, employer=employer, role=role, stage=Stage.APPLIED)


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    """Two applications to one employer, and one to another."""
    applications = (cobalt("c1", "Analyst"), cobalt("c2", "Engineer"), cobalt("v1", "Cook", "Vandelay"))
    return open_window(replace(one(), policy=POLICY, applications=applications))


def bring(window: MainWindow, folder: Path, text: str) -> ImportWindow:
    file = folder / "invite.ics"
    file.write_text(text, "utf-8", newline="")
    window.open_file(file)
    return window.findChildren(ImportWindow)[-1]


def choose(preview: ImportWindow, question: str, text: str) -> None:
    (combo,) = (each for label, each in preview.combos.items() if label.startswith(question))
    place = combo.findText(text)
    assert place >= 0, [combo.itemText(each) for each in range(combo.count())]
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    settle()


def rows(preview: ImportWindow) -> list[tuple[str, str, str]]:
    model = preview.model
    return [
        (model.index(row, 0).data(), model.index(row, 1).data(), model.index(row, 2).data())
        for row in range(model.rowCount())
    ]


def interviews(desk: Desk) -> dict[str, list[Interview]]:
    return {one.id: list(one.interviews) for one in desk.store.facts().applications if one.interviews}


def test_which_of_two_as_likely_is_asked_and_never_taken(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    preview = bring(window, tmp_path, invitation(RITA, SAM, summary="Interview with Cobalt"))
    assert not preview.import_button.isEnabled()
    assert rows(preview) == []
    choose(preview, "Which application is it for?", "Cobalt · Engineer")
    preview.import_button.click()
    assert list(interviews(desk)) == ["c2"]
    window.steps.undo()
    assert interviews(desk) == {}


def test_another_application_than_the_likely_one_can_be_chosen(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    preview = bring(window, tmp_path, invitation(RITA, summary="Interview: Engineer at Cobalt"))
    assert preview.import_button.isEnabled()
    choose(preview, "Which application", "Vandelay · Cook")
    preview.import_button.click()
    assert list(interviews(desk)) == ["v1"]


def test_an_invitation_of_nobody_known_begins_an_application_with_what_is_typed(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    preview = bring(window, tmp_path, invitation(summary="Zoom meeting"))
    assert not preview.import_button.isEnabled()
    choose(preview, "Which application", "New application")
    assert not preview.import_button.isEnabled(), "an application has an employer"
    (fields,) = preview.new_applications
    fields.employer.line.setText("Initrode")
    fields.employer.line.editingFinished.emit()
    settle()
    (fields,) = preview.new_applications
    fields.role.line.setText("Baker")
    preview.import_button.click()
    (added,) = (one for one in desk.store.facts().applications if one.employer == "Initrode")
    assert (added.role, added.stage, len(added.interviews)) == ("Baker", Stage.INTERVIEWING, 1)


def test_who_is_named_can_be_unticked_and_ticked(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    leo = person("Leo Brandt", "leo@cobalt.example")
    preview = bring(window, tmp_path, invitation(RITA, leo, SAM, ROOM, summary="Interview: Engineer, Cobalt"))
    (people,) = preview.people.values()
    ticked = {key for key, box in people.boxes.items() if box.isChecked()}
    assert ticked == {"rita@cobalt.example", "leo@cobalt.example"}
    assert "room4@cobalt.example" in people.boxes
    people.boxes["leo@cobalt.example"].setChecked(False)
    settle()
    (people,) = preview.people.values()
    people.boxes["sam.doe@gmail.example"].setChecked(True)
    settle()
    preview.import_button.click()
    ((interview,),) = interviews(desk).values()
    names = {desk.store.contact(each).name for each in interview.interviewers}
    assert names == {"Rita Vale", "Sam Doe"}
    assert "Leo Brandt" not in {each.name for each in desk.store.all_contacts()}


def test_a_time_without_a_zone_is_asked_about(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    preview = bring(window, tmp_path, invitation(RITA, at=":20261020T100000", summary="Engineer at Cobalt"))
    choose(preview, "The invitation names no time zone", "America/New_York")
    choose(preview, "Which application", "Cobalt · Engineer")
    preview.import_button.click()
    ((interview,),) = interviews(desk).values()
    assert (interview.timezone, interview.starts_at.hour) == ("America/New_York", 10)


def test_an_invitation_can_be_left_out_of_several(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    first = invitation(RITA, summary="Interview: Engineer at Cobalt")
    second = invitation(RITA, uid="2@x", at=":20261021T080000Z", summary="Interview: Analyst at Cobalt")
    preview = bring(window, tmp_path, first + second)
    place = next(n for n, row in enumerate(rows(preview)) if "Wed 21 Oct 2026" in row[1])
    tick = preview.model.index(place, 0)
    assert preview.model.setData(tick, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    preview.import_button.click()
    assert list(interviews(desk)) == ["c2"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"at": ";TZID=Europe/Madrid:20261021T113000", "sequence": 1},
            "moves from Tue 20 Oct 10:00 to Wed 21 Oct 11:30",
        ),
        ({"method": "CANCEL", "sequence": 1}, "is cancelled"),
    ],
)
def test_an_update_says_what_it_changes(
    window: MainWindow, tmp_path: Path, more: dict[str, object], said: str
) -> None:
    title = "Interview: Engineer at Cobalt"
    bring(window, tmp_path, invitation(RITA, summary=title)).import_button.click()
    preview = bring(window, tmp_path, invitation(RITA, summary=title, **more))  # type: ignore[arg-type]
    assert said in next(why for _change, entry, why in rows(preview) if "interview" in entry)
    assert preview.combos == {}, "it is known whose it is"


def test_an_application_that_was_over_can_stay_so(open_window: Open, desk: Desk, tmp_path: Path) -> None:
    over = replace(cobalt("v1", "Cook", "Vandelay"), stage=Stage.REJECTED)
    window = open_window(replace(one(), policy=POLICY, applications=(over,)))
    cook = person("Art Vandelay", "art@vandelay.example", "ORGANIZER")
    preview = bring(window, tmp_path, invitation(cook, summary="Interview: Cook at Vandelay"))
    place = next(n for n, row in enumerate(rows(preview)) if "goes back from Rejected" in row[2])
    tick = preview.model.index(place, 0)
    assert preview.model.setData(tick, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    preview.import_button.click()
    found = desk.store.application("v1")
    assert (found.stage, len(found.interviews)) == (Stage.REJECTED, 1)
