"""What a follow-up says in a list: what to do and for whom, then where and why now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from followup_desktop.domain.model import Rule
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import _, pgettext, with_dots
from followup_desktop.services.wording.formats import When, capitalised, sentence
from followup_desktop.services.wording.rules import RuleWords, of_moment, of_subject
from followup_desktop.services.wording.subject import Subject


def under_way(subject: Subject, now: datetime) -> bool:
    """Whether an interview of the day that it prepares for goes on at that instant."""
    return row_of(subject.follow_up.rule).before_interview and any(
        held.start <= now < held.end for held in subject.held
    )


class Titles:
    """Titles and details; short sentences that say what to do and never blame."""

    def __init__(self, when: When, rules: Mapping[Rule, RuleWords]) -> None:
        self._when = when
        self._rules = rules

    def title(self, subject: Subject) -> str:
        """What to do and for whom: "Thank Ana Ruiz", "Call Initech about the position"."""
        return of_subject(self._rules[subject.follow_up.rule].title, subject)

    def title_at(self, subject: Subject, now: datetime) -> str:
        """The title at an instant: an interview that goes on isn't prepared for any more."""
        if under_way(subject, now):
            return _("Interview at {employer}").format(employer=subject.employer)
        return self.title(subject)

    def short_at(self, subject: Subject, now: datetime) -> str:
        """The short title at an instant."""
        return pgettext("what to do", "Interview") if under_way(subject, now) else self.short(subject)

    def short(self, subject: Subject) -> str:
        """The title in a word or two, where the employer stands beside it."""
        return of_subject(self._rules[subject.follow_up.rule].short, subject)

    def detail(self, subject: Subject, now: datetime) -> str:
        """Where, and why now: "Platform Lead — they said Fri 9 Oct; 2 working days have passed"."""
        return self._joined(self._where(subject), self._why(subject, now))

    def missed_detail(self, subject: Subject, now: datetime) -> str:
        """Where, and when it expired: "Acme — time ran out Sat 17 Oct; better late than never"."""
        expires = subject.follow_up.expires_at or subject.follow_up.due_at
        day = self._when.day(subject.today(expires), subject.today(now))
        # Translators: {date} is like “Sat 17 Oct”.
        why = _("time ran out {date}; better late than never")
        return self._joined(self._where(subject), why.format(date=day))

    def _joined(self, where: str, why: str) -> str:
        if not where or not why:
            return where or capitalised(why)
        # Translators: where a follow-up belongs and why it is due: “Platform Lead — they said Fri 9 Oct”.
        return _("{where} — {why}").format(where=where, why=why)

    def where_and_why(self, subject: Subject, now: datetime) -> tuple[str, str]:
        """Where, and why now, each for a line of its own: "Platform Lead", "They said Fri 9 Oct." """
        return self._where(subject), sentence(self._why(subject, now))

    def _where(self, subject: Subject) -> str:
        if self._rules[subject.follow_up.rule].names_employer:
            return with_dots((subject.employer, subject.role))
        return subject.role

    def _why(self, subject: Subject, now: datetime) -> str:
        return of_moment(self._rules[subject.follow_up.rule].why, subject, now)
