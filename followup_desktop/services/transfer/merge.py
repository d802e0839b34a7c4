"""Merging a file into the facts: nothing is deleted; a thing takes the file's values and keeps its others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.checks import quoted, refuse
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Event,
    EventKind,
    Facts,
    Interview,
    Policy,
    Stage,
)
from followup_desktop.domain.policy import check_policy
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.domain.worktime import at
from followup_desktop.i18n import (
    N_,
    _,
    format_clock,
    format_dated_day,
    format_short_day,
    ngettext,
    pgettext,
    with_dots,
)
from followup_desktop.services.progress import counting
from followup_desktop.services.reading.interview_zones import zone_of
from followup_desktop.services.transfer import layout
from followup_desktop.services.transfer.document import COMPARED_IN, Document, Row
from followup_desktop.services.transfer.lasting_ids import undated_step_id
from followup_desktop.services.transfer.report import (
    Change,
    ImportReport,
    ImportRow,
    ImportRows,
    NewThing,
    PackedRows,
    RowsInParts,
    interview_name,
    made,
    why_new,
    why_unchanged,
)

ModelT = TypeVar("ModelT")

_NOON = time(12)
_AS_ONE = timedelta(minutes=1)
"""So far from each other steps may be of which a file tells the day alone."""
_EVENT_KEY_NAMES = {key.field: key.name for key in layout.EVENT_KEYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """The facts after an import, those before, and what it did; nothing has been written yet.

    ``moves`` are the applications, by id, whose new stage the timeline does not tell yet: from and to.
    ``dated`` says when that was, where the file does.
    """

    before: Facts
    facts: Facts
    report: ImportReport
    moves: Mapping[str, tuple[Stage, Stage]] = field(default_factory=lambda: MappingProxyType({}))
    dated: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))


def merge(document: Document, base: Facts) -> MergeResult:
    """What ``base`` becomes when all parts of the document are imported."""
    facts, report = base, ReportOfParts(document)
    for part in document.parts():
        merged = merge_part(part, facts, base.policy)
        facts = merged.facts
        report.add(merged.report)
    return replace(merged, before=base, facts=facts, report=report.whole())


def merge_part(
    document: Document,
    base: Facts,
    former: Policy,
    restored: Collection[str] = (),
    on_progress: OnProgress = ignore_progress,
) -> MergeResult:
    """What ``base`` becomes when this part of a document is imported.

    A thing with an id (a choice with a key) that is there takes the file's value for each key that the file
    has, and keeps the others; a list such as ``tags`` is one value. Others are added. Arrays come out sorted
    by id. Refused: an id that already belongs to something else, references to what is neither here nor in
    the file, and settings that are out of their ranges together.

    Where the file gives an application, or the user, another time zone, the interviews that go by it move:
    the format says so, and the report names them.

    ``restored`` names the applications and contacts of ``base`` that come out of the trash for the file.
    ``former`` is the policy before the first part. Of ``base`` only what is ``named_in`` the part is needed.
    """
    _check_owners(document, base)
    _check_references(document, base)
    return _Merger(document, base, former, restored, on_progress).merged()


class NamedIds(NamedTuple):
    """The ids of the things of a document, and those that it refers to and hasn't."""

    own: set[str]
    contacts: set[str]
    applications: set[str]


def named_in(document: Document) -> NamedIds:
    """The ids that are in a part of a document."""
    contacts, events = set[str](), chain.from_iterable(row.events for row in document.applications)
    for row in document.applications:
        contacts.update(row.values.get("contacts", ()))
        for interview in row.interviews:
            contacts.update(interview.values.get("interviewers", ()))
    contacts.update(row.values.get("contact") or "" for row in events)
    own = {row.id for row in document.rows_with_id()}
    applications = {row.values.get("application") or "" for row in document.reminders}
    return NamedIds(own, contacts - own - {""}, applications - own - {""})


def moved_with_zone(applications: Iterable[Application], former: Policy, policy: Policy) -> list[ImportRow]:
    """The rows of the interviews of these applications that move with the user's time zone."""
    merger = _Merger(Document(), Facts(policy=policy, applications=tuple(applications)), former)
    return merger.moved()


