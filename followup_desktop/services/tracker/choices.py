"""Skip and snooze: the choices a user makes about a follow-up by its key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from followup_desktop.domain.agenda import ENDLESS, can_be_skipped, is_open, snooze_until
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Channel, Choice, FollowUp, Policy, Reminder, Repeat, id_in
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import DAY, QuietHours, WorkCalendar, instant, local
from followup_desktop.i18n import _, lasting, pgettext
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.tracker.base import Result, Verbs
from followup_desktop.storage.listing import ListingReads
from followup_desktop.storage.writes import Transaction

_WEEK = 7 * DAY
_HOUR = timedelta(hours=1)
_BEFORE_START = timedelta(minutes=10)
"""So long before an interview the last offer ends."""


class ChoiceVerbs(Verbs):
    """Skip and snooze open follow-ups."""

    def skip(self, key: str) -> Result:
        """Leave an open follow-up out, or let go one that was missed.

        A repeating reminder comes again at its next time.
        """
        now, label = self._now(), lasting(lambda: pgettext("a step to undo", "Skip"))
        with self._store.transaction(label) as t:
            follow_up = self._planned(t, key)
            if not can_be_skipped(follow_up, t.choice(key), now):
                follow_up = self._open(t, key, now)
            notice = self._pass_over(t, follow_up, now)
            self._store.published.settle_done(key)
        return Result(id=follow_up.application, notice=notice, label=label)

    def snooze(self, key: str, wanted: datetime) -> Result:
        """Let an open follow-up rest until an instant, or as near to it as its rule allows.

        A call rests until a call slot, a thank-you no longer than until an hour before its deadline.
        """
        now, label = self._now(), lasting(lambda: pgettext("a step to undo", "Snooze"))
        if wanted <= now:
            raise Refused(_("That time has passed. Choose a later one."), "snooze")
        with self._store.transaction(label) as t:
            follow_up, policy = self._open(t, key, now), t.policy()
            until = self._snooze_end(t, follow_up, wanted, policy, now)
            t.put_choice(Choice(key=key, made_at=now, snoozed_until=until))
        notice = self._snoozed(follow_up, until, policy, now)
        return Result(id=follow_up.application, notice=notice, label=label)

    def snooze_briefly(self, key: str) -> Result:
        """Let an open follow-up rest for an hour, or as long before that as it can still be announced."""
        wanted = self._now() + _HOUR
        follow_up = self._open(self._store, key, self._now())
        if (
            row_of(follow_up.rule).before_interview
            and self._comes(follow_up, wanted, self._store.policy()) is None
        ):
            offers = [until for _name, _label, until in self.snooze_options(key)]
            if not offers:
                raise Refused(
                    _("The interview is about to start, so it's too late to snooze this."), "snooze"
                )
            wanted = max(offers)
        return self.snooze(key, wanted)

    def snooze_options(self, key: str) -> tuple[tuple[str, str, datetime], ...]:
        """The times on offer as (id, label, instant).

        The ids are ``slot``, ``start``, ``hour``, ``evening``, ``tomorrow``.
        Only those that differ and are allowed, by time; the instant is when the snooze would really end. None
        ends in quiet hours or an interview, in which nothing would come.
        """
        now, policy = self._now(), self._store.policy()
        follow_up = self._open(self._store, key, now)
        midnight = local(now, policy.timezone).replace(tzinfo=None, hour=0, minute=0, second=0)
        evening = instant(midnight + timedelta(hours=18), policy.timezone)
        morning = instant(midnight + timedelta(days=1, hours=9), policy.timezone)
        offers = [
            ("hour", now + timedelta(hours=1)),
            ("evening", evening),
            ("tomorrow", QuietHours.of(policy).later(morning)),
        ]
        if follow_up.channel is Channel.PHONE:
            # In a slot the next one begins after this has ended.
            closes = self._calendar(self._store, follow_up, policy).slot_end(now)
            offers.insert(0, ("slot", closes or now + timedelta(minutes=1)))
        starts = self._start(follow_up)
        if starts is not None and local(starts, policy.timezone).date() == midnight.date():
            offers.append(("start", starts - _BEFORE_START))
        found: dict[datetime, tuple[str, str, datetime]] = {}
        subject = Subjects(self._store).one(follow_up, now)
        for name, wanted in offers:
            try:
                until = self._snooze_end(self._store, follow_up, wanted, policy, now)
            except Refused:
                continue
            if wanted > now and until > now and self._comes(follow_up, until, policy) == until:
                label = self._wording.snooze_option(name, wanted, until, subject, now)
                found.setdefault(until, (name, label, until))
        return tuple(found[until] for until in sorted(found))

    def _snooze_end(
        self, reads: ListingReads, follow_up: FollowUp, wanted: datetime, policy: Policy, now: datetime
    ) -> datetime:
        calendar = self._calendar(reads, follow_up, policy)
        return snooze_until(follow_up, wanted, calendar, QuietHours.of(policy), now)

    def _snoozed(self, follow_up: FollowUp, until: datetime, policy: Policy, now: datetime) -> str:
        """Until when it rests, and when a reminder comes where that is another time."""
        when = self._wording.when
        time = when.soon(until, now, policy.timezone)
        comes = self._comes(follow_up, until, policy)
        if comes == until:
            return _("Snoozed until {time}").format(time=time)
        if comes is None:
            return _("Snoozed until {time}. That's too late for another reminder").format(time=time)
        again = when.soon(comes, now, policy.timezone)
        if QuietHours.of(policy).contains(until):
            words = _("Snoozed until {time}. After quiet hours, you're reminded {again}")
        else:
            words = _("Snoozed until {time}. After the interview, you're reminded {again}")
        return words.format(time=time, again=again)

    def _comes(self, follow_up: FollowUp, until: datetime, policy: Policy) -> datetime | None:
        """When a reminder really comes that is snoozed until then; ``None`` where it would be too late.

        As ``services.reminding`` announces it: in quiet hours some rules alone, and during an interview
        none but the user's own reminders.
        """
        if row_of(follow_up.rule).own:
            return until
        quiet = QuietHours.of(policy)
        starts = self._start(follow_up)
        end = min(starts or ENDLESS, follow_up.expires_at or ENDLESS)
        comes = until
        while comes < end:
            going_on = [interview.rests_until for interview in self._store.underway_interviews(comes)]
            later = max(going_on, default=quiet.later(comes))
            if later == comes or (not going_on and starts is not None and starts < later):
                return comes
            comes = later
        return None

    def _start(self, follow_up: FollowUp) -> datetime | None:
        """When the interview starts that it prepares for, if it does."""
        if not row_of(follow_up.rule).before_interview:
            return None
        span = Subjects(self._store).one(follow_up, follow_up.due_at).span
        return span[0] if span is not None else None

    @staticmethod
    def _calendar(reads: ListingReads, follow_up: FollowUp, policy: Policy) -> WorkCalendar:
        if follow_up.application is None:
            return WorkCalendar.of_user(policy)
        return WorkCalendar.of(reads.application(follow_up.application), policy)

    def _planned(self, reads: ListingReads, key: str) -> FollowUp:
        """The follow-up of that key, or a refusal if the facts no longer call for it."""
        follow_up = reads.follow_up(key)
        if follow_up is None:
            raise Refused(_("This is already done or has been rescheduled, so there's nothing left to do."))
        return follow_up

    def _open(self, reads: ListingReads, key: str, now: datetime) -> FollowUp:
        follow_up = self._planned(reads, key)
        if not is_open(follow_up, reads.choice(key), now):
            if now < follow_up.opens_at:
                raise Refused(_("This isn't due yet, so there's nothing to snooze."))
            raise Refused(_("This is past or already skipped, so there's nothing to snooze."))
        return follow_up

    def _unsettled(self, reads: ListingReads, key: str, now: datetime) -> FollowUp:
        """The follow-up of that key, as long as it can be done: also before it is due."""
        follow_up = self._planned(reads, key)
        return follow_up if now < follow_up.opens_at else self._open(reads, key, now)

    def _pass_over(self, t: Transaction, follow_up: FollowUp, now: datetime) -> str | None:
        """Note that a follow-up is not to be done; what repeats is moved to its next time."""
        if row_of(follow_up.rule).own and (notice := self._move_reminder(t, follow_up, now)):
            return notice
        # Done before it opened, it stays done when it opens.
        made_at = max(now, follow_up.opens_at)
        t.put_choice(Choice(key=follow_up.key, made_at=made_at, skipped=True))
        return None

    def _move_reminder(self, t: Transaction, follow_up: FollowUp, now: datetime) -> str | None:
        """Move a repeating reminder to its first time after now, and say when that is."""
        reminder, policy = t.reminder(id_in(follow_up.key)), t.policy()
        if reminder.repeat is None:
            return None
        moved = replace(reminder, at=next_occurrence(reminder, reminder.repeat, policy, now))
        t.put_reminder(moved)
        again = instant(moved.at, moved.timezone or policy.timezone)
        time = self._wording.when.soon(again, now, policy.timezone)
        return _("You'll be reminded again {time}").format(time=time)


def next_occurrence(reminder: Reminder, repeat: Repeat, policy: Policy, now: datetime) -> datetime:
    """The first wall time after now, and after its present one, at which a repeating reminder comes.

    Working days are those of the policy's country; an away period does not stop a reminder of the user's own.
    """
    zone_name = reminder.timezone or policy.timezone
    calendar = WorkCalendar.of_user(policy)
    step = _WEEK if repeat is Repeat.WEEKLY else DAY
    # A day before now's date, so that a long absence does not count day by day.
    behind = local(now, zone_name).date() - DAY - reminder.at.date()
    wall = reminder.at + max(1, behind // step) * step
    while instant(wall, zone_name) <= now or (
        repeat is Repeat.WORKING_DAYS and not calendar.is_working_day(wall.date())
    ):
        wall += step
    return wall
