"""A database that is put back from a backup, or salvaged: its calendar on the server is gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from followup_desktop.domain.model import Interview
from followup_desktop.services.backups import replace_broken, salvage_broken
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.published import QuestionKind
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import RESTORED
from tests.caldav_servers import SERVERS, CalendarServer
from tests.services.conftest import Desk, acme, madrid
from tests.services.sync.rig import Rig

KEPT = Interview(id="kept", starts_at=datetime.fromisoformat("2026-10-19T10:00"), minutes=30)
MOVED = Interview(id="moved", starts_at=datetime.fromisoformat("2026-10-21T10:00"), minutes=30)
LATER = Interview(id="later", starts_at=datetime.fromisoformat("2026-10-22T10:00"), minutes=30)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "followup.sqlite3"


def desk_over(file: Path) -> Desk:
    store = Store(open_database(file))
    Planner(store)
    return Desk(store)


@pytest.fixture(params=SERVERS)
def filed(request: pytest.FixtureRequest, file: Path) -> Iterator[Rig]:
    """A rig whose desk is kept in a file."""
    server: CalendarServer = request.getfixturevalue(request.param)
    rig = Rig(desk_over(file), server)
    yield rig
    rig.desk.store.close()
    rig.close()


def reopen(rig: Rig, file: Path) -> None:
    now = rig.desk.now
    rig.desk = desk_over(file)
    rig.desk.now = now
    rig.start()


def asked(rig: Rig) -> list[tuple[QuestionKind, str]]:
    return [(each.kind, each.subject) for each in rig.desk.store.published.questions().values()]


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_a_backup_knows_nothing_of_is_taken_from_the_calendar_or_goes_on_in_it(
    filed: Rig, file: Path, by_hand: bool
) -> None:
    rig = filed
    rig.desk.put(acme(interviews=(KEPT, MOVED)))
    phone = rig.connect()
    others = phone.ask("PUT", f"{phone.url}mine.ics", MINE, Content_Type="text/calendar")
    assert others.status in (201, 204)
    made = rig.desk.store.make_backup(file.parent / "made.sqlite3", Why.ASKED, rig.desk.now)
    rig.desk.put(acme(interviews=(KEPT, MOVED, LATER)))
    rig.beat()
    later = rig.uid("later")
    assert later in rig.there()
    moved = rig.uid("moved")
    rig.desk.store.close()
    phone.move(moved, madrid("2026-10-21T16:00"))  # nobody has looked at this yet
    if by_hand:
        copyfile(made.file, file)
    else:
        file.write_bytes(b"\xff" * 8192)
        replace_broken(file, made.file, rig.desk.now)
    reopen(rig, file)
    assert rig.sync.account is not None
    # Once more, before the server was ever looked at.
    again = rig.desk.store.make_backup(file.parent / "again.sqlite3", Why.ASKED, rig.desk.now)
    rig.desk.store.close()
    replace_broken(file, again.file, rig.desk.now)
    reopen(rig, file)
    rig.beat()
    assert asked(rig) == [(QuestionKind.MOVED, "moved")]
    there, wanted = rig.there(), rig.wanted()
    assert there.pop("mine") is not None
    assert there.pop(moved) == madrid("2026-10-21T16:00")
    wanted.pop(moved)
    assert there == wanted
    assert later not in there
    assert RESTORED not in rig.desk.store.published.state()
    rig.writes()
    rig.look()
    assert rig.writes() == 0


def test_what_the_program_wrote_after_a_backup_is_not_called_the_phone_s(filed: Rig, file: Path) -> None:
    rig = filed
    rig.desk.put(acme(interviews=(KEPT, MOVED)))
    rig.connect()
    made = rig.desk.store.make_backup(file.parent / "made.sqlite3", Why.ASKED, rig.desk.now)
    rig.desk.tracker.reschedule_interview("moved", madrid("2026-10-21T16:00"))
    rig.beat()
    assert rig.there()[rig.uid("moved")] == madrid("2026-10-21T16:00")
    rig.desk.store.close()
    replace_broken(file, made.file, rig.desk.now)
    reopen(rig, file)
    rig.beat()
    assert (rig.there(), rig.sync.failure, asked(rig)) == (rig.wanted(), "", [])
    assert rig.there()[rig.uid("moved")] == madrid("2026-10-21T10:00")


def test_what_is_salvaged_of_a_database_keeps_its_calendar(filed: Rig, file: Path) -> None:
    rig = filed
    rig.desk.put(acme(interviews=(KEPT,)))
    url = rig.connect().url
    account = rig.sync.account
    rig.desk.store.close()
    salvage_broken(file, file.parent / "backups", rig.desk.now)
    reopen(rig, file)
    assert rig.sync.account == account
    rig.beat(timedelta(minutes=1))
    assert rig.phone().url == url
    assert (rig.there(), rig.sync.failure, asked(rig)) == (rig.wanted(), "", [])


def test_another_copy_s_entries_are_left_alone_unless_a_backup_was_put_back(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(acme(interviews=(KEPT, LATER)))
    rig.connect()
    later = rig.uid("later")
    rig.desk.store.published.save(gone=(later,))
    rig.desk.put(acme(interviews=(KEPT,)))
    rig.look()
    assert later in rig.there()


MINE = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Phone//EN\r\nBEGIN:VEVENT\r\nUID:mine\r\n"
    b"DTSTAMP:20261014T090000Z\r\nDTSTART:20261020T090000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
