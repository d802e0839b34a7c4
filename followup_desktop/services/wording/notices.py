"""What a notification says: a title of at most 64 characters and a body of at most 200, in plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from followup_desktop.domain.answers import AT_ONCE
from followup_desktop.domain.model import Channel, FollowUp, Rule
from followup_desktop.domain.rules.table import answers_of
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _, format_number, ngettext, with_dots
from followup_desktop.services.wording.chips import call_slot, call_until, may_call
from followup_desktop.services.wording.formats import When, elide, ended
from followup_desktop.services.wording.labels import Labels
from followup_desktop.services.wording.rules import RuleWords
from followup_desktop.services.wording.subject import Subject
from followup_desktop.services.wording.titles import Titles

TITLE_LENGTH = 64
BODY_LENGTH = 200
_ANSWERS_AT_MOST = 3
"""Desktops that show fewer buttons leave out the last ones."""


def _listed(named: Sequence[str], count: int) -> str:
    """These titles, and how many more there are."""
    more = count - len(named)
    left = ngettext("and {n} more", "and {n} more", more).format(n=format_number(more))
    return with_dots((*named, left) if more else named, plain=True)


class Notices:
    """Texts of notifications. "Call now" stands in them only while a call may be made."""

    def __init__(self, when: When, titles: Titles, labels: Labels, rules: Mapping[Rule, RuleWords]) -> None:
        self._when = when
        self._titles = titles
        self._labels = labels
        self._rules = rules

    def notification(self, subject: Subject, now: datetime) -> tuple[str, str]:
        """Title and body for one follow-up at that instant; the title is that of its row."""
        return elide(self._titles.title(subject), TITLE_LENGTH), elide(self._body(subject, now), BODY_LENGTH)

    def _body(self, subject: Subject, now: datetime) -> str:
        if subject.follow_up.channel is Channel.PHONE:
            return self._call(subject, now)
        own = self._rules[subject.follow_up.rule].notice
        if own is not None and (body := own(subject, now)) is not None:
            return body
        detail = self._titles.detail(subject, now)
        parts = [ended(detail)]
        deadline = subject.follow_up.deadline_at
        if deadline is not None and now < deadline:
            last_day = self._when.day(date_of(deadline, subject.zone), subject.today(now))
            if last_day not in detail:
                parts.append(_("By {time}.").format(time=self._when.at(deadline, now, subject.zone)))
        return " ".join(parts)

    def _call(self, subject: Subject, now: datetime) -> str:
        """When to call, why, and whom to ask for: what is cut off at the end matters least."""
        zone, until = subject.zone, call_until(subject, now)
        if may_call(subject, now) and until is not None:
            first = _("Call now, until {time}.").format(time=self._when.clock(until, zone))
        elif (slot := call_slot(subject, now)) is not None:
            when = self._when.soon(slot, now, zone)
            if there := self._when.there(slot, zone, subject.employer_zone):
                when = self._when.with_elsewhere(when, there)
            # Translators: {when} is like “tomorrow, Tue 10:00”.
            first = _("Call {when}.").format(when=when)
        else:
            first = _("Write instead: your quiet hours leave no time to call.")
        parts = [first]
        if subject.contact is not None:
            parts.append(_("Ask for {name}.").format(name=subject.contact.name))
            if subject.contact.phone:
                parts.append(subject.contact.phone)
        parts.append(ended(self._titles.detail(subject, now)))
        return " ".join(parts)

    def summary(self, titles: Sequence[str], open_count: int) -> tuple[str, str]:
        """Title and body for several at once; of all that is open they are the newest.

        The body names as many as it has room for, and says how many more there are.
        """
        count = max(open_count, len(titles))
        title = ngettext("{n} follow-up is waiting", "{n} follow-ups are waiting", count)
        title = title.format(n=format_number(count))
        named = [elide(each, 60) for each in titles]
        body = _listed(named, count)
        while len(body) > BODY_LENGTH:
            named.pop()
            body = _listed(named, count)
        return title, body

    def private(self, count: int) -> tuple[str, str]:
        """Title and body that name nobody, for so many at once."""
        title = _("A follow-up is due")
        if count > 1:
            title = ngettext("{n} follow-up is waiting", "{n} follow-ups are waiting", count)
            title = title.format(n=format_number(count))
        return title, _("Open Follow Up to see the details.")

    def actions(self, follow_up: FollowUp) -> tuple[tuple[str, str], ...]:
        """The buttons: the strong answer, those that need nothing more, and Snooze; each as (id, label)."""
        strong, *others = answers_of(follow_up)
        offered = [strong, *(answer for answer in others if answer in AT_ONCE)][:_ANSWERS_AT_MOST]
        return (*((a.value, self._labels.answers[a]) for a in offered), ("snooze", _("Snooze")))
