"""What is never opened: an empty start where there was a database, and what is another's."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.drafts import Template
from followup_desktop.domain.errors import Refused
from followup_desktop.storage import backups, database, opening, reads, rekeying, soundness
from followup_desktop.storage.cipher import Keys
from followup_desktop.storage.database import backups_folder, open_database, opens
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.store import Store
from tests.places import NO_DATABASE, NO_LOG, put_in_place
from tests.storage.conftest import ACME, put_acme

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes, links and locks")

KILLED = """
import os, sys
from pathlib import Path
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.store import Store
from tests.places import NO_DATABASE, NO_LOG, put_in_place
from tests.storage.conftest import put_acme
put_acme(Store(open_database(Path(sys.argv[1]))))
os._exit(9)
"""


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of the folder with its mode and its bytes."""
    return {
        each.relative_to(folder).as_posix(): (stat.S_IMODE(each.stat().st_mode), each.read_bytes())
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def refused(file: Path, words: str, traces: opening.Traces = opening.NO_TRACES) -> None:
    """Opening is refused in these words, twice, and changes nothing."""
    before = contents(file.parent)
    for _ in range(2):
        with pytest.raises(Refused, match=words):
            open_database(file, traces=traces)
    assert contents(file.parent) == before


def cut(file: Path, size: int | None) -> None:
    """Leave so many bytes of the file; none of it for ``None``."""
    if size is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(file.read_bytes()[:size] if file.exists() else b"S" * size)


def begun(file: Path) -> None:
    """A database with an application, closed."""
    store = Store(open_database(file))
    put_acme(store)
    store.close()


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a program left which was killed."""
    file = tmp_path_factory.mktemp("killed") / "followup.sqlite3"
    subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    assert Path(f"{file}-wal").stat().st_size > 10_000
    return file.parent


@pytest.fixture
def killed(left: Path, file: Path) -> Path:
    """A database whose program was killed: its edits are in the log."""
    shutil.copytree(left, file.parent)
    return file


SIZES = pytest.mark.parametrize("size", [None, 0, 1, 99], ids=["missing", "empty", "a byte", "no header"])


def test_what_a_killed_program_left_opens_with_its_edits(killed: Path) -> None:
    store = Store(open_database(killed))
    assert store.application("a1") == ACME
    store.close()


@SIZES
@pytest.mark.parametrize("ending", ["-wal", "-journal", "-shm"])
def test_no_empty_start_beside_a_log(killed: Path, size: int | None, ending: str) -> None:
    opening.remember(killed, entered=False)  # the log alone tells
    for other in {"-wal", "-journal", "-shm"} - {ending}:
        Path(f"{killed}{other}").unlink(missing_ok=True)
    if ending == "-journal":
        Path(f"{killed}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    cut(killed, size)
    refused(killed, rf"{ending} beside it belongs to the database that was there.* Nothing was changed")


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda file: rekeying.learn_former_keys(file, Keys()), id="former keys"),
        pytest.param(lambda file: reads.zone_in(file, Keys()), id="time zone"),
        pytest.param(backups.read, id="backup"),
        pytest.param(lambda file: opens(file, Keys()), id="opens"),
        pytest.param(database.open_to_read, id="read"),
    ],
)
@pytest.mark.parametrize("rest", [b"", b"x"], ids=["empty", "a byte"])
def test_no_look_at_an_emptied_file_deletes_what_lies_beside_it(
    killed: Path, look: Callable[[Path], object], ending: str, rest: bytes
) -> None:
    if ending == "-journal":
        Path(f"{killed}-wal").rename(f"{killed}-journal")
    killed.write_bytes(rest)
    before = contents(killed.parent)
    with suppress(Refused, apsw.Error):
        look(killed)
    assert contents(killed.parent) == before


@SIZES
def test_no_empty_start_beside_a_log_that_fits_no_database(file: Path, size: int | None) -> None:
    file.parent.mkdir()
    Path(f"{file}-wal").write_bytes(os.urandom(700_000))
    cut(file, size)
    refused(file, "-wal beside it belongs")


@SIZES
@pytest.mark.parametrize("name", ["2026-10-14.sqlite3", "something else"])
def test_no_empty_start_where_there_are_backups(file: Path, size: int | None, name: str) -> None:
    backups_folder(file).mkdir(parents=True)
    (backups_folder(file) / name).write_bytes(b"a backup")
    cut(file, size)
    refused(file, "there are backups of it. Nothing was changed.")


@SIZES
def test_no_empty_start_where_something_had_been_entered(file: Path, size: int | None) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    cut(file, size)
    refused(file, "followup.state shows that data was entered")


@SIZES
def test_no_empty_start_where_another_file_tells_of_earlier_runs(file: Path, size: int | None) -> None:
    file.parent.mkdir()
    trace = file.with_name("window.ini")
    trace.write_text("[window]\nview=today\n")
    cut(file, size)
    refused(file, "window.ini shows that data was entered", opening.Traces(run=trace))


def overwrite(file: Path, content: str) -> None:
    """Leave a file of at least a header's length in which the first page is no longer ours."""
    page = {
        "zeros": bytes(8192),
        "noise": os.urandom(8192),
        "a header of zeros": bytes(100),
        "an old header": b"SQLite format 3\0" + bytes(84),
        "noise behind the mark": b"SQLite format 3\0" + b"\x10\x00" + os.urandom(4078),
        "the first page of zeros": bytes(4096),
    }[content]
    old = file.read_bytes() if file.exists() and content.startswith("the first page") else b""
    file.write_bytes(page + old[len(page) :])


CONTENTS = pytest.mark.parametrize(
    "content",
    [
        "zeros",
        "noise",
        "a header of zeros",
        "an old header",
        "noise behind the mark",
        "the first page of zeros",
    ],
)


@CONTENTS
def test_a_file_that_was_overwritten_is_a_loss_where_its_log_is_there(killed: Path, content: str) -> None:
    """Another data folder would lead away from the edits in the log."""
    killed.with_suffix(".state").unlink(missing_ok=True)
    overwrite(killed, content)
    refused(killed, "-wal beside it belongs to the database that was there.* Nothing was changed")


@CONTENTS
def test_a_file_that_was_overwritten_is_a_loss_where_there_are_backups(file: Path, content: str) -> None:
    backups_folder(file).mkdir(parents=True)
    (backups_folder(file) / "2026-10-14.sqlite3").write_bytes(b"a backup")
    overwrite(file, content)
    refused(file, "there are backups of it. Nothing was changed.")


@CONTENTS
def test_a_file_that_was_overwritten_is_a_loss_where_something_was_entered(file: Path, content: str) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    overwrite(file, content)
    refused(file, "followup.state shows that data was entered")


@CONTENTS
def test_a_file_that_was_overwritten_is_a_loss_after_earlier_runs(file: Path, content: str) -> None:
    file.parent.mkdir()
    trace = file.with_name("window.ini")
    trace.touch()
    overwrite(file, content)
    refused(file, "window.ini shows that data was entered", opening.Traces(run=trace))


def test_another_program_s_database_in_the_place_of_ours_is_a_loss(file: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    file.unlink()
    foreign(file, log=True)
    refused(file, "is another program's database, but followup.state shows that data was entered")


@pytest.mark.parametrize("size", [None, 0], ids=["missing", "empty"])
def test_where_nothing_was_entered_one_begins_anew(file: Path, size: int | None) -> None:
    """The file tells so itself, whatever else tells of earlier runs."""
    open_database(file).close()
    cut(file, size)
    trace = file.with_name("window.ini")
    trace.touch()
    open_database(file, traces=opening.Traces(run=trace)).close()
    assert file.stat().st_size > 0


@SIZES
def test_no_empty_start_where_something_was_being_written(file: Path, size: int | None) -> None:
    """However sure it is that nothing had been saved."""
    open_database(file).close()
    assert opening.remembered(file) is False
    cut(file, size)
    drafts = file.with_name("window.ini")
    drafts.touch()
    traces = opening.Traces(run=drafts, drafts=drafts)
    refused(file, r"but window.ini holds an unsaved draft\. .*Nothing was changed\.$", traces)


@SIZES
@pytest.mark.parametrize(
    "name", ["followup.sqlite3-wal.of-the-former", "backups/before-schema-3.sqlite3.partial"]
)
def test_no_empty_start_beside_what_was_left_of_a_database(file: Path, size: int | None, name: str) -> None:
    open_database(file).close()
    left = file.parent / name
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"left")
    cut(file, size)
    refused(file, f"but {left.name} shows that data was entered")


@SIZES
def test_no_empty_start_where_the_user_had_templates_alone(file: Path, size: int | None) -> None:
    store = Store(open_database(file))
    with store.transaction("Change") as t:
        t.put_template(Template(name="thank_you", subject="Thanks", body="Dear {name}"))
    store.close()
    cut(file, size)
    refused(file, "followup.state shows")


def test_who_deleted_everything_is_not_told_of_a_loss(file: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    assert opening.remembered(file) is True
    with store.transaction("Delete all") as t:
        t.put_facts(type(t.facts())())
    store.close()
    open_database(file).close()
    assert opening.remembered(file) is False
    file.unlink()
    open_database(file).close()


def test_a_copy_of_the_file_alone_opens_anywhere(file: Path, tmp_path: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    copy = tmp_path / "elsewhere" / "followup.db"
    copy.parent.mkdir()
    shutil.copy(file, copy)
    store = Store(open_database(copy))
    assert store.application("a1") == ACME
    store.close()
    copy.unlink()
    refused(copy, "shows that data was entered")


def test_a_first_start_is_there_whole_or_not_at_all(file: Path) -> None:
    database = open_database(file)
    connection = apsw.Connection(
        f"file:{file}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    )
    assert connection.pragma("user_version") == database.schema_version()
    assert connection.pragma("application_id") == opening.APPLICATION_ID
    connection.close()
    database.close()
    assert sorted(each.name for each in file.parent.iterdir()) == ["followup.sqlite3", "followup.state"]


@posix
def test_a_database_that_is_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "real" / "mine.db"
    store = Store(open_database(real))
    put_acme(store)
    store.close()
    file.parent.mkdir()
    file.symlink_to(real)
    store = Store(open_database(file))
    assert store.application("a1") == ACME
    store.close()
    real.rename(real.with_name("away.db"))
    refused(file, "links to .*mine.db, which doesn't exist")
    real.touch()
    Path(f"{real}-wal").write_bytes(b"left")
    refused(file, "mine.db-wal beside it belongs")


@posix
@pytest.mark.parametrize("what", sorted(NO_DATABASE.keys() - {"nothing", "another program's"}))
def test_what_is_no_file_is_refused_without_waiting_and_a_backup_may_take_its_place(
    file: Path, what: str
) -> None:
    file.parent.mkdir()
    put_in_place(file, what)
    with pytest.raises(Unusable):
        open_database(file)
    assert not opening.is_sealed(file)
    assert opening.salt_of(file) is None
    assert not opening.is_ours(file)


@posix
@pytest.mark.parametrize("what", NO_LOG)
@pytest.mark.parametrize("ending", ["-wal", "-journal", "-shm"])
def test_what_is_no_log_is_named_and_a_backup_may_take_its_place(file: Path, what: str, ending: str) -> None:
    begun(file)
    log = Path(f"{file}{ending}")
    NO_LOG[what](log)
    content = file.read_bytes()
    there = sorted(each.name for each in file.parent.iterdir())
    with pytest.raises(Unusable, match=rf"{log.name} isn't a file"):
        open_database(file)
    assert file.read_bytes() == content
    assert sorted(each.name for each in file.parent.iterdir()) == there


@posix
@pytest.mark.parametrize("ending", [".state", ".cipher"])
def test_a_pipe_beside_the_database_keeps_nobody_waiting(file: Path, ending: str) -> None:
    begun(file)
    note = file.with_suffix(ending)
    note.unlink(missing_ok=True)
    os.mkfifo(note)
    database = open_database(file)
    assert Store(database).application("a1") is not None
    database.close()


# Other programs' databases


def foreign(file: Path, *, log: bool, version: int = 0, owner: int = 0) -> None:
    file.parent.mkdir(exist_ok=True)
    made = (
        "import apsw, os, sys\n"
        "c = apsw.Connection(sys.argv[1])\n"
        f"c.pragma('journal_mode', {'wal' if log else 'delete'!r})\n"
        f"c.pragma('application_id', {owner}); c.pragma('user_version', {version})\n"
        "c.execute('CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)')\n"
        "c.execute('INSERT INTO bookmarks VALUES (1)')\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", made, str(file)], check=True)
    file.chmod(0o644)


@posix
@pytest.mark.parametrize("log", [False, True], ids=["journal", "log"])
@pytest.mark.parametrize(("version", "owner"), [(0, 0), (99, 0), (0, 0x12345678), (99, 0x12345678)])
def test_a_database_of_another_program_is_looked_at_and_left_alone(
    file: Path, log: bool, version: int, owner: int
) -> None:
    foreign(file, log=log, version=version, owner=owner)
    refused(file, "is another program's database and was left as it is")


@posix
def test_another_program_s_empty_database_with_a_number_is_not_a_newer_one_of_ours(file: Path) -> None:
    file.parent.mkdir()
    connection = apsw.Connection(str(file))
    connection.pragma("user_version", 99)
    connection.close()
    refused(file, "another program's")


@posix
def test_a_newer_one_of_ours_is_left_alone_too(file: Path) -> None:
    open_database(file).close()
    connection = apsw.Connection(str(file))
    connection.pragma("user_version", 99)
    connection.close()
    file.chmod(0o644)
    refused(file, "newer version of Follow Up ")


@posix
def test_looking_at_a_file_gives_up_no_lock_of_this_process(file: Path) -> None:
    """A file that is opened and closed in the common way does: POSIX locks are the process's."""
    database = open_database(file)
    assert next(database.sql("SELECT count(*) FROM meta"))
    ask = (
        "import fcntl, sys\n"
        "file = open(sys.argv[1], 'r+b')\n"
        "fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)\n"
    )
    assert not opening.begins_anew(file)
    asked = subprocess.run([sys.executable, "-c", ask, str(file)], capture_output=True, check=False)
    assert asked.returncode != 0
    database.close()


# Damage


def noise(file: Path, at: int, length: int = 4096) -> None:
    content = bytearray(file.read_bytes())
    content[at : at + length] = os.urandom(length)
    file.write_bytes(bytes(content))


@pytest.fixture
def filled(file: Path) -> Path:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    return file


@pytest.mark.parametrize("page", [2, 5, 9, 20])
def test_noise_in_a_page_is_noticed_at_the_opening_and_nothing_is_changed(filled: Path, page: int) -> None:
    noise(filled, page * 4096)
    refused(filled, "is damaged and was left as it is")


@pytest.mark.parametrize("page", [2, 5, 9, 20])
def test_a_large_file_is_looked_at_after_a_start_that_can_wait(
    filled: Path, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And by then what is wrong is known to the next start, which says so at once."""
    monkeypatch.setattr(soundness, "LARGE_PAGES", 1)
    whole = open_database(filled, can_wait=True)
    assert whole.is_to_be_looked_at
    whole.look_after_start()
    assert whole.why_damaged() is None
    whole.close()
    noise(filled, page * 4096)
    try:
        opened = open_database(filled, can_wait=True)
    except Unusable:  # what the opening reads in any case
        return
    with pytest.raises(Unusable, match="is damaged"):
        opened.look_after_start()
    assert opened.why_damaged() is not None
    opened.close()
    refused(filled, "is damaged and was left as it is")


@pytest.mark.parametrize("page", [2, 5, 9, 20])
def test_one_that_can_be_looked_at_in_time_is_refused_whoever_can_wait(filled: Path, page: int) -> None:
    noise(filled, page * 4096)
    with pytest.raises(Unusable, match="is damaged"):
        open_database(filled, can_wait=True)


def test_only_who_can_wait_opens_a_large_one_without_a_look(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LARGE_PAGES", 1)
    noise(filled, 9 * 4096)
    refused(filled, "is damaged and was left as it is")


def test_a_file_that_was_cut_short_is_damaged_be_it_by_a_byte(filled: Path) -> None:
    content = filled.read_bytes()
    for length in (40_960, len(content) - 4000, len(content) - 1):
        filled.write_bytes(content[:length])
        refused(filled, "is damaged and was left as it is")


def test_a_table_that_is_missing_is_damage(filled: Path) -> None:
    connection = apsw.Connection(str(filled))
    connection.execute("DROP TABLE event")
    connection.close()
    refused(filled, "is damaged")


def test_a_log_with_edits_stays_beside_a_damaged_file(killed: Path) -> None:
    noise(killed, 4096, killed.stat().st_size - 4096)
    log = Path(f"{killed}-wal").read_bytes()
    with pytest.raises(Refused, match="is damaged"):
        open_database(killed)
    assert Path(f"{killed}-wal").read_bytes() == log


def test_a_log_that_another_process_takes_away_meanwhile_is_no_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "followup.db"
    open_database(path).close()
    log = opening.beside(path)[0]
    log.touch()

    def access(file: Path, how: int, **options: bool) -> bool:
        log.unlink(missing_ok=True)
        return file.exists()

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr(os, "supports_effective_ids", {access})
    open_database(path).close()
