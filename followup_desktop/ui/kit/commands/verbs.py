"""What the commands do where a view has no way of its own: the verbs of the tracker, links, the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.meeting import MeetingLink, meeting_link
from followup_desktop.domain.model import Channel, Contact, Stage, id_in
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import _
from followup_desktop.services.messages.new_time import new_time_key
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.ui.kit.contact_links import call_to, mail_to, page
from followup_desktop.ui.kit.requests import AddApplication, BeginForm, EditReminder, WriteMessage
from followup_desktop.ui.kit.selection import CurrentFollowUp, CurrentGroup, CurrentInterview, Selection
from followup_desktop.ui.kit.view import Context

_BLOCK = 64
"""So many rows are looked at before the next are fetched."""

Verb = Callable[[Context, Selection], object]
Test = Callable[[Context, Selection], bool]


# Applications


def log(what: str) -> Verb:
    """Opens the form of an entry of the application's timeline, as its draft is named."""

    def begin(context: Context, selection: Selection) -> object:
        return context.open(BeginForm(what, _one(selection)))

    return begin


def add_another(context: Context, selection: Selection) -> None:
    """Opens the form of a new application at the same employer."""
    context.open(AddApplication(employer=_employer(context, _one(selection))))


def set_stage(stage: Stage) -> Verb:
    """Moves the application to the stage."""

    def move(context: Context, selection: Selection) -> None:
        application = _one(selection)
        name = _employer(context, application)
        if context.do(lambda: context.tracker.set_stage(application, stage)):
            words = _("Moved {name} to {stage}")
            context.show_status(words.format(name=name, stage=context.wording.stage_label(stage)))

    return move


def is_elsewhere(stage: Stage) -> Test:
    """Whether the application is in another stage; of many that is taken for granted."""

    def test(context: Context, selection: Selection) -> bool:
        rows = context.overview.application_rows(list(selection.applications[:2]), context.clock())
        return len(rows) > 1 or any(row.stage is not stage for row in rows)

    return test


def archive(context: Context, selection: Selection) -> None:
    """Put the application away."""
    application = _one(selection)
    name = _employer(context, application)
    if context.do(lambda: context.tracker.archive_application(application)):
        context.show_status(_("Archived the application to {employer}").format(employer=name))


def unarchive(context: Context, selection: Selection) -> None:
    """Take the application out of the archive."""
    application = _one(selection)
    name = _employer(context, application)
    if context.do(lambda: context.tracker.archive_application(application, archived=False)):
        words = _("Unarchived the application to {employer}")
        context.show_status(words.format(employer=name))


def all_archived(context: Context, selection: Selection) -> bool:
    """Whether everything selected was put away, so that it can only be taken out again."""
    ids, now = selection.applications, context.clock()
    blocks = (ids[start : start + _BLOCK] for start in range(0, len(ids), _BLOCK))
    return bool(ids) and all(
        row.archived for block in blocks for row in context.overview.application_rows(block, now)
    )


def not_all_archived(context: Context, selection: Selection) -> bool:
    """Whether there is something to be put away."""
    return not all_archived(context, selection)


def delete_application(context: Context, selection: Selection) -> None:
    """The application goes to the trash."""
    application = _one(selection)
    name = _employer(context, application)
    if context.do(lambda: context.tracker.trash_application(application)):
        words = _("Deleted the application to {employer}")
        context.show_status(words.format(employer=name))


def has_posting(context: Context, selection: Selection) -> bool:
    """Whether the posting's address is one of a web page."""
    return page(_posting(context, selection)) is not None


def open_posting(context: Context, selection: Selection) -> None:
    """Open the posting in the browser."""
    _open(context, page(_posting(context, selection)))


def copy_posting(context: Context, selection: Selection) -> None:
    """Put the posting's address on the clipboard."""
    _copy(context, _posting(context, selection))


# Follow-ups


def answer(given: Answer) -> Verb:
    """Gives that answer."""

    def give(_context: Context, selection: Selection) -> object:
        return _follow_up(selection).answer(given)

    return give


