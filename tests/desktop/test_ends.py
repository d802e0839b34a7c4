"""However and wherever the program is ended, it ends well, says nothing, and keeps what was typed."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from followup_desktop.ui.kit.forms.drafts import TITLE
from tests.desktop.conftest import is_missing
from tests.desktop.program import COMMAND, RunningProgram, drafts_in, facts, just_interviewed, problems
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.reader import Reader
from tests.desktop.session import PrivateSession, speaks_at_spi

TIMEOUT = 40.0
FROM_QT = "qt.accessibility.atspi:"
"""How Qt begins what it says of the accessibility bus, over which these tests see where they are."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the program: the keys that lead there, and what is then shown."""

    keys: tuple[str, ...]
    shows: str = ""
    """The accessible name of it; without one it is a popup, which the screen has and the bus has not."""
    role: str | None = None
    press: str | None = None
    """A control that is pressed after the keys."""
    menu_of: str | None = None
    """A row that is clicked with the right button after the keys."""
    typed: str = ""
    """What is typed there at last, and is to be a draft."""


NEW_INTERVIEW = ("ctrl+2", "ctrl+i")
PLACES = {
    "Today": Place(("ctrl+1",), "Follow-ups"),
    "Applications": Place(("ctrl+2",), "Applications view"),
    "Board": Place(("ctrl+3",), "Board view"),
    "Calendar": Place(("ctrl+4",), "Calendar view"),
    "People": Place(("ctrl+5",), "People view"),
    "Insights": Place(("ctrl+6",), "Insights view"),
    "report": Place(("alt+f", "r"), "Report of your search", "dialog"),
    "Settings": Place(("ctrl+comma",), "Settings view"),
    "search": Place(("ctrl+f", "A", "c"), "Applications view"),
    "letter": Place(("ctrl+1",), "Subject", press="Write email", typed="Dear Ana"),
    "debrief": Place(("ctrl+1",), "Save debrief", press="Debrief"),
    "snooze": Place(("ctrl+1", "Home", "s"), "Remind me again"),
    "date of an answer": Place(("ctrl+1", "Home", "s", "p"), "Remind me again", typed="some tim"),
    "why": Place(("ctrl+1", "Home", "w"), "Why this reminder"),
    "new application": Place(("ctrl+n",), "Save application", typed="Globex"),
    "new interview": Place((*NEW_INTERVIEW, *["Tab"] * 4), "Save interview", typed="4711"),
    "new contact": Place(("ctrl+2", "ctrl+shift+n"), "Save contact", typed="Tom Berg"),
    "new reminder": Place(("ctrl+r",), "Save reminder", typed="Renew"),
    "log of events": Place(("ctrl+2", "ctrl+l")),
    "view's name": Place(("ctrl+2", "ctrl+shift+s"), "Name of the view"),
    "import": Place(("ctrl+o",), "Import", "dialog"),
    "export": Place(("ctrl+e",), "Export", "dialog"),
    "About": Place(("alt+h", "a"), "About Follow Up", "dialog"),
    "guide": Place(("F1",), "Search the guide"),
    "palette": Place(("ctrl+k",), "Find a command"),
    "menu": Place(("alt+f",), "Import…", "menu item"),
    "menu in a menu": Place(("alt+v", "t"), "Dark", "menu item"),
    "menu of a row": Place(("ctrl+1",), menu_of="Thank Ana Ruiz"),
    "list of a field": Place((*NEW_INTERVIEW, *["Tab"] * 5, "alt+Down")),
    "calendar of a field": Place((*NEW_INTERVIEW, "alt+Down")),
}

TERM, INT, HUP = signal.SIGTERM, signal.SIGINT, signal.SIGHUP
WAYS = [
    *((place, TERM) for place in PLACES),
    *((place, INT) for place in ("Today", "letter", "import", "menu")),
    *((place, HUP) for place in ("Board", "debrief", "export", "calendar of a field")),
    *((place, "alt+F4") for place in ("Today", "letter", "new application", "Settings")),
    *(
        (place, "ctrl+q")
        for place in ("Today", "Calendar", "debrief", "new contact", "import", "guide", "About")
    ),
    *((place, "ctrl+q") for place in ("menu", "palette", "list of a field", "view's name")),
]


