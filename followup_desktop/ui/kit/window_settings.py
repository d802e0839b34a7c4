"""What the window keeps from one start to the next: one row a setting, with its key, type and default."""

from __future__ import annotations

import contextlib
import json
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractEventDispatcher, QByteArray, QSettings, QTimer

from followup_desktop.domain.errors import Refused
from followup_desktop.services.reading.goal import Goal, GoalKind
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.transfer import table_answers
from followup_desktop.ui.kit.theme import Lettering, TextSize, ThemeChoice

T = TypeVar("T")


class Paper(StrEnum):
    """The sizes of paper that are in use."""

    A4 = "A4"
    LETTER = "Letter"


class WindowState(StrEnum):
    """How much of the screen the window takes."""

    NORMAL = "normal"
    MAXIMIZED = "maximized"
    FULL_SCREEN = "full_screen"


class CalendarMode(StrEnum):
    """What the calendar shows at once."""

    WEEK = "week"
    MONTH = "month"


class FirstStepsState(StrEnum):
    """Whether the list of first steps is shown: from the first look at an empty Today until it is done."""

    UNDECIDED = "undecided"
    SHOWN = "shown"
    DONE = "done"


@dataclass(frozen=True, slots=True, eq=False)
class Setting(Generic[T]):
    """One setting. Its type is that of ``default``, which holds where nothing that fits is kept."""

    key: str
    default: T


LANGUAGE = Setting("window/language", "")
"""The language of the program, by its code; empty for the system's. ``system/language.py`` reads it, too."""
THEME = Setting("window/theme", ThemeChoice.SYSTEM)
TEXT_SIZE = Setting("window/text_size", TextSize.NORMAL)
FONT = Setting("window/font", "")
"""The family of fonts; empty for the system's."""
SPACED_LETTERS = Setting("window/spaced_letters", False)
SHOWN_VIEW = Setting("window/view", "today")
GEOMETRY = Setting("window/geometry", QByteArray())
WINDOW_STATE = Setting("window/state", WindowState.NORMAL)
"""It stands beside Qt's geometry, which Qt refuses on a screen of quite another width."""
FILE_FOLDER = Setting("files/folder", "")
TABLES = Setting(table_answers.KEY, "{}")
"""What the user answered about tables: an earlier version kept it in the file, imports read and write it."""
RECENT_COMMANDS: Setting[tuple[str, ...]] = Setting("palette/recent", ())

STAGE_FILTER = Setting("applications/filter", StageFilter.ACTIVE)
QUICK_FILTERS = Setting("applications/quick-filters", "{}")
"""The filters beside that by stage, as JSON."""
SAVED_VIEWS = Setting("applications/views", "[]")
"""The user's own views of the applications, as JSON."""
APPLICATIONS_COLUMNS = Setting("applications/columns", QByteArray())
APPLICATIONS_SPLITTER = Setting("applications/splitter", QByteArray())
FORMER_ZONES = Setting("applications/former-zones", "{}")
"""The zones that interviews of an application may still be in, as JSON: the question outlasts the window."""
PEOPLE_COLUMNS = Setting("people/columns", QByteArray())
PEOPLE_SPLITTER = Setting("people/splitter", QByteArray())
CALENDAR_MODE = Setting("calendar/mode", CalendarMode.WEEK)
BOARD_UNFOLDED = Setting("board/unfolded", False)
"""Whether the board shows what has ended."""

TICKED = Setting("today/ticked", "{}")
"""What was ticked off for interviews, as JSON."""

