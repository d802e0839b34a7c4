"""A view of the window: what it is given, and what the window may ask of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.i18n import _, pgettext
from followup_desktop.ui.kit.contact_links import page
from followup_desktop.ui.kit.requests import AddContact, AddInterview, Request, ShowView
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.widgets.placing import stay_painted
from followup_desktop.ui.kit.widgets.roles import Part
from followup_desktop.ui.kit.window_settings import WindowSettings

if TYPE_CHECKING:
    from followup_desktop.services.background_work import BackgroundWork
    from followup_desktop.services.backups import Backups
    from followup_desktop.services.passphrase import Passphrase
    from followup_desktop.services.ports import Clock, Files
    from followup_desktop.services.reading.days import Days
    from followup_desktop.services.reading.overview import Overview
    from followup_desktop.services.reading.readers import Readers
    from followup_desktop.services.reminding.phone_calendar import PhoneCalendar
    from followup_desktop.services.rows import ApplicationDetail
    from followup_desktop.services.sync.calendar_sync import CalendarSync
    from followup_desktop.services.tracker import Result, Tracker
    from followup_desktop.services.wording import Wording
    from followup_desktop.storage.store import Store
    from followup_desktop.ui.kit.forms.drafts import Drafts
    from followup_desktop.ui.kit.models.changes import ChangesLike
    from followup_desktop.ui.kit.notifications import Notifications
    from followup_desktop.ui.kit.progress import ProgressRunner
    from followup_desktop.ui.kit.theme import Theme


MINUTES_5 = 300
"""Call windows and moments mostly begin and end with an interval of this, in seconds."""


def _unheard(_said: object) -> None:
    """Nobody listens yet."""


@dataclass(frozen=True)
class WayBack:
    """What takes back a change that is no step of the store's, and how that change is named as a step."""

    step: Callable[[], str]
    take_back: Callable[[], None]

    def __call__(self) -> None:
        """Take it back."""
        self.take_back()


def discarded(title: str, bring_back: Callable[[], None]) -> tuple[str, WayBack]:
    """What is said of a form of that title which is given up, and the way back to it."""
    back = WayBack(lambda: pgettext("a step to undo", "Discard {title}").format(title=title), bring_back)
    return _("Discarded “{title}”").format(title=title), back


@dataclass(frozen=True, slots=True, kw_only=True)
class UserData:
    """The user's data as a whole: where they are, what keeps them safe, and work beside the window on them.

    ``store`` is for what reads for one view alone; the views themselves reach the facts through services.
    """

    store: Store
    backups: Backups
    passphrase: Passphrase
    background: BackgroundWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop:
    """What there is around the program: files, other programs, notifications and the user's calendars.

    ``open_url`` tells whether a program took the address, ``copy`` puts a text on the clipboard. ``phone``
    keeps the calendar file for the phone, ``server`` the calendar on a server.
    """

    files: Files
    open_url: Callable[[QUrl], bool]
    copy: Callable[[str], None]
    notifications: Notifications
    phone: PhoneCalendar
    server: CalendarSync


@dataclass(frozen=True, kw_only=True)
class Context:
    """Everything that a view and its parts work with; the only thing that each of them is given.

    They write by ``tracker`` and read by ``overview`` and ``readers``; what is typed and not saved is among
    the ``drafts``. ``data`` and ``desktop`` have what few views need. ``show_status`` says a sentence to the
    user, ``show_undoable`` one with what takes back what it says, ``open`` asks the window for something.
    """

    tracker: Tracker
    overview: Overview
    readers: Readers
    drafts: Drafts
    settings: WindowSettings
    wording: Wording
    clock: Clock
    theme: Theme
    data: UserData
    desktop: Desktop
    show_status: Callable[[str], None] = _unheard
    show_undoable: Callable[[str, Callable[[], None] | None], None] = lambda _said, _undo: None
    open: Callable[[Request], object] = _unheard

    def within(self, view: View) -> Context:
        """The context for a view and its parts: what they say and ask for goes out by its signals."""
        return replace(
            self,
            show_status=view.status.emit,
            show_undoable=view.undoable.emit,
            open=view.asked.emit,
        )

    @property
    def days(self) -> Days:
        """What the days and times are where the user is."""
        from followup_desktop.services.reading.days import Days

        return Days(self.clock, self.overview.policy)

    def pause_ends(self) -> str | None:
        """Until when reminders are paused: "Tue 08:00"; ``None`` if they are not."""
        until = self.desktop.notifications.paused_until()
        if until is None:
            return None
        return self.wording.when.brief(until, self.clock(), self.overview.zone())

    def detail_of(self, application: str | None) -> ApplicationDetail | None:
        """All about an application, if it is still there; what else keeps it from being read is said."""
        try:
            return self.overview.detail(application, self.clock()) if application else None
        except NotFound:
            return None
        except Refused as refusal:
            self.show_status(str(refusal))
            return None

    def show_done(self, what: str, done: Result) -> None:
        """Say what was done, and then what else came of it."""
        self.show_status(done.in_words(what))

    def do(self, verb: Callable[[], Result]) -> Result | None:
        """Run a verb that needs no form; a refusal becomes a message, as does what the verb has to say."""
        try:
            done = verb()
        except Refused as refusal:
            self.show_status(str(refusal))
            return None
        if done.notice:
            self.show_status(done.notice)
        return done

    def join(self, url: str) -> None:
        """Open the page of a meeting."""
        meeting = page(url)
        if meeting is None or not self.desktop.open_url(meeting):
            self.show_status(_("Couldn't open the link. Copy it from the interview's location."))

    def progress(self, parent: QWidget) -> ProgressRunner:
        """What does long things beside the window that ``parent`` is in."""
        from followup_desktop.ui.kit.progress import ProgressRunner

        return ProgressRunner(self.data.background, self.theme, parent)


