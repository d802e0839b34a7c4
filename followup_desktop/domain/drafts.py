"""Messages to an employer: templates with a fixed list of placeholders, filled with what is known.

A template is a ``string.Template``: ``$first_name`` or ``${first_name}`` stands for a value, ``$$`` for a
dollar sign. What is not known is shown where it stands, so that it can be seen and mended.
"""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class _TemplateText(string.Template):
    """A text with placeholders; between braces any name, so that a mistyped one is noticed."""

    idpattern = r"(?a:[A-Za-z_]\w*)"
    braceidpattern = r"[^{}\n]+"


class TemplateName(StrEnum):
    """The messages there are templates for; the value is what a changed one is kept under."""

    THANK_YOU = "thank_you"
    THANKS_THROUGH_ORGANISER = "thanks_through_organiser"
    STATUS_EMAIL = "status_email"
    CALL_SCRIPT = "call_script"
    CHECK_IN = "check_in"
    FEEDBACK_REQUEST = "feedback_request"
    OFFER_THANKS = "offer_thanks"
    OFFER_REPLY = "offer_reply"
    WITHDRAWAL = "withdrawal"
    NEW_TIME = "new_time"


@dataclass(frozen=True, slots=True)
class Template:
    """The text of a message before it is filled; a call script has a subject too, as its heading."""

    name: str
    subject: str
    body: str


def template_key(name: TemplateName, language: str) -> str:
    """How the user's text for a message in that language is kept.

    One without a language was kept before it was noted: it is in the program's.
    """
    return f"{name}/{language}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A filled template.

    ``missing`` are the placeholders without a value, in the order in which they stand; ``unknown`` are names
    that are no placeholders. Both are shown in brackets where they stand.
    """

    subject: str
    body: str
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


PLACEHOLDERS = (
    "first_name",
    "name",
    "employer",
    "role",
    "interview_day",
    "topics",
    "stated_date",
    "applied_on",
    "others",
    "my_name",
)
"""What a template may ask for."""


def placeholders_of(template: Template) -> tuple[str, ...]:
    """The names that a template asks for, each once, in the order in which they stand."""
    return tuple(_TemplateText(f"{template.subject}\n{template.body}").get_identifiers())


def unknown_names(template: Template) -> tuple[str, ...]:
    """The names in a template that are no placeholders."""
    return tuple(name for name in placeholders_of(template) if name not in PLACEHOLDERS)


def shown(name: str, hints: Mapping[str, str]) -> str:
    """What stands in a draft for a placeholder that is not known: ``[what you talked about]``."""
    return f"[{hints.get(name, name)}]"


def fill(template: Template, values: Mapping[str, str], hints: Mapping[str, str]) -> Draft:
    """The template with these values in it; never fails, whatever the template contains.

    White space at the ends of a value goes; in the subject each line break becomes a space. ``hints`` are the
    words for what is missing.
    """
    names = placeholders_of(template)
    known = {name: values[name].strip() for name in names if name in PLACEHOLDERS and name in values}
    put = {name: known.get(name) or shown(name, hints) for name in names}
    return Draft(
        subject=" ".join(_TemplateText(template.subject).safe_substitute(put).split()),
        body=_TemplateText(template.body).safe_substitute(put),
        missing=tuple(name for name in names if name in PLACEHOLDERS and not known.get(name)),
        unknown=unknown_names(template),
    )


def with_near_days(
    template: Template, days_ago: Mapping[str, int], phrases: Sequence[Sequence[str]]
) -> Template:
    """The template as one writes it on the day itself (0) or the day after it (1), by placeholder.

    ``phrases`` are a language's for a day, for today and for yesterday, a longer one before a part of it:
    "on {day}", "today", "yesterday". Where a day stands in none of them it stays a placeholder.
    """

    def said(text: str) -> str:
        for name, ago in days_ago.items():
            for phrase, *near in phrases:
                before, _, after = phrase.partition("{day}")
                place = rf"(?<!\w){re.escape(before)}\$(?:{name}\b|\{{{name}\}}){re.escape(after)}"
                text = re.sub(
                    place,
                    lambda found, word=near[ago]: (  # type: ignore[misc]
                        f"{word[:1].upper()}{word[1:]}" if found[0][:1].isupper() else word
                    ),
                    text,
                    flags=re.IGNORECASE,
                )
        return text

    return replace(template, subject=said(template.subject), body=said(template.body))


def brought_up(text: str, before: str, after: str) -> str:
    """A text made from ``before``, with what ``after`` says in another way said like that.

    What was rewritten so much that it no longer stands between the same words stays.
    """
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", each) for each in (before, after))
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for left, right in ((4, 4), (4, 0), (0, 4)):
            start = max(0, i - left)
            said = "".join(old[start : j + right])
            if text.count(said) == 1:
                text = text.replace(said, "".join((*old[start:i], *new[k:m], *old[j : j + right])))
                break
    return text


def word_count(text: str) -> int:
    """How many words a message has; 60 to 120 are read, fewer look careless and more are put off."""
    return len(text.split())
