"""Which interview of which application an invitation is: one to update or call off, or a new one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from followup_desktop.domain.checks import as_key, refuse
from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    Application,
    Contact,
    EventKind,
    Facts,
    Interview,
    Stage,
    employer_key,
)
from followup_desktop.domain.stages import with_interview
from followup_desktop.domain.worktime import instant, local
from followup_desktop.i18n import N_, _, format_clock, format_dated_day, format_series, with_dots
from followup_desktop.services.capture.correspondence import (
    Correspondence,
    LikelyApplications,
    find_applications,
    house_of,
    is_of_house,
)
from followup_desktop.services.capture.duplicates import employer_words, role_words
from followup_desktop.services.capture.postings.boards import words_of_slug
from followup_desktop.services.capture.roles import role_word
from followup_desktop.services.transfer.attendees import Attendee
from followup_desktop.services.transfer.calendar_entries import interview_uid, plain
from followup_desktop.services.transfer.document import (
    Document,
    NewApplication,
    Question,
    QuestionTopic,
    RefusedRow,
    Row,
    Source,
)
from followup_desktop.services.transfer.invitations import Invitation
from followup_desktop.services.transfer.lasting_ids import contact_id
from followup_desktop.services.transfer.meeting_titles import (
    bare_part,
    behind_for,
    is_meeting_alone,
    is_of_applying,
    is_of_interview,
    is_way_to_meet,
    parts_of_title,
    without_article,
)
from followup_desktop.services.transfer.merge import is_over
from followup_desktop.services.transfer.persons import MOST, may_be, name_key
from followup_desktop.services.transfer.tables.people import is_called_so
from followup_desktop.storage.records import InvitationVersion

NEW = "new"
"""Stands for an application that is to be added."""
_MOST_CHOICES = 200
_MOST_ASKED = 10
"""A calendar with more entries that may be anything is a whole one: to ask about each would be no help."""

_NAMESPACE = UUID("0d0b0f5e-52a1-5b8e-8c1b-8d3a57c9a0aa")
_NOT_THERE = N_("{field} is {value}, but no application has that id. Use the id of one you have.")
_OLDER = N_("an older version of the invitation")
_SAME = N_("the same invitation")
_MOST_WORDS = 5
"""So many has the name of no employer that stands in a title."""


class PlacedDocument:
    """A document whose invitations are rows of applications, and the versions that were read."""

    def __init__(self, document: Document, revisions: tuple[InvitationVersion, ...]) -> None:
        self.document = document
        self.revisions = revisions


def placed(
    document: Document,
    facts: Facts,
    revisions: Mapping[str, InvitationVersion],
    now: datetime,
    leave_out: Collection[str] = (),
) -> PlacedDocument:
    """The document with each invitation as an interview of the application that it is for.

    That is the one whose interview it was already, or that of the answers, or the one that employer, people
    and role speak for, or a new one where only the employer is known. Where several are as likely, that is a
    question that must be answered. Without any it is refused, and asked about. An older version than was
    read before changes nothing. Those at the places of ``leave_out`` are left out.
    """
    placer = _Placer(document, facts, revisions, now)
    return placer.placed(leave_out)


class _Placer:
    def __init__(
        self, document: Document, facts: Facts, revisions: Mapping[str, InvitationVersion], now: datetime
    ) -> None:
        self._document = document
        self._facts = facts
        self._known = revisions
        self._now = now
        self._applications = {each.id: each for each in facts.applications}
        self._stored = frozenset(self._applications)
        self._owners = {
            interview.id: (application, interview)
            for application in facts.applications
            for interview in application.interviews
        }
        self._people = {each.id: each for each in facts.contacts}
        self._of_email: dict[str, list[Contact]] = defaultdict(list)
        self._of_name: dict[tuple[str, str], list[Contact]] = defaultdict(list)
        for contact in facts.contacts:
            self._know(contact)
        self._rows: dict[str, Row] = {}
        self._contacts: dict[str, Row] = {}
        self._refused: list[RefusedRow] = []
        self._read: list[InvitationVersion] = []
        self._questions: dict[tuple[QuestionTopic, str], Question] = {}
        self._is_alone = len({each.uid for each in document.invitations}) == 1
        private = {each.uid for each in document.invitations if not _is_of_applying(each)}
        self._is_calendar = len(private) > _MOST_ASKED
        self._left_out: Collection[str] = ()

    def placed(self, leave_out: Collection[str]) -> PlacedDocument:
        self._left_out = leave_out
        numbered = enumerate(self._document.invitations, 1)
        # Those that name no employer last: whether there is one application counts what the others add.
        for number, invitation in sorted(numbered, key=lambda each: _is_of_anyone(each[1])):
            place = _("event {n}").format(n=number)
            if place not in leave_out:
                self._place(invitation, place)
        document = replace(
            self._document,
            contacts=(*self._document.contacts, *self._contacts.values()),
            applications=(*self._document.applications, *self._rows.values()),
            refused=(*self._document.refused, *self._refused),
            questions=(*self._questions.values(), *self._document.questions),
        )
        return PlacedDocument(document.without(leave_out), tuple(self._read))

    def _why_private(self, invitation: Invitation) -> str:
        """Why it is left out unasked where nothing says that it is about an application; else an empty text.

        Of what is still to come one is asked, unless it is a whole calendar.
        """
        answers = self._document.answers
        if (
            self._is_alone
            or answers.applications.get(invitation.uid, answers.application)
            or _is_of_applying(invitation)
            or self._found(invitation) is not None
        ):
            return ""
        zone = "UTC" if invitation.is_utc else invitation.timezone or self._facts.policy.timezone
        begins = instant(invitation.starts_at.replace(fold=0), zone, invitation.starts_at.fold)
        is_over = begins < self._now
        if not (is_over or self._is_calendar) or self._likely(invitation).applications:
            return ""
        if is_over:
            return _("It's over, and nothing in it says that it was an interview.")
        return _("Nothing in it says that it's an interview. If it is one, add it by hand.")

    def _place(self, invitation: Invitation, place: str) -> None:
        if why := self._why_private(invitation):
            source = Source(cells=(invitation.summary,))
            self._refused.append(RefusedRow(place=place, why=why, source=source))
            return
        found = self._found(invitation)
        application = found[0] if found is not None else self._whose(invitation)
        if application is None:
            if not self._questions[QuestionTopic.APPLICATION, invitation.uid].needed:
                why = _(
                    "No application matches this interview. Choose one, or add the application first, then "
                    "import it again."
                )
                source = Source(cells=(invitation.summary,))
                self._refused.append(RefusedRow(place=place, why=why, source=source))
            return
        if found is None and invitation.names_people:
            self._ask_people(invitation)
        before = found[1] if found is not None else None
        key = before.id if before is not None else invitation.ids[0]
        row = Row(place=place, id=key)
        known, version = self._known.get(key), _version(key, invitation)
        if before is None:
            row = replace(row, values=self._values(invitation, application, None))
        elif known is not None and version.version < known.version:
            row = replace(row, matched=_(_OLDER))
        elif known is None or version.version > known.version:
            row = replace(row, values=self._values(invitation, application, before))
        else:
            row = replace(row, matched=_(_SAME))
        if before is None or known is None or version.version > known.version:
            self._read.append(version)
        self._add(application, row, invitation, before)

    def _found(self, invitation: Invitation) -> tuple[Application, Interview] | None:
        """The interview that it is about, if it is there: under its id, or as our own calendars name it.

        The one on a server puts its own name behind.
        """
        by_id = (self._owners[each] for each in invitation.ids if each in self._owners)
        ours = (each for each in self._owners.values() if invitation.uid.startswith(interview_uid(each[1])))
        return next(by_id, None) or next(ours, None)

    def _whose(self, invitation: Invitation) -> Application | None:
        """The application it is for, which is asked about too; ``None`` where that has to be known first."""
        answers = self._document.answers
        answer = answers.applications.get(invitation.uid, answers.application)
        if isinstance(answer, str) and answer and answer not in self._stored:
            is_of_one = invitation.uid in answers.applications
            field = f"applications[{as_key(invitation.uid)}]" if is_of_one else "application"
            refuse(field, _(_NOT_THERE), answer)
        whose, employer = self._likely(invitation), _employer_in(invitation)
        role = _role_in(invitation, employer)
        named = employer or _employer_beside(invitation, role)
        active = [each for each in self._applications.values() if _goes_on(each)]
        found: Application | None = None
        if isinstance(answer, NewApplication):
            employer, role = answer.employer or employer, answer.role
            named = employer or named
            found = self._new_application(employer, role, invitation) if employer else None
        elif answer in self._applications:
            found = self._applications[answer]
        elif whose.likeliest is not None and _is_another(invitation, employer, whose.likeliest.employer):
            found = self._new_application(employer, role, invitation)
        elif whose.applications:
            found = whose.likeliest
        elif not _is_of_applying(invitation):
            pass
        elif employer and not invitation.cancelled:  # nobody began to follow what is only called off
            found = self._new_application(employer, role, invitation)
        elif len(active) == 1 and (not named or role_words(role) == role_words(active[0].role)):
            found = active[0]
        if (QuestionTopic.APPLICATION, invitation.uid) in self._questions:
            return found
        self._questions[QuestionTopic.APPLICATION, invitation.uid] = Question(
            asked=QuestionTopic.APPLICATION,
            text=_("Which application is it for?")
            if self._is_alone
            else _("Which application is “{event}” for?").format(event=invitation_name(invitation)),
            about=invitation.uid,
            guess=self._guess(found, answer),
            needed=found is None and (isinstance(answer, NewApplication) or bool(whose.applications)),
            settled=bool(answer) or (found is not None and found is whose.likeliest),
            choices=self._choices(whose, named),
            employer=named,
            role=role,
        )
        return found

    def _guess(self, found: Application | None, answer: str | NewApplication) -> str:
        if isinstance(answer, NewApplication):
            return NEW
        if found is None:
            return ""
        return found.id if found.id in self._stored else NEW

    def _choices(self, whose: LikelyApplications, employer: str) -> tuple[tuple[str, str], ...]:
        """The applications to choose from: likely ones first, then those that go on, then the others."""
        first = [each.id for each in whose.applications]
        others = sorted(
            (each for each in self._facts.applications if each.id not in first),
            key=lambda each: (not _goes_on(each), employer_key(each.employer), each.role),
        )
        listed = [*whose.applications, *others][:_MOST_CHOICES]
        named = [(each.id, with_dots((each.employer, each.role), plain=True)) for each in listed]
        new = _("New application at {employer}").format(employer=employer) if employer else ""
        return (*named, (NEW, new or _("New application")))

    def _ask_people(self, invitation: Invitation) -> None:
        """Who of those whom it names are interviewers: asked where some might not be."""
        everyone = (*invitation.interviewers, *invitation.others)
        taken = tuple(each.key for each in self._interviewers(invitation))
        if not everyone:
            return
        question = Question(
            asked=QuestionTopic.PEOPLE,
            text=_("Who's interviewing you?")
            if self._is_alone
            else _("Who's interviewing you in “{event}”?").format(event=invitation_name(invitation)),
            about=invitation.uid,
            settled=True,
            choices=tuple(_labels(everyone)),
            taken=taken,
        )
        self._questions.setdefault((QuestionTopic.PEOPLE, invitation.uid), question)

    def _interviewers(self, invitation: Invitation) -> tuple[Attendee, ...]:
        chosen = self._document.answers.people.get(invitation.uid)
        if chosen is None:
            return invitation.interviewers
        everyone = (*invitation.interviewers, *invitation.others)
        return tuple(each for each in everyone if each.key in chosen)

    def _likely(self, invitation: Invitation) -> LikelyApplications:
        people = [each for each in (invitation.organizer, *invitation.interviewers) if each is not None]
        said = Correspondence(
            addresses=tuple(each.email for each in people if each.email),
            names=tuple(each.name for each in people),
            head=invitation.summary,
            text=f"{invitation.description}\n{invitation.location}",
        )
        return find_applications(said, self._applications.values(), self._people)

    def _new_application(self, employer: str, role: str, invitation: Invitation) -> Application:
        application = Application(
            id=str(uuid5(_NAMESPACE, f"application/{employer_key(employer)}/{invitation.uid}")),
            employer=employer,
            role=role,
            stage=Stage.APPLIED,
        )
        return self._applications.setdefault(application.id, application)

    def _values(
        self, invitation: Invitation, application: Application, before: Interview | None
    ) -> dict[str, Any]:
        if before is not None and invitation.cancelled and not invitation.names_people:
            return {"cancelled": True}  # what else it says is what it said before
        zone = invitation.timezone
        wall = invitation.starts_at
        kept = application.timezone or self._facts.policy.timezone
        if invitation.is_utc:
            zone = (before.timezone if before is not None else None) or kept
            wall = local(invitation.starts_at.replace(tzinfo=UTC), zone).replace(tzinfo=None)
        zone = (
            zone or self._document.answers.zone_for(invitation.zone_said) or invitation.zone_offered or kept
        )
        values: dict[str, Any] = {"minutes": invitation.minutes, "cancelled": invitation.cancelled}
        bare = wall.replace(fold=0)
        is_there = (
            before is not None
            and (before.timezone or kept) == zone
            and instant(before.starts_at, zone, before.fold) == instant(bare, zone, wall.fold)
        )
        if not is_there:
            values |= {"starts_at": bare, "timezone": zone, "fold": wall.fold}
        if invitation.place and (before is None or invitation.place != plain(before.location, lines=False)):
            values["location"] = invitation.place  # which has its lines after one another
        if before is None:
            values["kind"] = invitation.kind
        interviewers = self._interviewers(invitation)
        if invitation.names_people and interviewers:
            people = tuple(self._person(each, application) for each in interviewers)
            kept_people = before.interviewers if before is not None else ()
            values["interviewers"] = tuple(dict.fromkeys((*kept_people, *people)))
        elif before is None:
            values["interviewers"] = ()
        return values

    def _person(self, attendee: Attendee, application: Application) -> str:
        """The contact with the address, or the only one of that name at the employer, or a new one."""
        known = self._of_address(attendee)
        if known is None:
            named = self._of_name[name_key(attendee.name), employer_key(application.employer)]
            fitting = [each for each in named if not (each.email and attendee.email)]
            known = fitting[0] if len(fitting) == 1 else None
        if known is not None:
            if attendee.email and not known.email and known.id not in self._contacts:
                self._contacts[known.id] = Row(
                    place=attendee.name, id=known.id, values={"email": attendee.email}
                )
            return known.id
        contact = Contact(
            id=contact_id(attendee.name, application.employer, attendee.email),
            name=attendee.name,
            title=attendee.title,
            email=attendee.email,
            employer=application.employer,
        )
        self._people[contact.id] = contact
        self._know(contact)
        values = {"name": contact.name, "email": contact.email, "employer": contact.employer}
        values |= {"title": contact.title} if contact.title else {}
        self._contacts[contact.id] = Row(place=attendee.name, id=contact.id, values=values)
        return contact.id

    def _know(self, contact: Contact) -> None:
        self._of_email[contact.email.casefold()].append(contact)
        self._of_name[name_key(contact.name), employer_key(contact.employer)].append(contact)

    def _of_address(self, attendee: Attendee) -> Contact | None:
        """The only contact with the address whose name agrees; of that very name, if there are more."""
        email = attendee.email.casefold()
        there = self._of_email[email] if email else []
        fitting = [each for each in there[:MOST] if may_be(each, attendee.name, email)]
        same = [each for each in fitting if name_key(each.name) == name_key(attendee.name)]
        return (same or fitting)[0] if same or len(fitting) == 1 else None

    def _add(
        self, application: Application, row: Row, invitation: Invitation, before: Interview | None
    ) -> None:
        """Put the interview into the row of its application, with what follows from it there."""
        is_known = application.id in self._stored
        values: dict[str, Any] = {"employer": application.employer, "role": application.role}
        held = self._rows.get(application.id)
        if held is None:
            if not is_known:
                values["stage"] = application.stage
            held = Row(place=row.place, id=application.id, values=values)
        events = list(held.events)
        values = dict(held.values)
        people = row.values.get("interviewers", ())
        named = values.get("contacts", application.contacts)
        if not set(people) <= set(named) or ("contacts" not in values and not is_known):
            values["contacts"] = tuple(dict.fromkeys((*named, *people)))
        if before is None and not invitation.cancelled:
            moved = self._moved(application, row)
            place = _place_of_stage(application)
            is_reopened = is_over(application.stage)
            if is_reopened and place in self._left_out:
                moved = None
            if moved is not None and "stage_at" not in values:
                if is_reopened:  # which the user may not want, and the interview all the same
                    held = replace(held, place=place)
                values |= {"stage": moved.stage, "stage_at": moved.stage_at}
                events.append(_event_row(row.place, moved))
        was_off = before.cancelled if before is not None else False
        if row.values.get("cancelled") and not was_off and before is not None:
            at = min(invitation.stamp or self._now, self._now)
            reply = {"kind": EventKind.REPLY, "at": at, "interview": row.id}
            events.append(Row(place=row.place, id=_event_id("off", row.id), values=reply))
        self._rows[application.id] = replace(
            held, values=values, interviews=(*held.interviews, row), events=tuple(events)
        )

    def _moved(self, application: Application, row: Row) -> Application | None:
        interview = Interview(id=row.id, **{**row.values, "interviewers": ()})
        event = _event_id("interviewing", row.id)
        moved = with_interview(application, interview, self._facts.policy, self._now, event)
        return moved if moved.stage is not application.stage else None


def invitation_name(invitation: Invitation) -> str:
    """What an invitation is called, and when it is."""
    at = invitation.starts_at
    parts = (invitation.summary, format_dated_day(at.date()), format_clock(at.time()))
    return format_series(filter(None, parts))


def _place_of_stage(application: Application) -> str:
    name = with_dots((application.employer, application.role), plain=True)
    return _("the stage of {application}").format(application=name)


def _labels(people: Sequence[Attendee]) -> Iterator[tuple[str, str]]:
    """What tells each from the others, and a label: the name, with the address where two have the same."""
    names = Counter(each.name for each in people)
    for each in people:
        is_plain = names[each.name] == 1 or not each.email
        yield each.key, each.name if is_plain else f"{each.name} <{each.email}>"


def _event_row(place: str, moved: Application) -> Row:
    event = moved.events[-1]
    values = {"kind": event.kind, "at": event.at, "from_stage": event.from_stage, "to_stage": event.to_stage}
    return Row(place=place, id=event.id, values=values)


def _event_id(what: str, interview: str) -> str:
    return str(uuid5(_NAMESPACE, f"{what}/{interview}"))


def _version(key: str, invitation: Invitation) -> InvitationVersion:
    stamp = round(invitation.stamp.timestamp()) if invitation.stamp is not None else 0
    return InvitationVersion(key, invitation.sequence, stamp)


def _goes_on(application: Application) -> bool:
    return application.stage in ACTIVE_STAGES and not application.archived


def _is_of_applying(invitation: Invitation) -> bool:
    """Whether it was sent as an invitation, or is called an interview; a calendar has much else."""
    return invitation.is_sent or is_of_applying(invitation.summary)


def _is_of_anyone(invitation: Invitation) -> bool:
    """Whether it is an interview, and its organizer and interviewers are of no employer."""
    return _is_of_applying(invitation) and not _employer_in(invitation)


def _employer_in(invitation: Invitation) -> str:
    """The employer of who invites, as the summary writes it; else as the address does; else an empty text."""
    people = (invitation.organizer, *invitation.interviewers)
    for person in people:
        house = house_of(person.email) if person is not None and person.email else ""
        if house and person is not None:
            named = (name for part in _parts(invitation) for name in (part, *part.split(", ")[1:]))
            theirs = (name for name in named if is_of_house(name, house) and len(name.split()) < _MOST_WORDS)
            return next(theirs, "") or words_of_slug(house)
    return ""


def _is_another(invitation: Invitation, employer: str, other: str) -> bool:
    """Whether its employer's name begins with the other's: "Acme Health" isn't Acme, which is named in it.

    They are one where the address of who invites is the other's: Google Ireland writes as google.com.
    """
    longer, shorter = employer_words(employer).split(), employer_words(other).split()
    people = (each for each in (invitation.organizer, *invitation.interviewers) if each is not None)
    is_of_other = any(
        house and is_of_house(other, house) for each in people if (house := house_of(each.email))
    )
    return len(longer) > len(shorter) and longer[: len(shorter)] == shorter and not is_of_other


def _role_in(invitation: Invitation, employer: str) -> str:
    """The part of the summary that may be a role: not the employer, nobody's name, and no mere meeting.

    That is the one with a word by which people call what they do, else what it says that the meeting is for,
    else what stands with the meeting itself.
    """
    if not is_of_interview(invitation.summary):
        return ""
    names = _names_of(invitation)
    own, behind = _squeezed(employer), f", {employer}"
    found = [
        part
        for whole in _parts(invitation)
        if (part := whole.removesuffix(behind)).casefold() not in names
        and not (own and _squeezed(part).startswith(own))
        and not is_meeting_alone(part)
    ]
    called = next((part for part in found if role_word().search(part)), "")
    beside = (
        part
        for whole in parts_of_title(invitation.summary)
        if is_of_interview(whole) and (part := bare_part(whole).removesuffix(behind)) in found
    )
    stated = (
        part.removesuffix(behind)
        for rest in behind_for(invitation.summary)
        if (part := bare_part(parts_of_title(rest)[0])).removesuffix(behind) in found
        and not any(part.casefold() in name.split() for name in names)
    )
    return called or without_article(next(stated, "")) or next(beside, "")


def _employer_beside(invitation: Invitation, role: str) -> str:
    """What stands in the summary beside a role and who is interviewed, if it can only be the employer.

    It is proposed, where no address tells whose the invitation is.
    """
    if not role_word().search(role):
        return ""
    others = [
        part
        for part in _parts(invitation)
        if part != role
        and not _is_somebody(part, invitation)
        and not is_meeting_alone(part)
        and not is_way_to_meet(part)
        and not role_word().search(part)
    ]
    return others[0] if len(others) == 1 and len(others[0].split()) < _MOST_WORDS else ""


def _names_of(invitation: Invitation) -> set[str]:
    people = (invitation.user, invitation.organizer, *invitation.interviewers)
    return {each.name.casefold() for each in people if each}


def _parts(invitation: Invitation) -> list[str]:
    """The parts of the summary without the words for the meeting, and a role without whose it is to be."""
    return [
        _without_person(part, invitation)
        for whole in parts_of_title(invitation.summary)
        if (part := bare_part(whole))
    ]


def _is_somebody(part: str, invitation: Invitation) -> bool:
    """Whether it is the name of a person, by those whom the invitation names, or by the given name."""
    emails = (each.email for each in (*invitation.others, *invitation.interviewers))
    is_theirs = part.casefold() in _names_of(invitation)
    return is_theirs or any(is_called_so(part, each) for each in ("", *emails))


def _without_person(part: str, invitation: Invitation) -> str:
    """The role alone of "Jane Doe, Backend Engineer"."""
    pieces = part.split(", ")
    rest = [each for each in pieces if len(pieces) == 1 or not _is_somebody(each, invitation)]
    return ", ".join(rest) if rest and role_word().search(rest[0]) else part


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