def takes(given: Answer) -> Test:
    """Whether that is one of the answers."""

    def test(_context: Context, selection: Selection) -> bool:
        return selection.follow_up is not None and given in selection.follow_up.row.answers

    return test


def is_open(_context: Context, selection: Selection) -> bool:
    """Whether the follow-up can be put off or left out."""
    return selection.follow_up is not None and selection.follow_up.row.is_open


def is_own(_context: Context, selection: Selection) -> bool:
    """Whether it is a reminder of the user's own."""
    return selection.follow_up is not None and selection.follow_up.row.is_own


def has_words(_context: Context, selection: Selection) -> bool:
    """Whether there is something to say for it, where writing is none of its answers."""
    return selection.follow_up is not None and bool(words_wanted(selection.follow_up.row))


def words_wanted(row: FollowUpRow) -> bool:
    """Whether what to say is offered beside the answers: the script of a call, or asking for time."""
    if not row.is_open or row.waits_for is not None:
        return False
    rule = row_of(row.rule)
    return rule.offers_words or (rule.script is not None and row.channel is Channel.PHONE)


def snooze(_context: Context, selection: Selection) -> object:
    """Ask when to be reminded again."""
    return _follow_up(selection).snooze()


def skip(_context: Context, selection: Selection) -> object:
    """Leave it out."""
    return _follow_up(selection).skip()


def takes_for_all(given: Answer | None) -> Test:
    """Whether that is one of the answers to all of the group; ``None`` is to skip them."""

    def test(_context: Context, selection: Selection) -> bool:
        return selection.group is not None and given in selection.group.answers

    return test


def answer_all(given: Answer | None) -> Verb:
    """Gives that answer to all of the group; ``None`` skips them."""

    def give(_context: Context, selection: Selection) -> object:
        return _group(selection).answer_all(given)

    return give


def is_closed(_context: Context, selection: Selection) -> bool:
    """Whether the follow-ups of the group aren't shown yet."""
    return selection.group is not None and not selection.group.is_open


def review(_context: Context, selection: Selection) -> object:
    """Show the follow-ups of the group."""
    return _group(selection).review()


def explain(_context: Context, selection: Selection) -> object:
    """Say why there is this reminder."""
    return _follow_up(selection).explain()


def show_words(context: Context, selection: Selection) -> object:
    """Show what to say."""
    return context.open(WriteMessage(_follow_up(selection).row.key))


def edit_reminder(context: Context, selection: Selection) -> object:
    """Open the form of the reminder."""
    return context.open(EditReminder(id_in(_follow_up(selection).row.key)))


def delete_reminder(context: Context, selection: Selection) -> None:
    """Delete the reminder."""
    row = _follow_up(selection).row
    if context.do(lambda: context.tracker.delete_reminder(id_in(row.key))):
        context.show_status(_("Deleted “{title}”").format(title=row.title))


# Interviews


def is_planned(_context: Context, selection: Selection) -> bool:
    """Whether the interview was not called off."""
    return selection.interview is not None and not selection.interview.cancelled


def is_cancelled(_context: Context, selection: Selection) -> bool:
    """Whether it was called off."""
    return selection.interview is not None and selection.interview.cancelled


def is_over(context: Context, selection: Selection) -> bool:
    """Whether it is past, and was not called off."""
    return is_planned(context, selection) and _interview(selection).is_over


def can_join(context: Context, selection: Selection) -> bool:
    """Whether its location has the link of a meeting that isn't over."""
    return (
        is_planned(context, selection)
        and not _interview(selection).is_over
        and _link(context, selection) is not None
    )


def join(context: Context, selection: Selection) -> None:
    """Open the page of the meeting."""
    link = _link(context, selection)
    if link is not None:
        context.join(link.url)


def _link(context: Context, selection: Selection) -> MeetingLink | None:
    interview = _interview(selection).id
    application = context.overview.application(context.overview.application_of_interview(interview))
    location = next((each.location for each in application.interviews if each.id == interview), "")
    return meeting_link(location)


