"""The answers to what a table leaves open, as a JSON file says them: for the command line."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from followup_desktop.domain.checks import (
    as_key,
    check_flag,
    check_id,
    check_member,
    check_zone,
    clean_text,
    quoted,
    refuse,
)
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _, format_series
from followup_desktop.services.transfer.document import Answers, Document, NewApplication, QuestionTopic, Rows
from followup_desktop.services.transfer.tables.fields import FIELDS
from followup_desktop.services.transfer.tables.table import folded

_EXAMPLE = '{"columns": {"Firma": "employer"}}'
_KEYS = ("columns", "stages", "day_first", "timezone", "zones", "application", "applications",
         "people", "headings", "rows")  # fmt: skip


def read_answers(data: bytes) -> Answers:
    """The answers in a file such as ``{"columns": {"Firma": "employer", "Nr": null}, "day_first": true}``.

    ``columns`` names a field for each heading, or null to leave the column out; ``headings`` is false for a
    table that has none, and ``rows`` says what is in its rows; ``stages`` has a stage for each word;
    ``timezone`` is for times without one that is known, ``zones`` has it by their names; ``application`` is
    the id of the one that invitations are for.
    ``applications`` says it of each by its ``UID``, or has ``{"employer": …, "role": …}`` for one that is to
    be added; ``people`` lists who of those it names are interviewers, by address or name. Raises ``Refused``
    for anything else.
    """
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refused(_("The mapping isn't valid JSON. Check it, and save it as UTF-8.")) from None
    if not isinstance(told, dict):
        raise Refused(_("The mapping must be an object, like {example}.").format(example=_EXAMPLE))
    for key in told:
        if key not in _KEYS:
            sentence = _("{field} isn't a key of a mapping. Use {keys}.")
            raise Refused(sentence.format(field=quoted(key), keys=format_series(_KEYS)), field=key)
    day_first, zone = told.get("day_first"), told.get("timezone")
    headings, rows = told.get("headings"), told.get("rows")
    application = told.get("application")
    return Answers(
        columns=_each(told, "columns", _field),
        stages=_each(told, "stages", lambda value, place: check_member(value, place, tuple(Stage))),
        headings=None if headings is None else check_flag(headings, "headings"),
        rows=None if rows is None else check_member(rows, "rows", tuple(Rows)),
        day_first=None if day_first is None else check_flag(day_first, "day_first"),
        timezone="" if zone is None else check_zone(zone, "timezone"),
        zones=_each(told, "zones", check_zone),
        application="" if application is None else check_id(application, "application"),
        applications=_each(told, "applications", _application),
        people=_each(told, "people", _people),
    )


def check_used(document: Document, answers: Answers) -> None:
    """Refuse an answer to what the file doesn't ask or have: it may be misspelt."""
    asked: dict[QuestionTopic, set[str]] = defaultdict(set)
    for question in (*document.questions, *document.taken):
        asked[question.asked].add(question.about)
    columns = {folded(part) for each in document.columns for part in _names_of(each.heading)}
    events = {each.uid for each in document.invitations}
    there = (
        ("columns", answers.columns, lambda name: folded(name) in columns),
        ("stages", answers.stages, lambda name: folded(name) in set(map(folded, asked[QuestionTopic.STAGE]))),
        ("zones", answers.zones, asked[QuestionTopic.ZONE].__contains__),
        ("applications", answers.applications, events.__contains__),
        ("people", answers.people, events.__contains__),
    )
    for key, given, is_there in there:
        for name in given:
            if not is_there(name):
                sentence = _("The file has nothing for {field}. Check how it's spelled, or take it out.")
                raise Refused(sentence.format(field=f"{key}[{as_key(name)}]"), field=key)


def _names_of(heading: str) -> tuple[str, str]:
    """A heading as it is told of, and without the sheet in front of it."""
    return heading, heading.partition(": ")[2] or heading


def _each(told: Mapping[str, Any], key: str, read: Callable[[Any, str], Any]) -> dict[str, Any]:
    values = told.get(key)
    if values is None:
        return {}
    if not isinstance(values, dict):
        refuse(key, _("{field} must be an object, not {value}."), values)
    return {name: read(value, f"{key}[{as_key(name)}]") for name, value in values.items()}


def _application(value: object, place: str) -> str | NewApplication:
    if not isinstance(value, dict):
        return check_id(value, place)
    return NewApplication(
        employer=clean_text(value.get("employer"), f"{place}.employer"),
        role=clean_text(value.get("role") or "", f"{place}.role"),
    )


def _people(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        refuse(place, _("{field} must be a list of addresses, not {value}."), value)
    return tuple(each.casefold() for each in value)


def _field(value: object, place: str) -> str:
    if value is None or value == "":
        return ""
    if value not in FIELDS:
        sentence = _("{field} must be null or one of {names}, not {value}.")
        refuse(place, sentence, value, names=format_series(FIELDS))
    return str(value)
