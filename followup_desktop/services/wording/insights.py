"""The figures of a search in words: three sentences, and a table for each picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from followup_desktop.domain.casefile import DEBRIEF_FOR
from followup_desktop.domain.model import Rule, Stage
from followup_desktop.domain.rules.outcomes import OFFER_THANKS_HOURS
from followup_desktop.domain.worktime import monday_of
from followup_desktop.i18n import (
    _,
    format_clock,
    format_days,
    format_full_date,
    format_number,
    format_series,
    format_short_date,
    format_weekday,
    ngettext,
    pgettext,
)
from followup_desktop.services.rows.figures import (
    FEW,
    Age,
    Chart,
    End,
    Figures,
    InsightQuery,
    Level,
    Period,
    Times,
    Week,
    spans,
)
from followup_desktop.services.wording.formats import When, sentences
from followup_desktop.services.wording.phrases import Phrases
from followup_desktop.services.wording.rules import rule_words
from followup_desktop.storage.insights import FEEDBACK_COUNTS_DAYS

_MONDAY = date(2026, 10, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """A picture in words: what it is, how it is counted, and the table behind it.

    ``remark`` says what the heading alone doesn't, such as how many were counted; ``nothing`` stands where
    there is no row.
    """

    title: str
    remark: str
    definition: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str

    def spoken(self, row: int) -> str:
        """All that a row says: "Referral, 7 sent, 4 answered"."""
        pairs = zip(self.headings[1:], self.rows[row][1:], strict=True)
        said = _("{name}: {text}")
        return format_series(
            (self.rows[row][0], *(said.format(name=heading, text=cell) for heading, cell in pairs))
        )


class InsightWords:
    """Says what the figures mean; never more than they carry."""

    def __init__(self, today: date) -> None:
        self._today = today

    def periods(self) -> dict[Period, str]:
        """The names of the periods."""
        return {
            Period.ALL: _("All time"),
            Period.FOUR_WEEKS: _("Last 4 weeks"),
            Period.THREE_MONTHS: _("Last 3 months"),
            Period.YEAR: _("Last 12 months"),
            Period.OWN: _("Custom dates"),
        }

    def subtitle(self, figures: Figures) -> str:
        """What was counted."""
        sent = _applications(figures.sent)
        if figures.first_day is None:
            return sent
        since = format_short_date(figures.first_day, self._today)
        return _("{applications} since {date}").format(applications=sent, date=since)

    def scope(self, query: InsightQuery, stages: Mapping[Stage, str]) -> str:
        """Which applications are counted, and when; it names nothing that the user wrote."""
        period = self.periods()[query.period]
        first, last = query.days(self._today)
        if first is not None:
            days = format_days(first, max(first, last or self._today))
            # Translators: a period and its days: “Custom dates (1–14 October)”.
            period = _("{period} ({days})").format(period=period, days=days)
        elif last is not None:
            until = _("until {date}").format(date=format_full_date(last))
            period = _("{period} ({days})").format(period=period, days=until)
        which = []
        if query.source is not None:
            which.append(_("from one source") if query.source else _("without a source"))
        if query.tag is not None:
            which.append(_("with one tag"))
        if query.stage is not None:
            which.append(_("now in the stage {stage}").format(stage=stages[query.stage]))
        said = _("{period}, as of {date}.").format(period=period, date=format_full_date(self._today))
        if not which:
            return said
        some = _("Only some of my applications: {which}.").format(which=format_series(which))
        return f"{said} {some}"

    def sentences(self, figures: Figures) -> tuple[str, ...]:
        """How it goes, in a sentence on interviews, on answers and on what was done in time."""
        said = (_interviews(figures), _answers(figures), _in_time(figures))
        return tuple(sentence for sentence in said if sentence)

    def patience(self, figures: Figures) -> str:
        """What silence has meant at the user's own employers; empty from too few, or too short a time."""
        found = figures.patience
        if found is None or figures.days is None:
            return ""
        weeks = ngettext("{n} week", "{n} weeks", found.weeks).format(n=format_number(found.weeks))
        return _("Of {n} applications that stayed quiet for more than {weeks}, {no} came to nothing.").format(
            weeks=weeks, no=format_number(found.no), n=format_number(found.n)
        )

    def suggestion(self, figures: Figures, check_in_days: int) -> str:
        """What the user's own numbers say of the setting for checking in; empty if nothing else."""
        days = figures.check_in_days
        if days is None or days == check_in_days:
            return ""
        times = figures.answer_times
        said = ngettext(
            "Of {answers}, nine in ten came within {days}, which is {n} working day.",
            "Of {answers}, nine in ten came within {days}, which is {n} working days.",
            days,
        ).format(answers=_answers_words(times.n), days=days_words(times.p90), n=format_number(days))
        now = ngettext(
            "You check in after {n} working day.", "You check in after {n} working days.", check_in_days
        ).format(n=format_number(check_in_days))
        return " ".join((said, now))

    def chart(self, chart: Chart, figures: Figures) -> ChartWords:
        """A picture in words."""
        words = {
            Chart.FLOW: self._flow,
            Chart.SOURCES: self._sources,
            Chart.WEEKS: self._weeks,
            Chart.ANSWER_TIMES: self._answer_times,
            Chart.DECISION_TIMES: self._decision_times,
            Chart.IN_TIME: self._in_time,
            Chart.CALLS: self._calls,
            Chart.AGES: self._ages,
        }[chart](figures)
        if figures.is_everything or chart is Chart.AGES:
            return words
        return replace(words, nothing=_("Nothing matches the period and filters"))

    def _flow(self, figures: Figures) -> ChartWords:
        levels, ends = level_names(), end_names()
        rows = []
        for level in figures.flow if figures.sent else ():
            name = levels[level.level]
            rows.append((name, _("all that got here"), format_number(level.reached)))
            rows += [(name, ends[end], format_number(n)) for end, n in level.ends]
        return ChartWords(
            title=_("How far they got"),
            remark=_("no answer isn't a rejection"),
            definition=_(
                "Applications by how far they got and where they stand now. Interview: at least one that "
                "wasn't cancelled, or a stage from Interviewing on. Archived applications count."
            ),
            headings=(_("How far"), _("Now"), _("Applications")),
            rows=tuple(rows),
            nothing=_("No applications sent yet"),
        )

    def _sources(self, figures: Figures) -> ChartWords:
        rows = tuple(
            (
                source_name(row.source),
                _counted(row.sent, is_few=row.is_few),
                format_number(row.answered),
                format_number(row.met),
            )
            for row in figures.sources
        )
        return ChartWords(
            title=_("Answers by source"),
            remark="",
            definition=_(
                "Answered: they replied, talked to you, invited you, made an offer or rejected you. Fewer "
                "than {n} applications are too few to tell."
            ).format(n=format_number(FEW)),
            headings=(
                *(_("Source"), pgettext("a column: applications", "Sent"), _("Answered"), _("Interview")),
            ),
            rows=rows,
            nothing=_("No applications sent yet"),
        )

    def _weeks(self, figures: Figures) -> ChartWords:
        shown = spans(figures.weeks)
        weeks = max((_weeks_of(each) for each in shown), default=1)
        remark = ngettext("a bar is {n} week", "a bar is {n} weeks", weeks).format(n=format_number(weeks))
        return ChartWords(
            title=_("Week by week"),
            remark=remark if weeks > 1 else "",
            definition=_(
                "Applications by the day you applied, first answers by the day they came, interviews by the "
                "day they were held, on saved applications too. Weeks start on Monday. Of a week that the "
                "period cuts, or that isn't over, the table names the days."
            ),
            headings=(pgettext("a column: the first day of a week", "From"), *series_names()),
            rows=tuple(
                (
                    self._week(week),
                    format_number(week.applied),
                    format_number(week.answered),
                    format_number(week.met),
                )
                for week in shown
            ),
            nothing=_("Nothing has happened yet"),
        )

    def _week(self, week: Week) -> str:
        """From when on it is, and until when if that isn't a Sunday."""
        first = format_short_date(week.first, self._today)
        if week.is_whole:
            return first
        last = format_short_date(week.last, self._today)
        # Translators: days of a week that isn't whole: "14 Oct to 18 Oct"
        return _("{first} to {last}").format(first=first, last=last) if week.first != week.last else last

    def _answer_times(self, figures: Figures) -> ChartWords:
        return _time_words(
            figures.answer_times,
            _("Days to a first answer"),
            _(
                "Whole days from the day you applied to the first answer. Applications still waiting "
                "don't count."
            ),
            _("No answers yet"),
        )

    def _decision_times(self, figures: Figures) -> ChartWords:
        return _time_words(
            figures.decision_times,
            _("Days to a decision"),
            _(
                "Whole days from the day you applied to their first decision: an offer, also one that you "
                "accepted, or a rejection."
            ),
            _("No decisions yet"),
        )

    def _in_time(self, figures: Figures) -> ChartWords:
        names = in_time_names()
        return ChartWords(
            title=_("Done in time"),
            remark="",
            definition=_(
                "Follow-ups whose time is up: thank-you emails within the hours you set, debriefs within "
                "{debrief} days, feedback requests within {feedback} days, thanks for offers within "
                "{offer} hours, replies to offers before they expired, applications before the posting "
                "closed. Calls and check-ins have no deadline, so they aren't counted. Fewer than {n} are "
                "too few to tell."
            ).format(
                n=format_number(FEW),
                debrief=format_number(DEBRIEF_FOR.days),
                feedback=format_number(FEEDBACK_COUNTS_DAYS),
                offer=format_number(OFFER_THANKS_HOURS),
            ),
            headings=(_("Follow-up"), _("In time"), pgettext("a number of things", "All")),
            rows=tuple(
                (names[each.rule], format_number(each.done), _counted(each.n, is_few=each.is_few))
                for each in figures.in_time
            ),
            nothing=_("No deadline has passed yet"),
        )

    def _calls(self, figures: Figures) -> ChartWords:
        return ChartWords(
            title=_("Calls"),
            remark=_("when someone answered"),
            definition=_(
                "The calls you logged, on saved applications too, by the hour on your clock, and how many "
                "reached someone. Fewer than {n} in an hour are too few to tell."
            ).format(n=format_number(FEW)),
            headings=(
                _("When"),
                _("Calls"),
                pgettext("a column: calls", "Spoke"),
                pgettext("a column: calls", "Left a message"),
                pgettext("a column: calls", "No answer"),
            ),
            rows=tuple(
                (
                    _("{weekday} {time}").format(
                        weekday=format_weekday(_MONDAY + timedelta(days=row.weekday)),
                        time=hour_name(row.hour),
                    ),
                    _counted(row.n, is_few=row.is_few),
                    *map(format_number, (row.spoke, row.left_message, row.no_answer)),
                )
                for row in figures.calls
            ),
            nothing=_("No calls yet"),
        )

    def _ages(self, figures: Figures) -> ChartWords:
        return ChartWords(
            title=_("Open now"),
            remark=_("by age"),
            definition=_(
                "Applications in the stages Applied, Interviewing and Offer, by the days since you applied, "
                "whatever the period. Archived ones don't count."
            ),
            headings=(_("Applied"), _("Applications")),
            rows=tuple((age_name(age), format_number(age.n)) for age in figures.ages),
            nothing=_("No open applications"),
        )