def they_cancelled(context: Context, selection: Selection) -> None:
    """The employer called it off."""
    context.do(lambda: context.tracker.they_cancelled(_interview(selection).id))


def did_not_take_place(context: Context, selection: Selection) -> None:
    """Note that it did not take place, and open the message that asks for a new time."""
    done = context.do(lambda: context.tracker.did_not_take_place(_interview(selection).id))
    if done is not None:
        context.show_status(done.label)
        if done.letter is not None:
            context.open(WriteMessage(done.letter))


def ask_for_new_time(context: Context, selection: Selection) -> object:
    """Write the message that asks for a new time."""
    return context.open(WriteMessage(new_time_key(_interview(selection).id)))


def delete_interview(context: Context, selection: Selection) -> None:
    """Delete the interview."""
    if context.do(lambda: context.tracker.delete_interview(_interview(selection).id)):
        context.show_status(_("Deleted the interview"))


# People


def can_email(context: Context, selection: Selection) -> bool:
    """Whether the person has an email address."""
    return mail_to(_contact(context, selection).email) is not None


def can_call(context: Context, selection: Selection) -> bool:
    """Whether the person has a number that can be dialled."""
    return call_to(_contact(context, selection).phone) is not None


def has_email(context: Context, selection: Selection) -> bool:
    """Whether an email address was noted."""
    return bool(_contact(context, selection).email)


def has_phone(context: Context, selection: Selection) -> bool:
    """Whether a number was noted."""
    return bool(_contact(context, selection).phone)


def has_page(context: Context, selection: Selection) -> bool:
    """Whether the person has a web page."""
    return page(_contact(context, selection).url) is not None


def email_person(context: Context, selection: Selection) -> None:
    """Begin an email in the user's email app."""
    _open(context, mail_to(_contact(context, selection).email))


def call_person(context: Context, selection: Selection) -> None:
    """Dial the number."""
    _open(context, call_to(_contact(context, selection).phone))


def open_page(context: Context, selection: Selection) -> None:
    """Open the web page in the browser."""
    _open(context, page(_contact(context, selection).url))


def copy_email(context: Context, selection: Selection) -> None:
    """Put the email address on the clipboard."""
    _copy(context, _contact(context, selection).email)


def copy_phone(context: Context, selection: Selection) -> None:
    """Put the number on the clipboard."""
    _copy(context, _contact(context, selection).phone)


def delete_contact(context: Context, selection: Selection) -> None:
    """The person goes to the trash."""
    contact = _contact(context, selection)
    if context.do(lambda: context.tracker.trash_contact(contact.id)):
        words = _("Deleted {name}")
        context.show_status(words.format(name=contact.name))


def _one(selection: Selection) -> str:
    if selection.application is None:
        raise LookupError("no application is selected")
    return selection.application


def _follow_up(selection: Selection) -> CurrentFollowUp:
    if selection.follow_up is None:
        raise LookupError("no follow-up is selected")
    return selection.follow_up


def _group(selection: Selection) -> CurrentGroup:
    if selection.group is None:
        raise LookupError("no group is selected")
    return selection.group


def _interview(selection: Selection) -> CurrentInterview:
    if selection.interview is None:
        raise LookupError("no interview is selected")
    return selection.interview


def _contact(context: Context, selection: Selection) -> Contact:
    if selection.person is None:
        raise LookupError("no person is selected")
    try:
        return context.readers.people.detail(selection.person, context.clock()).contact
    except Refused:  # gone meanwhile: nothing of it is offered
        return Contact(id=selection.person, name="")


def _posting(context: Context, selection: Selection) -> str:
    detail = context.detail_of(selection.application)
    return "" if detail is None else detail.application.url


def _employer(context: Context, application: str) -> str:
    detail = context.detail_of(application)
    return "" if detail is None else detail.application.employer


def _open(context: Context, url: QUrl | None) -> None:
    if url is not None and not context.desktop.open_url(url):
        context.show_status(_("No app on this computer can open this. Copy it instead."))


def _copy(context: Context, text: str) -> None:
    context.desktop.copy(text)
    context.show_status(_("Copied {text}").format(text=text))
