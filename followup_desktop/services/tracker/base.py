"""What every verb of the tracker shares: the store, the clock, the words, and changes of one application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    Stage,
)
from followup_desktop.i18n import _, lasting, pgettext
from followup_desktop.services.ports import Clock
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.fields import checked
from followup_desktop.services.tracker.plausible import check_stated
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.facts import stage_names
from followup_desktop.services.wording.formats import elide, sentences
from followup_desktop.storage.store import Store

if TYPE_CHECKING:
    from followup_desktop.storage.writes import Transaction

NewId = Callable[[], str]
_LABEL_LENGTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a verb did: the id of what it made or changed, what else happened, and its name for undo.

    ``notice`` is a short sentence for the status line, or ``None`` if all that happened is what was asked.
    ``letter`` is the key of the message that is to be written next, if one is, and ``count`` says how many
    things a verb for many changed.
    """

    label: str
    id: str | None = None
    notice: str | None = None
    letter: str | None = None
    count: int = 1

    def in_words(self, asked: str) -> str:
        """What was asked for and done, by these words, and what else happened."""
        return sentences(asked, self.notice or "")


class Verbs:
    """The base of the tracker's parts: each verb is one step of the user's, undone as one."""

    def __init__(self, store: Store, clock: Clock, wording: Wording, new_id: NewId) -> None:
        self._store = store
        self._clock = clock
        self._wording = wording
        self._new_id = new_id

    def _now(self) -> datetime:
        return self._clock().replace(microsecond=0)

    def _past(self, at: datetime | None) -> datetime:
        """The instant of something that happened: now, or the one given if it is not ahead."""
        now = self._now()
        if at is None:
            return now
        moment = checks.check_instant(at, "at")
        if moment > now:
            raise Refused(_("That's in the future. Log it once it has happened."), "at")
        return moment

    def _put_new_contact(self, t: Transaction, name: str, email: str, application: Application) -> str:
        """Somebody at the employer of an application, who is not named there yet; gives their id."""
        given = {"name": name, "email": email, "employer": application.employer}
        contact = Contact(id=self._new_id(), **checked(fields_of.CONTACT, given))
        t.put_contact(contact)
        return contact.id

    def _label(self, say: Callable[[], str], name: str) -> str:
        return lasting(lambda: say().format(name=elide(name, _LABEL_LENGTH)))

    def _move_label(self, application: Application, stage: Stage) -> str:
        name = elide(application.employer, _LABEL_LENGTH)
        return lasting(
            lambda: pgettext("a step to undo", "Move {name} to {stage}").format(
                name=name, stage=stage_names()[stage]
            )
        )

    def _moved(self, stage: Stage) -> str:
        return _("Moved to {stage}").format(stage=self._wording.stage_label(stage))


def with_event(application: Application, event: Event) -> Application:
    """The application with one more entry; ``Refused`` if it does not fit its kind or names a stranger."""
    check_event(event, application)
    return replace(application, events=(*application.events, event))


def check_event(event: Event, application: Application) -> None:
    """Refuse an entry whose parts do not go together."""
    if event.kind is EventKind.CALL and event.outcome is None:
        raise Refused(_("Choose how the call went: spoke, left message or no answer."), "outcome")
    if event.kind is not EventKind.CALL and event.outcome is not None:
        raise Refused(_("Only a call has an outcome. Leave it out."), "outcome")
    states_date = event.kind in {EventKind.REPLY, EventKind.WAIT} or event.outcome is CallOutcome.SPOKE
    if event.reply_by is not None and not states_date:
        raise Refused(_("Only a reply, a call or a wait has a date like this. Leave it out."), "reply_by")
    check_stated(event.reply_by, event.at.date())
    if event.kind is EventKind.WAIT and event.reply_by is None:
        raise Refused(_("Enter the day you'll wait until."), "reply_by")
    if event.interview is not None and all(i.id != event.interview for i in application.interviews):
        raise Refused(
            _("That interview belongs to another application. Choose one from this application."), "interview"
        )


def interview_of(application: Application, interview_id: str) -> Interview:
    """One interview of the application; ``Refused`` if it is not there."""
    for interview in application.interviews:
        if interview.id == interview_id:
            return interview
    raise Refused(_("That interview no longer exists. Go back to the list and choose another."), "interview")


def with_changed_interview(application: Application, changed: Interview) -> Application:
    """The application with that interview in place of the one with its id."""
    interviews = tuple(changed if i.id == changed.id else i for i in application.interviews)
    return replace(application, interviews=interviews)


def check_people(reads: Transaction, ids: tuple[str, ...], field: str) -> None:
    """Refuse people that are not there."""
    known = {contact.id for contact in reads.contacts(ids)}
    if any(contact not in known for contact in ids):
        raise Refused(
            _("That person is no longer in your contacts. Choose someone else, or add them."), field
        )