class ReportOfParts:
    """The report on a document, from those on its parts."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts: list[ImportReport] = []
        self._packed: list[PackedRows] = []
        self._further: list[ImportRow] = []

    def add(self, report: ImportReport) -> None:
        """Add that on the next part, of a large file without what its rows hold of it."""
        if self._document.rest and isinstance(report.rows, ImportRows):
            self._packed.append(report.rows.packed())
            report = replace(report, rows=())
        self._parts.append(report)

    def add_rows(self, rows: Iterable[ImportRow]) -> None:
        """Add rows on interviews of applications that the file doesn't bring."""
        self._further += rows

    def whole(self) -> ImportReport:
        """The report."""
        first, rows = self._parts[0], self._parts[0].rows
        by_application = attrgetter("of_application")  # empty for what is in the file
        if self._packed:
            beside = chain(chain.from_iterable(part.beside for part in self._packed), self._further)
            rows = RowsInParts(self._packed, sorted(beside, key=by_application))
        elif self._further:
            rows = sorted((*rows, *self._further), key=by_application)
        warnings = chain.from_iterable(report.warnings for report in self._parts)
        return replace(first, rows=rows, warnings=tuple(warnings))


class _Merger:
    """One merge: builds the facts and keeps the report's rows on the way."""

    def __init__(
        self,
        document: Document,
        base: Facts,
        former: Policy,
        restored: Collection[str] = (),
        on_progress: OnProgress = ignore_progress,
    ) -> None:
        self._on_progress = on_progress
        self._document = document
        self._base = base
        self._former = former
        self._restored = restored
        self._rows: list[ImportRow | NewThing] = []
        self._warnings = list(document.warnings)
        self._moves: dict[str, tuple[Stage, Stage]] = {}
        self._dated: dict[str, datetime] = {}

    def merged(self) -> MergeResult:
        document, base = self._document, self._base
        policy, search = base.policy, base.search
        if document.policy is not None:
            wanted = replace(policy, **document.policy.values)
            policy = check_policy(wanted, "policy.")
            self._take("policy", document.policy, base.policy, _("settings"))
        if document.search is not None:
            search = self._take("search", document.search, search, _("search"))
        facts = Facts(
            policy=policy,
            search=search,
            contacts=self._take_all("contact", document.contacts, base.contacts, attrgetter("name")),
            applications=self._applications(),
            reminders=self._take_all("reminder", document.reminders, base.reminders, attrgetter("title")),
            choices=self._take_all("choice", document.choices, base.choices, attrgetter("key")),
            announced=self._take_all("announced", document.announced, base.announced, attrgetter("key")),
        )
        brought = {row.id for row in document.applications}
        self._note_moved((each for each in facts.applications if each.id in brought), policy)
        for refused in document.refused:
            self._add_row(
                ImportRow(
                    kind="row",
                    id="",
                    label=with_dots(refused.source.cells, plain=True),
                    place=refused.place,
                    change=Change.REFUSED,
                    reason=refused.why,
                )
            )
        report = ImportReport(
            rows=ImportRows(self._rows),
            warnings=tuple(self._warnings),
            format=document.format,
            columns=document.columns,
            questions=document.questions,
            refusals=document.refused,
        )
        return MergeResult(before=base, facts=facts, report=report, moves=self._moves, dated=self._dated)

    def _applications(self) -> tuple[Application, ...]:
        applications = {one.id: one for one in self._base.applications}
        parts = COMPARED_IN if self._document.foreign else 1
        for row in counting(self._document.applications, self._on_progress, parts, parts):
            before = applications.get(row.id)
            name = with_dots((row.values["employer"], row.values["role"]), plain=True)
            place = len(self._rows)
            after = self._take("application", row, before, name)
            held, told = ((), ()) if before is None else (before.interviews, before.events)
            interviews = self._take_all("interview", row.interviews, held, name) if row.interviews else held
            events = self._take_all("event", row.events, told, name) if row.events else told
            if (after.interviews, after.events) != (interviews, events):
                after = replace(after, interviews=interviews, events=events)
            applications[row.id] = after
            if before is not None:
                self._note_stage(before, after, row, place)
                if self._document.foreign and before.stage is not after.stage:
                    applications[row.id] = _in_order(after, _since(after, self._dated.get(row.id)))
            if row.events:
                written = {event.id: event for event in events}
                for event in row.events:
                    self._warnings += event_warnings(written[event.id], event.place)
        return _sorted(applications.values())

    def moved(self) -> list[ImportRow]:
        """The rows of the interviews of the base that move with the user's time zone."""
        self._note_moved(self._base.applications, self._base.policy)
        return list(ImportRows(self._rows))

    def _note_moved(self, applications: Iterable[Application], policy: Policy) -> None:
        """Say of each interview that goes by a time zone which the file changes that it moves."""
        before = {one.id: one for one in self._base.applications}
        for after in applications:
            former = before.get(after.id)
            if former is None or zone_of(former, self._former) == zone_of(after, policy):
                continue
            went_by_it = {one.id: one for one in former.interviews if one.timezone is None}
            for interview in after.interviews:
                if interview.id in went_by_it and not interview.cancelled:
                    was, _end = interview_span(went_by_it[interview.id], former, self._former)
                    now, _end = interview_span(interview, after, policy)
                    self._note_move(interview, after, (was, now))

    def _note_move(
        self, interview: Interview, application: Application, moved: tuple[datetime, datetime]
    ) -> None:
        """Say it in the row of the interview, or in one of its own where the file has none."""
        was, now = moved
        if was == now:
            return
        moves = pgettext("of an interview, in a report", "moves from {before} UTC to {after} UTC")
        moves = moves.format(before=f"{was:%Y-%m-%d %H:%M}", after=f"{now:%Y-%m-%d %H:%M}")
        place = self._place_of("interview", interview.id)
        if place is None:
            of_application = self._place_of("application", application.id)
            name = with_dots((application.employer, application.role), plain=True)
            self._add_row(
                ImportRow(
                    kind="interview",
                    id=interview.id,
                    label=interview_name(name, interview.starts_at),
                    place="policy" if of_application is None else self._row_at(of_application).place,
                    change=Change.UPDATED,
                    effect=moves,
                    moved=moved,
                    of_application=application.id,
                )
            )
            return
        found = self._row_at(place)
        if found.keys:
            # Translators: two reasons why something is changed.
            moves = _("{why}; {more}").format(why=found.why, more=moves)
        self._rows[place] = replace(found, change=Change.UPDATED, effect=moves, moved=moved)

    def _add_row(self, row: ImportRow) -> None:
        self._rows.append(row)

    def _row_at(self, place: int) -> ImportRow:
        found = self._rows[place]
        return found.as_row() if isinstance(found, NewThing) else found

    def _place_of(self, kind: str, thing: str) -> int | None:
        return self._places.get((kind, thing))

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        """Where the row of a thing stands, once all of the file's are there."""
        return {(row.kind, row.id): place for place, row in enumerate(self._rows)}

    def _note_stage(self, before: Application, after: Application, row: Row, place: int) -> None:
        """Say in the row of an application, at its place, that the file sets its stage back, if it does."""
        if before.stage is after.stage:
            return
        told_at = row.values.get("stage_at")
        dated = told_at or _sent_at(before, after, self._former)
        if dated is not None and self._document.foreign:
            dated = self._dated[row.id] = _behind_steps(before, dated)
        if self._document.foreign and all(
            event.values.get("to_stage") is not after.stage for event in row.events
        ):
            self._moves[row.id] = before.stage, after.stage
        is_told = _is_told(after)
        if told_at != dated:  # of steps of one day, how far they get decides
            told_at = None
        if not (_is_reopened(before, after) if is_told else _is_set_back(before, after, told_at)):
            return
        if not is_told:
            self._moves[row.id] = before.stage, after.stage
        self._rows[place] = replace(self._row_at(place), set_back=(before.stage, after.stage))

    def _take_all(
        self, kind: str, rows: Iterable[Row], before: Iterable[ModelT], label: str | Callable[[ModelT], str]
    ) -> tuple[ModelT, ...]:
        identity = attrgetter("key" if kind in ("choice", "announced") else "id")
        items = {identity(item): item for item in before}
        for row in rows:
            items[row.id] = self._take(kind, row, items.get(row.id), label)
        return tuple(items[key] for key in sorted(items))

    def _take(self, kind: str, row: Row, before: Any, label: str | Callable[[Any], str]) -> Any:
        """The thing as it is after the row, which goes into the report."""
        if before is None and not row.matched:
            after = made(kind, row, None)
            self._rows.append(NewThing(kind, row, label if isinstance(label, str) else label(after)))
            return after
        keys: tuple[str, ...] = ()
        restored = False
        reason = matched = effect = ""
        if before is None:
            after = made(kind, row, None)
            change, reason = Change.ADDED, why_new()
            if kind == "interview":
                effect = row.matched
        else:
            changed = [field for field, value in row.values.items() if getattr(before, field) != value]
            after = made(kind, row, before) if changed else before
            keys = tuple(
                _EVENT_KEY_NAMES.get(field, field) if kind == "event" else field for field in changed
            )
            restored = row.id in self._restored and kind in ("application", "contact")
            change = Change.UPDATED if changed or restored else Change.SKIPPED
            matched = row.matched
            if kind == "interview" and changed and (self._document.foreign or self._document.invitations):
                effect = interview_changes(before, after)
            if change is Change.SKIPPED:
                reason = why_unchanged()
            elif matched:
                change = Change.MERGED
        self._add_row(
            ImportRow(
                kind=kind,
                id=row.id,
                label=label if isinstance(label, str) else label(after),
                place=row.place,
                change=change,
                reason=reason,
                keys=keys,
                matched=matched,
                effect=effect,
                restored=restored,
                of=row,
                before=before,
            )
        )
        return after


