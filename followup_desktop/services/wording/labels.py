"""The names of what the interface shows: answers, kinds, sections, tips, and those of facts."""

from __future__ import annotations

from followup_desktop.domain.answers import Answer, EmployerReply
from followup_desktop.domain.filters import NextStep
from followup_desktop.domain.model import FollowUpState, InterviewKind
from followup_desktop.i18n import _, format_number, ngettext, pgettext
from followup_desktop.services.rows import SOON_DAYS, StageFilter, TodaySection
from followup_desktop.services.wording.facts import (
    application_words,
    channel_names,
    column_words,
    contact_words,
    event_words,
    interview_words,
    reminder_words,
    stage_names,
)


class Labels:
    """Every label, translated once; a change of language makes a new one."""

    def __init__(self) -> None:
        self.answers = answer_labels()
        self.answers_done = _answers_done()
        self.missed_answers = {
            Answer.WRITE_EMAIL: pgettext("an answer", "Write it anyway…"),
            Answer.SKIP: pgettext("an answer", "Let it go"),
        }
        self.stages = stage_names()
        self.tips = _tips()
        self.facts = application_words()
        self.contact_facts = contact_words()
        self.interview_facts = interview_words()
        self.event_facts = event_words()
        self.reminder_facts = reminder_words()
        self.columns = column_words(self.facts)
        self.sections = _sections()
        self.stage_filters = _stage_filters()
        self.next_steps = _next_steps()
        self.event_kinds = self.event_facts["kind"].choices
        self.interview_kinds = self.interview_facts["kind"].choices
        self.interview_kinds_within = _interview_kinds_within()
        self.said = {
            EmployerReply.DATE: pgettext("what they said", "A date…"),
            EmployerReply.NEXT_INTERVIEW: pgettext("what they said", "Next interview…"),
            EmployerReply.OFFER: pgettext("what they said", "Offer"),
            EmployerReply.REFUSED: pgettext("what they said", "Rejected"),
            EmployerReply.NOTHING_NEW: pgettext("what they said", "Nothing new"),
        }
        self.channels = channel_names()
        self.states = {
            FollowUpState.UPCOMING: pgettext("a follow-up is", "upcoming"),
            FollowUpState.DUE: pgettext("a follow-up is", "due"),
            FollowUpState.LATE: pgettext("a follow-up is", "late"),
            FollowUpState.SNOOZED: pgettext("a follow-up is", "snoozed"),
            FollowUpState.EXPIRED: pgettext("a follow-up is", "expired"),
            FollowUpState.SKIPPED: pgettext("a follow-up is", "skipped"),
        }
        self.not_on_weekday = (
            _("not on Mondays"),
            _("not on Tuesdays"),
            _("not on Wednesdays"),
            _("not on Thursdays"),
            _("not on Fridays"),
        )


def answer_labels() -> dict[Answer, str]:
    """What each answer is called, in the language of now."""
    return {
        Answer.DONE: pgettext("an answer", "Done"),
        Answer.RESCHEDULED: pgettext("an answer", "Rescheduled…"),
        Answer.THEY_CANCELLED: pgettext("an answer", "They cancelled"),
        Answer.DEBRIEF: pgettext("an answer", "Debrief…"),
        Answer.DID_NOT_TAKE_PLACE: pgettext("an answer", "It didn't take place…"),
        Answer.SKIP: pgettext("an answer", "Skip"),
        Answer.WRITE_EMAIL: pgettext("an answer", "Write email…"),
        Answer.SENT: pgettext("an answer", "Sent"),
        Answer.NO_ADDRESS: pgettext("an answer", "No address: ask the organiser…"),
        Answer.NEEDS_NONE: pgettext("an answer", "Needs none"),
        Answer.SPOKE: pgettext("an answer", "Spoke"),
        Answer.LEFT_MESSAGE: pgettext("an answer", "Left message"),
        Answer.NO_ANSWER: pgettext("an answer", "No answer"),
        Answer.EMAILED_INSTEAD: pgettext("an answer", "Emailed instead"),
        Answer.THEY_ANSWERED: pgettext("an answer", "They answered…"),
        Answer.MOVE_ON: pgettext("an answer", "Move on"),
        Answer.TRY_SOMEONE_ELSE: pgettext("an answer", "Try someone else…"),
        Answer.KEEP_WAITING: pgettext("an answer", "Keep waiting until…"),
        Answer.APPLIED: pgettext("an answer", "Applied…"),
        Answer.ACCEPT: pgettext("an answer", "Accept"),
        Answer.DECLINE: pgettext("an answer", "Decline"),
        Answer.ASK_FOR_TIME: pgettext("an answer", "Ask for time…"),
        Answer.GAVE_DATE: pgettext("an answer", "They gave a date…"),
        Answer.WITHDRAWN: pgettext("an answer", "Withdrawn"),
        Answer.ADD_APPLICATION: pgettext("an answer", "Add application"),
        Answer.NOT_NOW: pgettext("an answer", "Not now"),
    }


