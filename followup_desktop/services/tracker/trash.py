"""The trash and the user's own message templates."""

from __future__ import annotations

from collections.abc import Collection

from followup_desktop.domain import checks
from followup_desktop.domain.drafts import Template, TemplateName, template_key
from followup_desktop.i18n import language, lasting, pgettext
from followup_desktop.services.tracker.base import Result, Verbs
from followup_desktop.storage.backups import Why
from followup_desktop.storage.store import Thing

KEPT_DAYS = 30
"""On so many days the program has to run before something is gone from the trash for good."""


class TrashVerbs(Verbs):
    """Restore from the trash and purge it; change message templates and reset them."""

    def restore(self, kind: Thing, thing: str) -> Result:
        """Take something out of the trash, as it was and named where it was."""
        titles = {(entry.kind, entry.id): entry.title for entry in self._store.trash()}
        label = self._label(
            lambda: pgettext("a step to undo", "Restore {name}"), titles.get((kind, thing), "")
        )
        with self._store.transaction(label) as t:
            t.restore(kind, thing)
        return Result(id=thing, label=label)

    def purge_trash(self) -> int:
        """Delete for good what is in the trash for 30 days on which the program ran; how many things.

        For the start of the program: if there was something, what could be undone is forgotten.
        """
        return self._store.purge_trash(KEPT_DAYS)

    def delete_for_good(self, things: Collection[tuple[Thing, str]]) -> int:
        """Delete for good those of these that are in the trash; how many that was.

        Undo and redo then forget all steps, so a backup is made before.
        """
        self._store.before_large_change(Why.DELETION)
        return self._store.delete_for_good(things)

    def save_template(self, name: TemplateName, subject: str, body: str, spoken: str = "") -> Result:
        """Use the user's own text for this message from now on, where it is in the language ``spoken``.

        That is the program's if none is given. One that was kept without a language counts as the program's.
        """
        template = Template(
            template_key(name, spoken or language()),
            " ".join(checks.clean_text(subject, "subject").split()),
            checks.clean_name(body, "body"),
        )
        label = lasting(lambda: pgettext("a step to undo", "Change template"))
        with self._store.transaction(label) as t:
            if template.name == template_key(name, language()):
                t.delete_template(name)
            t.put_template(template)
        return Result(id=name, label=label)

    def reset_template(self, name: TemplateName) -> Result:
        """Use the program's own wordings for this message again."""
        label = lasting(lambda: pgettext("a step to undo", "Reset template"))
        with self._store.transaction(label) as t:
            for each in (name, template_key(name, language())):
                t.delete_template(each)
        return Result(id=name, label=label)
