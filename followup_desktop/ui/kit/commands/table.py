"""The commands, a row each: words, picture, keys, what must be selected, and what they do.

The menus of the window say where each stands (``ui/window/actions.py``), and the views which of them their
own menus offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import EventKind, Stage
from followup_desktop.i18n import N_, _
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.commands import verbs
from followup_desktop.ui.kit.commands.command import Command, Need, plain
from followup_desktop.ui.kit.requests import (
    OpenApplication,
    OpenDebrief,
    OpenEvent,
    OpenInterview,
    OpenPerson,
)
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.theme import THEME_LABELS, ThemeChoice
from followup_desktop.ui.kit.view import Context

ANSWERS = "answers"
"""Stands in a menu for the answers of the follow-up that is selected."""
ANSWER = "answer-{}"
"""The id of the command that gives an answer."""
FOR_ALL = "all-{}"
"""The id of the command that gives an answer to all of a group."""
LOOK = "theme-{}"
"""The id of the command that chooses a look."""
STAGE = "stage-{}"
"""The id of the command that moves an application to a stage."""

INTERVIEW_VERBS = (
    "open-interview",
    "join-interview",
    "debrief-interview",
    "reschedule-interview",
    "interview-cancelled",
    "interview-not-held",
    "ask-for-new-time",
    None,
    "delete-interview",
)
"""What a menu offers for an interview; ``None`` is a line between."""
ANSWERS_FOR_ALL = (Answer.DONE, Answer.NEEDS_NONE, Answer.MOVE_ON, Answer.WITHDRAWN)
"""What can be answered to all of a group at once; the other answers differ from one to the next."""
GROUP_VERBS = ("review", "skip-all", *(FOR_ALL.format(answer) for answer in ANSWERS_FOR_ALL))
"""What a menu offers for a group of follow-ups."""
FOLLOW_UP_VERBS = (
    ANSWERS,
    None,
    "what-to-say",
    "snooze",
    "skip",
    "why",
    None,
    "edit-reminder",
    "delete-reminder",
)
"""What a menu offers for a follow-up."""

SAVED_VIEW_VERBS = ("rename-view", "replace-view", "delete-view")
"""What a menu offers for one of the user's own views."""
PICTURE_VERBS = ("copy-picture", "copy-table", "save-picture", "print-picture", None, "leave-out-names")
"""What a menu offers for a picture."""
PERSON_VERBS = (
    "open-contact",
    "email-contact",
    "call-contact",
    "copy-email",
    "copy-number",
    "open-web-page",
    None,
    "take-off-application",
    "delete-contact",
)
"""What a menu offers for a person."""
ENTRY_VERBS = ("edit-entry", "delete-entry")
"""What a menu offers for an entry of a timeline."""

LOG_MENU = "log"
"""Asks an application for its menu of what can be logged."""


def log_id(what: str) -> str:
    """The id of the command that logs this: "call spoke" is ``log-call-spoke``."""
    return f"log-{what.translate(str.maketrans(' _', '--'))}"


_ANSWER_ICONS = {
    Answer.DONE: "check",
    Answer.RESCHEDULED: "interview-moved",
    Answer.THEY_CANCELLED: "interview-off",
    Answer.DEBRIEF: "debrief",
    Answer.DID_NOT_TAKE_PLACE: "interview-doubt",
    Answer.WRITE_EMAIL: "mail",
    Answer.SENT: "send",
    Answer.NO_ADDRESS: "organiser",
    Answer.NEEDS_NONE: "needs-none",
    Answer.SPOKE: "call-spoke",
    Answer.LEFT_MESSAGE: "call-message",
    Answer.NO_ANSWER: "call-missed",
    Answer.EMAILED_INSTEAD: "email-forward",
    Answer.THEY_ANSWERED: "reply",
    Answer.MOVE_ON: "move-on",
    Answer.TRY_SOMEONE_ELSE: "someone-else",
    Answer.KEEP_WAITING: "wait",
    Answer.APPLIED: "apply",
    Answer.ACCEPT: "accepted",
    Answer.DECLINE: "decline",
    Answer.ASK_FOR_TIME: "more-time",
    Answer.GAVE_DATE: "day-given",
    Answer.WITHDRAWN: "withdraw",
    Answer.ADD_APPLICATION: "application-add",
    Answer.NOT_NOW: "not-now",
}
"""All but ``Answer.SKIP``, which has a command of its own."""

