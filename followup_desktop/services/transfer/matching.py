"""Which thing that is there a row of another program's file is about: the same file read twice is once.

A row is matched by its id, then by the address of its posting together with employer or role, then by
employer, role and date; never by an address alone. What matches nothing is new. A blank in the file takes
nothing away: of a thing that is there only what the file says changes, and notes, tags and people are joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from followup_desktop.domain.model import Application, Facts, Reminder, Stage, employer_key
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.progress import counting
from followup_desktop.services.transfer.contradictions import told_apart
from followup_desktop.services.transfer.document import COMPARED_IN, Document, Row
from followup_desktop.services.transfer.joined_rows import SAME_ROW, after_row, changes, together
from followup_desktop.services.transfer.kept_ids import KeptIds
from followup_desktop.services.transfer.people_matches import PeopleMatches
from followup_desktop.services.transfer.positions import Positions
from followup_desktop.services.transfer.same_rows import same_applications
from followup_desktop.services.transfer.timeline_matches import TimelineMatches
from followup_desktop.services.transfer.untimed_interviews import with_times


def matched(
    document: Document,
    base: Facts,
    live: Facts,
    new_id: Callable[[], str],
    on_progress: OnProgress = ignore_progress,
) -> Document:
    """The document with the ids of what is there, as the things of ``base`` are to become.

    ``base`` holds what is in the trash, too; ``live`` does not, and goes before it. Matching is the first
    half of what ``on_progress`` hears, merging the second.
    """
    return _Matcher(base, live, new_id, on_progress).document(document)


class _EarlierApplication(NamedTuple):
    """What earlier rows of the file say of an application, and as they leave it."""

    place: str
    said: Row
    after: Application
    is_new: bool


class _Matcher:
    """Matches the applications of a file, and with them what belongs to each; it is used once."""

    def __init__(self, base: Facts, live: Facts, new_id: Callable[[], str], on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._base = base
        self._zone = base.policy.timezone
        self._ids = KeptIds(base, new_id)
        self._people = PeopleMatches(_live_first(base.contacts, live.contacts), self._ids)
        self._timeline = TimelineMatches(base.policy, self._ids)
        self._positions = Positions(_live_first(base.applications, live.applications))
        self._reminders = {one.id: one for one in base.reminders}

    def document(self, document: Document) -> Document:
        there = {one.id for one in self._base.applications}
        others = same_applications(document.applications, there)
        if others:
            rows = document.applications
            rows = tuple(replace(row, id=others[row.id]) if row.id in others else row for row in rows)
            document = replace(document, applications=rows)
        document = told_apart(document, self._base.applications)
        found = self._positions.of(document.applications)
        people = {row.id: row for row in document.contacts}
        document = with_times(document, found)
        for place, row in enumerate(document.applications):
            if place in found:
                self._people.note(row, found[place][0], people)
        contacts = self._people.rows(document.contacts)
        applications = self._applications(document.applications, found)
        for own, other in others.items():
            self._ids.keep(own, self._ids.kept(other))
        once = {row.id or row.place: row for row in reversed(document.reminders)}
        reminders = tuple(self._reminder(row) for row in reversed(once.values()))
        return replace(document, contacts=contacts, applications=applications, reminders=reminders)

    # Applications

    def _applications(
        self, rows: tuple[Row, ...], found: Mapping[int, tuple[Application, str]]
    ) -> tuple[Row, ...]:
        keys = [self._key(row, found.get(place)) for place, row in enumerate(rows)]
        repeated = {key for key, times in Counter(keys).items() if times > 1}
        whole: dict[str, Row] = {}
        """Of an application in several rows, all that they say."""
        for key, row in zip(keys, rows, strict=True):
            if key in repeated:
                whole[key] = together(whole[key], row) if key in whole else row
        seen: dict[str, _EarlierApplication] = {}
        settled = []
        for place, row in enumerate(counting(rows, self._on_progress, 1, COMPARED_IN)):
            key, (before, why) = keys[place], found.get(place, (None, ""))
            if key in seen:
                settled.append(self._repeated(row, key, seen))
                continue
            # What is there is compared with all that the file says: row by row it would go to and fro.
            said = whole[key] if before is not None and key in repeated else row
            first = self._application(said, key, before, why)
            settled.append(first)
            if key in repeated:
                seen[key] = _EarlierApplication(
                    row.place, said, after_row(before, first), is_new=before is None
                )
        return tuple(settled)

    def _key(self, row: Row, found: tuple[Application, str] | None) -> str:
        key = found[0].id if found is not None else self._ids.find(row.id) or self._ids.new(row)
        self._ids.keep(row.id, key)
        return key

    def _repeated(self, row: Row, key: str, seen: dict[str, _EarlierApplication]) -> Row:
        """What a further row about the same application adds to the earlier ones."""
        place, said, after, is_new = seen[key]
        why = _(SAME_ROW).format(place=place)
        if not is_new:
            named = {"employer": after.employer, "role": after.role}
            return replace(row, id=key, values=named, interviews=(), events=(), matched=why)
        said = together(said, row)
        settled = self._application(replace(said, place=row.place), key, after, why)
        settled = replace(
            settled,
            interviews=tuple(each for each in settled.interviews if each.values),
            events=tuple(each for each in settled.events if each.values),
        )
        seen[key] = _EarlierApplication(place, said, after_row(after, settled), is_new)
        return settled

    def _application(self, row: Row, key: str, before: Application | None, why: str) -> Row:
        is_plain = not (row.defaults or row.interviews or row.events or "contacts" in row.values)
        if before is None and key == row.id and is_plain and not why:
            return row  # of many rows most are so: a second one of each is half a kilobyte
        values = dict(row.values)
        if "contacts" in values:
            values["contacts"] = tuple(
                dict.fromkeys(self._people.kept(key, each) for each in values["contacts"])
            )
        if before is None:
            values = {**row.defaults, **values}
        else:
            values = changes(before, values)
            if "stage" in values and "stage_at" in row.values:
                values["stage_at"] = row.values["stage_at"]  # be it that of the stage before, too
            self._keep_dates_and_names(before, values, row)
        interviews = tuple(self._timeline.interview(each, before, values) for each in row.interviews)
        if before is not None:
            interviews = self._timeline.with_moved(interviews, row, before, values)
        ids = {one.id: each.id for one, each in zip(row.interviews, interviews, strict=True)}
        events = tuple(self._timeline.event(each, before, ids) for each in row.events)
        # The report names an application by these, whether or not they change.
        named = {"employer": row.values["employer"], "role": row.values["role"]}
        if before is not None:
            named = {"employer": before.employer, "role": before.role}
        return replace(
            row, id=key, values={**named, **values}, interviews=interviews, events=events, matched=why
        )

    def _keep_dates_and_names(self, before: Application, values: dict[str, Any], row: Row) -> None:
        """Leave out what only looks like a change: another spelling, another address of one posting."""
        if before.id != row.id:
            for name in ("employer", "role"):
                if employer_key(str(values.get(name, ""))) == employer_key(getattr(before, name)):
                    values.pop(name, None)
        if "url" in values and before.url and posting_key(values["url"]) == posting_key(before.url) != "":
            del values["url"]
        implied = row.defaults.get("stage")
        if implied is Stage.APPLIED and before.stage is Stage.SAVED and "stage" not in row.values:
            values["stage"] = implied
        if values.get("stage", before.stage) is before.stage and before.stage_at is not None:
            at = values.get("stage_at")
            if at is not None and date_of(at, self._zone) == date_of(before.stage_at, self._zone):
                del values["stage_at"]

    # Reminders

    def _reminder(self, row: Row) -> Row:
        values = dict(row.values)
        if values.get("application") is not None:
            values["application"] = self._ids.kept(values["application"])
        found = self._reminders.get(row.id) or self._same_reminder(values)
        if found is None:
            return replace(row, id=self._ids.new(row), values={**row.defaults, **values})
        return replace(row, id=found.id, values=changes(found, values))

    def _same_reminder(self, values: Mapping[str, Any]) -> Reminder | None:
        told = (values["title"], values["at"].date(), values.get("application"))
        same = (one for one in self._base.reminders if (one.title, one.at.date(), one.application) == told)
        return next(same, None)


def _live_first(things: Iterable[Any], live: Iterable[Any]) -> list[Any]:
    there = {one.id for one in live}
    return sorted(things, key=lambda one: one.id not in there)