SENDER = Setting("compose/sender", "")
"""The user's own name, with which messages are signed."""
GOAL_KIND = Setting("goal/kind", GoalKind.APPLICATIONS)
GOAL_NUMBER = Setting("goal/number", "0")
"""How much the user means to do a week; 0 for no goal."""
REPORT_NAME = Setting("report/name", "")
"""The user's name in the report of the search; empty: as emails are signed."""
REPORT_NUMBER = Setting("report/number", "")
"""The user's customer number at the authority that the report is for."""
REPORT_PAPER = Setting("report/paper", Paper.A4)
REPORT_LANGUAGE = Setting("report/language", "")
"""What the report is written in, by its code; empty: in the window's language."""
REPORT_WITHOUT: Setting[tuple[str, ...]] = Setting("report/without", ())
"""What is left out of the report, but for notes."""
REPORT_NOTES = Setting("report/notes", False)
"""Whether notes are in it: whole letters stand among them."""
ENCOURAGEMENT = Setting("reminders/encouragement", False)
"""Whether words of encouragement are also notified (tip 8)."""
PRIVATE = Setting("reminders/private", False)
"""Whether notifications name nobody."""
PAUSED_UNTIL = Setting("reminders/paused_until", "")
"""Until when there are no reminders, in seconds of UTC; empty if they are not paused."""
PHONE_FOLDER = Setting("phone/folder", "")
PHONE_AS_EVENTS = Setting("phone/as_events", False)
PHONE_PRIVATE = Setting("phone/private", False)
TOLD_OF_TRAY = Setting("tray/told", False)
"""Whether it was said that the program goes on in the tray."""
TOLD_FAREWELL = Setting("tray/told_farewell", False)
"""Whether it was said that no reminder comes while the program does not run."""
FIRST_STEPS = Setting("today/first_steps", FirstStepsState.UNDECIDED)
MOMENTS_TOLD: Setting[tuple[str, ...]] = Setting("moments/told", ())
"""The great moments that were told, by their keys."""
MOMENT_SHOWN = Setting("moments/shown", "")
"""The one that the user has not closed yet."""
SEEN_ZONE = Setting("place/seen_zone", "")
"""The computer's time zone that was settled last."""
SECOND_BACKUPS = Setting("data/second_backups", "")
"""The folder, besides that of the program, in which backups are kept; empty for none."""
COUNT_WHILE_LOCKED = Setting("data/count_while_locked", False)
"""Whether reminders are counted while the data are locked: their moments are readable then."""
CHECKED_DAY = Setting("data/checked_on", "")
"""The day on which the database was found sound last."""


IN_THE_DATABASE: tuple[Setting[Any], ...] = (
    TABLES,
    RECENT_COMMANDS,
    QUICK_FILTERS,
    SAVED_VIEWS,
    TICKED,
    SENDER,
    REPORT_NAME,
    REPORT_NUMBER,
)
"""The settings that may hold what the user entered: texts, or tuples of texts."""


class SettingPlace(Protocol):
    """Where private settings are kept, as texts by their keys. Each method raises ``Refused``."""

    def all(self) -> dict[str, str]:
        """Every one that is kept."""

    def put(self, name: str, text: str | None) -> None:
        """Keep this text, or none any more."""


_WRITE_MS = 1000
"""So long after one was set, at most, they are on the disk; to write them takes longer than to set one."""


