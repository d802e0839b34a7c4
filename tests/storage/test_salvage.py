"""What can still be read of a damaged database is kept, and no byte of it is changed by that."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Thing
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage import backups
from followup_desktop.storage.backups import Backup, Why
from followup_desktop.storage.cipher import Key, Keys, connected
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.opening import NO_KEYS
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.salvage import salvage
from followup_desktop.storage.store import Store
from tests.crash_migrations import SHIPPED
from tests.storage.conftest import ACME, ANA, KEY, NOW, put_acme
from tests.storage.test_migrations import shipped
from tests.storage.test_opening import KILLED
from tests.sweeps import every, swept

MANY = 150
"""So many that each table has a page above others; what is saved takes as long as there is more."""
PAGE = 4096


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with many applications and contacts, closed well."""
    chance = random.Random(5)
    ids = [str(UUID(int=chance.getrandbits(128), version=4)) for _number in range(MANY)]
    folder = tmp_path_factory.mktemp("many")
    store = Store(open_database(folder / "followup.sqlite3"))
    with store.transaction("Add") as t:
        t.put_contact(ANA)
        for each in ids:
            t.put_contact(replace(ANA, id=each, notes="n" * 300))
        plain = replace(ACME, interviews=(), events=(), notes="n" * 300)
        t.put_applications([replace(plain, id=each, contacts=(each,)) for each in ids])
    store.close()
    return folder


@pytest.fixture
def many(prepared: Path, file: Path) -> Path:
    """That database, of this test alone."""
    shutil.copytree(prepared, file.parent)
    return file


def saved(file: Path, keys: Keys = NO_KEYS) -> Backup:
    before = file.read_bytes()
    made = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW, keys)
    assert file.read_bytes() == before
    assert sorted(each.name for each in (file.parent / "backups").iterdir()) == ["saved.sqlite3"]
    return backups.verify(made.file, keys)


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> Key | None:
    """That of the database; ``None`` for a plain one."""
    found: Key | None = request.param
    return found


def put_under(file: Path, key: Key | None) -> Keys:
    """Give the database, which is closed, this key."""
    if key is None:
        return NO_KEYS
    store = Store(open_database(file))
    store.put_under_key(key)
    store.close()
    return Keys(key)


Pages = dict[int, tuple[str, str, int]]


def pages_of(file: Path, key: Key | None) -> Pages:
    """The table or index, the kind and the count of rows of each page, as SQLite has them."""
    connection = connected(str(file), apsw.SQLITE_OPEN_READONLY, key)
    try:
        return {
            int(str(number)): (str(name), str(kind), int(str(count)))
            for number, name, kind, count in connection.execute(
                "SELECT pageno, name, pagetype, ncell FROM dbstat"
            )
        }
    finally:
        connection.close()


def damage(file: Path, number: int, noise: bytes) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: (number - 1) * PAGE] + noise + content[(number - 1) * PAGE + len(noise) :])


def pages(file: Path) -> list[bytes]:
    content = file.read_bytes()
    return [content[at : at + PAGE] for at in range(0, len(content), PAGE)]


def test_of_a_sound_one_everything_is_read(many: Path) -> None:
    store = Store(open_database(many))
    present = store.contents()
    store.close()
    assert saved(many).contents == present


NOISES: dict[str, Callable[[], bytes]] = {
    "noise": lambda: random.Random(1).randbytes(PAGE),
    "zeros": lambda: bytes(PAGE),
}