_THEME_ICONS = {
    ThemeChoice.SYSTEM: "theme-system",
    ThemeChoice.LIGHT: "sun",
    ThemeChoice.DARK: "moon",
    ThemeChoice.CONTRAST: "theme-contrast",
}

_STAGE_ICONS = {
    Stage.SAVED: "bookmark",
    Stage.APPLIED: "apply",
    Stage.INTERVIEWING: "interviewing",
    Stage.OFFER: "offer",
    Stage.ACCEPTED: "accepted",
    Stage.REJECTED: "rejected",
    Stage.WITHDRAWN: "withdraw",
    Stage.NO_RESPONSE: "silence",
}


def _answer(answer: Answer, icon: str) -> Command:
    return Command(
        id=ANSWER.format(answer),
        words=lambda wording: wording.answer_label(answer),
        icon=icon,
        needs=Need.FOLLOW_UP,
        fits=verbs.takes(answer),
        run=verbs.answer(answer),
    )


def _answer_for_all(answer: Answer) -> Command:
    def words(wording: Wording) -> str:
        # Translators: an answer that is given to all follow-ups of a group: "Needs none: all"
        return _("{answer}: all").format(answer=wording.answer_label(answer).rstrip("…"))

    return Command(
        id=FOR_ALL.format(answer),
        words=words,
        icon=_ANSWER_ICONS[answer],
        needs=Need.GROUP,
        fits=verbs.takes_for_all(answer),
        run=verbs.answer_all(answer),
    )


def _stage(stage: Stage, icon: str) -> Command:
    return Command(
        id=STAGE.format(stage),
        words=lambda wording: wording.stage_label(stage),
        icon=icon,
        needs=Need.APPLICATIONS,
        fits=verbs.is_elsewhere(stage),
        run=verbs.set_stage(stage),
    )


def _open_application(context: Context, selection: Selection) -> object:
    return context.open(OpenApplication(selection.application or ""))


def _open_interview(context: Context, selection: Selection) -> object:
    return context.open(OpenInterview(selection.interview.id if selection.interview else ""))


def _debrief(context: Context, selection: Selection) -> object:
    return context.open(OpenDebrief(selection.interview.id if selection.interview else ""))


def _open_entry(context: Context, selection: Selection) -> object:
    return context.open(OpenEvent(selection.entry or ""))


def _open_person(context: Context, selection: Selection) -> object:
    return context.open(OpenPerson(selection.person or ""))


_WINDOW = (
    Command(id="import-file", words=N_("&Import…"), icon="import", shortcut="Ctrl+O"),
    Command(id="export-file", words=N_("&Export…"), icon="export", shortcut="Ctrl+E"),
    Command(id="report", words=N_("&Report…"), icon="report"),
    Command(id="share-search", words=N_("&Share without names…"), icon="web"),
    Command(id="quit", words=N_("&Quit"), icon="quit", shortcut="Ctrl+Q"),
    Command(id="undo", words=N_("&Undo"), icon="undo", shortcut="Ctrl+Z"),
    Command(id="redo", words=N_("&Redo"), icon="redo", shortcut="Ctrl+Shift+Z"),
    Command(id="paste", words=N_("&Paste"), icon="paste", shortcut="Ctrl+V"),
    Command(id="search", words=N_("&Search"), icon="search", shortcut="Ctrl+F"),
    Command(id="palette", words=N_("&Commands…"), icon="commands", shortcut="Ctrl+K"),
    Command(id="add-application", words=N_("&Add application…"), icon="application-add", shortcut="Ctrl+N"),
    Command(id="add-interview", words=N_("Add &interview…"), icon="interview-add", shortcut="Ctrl+I"),
    Command(id="add-contact", words=N_("Add &contact…"), icon="contact-add", shortcut="Ctrl+Shift+N"),
    Command(id="add-reminder", words=N_("A&dd reminder…"), icon="reminder-add", shortcut="Ctrl+R"),
    Command(id="filter-applications", words=N_("&Filter applications…"), icon="filter"),
    Command(id="choose-columns", words=N_("Choose col&umns…"), icon="columns"),
    Command(id="save-view", words=N_("Sa&ve view…"), icon="view-save", shortcut="Ctrl+Shift+S"),
    Command(id="pause-hour", words=N_("Pause reminders for 1 &hour"), icon="pause-hour"),
    Command(id="pause-evening", words=N_("Pause reminders until this &evening"), icon="pause-evening"),
    Command(id="pause-tomorrow", words=N_("Pause reminders until &tomorrow morning"), icon="pause-tomorrow"),
    Command(id="pause-monday", words=N_("Pause reminders until &Monday"), icon="pause-monday"),
    Command(id="resume", words=N_("&Resume reminders"), icon="resume"),
    *(
        Command(id=LOOK.format(choice), words=THEME_LABELS[choice], icon=icon)
        for choice, icon in _THEME_ICONS.items()
    ),
    Command(id="larger-text", words=N_("&Larger text"), icon="text-larger", shortcut="Ctrl++"),
    Command(id="smaller-text", words=N_("S&maller text"), icon="text-smaller", shortcut="Ctrl+-"),
    Command(id="normal-text", words=N_("&Normal text size"), icon="text-normal", shortcut="Ctrl+0"),
    Command(id="guide", words=N_("&Guide"), icon="guide", shortcut="F1"),
    Command(id="shortcuts", words=N_("&Keyboard shortcuts"), icon="keyboard", shortcut="?"),
    Command(id="tips", words=N_("The ten &tips"), icon="tips"),
    Command(id="about", words=N_("&About Follow Up"), icon="info"),
)