def interview_changes(before: Interview, after: Interview) -> str:
    """What becomes of an interview: "moves from … to …; cancelled"; empty where it is none of this."""
    said = []
    if after.cancelled and not before.cancelled:
        said.append(pgettext("of an interview, in a report", "is cancelled"))
    if before.cancelled and not after.cancelled:
        said.append(pgettext("of an interview, in a report", "takes place after all"))
    was, now = (before.starts_at, before.timezone), (after.starts_at, after.timezone)
    if was != now:
        has_year = before.starts_at.year != after.starts_at.year
        has_zone = before.timezone != after.timezone
        times = (_when(each, has_year=has_year, has_zone=has_zone) for each in (before, after))
        text = pgettext("of an interview, in a report", "moves from {before} to {after}")
        said.append(text.format(**dict(zip(("before", "after"), times, strict=True))))
    if before.minutes != after.minutes:
        text = pgettext("of an interview, in a report", "takes {minutes} minutes")
        said.append(text.format(minutes=after.minutes))
    if before.location != after.location:
        gone = pgettext("of an interview, in a report", "no longer has a location")
        text = pgettext("of an interview, in a report", "is now at {place}")
        said.append(text.format(place=after.location) if after.location else gone)
    if before.interviewers != after.interviewers:
        text = ngettext("has {n} interviewer", "has {n} interviewers", len(after.interviewers))
        said.append(text.format(n=len(after.interviewers)))
    return "; ".join(said)


