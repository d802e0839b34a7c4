"""What the settings are called, and what those of the rules do; tip numbers are those of the article."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from followup_desktop.domain.policy import SETTINGS
from followup_desktop.i18n import N_, _

SECTIONS = (
    N_("Place and time"),
    N_("Interviews"),
    N_("Thank-you"),
    N_("Following up"),
    N_("Search"),
    N_("Away"),
    N_("Notifications"),
    N_("On your phone"),
    N_("Look and name"),
    N_("Message templates"),
    N_("Trash"),
)
"""The headings, from top to bottom; in English each is the section's name in the program."""

LOGIN = "login"
OWN_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "paused": N_("Pause the search"),
        LOGIN: N_("Start at login, in the tray"),
        "private": N_("Show nothing private in notifications"),
        "encouragement": N_("Words of encouragement"),
        "phone_folder": N_("Folder for your phone's calendar"),
        "phone_events": N_("Follow-ups also as appointments on your phone"),
        "phone_private": N_("No names on the phone"),
        "theme": N_("Theme: light, dark or as the system"),
        "sender": N_("Your name below your emails"),
    }
)
"""The settings that are the program's own and none of the rules': their names and titles.

``LOGIN`` is there only where it can be arranged.
"""

_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "timezone": (
            N_("Your time zone"),
            N_(
                "The zone you live in. Reminders and quiet hours follow it; each application keeps its own "
                "zone."
            ),
        ),
        "country": (
            N_("Your country"),
            N_(
                "Whose public holidays count as days off, where an application does not name its own country."
            ),
        ),
        "away": (
            N_("Away"),
            N_(
                "Days on which you don't want to reach out to anyone, such as a holiday: up to 20 periods "
                "of up to 60 days. Enjoy them; the search waits for you."
            ),
        ),
        "quiet_from": (
            N_("Quiet from"),
            N_("From this time on you are left in peace. Set it equal to the end to have no quiet hours."),
        ),
        "quiet_until": (
            N_("Quiet until"),
            N_("When reminders may begin again; quiet hours last twelve hours at most."),
        ),
        "ask_lead_minutes": (
            N_("Remind me before an interview"),
            N_(
                "How long before an interview you are reminded of what to ask there: the next steps, and "
                "when you will hear (tip 1)."
            ),
        ),
        "debrief_delay_minutes": (
            N_("Debrief after an interview"),
            N_(
                "How long after an interview you are asked whom you met and what date they named, while you "
                "still remember it (tips 1, 2 and 9)."
            ),
        ),
        "thank_you_delay_minutes": (
            N_("Thank them after"),
            N_("How long after an interview you are reminded to thank each person you talked with (tip 2)."),
        ),
        "thank_you_hours": (
            N_("Thank them within"),
            N_("By when a thank-you should be sent. The article advises 24 hours (tip 2)."),
        ),
        "grace_working_days": (
            N_("Patience after the date they named"),
            N_(
                "How long to wait beyond the date they named before you ask. People run late, so a little "
                "patience is kind (tip 3)."
            ),
        ),
        "default_reply_working_days": (
            N_("When they named no date"),
            N_(
                "How long an employer who named no date may take before the patience above begins (tips 1 "
                "and 3)."
            ),
        ),
        "retry_working_days": (
            N_("Try again after"),
            N_(
                "How long to wait after a call or email that was not answered before trying once more (tip "
                "5)."
            ),
        ),
        "max_attempts": (
            N_("Attempts before moving on"),
            N_("After this many unanswered attempts it is time to move on: persistent, not a pest (tip 5)."),
        ),
        "no_call_weekdays": (
            N_("Don't chase anyone on"),
            N_(
                "Weekdays on which you neither call nor write to ask; Monday is a busy day for everyone "
                "(tip 4)."
            ),
        ),
        "call_windows": (
            N_("Call between"),
            N_(
                "The hours of the employer's day in which a call is welcome: one to four windows, in order "
                "(tip 3)."
            ),
        ),
        "contact_gap_working_days": (
            N_("Leave an employer in peace for"),
            N_(
                "The least time between two contacts with one employer, whatever you applied for there; 0 "
                "sets no limit. Never overwhelm an employer (tip 5)."
            ),
        ),
        "check_in_working_days": (
            N_("Check in after applying"),
            N_(
                "How long after applying, or after the posting closes, you ask about an application that "
                "led to no interview yet (tip 3)."
            ),
        ),
        "check_in_retry_working_days": (
            N_("Check in again after"),
            N_("How long to wait after an unanswered check-in before the next (tip 5)."),
        ),
        "min_active_applications": (
            N_("Keep this many applications active"),
            N_("With fewer you are reminded to look for more, however well an interview went (tip 7)."),
        ),
        "search_gap_working_days": (
            N_("Apply at least every"),
            N_(
                "How long after your last application you are reminded to send another; it's a numbers game "
                "(tips 7 and 10)."
            ),
        ),
    }
)
"""A title, and a sentence or two that name the tip which the setting serves, if any."""


def setting_title(name: str) -> str:
    """What the setting is called: "Try again after"."""
    return _(_TEXTS[name][0])


def setting_help(name: str) -> str:
    """What the setting does, in a sentence or two."""
    return _(_TEXTS[name][1])


def settings_by_name(*, login: bool) -> dict[str, str]:
    """Every setting by its name with its title, then the sections; that of ``LOGIN`` only if asked for."""
    titles = {setting.name: setting_title(setting.name) for setting in SETTINGS}
    titles |= {name: _(title) for name, title in OWN_SETTINGS.items() if login or name != LOGIN}
    return titles | {heading: _(heading) for heading in SECTIONS}