_APPLICATION = (
    Command(
        id="open-application",
        words=N_("&Open application"),
        icon="briefcase",
        keys={"today": "O", "applications": "Enter", "board": "Enter"},
        needs=Need.APPLICATION,
        run=_open_application,
    ),
    Command(
        id="add-another",
        words=N_("Add anot&her at this employer"),
        icon="another",
        needs=Need.APPLICATION,
        run=verbs.add_another,
    ),
    Command(
        id="edit-in-table",
        words=N_("Edit in the ta&ble"),
        icon="pencil",
        keys={"applications": "F2"},
        needs=Need.APPLICATION,
    ),
    Command(
        id="open-posting",
        words=N_("Open &posting"),
        icon="link",
        needs=Need.APPLICATION,
        fits=verbs.has_posting,
        run=verbs.open_posting,
    ),
    Command(
        id="copy-posting",
        words=N_("Copy posting a&ddress"),
        icon="posting-copy",
        needs=Need.APPLICATION,
        fits=verbs.has_posting,
        run=verbs.copy_posting,
    ),
    Command(
        id="copy-applications",
        words=N_("&Copy"),
        icon="copy",
        keys={"applications": "Ctrl+C"},
        needs=Need.APPLICATIONS,
    ),
    Command(id="tag-applications", words=N_("&Tag…"), icon="tag", needs=Need.APPLICATIONS),
    Command(
        id="export-applications",
        words=N_("E&xport selection…"),
        icon="export-some",
        needs=Need.APPLICATIONS,
    ),
    Command(
        id="archive",
        words=N_("A&rchive"),
        icon="archive",
        needs=Need.APPLICATIONS,
        fits=verbs.not_all_archived,
        run=verbs.archive,
    ),
    Command(
        id="unarchive",
        words=N_("&Unarchive"),
        icon="unarchive",
        needs=Need.APPLICATIONS,
        fits=verbs.all_archived,
        run=verbs.unarchive,
    ),
    Command(
        id="delete-application",
        words=N_("Delete app&lication"),
        icon="trash",
        keys={"applications": "Del", "board": "Del"},
        needs=Need.APPLICATIONS,
        run=verbs.delete_application,
    ),
)

_LOG_ROWS = (
    ("call spoke", N_("Call: &spoke"), "call-spoke"),
    ("call left_message", N_("Call: &left message"), "call-message"),
    ("call no_answer", N_("Call: no &answer"), "call-missed"),
    ("email", N_("Status &email"), "email-status"),
    ("thank_you", N_("&Thank-you"), "heart"),
    ("feedback_request", N_("&Feedback request"), "feedback"),
    ("message", N_("Other &message"), "message"),
    ("reply", N_("Their &reply"), "reply"),
    ("wait", N_("&Keep waiting until…"), "wait"),
    ("note", N_("&Note"), "note"),
)
"""What can be logged: the kind of the event with its outcome, as the draft of its form is named."""

