"""The names of what the interface shows: answers, kinds, rules, sections, tips, and those of facts."""

from __future__ import annotations

from followup_desktop.domain.answers import Answer, EmployerReply
from followup_desktop.domain.model import EventKind, FollowUpState, InterviewKind, Repeat, Rule
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.reading.rows import Section, StageFilter
from followup_desktop.services.wording.facts import (
    application_words,
    channel_names,
    column_words,
    stage_names,
)


class Labels:
    """Every label, translated once; a change of language makes a new one."""

    def __init__(self) -> None:
        self.answers = _answers()
        self.stages = stage_names()
        self.rules = _rules()
        self.tips = _tips()
        self.facts = application_words()
        self.columns = column_words(self.facts)
        self.sections = _sections()
        self.stage_filters = _stage_filters()
        self.event_kinds = _event_kinds()
        self.interview_kinds = _interview_kinds()
        self.said = {
            EmployerReply.DATE: _("A date …"),
            EmployerReply.NEXT_INTERVIEW: _("Next interview …"),
            EmployerReply.OFFER: _("Offer"),
            EmployerReply.REFUSED: _("Refused"),
            EmployerReply.NOTHING_NEW: _("Nothing new"),
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
        self.repeats = {
            Repeat.DAILY: _("Every day"),
            Repeat.WORKING_DAYS: _("Every working day"),
            Repeat.WEEKLY: _("Every week"),
        }
        self.not_on_weekday = (
            _("not on Mondays"),
            _("not on Tuesdays"),
            _("not on Wednesdays"),
            _("not on Thursdays"),
            _("not on Fridays"),
        )


def _answers() -> dict[Answer, str]:
    return {
        Answer.DONE: _("Done"),
        Answer.RESCHEDULED: _("Rescheduled …"),
        Answer.THEY_CANCELLED: _("They cancelled"),
        Answer.DEBRIEF: _("Debrief …"),
        Answer.DID_NOT_TAKE_PLACE: _("It did not take place …"),
        Answer.SKIP: _("Skip"),
        Answer.WRITE_EMAIL: _("Write email …"),
        Answer.SENT: _("Sent"),
        Answer.NO_ADDRESS: _("No address: ask the organiser …"),
        Answer.NEEDS_NONE: _("Needs none"),
        Answer.SPOKE: _("Spoke"),
        Answer.LEFT_MESSAGE: _("Left message"),
        Answer.NO_ANSWER: _("No answer"),
        Answer.EMAILED_INSTEAD: _("Emailed instead"),
        Answer.THEY_ANSWERED: _("They answered …"),
        Answer.MOVE_ON: _("Move on"),
        Answer.TRY_SOMEONE_ELSE: _("Try someone else …"),
        Answer.KEEP_WAITING: _("Keep waiting until …"),
        Answer.APPLIED: _("Applied …"),
        Answer.ACCEPT: _("Accept"),
        Answer.DECLINE: _("Decline"),
        Answer.ASK_FOR_TIME: _("Ask for time …"),
        Answer.WITHDRAWN: _("Withdrawn"),
        Answer.ADD_APPLICATION: _("Add application"),
        Answer.NOT_NOW: _("Not now"),
    }


def _rules() -> dict[Rule, str]:
    return {
        Rule.PREPARE: _("Prepare for an interview"),
        Rule.DEBRIEF: _("Debrief"),
        Rule.THANK_YOU: _("Thank-you email"),
        Rule.STATUS_CALL: _("Status call"),
        Rule.CHECK_IN: _("Check in"),
        Rule.MOVE_ON: _("Move on?"),
        Rule.ASK_FEEDBACK: _("Ask for feedback"),
        Rule.ENCOURAGEMENT: _("Encouragement"),
        Rule.APPLY: _("Apply"),
        Rule.OFFER_THANKS: _("Thanks for an offer"),
        Rule.OFFER_REPLY: _("Answer an offer"),
        Rule.WITHDRAW_OTHERS: _("Withdraw"),
        Rule.MANUAL: _("Reminder"),
        Rule.KEEP_SEARCHING: _("Keep searching"),
    }


def _tips() -> dict[int, str]:
    return {
        1: _("Ask what happens next and when you can expect to hear."),
        2: _("A follow-up within 24 hours to each person you talked with."),
        3: _("A reasonable while after the date they stated, ask where things stand."),
        4: _("Don't call on Mondays."),
        5: _("A couple of attempts unanswered: move on. Persistent, not a pest."),
        6: _("Told no? Ask for feedback. It is worth a try."),
        7: _("Don't rely on one interview: keep searching."),
        8: _("Don't take it personally."),
        9: _("Not every company is right for you: you are checking them out too."),
        10: _("Don't be discouraged: it's a numbers game."),
    }


def _sections() -> dict[Section, str]:
    return {
        Section.LATE: _("Late"),
        Section.NOW: _("Now"),
        Section.TODAY: _("Later today"),
        Section.NEXT_7_DAYS: _("Next 7 days"),
        Section.LATER: _("Later"),
        Section.SNOOZED: _("Snoozed"),
    }


def _stage_filters() -> dict[StageFilter, str]:
    return {
        StageFilter.ACTIVE: _("All active"),
        StageFilter.SAVED: _("Saved"),
        StageFilter.APPLIED: _("Applied"),
        StageFilter.INTERVIEWING: _("Interviewing"),
        StageFilter.OFFER: _("Offer"),
        StageFilter.CLOSED: _("Closed"),
        StageFilter.ARCHIVED: _("Archived"),
        StageFilter.ALL: _("All"),
    }


def _event_kinds() -> dict[EventKind, str]:
    return {
        EventKind.THANK_YOU: _("Thank-you"),
        EventKind.CALL: _("Call"),
        EventKind.EMAIL: _("Status email"),
        EventKind.MESSAGE: _("Other message"),
        EventKind.FEEDBACK_REQUEST: _("Feedback request"),
        EventKind.REPLY: _("Reply from them"),
        EventKind.WAIT: _("Keep waiting"),
        EventKind.STAGE: _("Stage"),
        EventKind.NOTE: _("Note"),
    }


def _interview_kinds() -> dict[InterviewKind, str]:
    return {
        InterviewKind.PHONE: _("Phone"),
        InterviewKind.VIDEO: _("Video"),
        InterviewKind.ONSITE: _("Onsite"),
        InterviewKind.TECHNICAL: _("Technical"),
        InterviewKind.PANEL: _("Panel"),
        InterviewKind.INFORMATIONAL: _("Informational"),
        InterviewKind.OTHER: _("Other"),
    }
