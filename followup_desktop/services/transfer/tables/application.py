"""Making an application of a row, with the people, interviews and reminders that the row tells of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import employer_key
from followup_desktop.i18n import _
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.lasting_ids import application_id, lasting_id, posting_id
from followup_desktop.services.transfer.tables.fields import ABOUT_PERSONS, NAMES
from followup_desktop.services.transfer.tables.file_dates import FileDates
from followup_desktop.services.transfer.tables.header import COUNTS
from followup_desktop.services.transfer.tables.layouts import KEPT, OWN
from followup_desktop.services.transfer.tables.next_action import next_action, reminder_of
from followup_desktop.services.transfer.tables.row_dates import RowDates
from followup_desktop.services.transfer.tables.row_end import RowEnd
from followup_desktop.services.transfer.tables.row_interviews import RowInterviews
from followup_desktop.services.transfer.tables.row_people import RowPeople
from followup_desktop.services.transfer.tables.row_stage import RowStage
from followup_desktop.services.transfer.tables.row_story import events_of, story_of
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.row_values import (
    dated_values,
    plain_values,
    put_address,
    take_exact,
)
from followup_desktop.services.transfer.tables.stage_words import StageWords
from followup_desktop.services.transfer.tables.words import has_address

_OF_SOMEONE = NAMES.union(ABOUT_PERSONS)
_ONLY_NOTED = frozenset({KEPT, "excitement", "country_name"})
_OF_MEETINGS = frozenset({"interview_at", "interview_clock"})
_NUMBERING = frozenset({"id", "number", ""})


class ApplicationContents(NamedTuple):
    """An application as its row tells it, the people whom it names, and what it is to be reminded of."""

    application: Row
    contacts: list[Row]
    reminders: list[Row]


class ApplicationReader:
    """Makes applications of the rows of a file, whose dates, words and the user's addresses are known."""

    def __init__(self, dates: FileDates, words: StageWords, own_addresses: Collection[str]) -> None:
        self._dates = dates
        self._words = words
        self._own_addresses = own_addresses

    def read(self, texts: RowTexts) -> ApplicationContents:
        """The application of the row. What no fact of it says goes into its notes.

        Raises ``Refused`` where the row names no employer.
        """
        said, layout = texts.said, texts.layout
        exact = take_exact(texts) if layout is OWN else {}
        values = _names(texts, exact)
        dates = RowDates(texts, self._dates)
        values |= plain_values(texts)
        values |= dated_values(texts, dates)
        put_address(texts, values)
        defaults: dict[str, Any] = {}
        if layout is not None and layout.source:
            defaults["source"] = layout.source
        end = RowEnd(texts, self._words)
        story = story_of(texts, end) if "history" in said else []
        stage = RowStage(texts, dates, self._words, end)
        stage.put_into(values, defaults, story)
        contacts: list[Row] = []
        interviewers: Mapping[str, str] = {}
        if not _OF_SOMEONE.isdisjoint(said):
            people = RowPeople(texts, self._own_addresses)
            contacts = list(people.rows(people.named(), values["employer"]))
            interviewers = people.interviewers
        if contacts:
            values["contacts"] = tuple(dict.fromkeys(each.id for each in contacts))
        if "stage" in exact:
            defaults.pop("stage", None)
        values |= exact
        key = _id(texts, values)
        found = Row(place=texts.place, id=key, values=values, defaults=defaults, number=_number_of(texts))
        reminders: list[Row] = []
        ticks = stage.ticks
        if not _OF_MEETINGS.isdisjoint(said):
            meetings = RowInterviews(texts, dates, key, interviewers)
            found.interviews, found.untimed = tuple(meetings.interviews), tuple(meetings.untimed)
            reminders += meetings.reminders
            ticks = [*ticks, *meetings.ticks]
        stage.keep_unsaid(ticks)
        step = next_action(texts, dates)
        if step is not None:
            reminders.append(reminder_of(step, key, texts.place, self._dates.now))
        if story or "followed" in said:
            found.events = tuple(events_of(story, texts, self._dates, key))
        notes = _notes(texts, values.get("url", ""), has_step=step is not None)
        if notes := "\n\n".join(filter(None, (exact.get("notes"), notes))):
            values["notes"] = notes
        return ApplicationContents(found, contacts, reminders)


