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
    N_("Appearance and name"),
    N_("Data"),
    N_("Message templates"),
)
"""The headings, from top to bottom; in English each is the section's name in the program."""

LOGIN = "login"
OWN_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "paused": N_("Pause the search"),
        "goal": N_("Weekly goal"),
        LOGIN: N_("Start in the tray at login"),
        "private": N_("Hide details in notifications"),
        "encouragement": N_("Encouragement after a rejection"),
        "phone_folder": N_("Phone calendar folder"),
        "phone_events": N_("Follow-ups as appointments on your phone"),
        "phone_private": N_("Hide names on your phone"),
        "server": N_(
            "Calendar server for your phone (CalDAV): iCloud, Nextcloud, Fastmail, Posteo, mailbox.org"
        ),
        "language": N_("Language of the program"),
        "theme": N_("Theme: light, dark, high contrast or system"),
        "text_size": N_("Text size: larger or smaller letters, zoom"),
        "font": N_("Font that is easy to read, dyslexia"),
        "spaced_letters": N_("More space between letters"),
        "sender": N_("Your name in emails"),
        "report_name": N_("Your name in the report"),
        "report_number": N_("Customer number in the report"),
        "backups": N_("Backups of your data"),
        "second_backups": N_("Second folder for backups"),
        "passphrase": N_("Passphrase: encrypt your data"),
    }
)
"""The settings that are the program's own and none of the rules': their names and titles.

``LOGIN`` is there only where it can be arranged.
"""

_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "timezone": (
            N_("Your time zone"),
            N_("The time zone you live in, for reminders and quiet hours. Each application keeps its own."),
        ),
        "country": (
            N_("Your country"),
            N_("Whose public holidays count as days off, for applications without a country of their own."),
        ),
        "away": (
            N_("Days away"),
            N_(
                "Days when you don't want to reach out to anyone, such as a holiday: up to 20 "
                "periods of up to 60 days. Enjoy them. Your search can wait."
            ),
        ),
        "quiet_from": (
            N_("Quiet from"),
            N_("No reminders from this time on. To have no quiet hours, make both times the same."),
        ),
        "quiet_until": (
            N_("Quiet until"),
            N_("When reminders start again. Quiet hours can last up to 12 hours."),
        ),
        "ask_lead_minutes": (
            N_("Remind me before an interview"),
            N_(
                "How long before an interview you're reminded what to ask there: the next "
                "steps, and when you'll hear back (tip 1)."
            ),
        ),
        "debrief_delay_minutes": (
            N_("Debrief after an interview"),
            N_(
                "How long after an interview you're asked who you met and when you'll hear "
                "back, while it's fresh (tips 1, 2 and 9)."
            ),
        ),
        "thank_you_delay_minutes": (
            N_("Thank them after"),
            N_("How long after an interview you're reminded to thank each person you talked with (tip 2)."),
        ),
        "thank_you_hours": (
            N_("Thank them within"),
            N_("How soon a thank-you should go out. The article says 24 hours (tip 2)."),
        ),
        "grace_working_days": (
            N_("Wait after their date"),
            N_(
                "How long to wait after the date they gave you before you ask. People run "
                "late, so a little patience helps (tip 3)."
            ),
        ),
        "default_reply_working_days": (
            N_("When they give no date"),
            N_(
                "How long to give an employer who didn't say when you'd hear back. The "
                "patience above starts after that (tips 1 and 3)."
            ),
        ),
        "retry_working_days": (
            N_("Try again after"),
            N_("How long to wait after an unanswered call or email before you try again (tip 5)."),
        ),
        "max_attempts": (
            N_("Attempts before moving on"),
            N_(
                "After this many unanswered attempts, it's time to move on. Be persistent, not "
                "a pest (tip 5)."
            ),
        ),
        "no_call_weekdays": (
            N_("Don't call or write on"),
            N_("Weekdays when you don't call or write to ask. Monday is a busy day for everyone (tip 4)."),
        ),
        "call_windows": (
            N_("Call between"),
            N_("Good hours to call, in the employer's time zone: one to four windows, in order (tip 3)."),
        ),
        "contact_gap_working_days": (
            N_("Leave an employer alone for"),
            N_(
                "The shortest time between two contacts with one employer, across all your "
                "applications there. 0 means no limit. Never overwhelm an employer (tip 5)."
            ),
        ),
        "check_in_working_days": (
            N_("Check in after applying"),
            N_(
                "How long after you apply, or after the posting closes, to ask about an "
                "application without an interview (tip 3)."
            ),
        ),
        "check_in_retry_working_days": (
            N_("Check in again after"),
            N_("How long to wait after an unanswered check-in before the next one (tip 5)."),
        ),
        "min_active_applications": (
            N_("Keep this many applications active"),
            N_(
                "With fewer than this, you're reminded to look for more, however well an "
                "interview went (tip 7)."
            ),
        ),
        "search_gap_working_days": (
            N_("Apply at least every"),
            N_(
                "How long after your last application you're reminded to send another. It's a "
                "numbers game (tips 7 and 10)."
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
