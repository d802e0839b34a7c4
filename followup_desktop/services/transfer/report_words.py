"""The report of an import in the words of the window, where the file has keys."""

from __future__ import annotations

from collections.abc import Mapping

from followup_desktop.domain.policy import SETTINGS
from followup_desktop.i18n import _, format_series
from followup_desktop.services.transfer.document import Question, QuestionTopic, Rows
from followup_desktop.services.transfer.report import ImportRow
from followup_desktop.services.wording.facts import application_words, stage_names
from followup_desktop.services.wording.settings import setting_title


def why_in_words(row: ImportRow) -> str:
    """Why a row was changed, or was not."""
    if not row.keys and row.set_back is None and not row.restored:
        return row.why
    stages = stage_names()
    parts = []
    if row.restored:
        parts.append(_("restored from the trash"))
    if row.set_back is not None:
        before, after = row.set_back
        parts.append(
            _("goes back from {before} to {after}").format(before=stages[before], after=stages[after])
        )
    if row.told:
        parts.append(row.told)
    elif changed := _changed(row):
        parts.append(_("changes {keys}").format(keys=format_series(changed)))
    if row.matched:
        parts.append(row.matched)
    return "; ".join(parts) or row.why


def _changed(row: ImportRow) -> list[str]:
    """What the keys of a row are called, as labels that stand in a sentence; without one, details."""
    labels = {key: _("“{title}”").format(title=label) for key, label in _labels(row.kind).items() if label}
    keys = [key for key in row.keys if not (key == "stage" and row.set_back)]
    return [*dict.fromkeys(labels.get(key) or _("details") for key in keys)]


def _labels(kind: str) -> Mapping[str, str]:
    """What is imported as that kind, by its keys."""
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
    words = application_words()
    found = {"": _("Leave out")}
    found |= {
        name: words[name].label
        for name in ("employer", "role", "stage", "applied_on", "closes_on", "offer_expires_on", "location")
    }
    found["stage_at"] = _("Date of the stage")
    found |= {
        name: words[name].label
        for name in ("url", "source", "salary", "resume", "priority", "fit", "tags", "notes")
    }
    return found | {
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