def _when(interview: Interview, *, has_year: bool, has_zone: bool) -> str:
    day, clock = interview.starts_at.date(), interview.starts_at.time()
    parts = (format_dated_day(day) if has_year else format_short_day(day), format_clock(clock))
    return " ".join((*parts, interview.timezone)) if has_zone and interview.timezone else " ".join(parts)


_PROGRESS = (Stage.SAVED, Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER)
"""How far an application gets; the other stages come after these."""


def _is_told(after: Application) -> bool:
    """Whether the timeline tells the move to the stage, as its newest."""
    moves = [event for event in after.events if event.kind is EventKind.STAGE]
    newest = max(moves, key=_by_instant, default=None)
    return newest is not None and newest.to_stage is after.stage


def _is_reopened(before: Application, after: Application) -> bool:
    """Whether what was over goes on: that is named however new it is."""
    return is_over(before.stage) and not is_over(after.stage)


def _is_set_back(before: Application, after: Application, told_at: datetime | None) -> bool:
    """Whether the file's stage, of the instant that it tells, is older than the one that was there.

    The instants decide, as far as they are known ("The instant of a stage" in the rules), and then how far an
    application gets. Of a step with an import's instant it's only known that it was no later.
    """
    was = _since(before, before.stage_at)
    now = _since(after, told_at)
    if was is None or now is None:
        return stage_rank(after.stage) < stage_rank(before.stage)
    step = _newest_into(before)
    is_dated = step is None or not _is_undated(before, step)
    return now < was and (is_dated or stage_rank(after.stage) <= stage_rank(before.stage))


