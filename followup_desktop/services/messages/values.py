"""What is known for a message: the values of the placeholders, and the facts to have in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from followup_desktop.domain.casefile import InterviewDay
from followup_desktop.domain.model import Application, Contact, FollowUp, Policy
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _, format_list
from followup_desktop.services.capture.company_forms import spoken_employer
from followup_desktop.services.capture.mail_addresses import one_address
from followup_desktop.services.capture.roles import spoken_role
from followup_desktop.services.messages.new_time import MissedInterview
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.services.wording.formats import elide

_TOPICS_LENGTH = 200
_FACT_LENGTH = 600
_TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame"})


def first_name(name: str) -> str:
    """The name by which somebody is greeted: without a title, and what follows a comma in "Ruiz, Ana"."""
    _before, comma, after = name.partition(",")
    words = (after if comma and after.strip() else name).split()
    plain = [word for word in words if word.rstrip(".").casefold() not in _TITLES]
    return (plain or words or [""])[0]


def thanks_owed(subject: Subject, follow_ups: Iterable[FollowUp]) -> tuple[Contact, ...]:
    """Who of the same interview day still is to be thanked, and has no address."""
    if not row_of(subject.follow_up.rule).to_interviewer:
        return ()
    day = {held.interview.id for held in subject.held}
    people = (
        subject.contacts[f.contact]
        for f in follow_ups
        if row_of(f.rule).to_interviewer
        and f.interview in day
        and f.contact
        and f.contact in subject.contacts
    )
    found = tuple(person for person in people if not one_address(person.email))
    asked = subject.contact
    return found if asked is None or asked in found else (asked, *found)


def _talked(subject: Subject, now: datetime) -> InterviewDay | None:
    """The interview day to write of: the follow-up's own, or while that is to come the last before."""
    if subject.day is None or subject.day.start <= now or subject.case is None:
        return subject.day
    return next((day for day in reversed(subject.case.days) if day.start <= now), None)


def _near(days: Mapping[str, Sequence[date]], today: Sequence[date]) -> dict[str, int]:
    """How many days ago, 0 or 1, where it is the same in every zone: else "today" says two things."""
    ago = {
        name: {(now - day).days for day, now in zip(found, today, strict=True)}
        for name, found in days.items()
        if found
    }
    return {name: next(iter(each)) for name, each in ago.items() if each in ({0}, {1})}


