"""What the window keeps of what the user entered: in the database, and not in a plain file."""

from __future__ import annotations

import apsw

from followup_desktop.ui.kit import window_settings
from followup_desktop.ui.kit.window_settings import (
    IN_THE_DATABASE,
    RECENT_COMMANDS,
    SAVED_VIEWS,
    SENDER,
    SHOWN_VIEW,
    TABLES,
    Setting,
)
from tests.storage.conftest import KEY
from tests.ui.desk import Desk, settings_of

SECRET = "Initech Cloud & Söhne"


NOT_ENTERED = {
    "CHECKED_DAY": "a day that the program reckoned",
    "FILE_FOLDER": "a path",
    "FONT": "a family of fonts",
    "FORMER_ZONES": "zones by ids",
    "GOAL_NUMBER": "a number",
    "LANGUAGE": "a code, which the start reads before the data",
    "MOMENTS_TOLD": "keys of the program's",
    "MOMENT_SHOWN": "a key of the program's",
    "PAUSED_UNTIL": "an instant",
    "PHONE_FOLDER": "a path",
    "REPORT_LANGUAGE": "a code",
    "REPORT_WITHOUT": "names of columns",
    "SECOND_BACKUPS": "a path",
    "SEEN_ZONE": "the computer's zone",
    "SHOWN_VIEW": "the name of a view",
}
"""The settings of texts that hold nothing which the user entered of a search, with why they needn't hide."""


def test_a_text_is_in_the_database_or_said_to_be_none_of_the_users() -> None:
    """A new setting of texts is one or the other: under a passphrase the file of the window is plain."""
    texts = {
        name
        for name, setting in vars(window_settings).items()
        if isinstance(setting, Setting) and type(setting.default) in (str, tuple)
    }
    private = {name for name in texts if getattr(window_settings, name) in IN_THE_DATABASE}
    assert len(private) == len(IN_THE_DATABASE)
    assert texts - private == NOT_ENTERED.keys()


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