def _since(application: Application, stage_at: datetime | None) -> datetime | None:
    step = _newest_into(application)
    return step.at if step is not None else stage_at


def _newest_into(application: Application) -> Event | None:
    """The newest entry of the timeline into the stage it is in."""
    into = (e for e in application.events if e.kind is EventKind.STAGE and e.to_stage is application.stage)
    return max(into, key=_by_instant, default=None)


def _is_undated(application: Application, step: Event) -> bool:
    """Whether the instant of a step is only that of the import."""
    stage = step.to_stage
    return stage is not None and step.id == undated_step_id(application.id, stage, step.at)


def _in_order(application: Application, since: datetime | None) -> Application:
    """The application with the steps of days that nobody knew before that to its stage."""
    if since is None:
        return application
    later = sorted(
        (
            e
            for e in application.events
            if e.at >= since and e.to_stage is not application.stage and _is_undated(application, e)
        ),
        key=_by_instant,
        reverse=True,
    )
    moved = {e.id: replace(e, at=since - timedelta(seconds=n)) for n, e in enumerate(later, 1)}
    return replace(application, events=tuple(moved.get(e.id, e) for e in application.events))


def _behind_steps(application: Application, instant: datetime) -> datetime:
    """The instant of a step, behind those that have the same: of steps of one day only noon is told."""
    steps = [event for event in application.events if event.kind is EventKind.STAGE]
    undated = [event for event in steps if _is_undated(application, event)]
    same = [e.at for e in steps if e not in undated and instant <= e.at < instant + _AS_ONE]
    return max(same) + timedelta(seconds=len(undated) + 1) if same else instant


def _sent_at(before: Application, after: Application, policy: Policy) -> datetime | None:
    """When what was saved was applied for, by the day of it, unless the timeline goes on after that."""
    if before.stage is not Stage.SAVED or after.stage is not Stage.APPLIED or after.applied_on is None:
        return None
    sent = at(after.applied_on, _NOON, policy.timezone)
    has_later = any(event.kind is EventKind.STAGE and event.at >= sent for event in before.events)
    return None if has_later else sent


def _by_instant(event: Event) -> tuple[datetime, str]:
    return event.at, event.id


def stage_rank(stage: Stage) -> int:
    """How far an application is with this stage; all that are over are equally far."""
    return _PROGRESS.index(stage) if stage in _PROGRESS else len(_PROGRESS)


def is_over(stage: Stage) -> bool:
    """Whether nothing comes after it."""
    return stage not in _PROGRESS


def _sorted(applications: Iterable[Application]) -> tuple[Application, ...]:
    return tuple(sorted(applications, key=attrgetter("id")))


def event_warnings(event: Event, place: str) -> list[str]:
    """What of an event the rules will not count, a sentence each.

    The format asks for no more than an event's id, kind and instant, so none of this is refused.
    """
    is_call, is_stage = event.kind is EventKind.CALL, event.kind is EventKind.STAGE
    plain = event.outcome or event.reply_by or event.from_stage or event.to_stage
    if not (is_call or is_stage or plain):  # as most are, and each sentence below is looked up
        return []
    states_date = event.kind in (EventKind.REPLY, EventKind.WAIT) or (
        is_call and event.outcome is CallOutcome.SPOKE
    )
    found = (
        (
            is_call and event.outcome is None,
            _("{place}: {key} is missing, so this call doesn't count as an attempt or as spoken."),
            "outcome",
        ),
        (not is_call and event.outcome is not None, _("{place}: {key} only applies to calls."), "outcome"),
        (
            event.reply_by is not None and not states_date,
            _("{place}: {key} only applies to reply, wait and a call with spoke."),
            "reply_by",
        ),
        (
            is_stage and event.to_stage is None,
            _("{place}: {key} is missing, so this stage change doesn't count."),
            "to",
        ),
        (
            not is_stage and (event.from_stage or event.to_stage) is not None,
            _("{place}: from and to only apply to stage."),
            "",
        ),
    )
    return [sentence.format(place=place, key=key) for is_so, sentence, key in found if is_so]


