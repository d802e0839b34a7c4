"""What the window keeps of what the user entered: in the database, and not in a plain file."""

from __future__ import annotations

import apsw

from followup_desktop.services.transfer.document import Answers, MappedColumn
from followup_desktop.services.transfer.remembered import PLACE, as_kept, as_told, remembered, with_answers
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.ui.kit.window_settings import (
    IN_THE_DATABASE,
    RECENT_COMMANDS,
    SAVED_VIEWS,
    SENDER,
    SHOWN_VIEW,
    TABLES,
)
from tests.storage.conftest import KEY
from tests.ui.desk import Desk, settings_of

SECRET = "Initech Cloud & Söhne"


def test_none_of_it_is_plain_in_any_file_under_a_passphrase(desk: Desk) -> None:
    desk.store.put_under_key(KEY)
    settings = settings_of(desk.folder, desk.store)
    for setting in IN_THE_DATABASE:
        value = (SECRET,) if isinstance(setting.default, tuple) else SECRET
        settings.set(setting, value)
        assert settings_of(desk.folder, desk.store).get(setting) == value
    settings.set(SHOWN_VIEW, "board")
    settings.write()
    files = [each for each in desk.folder.rglob("*") if each.is_file()]
    assert b"board" in (desk.folder / "window.ini").read_bytes()
    assert [each.name for each in files if b"Initech" in each.read_bytes()] == []


def test_what_an_earlier_version_kept_in_the_file_comes_into_the_database(desk: Desk) -> None:
    former = settings_of(desk.folder, desk.store)
    former.file.setValue(SENDER.key, SECRET)
    former.file.setValue(RECENT_COMMANDS.key, ["view/Initech", "command/why"])
    former.file.setValue(SAVED_VIEWS.key, 7)  # which it can't have written
    former.write()
    for _start in range(2):
        settings = settings_of(desk.folder, desk.store)
        assert settings.get(SENDER) == SECRET
        assert settings.get(RECENT_COMMANDS) == ("view/Initech", "command/why")
        assert settings.get(SAVED_VIEWS) == SAVED_VIEWS.default
        assert "Initech" not in (desk.folder / "window.ini").read_text()
    settings.set(SENDER, "")
    assert settings_of(desk.folder, desk.store).get(SENDER) == ""
    settings.clear(SENDER)
    assert not settings_of(desk.folder, desk.store).is_kept(SENDER)


def test_what_cant_be_written_now_holds_and_is_tried_again(desk: Desk) -> None:
    settings = settings_of(desk.folder, desk.store)
    settings.file.setValue(TABLES.key, "{}")
    other = apsw.Connection(str(desk.folder / "data.db"))
    other.execute("BEGIN IMMEDIATE")
    settings.keep_private_in(desk.store.settings)
    settings.set(SENDER, SECRET)
    assert settings.get(SENDER) == SECRET
    assert settings.file.contains(TABLES.key)
    other.execute("ROLLBACK")
    other.close()
    assert not settings_of(desk.folder, desk.store).is_kept(SENDER)
    settings.write()
    assert settings_of(desk.folder, desk.store).get(SENDER) == SECRET


def answers_of(employer: str) -> Answers:
    return Answers(columns={employer: "employer"})


def test_answers_that_the_command_line_remembers_meanwhile_hold_in_the_window(desk: Desk) -> None:
    settings, elsewhere = settings_of(desk.folder, desk.store), Store(open_database(desk.folder / "data.db"))
    assert settings.get(TABLES) == TABLES.default
    for name in ("Firma", "Empresa"):
        columns = [MappedColumn(heading=name)]
        elsewhere.settings.change(
            PLACE,
            lambda text, name=name, columns=columns: as_kept(  # type: ignore[misc]
                with_answers(as_told(text), columns, answers_of(name))
            ),
        )
        assert remembered(settings.read_again(TABLES), columns) == answers_of(name)
        mine = [MappedColumn(heading=f"{name} of mine")]
        settings.change(TABLES, lambda kept, mine=mine, name=name: with_answers(kept, mine, answers_of(name)))  # type: ignore[misc]
    elsewhere.close()
    kept = settings_of(desk.folder, desk.store).get(TABLES)
    for name in ("Firma", "Empresa", "Firma of mine", "Empresa of mine"):
        assert remembered(kept, [MappedColumn(heading=name)]) is not None


def test_what_waits_to_be_written_is_joined_to_what_was_written_meanwhile(desk: Desk) -> None:
    settings = settings_of(desk.folder, desk.store)
    other = apsw.Connection(str(desk.folder / "data.db"))
    other.execute("BEGIN IMMEDIATE")
    for word in ("one", "two"):
        settings.change(SENDER, lambda text, word=word: f"{text} {word}".strip())  # type: ignore[misc]
    assert settings.read_again(SENDER) == "one two"
    other.execute("INSERT INTO meta (name, value) VALUES ('setting/' || ?, '\"zero\"')", (SENDER.key,))
    other.execute("COMMIT")
    other.close()
    settings.write()
    assert settings.get(SENDER) == "zero one two"
    assert settings_of(desk.folder, desk.store).get(SENDER) == "zero one two"