# Translators: what else a command may be called by whoever looks for it, with commas.
_CALLED = N_("log a call, phone call, telephone")

_LOG = (
    Command(
        id="log-event",
        words=N_("&Log event…"),
        icon="log",
        shortcut="Ctrl+L",
        needs=Need.APPLICATION,
        run=verbs.log(LOG_MENU),
        also=N_("log a call, an email, a note"),
    ),
    *(
        Command(
            id=log_id(what),
            words=words,
            icon=icon,
            needs=Need.APPLICATION,
            run=verbs.log(what),
            also=_CALLED if what.startswith(EventKind.CALL) else "",
        )
        for what, words, icon in _LOG_ROWS
    ),
)

_INTERVIEW = (
    Command(
        id="open-interview",
        words=N_("Edit inter&view"),
        icon="interview-open",
        keys={"calendar": "Enter"},
        needs=Need.INTERVIEW,
        run=_open_interview,
    ),
    Command(
        id="join-interview",
        words=N_("&Join the meeting"),
        icon="join",
        needs=Need.INTERVIEW,
        fits=verbs.can_join,
        run=verbs.join,
    ),
    Command(
        id="debrief-interview",
        words=N_("&Debrief…"),
        icon="debrief",
        needs=Need.INTERVIEW,
        fits=verbs.is_over,
        run=_debrief,
    ),
    Command(
        id="reschedule-interview",
        words=N_("&Rescheduled…"),
        icon="interview-moved",
        needs=Need.INTERVIEW,
        fits=verbs.is_planned,
        run=_open_interview,
    ),
    Command(
        id="interview-cancelled",
        words=N_("They &cancelled"),
        icon="interview-off",
        needs=Need.INTERVIEW,
        fits=verbs.is_planned,
        run=verbs.they_cancelled,
    ),
    Command(
        id="interview-not-held",
        words=N_("It didn't take &place…"),
        icon="interview-doubt",
        needs=Need.INTERVIEW,
        fits=verbs.is_over,
        run=verbs.did_not_take_place,
    ),
    Command(
        id="ask-for-new-time",
        words=N_("Ask for a &new time…"),
        icon="new-time",
        needs=Need.INTERVIEW,
        fits=verbs.is_cancelled,
        run=verbs.ask_for_new_time,
    ),
    Command(
        id="delete-interview",
        words=N_("De&lete interview"),
        icon="interview-delete",
        needs=Need.INTERVIEW,
        run=verbs.delete_interview,
    ),
)

_ENTRY = (
    Command(
        id="edit-entry",
        words=N_("Edit event"),
        icon="entry-edit",
        needs=Need.ENTRY,
        run=_open_entry,
    ),
    Command(id="delete-entry", words=N_("Delete event"), icon="entry-delete", needs=Need.ENTRY),
)

_PERSON = (
    Command(
        id="open-contact",
        words=N_("&Open contact"),
        icon="contact-open",
        keys={"people": "Enter"},
        needs=Need.PERSON,
        run=_open_person,
    ),
    Command(
        id="email-contact",
        words=N_("Write &email"),
        icon="mail",
        needs=Need.PERSON,
        fits=verbs.can_email,
        run=verbs.email_person,
    ),
    Command(
        id="call-contact",
        words=N_("C&all"),
        icon="phone",
        needs=Need.PERSON,
        fits=verbs.can_call,
        run=verbs.call_person,
        also=N_("phone, telephone, ring, dial"),
    ),
    Command(
        id="copy-email",
        words=N_("Copy e&mail"),
        icon="email-copy",
        needs=Need.PERSON,
        fits=verbs.has_email,
        run=verbs.copy_email,
    ),
    Command(
        id="copy-number",
        words=N_("Copy n&umber"),
        icon="phone-copy",
        needs=Need.PERSON,
        fits=verbs.has_phone,
        run=verbs.copy_phone,
        also=N_("phone, telephone"),
    ),
    Command(
        id="open-web-page",
        words=N_("Open &web page"),
        icon="web",
        needs=Need.PERSON,
        fits=verbs.has_page,
        run=verbs.open_page,
    ),
    Command(
        id="take-off-application",
        words=N_("Remove from &this application"),
        icon="person",
        needs=Need.PERSON,
    ),
    Command(
        id="delete-contact",
        words=N_("De&lete contact"),
        icon="contact-delete",
        keys={"people": "Del"},
        needs=Need.PERSON,
        run=verbs.delete_contact,
    ),
)