class WindowSettings:
    """The settings in a file; what is kept there and does not fit counts as not kept.

    It is written a second after one was set, with all that were set until then, or by ``write``.

    The private ones are in a place of their own from ``keep_private_in`` on. What can't be kept there holds
    as long as the program runs, and is tried again with the next one. So does what is set while the folder of
    the file isn't the one that it was, which ``is_in_place`` tells: nothing is written into another's.
    """

    def __init__(self, file: QSettings, is_in_place: Callable[[], bool] = lambda: True) -> None:
        self.file = file
        self._is_in_place = is_in_place
        self._waiting: dict[str, Any] = {}
        """What isn't in the file yet, by its keys; ``None`` is to be removed."""
        self._place: SettingPlace | None = None
        self._private: dict[str, str] = {}
        self._unwritten: dict[str, str | None] = {}
        """The private ones that aren't in their place yet, by their keys."""
        self._is_due = False
        """Whether what waits is going to be written."""

    def keep_private_in(self, place: SettingPlace) -> None:
        """Have the private settings there, and bring there what an earlier version kept in the file."""
        self._place, self._private = place, {}
        with contextlib.suppress(Refused):
            self._private = place.all()
        former = [each for each in IN_THE_DATABASE if self.file.contains(each.key)]
        for setting in former:
            # What the place has is newer: the file has another only if an earlier version ran again.
            if setting.key not in self._private:
                self._set_private(setting.key, _as_text(_fitting(setting, self.file.value(setting.key))))
        for setting in former:
            if setting.key not in self._unwritten:
                self.file.remove(setting.key)
        if former:
            self._sync()

    def get(self, setting: Setting[T]) -> T:
        """What is kept, or the default."""
        if self._is_private(setting):
            found = _read(self._private.get(setting.key))
        else:
            found = self._waiting.get(setting.key, self.file.value(setting.key))
        return _fitting(setting, found)

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep this."""
        if self._is_private(setting):
            self._set_private(setting.key, _as_text(value))
        else:
            plain: Any = value.value if isinstance(value, StrEnum) else value
            self._put(setting.key, list(plain) if isinstance(plain, tuple) else plain)

    def is_kept(self, setting: Setting[Any]) -> bool:
        """Whether anything is kept for it."""
        if self._is_private(setting):
            return setting.key in self._private
        if setting.key in self._waiting:
            return self._waiting[setting.key] is not None
        return bool(self.file.contains(setting.key))

    def clear(self, setting: Setting[Any]) -> None:
        """Keep nothing for it any more."""
        if self._is_private(setting):
            self._set_private(setting.key, None)
        else:
            self._put(setting.key, None)

    def write(self) -> None:
        """Put everything on the disk now."""
        self._sync()
        self._write_private()

    def _put(self, key: str, plain: Any) -> None:
        self._waiting[key] = plain
        if QAbstractEventDispatcher.instance() is None:  # no loop in which a timer would ring
            self._sync()
        elif not self._is_due:
            self._is_due = True
            # Qt's own timer: one that is kept here goes with these settings, and the program broke down then.
            QTimer.singleShot(_WRITE_MS, self.file, partial(_write_out, weakref.ref(self)))

    def _sync(self) -> None:
        self._is_due = False
        if not self._is_in_place():
            return
        for key, plain in self._waiting.items():
            if plain is None:
                self.file.remove(key)
            else:
                self.file.setValue(key, plain)
        self._waiting.clear()
        self.file.sync()

    def _is_private(self, setting: Setting[Any]) -> bool:
        return self._place is not None and setting in IN_THE_DATABASE

    def _set_private(self, key: str, text: str | None) -> None:
        if self._private.get(key) == text and key not in self._unwritten:
            return
        self._unwritten[key] = text
        if text is None:
            self._private.pop(key, None)
        else:
            self._private[key] = text
        self._write_private()

    def _write_private(self) -> None:
        if self._place is not None:
            with contextlib.suppress(Refused):
                for key in sorted(self._unwritten):
                    self._place.put(key, self._unwritten[key])
                    del self._unwritten[key]


def _write_out(settings: weakref.ref[WindowSettings]) -> None:
    """Write them, unless they have gone meanwhile."""
    if (there := settings()) is not None:
        there._sync()


def _fitting(setting: Setting[T], found: Any) -> T:
    """What was found, as the setting has it, or its default where it can't be that."""
    default: Any = setting.default
    match default:
        case bool():
            # An INI file has only texts.
            return found in (True, "true", "1", 1)  # type: ignore[return-value]  # T is bool
        case StrEnum():
            fits = isinstance(found, str) and found in set(type(default))
            return type(default)(found) if fits else setting.default  # type: ignore[return-value]  # T is it
        case tuple():
            # One alone comes back as a text, none at all as nothing.
            kept = [found] if isinstance(found, str) else found or []
            return tuple(str(each) for each in kept)  # type: ignore[return-value]  # T is a tuple of texts
        case _:
            return found if isinstance(found, type(default)) else setting.default


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _read(text: str | None) -> Any:
    with contextlib.suppress(ValueError):
        return None if text is None else json.loads(text)
    return None


def lettering(settings: WindowSettings) -> Lettering:
    """How the user wants text."""
    return Lettering(settings.get(TEXT_SIZE), settings.get(FONT), settings.get(SPACED_LETTERS))


def weekly_goal(settings: WindowSettings) -> Goal | None:
    """What the user means to do a week, if anything."""
    kept = settings.get(GOAL_NUMBER)
    number = int(kept) if kept.isdecimal() else 0
    return Goal(kind=settings.get(GOAL_KIND), number=number) if number else None


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What is kept for the report of the search."""

    name: str
    number: str
    paper: Paper


def report_settings(settings: WindowSettings) -> ReportSettings:
    """What is kept there."""
    return ReportSettings(
        name=settings.get(REPORT_NAME) or settings.get(SENDER),
        number=settings.get(REPORT_NUMBER),
        paper=settings.get(REPORT_PAPER),
    )