class Values:
    """Puts what is known about a follow-up into words for its message."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def hints(self) -> dict[str, str]:
        """What stands for each placeholder while it is not known."""
        return {
            "first_name": _("their first name"),
            "name": _("their name"),
            "employer": _("the company"),
            "role": _("the position"),
            "interview_day": _("the day of the interview"),
            "topics": _("what you talked about"),
            "stated_date": _("the date they gave you"),
            "applied_on": _("the day you applied"),
            "others": _("who you'd like to thank"),
            "my_name": _("your name"),
        }

    def samples(self) -> dict[str, str]:
        """Values to show a template with while it is edited."""
        return {
            "first_name": "Ana",
            "name": "Ana Ruiz",
            "employer": "Acme",
            "role": _("Data Engineer"),
            "interview_day": self._wording.when.long_date(date(2026, 10, 14)),
            # Translators: what was talked about in an interview, in the sample values of a letter.
            "topics": _("the move to streaming"),
            "stated_date": self._wording.when.long_date(date(2026, 10, 23)),
            "applied_on": self._wording.when.long_date(date(2026, 9, 14)),
            "others": format_list(["Tom Berg", "Li Wei"], plain=True),
            "my_name": "Sam Rivera",
        }

    def of(
        self,
        subject: Subject,
        now: datetime,
        person: Contact | None,
        thanked: Sequence[Contact],
        sender: str,
    ) -> dict[str, str]:
        """The values of the placeholders; what is not known, or has not been yet, is empty."""
        # Without anybody in particular the greeting is to all of them, unless one was to be found.
        # Translators: whom a letter greets that is to nobody in particular: “Dear team”.
        nobody = "" if thanked else _("team")
        return self._greeting(person, nobody, sender) | {
            "employer": spoken_employer(subject.employer),
            "role": spoken_role(subject.role),
            "interview_day": self._date(_talked(subject, now)),
            "topics": format_list(self._topics(subject, now), plain=True),
            "stated_date": self._stated_date(subject, now),
            "applied_on": self._applied(subject.application),
            "others": format_list([person.name for person in thanked], plain=True),
        }

    @staticmethod
    def days_ago(subject: Subject, now: datetime) -> dict[str, int]:
        """The placeholders whose day is today (0) or yesterday (1), for the user and for the employer."""
        zones = (subject.zone, subject.employer_zone)
        talked = _talked(subject, now)
        starts = [date_of(talked.start, zone) for zone in zones] if talked else []
        applied = subject.application.applied_on if subject.application else None
        return _near(
            {"interview_day": starts, "applied_on": [applied] * len(zones) if applied else []},
            [date_of(now, zone) for zone in zones],
        )

    @staticmethod
    def days_ago_of_missed(missed: MissedInterview, policy: Policy, now: datetime) -> dict[str, int]:
        """The placeholder of the day of a missed interview, where that is today (0) or yesterday (1)."""
        zones = (policy.timezone, missed.application.timezone or policy.timezone)
        starts = [date_of(missed.start, zone) for zone in zones]
        return _near({"interview_day": starts}, [date_of(now, zone) for zone in zones])

    def of_missed(
        self, application: Application, day: str, person: Contact | None, sender: str
    ) -> dict[str, str]:
        """The values for a message about an interview of that day, which did not take place."""
        return self._greeting(person, _("team"), sender) | {
            "employer": spoken_employer(application.employer),
            "role": spoken_role(application.role),
            "interview_day": day,
            "topics": "",
            "stated_date": "",
            "applied_on": self._applied(application),
            "others": "",
        }

    @staticmethod
    def _greeting(person: Contact | None, nobody: str, sender: str) -> dict[str, str]:
        return {
            "first_name": first_name(person.name) if person else nobody,
            "name": person.name if person else nobody,
            "my_name": sender,
        }

    def _applied(self, application: Application | None) -> str:
        applied = application.applied_on if application else None
        return self._wording.when.long_date(applied) if applied else ""

    def facts(self, subject: Subject, now: datetime) -> tuple[tuple[str, str], ...]:
        """What was noted of the interview: headings and texts, only those that say something."""
        interview = subject.interview
        held, talked = subject.held, _talked(subject, now)
        with_whom = subject.names(talked.interviewers()) if talked else ()
        stated = self._stated_date(subject, now)
        words = self._wording.labels.interview_facts
        found = [
            (_("Interview"), self._date(subject.day)),
            (_("You met"), format_list(with_whom)),
            (_("You talked about"), format_list(self._topics(subject, now))),
            (words["reply_by"].label, stated),
            (words["process"].label, next((h.interview.process for h in held if h.interview.process), "")),
            (_("Your notes"), interview.notes if interview else ""),
        ]
        made = self._last_contact(subject, now)
        if made:
            found.append((_("Last contact"), made))
        return tuple((heading, elide(text, _FACT_LENGTH)) for heading, text in found if text)

    def _last_contact(self, subject: Subject, now: datetime) -> str:
        attempts = subject.case.attempts if subject.case else ()
        last = next((each.at for each in reversed(attempts) if each.at <= now), None)
        return "" if last is None else self._wording.when.full(last, now, subject.zone)

    def _date(self, day: InterviewDay | None) -> str:
        return self._wording.when.long_date(day.day) if day else ""

    def _topics(self, subject: Subject, now: datetime) -> list[str]:
        """What was talked about, with the follow-up's person where it has one."""
        day = _talked(subject, now)
        if day is None:
            return []
        contact = subject.follow_up.contact if row_of(subject.follow_up.rule).to_interviewer else None
        held = day.with_contact(contact) or day.held
        topics = dict.fromkeys(elide(h.interview.topics, _TOPICS_LENGTH).rstrip(". ") for h in held)
        return [each for each in topics if each]

    def _stated_date(self, subject: Subject, now: datetime) -> str:
        if subject.case is None or subject.application is None:
            return ""
        stated = subject.case.stated(now)
        return self._wording.when.long_date(stated.reply_by) if stated and stated.reply_by else ""
