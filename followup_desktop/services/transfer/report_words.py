"""The report of an import in the words of the window, where the file has keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from followup_desktop.domain.facts import facts_of
from followup_desktop.domain.model import Application, Policy
from followup_desktop.domain.policy import SETTINGS
from followup_desktop.i18n import _, format_series, language
from followup_desktop.services.transfer.document import Question, QuestionTopic, Rows
from followup_desktop.services.wording.facts import WORDS_OF, application_words, stage_names
from followup_desktop.services.wording.settings import setting_title


def keys_in_words(thing: type, keys: Sequence[str]) -> str:
    """What these keys of a thing are called, as labels that stand in a sentence; without one, details."""
    labels = _labels(thing, language())
    return format_series(dict.fromkeys(labels.get(key) or _("details") for key in keys))


@cache
def _labels(thing: type, _language: str) -> Mapping[str, str]:
    """What is imported of that kind of thing, by its keys, in quotes; made once, as a table has many rows."""
    # Translators: the quotes of the language, around the name of a field.
    return {key: _("“{title}”").format(title=label) for key, label in _words(thing).items() if label}


def _words(thing: type) -> Mapping[str, str]:
    if thing is Policy:
        return {setting.name: setting_title(setting.name) for setting in SETTINGS}
    if thing not in WORDS_OF:
        return {}
    words = WORDS_OF[thing]()
    labels = {fact.key: words[fact.name].label for fact in facts_of(thing) if fact.name in words}
    return field_choices() | labels if thing is Application else labels


def field_choices() -> dict[str, str]:
    """The fields that a column may be taken for, each with its label; first what leaves it out."""
    from followup_desktop.services.transfer.tables.fields import FIELDS  # with all that reads tables

    labels = {name: words.label for name, words in application_words().items()} | {
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
