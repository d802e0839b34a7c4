"""What to announce, and when: the level-triggered rule, and the answers that come back from notifications.

Every beat asks the same question: which follow-ups have a moment that has come and was not announced? So
sleep, a changed clock and an absence need no case of their own, and what is held back now is not lost: it is
found again by the next beat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.domain.agenda import is_open, valid_choice
from followup_desktop.domain.answers import AT_ONCE, Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Channel,
    FollowUp,
    LastAnnouncement,
    Policy,
    Rule,
)
from followup_desktop.domain.rules.table import answers_of, row_of, rules_where
from followup_desktop.domain.worktime import QuietHours
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.ports import Clock, Notification, Notifier, NotifierFailed, Urgency
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.reading.today import Today
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.reminding.pauses import holds
from followup_desktop.services.reminding.raised import RaisedNotification, RaisedNotifications
from followup_desktop.services.wording import Subject
from followup_desktop.services.wording.chips import call_slot, call_until, may_call
from followup_desktop.storage.store import Store

OPEN = "open"
SNOOZE = "snooze"
JOIN = "join"
SUMMARY_TAG = "summary"
_KIND_WORDS = rules_where(lambda row: row.kind_words)
AT_MOST_SINGLY = 3
"""More than these at once become one notification."""
BETWEEN_ENCOURAGEMENTS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One notification that was raised, and the keys of the follow-ups that it announced."""

    keys: tuple[str, ...]
    notification: Notification
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the program does with an answer given in a notification, and what of it matters at every beat.

    ``answer`` and ``snooze`` write an answer (and may raise ``Refused``), ``open`` shows the follow-up of
    that key, or Today for ``None``, ``begin`` shows it with what an answer asks for, ``join`` opens the page
    of a meeting, and ``show`` shows a sentence.
    ``encourages`` says whether notifications of the rule ``encouragement`` are wanted (tip 8);
    ``paused_until``, until when the user wants none at all; ``private``, whether they are to name nobody;
    ``in_sight``, whether the user has the list of follow-ups before the eyes.
    """

    answer: Callable[[str, Answer], object]
    snooze: Callable[[str], object]
    open: Callable[[str | None], None]
    show: Callable[[str], None]
    begin: Callable[[str, Answer], object] = lambda _key, _answer: None
    join: Callable[[str], object] = lambda _url: None
    encourages: Callable[[], bool] = lambda: False
    paused_until: Callable[[], datetime | None] = lambda: None
    private: Callable[[], bool] = lambda: False
    in_sight: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class _News:
    """What is to be announced, and what was recorded of it before."""

    subject: Subject
    before: LastAnnouncement | None


class Reminders:
    """Announces follow-ups through a notifier, each of their moments once.

    A moment is announced when a back end says that it was shown (``shown``), or while the list is in sight.
    ``refusal`` is why the last try to record that has failed, if it has; it is tried again at each beat, and
    meanwhile nothing is repeated. ``log`` is told of all that is raised and answered.
    """

    def __init__(
        self, store: Store, notifier: Notifier, clock: Clock, log: Announcements, host: Host
    ) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock
        self._wording = log.wording
        self._host = host
        self._log = log
        self._subjects = Subjects(store)
        self._today = Today(store, log.wording, self._subjects)
        self._raised = RaisedNotifications(store)
        self._answered: set[str] = set()
        self.refusal: Refused | None = None

    def beat(self, now: datetime) -> tuple[Announcement, ...]:
        """Announce what is to be announced at that instant, and take away what no longer holds.

        It is recorded when it is known to be shown: a crash before that repeats it. What no back end shows is
        tried again by the next beat. While reminders are paused nothing is announced; it is when the pause is
        over. Returns the notifications that were handed on.
        """
        self.refusal = None
        self._write(self._raised.record)
        self._raised.give_up(now)
        self._write(lambda: self._pull_back(now))
        self._withdraw_settled(now)
        if holds(self._host.paused_until(), now):
            return ()
        handed_on = self._announce(self._to_announce(now), now)
        self._write(self._raised.record)
        return handed_on

    def shown(self, tag: str, back_end: str | None) -> None:
        """The back end has shown the notification with this tag; ``None``: no back end could.

        To be called on each; ``record`` writes it down.
        """
        self._log.shown(tag, back_end)
        if back_end is not None:
            self._raised.was_shown(tag)
        elif self._host.in_sight():
            self._log.seen(tag)
            self._raised.was_seen(tag)
            self._notifier.withdraw(tag)
        else:
            self._raised.was_not_shown(tag)

    def record(self) -> None:
        """Write down what was shown since the last beat; where that fails, the next beat tries again."""
        self.refusal = None
        self._write(self._raised.record)

    def finish(self) -> None:
        """The program ends: what is on the screen, neither answered nor closed, counts as not announced.

        It is taken away, for nobody hears an answer any more, and comes again at the next start if it still
        holds. Nothing is raised, whatever can't be written.
        """
        self.refusal = None
        self._write(self._take_back)

    def _pull_back(self, now: datetime) -> None:
        self._store.pull_announced_back(now)
        self._raised.pull_back(now)

    def _take_back(self) -> None:
        for tag in self._raised.finish(self._notifier.on_screen):
            self._notifier.withdraw(tag)

    def _write(self, write: Callable[[], object]) -> None:
        try:
            write()
        except Refused as refusal:
            self.refusal = refusal

    def handle_action(self, tag: str, action_id: str) -> None:
        """What the user chose in the notification with this tag: an answer, ``snooze``, ``join`` or ``open``.

        Where the follow-up has been settled meanwhile, or this very notification was answered before,
        nothing is written, and the user is told so.
        """
        now = self._clock()
        self._log.answered(tag)
        self._raised.was_answered(tag)
        follow_up = self._store.follow_up(tag)
        if tag == SUMMARY_TAG:
            self._host.open(None)
        elif follow_up is None or not self._is_open(follow_up, now):
            if action_id == OPEN:
                self._host.open(None)
            self._host.show(self._settled(tag, now))
        elif action_id == OPEN:
            self._host.open(tag)
        elif action_id == JOIN:
            self._join(follow_up, now)
        else:
            self._respond(follow_up, action_id, now)
        self._withdraw_settled(now)

    def _join(self, follow_up: FollowUp, now: datetime) -> None:
        """Open the meeting; if its link is gone by now, the follow-up."""
        links = self._subjects.one(follow_up, now).joins(now)
        if links:
            self._host.join(links[0].url)
        else:
            self._host.open(follow_up.key)

    def _respond(self, follow_up: FollowUp, action_id: str, now: datetime) -> None:
        key = follow_up.key
        is_answer = action_id in answers_of(follow_up)
        if not is_answer and action_id != SNOOZE:
            return
        if is_answer and action_id not in AT_ONCE:
            self._host.begin(key, Answer(action_id))
            return
        if key in self._answered:
            self._host.show(self._settled(key, now))
            return
        try:
            if is_answer:
                self._host.answer(key, Answer(action_id))
            else:
                self._host.snooze(key)
        except Refused as refusal:
            self._host.show(str(refusal))
        else:
            self._answered.add(key)

    def _settled(self, key: str, now: datetime) -> str:
        if self._host.private():
            return _("This was already done, so nothing was saved.")
        about = self._log.titles([key], now)[key]
        return _("This was already done, so nothing was saved: {title}").format(title=about)

    def _to_announce(self, now: datetime) -> list[_News]:
        policy = self._store.policy()
        rules, begins_before = self._may_announce(policy, now)
        rows = [
            row
            for row in self._store.moments_due(now, rules, begins_before=begins_before)
            if row[0].due_at <= now and self._raised.is_news(*row, now)
        ]
        if not rows:
            return []
        allowed = self._allowed([row[0] for row in rows], policy, now)
        # Facts are read again: another process may have written since.
        keys = [subject.follow_up.key for subject in allowed]
        present = self._store.follow_ups_by_key(keys)
        choices = self._store.choices(keys)
        read = {row[0].key: row for row in rows}
        return [
            _News(subject, self._raised.last_record(key, read[key][2]))
            for subject in allowed
            if present.get(key := subject.follow_up.key) == subject.follow_up
            and valid_choice(choices.get(key), subject.follow_up) == read[key][1]
            and subject.waits_for is None
        ]

    def _may_announce(self, policy: Policy, now: datetime) -> tuple[frozenset[Rule], datetime | None]:
        """The rules that need not wait for the end of quiet hours or of an interview (over all: don't nag).

        With an instant: what prepares for an interview, only where that begins before then. The others are
        not even read: in a night there may be thousands.
        """
        if self._store.underway_interviews(now):
            return rules_where(lambda row: row.own), None
        quiet = QuietHours.of(policy)
        if quiet.contains(now):
            return rules_where(lambda row: row.any_hour), quiet.later(now)
        kept = frozenset() if self._may_encourage(now) else _KIND_WORDS
        return frozenset(Rule).difference(kept), None

    def _allowed(self, follow_ups: Sequence[FollowUp], policy: Policy, now: datetime) -> list[Subject]:
        """The subjects of what is announced: of the follow-ups that may be, kind words only rarely are."""
        kept = [f for f in follow_ups if f.rule in _KIND_WORDS][:1]
        wanted = [f for f in follow_ups if f.rule not in _KIND_WORDS or f in kept]
        return self._subjects.of(wanted, policy, now)

    def _may_encourage(self, now: datetime) -> bool:
        if not self._host.encourages():
            return False
        reads = (self._store.last_announced, self._raised.last_of)
        lasts = (read(rule) for rule in _KIND_WORDS for read in reads)
        return all(last is None or now - last >= BETWEEN_ENCOURAGEMENTS for last in lasts)

    def _announce(self, news: Sequence[_News], now: datetime) -> tuple[Announcement, ...]:
        if len(news) > AT_MOST_SINGLY:
            notifications = [(tuple(news), self._summary([each.subject for each in news], now))]
        else:
            notifications = [((each,), self._single(each.subject, now)) for each in news]
        handed_on = []
        for about, notification in notifications:
            subjects = [each.subject for each in about]
            raised = _raised(notification.tag, about, now)
            self._log.raised(notification.tag, raised.keys, self._logged(subjects, now), now)
            self._answered.difference_update(raised.keys)
            for replaced in self._raised.add(raised):
                self._notifier.withdraw(replaced)
            try:
                self._notifier.notify(notification)
            except NotifierFailed:
                self.shown(notification.tag, None)
                continue
            except BaseException:
                self._raised.was_not_shown(notification.tag)
                raise
            handed_on.append(Announcement(keys=raised.keys, notification=notification, at=now))
        return tuple(handed_on)

    def _single(self, subject: Subject, now: datetime) -> Notification:
        rule = subject.follow_up.rule
        answers = self._wording.notification_actions(subject.follow_up)
        if self._host.private():
            title, body = self._wording.private_notification(1)
            # "Accept" and "Join" would tell what it is about, and nobody answers what isn't named.
            offered = tuple(each for each in answers if each[0] == SNOOZE)
        else:
            title, body = self._wording.notification(subject, now)
            join = ((JOIN, pgettext("a button of a notification", "Join")),) if subject.joins(now) else ()
            offered = (*join, *answers)
        return Notification(
            tag=subject.follow_up.key,
            title=title,
            body=body,
            actions=((OPEN, pgettext("a button of a notification", "Open")), *offered),
            urgency=Urgency.LOW if row_of(rule).gentle else Urgency.NORMAL,
        )

    def _summary(self, subjects: Sequence[Subject], now: datetime) -> Notification:
        title, body = self._wording.notification_summary(*self._summed(subjects, now))
        if self._host.private():
            title, body = self._wording.private_notification(max(len(subjects), self._open_count(now)))
        return Notification(
            tag=SUMMARY_TAG,
            title=title,
            body=body,
            actions=((OPEN, pgettext("a button of a notification", "Open")),),
        )

    def _logged(self, about: Sequence[Subject], now: datetime) -> str:
        if len(about) == 1:
            return self._wording.title(about[0])
        return self._wording.notification_summary(*self._summed(about, now))[0]

    def _summed(self, about: Sequence[Subject], now: datetime) -> tuple[list[str], int]:
        """Their titles, what comes first in Today first, and how many are open."""
        in_order = sorted(about, key=lambda subject: subject.place(None, now))
        return [self._wording.title(subject) for subject in in_order], self._open_count(now)

    def _open_count(self, now: datetime) -> int:
        """How many follow-ups are open, as the window and the tray count them."""
        return self._today.counts(now, None).open_count

    def _withdraw_settled(self, now: datetime) -> None:
        """Take away what is about something settled, snoozed or moved, and a "call now" after its slot."""
        for raised in tuple(self._raised.all()):
            waits = self._store.is_any_due(raised.keys, now)
            if not waits or (raised.until is not None and now >= raised.until):
                self._raised.forget(raised.tag)
                self._notifier.withdraw(raised.tag)

    def _is_open(self, follow_up: FollowUp, now: datetime) -> bool:
        return is_open(follow_up, self._store.choice(follow_up.key), now)


def _raised(tag: str, about: Sequence[_News], now: datetime) -> RaisedNotification:
    """A notification about these, and what is to be recorded once it is shown."""
    first = about[0].subject
    calls_now = len(about) == 1 and may_call(first, now)
    records = [
        LastAnnouncement(
            key=each.subject.follow_up.key, announced_at=now, again_at=_again_at(each.subject, now)
        )
        for each in about
    ]
    return RaisedNotification(
        tag=tag,
        at=now,
        records={record.key: record for record in records},
        before={each.before.key: each.before for each in about if each.before is not None},
        until=call_until(first, now) if calls_now else None,
    )


def _again_at(subject: Subject, now: datetime) -> datetime | None:
    """The slot at which a call that may not be made now is announced again (tips 3 and 4)."""
    if subject.follow_up.channel is not Channel.PHONE or may_call(subject, now):
        return None
    return call_slot(subject, now)
