"""Two entries that are the same person, made one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import facts_of
from followup_desktop.domain.model import Application, Contact, LastAnnouncement, key_parts, make_key, rule_in
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import _, format_series, pgettext
from followup_desktop.services.tracker.base import Result, Verbs
from followup_desktop.storage.writes import Transaction

_APART = ("id", "name", "notes")
_TAKEN = tuple(each for each in facts_of(Contact) if each.name not in _APART)
_TEXTS = tuple(each.name for each in _TAKEN if each.is_text)


class MergeVerbs(Verbs):
    """Merges people."""

    def merge_contacts(self, kept_id: str, other_id: str) -> Result:
        """One person out of two: ``kept_id`` takes the place of ``other_id`` wherever that is named.

        What the kept one lacks is taken from the other; what both have and differs is written below the
        notes, so that nothing is lost. Skipped and snoozed thanks go along. The other is then in the trash,
        where an application that is in the trash already goes on naming it.
        """
        if kept_id == other_id:
            raise Refused(_("That's the same contact. Choose another."), "contact")
        label = self._label(
            lambda: pgettext("a step to undo", "Merge {name}"), self._store.contact(kept_id).name
        )
        announced: list[LastAnnouncement] = []
        with self._store.transaction(label) as t:
            kept, other = t.contact(kept_id), t.contact(other_id)
            for application in t.applications(t.applications_naming((other_id,))):
                for old, new in self._renamed_keys(t, application, kept_id, other_id):
                    announced.extend(self._move_choice(t, old, new))
                t.put_application(_named_instead(application, kept_id, other_id))
            t.put_contact(self._united(kept, other))
            t.trash_contact(other_id, self._now())
        # What was announced for the one is not announced again for the other.
        self._store.record_announced(announced)
        return Result(id=kept_id, label=label)

    @staticmethod
    def _renamed_keys(
        t: Transaction, application: Application, kept_id: str, other_id: str
    ) -> Iterable[tuple[str, str]]:
        """The keys of thanks to the other, each with what it will be called, unless there are such."""
        planned = {follow_up.key for follow_up in t.follow_ups(application.id)}
        for key in planned:
            rule, parts = rule_in(key), key_parts(key)
            if rule is None or not row_of(rule).to_interviewer or parts[-1] != other_id:
                continue
            new = make_key(rule, *parts[:-1], kept_id)
            if new not in planned:
                yield key, new

    @staticmethod
    def _move_choice(t: Transaction, old: str, new: str) -> Iterable[LastAnnouncement]:
        choice, announced = t.choice(old), t.announced(old)
        if choice is not None:
            t.delete_choice(old)
            t.put_choice(replace(choice, key=new))
        return () if announced is None else (replace(announced, key=new),)

    def _united(self, kept: Contact, other: Contact) -> Contact:
        """The kept one with what only the other has, and notes of both and of what differs."""
        values = {each.name: getattr(kept, each.name) or getattr(other, each.name) for each in _TAKEN}
        differing = [
            getattr(other, name)
            for name in ("name", *_TEXTS)
            if getattr(other, name) and getattr(other, name) != (values | {"name": kept.name})[name]
        ]
        notes = [kept.notes]
        if other.notes != kept.notes:
            notes.append(other.notes)
        if differing:
            notes.append(_("Also: {values}").format(values=format_series(differing, plain=True)))
        return replace(kept, **values, notes="\n\n".join(part for part in notes if part))


def _named_instead(application: Application, kept: str, other: str) -> Application:
    """The application with one person in the place of another, and nobody named twice."""

    def swap(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kept if each == other else each for each in ids))

    return replace(
        application,
        contacts=swap(application.contacts),
        interviews=tuple(replace(i, interviewers=swap(i.interviewers)) for i in application.interviews),
        events=tuple(replace(e, contact=kept) if e.contact == other else e for e in application.events),
    )
