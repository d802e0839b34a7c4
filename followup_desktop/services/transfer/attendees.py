"""Who an invitation is from and for: which of them are interviewers, and which is the user."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from followup_desktop.services.capture import mail_words
from followup_desktop.services.capture.interview_words import any_of, any_plain, plain_words
from followup_desktop.services.capture.mail_addresses import domain_of, is_free, is_no_reply, is_of_a_team
from followup_desktop.services.capture.vocabulary import plain
from followup_desktop.services.transfer.content_lines import Component, ContentLine

_ADDRESS = re.compile(r"(?:mailto:)?\s*<?([^\s<>\"]+@[^\s<>\"]+?)>?\s*$", re.IGNORECASE)
_NO_PERSON_TYPES = frozenset({"ROOM", "RESOURCE", "GROUP"})
_CALENDARS = re.compile(
    r"(?:^|\.)(?:group\.(?:v\.)?calendar|resource\.calendar|calendar\.google|import\.calendar)\b"
)
_ROBOT_HOSTS = re.compile(
    r"(?:^|\.)(?:fireflies\.ai|otter\.ai|fathom\.video|tldv\.io|meetgeek\.ai|avoma\.com|greenhouse-mail\.io|"
    r"workablemail\.com|hire\.lever\.co|cronofy\.com|myworkday\.com)$"
)
"""Where only programs have mailboxes: those that take notes in meetings, or send for employers."""


@cache
def _room() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_plain('rooms')})(?![a-z])|\b(?:{any_plain('in_rooms')})")


@cache
def _with_title() -> re.Pattern[str]:
    """A directory says behind a name what someone does: "Ruiz, Ana (Talent)"; figures are of a room."""
    return re.compile(rf"([^()]*[^()\s])\s*\((?:{any_of('external')}|([^()\d/]+))\)", re.IGNORECASE)


@cache
def _greeting() -> re.Pattern[str]:
    greetings = mail_words.any_of("greetings")
    return re.compile(rf"^\s*(?:{greetings})\b[\s,]+(?P<name>[^,:!\n]{{2,60}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody named in an invitation."""

    name: str
    email: str
    title: str = ""

    @property
    def key(self) -> str:
        """What tells one from others: the address in small letters, else the name."""
        return self.email.casefold() or self.name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """The people whom an invitation names, by what they are to it; ``others`` are no interviewers."""

    organizer: Attendee | None = None
    interviewers: tuple[Attendee, ...] = ()
    user: Attendee | None = None
    others: tuple[Attendee, ...] = ()


@dataclass(frozen=True, slots=True)
class _NamedLine:
    """A line that names somebody, and what speaks for the user in it."""

    person: Attendee
    line: ContentLine
    is_organizer: bool


def interviewers_among(event: Component, own_addresses: Collection[str] = ()) -> Participants:
    """The organiser, the interviewers (the organiser first if a person), and the user as far as it is known.

    Rooms, calendars, robots and mailboxes of whole teams are no interviewers, nor is who declined. Where none
    of ``own_addresses`` is among them, the user is whom the rest of the invitation singles out: the one of
    another domain than the organiser's, or whom the text greets. Where that leaves several, none of them is
    taken for an interviewer.
    """
    named = list(_named(event))
    organizer = next((each.person for each in named if each.is_organizer), None)
    everyone = _distinct(named)
    people = _distinct(each for each in named if _is_person(each))
    own = {each.casefold() for each in own_addresses}
    users = [each for each in people if each.person.email.casefold() in own]
    if not users:
        users = _singled_out(people, organizer, event)
    kept = [each.person for each in people if each not in users and not _declined(each)]
    keys = {each.key for each in kept}
    return Participants(
        organizer=organizer,
        interviewers=tuple(kept),
        user=users[0].person if len(users) == 1 else None,
        others=tuple(each.person for each in everyone if each.person.key not in keys),
    )