def _answers_done() -> dict[Answer, str]:
    """What is said once an answer was given, most with its title; not of answers that begin something."""
    marked_done = _("Marked “{title}” as done")
    dated = _("Saved the date for “{title}”")
    return {
        Answer.DONE: marked_done,
        Answer.RESCHEDULED: _("Saved the new time for “{title}”"),
        Answer.THEY_CANCELLED: _("Marked the interview as cancelled"),
        Answer.DID_NOT_TAKE_PLACE: _("Marked the interview as cancelled, as it didn't take place"),
        Answer.SKIP: _("Skipped “{title}”"),
        Answer.SENT: _("Marked “{title}” as sent"),
        Answer.NEEDS_NONE: _("Marked “{title}” as not needed"),
        Answer.SPOKE: _("Logged “{title}”"),
        Answer.LEFT_MESSAGE: _("Logged the message you left for “{title}”"),
        Answer.NO_ANSWER: _("Logged the unanswered call for “{title}”"),
        Answer.EMAILED_INSTEAD: _("Logged the email for “{title}”"),
        Answer.THEY_ANSWERED: _("Logged their reply for “{title}”"),
        Answer.MOVE_ON: _("Answered “{title}”"),
        Answer.KEEP_WAITING: _("Marked “{title}” as still waiting"),
        Answer.APPLIED: marked_done,
        Answer.ACCEPT: _("Marked “{title}” as accepted"),
        Answer.DECLINE: _("Marked “{title}” as declined"),
        Answer.ASK_FOR_TIME: dated,
        Answer.GAVE_DATE: dated,
        Answer.WITHDRAWN: marked_done,
        Answer.NOT_NOW: _("Put off “{title}”"),
    }


def _tips() -> dict[int, str]:
    return {
        1: _("Ask what happens next and when you'll hear back."),
        2: _("Write to each person you talked with within 24 hours."),
        3: _("Give them a little time after the date they gave you, then ask where things stand."),
        4: _("Don't call on Mondays."),
        5: _("After a couple of unanswered attempts, move on. Be persistent, not a pest."),
        6: _("Told no? Ask for feedback. It's worth a try."),
        7: _("Don't rely on one interview. Keep searching."),
        8: _("Don't take it personally."),
        9: _("Not every company is right for you. You're checking them out too."),
        10: _("Don't be discouraged. It's a numbers game."),
    }


def _sections() -> dict[TodaySection, str]:
    return {
        TodaySection.LATE: pgettext("a section of Today", "Late"),
        TodaySection.NOW: pgettext("a section of Today", "Now"),
        TodaySection.TODAY: pgettext("a section of Today", "Later today"),
        TodaySection.NEXT_7_DAYS: pgettext("a section of Today", "Next 7 days"),
        TodaySection.LATER: pgettext("a section of Today", "Later"),
        TodaySection.SNOOZED: pgettext("a section of Today", "Snoozed"),
        TodaySection.MISSED: pgettext("a section of Today", "Missed"),
    }


def _stage_filters() -> dict[StageFilter, str]:
    return {
        StageFilter.ACTIVE: pgettext("which applications are shown", "All active"),
        StageFilter.SAVED: pgettext("which applications are shown", "Saved"),
        StageFilter.APPLIED: pgettext("which applications are shown", "Applied"),
        StageFilter.INTERVIEWING: pgettext("which applications are shown", "Interviewing"),
        StageFilter.OFFER: pgettext("which applications are shown", "Offer"),
        StageFilter.CLOSED: pgettext("which applications are shown", "Closed"),
        StageFilter.ARCHIVED: pgettext("which applications are shown", "Archived"),
        StageFilter.ALL: pgettext("which applications are shown", "All"),
    }


def _next_steps() -> dict[NextStep, str]:
    return {
        NextStep.NOW: pgettext("applications whose next follow-up is", "Due now"),
        NextStep.SOON: ngettext("Due within {n} day", "Due within {n} days", SOON_DAYS).format(
            n=format_number(SOON_DAYS)
        ),
        NextStep.CALL: pgettext("applications whose next follow-up is", "Next is a call"),
        NextStep.EMAIL: pgettext("applications whose next follow-up is", "Next is an email"),
        NextStep.NONE: pgettext("applications whose next follow-up is", "Nothing planned"),
    }


def _interview_kinds_within() -> dict[InterviewKind, str]:
    return {
        InterviewKind.PHONE: pgettext("a kind of interview, within a line", "phone"),
        InterviewKind.VIDEO: pgettext("a kind of interview, within a line", "video"),
        InterviewKind.ONSITE: pgettext("a kind of interview, within a line", "onsite"),
        InterviewKind.TECHNICAL: pgettext("a kind of interview, within a line", "technical"),
        InterviewKind.PANEL: pgettext("a kind of interview, within a line", "panel"),
        InterviewKind.INFORMATIONAL: pgettext("a kind of interview, within a line", "informational"),
        InterviewKind.OTHER: pgettext("a kind of interview, within a line", "other"),
    }
