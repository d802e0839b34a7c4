"""Drafts for follow-ups: the right template, filled with what is known, and never two notes the same."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from followup_desktop.domain.drafts import (
    Draft,
    Template,
    TemplateName,
    brought_up,
    fill,
    placeholders_of,
    template_key,
    with_near_days,
)
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Channel, Contact, EventKind, FollowUp
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _, about, language, languages, speaking
from followup_desktop.resource_files import languages_of, resources_dir
from followup_desktop.services.capture.mail_addresses import one_address
from followup_desktop.services.messages.callees import whom_to_call
from followup_desktop.services.messages.letters import Letter, Recipient, kind_of, language_of, template_of
from followup_desktop.services.messages.new_time import MissedInterview, asks_for_new_time
from followup_desktop.services.messages.originals import originals, variety_of
from followup_desktop.services.messages.values import Values, first_name, thanks_owed
from followup_desktop.services.rows import Tone
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.storage.store import Store

NEAR_COPY = 78.0
"""From this likeness on, in per cent, two notes are near copies; the built-in wordings are at about 50."""

_USUAL_ATTEMPTS = 2


def similarity(first: str, second: str) -> float:
    """How alike two texts are, from 0 to 100; letters' case, signs and white space do not count."""
    from rapidfuzz import fuzz, utils  # slow to import, and not needed to show a window

    return fuzz.ratio(first, second, processor=utils.default_process)