def _named(event: Component) -> Iterator[_NamedLine]:
    lines = [
        *((line, True) for line in event.all("ORGANIZER")[:1]),
        *((line, False) for line in event.all("ATTENDEE")),
    ]
    for line, is_organizer in lines:
        found = _ADDRESS.match(line.value.strip()) or _ADDRESS.match(line.parameters.get("EMAIL", ""))
        address = found[1] if found is not None else ""
        name = " ".join(line.parameters.get("CN", "").strip("' ").split())
        if not name or "@" in name:
            name = _name_of(address)
        if name:
            said = _with_title().fullmatch(name)
            bare, title = (said[1], said[2] or "") if said is not None else (name, "")
            yield _NamedLine(Attendee(name=bare, email=address, title=title), line, is_organizer)


def _name_of(address: str) -> str:
    """The name that an address spells (``rita.vale@…``), else the address."""
    words = re.split(r"[._-]", address.partition("@")[0].partition("+")[0])
    if len(words) > 1 and all(len(word) > 1 and word.isalpha() for word in words):
        return " ".join(word[:1].upper() + word[1:] for word in words)
    return address


def _distinct(named: Iterable[_NamedLine]) -> list[_NamedLine]:
    found: dict[str, _NamedLine] = {}
    for each in named:
        found.setdefault(each.person.key, each)
    return list(found.values())


def _is_person(named: _NamedLine) -> bool:
    line, address, name = named.line, named.person.email.casefold(), plain(named.person.name)
    box, host = address.partition("@")[0], domain_of(address)
    if line.parameters.get("CUTYPE", "").upper() in _NO_PERSON_TYPES:
        return False
    if line.parameters.get("ROLE", "").upper() == "NON-PARTICIPANT":
        return False
    if _CALENDARS.search(host) or _ROBOT_HOSTS.search(host) or is_no_reply(address):
        return False
    if _room().search(box) or _room().search(name) or plain_words("no_people").search(name):
        return False
    # A person may write from the mailbox of the team, but then the name is not the team's.
    return not (
        is_of_a_team(address) and (len(name.split()) < 2 or "@" in name or name == plain(_name_of(address)))
    )


def _declined(named: _NamedLine) -> bool:
    return named.line.parameters.get("PARTSTAT", "").upper() == "DECLINED" and not named.is_organizer


def _singled_out(
    people: Sequence[_NamedLine], organizer: Attendee | None, event: Component
) -> list[_NamedLine]:
    """The one who is most likely the user, or all who may be."""
    ranked = [(_likeness(each, people, organizer, event), each) for each in people]
    best = max((rank for rank, _each in ranked), default=0)
    if best > 0:
        return [each for rank, each in ranked if rank == best]
    guests = [each for each in people if not each.is_organizer]
    # All of one house: the user is the only guest, unless that is one more of a firm that asks somebody else.
    is_theirs = organizer is not None and "@" in organizer.email and not is_free(organizer.email)
    alone = [each for each in guests if not is_theirs or _is_named(each, event)]
    return alone if organizer is not None and len(guests) == 1 else []


def _likeness(
    named: _NamedLine, people: Sequence[_NamedLine], organizer: Attendee | None, event: Component
) -> int:
    """How much speaks for it that somebody is the user."""
    address, rank = named.person.email, 0
    house = domain_of(organizer.email) if organizer is not None else ""
    greeted = _greeting().match(plain(event.text("DESCRIPTION").lstrip()[:200].partition("\n")[0]))
    names = set(plain(named.person.name).replace(",", " ").split())
    if greeted is not None and names & set(greeted["name"].split()):
        rank += 3
    if named.is_organizer:
        # Who keeps an appointment in a calendar of his own asks the others to it.
        others = [each.person.email for each in people if not each.is_organizer]
        return rank + 3 if is_free(address) and others and not any(map(is_free, others)) else 0
    if house and domain_of(address) != house:
        rank += 2
    if is_free(address):
        rank += 2
    return rank + 1 if rank and _is_named(named, event) else rank


def _is_named(named: _NamedLine, event: Component) -> bool:
    """Whether the title of the invitation has the name: "Interview: Jane Doe"."""
    names = set(plain(named.person.name).replace(",", " ").split())
    return bool(names) and names <= set(re.findall(r"\w+", plain(event.text("SUMMARY"))))
