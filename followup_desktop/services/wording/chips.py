"""How long: the few words at the end of a follow-up's row, and when a call may be made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from followup_desktop.domain.agenda import state_at, valid_choice
from followup_desktop.domain.model import Channel, Choice, FollowUpState, Rule
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.rows import Tone
from followup_desktop.services.wording.formats import DAY, When, elide
from followup_desktop.services.wording.labels import Labels
from followup_desktop.services.wording.rules import RuleWords
from followup_desktop.services.wording.subject import Ahead, Subject

_ROLE_LENGTH = 40


def may_call(subject: Subject, now: datetime) -> bool:
    """Whether the follow-up is a call that may be made at that very instant (tips 3 and 4)."""
    follow_up = subject.follow_up
    return (
        follow_up.channel is Channel.PHONE and now >= follow_up.due_at and subject.calendar.in_call_slot(now)
    )


def call_slot(subject: Subject, now: datetime) -> datetime | None:
    """When the call may be made: the first slot from now and from its due time on, or ``None``."""
    return subject.calendar.next_call_slot(max(now, subject.follow_up.due_at))


def call_until(subject: Subject, now: datetime) -> datetime | None:
    """Until when a call may still be made in the present slot; ``None`` outside one."""
    return subject.calendar.call_until(now)


class Chips:
    """The chip of a follow-up: its words say what its tone shows."""

    def __init__(self, when: When, labels: Labels, rules: Mapping[Rule, RuleWords]) -> None:
        self._when = when
        self._labels = labels
        self._rules = rules

    def chip(self, subject: Subject, choice: Choice | None, now: datetime) -> tuple[str, Tone]:
        """How long or until when, and how urgent that looks."""
        follow_up, when = subject.follow_up, self._when
        match state_at(follow_up, choice, now):
            case FollowUpState.SNOOZED:
                chosen = valid_choice(choice, follow_up)
                until = chosen.snoozed_until if chosen else None
                return self._until(until or follow_up.due_at, subject, now), Tone.NEUTRAL
            case FollowUpState.LATE if follow_up.deadline_at is not None:
                return when.late(now - follow_up.deadline_at), Tone.LATE
            case FollowUpState.DUE:
                return self._due(subject, now)
            case FollowUpState.EXPIRED | FollowUpState.SKIPPED as gone:
                text = (
                    pgettext("a follow-up is", "skipped")
                    if gone is FollowUpState.SKIPPED
                    else pgettext("a follow-up is", "past")
                )
                return text, Tone.NEUTRAL
            case _:
                return when.brief(follow_up.due_at, now, subject.zone), Tone.NEUTRAL

    def _until(self, moment: datetime, subject: Subject, now: datetime) -> str:
        day, today = subject.today(moment), subject.today(now)
        if day == today:
            return _("until {time}").format(time=self._when.clock(moment, subject.zone))
        if today < day < today + 7 * DAY:
            # Translators: {when} is like “Tue 14:00”.
            return _("until {when}").format(when=self._when.brief(moment, now, subject.zone))
        return _("until {date}").format(date=self._when.short_date(day, today))

    def waits(self, first: Ahead) -> str:
        """One enquiry at a time: "after the call about Backend"."""
        by_phone = first.channel is Channel.PHONE
        text = _("after the call about {role}") if by_phone else _("after the email about {role}")
        return text.format(role=elide(first.role, _ROLE_LENGTH))

    def _call(self, subject: Subject, now: datetime) -> tuple[str, Tone]:
        until = call_until(subject, now)
        if until is not None:
            time = self._when.clock(until, subject.zone)
            return _("until {time}").format(time=time), Tone.WELL
        slot = call_slot(subject, now)
        if slot is None:
            return _("only outside quiet hours"), Tone.NEUTRAL
        text = self._when.brief(slot, now, subject.zone)
        why = self.why_not_now(subject, now)
        if why:
            # Translators: why not now, and when: “not on Mondays: Tue 10:00”.
            text = _("{why}: {time}").format(why=why, time=text)
        return text, Tone.NEUTRAL

    def why_not_now(self, subject: Subject, now: datetime) -> str:
        """Why nobody is called today: ``not on Mondays``, ``not on a holiday``; empty on an outreach day."""
        day = subject.calendar.date_of(now)
        match subject.calendar.why_closed(day):
            case None:
                return ""
            case "weekend":
                return _("not on weekends")
            case "holiday":
                return _("not on a holiday")
            case "away":
                return _("not while you're away")
            case _:
                return self._labels.not_on_weekday[day.weekday()]

    def _due(self, subject: Subject, now: datetime) -> tuple[str, Tone]:
        if subject.waits_for is not None:
            return self.waits(subject.waits_for), Tone.NEUTRAL
        if subject.follow_up.channel is Channel.PHONE:
            return self._call(subject, now)
        return self._since(subject, now)

    def _since(self, subject: Subject, now: datetime) -> tuple[str, Tone]:
        follow_up = subject.follow_up
        own = self._rules[follow_up.rule].chip
        if own is not None and (chip := own(subject, now)) is not None:
            return chip
        if follow_up.deadline_at is not None:
            return self._when.left(follow_up.deadline_at - now), Tone.NOW
        if follow_up.expires_at is not None and follow_up.expires_at - now < 2 * DAY:
            return self._when.left(follow_up.expires_at - now), Tone.NOW
        day, today = subject.today(follow_up.due_at), subject.today(now)
        if day + 7 * DAY <= today:
            return _("since {date}").format(date=self._when.short_date(day, today)), Tone.NOW
        if day < today:
            return _("since {weekday}").format(weekday=self._when.weekday(day)), Tone.NOW
        return _("since {time}").format(time=self._when.clock(follow_up.due_at, subject.zone)), Tone.NOW