@pytest.mark.parametrize("noise", every(2, NOISES))
def test_noise_on_a_page_loses_the_rows_of_that_page_alone(many: Path, key: Key | None, noise: str) -> None:
    """Be it one on which the others hang, or the first, which lists the tables."""
    keys = put_under(many, key)
    found = pages_of(many, key)
    whole, whole_rows = many.read_bytes(), saved(many, keys).rows
    by_kind: dict[tuple[str, str], list[int]] = {}
    for number, (name, kind, _count) in found.items():
        by_kind.setdefault((name, kind), []).append(number)
    numbers = [each for (_name, kind), those in by_kind.items() if kind == "internal" for each in those]
    tables = ("application", "contact", "application_by_employer")
    numbers += [by_kind[name, "leaf"][len(by_kind[name, "leaf"]) // 2] for name in tables]
    assert {"application", "contact", "sqlite_schema"} <= {found[number][0] for number in numbers}
    for number in numbers:
        name, _kind, count = found[number]
        damage(many, number, NOISES[noise]())
        rows = saved(many, keys).rows
        for table in ("application", "contact"):
            assert rows[table] == whole_rows[table] - (count if name == table else 0), found[number]
        many.write_bytes(whole)


@pytest.mark.parametrize("noise", NOISES)
def test_noise_on_every_page_above_others_and_the_first_loses_no_row_below_them(
    many: Path, key: Key | None, noise: str
) -> None:
    keys = put_under(many, key)
    whole_rows = saved(many, keys).rows
    found = pages_of(many, key)
    lost = dict.fromkeys(("application", "contact"), 0)
    for number, (name, kind, count) in found.items():
        if kind == "internal" or number == 1:
            damage(many, number, NOISES[noise]())
            if name in lost:
                lost[name] += count
    assert all(lost.values())
    rows = saved(many, keys).rows
    assert {table: rows[table] for table in lost} == {
        table: whole_rows[table] - count for table, count in lost.items()
    }


def test_of_the_rows_on_a_page_that_is_damaged_in_part_the_others_are_saved(
    many: Path, key: Key | None
) -> None:
    keys = put_under(many, key)
    whole_rows = saved(many, keys).rows
    leaves = [
        number
        for number, (name, kind, _count) in pages_of(many, key).items()
        if (name, kind) == ("application", "leaf")
    ]
    at = (leaves[len(leaves) // 2] - 1) * PAGE
    content = many.read_bytes()
    many.write_bytes(content[: at + 3000] + os.urandom(100) + content[at + 3100 :])
    rows = saved(many, keys).rows
    assert whole_rows["application"] - 2 <= rows["application"] <= whole_rows["application"]


def test_what_was_deleted_stays_deleted(many: Path, key: Key | None) -> None:
    keys = put_under(many, key)
    store = Store(open_database(many, keys=keys))
    kept = [each.id for each in store.applications()][::3]
    gone = [(Thing.APPLICATION, each.id) for each in store.applications() if each.id not in kept]
    gone += [(Thing.CONTACT, each.id) for each in store.facts().contacts]
    with store.transaction("Delete") as t:
        t.trash_applications([own for thing, own in gone if thing is Thing.APPLICATION], NOW)
        for thing, own in gone:
            if thing is Thing.CONTACT:
                t.trash_contact(own, NOW)
    store.delete_for_good(gone)
    store.close()
    damage(many, 1, bytes(PAGE))
    rows = saved(many, keys).rows
    assert (rows["application"], rows["contact"]) == (len(kept), 0)


@pytest.mark.parametrize("is_first_page_damaged", [False, True])
@pytest.mark.parametrize("version", every(3, SHIPPED))
def test_everything_is_read_of_each_shipped_schema(
    version: int, is_first_page_damaged: bool, file: Path, tmp_path: Path
) -> None:
    shipped(version, file)
    sound = tmp_path / "sound.sqlite3"
    sound.write_bytes(file.read_bytes())
    store = Store(open_database(sound))
    present = store.contents()
    store.close()
    if is_first_page_damaged:
        damage(file, 1, os.urandom(PAGE))
    assert saved(file).contents == present


@pytest.mark.parametrize("letters", [9, 9000])
def test_what_belongs_to_a_lost_application_is_kept_by_one_in_its_place(
    file: Path, key: Key | None, letters: int
) -> None:
    store = Store(open_database(file))
    Planner(store)
    put_acme(store)
    first, *others = ACME.events
    events = replace(first, note="x" * letters), *others
    with store.transaction("Edit") as t:
        t.put_application(replace(ACME, events=events))
    store.close()
    keys = put_under(file, key)
    (page,) = [number for number, (name, *_rest) in pages_of(file, key).items() if name == "application"]
    damage(file, page, os.urandom(PAGE))
    replace_database(file, saved(file, keys).file, NOW, keys)
    again = Store(open_database(file, keys=keys))
    (application,) = again.facts().applications
    assert (application.id, application.employer, application.role) == ("a1", "acme", "data engineer")
    assert (application.interviews, application.events) == (ACME.interviews, events)
    assert application.contacts == ACME.contacts
    again.close()


def test_the_end_of_a_long_text_is_lost_with_its_page_and_the_rest_of_its_row_saved(
    file: Path, key: Key | None
) -> None:
    store = Store(open_database(file))
    with store.transaction("Long") as t:
        t.put_application(replace(ACME, contacts=(), interviews=(), events=(), notes="n" * 20_000))
    store.close()
    keys = put_under(file, key)
    overflow = [number for number, (_name, kind, _count) in pages_of(file, key).items() if kind == "overflow"]
    assert overflow
    damage(file, overflow[1], os.urandom(PAGE))
    replace_database(file, saved(file, keys).file, NOW, keys)
    again = Store(open_database(file, keys=keys))
    found = again.application("a1")
    assert (found.employer, found.role, found.tags) == (ACME.employer, ACME.role, ACME.tags)
    assert found.notes.startswith("n" * 4000)
    assert "\ufffd" in found.notes
    again.close()


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


@pytest.mark.parametrize("left", [None, b"", b"x"], ids=["missing", "empty", "cut off"])
def test_what_is_in_the_log_is_read_where_nothing_is_left_of_the_file(
    file: Path, left: bytes | None, key: Key | None
) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    keys = put_under(file, key)
    store = Store(open_database(file, keys=keys))
    plain = replace(ACME, contacts=(), interviews=(), events=())
    with store.transaction("Change") as t:
        t.put_applications([replace(plain, id=f"a{n}") for n in range(40)])
    log = file.with_name(f"{file.name}-wal")
    content = log.read_bytes()
    store.close()
    log.write_bytes(content)
    file.unlink()
    if left is not None:
        file.write_bytes(left)
    found = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW, keys)
    assert found.rows["application"] >= 40
    assert log.read_bytes() == content
    assert file.exists() is (left is not None)


CUT = [16, 31, 99]


@pytest.mark.parametrize("sizes", swept([CUT, range(201)], lambda sizes: sizes is CUT))
def test_wherever_its_beginning_is_cut_off_what_is_in_the_log_is_saved_and_a_backup_restored(
    file: Path, key: Key | None, sizes: Iterable[int]
) -> None:
    keys = put_under(file, key)
    store = Store(open_database(file, keys=keys))
    put_acme(store)
    backup = store.make_backup(file.parent / "backups" / "one.sqlite3", Why.DAILY, NOW).file
    with store.transaction("Change") as t:
        t.put_applications(
            [replace(ACME, id=f"a{n}", contacts=(), interviews=(), events=()) for n in range(40)]
        )
    crashed = shutil.copytree(
        file.parent, file.parent.with_name("crashed"), ignore=shutil.ignore_patterns("*-shm")
    )
    store.close()
    head, chosen = (crashed / file.name).read_bytes()[:200], Keys(*keys)
    for size in sizes:
        shutil.rmtree(file.parent)
        shutil.copytree(crashed, file.parent)
        file.write_bytes(head[:size])
        with pytest.raises(Unusable):
            open_database(file, keys=chosen)
        made = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW, chosen)
        assert made.rows["application"] >= 40, size
        restored = replace_database(file, backup, NOW, chosen)
        assert restored.backup.rows["application"] == 1, size


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


@pytest.mark.parametrize("of", ["another program's", "another database's", "an older one"])
def test_what_is_in_the_file_is_read_without_a_log_that_is_not_its_own(file: Path, of: str) -> None:
    store = Store(open_database(file))
    put_acme(store)
    older = file.with_name("older-wal")
    shutil.copyfile(f"{file}-wal", older)
    with store.transaction("More") as t:
        t.put_applications(
            [replace(ACME, id=f"n{n}", contacts=(), interviews=(), events=()) for n in range(60)]
        )
    store.close()
    foreign = file.with_name("foreign.db")
    if of == "another program's":
        connection = apsw.Connection(str(foreign))
        connection.pragma("journal_mode", "wal")
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [("zz" * 500,)] * 50)
    elif of == "another database's":
        another = Store(open_database(foreign))
        for number in range(30):
            with another.transaction("Add") as t:
                t.put_application(replace(ACME, id=f"b{number}", contacts=(), interviews=(), events=()))
    shutil.copyfile(older if of == "an older one" else f"{foreign}-wal", f"{file}-wal")
    log = Path(f"{file}-wal").read_bytes()
    with pytest.raises(Unusable, match=f"{file.name}-wal isn't the log of .* move the log to another folder"):
        open_database(file)
    found = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW)
    assert found.rows["application"] == 61
    assert found.rows["contact"] == 2
    assert Path(f"{file}-wal").read_bytes() == log


def test_a_log_that_fits_by_chance_is_named_where_an_older_version_has_told_nothing(
    file: Path, tmp_path: Path
) -> None:
    """Both count alike, and neither has a row that says from which states it goes on."""
    for number, place in enumerate((file, tmp_path / "other" / file.name)):
        store = Store(open_database(place))
        put_acme(store)
        with store.transaction("More") as t:
            t.put_applications(
                [
                    replace(ACME, id=f"n{number}-{n}", contacts=(), interviews=(), events=(), notes="x" * 900)
                    for n in range(60 - 20 * number)
                ]
            )
        store._database.sql("DELETE FROM meta WHERE name = 'lineage'")
        store.close()
    store = Store(open_database(place))
    store._database.sql("PRAGMA user_version = " + str(store._database.schema_version()))
    store._database.sql("UPDATE application SET notes = ''")
    log = Path(f"{place}-wal").read_bytes()
    store.close()
    Path(f"{file}-wal").write_bytes(log)
    with pytest.raises(Unusable, match=f"{file.name}-wal isn't the log of "):
        open_database(file)
    found = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW)
    assert found.rows["application"] == 61