class View(Part):
    """The base of the views, each made from the context when it is first shown.

    A view reads only while it can be seen: what changes meanwhile is noted, and taken up when it is shown.
    A subclass shows what is there in ``show_changes``, answers what it is asked for in ``answer``, and
    overrides what else of this it has. ``status`` carries a sentence for the user, ``undoable`` one with
    what takes it back, ``asked`` a ``Request``. ``fell_behind`` tells that what is there couldn't be read.
    """

    status = Signal(str)
    undoable = Signal(str, object)
    asked = Signal(object)
    fell_behind = Signal()

    name: ClassVar[str]
    """As requests and ``VIEWS`` name it."""
    times_change_every: ClassVar[int] = 0
    """After so many seconds of the wall clock the view is shown anew; 0 where it has no times that pass."""
    is_form: ClassVar[bool] = False
    """Whether it is opened for one thing and left when that is done, and shown only if that is there."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context.within(self)
        context.theme.dress(self)
        context.theme.dressed.connect(self._take_look)
        self._missed: list[ChangesLike | None] = [None]
        self._why_behind = ""
        self._shown_at = 0

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Show what the store holds now; ``changes`` says what differs, ``None`` for everything."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Place anew what goes by the theme: when that has changed, or else when the view is next shown."""

    def _take_look(self, part: QWidget) -> None:
        if part is self:
            self.restyle()

    def answer(self, request: Request) -> bool:
        """Do what is asked; ``False``, with the reason as ``status``, if that can't be done."""
        raise NotImplementedError(f"{type(self).__name__} answers no {type(request).__name__}")

    def refresh(self, changes: ChangesLike | None = None) -> None:
        """Take up what an edit, an undo or another program changed, at once or when it is next shown."""
        self._missed = [None] if self._missed else [changes]
        if self.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Show what changed while the view was out of sight."""
        missed, self._missed = self._missed, []
        for changes in missed:
            self._show_anew(changes)
        if not self._missed:
            self._why_behind = ""

    def show_all(self) -> None:
        """Show everything anew, seen or not."""
        self._missed = [None]
        self.catch_up()

    def fall_behind(self, refusal: Refused) -> None:
        """Say, once, why what is there can't be shown; it is tried again whenever the time passes."""
        self._missed = [None]
        if str(refusal) != self._why_behind:
            self._why_behind = str(refusal)
            self.status.emit(self._why_behind)
            self.fell_behind.emit()

    def pass_time(self, now: datetime) -> None:
        """Show the times as they are now, if the view is seen and that was not done in this interval.

        So is what couldn't be read before.
        """
        every = self.times_change_every
        is_due = every and int(now.timestamp()) // every != self._shown_at // every
        if self.isVisible() and (self._missed or is_due):
            self.show_all()

    def _show_anew(self, changes: ChangesLike | None) -> None:
        if changes is None:
            self._shown_at = int(self.context.clock().timestamp())
        try:
            self.show_changes(changes)
        except Refused as refusal:
            self.fall_behind(refusal)

    @property
    def current_application(self) -> str | None:
        """The application of what is current here, if there is just one."""
        return None

    def selection(self) -> Selection:
        """What is selected here: what the commands of the menus and the palette act on."""
        current = self.current_application
        return Selection(applications=() if current is None else (current,))

    def place(self) -> Request | None:
        """What leads back, in another window, to what is selected here; ``None`` if nothing is."""
        return None

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """What this view does in its own way, or it alone, by the id of the command."""
        return {}

    def still_parts(self) -> Sequence[QWidget]:
        """What isn't painted anew where the view becomes higher or lower: nothing in it moves then."""
        return ()

    def add_interview(self) -> Request:
        """What is asked for when an interview is added from here."""
        return AddInterview(self.current_application)

    def add_contact(self) -> Request:
        """What is asked for when somebody is added from here."""
        return AddContact(self.current_application)

    def be_about(self, title: str) -> None:
        """Be named by what the view is about now, which the window's title says, too."""
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    @property
    def announcement(self) -> str:
        """What is read out of the view where it opens, as that it has nothing to show; mostly nothing."""
        return ""

    def begin(self) -> None:
        """Put the keyboard where the work is."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Save what is being typed in place; what is refused stays as it is."""

    def leave(self) -> bool:
        """Prepare for being left: what was typed and is not saved becomes a draft.

        ``False`` if something that was refused holds the user here.
        """
        return True

    def keep_state(self) -> None:
        """Keep in the settings how the view is arranged."""

    def come_back(self) -> None:
        """Ask for this view to be shown."""
        self.asked.emit(ShowView(self.name))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for part in self.still_parts():
            stay_painted(part)
        self.catch_up()
        self.pass_time(self.context.clock())