def too_few(words: str) -> str:
    """The words with the remark that nothing is concluded from so few."""
    return _("{words}: too few to say").format(words=words)


def _counted(n: int, *, is_few: bool) -> str:
    number = format_number(n)
    return _("{n} (few)").format(n=number) if is_few else number


def level_names() -> dict[Level, str]:
    """How far an application got."""
    return {
        Level.APPLIED: pgettext("how far it got", "Applied"),
        Level.INTERVIEW: pgettext("how far it got", "Interview"),
        Level.OFFER: pgettext("how far it got", "Offer"),
    }


def end_names() -> dict[End, str]:
    """What became of an application."""
    return {
        End.WAITING: pgettext("what became of it", "no answer yet"),
        End.OPEN: pgettext("what became of it", "open"),
        End.NO_ANSWER: pgettext("what became of it", "no answer"),
        End.WITHDRAWN: pgettext("what became of it", "withdrawn"),
        End.REJECTED: pgettext("what became of it", "rejected"),
        End.ACCEPTED: pgettext("what became of it", "accepted"),
    }


def in_time_names() -> dict[Rule, str]:
    """What was to be done in time."""
    when = When()
    words = rule_words(when, Phrases(when), {})
    return {rule: row.in_time for rule, row in words.items() if row.in_time}