_ID_OF_ANOTHER = {
    "contact": N_("{field} is {value}, the id of one of your contacts. Give it another id."),
    "reminder": N_("{field} is {value}, the id of one of your reminders. Give it another id."),
    "application": N_("{field} is {value}, the id of one of your applications. Give it another id."),
    "interview": N_("{field} is {value}, the id of one of your interviews. Give it another id."),
    "event": N_("{field} is {value}, the id of one of your events. Give it another id."),
}
_OF_ANOTHER_APPLICATION = {
    "interview": N_(
        "{field} is {value}, an interview of your application {owner}. Give it another id, or move it there."
    ),
    "event": N_(
        "{field} is {value}, an event of your application {owner}. Give it another id, or move it there."
    ),
}
_NO_IDS: frozenset[str] = frozenset()
_NO_CONTACT = N_("{field} is {value}, but no contact has that id. Add the contact, or remove the id.")
_NO_APPLICATION = N_(
    "{field} is {value}, but no application has that id. Add the application, or remove the id."
)
_NO_INTERVIEW = N_(
    "{field} is {value}, but no interview of this application has that id. Add the "
    "interview, or remove the id."
)


def _check_owners(document: Document, base: Facts) -> None:
    """No id of the file belongs to another kind of thing, or to another application's interview or event."""
    if not (base.contacts or base.reminders or base.applications):
        return
    owners = {contact.id: ("contact", "") for contact in base.contacts}
    owners |= {reminder.id: ("reminder", "") for reminder in base.reminders}
    for application in base.applications:
        owners[application.id] = ("application", "")
        owners |= {interview.id: ("interview", application.id) for interview in application.interviews}
        owners |= {event.id: ("event", application.id) for event in application.events}
    for kind, application_id, row in _things(document):
        found, owner = owners.get(row.id, (kind, application_id))
        if found != kind:
            refuse(f"{row.place}.id", _(_ID_OF_ANOTHER[found]), row.id)
        if owner != application_id:
            refuse(f"{row.place}.id", _(_OF_ANOTHER_APPLICATION[kind]), row.id, owner=quoted(owner))


def _things(document: Document) -> Iterable[tuple[str, str, Row]]:
    """Every row with an id of its own, what it is, and the application it is in."""
    yield from (("contact", "", row) for row in document.contacts)
    yield from (("reminder", "", row) for row in document.reminders)
    for application in document.applications:
        yield "application", "", application
        yield from (("interview", application.id, row) for row in application.interviews)
        yield from (("event", application.id, row) for row in application.events)


def _check_references(document: Document, base: Facts) -> None:
    """Whatever the file names is in the file or there already; an event's interview is of its application."""
    contacts = {one.id for one in base.contacts} | {row.id for row in document.contacts}
    applications = {one.id for one in base.applications} | {row.id for row in document.applications}
    interviews = {one.id: {item.id for item in one.interviews} for one in base.applications}
    for application in document.applications:
        own = interviews.get(application.id, _NO_IDS).union(item.id for item in application.interviews)
        _check_all(application, "contacts", contacts, _NO_CONTACT)
        for interview in application.interviews:
            _check_all(interview, "interviewers", contacts, _NO_CONTACT)
        for event in application.events:
            _check_one(event, "contact", contacts, _NO_CONTACT)
            _check_one(event, "interview", own, _NO_INTERVIEW)
    for reminder in document.reminders:
        _check_one(reminder, "application", applications, _NO_APPLICATION)


def _check_all(row: Row, key: str, there: Set[str], sentence: str) -> None:
    for reference in row.values.get(key, ()):
        if reference not in there:
            refuse(f"{row.place}.{key}", _(sentence), reference)


def _check_one(row: Row, key: str, there: Set[str], sentence: str) -> None:
    reference = row.values.get(key)
    if reference is not None and reference not in there:
        refuse(f"{row.place}.{key}", _(sentence), reference)