class Ends:
    """A session in which the program is started on a copy of the same data, and ended."""

    def __init__(self, session: PrivateSession) -> None:
        self._session = session
        self._data = session.folder / "data of all"
        now = datetime.now(UTC)
        talked, open_ = just_interviewed(now), just_interviewed(now)
        (interview,) = open_["interviews"]
        del interview["debriefed_at"], interview["reply_by"]
        open_ |= {"id": "a2", "employer": "Initech", "interviews": [{**interview, "id": "i2"}]}
        file = session.folder / "facts.json"
        file.write_text(json.dumps(facts(talked, open_)), "utf-8")
        done = session.run(*COMMAND, "--data-dir", str(self._data), "import", str(file))
        assert done.returncode == 0, done.stderr
        self._reader = Reader(session)
        self._runs = 0

    def close(self) -> None:
        self._reader.close()

    def start(
        self, *words: str, empty: bool = False, open_to_others: bool = False, broken: str | None = None
    ) -> None:
        """Start the program on data of its own, and wait until its window has the keyboard."""
        self._runs += 1
        self._name = f"program-{self._runs}"
        self.folder = self._session.folder / f"data {self._runs}"
        if broken == "folder":
            self.folder.write_text("a file in its place")
        elif empty:
            self.folder.mkdir()
        else:
            shutil.copytree(self._data, self.folder)
        if broken == "database":
            (self.folder / "followup.db").write_bytes(b"no database at all" * 400)
        elif broken == "row":
            with apsw.Connection(str(self.folder / "followup.db")) as connection:
                connection.execute("UPDATE application SET stage = 'dreaming'")
            connection.close()
        if open_to_others:
            (self.folder / "window.ini").touch()
            (self.folder / "followup.db-wal").touch()
            for file in self.folder.iterdir():
                file.chmod(0o644)
            assert self.open_to_others()
        environment = {"PYTHONFAULTHANDLER": "1"}
        command = (*COMMAND, "--data-dir", str(self.folder), *words)
        self.process = self._session.start(self._name, *command, env=environment)
        self._session.activate(self._session.window(self.process))

    def go(self, place: Place) -> None:
        """Go there, and type what is to be typed."""
        self._reader.has("Search")
        self.press(*place.keys)
        if place.press:
            self._reader.press(place.press, role="push button")
        if place.menu_of:
            self._session.click(self._reader.place(place.menu_of, "Follow-ups", "label"), "3")
        if place.shows:
            self.sees(place.shows, place.role)
        else:
            wait_until(self._popup, TIMEOUT, "a popup is shown")
        if place.typed:
            self._session.run("xdotool", "type", "--delay", "15", place.typed)
            self._reader.has("Search")  # it answers once the keys have been taken

    def _popup(self) -> bool:
        return len(self._session.visible("--pid", str(self.process.pid))) > 1

    def sees(self, name: str, role: str | None = None) -> None:
        self._reader.has(name, role=role)

    def press(self, *keys: str) -> None:
        self._session.run("xdotool", "key", "--delay", "40", *keys)

    def by(self, way: signal.Signals | str) -> None:
        """End the program in this way; it is to end well, in silence."""
        self.ask(way)
        assert self.ended_with(0) == []

    def ask(self, way: signal.Signals | str) -> None:
        """Ask the program to end in this way."""
        if isinstance(way, signal.Signals):
            self.process.send_signal(way)
        else:
            self.press(way)

    def close_window(self) -> None:
        """Close the only window by the window manager's key, which is pressed again where it was lost."""
        self._session.close_window(self._session.window(self.process))

    def ended_with(self, status: int) -> list[str]:
        """What the program said until it ended with this status; it is to have noted no error of its own."""
        wait_until(lambda: self.process.poll() is not None, TIMEOUT, "the program ends")
        lines = self._session.log(self._name).splitlines()
        assert (self.process.returncode, problems(self.folder)) == (status, ""), lines
        return [line for line in lines if not line.startswith(FROM_QT)]

    def open_to_others(self) -> list[Path]:
        """The files of the data folder that another user may read."""
        return [file for file in self.folder.iterdir() if file.stat().st_mode & 0o077]

    def kill(self) -> None:
        """Let nothing be left of a program that did not end."""
        self._session.end(self.process)

    def drafts_with(self, typed: str) -> list[str]:
        """The drafts, by their keys, in which this was typed."""
        drafts: dict[str, dict[str, str]] = json.loads(drafts_in(self.folder))
        return [
            key
            for key, texts in drafts.items()
            if any(typed in text for field, text in texts.items() if field != TITLE)
        ]

    def stored(self) -> str:
        """All that is stored."""
        return self._session.run(*COMMAND, "--data-dir", str(self.folder), "export", "-").stdout


@pytest.fixture(scope="module")
def shared(need: Callable[..., None]) -> Iterator[Ends]:
    need()
    if not speaks_at_spi():
        is_missing("not installed: at-spi2-core, python3-gi or gir1.2-atspi-2.0")
    with PrivateSession(accessibility=True) as session:
        ends = Ends(session)
        yield ends
        ends.close()


@pytest.fixture
def ends(shared: Ends) -> Iterator[Ends]:
    yield shared
    shared.kill()


@pytest.mark.parametrize(
    ("name", "way"),
    [pytest.param(name, way, id=f"{name}, {getattr(way, 'name', way)}") for name, way in WAYS],
)
def test_the_program_ends_well_from_anywhere(ends: Ends, name: str, way: signal.Signals | str) -> None:
    place = PLACES[name]
    ends.start()
    ends.go(place)
    ends.by(way)
    if place.typed:
        assert len(ends.drafts_with(place.typed)) == 1
        assert place.typed not in ends.stored()


