"""The verbs for many things at once: each is one step, undone as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from followup_desktop.domain.agenda import can_be_skipped
from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Facts, FollowUp, Stage
from followup_desktop.domain.stages import with_stage
from followup_desktop.i18n import _, format_number, lasting, ngettext
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.answers import WRITES_NOTHING, AnswerVerbs, TimedAnswer
from followup_desktop.services.tracker.applications import ApplicationVerbs
from followup_desktop.services.tracker.base import Result
from followup_desktop.services.tracker.fields import checked
from followup_desktop.services.wording.facts import stage_names
from followup_desktop.services.wording.labels import answer_labels
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import in_parts
from followup_desktop.storage.reads import people_of
from followup_desktop.storage.writes import Transaction

if TYPE_CHECKING:
    from followup_desktop.services.transfer.formats import Contents

MANY_DELETED = 10
"""Whoever deletes so many applications at once may have meant others."""


class BulkVerbs(AnswerVerbs, ApplicationVerbs):
    """Stage, tag, archive, trash and export many applications; answer and skip many follow-ups.

    Those of the ids that are no longer there are passed over; if none is left, it is ``Refused``. Where one
    thing is meant, the step is called as if it had been done to it alone.
    """

    def set_stage_many(self, ids: Sequence[str], stage: Stage) -> Result:
        """Move all of these that are elsewhere to a stage, now."""
        moving = [each for each, present in self._there(ids).items() if present is not stage]
        if len(moving) == 1:
            return self.set_stage(moving[0], stage)
        if not moving:
            text = _("They're all in {stage} already").format(stage=self._wording.stage_label(stage))
            return Result(label=text, notice=text)
        text = lasting(
            lambda: ngettext(
                "Move {n} application to {stage}", "Move {n} applications to {stage}", len(moving)
            ).format(n=format_number(len(moving)), stage=stage_names()[stage])
        )
        now, policy = self._now(), self._store.policy()
        with self._store.transaction(text) as t:
            _change(t, moving, lambda each: with_stage(each, stage, now, self._new_id(), policy))
        return Result(label=text, notice=self._moved(stage), count=len(moving))

    def tag_many(self, ids: Sequence[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Result:
        """Add tags to all of these, at the end, and take others from them."""
        new = checked(fields_of.APPLICATION, {"tags": tuple(add)})["tags"]
        old = frozenset(checked(fields_of.APPLICATION, {"tags": tuple(remove)})["tags"]).difference(new)

        def tagged(application: Application) -> Application:
            kept = (tag for tag in application.tags if tag not in old)
            return replace(application, tags=tuple(dict.fromkeys((*kept, *new))))

        there = self._there(ids)
        text = self._counted(lambda n: ngettext("Tag {n} application", "Tag {n} applications", n), len(there))
        with self._store.transaction(text) as t:
            _change(t, there, tagged)
        return Result(label=text)

    def archive_many(self, ids: Sequence[str], archived: bool = True) -> Result:
        """Put all of these away, or take them out again."""
        there = [*self._there(ids)]
        if len(there) == 1:
            return self.archive_application(there[0], archived)
        text = self._counted(
            lambda n: (
                ngettext("Archive {n} application", "Archive {n} applications", n)
                if archived
                else ngettext("Unarchive {n} application", "Unarchive {n} applications", n)
            ),
            len(there),
        )
        with self._store.transaction(text) as t:
            _change(t, there, lambda each: replace(each, archived=archived))
        return Result(label=text)

    def trash_many(self, ids: Sequence[str]) -> Result:
        """All of these to the trash; where they are many, a backup is made before."""
        there = [*self._there(ids)]
        if len(there) == 1:
            return self.trash_application(there[0])
        if len(there) >= MANY_DELETED:
            self._store.before_large_change(Why.DELETION)
        text = self._counted(
            lambda n: ngettext("Delete {n} application", "Delete {n} applications", n), len(there)
        )
        with self._store.transaction(text) as t:
            t.trash_applications(there, self._now())
        return Result(label=text)

    def answer_all(self, keys: Sequence[str], answer: Answer) -> Result:
        """Give the same answer, one that needs no details, to all of these that are still called for.

        What can't be answered so is left as it is; the notice says how many that were, and why.
        """
        if answer is Answer.SKIP:
            return self.skip_all(keys)
        found = self._store.follow_ups_by_key(list(keys))
        planned = [found[key] for key in dict.fromkeys(keys) if key in found]
        if not planned:
            raise self._settled()
        if len(keys) == 1:
            return self.answer(keys[0], answer)
        if answer in WRITES_NOTHING:
            raise ValueError(f"{answer} is no answer to give to many")
        for follow_up in planned:
            self._check_answer(follow_up, answer)
        now = self._now()
        given = TimedAnswer(now=now, at=now)

        def counted() -> str:
            said = ngettext("Answer {n} follow-up: {answer}", "Answer {n} follow-ups: {answer}", len(planned))
            return said.format(n=format_number(len(planned)), answer=answer_labels()[answer].rstrip("…"))

        text = lasting(counted)
        refused: list[Refused] = []
        with self._store.transaction(text) as t:
            for follow_up in planned:
                try:
                    self._writer(follow_up, answer)(t, follow_up, answer, given)
                except Refused as refusal:
                    refused.append(refusal)
                else:
                    self._store.published.settle_done(follow_up.key)
            self._check_some_done(len(planned), refused)
        count = len(planned) - len(refused)
        return Result(label=text, notice=self._left(len(keys) - len(planned), refused), count=count)

    def skip_all(self, keys: Sequence[str]) -> Result:
        """Leave out all of these that are open, or were missed."""
        now = self._now()
        choices = self._store.choices(keys)
        found = self._store.follow_ups_by_key(list(keys))
        wanted: list[FollowUp] = [
            found[key]
            for key in dict.fromkeys(keys)
            if key in found and can_be_skipped(found[key], choices.get(key), now)
        ]
        if len(keys) == 1:
            return self.skip(keys[0])
        if not wanted:
            raise self._settled()
        text = self._counted(lambda n: ngettext("Skip {n} follow-up", "Skip {n} follow-ups", n), len(wanted))
        with self._store.transaction(text) as t:
            for follow_up in wanted:
                self._pass_over(t, follow_up, now)
                self._store.published.settle_done(follow_up.key)
        return Result(label=text, notice=self._left(len(keys) - len(wanted), []), count=len(wanted))

    @staticmethod
    def _counted(say: Callable[[int], str], count: int) -> str:
        return lasting(lambda: say(count).format(n=format_number(count)))

    def export_selection(self, ids: Sequence[str]) -> Contents:
        """These applications with the people they name, their reminders and follow-ups, to be written.

        The settings go with them, so that days and times mean the same wherever the file is read.
        """
        applications = self._store.applications([*self._there(ids)])
        chosen = {application.id for application in applications}
        facts = Facts(
            policy=self._store.policy(),
            search=self._store.search_state(),
            contacts=tuple(self._store.contacts(people_of(applications))),
            applications=tuple(applications),
            reminders=tuple(each for each in self._store.reminders() if each.application in chosen),
        )
        plan = [each for each in self._store.follow_ups() if each.application in chosen]
        from followup_desktop.services.transfer.formats import Contents

        return Contents(facts=facts, plan=plan, now=self._now(), wording=self._wording)

    def _there(self, ids: Sequence[str]) -> dict[str, Stage]:
        """The stages of the applications that there still are; raises ``Refused`` if none is left."""
        found = {each.id: each.stage for some in in_parts(ids) for each in self._store.applications(some)}
        if not found:
            raise Refused(_("What you selected no longer exists. Choose again."))
        return found

    def _settled(self) -> Refused:
        return Refused(_("Everything here is already done or has been rescheduled."))

    def _check_some_done(self, count: int, refused: Sequence[Refused]) -> None:
        if len(refused) == count:
            raise refused[0]

    def _left(self, settled: int, refused: Sequence[Refused]) -> str | None:
        if refused:
            left = settled + len(refused)
            return ngettext("{n} left: {why}", "{n} left: {why}", left).format(n=left, why=refused[0])
        if settled:
            text = ngettext("{n} was already done", "{n} were already done", settled)
            return text.format(n=settled)
        return None


def _change(t: Transaction, ids: Iterable[str], changed: Callable[[Application], Application]) -> None:
    """Change each of these applications so."""
    for some in in_parts(ids):
        t.put_applications([changed(each) for each in t.applications(some)])