_FOLLOW_UP = (
    *(_answer(answer, icon) for answer, icon in _ANSWER_ICONS.items()),
    Command(
        id="what-to-say",
        words=N_("What to sa&y"),
        icon="script",
        keys={"today": "C"},
        needs=Need.FOLLOW_UP,
        fits=verbs.has_words,
        run=verbs.show_words,
    ),
    Command(
        id="snooze",
        words=N_("&Snooze…"),
        icon="snooze",
        keys={"today": "S", "applications": "S"},
        needs=Need.FOLLOW_UP,
        fits=verbs.is_open,
        run=verbs.snooze,
    ),
    Command(
        id="skip",
        words=N_("S&kip"),
        icon="skip",
        keys={"today": "K", "applications": "K"},
        needs=Need.FOLLOW_UP,
        fits=verbs.is_open,
        run=verbs.skip,
    ),
    Command(
        id="why",
        words=N_("&Why?"),
        icon="question",
        keys={"today": "W", "applications": "W"},
        needs=Need.FOLLOW_UP,
        run=verbs.explain,
    ),
    Command(
        id="review",
        words=N_("Re&view"),
        icon="review",
        needs=Need.GROUP,
        fits=verbs.is_closed,
        run=verbs.review,
    ),
    Command(
        id="skip-all",
        words=N_("Skip &all"),
        icon="skip",
        needs=Need.GROUP,
        fits=verbs.takes_for_all(None),
        run=verbs.answer_all(None),
    ),
    *map(_answer_for_all, ANSWERS_FOR_ALL),
    Command(
        id="edit-reminder",
        words=N_("Edit re&minder"),
        icon="reminder-edit",
        keys={"today": "F2", "applications": "F2"},
        needs=Need.FOLLOW_UP,
        fits=verbs.is_own,
        run=verbs.edit_reminder,
    ),
    Command(
        id="delete-reminder",
        words=N_("&Delete reminder"),
        icon="reminder-delete",
        keys={"today": "Del", "applications": "Del"},
        needs=Need.FOLLOW_UP,
        fits=verbs.is_own,
        run=verbs.delete_reminder,
    ),
)

_PLACES = (
    Command(id="restore", words=N_("Res&tore"), icon="restore", keys={"trash": "Enter"}),
    Command(id="delete-for-ever", words=N_("&Delete for good…"), icon="trash-forever", keys={"trash": "Del"}),
    Command(id="empty-trash", words=N_("&Empty trash…"), icon="trash-empty"),
    Command(
        id="calendar-today",
        words=N_("Go to to&day"),
        icon="day-today",
        keys={"calendar": "Ctrl+Home"},
    ),
    Command(id="calendar-previous", words=N_("&Previous page"), icon="previous", keys={"calendar": "PgUp"}),
    Command(id="calendar-next", words=N_("&Next page"), icon="next", keys={"calendar": "PgDown"}),
    Command(id="calendar-day", words=N_("Open the da&y"), icon="day-open", keys={"calendar": "D"}),
    Command(id="calendar-week", words=N_("&Week"), icon="week"),
    Command(id="calendar-month", words=N_("&Month"), icon="month"),
    Command(id="rename-view", words=N_("&Rename view…"), icon="pencil"),
    Command(id="replace-view", words=N_("Re&place with this view"), icon="import"),
    Command(id="delete-view", words=N_("&Delete view"), icon="trash"),
    Command(id="copy-picture", words=N_("&Copy picture"), icon="copy", needs=Need.PICTURE),
    Command(id="copy-table", words=N_("Copy &table"), icon="columns", needs=Need.PICTURE),
    Command(id="save-picture", words=N_("&Save picture…"), icon="export", needs=Need.PICTURE),
    Command(id="print-picture", words=N_("&Print picture…"), icon="print", needs=Need.PICTURE),
    Command(id="leave-out-names", words=N_("Without &names"), icon="person", needs=Need.PICTURE),
    Command(
        id="card-left",
        words=N_("Move to the previous stage"),
        icon="left",
        keys={"board": "Ctrl+Left"},
        needs=Need.APPLICATION,
    ),
    Command(
        id="card-right",
        words=N_("Move to the next stage"),
        icon="right",
        keys={"board": "Ctrl+Right"},
        needs=Need.APPLICATION,
    ),
)
"""What one view alone does."""

