"""A sample search, dated relative to an instant, that shows every rule and every stage at once.

The one acceptance in it is a bridge job of six weeks ago; everything but one application was sent after it,
so that withdrawing, chasing and going on with the search all have their place beside each other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Channel,
    Choice,
    Event,
    EventKind,
    Facts,
    Interview,
    InterviewKind,
    Policy,
    Reminder,
    Repeat,
    Rule,
    Stage,
)
from followup_desktop.domain.rules import plan_facts
from followup_desktop.domain.worktime import DAY, at, date_of, local
from followup_desktop.services.sample_parts import SampleParts
from followup_desktop.services.sample_people import PEOPLE

HOUR = timedelta(hours=1)
NEW_YORK = "America/New_York"
TOKYO = "Asia/Tokyo"
LONG_EMPLOYER = "Internationale Gesellschaft für ökologische Energiegewinnung"
_AFTERNOON = 14


def sample_facts(now: datetime, zone: str) -> Facts:
    """Facts for a look around; the same for the same instant and zone.

    Each of the fourteen rules has a follow-up that is not past, two thank-yous are due at any time of day,
    one is late, and a reminder of the user's own has just come.
    """
    facts = _Sample(now.replace(second=0, microsecond=0), zone).facts()
    for follow_up in plan_facts(facts):
        if follow_up.rule is Rule.CHECK_IN and follow_up.application == "wayne" and follow_up.opens_at <= now:
            made = now.replace(microsecond=0)
            until = at(date_of(now, zone) + DAY, time(10), zone)
            rest = Choice(key=follow_up.key, made_at=made, snoozed_until=until)
            return replace(facts, choices=(rest,))
    return facts


class _Sample(SampleParts):
    """The applications and reminders of the sample, one method a story."""

    def facts(self) -> Facts:
        return Facts(
            policy=Policy(timezone=self.zone),
            contacts=PEOPLE,
            applications=tuple(sorted(self._applications(), key=lambda a: a.id)),
            reminders=self._reminders(),
        )

    def _applications(self) -> list[Application]:
        return [
            self._acme(),
            self._vandelay(),
            *self._initech(),
            self._umbrella(),
            self._hooli(),
            *self._applied(),
            *self._rejected(),
            self._globex(),
            self._mirai(),
            self._noor(),
            self._bridge(),
            self._piper(),
            *self._saved(),
            *self._closed(),
        ]

    def _acme(self) -> Application:
        """Two people to thank right now, whatever the time: the interview was today, or yesterday."""
        if local(self.now, self.zone).hour >= _AFTERNOON:
            day, hour = self.today, 10
        else:
            day, hour = self._days(-1), 16
        first = self._debriefed(
            "acme-i1", self._workday(8), 15, kind=InterviewKind.PHONE, interviewers=("lena",)
        )
        second = self._interview(
            "acme-i2",
            day,
            hour,
            kind=InterviewKind.ONSITE,
            interviewers=("ana", "tom"),
            location="Calle de Alcalá 45, 3rd floor",
            topics="the move to streaming",
            reply_by=self._days(9),
        )
        return self._application(
            "acme",
            "Acme",
            "Data Engineer",
            Stage.INTERVIEWING,
            self._workday(16),
            stage_at=self._at(self._workday(10), 12),
            location="Madrid",
            url="https://acme.example/jobs/812",
            source="Referral",
            salary="48,000–55,000",
            fit=4,
            priority=3,
            tags=("data", "remote"),
            notes="Good people; on-call unclear.",
            interviews=(first, second),
            events=(
                self._into("acme-e1", Stage.APPLIED, Stage.INTERVIEWING, self._at(self._workday(10), 12)),
                self._thanked("acme-e2", "acme-i1", "lena", self._workday(8)),
            ),
        )

    def _vandelay(self) -> Application:
        """A thank-you that is late, and can still be written."""
        held = self._debriefed(
            "vandelay-i1",
            self._days(-2),
            11,
            kind=InterviewKind.VIDEO,
            interviewers=("art",),
            no_date_given=True,
        )
        return self._application(
            "vandelay",
            "Vandelay Imports",
            "Analytics Engineer",
            Stage.INTERVIEWING,
            self._workday(14),
            interviews=(held,),
            fit=3,
        )

    def _initech(self) -> list[Application]:
        """A call that has come due, and a second application that the guard keeps apart from it."""
        held = self._debriefed(
            "initech-i1",
            self._workday(9),
            10,
            kind=InterviewKind.PANEL,
            interviewers=("bill", "milton"),
            process="Two rounds, then a decision by the team",
            reply_by=self._workday(4),
        )
        lead = self._application(
            "initech",
            "Initech",
            "Platform Lead",
            Stage.INTERVIEWING,
            self._workday(20),
            stage_at=self._at(self._workday(12), 11),
            interviews=(held,),
            events=(self._thanked("initech-e1", "initech-i1", None, self._workday(9)),),
            fit=4,
            priority=2,
        )
        other = self._application(
            "initech-2", "INITECH", "Site Reliability Engineer", Stage.APPLIED, self._workday(13)
        )
        return [lead, other]

    def _umbrella(self) -> Application:
        """A second and last call, in New York."""
        held = self._debriefed(
            "umbrella-i1",
            self._workday(14),
            11,
            timezone=NEW_YORK,
            kind=InterviewKind.VIDEO,
            interviewers=("alice",),
            reply_by=self._workday(9),
        )
        called = Event(
            id="umbrella-e2",
            kind=EventKind.CALL,
            outcome=CallOutcome.LEFT_MESSAGE,
            at=at(self._chase_day(3), time(11), NEW_YORK),
            contact="alice",
        )
        thanked = self._thanked("umbrella-e1", "umbrella-i1", "alice", self._workday(14))
        return self._application(
            "umbrella",
            "Umbrella",
            "ML Engineer",
            Stage.INTERVIEWING,
            self._workday(22),
            timezone=NEW_YORK,
            country="US-NY",
            location="New York, remote",
            interviews=(held,),
            events=(thanked, called),
        )

    def _hooli(self) -> Application:
        """Two attempts unanswered: time to move on."""
        held = self._debriefed(
            "hooli-i1", self._workday(18), 16, kind=InterviewKind.TECHNICAL, reply_by=self._workday(14)
        )
        tries = tuple(
            Event(
                id=f"hooli-e{number}",
                kind=EventKind.CALL,
                outcome=CallOutcome.NO_ANSWER,
                at=self._at(self._chase_day(back), hour, 15),
            )
            for number, (back, hour) in enumerate(((11, 10), (6, 14)), start=2)
        )
        thanked = self._thanked("hooli-e1", "hooli-i1", None, self._workday(18))
        return self._application(
            "hooli",
            "Hooli",
            "Search",
            Stage.INTERVIEWING,
            self._workday(24),
            interviews=(held,),
            events=(thanked, *tries),
            fit=2,
        )

    def _applied(self) -> list[Application]:
        """Sent and nothing heard: one rests, the others come in their time; the last was days ago (tip 7)."""
        return [
            self._application("wayne", "Wayne", "Backend", Stage.APPLIED, self._workday(15), fit=3),
            self._application(
                "contoso", "Contoso", "Data Analyst", Stage.APPLIED, self._workday(8), channel=Channel.EMAIL
            ),
            self._application(
                "mayak", "Северный Маяк", "Аналитик данных", Stage.APPLIED, self._workday(9), location="Рига"
            ),
            self._application(
                "genossenschaft",
                LONG_EMPLOYER,
                "Senior Software Engineer for Grid Balancing, Forecasting and Storage Optimisation",
                Stage.APPLIED,
                self._workday(10),
                notes="The posting names three locations and a long list of tools. " * 3 + "Ask.",
                tags=("energy", "long commute", "part-time possible"),
            ),
            self._application(
                "private", "Private Bank", "Engineer", Stage.APPLIED, self._workday(12), do_not_contact=True
            ),
        ]

    def _rejected(self) -> list[Application]:
        """News of this morning or last night: a kind word, and a request for feedback."""
        refused = self.now - 6 * HOUR
        held = self._debriefed(
            "soylent-i1", self._workday(7), 12, kind=InterviewKind.ONSITE, interviewers=("thorn",)
        )
        return [
            self._application(
                "soylent",
                "Soylent",
                "Product Engineer",
                Stage.REJECTED,
                self._workday(17),
                stage_at=refused,
                interviews=(held,),
                events=(
                    self._thanked("soylent-e1", "soylent-i1", "thorn", self._workday(7)),
                    Event(id="soylent-e2", kind=EventKind.REPLY, at=refused, contact="thorn"),
                    self._into("soylent-e3", Stage.INTERVIEWING, Stage.REJECTED, refused),
                ),
            )
        ]

    def _globex(self) -> Application:
        """An offer of a few hours ago."""
        offered = self.now - 5 * HOUR
        held = self._debriefed(
            "globex-i1", self._workday(6), 9, kind=InterviewKind.ONSITE, interviewers=("hank",)
        )
        return self._application(
            "globex",
            "Globex",
            "Staff Engineer",
            Stage.OFFER,
            self._workday(19),
            stage_at=offered,
            offer_expires_on=self._days(6),
            salary="62,000",
            interviews=(held,),
            events=(
                self._thanked("globex-e1", "globex-i1", "hank", self._workday(6)),
                self._into("globex-e2", Stage.INTERVIEWING, Stage.OFFER, offered),
            ),
            fit=5,
            priority=3,
        )

    def _mirai(self) -> Application:
        """An interview ahead, in Tokyo, with three people in two rounds."""
        day = date_of(self.now, TOKYO) + 2 * DAY
        rounds = (
            Interview(
                id="mirai-i1",
                starts_at=datetime.combine(day, time(10)),
                minutes=45,
                timezone=TOKYO,
                kind=InterviewKind.VIDEO,
                interviewers=("tanaka", "sato"),
                notes="履歴書を用意する",
            ),
            Interview(
                id="mirai-i2",
                starts_at=datetime.combine(day, time(11)),
                minutes=45,
                timezone=TOKYO,
                kind=InterviewKind.TECHNICAL,
                interviewers=("sato", "suzuki"),
            ),
        )
        return self._application(
            "mirai",
            "株式会社みらい",
            "データエンジニア",
            Stage.INTERVIEWING,
            self._workday(11),
            timezone=TOKYO,
            country="JP",
            location="東京",
            interviews=rounds,
        )

    def _noor(self) -> Application:
        """An interview within the week, in Arabic."""
        ahead = self._interview(
            "noor-i1", self._days(5), 15, minutes=30, kind=InterviewKind.PHONE, interviewers=("layla",)
        )
        return self._application(
            "noor",
            "شركة النور للتقنية",
            "مهندسة بيانات",
            Stage.INTERVIEWING,
            self._workday(10),
            interviews=(ahead,),
        )

    def _bridge(self) -> Application:
        taken = self._at(self._days(-42), 12)
        return self._application(
            "bridge",
            "Bridgeworks",
            "Contractor, three months",
            Stage.ACCEPTED,
            self._days(-70),
            stage_at=taken,
            events=(self._into("bridge-e1", Stage.OFFER, Stage.ACCEPTED, taken),),
            notes="Pays the rent until something permanent is found.",
        )

    def _piper(self) -> Application:
        """From before the bridge job, and never told."""
        held = self._debriefed("piper-i1", self._days(-45), 10, kind=InterviewKind.PHONE)
        return self._application(
            "piper",
            "Pied Piper",
            "Compression Engineer",
            Stage.INTERVIEWING,
            self._days(-60),
            interviews=(held,),
            events=(self._thanked("piper-e1", "piper-i1", None, self._days(-45)),),
        )

    def _saved(self) -> list[Application]:
        return [
            self._application(
                "stark",
                "Stark",
                "SRE",
                Stage.SAVED,
                None,
                closes_on=self._days(1),
                url="https://stark.example/careers/sre",
                priority=1,
            ),
            self._application("tyrell", "Tyrell", "Platform Engineer", Stage.SAVED, None),
        ]

    def _closed(self) -> list[Application]:
        return [
            self._application("massive", "Massive Dynamic", "Researcher", Stage.WITHDRAWN, self._days(-38)),
            self._application("cyberdyne", "Cyberdyne", "Robotics", Stage.NO_RESPONSE, self._days(-39)),
            self._application(
                "oscorp", "Oscorp", "Lab Engineer", Stage.REJECTED, self._days(-36), archived=True
            ),
        ]

    def _reminders(self) -> tuple[Reminder, ...]:
        just_now = local(self.now - 10 * timedelta(minutes=1), self.zone)
        morning = datetime.combine(self._days(1), time(9))
        return (
            Reminder(
                id="certificate",
                title="Renew the language certificate",
                at=just_now.replace(tzinfo=None, fold=0),
                timezone=self.zone,
            ),
            Reminder(
                id="postings",
                title="Look through new postings",
                at=morning,
                timezone=self.zone,
                repeat=Repeat.WORKING_DAYS,
            ),
        )
