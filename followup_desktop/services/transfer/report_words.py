"""The report of an import in the words of the window, where the file has keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from followup_desktop.domain.policy import SETTINGS
from followup_desktop.i18n import _, format_series, language
from followup_desktop.services.transfer.document import Question, QuestionTopic, Rows
from followup_desktop.services.wording.facts import application_words, stage_names
from followup_desktop.services.wording.settings import setting_title


def keys_in_words(kind: str, keys: Sequence[str]) -> str:
    """What these keys of a thing are called, as labels that stand in a sentence; without one, details."""
    labels = _labels(kind, language())
    return format_series(dict.fromkeys(labels.get(key) or _("details") for key in keys))


@cache
def _labels(kind: str, _language: str) -> Mapping[str, str]:
    """What is imported as that kind, by its keys, in quotes; made once, as a table has many rows."""
    return {key: _("“{title}”").format(title=label) for key, label in _words(kind).items() if label}


def _words(kind: str) -> Mapping[str, str]:
    if kind == "application":
        labels = {key: words.label for key, words in application_words().items()}
        return field_choices() | labels | {"contacts": _("Contacts")}
    if kind == "policy":
        return {setting.name: setting_title(setting.name) for setting in SETTINGS}
    when = _("Date and time")
    found = {
        "contact": {
            "name": _("Name"),
            "title": _("Job title"),
            "employer": _("Works at"),
            "email": _("Email"),
            "phone": _("Phone"),
            "url": _("Web address"),
            "notes": _("Notes"),
            "no_thank_you": _("Doesn't need a thank-you"),
        },
        "interview": {
            "kind": _("Kind"),
            "starts_at": when,
            "fold": when,
            "timezone": _("Time zone"),
            "minutes": _("Minutes"),
            "location": _("Location or link"),
            "interviewers": _("Interviewers"),
            "cancelled": _("Cancelled"),
            "debriefed_at": _("Debriefed"),
            "process": _("Next steps"),
            "reply_by": _("They'll answer by"),
            "no_date_given": _("No date given"),
            "topics": _("Topics"),
            "notes": _("Notes"),
            "fit": _("Fit"),
        },
        "event": {
            "kind": _("Kind"),
            "at": when,
            "contact": _("Person"),
            "interview": _("Interview"),
            "reply_by": _("They'll answer by"),
            "from": _("Stage"),
            "to": _("Stage"),
            "note": _("Note"),
        },
        "reminder": {
            "title": _("Remind me to"),
            "at": when,
            "timezone": _("Time zone"),
            "application": _("Application"),
            "repeat": _("Repeat"),
        },
    }
    return found.get(kind, {})


def field_choices() -> dict[str, str]:
    """The fields that a column may be taken for, each with its label; first what leaves it out."""
    from followup_desktop.services.transfer.tables.fields import FIELDS  # with all that reads tables

    labels = {name: words.label for name, words in application_words().items()} | {
        "stage_at": _("Date of the stage"),
        "contact_name": _("Contact"),
        "contact_email": _("Contact email"),
        "contact_phone": _("Contact phone"),
        "contact_title": _("Contact title"),
        "contact_url": _("Contact link"),
        "first_name": _("Contact first name"),
        "last_name": _("Contact last name"),
        "next_action": _("Next step"),
        "next_action_date": _("Date of the next step"),
        "interview_at": _("Date and time of an interview"),
        "interview_clock": _("Time of an interview"),
        "history": _("Stage history"),
    }
    return {"": _("Leave out")} | {name: labels[name] for name in FIELDS}


def answer_words(question: Question) -> dict[str, str]:
    """The answers to a question whatever the file, in the words of ``answered``, each with its label."""
    match question.asked:
        case QuestionTopic.HEADINGS:
            return {"true": _("Headings"), "false": _("An application")}
        case QuestionTopic.ROWS:
            return {Rows.APPLICATIONS: _("Applications"), Rows.PEOPLE: _("People")}
        case QuestionTopic.DAY_FIRST:
            return {"true": _("The day"), "false": _("The month")}
        case QuestionTopic.STAGE:
            return {stage.value: label for stage, label in stage_names().items()}
        case QuestionTopic.COLUMN if question.about:
            return field_choices()
        case _:
            return dict(question.choices)