def _names(texts: RowTexts, exact: Mapping[str, Any]) -> dict[str, Any]:
    """The employer and the role; further ones are kept. ``Refused`` where there's no employer."""
    _part_address(texts)
    employer = exact.get("employer") or _evenly_spaced(texts.text("employer"))
    role = exact.get("role") or _evenly_spaced(texts.text("role"))
    if not employer:
        raise Refused(_("There's no employer."))
    for field in ("employer", "role"):
        for said in texts.said.get(field, ())[1:]:
            texts.keep(said)
    return {"employer": employer, "role": role}


def _part_address(texts: RowTexts) -> None:
    """Take the address behind an employer's name for the place, where the heading says so."""
    said = next(iter(texts.said.get("employer", ())), None)
    if said is None or not has_address(said.heading):
        return
    from followup_desktop.services.capture.postings.page_words import has_company_form  # few tables have it

    name, *address = said.text.replace("\n", ", ").split(",")
    while address and has_company_form(address[0]) and len(address[0].split()) == 1:
        name += f",{address.pop(0)}"
    place = ",".join(address).strip()
    texts.put("employer", 0, said._replace(text=name.strip()))
    if place and "location" not in texts.said:
        texts.said["location"] = (said._replace(text=place),)


def _notes(texts: RowTexts, posting: str, *, has_step: bool) -> str:
    """What is said beside the values, of which ``posting`` is an address, and a next step one if there is."""
    for field, several in () if _ONLY_NOTED.isdisjoint(texts.said) else texts.said.items():
        if field in _ONLY_NOTED:
            for said in several:
                texts.keep(said)
    for field in ("next_action", "next_action_date") if not has_step else ():
        for said in texts.said.get(field, ()):
            texts.keep(said)
    texts.keep_links(posting)
    parts = [
        said.text for field in ("notes", "followed", "applied_notes") for said in texts.said.get(field, ())
    ]
    for said in texts.said.get("html", ()):
        from followup_desktop.services.capture.posting_files import posting_text  # few tables have pages

        try:
            parts.append(posting_text("posting.html", said.text.encode()))
        except Refused:
            parts.append(said.text)
    return "\n\n".join(filter(None, (*parts, "\n".join(texts.kept))))


def _number_of(texts: RowTexts) -> str:
    """The row's number, or what else the table calls each of its rows by."""
    if texts.said.keys().isdisjoint(_NUMBERING):
        return ""
    counted = (said.text for said in texts.said.get("", ()) if said.heading == COUNTS)
    return next(filter(None, (texts.text("id"), texts.text("number"), *counted)), "")


def _id(texts: RowTexts, values: dict[str, Any]) -> str:
    """The id that the file gives, or one that the same application always gets."""
    layout, own = texts.layout, values.pop("id", "") or texts.text("key") or texts.text("id")
    if layout is OWN and own:
        return own
    if layout is not None and own:
        return lasting_id(layout.name, own)
    number = _number_of(texts) if layout is not None and layout.counts else ""
    if layout is not None and number:
        return lasting_id(layout.name, number, *(employer_key(values[of]) for of in ("employer", "role")))
    if layout is not None and layout.source and posting_key(values.get("url", "")):
        return posting_id(layout.source, values["employer"], values["role"], values["url"])
    return application_id(values["employer"], values["role"], values.get("applied_on"), values.get("url", ""))


def _evenly_spaced(text: str) -> str:
    """The text with its words one blank apart; that text itself where they are so already."""
    spaced = " ".join(text.split())
    return text if spaced == text else spaced
