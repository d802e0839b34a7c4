"""The sections of the settings: which settings of the rules and of the program each of them has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from followup_desktop.i18n import _
from followup_desktop.services.wording.settings import (
    LOGIN,
    OWN_SETTINGS,
    SECTIONS,
    setting_help,
    setting_title,
)

PLACE, INTERVIEWS, THANK_YOU, FOLLOWING_UP, SEARCH, AWAY, *_OTHERS = SECTIONS
NOTIFICATIONS, PHONE, LOOK, DATA, TEMPLATES = _OTHERS

RULES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        PLACE: ("timezone", "country", "quiet_from", "quiet_until"),
        INTERVIEWS: ("ask_lead_minutes", "debrief_delay_minutes"),
        THANK_YOU: ("thank_you_delay_minutes", "thank_you_hours"),
        FOLLOWING_UP: (
            "grace_working_days",
            "default_reply_working_days",
            "retry_working_days",
            "max_attempts",
            "no_call_weekdays",
            "call_windows",
            "contact_gap_working_days",
            "check_in_working_days",
            "check_in_retry_working_days",
        ),
        SEARCH: ("min_active_applications", "search_gap_working_days"),
        AWAY: ("away",),
    }
)
"""The rules' settings by section, in the order in which they are shown."""

OWN: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        SEARCH: ("paused", "goal"),
        NOTIFICATIONS: (LOGIN, "private", "encouragement"),
        PHONE: ("phone_folder", "phone_events", "phone_private", "server"),
        LOOK: (
            "language",
            "theme",
            "text_size",
            "font",
            "spaced_letters",
            "sender",
            "report_name",
            "report_number",
        ),
        DATA: ("backups", "second_backups", "passphrase"),
    }
)
"""So it is with the program's own."""

ORDER = tuple(name for section in SECTIONS for name in RULES.get(section, ()))
"""All settings of the rules as they are shown, section by section."""


def section_of(setting: str) -> str:
    """The section that has this setting; one that is named itself is its own."""
    found = (each for each in SECTIONS if setting in (*RULES.get(each, ()), *OWN.get(each, ())))
    return next(found, setting)


def sections_about(typed: str) -> list[str]:
    """The sections in which every word of what was typed is found: in headings, titles and explanations."""
    words = typed.casefold().split()
    return [section for section in SECTIONS if all(word in _words_of(section) for word in words)]


def setting_about(typed: str, section: str) -> str:
    """The first setting of that section that is about what was typed; the section, if none is."""
    words = typed.casefold().split()
    for name in (*RULES.get(section, ()), *OWN.get(section, ())):
        if words and all(word in _words(name) for word in words):
            return name
    return section


def _words_of(section: str) -> str:
    names = (*RULES.get(section, ()), *OWN.get(section, ()))
    return " ".join((_(section).casefold(), *(_words(name) for name in names)))


def _words(name: str) -> str:
    if name in OWN_SETTINGS:
        return _(OWN_SETTINGS[name]).casefold()
    return f"{setting_title(name)} {setting_help(name)}".casefold()
