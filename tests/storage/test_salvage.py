"""What can still be read of a damaged database is kept, and no byte of it is changed by that."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage import backups
from followup_desktop.storage.backups import Backup
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.salvage import salvage
from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, ANA, NOW, put_acme
from tests.storage.test_opening import KILLED
from tests.sweeps import every

MANY = 300
PAGE = 4096


@pytest.fixture
def many(file: Path) -> Path:
    """A database with many applications and contacts, closed well."""
    chance = random.Random(5)
    ids = [str(UUID(int=chance.getrandbits(128), version=4)) for _number in range(MANY)]
    store = Store(open_database(file))
    with store.transaction("Add") as t:
        t.put_contact(ANA)
        for each in ids:
            t.put_contact(replace(ANA, id=each, notes="n" * 300))
        plain = replace(ACME, interviews=(), events=(), notes="n" * 300)
        t.put_applications([replace(plain, id=each, contacts=(each,)) for each in ids])
    store.close()
    return file


def saved(file: Path) -> Backup:
    before = file.read_bytes()
    made = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW)
    assert file.read_bytes() == before
    assert sorted(each.name for each in (file.parent / "backups").iterdir()) == ["saved.sqlite3"]
    return backups.verify(made.file)


def pages(file: Path) -> list[bytes]:
    content = file.read_bytes()
    return [content[at : at + PAGE] for at in range(0, len(content), PAGE)]


def test_of_a_sound_one_everything_is_read(many: Path) -> None:
    store = Store(open_database(many))
    present = store.contents()
    store.close()
    assert saved(many).contents == present


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_noise_on_a_page_loses_the_rows_of_that_page_alone(many: Path, share: float) -> None:
    found = pages(many)
    leaves = [
        number for number, page in enumerate(found) if page[:1] == b"\x0a" and page.count(b"n" * 300) > 3
    ]
    damaged = leaves[round(share * (len(leaves) - 1))]
    found[damaged] = random.Random(1).randbytes(PAGE)
    many.write_bytes(b"".join(found))
    rows = saved(many).rows
    assert MANY * 2 - 30 <= rows["application"] + rows["contact"] - 1 < MANY * 2


def test_of_one_that_was_cut_off_the_part_that_is_there_is_read(many: Path) -> None:
    found = pages(many)
    many.write_bytes(b"".join(found[: len(found) * 3 // 4])[:-4000])
    rows = saved(many).rows
    assert rows["application"] + rows["contact"] > MANY / 2


def test_what_is_in_the_log_alone_is_read_too(file: Path) -> None:
    file.parent.mkdir()
    subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    log = Path(f"{file}-wal").read_bytes()
    assert saved(file).rows["application"] == 1
    assert Path(f"{file}-wal").read_bytes() == log


@pytest.mark.parametrize("content", [b"", b"noise" * 5000, b"SQLite format 3\0" + b"\0" * 9000])
def test_where_nothing_can_be_read_that_is_said_and_nothing_left(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(Refused, match=r"Nothing in .* can be read"):
        salvage(file, file.parent / "backups" / "saved.sqlite3", NOW)
    assert not list(file.parent.glob("backups/*"))
    assert file.read_bytes() == content


def test_what_was_saved_opens_with_its_plan_and_dangles_nowhere(file: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    found = pages(file)
    (contacts,) = [n for n, page in enumerate(found) if b"ana@acme.example" in page and b"Ana Ruiz" in page]
    found[contacts] = b"\xff" * PAGE
    file.write_bytes(b"".join(found))
    made = saved(file)
    assert made.rows["contact"] == 0
    replace_database(file, made.file, NOW)
    again = Store(open_database(file))
    Planner(again)
    (application,) = again.facts().applications
    assert (application.contacts, application.role, len(application.events)) == ((), ACME.role, 2)
    assert {event.contact for event in application.events} == {None}
    stored = again.follow_ups()
    again.replan()
    assert stored
    assert again.follow_ups() == stored
    again.close()


@pytest.mark.parametrize("noise", [b"\0" * 2000, b"\xff\xfe\x80" * 600, b"\0"])
def test_noise_in_the_end_of_a_long_text_is_found_and_the_rest_of_its_row_saved(
    file: Path, noise: bytes
) -> None:
    """SQLite looks into no page on which only the end of a text stands."""
    store = Store(open_database(file))
    put_acme(store)
    with store.transaction("Long") as t:
        t.put_application(replace(ACME, notes="n" * 20_000))
    store.close()
    content = file.read_bytes()
    at = content.index(b"n" * 3000) + 500
    at = content.index(b"n" * 3000, at + 4096) + 500
    file.write_bytes(content[:at] + noise + content[at + len(noise) :])
    opened = Store(open_database(file))
    assert opened.why_damaged() is None
    try:
        with pytest.raises(Unusable):
            opened.check_file()
        assert str(opened.why_damaged()).endswith("Quit and reopen Follow Up to see what can be restored.")
    finally:
        opened.close()
    with pytest.raises(Unusable, match=r"was left as it is"):  # so that reopening leads to what can be done
        open_database(file)
    noisy = file.read_bytes()
    file.write_bytes(content)
    once_more = Store(open_database(file))
    assert once_more.why_damaged() is None
    once_more.close()
    file.write_bytes(noisy)
    made = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW)
    backups.verify(made.file)
    restored = file.with_name("restored.db")
    replace_database(restored, made.file, NOW)
    again = Store(open_database(restored))
    found = again.application("a1")
    assert (found.employer, found.events) == (ACME.employer, ACME.events)
    assert found.notes.startswith("nnn")
    assert "\ufffd" in found.notes
    again.close()


@pytest.mark.parametrize("with_log", [False, True])
@pytest.mark.parametrize(
    ("first", "last"), every(3, [(0, 100), (0, 16), (100, PAGE), (0, PAGE), (2048, PAGE)])
)
@pytest.mark.parametrize("noise", ["zeros", "noise"])
def test_noise_on_the_first_page_loses_nothing(
    many: Path, first: int, last: int, noise: str, with_log: bool
) -> None:
    """It says where everything is, and nothing of what that is."""
    store = Store(open_database(many))
    before = store.contents()
    if with_log:
        store.close()
        subprocess.run([sys.executable, "-c", KILLED, str(many)], check=False)
        assert many.with_name(f"{many.name}-wal").stat().st_size
    else:
        store.close()
    content = bytearray(many.read_bytes())
    chance = random.Random(7)
    content[first:last] = bytes(last - first) if noise == "zeros" else chance.randbytes(last - first)
    many.write_bytes(content)
    if with_log and first >= 100:  # the log has that page
        opened = Store(open_database(many))
        assert opened.contents().rows["application"] == before.rows["application"] + 1
        opened.close()
        return
    with pytest.raises(Refused):
        open_database(many)
    made = salvage(many, many.parent / "backups" / "saved.sqlite3", NOW)
    assert made.rows["application"] == before.rows["application"] + with_log
    assert with_log or made.contents == before
