"""What is in a backup can be looked at as it was, and never changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.model import Reminder
from followup_desktop.services.inside_backup import BackupPart, InsideBackup
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.backups import Why
from followup_desktop.storage.cipher import Keys
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.crash_migrations import FIXTURES, SHIPPED
from tests.storage.conftest import ACME, NOW, put_acme
from tests.tables import tabled

WORDING = Wording()


@pytest.fixture
def inside(tmp_path: Path) -> Iterator[InsideBackup]:
    store = Store(open_database(tmp_path / "data" / "followup.db"))
    Planner(store)
    put_acme(store)
    with store.transaction("Notes") as t:
        noted = replace(ACME.interviews[0], notes="They grow olives", location="Calle Mayor 1")
        t.put_application(replace(ACME, notes="Ask about the garden", interviews=(noted,)))
        t.put_reminder(Reminder(id="r1", title="Call the bank", at=noted.starts_at))
    made = store.make_backup(store.backups_folder / "made.sqlite3", Why.ASKED, NOW)
    with store.transaction("Later") as t:
        t.put_application(replace(ACME, employer="Renamed"))
    store.close()
    found = InsideBackup(made.file, Keys(), WORDING, NOW)
    yield found
    found.close()


def text(inside: InsideBackup, part: BackupPart, number: int = 0) -> str:
    detail = inside.detail(part, inside.lines(part)[number].id)
    return "\n".join(
        [detail.title, detail.subtitle, *(f"{each.heading}\n{each.text}" for each in detail.paragraphs)]
    )


def test_an_application_is_shown_with_all_that_the_window_shows(inside: InsideBackup) -> None:
    (line,) = inside.lines(BackupPart.APPLICATIONS)
    assert line.text == "Acme · Data Engineer · Interviewing"
    shown = text(inside, BackupPart.APPLICATIONS)
    for each in (
        "Acme",
        "Applied on: ",
        "Tags: remote and data",
        "Notes\nAsk about the garden",
        "Ana Ruiz",
        "Tom Berg",
        "Interviews\n",
        "They grow olives",
        "Spoke with Ana Ruiz\nThey liked the streaming work",
        "Follow-ups\n",
    ):
        assert each in shown


def test_people_interviews_and_follow_ups_are_there_too(inside: InsideBackup) -> None:
    assert [line.text for line in inside.lines(BackupPart.PEOPLE)] == ["Ana Ruiz", "Tom Berg"]
    assert "ana@acme.example" in text(inside, BackupPart.PEOPLE)
    assert "Acme · Data Engineer" in text(inside, BackupPart.PEOPLE)
    (interview,) = inside.lines(BackupPart.INTERVIEWS)
    assert interview.text.endswith("· Acme")
    assert "Location or link: Calle Mayor 1" in text(inside, BackupPart.INTERVIEWS)
    assert "They grow olives" in text(inside, BackupPart.INTERVIEWS)
    follow_ups = inside.lines(BackupPart.FOLLOW_UPS)
    assert any("Call the bank" in line.text for line in follow_ups)
    for number, _line in enumerate(follow_ups):
        assert text(inside, BackupPart.FOLLOW_UPS, number)


@pytest.mark.parametrize(
    ("part", "words", "count"),
    [
        (BackupPart.APPLICATIONS, "GARDEN acme", 1),
        (BackupPart.APPLICATIONS, "olives", 1),
        (BackupPart.APPLICATIONS, "garden nowhere", 0),
        (BackupPart.PEOPLE, "acme.example", 1),
        (BackupPart.FOLLOW_UPS, "bank", 1),
    ],
)
def test_it_is_found_by_any_of_its_words(
    inside: InsideBackup, part: BackupPart, words: str, count: int
) -> None:
    assert len(inside.lines(part, words)) == count


def test_it_cannot_be_changed(inside: InsideBackup) -> None:
    with pytest.raises(apsw.ReadOnlyError):
        inside._store._database.connection.execute("DELETE FROM application")


def test_another_thread_may_have_opened_it(tmp_path: Path, inside: InsideBackup) -> None:
    made: list[InsideBackup] = []
    file = tmp_path / "data" / "backups" / "made.sqlite3"
    work = threading.Thread(target=lambda: made.append(InsideBackup(file, Keys(), WORDING, NOW)))
    work.start()
    work.join()
    assert text(made[0], BackupPart.APPLICATIONS) == text(inside, BackupPart.APPLICATIONS)
    made[0].close()


@tabled("version", SHIPPED)
def test_one_of_each_older_schema_is_shown_with_its_follow_ups(version: int) -> None:
    inside = InsideBackup(FIXTURES / f"schema-{version}.sqlite3", Keys(), WORDING, NOW)
    try:
        for part in BackupPart:
            assert inside.lines(part)
            for number, _line in enumerate(inside.lines(part)):
                assert text(inside, part, number)
    finally:
        inside.close()
