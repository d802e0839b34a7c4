"""What a notification says: a title of at most 64 characters and a body of at most 200, in plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from followup_desktop.domain.answers import AT_ONCE
from followup_desktop.domain.model import Channel, Rule
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import _, ngettext
from followup_desktop.services.wording.chips import call_slot, call_until, may_call
from followup_desktop.services.wording.formats import When, elide, ended
from followup_desktop.services.wording.labels import Labels
from followup_desktop.services.wording.rules import RuleWords
from followup_desktop.services.wording.subject import Subject
from followup_desktop.services.wording.titles import Titles

TITLE_LENGTH = 64
BODY_LENGTH = 200


class Notices:
    """Texts of notifications. "Call now" stands in them only while a call may be made."""

    def __init__(self, when: When, titles: Titles, labels: Labels, rules: Mapping[Rule, RuleWords]) -> None:
        self._when = when
        self._titles = titles
        self._labels = labels
        self._rules = rules

    def notification(self, subject: Subject, now: datetime) -> tuple[str, str]:
        """Title and body for one follow-up at that instant."""
        if subject.follow_up.channel is Channel.PHONE:
            return self._call(subject, now)
        own = self._rules[subject.follow_up.rule].notice
        if own is not None and (notice := own(subject, now)) is not None:
            title, body = notice
            room = TITLE_LENGTH - len(title.format(employer=""))
            return title.format(employer=elide(subject.employer, room)), elide(body, BODY_LENGTH)
        parts = [ended(self._titles.detail(subject, now))]
        deadline = subject.follow_up.deadline_at
        if deadline is not None and now < deadline:
            by = self._when.soon(deadline, now, subject.zone)
            parts.append(_("By {time}.").format(time=by))
        title = elide(self._titles.title(subject), TITLE_LENGTH)
        return title, elide(" ".join(parts), BODY_LENGTH)

    def _call(self, subject: Subject, now: datetime) -> tuple[str, str]:
        zone = subject.zone
        parts = [ended(self._titles.detail(subject, now))]
        when = ""
        if may_call(subject, now):
            title = _("{employer}: call now")
            until = call_until(subject, now)
            if until is not None:
                parts.append(_("Until {time}.").format(time=self._when.clock(until, zone)))
        elif (slot := call_slot(subject, now)) is not None:
            title, when = _("{employer}: call {when}"), self._when.soon(slot, now, zone)
            if there := self._when.there(slot, zone, subject.employer_zone):
                parts.append(there)
        else:
            title = _("{employer}: write about the position")
        if subject.contact is not None:
            parts.append(_("Ask for {name}.").format(name=subject.contact.name))
            if subject.contact.phone:
                parts.append(subject.contact.phone)
        room = TITLE_LENGTH - len(title.format(employer="", when=when))
        title = title.format(employer=elide(subject.employer, max(8, room)), when=when)
        return elide(title, TITLE_LENGTH), elide(" ".join(parts), BODY_LENGTH)

    def summary(self, titles: Sequence[str]) -> tuple[str, str]:
        """Title and body for several at once."""
        title = ngettext("{n} follow-up is waiting", "{n} follow-ups are waiting", len(titles)).format(
            n=len(titles)
        )
        return title, elide(" · ".join(elide(each, 60) for each in titles), BODY_LENGTH)

    def private(self, count: int) -> tuple[str, str]:
        """Title and body that name nobody, for so many at once."""
        title = _("A follow-up is due")
        if count > 1:
            title = ngettext("{n} follow-up is waiting", "{n} follow-ups are waiting", count).format(n=count)
        return title, _("Open Follow Up to see the details.")

    def actions(self, rule: Rule) -> tuple[tuple[str, str], ...]:
        """The buttons: the answers that need nothing more, and Snooze; each as (id, label)."""
        at_once = [(a.value, self._labels.answers[a]) for a in row_of(rule).answers if a in AT_ONCE]
        return (*at_once, ("snooze", _("Snooze")))