_ROWS: Iterable[Command] = (
    *_WINDOW,
    *_FOLLOW_UP,
    *_INTERVIEW,
    *_ENTRY,
    *_PERSON,
    *_APPLICATION,
    *_LOG,
    *(_stage(stage, icon) for stage, icon in _STAGE_ICONS.items()),
    *_PLACES,
)

COMMANDS: Mapping[str, Command] = MappingProxyType({command.id: command for command in _ROWS})
"""By their ids, in the order in which the palette offers them."""

LOGGED: Mapping[str, str] = MappingProxyType({log_id(what): what for what, _words, _icon in _LOG_ROWS})
"""By the ids of the commands what they log."""
LOG_PARTS = (*[*LOGGED][:3], None, *[*LOGGED][3:7], None, *[*LOGGED][7:])
"""Calls, what is sent, and the rest: as a menu has them, with lines between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submenu:
    """A menu within a menu: the ids of commands, with ``None`` for a line between groups."""

    title: str
    icon: str
    ids: Sequence[str | None]


GROUP = Submenu(title=N_("&Group"), icon="group", ids=GROUP_VERBS)
LOG = Submenu(title=N_("Lo&g event"), icon="log", ids=LOG_PARTS)
STAGES = Submenu(title=N_("&Stage"), icon="stage", ids=[STAGE.format(stage) for stage in Stage])


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewKeys:
    """Keys that lead about in a view rather than do something: what they do, and the views in which."""

    keys: str
    words: str
    views: tuple[str, ...]


KEYS = (
    ViewKeys(
        keys="Up, Down",
        words=N_("Previous or next row"),
        views=("today", "applications", "people", "trash"),
    ),
    ViewKeys(keys="Enter", words=N_("The row's first button"), views=("today",)),
    ViewKeys(keys="1, 2, 3", words=N_("The row's button with that number"), views=("today", "applications")),
    ViewKeys(keys="Esc", words=N_("Close what's open below the row"), views=("today",)),
    ViewKeys(keys="Left, Right", words=N_("Previous or next column"), views=("board",)),
    ViewKeys(keys="Up, Down", words=N_("Previous or next card"), views=("board",)),
    ViewKeys(keys="Alt+1, Alt+2", words=N_("A saved view"), views=("applications",)),
    ViewKeys(keys="Left, Right", words=N_("Previous or next day with an entry"), views=("calendar",)),
    ViewKeys(keys="Up, Down", words=N_("Previous or next entry"), views=("calendar",)),
    ViewKeys(keys="Ctrl+Left, Ctrl+Right", words=N_("Move by a day"), views=("calendar",)),
    ViewKeys(keys="Ctrl+Up, Ctrl+Down", words=N_("Move by 15 minutes"), views=("calendar",)),
    ViewKeys(keys="Esc", words=N_("Back to the calendar"), views=("calendar",)),
    ViewKeys(keys="Ctrl+Enter", words=N_("Save"), views=("debrief", "reminder", "settings")),
    ViewKeys(keys="Ctrl+Enter", words=N_("Open in your email app"), views=("compose",)),
    ViewKeys(
        keys="Esc", words=N_("Close, and keep what you typed"), views=("compose", "debrief", "reminder")
    ),
)


def answer_keys(row: FollowUpRow) -> list[str]:
    """The keys that give the answers of a follow-up, in their order: Enter for one that is the next step."""
    numbers = [str(number) for number, _answer in enumerate(row.answers, start=1)]
    return ["Enter", *numbers[1:]] if numbers and row.waits_for is None else numbers


def log_title(what: str, wording: Wording) -> str:
    """What the form for something to log is called: as the menu names it, unless that asks for a date."""
    command = COMMANDS.get(log_id(what))
    words = command.label(wording) if command is not None else "…"
    kind = EventKind(what.partition(" ")[0])
    return wording.event_kind_label(kind) if words.endswith("…") else plain(words)
