"""What goes on whether or not the window is seen: reminders and their answers, the tray, pauses, the zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPixmapCache

from followup_desktop.delivery import Delivery
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Policy
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _, pgettext, with_dots
from followup_desktop.services.backups import DailyBackup
from followup_desktop.services.file_check import FileCheck
from followup_desktop.services.ports import Notification, Urgency
from followup_desktop.services.reading.next_reminder import UpcomingReminders
from followup_desktop.services.reminding.announcer import OPEN, Host, Reminders
from followup_desktop.services.reminding.availability import farewell
from followup_desktop.services.reminding.clock_watch import ClockWatch
from followup_desktop.services.reminding.locked_count import LockedCount
from followup_desktop.services.reminding.pauses import PauseOption, pause_options
from followup_desktop.services.reminding.phone_calendar import PhoneCalendar
from followup_desktop.services.reminding.zone_watch import Move, ZoneWatch
from followup_desktop.services.sync.calendar_sync import CalendarSync
from followup_desktop.services.tracker import Answer
from followup_desktop.services.wording.formats import ended, sentences
from followup_desktop.storage.failures import Busy
from followup_desktop.storage.published import PhoneQuestion
from followup_desktop.storage.store import HEARTBEAT_PATIENCE
from followup_desktop.system.activation import activating
from followup_desktop.system.notifiers.chain import TEST_TAG
from followup_desktop.system.zone_and_country import system_zone
from followup_desktop.ui.kit.bars import ClockBar, DataBar, MoveBar, ServerBar
from followup_desktop.ui.kit.commands.table import ANSWER
from followup_desktop.ui.kit.reminder_options import CheckedDaySetting, SeenZoneSetting
from followup_desktop.ui.kit.requests import (
    ActOnFollowUp,
    AddApplication,
    OpenFollowUp,
    OpenSetting,
    WriteMessage,
)
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.window_settings import COUNT_WHILE_LOCKED, TOLD_FAREWELL
from followup_desktop.ui.window.heartbeat import Heartbeat
from followup_desktop.ui.window.main_window import MainWindow

TOLD_TAG = "told"
"""The tag of a notification that only says something; a click on it opens the window."""
_FAREWELL_SECONDS = 1.5
_LASTING = timedelta(seconds=20)
"""A write of another process that takes longer is told of; a large import takes a few seconds."""
_TRAY_LOOKS = 15
_TRAY_LOOK_MS = 1000
_LOOKED_AFTER_MS = 1500
"""By then a large file was looked at, and the beat says what is wrong with it."""


class Background(QObject):
    """The part of the program that needs no window; it has one, to show what it is asked for."""

    def __init__(
        self, context: Context, delivery: Delivery, window: MainWindow, quit_program: Callable[[], None]
    ):
        super().__init__(window)
        self._context = context
        self._delivery = delivery
        self._window = window
        self._quit_program = quit_program
        self._store = context.data.store
        self._tray = delivery.tray
        self._chain = delivery.chain
        self._choices = delivery.choices
        self._upcoming = UpcomingReminders(context.data.store, context.wording)
        self._zones = ZoneWatch(
            context.tracker, context.overview, SeenZoneSetting(context.settings), system_zone
        )
        self._file_check = FileCheck(
            context.data.store.check_file, CheckedDaySetting(context.settings), context.clock()
        )
        self._clock = ClockWatch(context.data.store, context.overview.zone)
        self._daily_backup = DailyBackup(context.data.backups, context.clock(), self._clock.may_destroy)
        self._reminders = Reminders(
            context.data.store,
            delivery.chain,
            context.clock,
            delivery.log,
            Host(
                answer=self._answer,
                snooze=self._snooze,
                open=self._open,
                show=self.show_sentence,
                begin=self._begin,
                join=context.join,
                encourages=lambda: self._choices.encouragement,
                paused_until=self._choices.paused_until,
                private=lambda: self._choices.private,
                in_sight=self._is_list_in_sight,
            ),
        )
        self._recording = QTimer(self)
        self._recording.setSingleShot(True)
        self._recording.setInterval(0)
        self._recording.timeout.connect(self._record)
        self._questions: tuple[PhoneQuestion, ...] = ()
        self._refused: str | None = None
        self._busy_since: datetime | None = None
        self._busy: Busy | None = None
        self._locked_count = LockedCount(context.data.store)
        self._left_from_start: list[Callable[[], None]] = []
        self.heartbeat = Heartbeat(self.beat, self)
        self._move_bar = MoveBar(context.theme)
        self._clock_bar = ClockBar(context.theme)
        self._data_bar = DataBar(context.theme)
        self._server_bar = ServerBar(context.theme)
        self._untold: str | None = None
        self._is_asked_to_end = False
        self._when_shown: list[Callable[[], None]] = []
        self._tray_looks = 0
        self._wire()

    @property
    def window(self) -> MainWindow:
        """The window that shows what is asked for."""
        return self._window

    @property
    def phone(self) -> PhoneCalendar:
        """The keeper of the calendar for the phone."""
        return self._context.desktop.phone

    @property
    def server(self) -> CalendarSync:
        """The keeper of the calendar on the user's server."""
        return self._context.desktop.server

    def beat(self) -> None:
        """One beat, by the wall clock of this instant: others' changes are seen, reminders go out.

        There is none while something long is being written; what comes of that brings one. Where one part
        fails, as when the disk is full, the others go on.
        """
        if self._window.progress.is_busy:
            return
        self._clock.refusal = None
        refused: list[Refused] = []
        failed: list[Exception] = []
        for part in (
            self._look_at_data,
            self._look_at_backups,
            self._store.poll_external_change,
            *self._left_from_start,
            *self._timed_parts,
            *self._shown_parts,
        ):
            try:
                part()
            except Refused as refusal:
                refused.append(refusal)
            except Exception as error:  # noqa: BLE001 - raised once all parts had their turn
                failed.append(error)
        refused += [each for each in (self._reminders.refusal, self._clock.refusal) if each is not None]
        self._show_once([each for each in refused if not isinstance(each, Busy)])
        self._show_state_of_data([each for each in refused if isinstance(each, Busy)])
        if failed:
            raise failed[0]

    @property
    def _shown_parts(self) -> tuple[Callable[[], object], ...]:
        """What of a beat is seen."""
        # Qt lets go of the pictures that it keeps quarter by quarter, and wakes up every 10 s for minutes.
        return (
            self._show_pause,
            self._window.tick,
            self._show_in_tray,
            lambda: self.phone.beat(self._context.clock()),
            lambda: self.server.beat(self._context.clock()),
            self._count_for_lock,
            QPixmapCache.clear,
        )

    @property
    def _timed_parts(self) -> tuple[Callable[[], object], ...]:
        """What of a beat goes by the clock."""
        return (self._remind, lambda: self._ask_about_clock(self._context.clock()), self._look_at_zone)

    def _look_at_data(self) -> None:
        """Whether the database is whole."""
        self._file_check.beat(self._context.clock())

    def _look_at_backups(self) -> None:
        """Whether one is to be made, and could be."""
        self._daily_backup.beat(self._context.clock())
        if self._daily_backup.failure:
            raise Refused(self._daily_backup.failure)

    def _show_state_of_data(self, busy: Sequence[Busy]) -> None:
        """Say what is wrong with the file as long as it is; another's write only once it lasts."""
        now = self._context.clock()
        self._busy_since = (self._busy_since or now) if busy else None
        lasting = self._busy_since is not None and abs(now - self._busy_since) >= _LASTING
        self._busy = busy[0] if lasting else None
        self._show_what_is_wrong()

    def _show_what_is_wrong(self) -> None:
        self._data_bar.show_sentence(
            self._store.why_misplaced()
            or self._store.why_damaged()
            or self._file_check.failure
            or (self._busy.lasting if self._busy is not None else None)
            or self._why_drafts_are_not_kept()
        )

    def _why_drafts_are_not_kept(self) -> str | None:
        """In a sentence, where that is no matter of a moment."""
        failures = (store.failure for store in self._context.drafts)
        why = next((each for each in failures if each is not None and not isinstance(each, Busy)), None)
        # Translators: {reason} is one or more sentences, such as “The disk with … is full.”
        text = _("What you're typing is only in memory for now. {reason}")
        return None if why is None else text.format(reason=why)

    def _count_for_lock(self) -> None:
        """Keep what a locked start counts, if that is wished, and the folder is still the user's."""
        if self._store.why_misplaced() is not None:
            return
        self._locked_count.beat(
            self._context.clock(), is_wished=self._context.settings.get(COUNT_WHILE_LOCKED)
        )

    def _remind(self) -> None:
        """Hand on what has become due, and say it to whoever is at work in the window.

        Not every notification can be heard: Orca finds none of dunst's.
        """
        titles = [each.notification.title for each in self._reminders.beat(self._context.clock())]
        if titles and self._window.isActiveWindow():
            announce(self._window, ended(sentences(*titles)))

    def _look_at_zone(self) -> None:
        self._move_bar.show_move(self._zones.look(self._context.clock()))

    def _show_in_tray(self) -> None:
        self._tray.show()
        self._tray.show_count(self._window.counts.open_count)

    def _record(self) -> None:
        """Write down what was shown since the beat; what can't be written is tried again by the next."""
        if self._window.progress.is_busy:
            return
        self._reminders.record()
        self._locked_count.announced()
        if self._reminders.refusal is not None and not isinstance(self._reminders.refusal, Busy):
            self._show_once([self._reminders.refusal])

    def _show_once(self, refused: Sequence[Refused]) -> None:
        """Say what is wrong with the database, but not at every beat for as long as it is."""
        sentence = str(refused[0]) if refused else None
        if sentence is not None and sentence != self._refused:
            self._window.show_status(sentence)
        self._refused = sentence

    def _is_list_in_sight(self) -> bool:
        """Whether the window is on the screen with the list of follow-ups."""
        handle = self._window.windowHandle()
        on_screen = self._window.isVisible() and not self._window.isMinimized()
        return (
            on_screen and handle is not None and handle.isExposed() and self._window.view == OpenFollowUp.view
        )

    def finish(self) -> None:
        """The program ends: reminders on the screen that nobody answered come again at the next start."""
        self._recording.stop()
        self._file_check.finish()
        self._reminders.finish()
        self._locked_count.announced()
        with suppress(Refused):
            self._count_for_lock()

    def handle_action(self, tag: str, action_id: str) -> None:
        """What the user chose in a notification."""
        if tag == TOLD_TAG:
            self._open(None)
        else:
            self._reminders.handle_action(tag, action_id)
            self.heartbeat.beat_soon()

    def show_window(self, *, hidden: bool) -> None:
        """Show the window, or stay in the tray; where none comes in time the window is there, minimised."""
        self._tray.show()
        if not hidden:
            self._window.show()
        elif not self._tray.available:
            # At login the tray may come later than the programs that want a place in it.
            self._tray_looks += 1
            if self._tray_looks > _TRAY_LOOKS:
                self._window.showMinimized()
            elif not self._window.isVisible():
                QTimer.singleShot(_TRAY_LOOK_MS, self, lambda: self.show_window(hidden=True))

    def when_shown(self, run: Callable[[], None]) -> None:
        """Run this when the window is shown for the first time; at once if it is."""
        if self._window.isVisible():
            run()
        else:
            self._when_shown.append(run)

    def show_sentence(self, sentence: str) -> None:
        """Say it in the window; while that is hidden, in a notification, and in it when it is back."""
        if self._window.isVisible() and not self._window.isMinimized():
            self._window.show_status(sentence)
        else:
            self._untold = sentence
            self.notify(sentence)

    def notify(self, sentence: str) -> None:
        """Say it in a notification."""
        opening = ((OPEN, pgettext("a button of a notification", "Open")),)
        self._chain.notify(
            Notification(tag=TOLD_TAG, title="Follow Up", body=sentence, actions=opening, urgency=Urgency.LOW)
        )

    def end(self) -> None:
        """End the program because the system asks for it, without a word, and whatever can't be saved."""
        self._is_asked_to_end = True
        self._store.wait_for_others(HEARTBEAT_PATIENCE)
        try:
            self._window.quit(ask=False)
        finally:
            self._quit_program()

    def leave(self) -> None:
        """The program is left; if the user wants that and a reminder can't come, it is said once.

        ``quit_program`` must not ask the windows: one that hides in the tray would refuse.
        """
        try:
            if not self._is_asked_to_end:
                with suppress(Refused):  # where the database can't be read, nobody knows what would come
                    self._notify_farewell()
        finally:
            self._quit_program()

    def _notify_farewell(self) -> None:
        settings = self._context.settings
        following = self._upcoming.next(self._context.clock())
        if following is not None and not settings.get(TOLD_FAREWELL):
            shown: list[str] = []

            def note(tag: str, back_end: str | None) -> None:
                self._fate(tag, back_end)
                if back_end is not None:
                    shown.append(tag)

            self._chain.set_fate_handler(note)
            self.notify(farewell(self._delivery.availability, following.soon))
            self._chain.finish(_FAREWELL_SECONDS)
            settings.set(TOLD_FAREWELL, TOLD_TAG in shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the window is shown, say what could not be said in it before."""
        if watched is self._window and event.type() is QEvent.Type.Show and not event.spontaneous():
            waiting, self._when_shown = self._when_shown, []
            for run in waiting:
                run()
            if self._untold is not None and not self._window.isMinimized():
                self._window.show_status(self._untold)
                self._untold = None
        return super().eventFilter(watched, event)

    # What notifications are answered with

    def _answer(self, key: str, given: Answer) -> None:
        context = self._context
        row = context.overview.follow_up(key, context.clock())
        done = context.tracker.answer(key, given)
        if done.letter is not None:
            with activating(self._chain.token):
                self._window.come_forward()
                self._window.answer(WriteMessage(done.letter))
        title = row.title if row is not None else done.label
        said = context.wording.answered(given, title)
        self._window.show_status(done.in_words(said))

    def _finish(self, key: str) -> bool:
        """Record as done what was done on the phone; whether it could be."""
        try:
            self._context.tracker.answer(key, Answer.DONE)
        except Refused:
            return False
        self._window.show_status(_("Done on your phone, and marked as done here"))
        return True

    def _show_server(self) -> None:
        """Show what came back from the phone, once there is something else; and why nothing does."""
        self._server_bar.show_reason(self.server.why_behind(self._context.clock()))
        asked = tuple(self._store.published.questions().values())
        if asked != self._questions:
            self._questions = asked
            self._window.pages.refresh(None)

    def _snooze(self, key: str) -> None:
        done = self._context.tracker.snooze_briefly(key)
        self._window.show_status(done.notice or done.label)

    def _open(self, key: str | None) -> None:
        with activating(self._chain.token):
            if key is None:
                self._window.come_forward()
                self._window.show_view(OpenFollowUp.view)
            else:
                self._window.answer(OpenFollowUp(key))

    def _begin(self, key: str, answer: Answer) -> None:
        """Show what an answer asks for; where it can't be given any more, the follow-up."""
        with activating(self._chain.token):
            self._window.come_forward()
            if not self._window.answer(ActOnFollowUp(key, ANSWER.format(answer))):
                self._window.answer(OpenFollowUp(key))

    def _fate(self, tag: str, back_end: str | None) -> None:
        self._reminders.shown(tag, back_end)
        self._recording.start()
        if tag == TEST_TAG:
            text = (
                _("Showed a test notification through {back_end}.")
                if back_end
                else _("Couldn't show a test notification.")
            )
            self._window.show_status(text.format(back_end=back_end))

    # Pauses and the zone

    def _show_pause(self) -> None:
        context = self._context
        now, until = context.clock(), self._choices.paused_until()
        words = context.pause_ends()
        options = pause_options(now, context.overview.policy(), context.wording)
        actions, offered = self._window.actions_, {option.id for option in options}
        for name, action in actions.pauses.items():
            action.setEnabled(name in offered and until is None)
        actions["resume"].setEnabled(until is not None)
        following = self._upcoming.next(now, until)
        line = None
        if following is not None:
            line = following.when if self._choices.private else with_dots((following.title, following.when))
        self._tray.show_reminders(line, options, words)

    def _pause_as(self, name: str) -> None:
        option = next((each for each in self._pause_options() if each.id == name), None)
        if option is not None:
            self._choices.pause(option.until)
            text = _("Reminders are paused until {time}.")
            self._window.show_status(text.format(time=self._context.pause_ends()))

    def _resume(self) -> None:
        self._choices.resume()
        self._window.show_status(_("Reminders are back on."))

    def _pause_options(self) -> tuple[PauseOption, ...]:
        policy: Policy = self._context.overview.policy()
        return pause_options(self._context.clock(), policy, self._context.wording)

    def _move_answered(self, move: Move, follow: bool) -> None:
        if follow:
            done = self._zones.follow(move)
            self._window.show_status(done.notice or done.label)
        else:
            self._zones.stay(move)

    # The clock and the trash

    def begin(self) -> None:
        """Write what a start has to; what another process keeps from being written is left to the beats."""
        for step in (self._renew_plan, self._purge_trash):
            self._left_from_start.append(step)
            with suppress(Refused):
                step()
        if self._store.is_to_be_looked_at:
            self._file_check.look(self._store.look_after_start)
            QTimer.singleShot(_LOOKED_AFTER_MS, self, self.heartbeat.beat_soon)

    def _renew_plan(self) -> None:
        self._store.renew_plan(HEARTBEAT_PATIENCE)
        self._left_from_start.remove(self._renew_plan)

    def _purge_trash(self) -> None:
        """Delete for good what was long enough in the trash, unless the clock is in doubt."""
        now = self._context.clock()
        self._clock.look(now)
        if self._clock.may_destroy(now):
            self._context.tracker.purge_trash()
        self._left_from_start.remove(self._purge_trash)

    def _ask_about_clock(self, now: datetime) -> None:
        today = date_of(now, self._context.overview.zone())
        with_year = self._context.wording.when.day(today, date.min)
        self._clock_bar.ask(self._clock.look(now), with_year)

    def _clock_answered(self, is_right: bool) -> None:
        if is_right:
            self._clock.trust(self._context.clock())
        else:
            self._clock.doubt()
            self._window.show_status(
                _("Nothing is deleted from the trash until your computer's clock is right.")
            )
        self._clock_bar.show_sentence(None)

    def _wire(self) -> None:
        window, tray, choices = self._window, self._tray, self._choices
        window.installEventFilter(self)
        for bar in (self._move_bar, self._clock_bar, self._server_bar, self._data_bar):
            window.set_banner(bar)
        self._server_bar.setting_wanted.connect(lambda: window.answer(OpenSetting("server")))
        for store in self._context.drafts:
            store.failed.connect(self._show_what_is_wrong)
        # What is wrong with the file is said at once, not at the next beat.
        window.pages.made.connect(lambda page: page.fell_behind.connect(self.heartbeat.beat_soon))
        if window.pages.shown is not None:
            window.pages.shown.fell_behind.connect(self.heartbeat.beat_soon)
        window.hide_on_close(tray.takes_the_window)
        self._move_bar.answered.connect(self._move_answered)
        self._clock_bar.answered.connect(self._clock_answered)
        self.server.hold_while(lambda: window.progress.is_busy)
        self.server.finish_with(self._finish)
        self.server.watch(self._show_server)
        choices.changed.connect(lambda: window.pages.refresh(None))
        choices.changed.connect(self.heartbeat.beat_soon)
        self._chain.set_fate_handler(self._fate)
        tray.opened.connect(window.come_forward)
        tray.add_wanted.connect(self._add_application)
        tray.pause_wanted.connect(choices.pause)
        tray.resume_wanted.connect(choices.resume)
        tray.quitting.connect(window.quit)
        window.actions_.on("resume", self._resume)
        for name in window.actions_.pauses:
            window.actions_.on(f"pause-{name}", partial(self._pause_as, name))

    def _add_application(self) -> None:
        self._window.come_forward()
        self._window.answer(AddApplication())