class Compose:
    """Makes letters of follow-ups, and looks after the templates."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording
        self._values = Values(wording)

    def letter(
        self,
        key: str,
        now: datetime,
        *,
        sender: str = "",
        by_email: bool = False,
        organiser: bool = False,
        recipient: str | None = None,
        written_in: str = "",
    ) -> Letter:
        """The draft for a follow-up; raises ``Refused`` where there is nothing to write, or no longer.

        ``sender`` is the user's name. ``by_email`` writes where a call is planned, ``organiser`` asks
        somebody else to pass the thanks on, ``recipient`` (a contact's id) is whom it shall go to,
        ``written_in`` the language of what was written of it before. The key may also be that of a message
        that asks for a new time (``new_time_key``).
        """
        if asks_for_new_time(key):
            return self._new_time(key, now, sender=sender, recipient=recipient, written_in=written_in)
        follow_up = self._store.follow_up(key)
        if follow_up is None or follow_up.application is None:
            raise Refused(
                _("This is already done or has been rescheduled, so there's nothing left to write.")
            )
        by_phone = follow_up.channel is Channel.PHONE and not by_email
        channel = Channel.PHONE if by_phone else Channel.EMAIL
        name = template_of(follow_up, channel, organiser=organiser)
        if name is None:
            raise Refused(_("There's nothing to write for this one. Answer it in Today."))
        application = self._store.application(follow_up.application)
        subject = self._subject(follow_up, application)
        owed = thanks_owed(subject, self._store.follow_ups(follow_up.application))
        if by_phone and recipient not in subject.contacts and subject.case is not None:
            person = whom_to_call(subject.case, subject.contacts, follow_up.contact, subject.day)
        else:
            person = self._person(subject, owed, organiser=organiser, recipient=recipient)
        place = self._store.place_at_employer(follow_up.application)
        spoken, own = self._taken(name, self._language(application, written_in))
        with speaking(spoken.partition("-")[0], resources_dir() / "locale"):
            values = self._values.of(subject, now, person, owed if organiser else (), sender)
            days_ago = self._values.days_ago(subject, now)
            wordings = _addressed(originals(name, spoken), to_all=person is None and not organiser)
            template = own or _in_turn(wordings, values, _turn(subject, place))
            near = with_near_days(template, days_ago, _near_days())
        chip, tone = self._wording.chip(subject, self._store.choice(key), now)
        organisers = self._others(subject, owed)
        return Letter(
            key=key,
            application=follow_up.application,
            language=spoken,
            rule=follow_up.rule,
            channel=channel,
            kind=kind_of(follow_up, channel),
            title=self._wording.title(subject),
            detail=self._wording.detail(subject, now),
            chip=chip,
            tone=tone,
            template=template,
            own=own is not None,
            draft=fill(near, values, self.hints()),
            recipients=tuple(_recipient(each) for each in self._choosable(subject, person)),
            to=_recipient(person) if person else None,
            phone=person.phone if person else "",
            organiser=row_of(follow_up.rule).to_interviewer and bool(owed and organisers),
            thanked=tuple(each.id for each in owed) if organiser else (),
            others=values["others"],
            facts=self._values.facts(subject, now),
        )

    def _new_time(
        self, key: str, now: datetime, *, sender: str, recipient: str | None, written_in: str
    ) -> Letter:
        """The message after an interview that did not take place."""
        policy = self._store.policy()
        missed = MissedInterview.of(self._store, key, policy)
        application = missed.application
        people = missed.people(dict(self._store.employer((application,)).contacts))
        chosen = [each for each in people if each.id == recipient]
        person = next(iter([*chosen, *people]), None)
        day = self._wording.when.long_date(missed.day)
        turn = zlib.crc32(application.id.encode()) + missed.attempts
        asked = self._language(application, written_in)
        spoken, own = self._taken(TemplateName.NEW_TIME, asked)
        with speaking(spoken.partition("-")[0], resources_dir() / "locale"):
            said = self._wording.when.long_date(missed.day)
            values = self._values.of_missed(application, said, person, sender)
            wordings = _addressed(originals(TemplateName.NEW_TIME, spoken), to_all=person is None)
            template = own or _in_turn(wordings, values, turn)
            days_ago = self._values.days_ago_of_missed(missed, policy, now)
            near = with_near_days(template, days_ago, _near_days())
        today = date_of(now, policy.timezone)
        told = _("{role} — the interview on {date} didn't happen")
        return Letter(
            key=key,
            application=application.id,
            language=spoken,
            rule=None,
            channel=Channel.EMAIL,
            kind=EventKind.MESSAGE,
            title=_title_of_new_time(application.employer),
            detail=told.format(role=application.role, date=self._wording.when.day(missed.day, today)),
            chip="",
            tone=Tone.NEUTRAL,
            template=template,
            own=own is not None,
            draft=fill(near, values, self.hints()),
            recipients=tuple(_recipient(each) for each in people),
            to=_recipient(person) if person else None,
            facts=((_("Interview"), day),),
        )

    def brought_up(self, texts: Sequence[str], letter: Letter, later: Letter) -> tuple[str, ...]:
        """Subject and body as typed into ``letter``, said as on the day of the ``later`` one: "yesterday"."""
        drafts = ((each.draft.subject, each.draft.body) for each in (letter, later))
        pairs = zip(texts, *drafts, strict=True)
        return tuple(brought_up(text, before, after) for text, before, after in pairs)

    def title(self, key: str) -> str:
        """What the message is for, in the language of now; empty where nothing calls for it any more."""
        if asks_for_new_time(key):
            try:
                missed = MissedInterview.of(self._store, key, self._store.policy())
            except Refused:
                return ""
            return _title_of_new_time(missed.application.employer)
        follow_up = self._store.follow_up(key)
        if follow_up is None or follow_up.application is None:
            return ""
        return self._wording.title(self._subject(follow_up, self._store.application(follow_up.application)))

    def is_planned(self, key: str) -> bool:
        """Whether the facts still call for this message."""
        if asks_for_new_time(key):
            try:
                MissedInterview.of(self._store, key, self._store.policy())
            except Refused:
                return False
            return True
        return self._store.follow_up(key) is not None

    def today(self, now: datetime) -> date:
        """The user's date at that instant."""
        return date_of(now, self._store.policy().timezone)

    def hints(self) -> dict[str, str]:
        """What stands for each placeholder, in brackets, while it is not known."""
        return self._values.hints()

    def hints_of_all_languages(self) -> dict[str, tuple[str, ...]]:
        """``hints`` as they may stand in a text begun in another language; those in use come first."""
        now, others = self.hints(), self._hints_by_language.values()
        return {
            name: tuple(dict.fromkeys((said, *(each[name] for each in others)))) for name, said in now.items()
        }

    def marked_anew(self, text: str) -> str:
        """A text begun while the program spoke another language, with its marks in the one in use."""
        for said, *others in self.hints_of_all_languages().values():
            for other in others:
                text = text.replace(f"[{other}]", f"[{said}]")
        return text

    @cached_property
    def _hints_by_language(self) -> dict[str, dict[str, str]]:
        folder, found = resources_dir() / "locale", {}
        for code in languages(folder):
            with speaking(code, folder):
                found[code] = self.hints()
        return found

    def template(self, name: TemplateName) -> Template:
        """The user's template in the program's language, or else the first wording of the original."""
        return self._own(name, language(), language()) or originals(name)[0]

    def original(self, name: TemplateName) -> Template:
        """The built-in template in its first wording."""
        return originals(name)[0]

    def preview(self, template: Template, spoken: str) -> Draft:
        """The template in the language ``spoken`` with sample values, as the editor shows it."""
        with speaking(spoken, resources_dir() / "locale"):
            return fill(template, self._values.samples(), self.hints())

    def label(self, name: TemplateName) -> str:
        """What a template is for, in a few words."""
        return {
            TemplateName.THANK_YOU: _("Thank-you email"),
            TemplateName.THANKS_THROUGH_ORGANISER: _("Thanks through the organiser"),
            TemplateName.STATUS_EMAIL: _("Status email"),
            TemplateName.CALL_SCRIPT: _("Call script"),
            TemplateName.CHECK_IN: _("Check-in"),
            TemplateName.FEEDBACK_REQUEST: _("Feedback request"),
            TemplateName.OFFER_THANKS: _("Thank them for an offer"),
            TemplateName.OFFER_REPLY: _("Asking when they need an answer"),
            TemplateName.WITHDRAWAL: _("Withdrawing"),
            TemplateName.NEW_TIME: _("Asking for a new time"),
        }[name]

    def near_copies(self, key: str, body: str, drafts: Mapping[str, str]) -> tuple[str, ...]:
        """Whom of the same interview day a note like this was written to, or is being (``drafts`` by key).

        People compare notes: two that are near copies take back what they say (tip 2).
        """
        follow_up = self._store.follow_up(key)
        if follow_up is None or not row_of(follow_up.rule).to_interviewer or follow_up.application is None:
            return ()
        subject = self._subject(follow_up, self._store.application(follow_up.application))
        day = {held.interview.id for held in subject.held}
        written = [
            (event.contact, event.note)
            for event in (subject.application.events if subject.application else ())
            if event.kind is EventKind.THANK_YOU and event.interview in day and event.note
        ]
        for other, text in drafts.items():
            planned = self._store.follow_up(other)
            if planned is not None and row_of(planned.rule).to_interviewer and planned.interview in day:
                written.append((planned.contact, text))
        people = subject.contacts
        own = _without_names(body, people.values())
        found = [
            people[contact].name
            for contact, text in written
            if contact is not None
            and contact != follow_up.contact
            and contact in people
            and similarity(own, _without_names(text, people.values())) >= NEAR_COPY
        ]
        return tuple(dict.fromkeys(found))

    def _subject(self, follow_up: FollowUp, application: Application) -> Subject:
        employer = self._store.employer((application,))
        return Subject.of(follow_up, self._store.policy(), employer=employer)

    def _language(self, application: Application, written_in: str) -> str:
        """The language of what was written before, the application's, that of the latest other one there."""
        if written_in in languages_of("templates"):
            return written_in
        return language_of((application.language, *self._store.languages_of_others(application.id)))

    def _taken(self, name: TemplateName, asked: str) -> tuple[str, Template | None]:
        """In which language there is something to say in the one ``asked`` for; what the user made of it.

        The dates of a letter are in the language of its text.
        """
        own = self._own(name, asked, language())
        if own is not None:
            return asked, own
        with speaking(asked.partition("-")[0], resources_dir() / "locale"):
            return variety_of(name, asked), None

    def _own(self, name: TemplateName, spoken: str, usual: str) -> Template | None:
        """What the user made of the template in the language ``spoken``, where the program's is ``usual``."""
        kept = self._store.templates()
        own = kept.get(template_key(name, spoken)) or (kept.get(name) if spoken == usual else None)
        return None if own is None else replace(own, name=name)

    def _person(
        self, subject: Subject, owed: Sequence[Contact], *, organiser: bool, recipient: str | None
    ) -> Contact | None:
        """Whom it goes to: the one chosen, the follow-up's own, the last talked with, one with an address."""
        if recipient is not None and recipient in subject.contacts:
            return subject.contacts[recipient]
        if organiser:
            return next(iter(self._others(subject, owed)), None)
        if subject.contact is not None or row_of(subject.follow_up.rule).to_interviewer:
            return subject.contact
        person = subject.case.person() if subject.case else None
        if person in subject.contacts:
            return subject.contacts[person or ""]
        return next(iter(self._others(subject, ())), None)

    def _others(self, subject: Subject, owed: Sequence[Contact]) -> list[Contact]:
        """People of the application who have an address, without those who are to be thanked."""
        ids = subject.application.contacts if subject.application else ()
        without = {each.id for each in owed}
        people = (subject.contacts[c] for c in ids if c in subject.contacts and c not in without)
        return [each for each in people if one_address(each.email)]

    def _choosable(self, subject: Subject, person: Contact | None) -> list[Contact]:
        first = [person] if person is not None else []
        return [*first, *(each for each in self._others(subject, ()) if each is not person)]


def _title_of_new_time(employer: str) -> str:
    return _("Ask {employer} for a new time").format(employer=employer)


def _addressed(wordings: Sequence[Template], *, to_all: bool) -> Sequence[Template]:
    """The wordings that greet somebody by name, or ``to_all``; all of them if there are none of the kind.

    Several people are addressed otherwise than one where readers are on first-name terms: "ihr", not "du".
    """
    names = {"first_name", "name"}
    found = [each for each in wordings if names.isdisjoint(placeholders_of(each)) is to_all]
    return found or wordings


def _in_turn(wordings: Sequence[Template], values: Mapping[str, str], turn: int) -> Template:
    """Of the wordings that fit what is known one in turn; of a call script always the first."""
    lacking = [sum(not values.get(p) for p in placeholders_of(each)) for each in wordings]
    fitting = [each for each, n in zip(wordings, lacking, strict=True) if n == min(lacking)]
    if wordings[0].name == TemplateName.CALL_SCRIPT:
        return fitting[0]
    return fitting[turn % len(fitting)]


def _near_days() -> Sequence[Sequence[str]]:
    """What the language in use says of a day on it and on the day after, as ``language.json`` has it."""
    found: Sequence[Sequence[str]] = about(language(), resources_dir() / "locale").get("near_days", ())
    return found


def _recipient(person: Contact) -> Recipient:
    return Recipient(contact=person.id, name=person.name, address=one_address(person.email))


def _turn(subject: Subject, place: int) -> int:
    """Which wording comes in turn: another for each person of a day, each attempt and each application.

    Two applications at one employer are often read by the same person; each of them has its own wordings for
    the usual two attempts.
    """
    follow_up: FollowUp = subject.follow_up
    if row_of(follow_up.rule).counts_attempts:
        return _USUAL_ATTEMPTS * place + subject.attempts
    if not row_of(follow_up.rule).to_interviewer or subject.day is None:
        return place
    met = sorted(subject.day.interviewers())
    place = met.index(follow_up.contact) if follow_up.contact in met else 0
    return zlib.crc32((follow_up.application or "").encode()) + place


def _without_names(text: str, people: Iterable[Contact]) -> str:
    """The text with everybody's name taken out, so that only what is said is compared."""
    for person in people:
        for name in (person.name, first_name(person.name)):
            if name:
                text = text.replace(name, " ")
    return text
