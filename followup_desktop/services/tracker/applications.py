"""The verbs that concern applications, and what is set for the whole search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from followup_desktop.domain.model import Application, Event, EventKind, Policy, Stage
from followup_desktop.domain.notes import join_notes, split_notes
from followup_desktop.domain.policy import check_policy
from followup_desktop.domain.stages import with_stage
from followup_desktop.domain.worktime import at, date_of
from followup_desktop.i18n import lasting, pgettext
from followup_desktop.services.reading.interview_zones import pinned, zone_of
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.base import Result, Verbs, check_people, with_event
from followup_desktop.services.tracker.fields import checked
from followup_desktop.services.tracker.plausible import check_applied

_NOON = time(12)


class ApplicationVerbs(Verbs):
    """Add, edit, move, archive and trash applications; the settings of the rules and of the search."""

    def add_application(
        self,
        *,
        employer: str,
        role: str,
        stage: Stage = Stage.SAVED,
        check: Callable[[], None] | None = None,
        **fields: Any,
    ) -> Result:
        """A new application, in its stage from now on.

        Zone and country are written down with it (the user's, unless given), so that travelling does not
        move its days. One that is added as applied for is dated today, unless a date is given. ``check`` is
        called while nobody else can write; what it raises ends this.
        """
        policy, now = self._store.policy(), self._now()
        given: dict[str, Any] = {"timezone": policy.timezone, "country": policy.country, **fields}
        if stage is Stage.APPLIED:
            given.setdefault("applied_on", date_of(now, policy.timezone))
        values = checked(fields_of.APPLICATION, {"employer": employer, "role": role, "stage": stage, **given})
        check_applied(values, date_of(now, policy.timezone))
        application = Application(id=self._new_id(), stage_at=now, **values)
        label = self._label(lambda: pgettext("a step to undo", "Add {name}"), application.employer)
        with self._store.transaction(label) as t:
            if check is not None:
                check()
            check_people(t, application.contacts, "contacts")
            t.put_application(application)
        return Result(id=application.id, label=label)

    def edit_application(self, application_id: str, **fields: Any) -> Result:
        """Other values for the named fields; a changed stage is logged like any move.

        Another zone moves no interview: those that went by the application's keep the former one.
        """
        values = checked(fields_of.APPLICATION, fields)
        stage = values.pop("stage", None)
        check_applied(values, date_of(self._now(), self._store.policy().timezone))
        present = self._store.application(application_id)
        label = self._label(
            lambda: pgettext("a step to undo", "Edit {name}"), values.get("employer", present.employer)
        )
        notice = None
        with self._store.transaction(label) as t:
            application = _with_facts(t.application(application_id), values, t.policy())
            check_people(t, values.get("contacts", ()), "contacts")
            if stage is not None and stage is not application.stage:
                application = with_stage(application, stage, self._now(), self._new_id(), t.policy())
                notice = self._moved(stage)
            t.put_application(application)
        return Result(id=application_id, notice=notice, label=label)

    def edit_notes(
        self, application_id: str, *, own: str | None = None, posting: str | None = None
    ) -> Result:
        """Other notes of the user's own, or another text of the posting; what is ``None`` stays."""
        present = split_notes(self._store.application(application_id).notes)
        notes = join_notes(present[0] if own is None else own, present[1] if posting is None else posting)
        return self.edit_application(application_id, notes=notes)

    def set_stage(self, application_id: str, stage: Stage, at: datetime | None = None) -> Result:
        """Move to a stage, now or when it happened; saved to applied also dates the application."""
        moment = self._past(at)
        label = self._move_label(self._store.application(application_id), stage)
        with self._store.transaction(label) as t:
            application = t.application(application_id)
            t.put_application(with_stage(application, stage, moment, self._new_id(), t.policy()))
        return Result(id=application_id, notice=self._moved(stage), label=label)

    def date_stage(self, application_id: str, day: date) -> Result:
        """Enter since which day it has been in its stage in the timeline: at noon, or now if that is today.

        A file may bring a stage without a date, and the rules that count from it then have nothing to go by.
        """
        now, zone = self._now(), self._store.policy().timezone
        moment = self._past(now if day == date_of(now, zone) else at(day, _NOON, zone))
        application = self._store.application(application_id)
        label = self._move_label(application, application.stage)
        with self._store.transaction(label) as t:
            application = t.application(application_id)
            event = Event(id=self._new_id(), kind=EventKind.STAGE, at=moment, to_stage=application.stage)
            t.put_application(with_event(replace(application, stage_at=moment), event))
        return Result(id=application_id, label=label)

    def archive_application(self, application_id: str, archived: bool = True) -> Result:
        """Put away, or take out again: what is archived has no follow-ups."""
        label = self._label(
            lambda: (
                pgettext("a step to undo", "Archive {name}")
                if archived
                else pgettext("a step to undo", "Unarchive {name}")
            ),
            self._store.application(application_id).employer,
        )
        with self._store.transaction(label) as t:
            t.put_application(replace(t.application(application_id), archived=archived))
        return Result(id=application_id, label=label)

    def trash_application(self, application_id: str) -> Result:
        """To the trash, with all that belongs to it: as if deleted, for 30 days on which the program runs."""
        label = self._label(
            lambda: pgettext("a step to undo", "Delete {name}"),
            self._store.application(application_id).employer,
        )
        with self._store.transaction(label) as t:
            t.trash_application(application_id, self._now())
        return Result(id=application_id, label=label)

    def edit_policy(self, **fields: Any) -> Result:
        """Other settings of the rules, each in its range; another zone of the user's moves no interview."""
        label = lasting(lambda: pgettext("a step to undo", "Change settings"))
        with self._store.transaction(label) as t:
            before = t.policy()
            after = check_policy(replace(before, **fields))
            if after.timezone != before.timezone:
                t.put_applications(
                    [
                        pinned(each, before.timezone)
                        for each in t.applications()
                        if each.timezone is None and any(i.timezone is None for i in each.interviews)
                    ]
                )
            t.put_policy(after)
        return Result(label=label)

    def set_search_paused(self, paused: bool) -> Result:
        """Pause the search, or go on with it; only the reminder to keep searching heeds it (tip 7)."""
        label = lasting(
            lambda: (
                pgettext("a step to undo", "Pause the search")
                if paused
                else pgettext("a step to undo", "Resume the search")
            )
        )
        with self._store.transaction(label) as t:
            t.put_search_state(replace(t.search_state(), paused=paused))
        return Result(label=label)


def _with_facts(application: Application, values: dict[str, Any], policy: Policy) -> Application:
    """The application with these values; its interviews stay at their instants, whatever its zone is."""
    former, changed = zone_of(application, policy), replace(application, **values)
    return changed if zone_of(changed, policy) == former else pinned(changed, former)