def test_files_that_others_could_read_are_closed_at_the_start(ends: Ends) -> None:
    ends.start(open_to_others=True)
    ends.by(TERM)
    assert {file.name: oct(file.stat().st_mode & 0o077) for file in ends.open_to_others()} == {}


@pytest.mark.parametrize("way", [TERM, "ctrl+q", "alt+F4"], ids=["SIGTERM", "ctrl+q", "alt+F4"])
def test_the_welcome_ends_well(ends: Ends, way: signal.Signals | str) -> None:
    ends.start(empty=True)
    ends.sees("Start empty")
    ends.by(way)


@pytest.mark.parametrize("way", [TERM, "ctrl+q"], ids=["SIGTERM", "ctrl+q"])
def test_a_long_import_ends_well(ends: Ends, tmp_path: Path, way: signal.Signals | str) -> None:
    many = [
        {"id": f"a{n}", "employer": f"Employer {n}", "role": "Role", "stage": "rejected"}
        for n in range(100_000)
    ]
    file = tmp_path / "many.json"
    file.write_text(json.dumps(facts(*many)), "utf-8")
    ends.start("--open", str(file))
    ends.sees("Working…", "dialog")
    ends.by(way)


@pytest.mark.parametrize("way", [TERM, "Escape", "alt+F4"], ids=["SIGTERM", "Escape", "alt+F4"])
@pytest.mark.parametrize("broken", ["folder", "database", "row"])
def test_who_starts_it_from_a_menu_is_told_why_there_is_no_window(
    ends: Ends, broken: str, way: signal.Signals | str
) -> None:
    ends.start(broken=broken)
    ends.sees("Follow Up", "alert")
    if way == "alt+F4":
        ends.close_window()
    else:
        ends.ask(way)
    (said,) = ends.ended_with(1)
    assert said.startswith("followup-desktop: ")
    assert said.endswith(".")


def test_what_kept_the_window_away_is_tried_again_once_it_is_put_right(session: PrivateSession) -> None:
    program = RunningProgram(session, facts(just_interviewed(datetime.now(UTC))))
    database = program.folder / "followup.db"
    sound = database.read_bytes()
    connection = apsw.Connection(str(database))
    connection.pragma("user_version", 9999)
    connection.close()
    process = program.start()
    box = program.window
    wait_until(lambda: "newer version" in session.log("program"), TIMEOUT, "it says what is wrong")
    session.activate(box)
    session.run("xdotool", "key", "Return")
    wait_until(lambda: session.log("program").count("newer version") == 2, TIMEOUT, "it was tried again")
    database.write_bytes(sound)
    repeat_until(
        lambda: session.run("xdotool", "key", "Return"),
        lambda: session.visible("--pid", str(process.pid), "--name", "Today"),
        TIMEOUT,
        "the window opens",
    )
    assert problems(program.folder) == ""


def test_a_folder_that_can_only_be_read_is_looked_at_and_opens_once_it_can_be_written_to(
    session: PrivateSession,
) -> None:
    program = RunningProgram(session, facts(just_interviewed(datetime.now(UTC))))
    folder = str(program.folder)
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 77; shift; exec "$@"'
    own = () if os.getuid() == 0 else ("--map-root-user",)
    process = session.start(
        "program",
        "unshare",
        "--mount",
        *own,
        "sh",
        "-c",
        script,
        "sh",
        folder,
        *COMMAND,
        "--data-dir",
        folder,
    )
    wait_until(
        lambda: process.poll() is not None or "isn't writable" in session.log("program"),
        TIMEOUT,
        "it says so",
    )
    if process.poll() in {1, 77}:
        is_missing("nothing can be mounted here")
    session.activate(session.window(process))
    repeat_until(
        lambda: session.run("xdotool", "key", "Down", "Return"),
        lambda: session.visible("--pid", str(process.pid), "--name", "Your data"),
        TIMEOUT,
        "it shows what is there",
    )
    repeat_until(
        lambda: session.run("xdotool", "key", "Escape"),
        lambda: not session.visible("--pid", str(process.pid), "--name", "Your data"),
        TIMEOUT,
        "it is closed",
    )
    entered = session.run(
        "nsenter", "--target", str(process.pid), "--mount", "mount", "-o", "remount,bind,rw", folder
    )
    assert entered.returncode == 0, entered.stderr
    repeat_until(
        lambda: session.run("xdotool", "key", "Return"),
        lambda: session.visible("--pid", str(process.pid), "--name", "Today"),
        TIMEOUT,
        "the window opens",
    )
    assert problems(program.folder) == ""


def test_a_second_request_to_end_breaks_nothing_off(ends: Ends) -> None:
    ends.start()
    ends.go(PLACES["letter"])
    for _ in range(20):
        ends.process.send_signal(TERM)
    ends.by(TERM)
