"""A dated report of the search, as authorities ask for it: every activity by week, and what came of it."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from followup_desktop.domain.casefile import interview_span, sent_on
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    Stage,
)
from followup_desktop.domain.notes import split_notes
from followup_desktop.domain.worktime import date_of, monday_of
from followup_desktop.i18n import (
    _,
    format_days,
    format_full_date,
    format_number,
    format_plain_date,
    format_series,
    format_weekday,
    in_html,
    is_right_to_left,
    ngettext,
    pgettext,
)
from followup_desktop.services.transfer.spreadsheet import guarded
from followup_desktop.services.wording import Wording


class Activity(StrEnum):
    """What a row of the report is about; the last is theirs or wasn't held yet, and isn't counted."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    CALL = "call"
    EMAIL = "email"
    LISTED = "listed"


OWN = tuple(each for each in Activity if each is not Activity.LISTED)
"""What the job seeker did."""

_OF_EVENTS: Mapping[EventKind, Activity] = {
    EventKind.CALL: Activity.CALL,
    EventKind.EMAIL: Activity.EMAIL,
    EventKind.THANK_YOU: Activity.EMAIL,
    EventKind.MESSAGE: Activity.EMAIL,
    EventKind.FEEDBACK_REQUEST: Activity.EMAIL,
    EventKind.REPLY: Activity.LISTED,
}
_SHARES: Mapping[str, int] = {
    "day": 12,
    "employer": 15,
    "place": 10,
    "role": 15,
    "kind": 12,
    "person": 11,
    "result": 10,
    "salary": 10,
    "note": 18,
}
"""How wide the columns of the page are beside each other: the same in every week."""
_ROWS_OF_A_PART = 40
_TOLD_BY_THEM = frozenset({Stage.OFFER, Stage.REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """What the report is of: its days, both included, and what is in it; nothing in it is after today.

    ``name`` and ``number`` are the job seeker's, as the authority knows them.
    """

    first: date | None = None
    last: date | None = None
    notes: bool = True
    people: bool = True
    salary: bool = True
    name: str = ""
    number: str = ""

    def check(self, today: date) -> None:
        """Refuse days that run backwards, or begin when nothing can have been done yet."""
        if self.first is not None and self.first > today:
            raise Refused(_("The report starts after today. Choose an earlier start."), field="from")
        if self.first is not None and self.last is not None and self.last < self.first:
            raise Refused(_("The report ends before it starts. Choose a later end."), field="until")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One activity in words."""

    day: date
    activity: Activity
    order: str
    employer: str
    place: str
    role: str
    kind: str
    person: str
    result: str
    salary: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWeek:
    """The activities of a week, or of those of its days, both included, that are in the period."""

    first: date
    last: date
    rows: tuple[ReportRow, ...]

    @property
    def title(self) -> str:
        """The days of the week, and how much was done on them."""
        days = format_days(self.first, self.last)
        # Translators: the days of a week, and how much was done on them.
        return _("{days}: {activities}").format(days=days, activities=counted(self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All activities of the days asked for, oldest first, and what the report is headed with."""

    options: ReportOptions
    rows: tuple[ReportRow, ...]
    today: date

    @classmethod
    def of(cls, facts: Facts, options: ReportOptions, now: datetime, wording: Wording) -> Report:
        """The report at an instant; raises ``Refused`` for days that run backwards or begin after today."""
        made = _RowMaker(facts, now, wording)
        today = date_of(now, facts.policy.timezone)
        options.check(today)
        last = min(options.last or today, today)
        rows = (
            row
            for application in facts.applications
            for row in made.of(application)
            if row.day <= last and (options.first is None or row.day >= options.first)
        )
        return cls(options=options, rows=tuple(sorted(rows, key=lambda r: (r.day, r.order))), today=today)

    @property
    def title(self) -> str:
        """What it is."""
        return _("Job search report")

    def about(self) -> tuple[tuple[str, str], ...]:
        """Whose report it is, and of when, as pairs of a label and its value."""
        first = self.options.first or (self.rows[0].day if self.rows else self.today)
        last = min(self.options.last or self.today, self.today)
        pairs = (
            (_("Name"), self.options.name),
            (_("Customer number"), self.options.number),
            (_("Period"), format_days(first, last)),
            (_("Made on"), format_full_date(self.today)),
        )
        return tuple((label, value) for label, value in pairs if value)

    def columns(self) -> tuple[tuple[str, str], ...]:
        """The headings, each with the name of what stands below it in a row."""
        return (
            ("day", _("Date")),
            ("employer", _("Employer")),
            ("place", _("Location")),
            ("role", _("Role")),
            ("kind", _("Kind of contact")),
            *((("person", _("Person")),) if self.options.people else ()),
            ("result", _("Result")),
            *((("salary", _("Salary")),) if self.options.salary else ()),
            *((("note", _("Notes")),) if self.options.notes else ()),
        )

    def cells(self, row: ReportRow) -> tuple[str, ...]:
        """What a row says below each heading."""
        # Translators: a day in a table: “Tuesday 13 Oct 2026”.
        day = _("{weekday} {date}").format(weekday=format_weekday(row.day), date=format_plain_date(row.day))
        day = day.replace(" ", "\u00a0")  # in one line
        texts = {name: day if name == "day" else getattr(row, name) for name, _heading in self.columns()}
        return tuple(texts.values())

    def weeks(self) -> Iterator[ReportWeek]:
        """The activities by the weeks of the period, from Monday to Sunday, those without any too.

        Of one that the period cuts, or that isn't over, the days in the period until today.
        """
        if not self.rows:
            return
        of_week = {monday: tuple(r) for monday, r in groupby(self.rows, key=lambda row: monday_of(row.day))}
        first = self.options.first or self.rows[0].day
        last = min(self.options.last or self.today, self.today)
        while first <= last:
            sunday = monday_of(first) + timedelta(days=6)
            rows = of_week.get(monday_of(first), ())
            yield ReportWeek(first=first, last=min(sunday, last), rows=rows)
            first = sunday + timedelta(days=1)

    def total(self) -> str:
        """How much that is in all."""
        return counted(self.rows)

    @property
    def explanation(self) -> str:
        """What is to be said below the total: that nothing was done, or that some rows aren't counted."""
        if not self.rows:
            return _("No activities in this period.")
        if any(row.activity not in OWN for row in self.rows):
            return _(
                "Employers' replies and decisions, and interviews that weren't held, are listed but not "
                "counted."
            )
        return ""


def counted(rows: Iterable[ReportRow]) -> str:
    """How many activities, and of which kinds: "3 activities (2 applications, 1 call)"."""
    numbers = dict.fromkeys(OWN, 0)
    for row in rows:
        if row.activity in numbers:
            numbers[row.activity] += 1
    total = sum(numbers.values())
    activities = ngettext("{n} activity", "{n} activities", total).format(n=format_number(total))
    kinds = [_kind(activity, n) for activity, n in numbers.items() if n]
    if not kinds:
        return activities
    # Translators: how much was done, and of what kinds: “3 activities (2 applications, 1 call)”.
    return _("{activities} ({kinds})").format(activities=activities, kinds=format_series(kinds))


def _kind(activity: Activity, n: int) -> str:
    texts = {
        Activity.APPLICATION: ngettext("{n} application", "{n} applications", n),
        Activity.INTERVIEW: ngettext("{n} interview", "{n} interviews", n),
        Activity.CALL: ngettext("{n} call", "{n} calls", n),
        Activity.EMAIL: ngettext("{n} email or letter", "{n} emails or letters", n),
    }
    return texts[activity].format(n=format_number(n))


def as_csv(report: Report) -> bytes:
    """The activities as a table in UTF-8, a row each, with the first day of its week that is in the period.

    What the report is headed with isn't in it: programs that read tables have the first line for headings.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    names = [name for name, _heading in report.columns()]
    writer.writerow((_("Week from"), *(heading for _name, heading in report.columns())))
    for week in report.weeks():
        for row in week.rows:
            texts = [row.day.isoformat() if name == "day" else getattr(row, name) for name in names]
            writer.writerow([guarded(text) for text in (week.first.isoformat(), *texts)])
    return table.getvalue().encode()


def as_html(report: Report) -> bytes:
    """One page that needs nothing else, with a style for printing and without a script."""
    head = f'<meta charset="utf-8">\n<title>{_text(report.title)}</title>\n<style>{_STYLE}</style>'
    names = [name for name, _heading in report.columns()]
    whole = sum(_SHARES[name] for name in names)
    columns = "".join(f'<col style="width: {100 * _SHARES[name] / whole:.1f}%">' for name in names)
    shares = f"<colgroup>{columns}</colgroup>"
    body = _heading(report) + "".join(
        f"<h2>{_text(week.title)}</h2>{_table(report, week.rows, shares)}" for week in report.weeks()
    )
    page = f"<!DOCTYPE html>\n<html {in_html()}>\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    return page.encode()


def for_preview(report: Report) -> tuple[str, ...]:
    """The report for Qt's own documents, which know few styles, in short parts that are shown one by one."""
    parts = [_for_qt(_heading(report))]
    for week in report.weeks():
        # Qt makes headings of a higher rank half as large again, whatever the style says.
        title = f"<h4>{_text(week.title)}</h4>"
        for start in range(0, len(week.rows) or 1, _ROWS_OF_A_PART):
            parts.append(_for_qt(title + _table(report, week.rows[start : start + _ROWS_OF_A_PART])))
            title = ""
    return tuple(parts)


def _for_qt(part: str) -> str:
    """The part as Qt shows it the way the language runs: its tables run from left to right in any."""
    if not is_right_to_left():
        return part
    turned = _ROW.sub(lambda row: f"<tr>{''.join(reversed(_CELL.findall(row[1])))}</tr>", part)
    turned = turned.replace("<table ", '<table align="right" ')
    return f'<div dir="rtl">{turned}</div>'


def _heading(report: Report) -> str:
    about = "".join(
        f"<tr><th>{_text(label)}</th><td>{_text(value)}</td></tr>" for label, value in report.about()
    )
    explained = f"<p>{_text(report.explanation)}</p>" if report.explanation else ""
    return (
        f'<h1>{_text(report.title)}</h1>\n<table class="about">{about}</table>\n'
        f"<p><b>{_text(report.total())}</b></p>\n{explained}"
    )


def _table(report: Report, rows: Sequence[ReportRow], shares: str = "") -> str:
    if not rows:
        return ""
    headings = "".join(f'<th scope="col">{_text(heading)}</th>' for _name, heading in report.columns())
    cells = "".join(
        "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in report.cells(row)) + "</tr>" for row in rows
    )
    return (
        f'<table class="rows" border="1" cellspacing="0" cellpadding="3" width="99%">'
        f"{shares}<thead><tr>{headings}</tr></thead><tbody>{cells}</tbody></table>"
    )


_ROW = re.compile(r"<tr>(.*?)</tr>")
_CELL = re.compile(r"<t[hd].*?</t[hd]>")


def _text(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


PREVIEW_TEXT = 12
"""The size of letters in the preview, in pixels."""
PREVIEW_STYLE = f"""
body, td, th, p {{ font-size: {PREVIEW_TEXT}px; }}
h1 {{ margin-bottom: 6px; }}
h4 {{ margin-top: 14px; margin-bottom: 4px; }}
table.rows {{ border-collapse: collapse; border-style: solid; border-color: #b0b0b0; }}
th {{ text-align: left; }}
"""
_STYLE = """
body { font-family: sans-serif; color: #1f2429; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .4rem; break-after: avoid; }
table.rows { border-collapse: collapse; table-layout: fixed; width: 100%; font-size: .85rem; }
table.rows th, table.rows td { border: 1px solid #c9c6c1; padding: .3rem .5rem; text-align: start;
  vertical-align: top; overflow-wrap: anywhere; }
table.rows th { background: #f1f0ed; }
table.about th { text-align: start; padding-inline-end: 1rem; font-weight: normal; color: #626a73; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
@page { margin: 1.5cm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 9pt; } }
"""


class _RowMaker:
    """Makes the rows of an application."""

    def __init__(self, facts: Facts, now: datetime, wording: Wording) -> None:
        self._policy = facts.policy
        self._now = now
        self._labels = wording.labels
        self._contacts: Mapping[str, Contact] = {each.id: each for each in facts.contacts}

    def of(self, application: Application) -> Iterator[ReportRow]:
        """Everything dated about it, the application itself first."""
        day = sent_on(application, self._policy.timezone, self._now)
        if day is not None:
            stage = self._labels.stages[application.stage]
            yield self._row(
                application,
                day,
                Activity.APPLICATION,
                f"0/{application.id}",
                kind=pgettext("a kind of contact", "Application"),
                result=stage,
                note=split_notes(application.notes)[0],
            )
        for interview in application.interviews:
            yield self._interview(application, interview)
        for event in application.events:
            if event.at <= self._now and (row := self._event(application, event)) is not None:
                yield row

    def _interview(self, application: Application, interview: Interview) -> ReportRow:
        start, _end = interview_span(interview, application, self._policy)
        result, is_held = pgettext("what became of an interview", "Held"), False
        if interview.cancelled:
            result = pgettext("what became of an interview", "Cancelled")
        elif start > self._now:
            result = pgettext("what became of an interview", "Planned")
        else:
            is_held = True
        kind = _("Interview ({kind})").format(kind=self._labels.interview_kinds[interview.kind])
        names = (self._name(each) for each in interview.interviewers)
        people = format_series(filter(None, names), plain=True)
        return self._row(
            application,
            date_of(start, self._policy.timezone),
            Activity.INTERVIEW if is_held else Activity.LISTED,
            f"1/{start.isoformat()}/{interview.id}",
            kind=kind,
            person=people,
            result=result,
            note=interview.notes,
        )

    def _event(self, application: Application, event: Event) -> ReportRow | None:
        activity = _OF_EVENTS.get(event.kind)
        kind, result = "", ""
        if event.kind is EventKind.STAGE and event.to_stage in _TOLD_BY_THEM:
            activity = Activity.LISTED
            kind = pgettext("a kind of contact", "Their decision")
            result = self._labels.stages[event.to_stage]
        elif activity is None:
            return None
        else:
            kind = self._labels.event_kinds[event.kind]
            sent = pgettext("what became of an email", "Sent") if activity is Activity.EMAIL else ""
            result = _outcomes()[event.outcome] if event.outcome is not None else sent
        return self._row(
            application,
            date_of(event.at, self._policy.timezone),
            activity,
            f"1/{event.at.isoformat()}/{event.id}",
            kind=kind,
            person=self._name(event.contact),
            result=result,
            note=event.note,
        )

    def _row(
        self,
        application: Application,
        day: date,
        activity: Activity,
        order: str,
        *,
        kind: str,
        result: str,
        note: str,
        person: str = "",
    ) -> ReportRow:
        return ReportRow(
            day=day,
            activity=activity,
            order=order,
            employer=application.employer,
            place=application.location,
            role=application.role,
            kind=kind,
            person=person,
            result=result,
            salary=application.salary if activity is Activity.APPLICATION else "",
            note=note,
        )

    def _name(self, contact: str | None) -> str:
        found = self._contacts.get(contact or "")
        return found.name if found is not None else ""


def _outcomes() -> dict[CallOutcome, str]:
    return {
        CallOutcome.SPOKE: pgettext("what became of a call", "Spoke"),
        CallOutcome.LEFT_MESSAGE: pgettext("what became of a call", "Left a message"),
        CallOutcome.NO_ANSWER: pgettext("what became of a call", "No answer"),
    }