def series_names() -> tuple[str, str, str]:
    """What the bars of a week stand for."""
    return _("Applications"), _("First answers"), _("Interviews")


def source_name(source: str) -> str:
    """The source, or that there is none."""
    return source or _("No source")


def age_name(age: Age) -> str:
    """How long ago: "under a week", "1 to 3 weeks"."""
    if age.first is None:
        return _("no date")
    if age.last is None:
        return _("over {n} weeks ago").format(n=format_number(age.first // 7))
    if age.first == 0:
        return _("under a week ago")
    return _("{first} to {last} weeks ago").format(
        first=format_number(age.first // 7), last=format_number((age.last + 1) // 7)
    )


def hour_name(hour: int) -> str:
    """The beginning of an hour of the day."""
    return format_clock(time(hour))


def days_words(days: float) -> str:
    """A number of days in words: "9 days", "2.5 days"."""
    plural = ngettext("{n} day", "{n} days", 1 if days == 1 else 2)
    return plural.format(n=format_number(days))


def done_words(done: int, n: int) -> str:
    """How many of how many: "4 of 7"."""
    return _("{done} of {n}").format(done=format_number(done), n=format_number(n))


def _weeks_of(span: Week) -> int:
    """How many weeks it is, where those at the ends may not be whole."""
    return (monday_of(span.last) - monday_of(span.first)).days // 7 + 1


def _answers_words(n: int) -> str:
    return ngettext("{n} answer", "{n} answers", n).format(n=format_number(n))


def _applications(n: int) -> str:
    return ngettext("{n} application", "{n} applications", n).format(n=format_number(n))


def _time_words(times: Times, title: str, definition: str, nothing: str) -> ChartWords:
    remark = ""
    if times.n:
        remark = ngettext("{n} application", "{n} applications", times.n).format(n=format_number(times.n))
        if times.is_few:
            remark = too_few(remark)
    return ChartWords(
        title=title,
        remark=remark,
        definition=definition,
        headings=(_("Days"), _("Applications")),
        rows=tuple((span_name(first, last), format_number(n)) for first, last, n in times.bars()),
        nothing=nothing,
    )


def span_name(first: int, last: int) -> str:
    """A span of days in figures: "7–13"."""
    return format_number(first) if first == last else f"{format_number(first)}–{format_number(last)}"


def _interviews(figures: Figures) -> str:
    sent, met = figures.sent, figures.met
    if not sent:
        if figures.is_everything:
            return _("You haven't sent any applications yet.")
        return _("You sent no applications that match the period and filters.")
    if not met:
        return ngettext(
            "{n} application, and no interview so far.", "{n} applications, and no interview so far.", sent
        ).format(n=format_number(sent))
    if sent == 1:
        led = _("Your one application led to an interview.")
        return _("Your one application led to an offer.") if figures.unmet_offers else led
    return sentences(
        ngettext("You sent {n} application.", "You sent {n} applications.", sent).format(
            n=format_number(sent)
        ),
        _led(figures).format(n=format_number(met), ratio=_ratio(met, sent)),
    )


def _led(figures: Figures) -> str:
    """How many, ``{n}``, led to an interview; of enough applications with their ``{ratio}``."""
    met = figures.met
    if figures.unmet_offers:  # the interviews that Today counts would be fewer
        if figures.sent < FEW:
            return ngettext(
                "{n} led to an interview or an offer.", "{n} led to an interview or an offer.", met
            )
        # Translators: {ratio} is like “one in 4”, “about half” or “every one”.
        return ngettext(
            "{n} led to an interview or an offer: {ratio}.",
            "{n} led to an interview or an offer: {ratio}.",
            met,
        )
    if figures.sent < FEW:
        return ngettext("{n} led to an interview.", "{n} led to an interview.", met)
    # Translators: {ratio} is like “one in 4”, “about half” or “every one”.
    return ngettext("{n} led to an interview: {ratio}.", "{n} led to an interview: {ratio}.", met)


def _ratio(part: int, whole: int) -> str:
    """In words what part that is, as near as whole numbers come."""
    if part == whole:
        return _("every one")
    if part * 3 > whole * 2:
        return _("more than two in three")
    if part * 2 > whole:
        return _("more than half")
    one_in = min((whole // part, -(-whole // part)), key=lambda n: abs(part / whole - 1 / n))
    exact = one_in * part == whole
    if one_in == 2:
        return _("half") if exact else _("about half")
    text = _("one in {n}") if exact else _("about one in {n}")
    return text.format(n=format_number(one_in))


def _answers(figures: Figures) -> str:
    times = figures.answer_times
    if not times.n:
        if figures.answered:
            return _("When the answers came isn't known.")
        return _("No answers yet.") if figures.sent or figures.is_everything else ""
    answers = _answers_words(times.n)
    if times.is_few:
        return _("{answers} so far: too few to say how long they take.").format(answers=answers)
    if not times.has_tenths:
        if times.median == times.longest:
            text = _("All {answers} came within {longest}.")
        else:
            text = _("Half of {answers} came within {median}, all within {longest}.")
        return text.format(
            answers=answers, median=days_words(times.median), longest=days_words(times.longest)
        )
    if times.median == times.p90:
        return _("Of {answers}, nine in ten came within {days}.").format(
            answers=answers, days=days_words(times.p90)
        )
    text = (
        _("Half of {answers} came within {median}; after {late}, hardly any did.")
        if figures.tells_late
        else _("Half of {answers} came within {median}, nine in ten within {late}.")
    )
    return text.format(answers=answers, median=days_words(times.median), late=days_words(times.p90))


def _in_time(figures: Figures) -> str:
    if not figures.due:
        return _("No follow-up has reached its deadline yet.") if figures.is_everything else ""
    if figures.due == figures.done_in_time:
        return ngettext(
            "You did the one follow-up in time.", "You did all {n} follow-ups in time.", figures.due
        ).format(n=format_number(figures.due))
    return ngettext(
        "You did {done} of {n} follow-up in time.", "You did {done} of {n} follow-ups in time.", figures.due
    ).format(done=format_number(figures.done_in_time), n=format_number(figures.due))
