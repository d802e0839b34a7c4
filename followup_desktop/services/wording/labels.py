"""The names of what the interface shows: answers, stages, kinds, rules, columns, sections, tips."""

from __future__ import annotations

from followup_desktop.domain.answers import Answer, EmployerReply
from followup_desktop.domain.model import (
    Channel,
    EventKind,
    InterviewKind,
    Repeat,
    Rule,
    Stage,
)
from followup_desktop.services.reading.rows import ApplicationColumn, Section, StageFilter
from followup_desktop.services.wording.formats import Translate


class Labels:
    """Every label, translated once; a change of language makes a new one."""

    def __init__(self, tr: Translate) -> None:
        self.answers = _answers(tr)
        self.stages = _stages(tr)
        self.rules = _rules(tr)
        self.tips = _tips(tr)
        self.columns = _columns(tr)
        self.sections = _sections(tr)
        self.stage_filters = _stage_filters(tr)
        self.event_kinds = _event_kinds(tr)
        self.interview_kinds = _interview_kinds(tr)
        self.said = {
            EmployerReply.DATE: tr("A date …"),
            EmployerReply.NEXT_INTERVIEW: tr("Next interview …"),
            EmployerReply.OFFER: tr("Offer"),
            EmployerReply.REFUSED: tr("Refused"),
            EmployerReply.NOTHING_NEW: tr("Nothing new"),
        }
        self.channels = {Channel.PHONE: tr("Phone"), Channel.EMAIL: tr("Email"), Channel.NONE: tr("None")}
        self.repeats = {
            Repeat.DAILY: tr("Every day"),
            Repeat.WORKING_DAYS: tr("Every working day"),
            Repeat.WEEKLY: tr("Every week"),
        }
        self.not_on_weekday = (
            tr("not on Mondays"),
            tr("not on Tuesdays"),
            tr("not on Wednesdays"),
            tr("not on Thursdays"),
            tr("not on Fridays"),
        )


def _answers(tr: Translate) -> dict[Answer, str]:
    return {
        Answer.DONE: tr("Done"),
        Answer.RESCHEDULED: tr("Rescheduled …"),
        Answer.THEY_CANCELLED: tr("They cancelled"),
        Answer.DEBRIEF: tr("Debrief …"),
        Answer.DID_NOT_TAKE_PLACE: tr("It did not take place …"),
        Answer.SKIP: tr("Skip"),
        Answer.WRITE_EMAIL: tr("Write email …"),
        Answer.SENT: tr("Sent"),
        Answer.NO_ADDRESS: tr("No address: ask the organiser …"),
        Answer.NEEDS_NONE: tr("Needs none"),
        Answer.SPOKE: tr("Spoke"),
        Answer.LEFT_MESSAGE: tr("Left message"),
        Answer.NO_ANSWER: tr("No answer"),
        Answer.EMAILED_INSTEAD: tr("Emailed instead"),
        Answer.THEY_ANSWERED: tr("They answered …"),
        Answer.MOVE_ON: tr("Move on"),
        Answer.TRY_SOMEONE_ELSE: tr("Try someone else …"),
        Answer.KEEP_WAITING: tr("Keep waiting until …"),
        Answer.APPLIED: tr("Applied …"),
        Answer.ACCEPT: tr("Accept"),
        Answer.DECLINE: tr("Decline"),
        Answer.ASK_FOR_TIME: tr("Ask for time …"),
        Answer.WITHDRAWN: tr("Withdrawn"),
        Answer.ADD_APPLICATION: tr("Add application"),
        Answer.NOT_NOW: tr("Not now"),
    }


def _stages(tr: Translate) -> dict[Stage, str]:
    return {
        Stage.SAVED: tr("Saved"),
        Stage.APPLIED: tr("Applied"),
        Stage.INTERVIEWING: tr("Interviewing"),
        Stage.OFFER: tr("Offer"),
        Stage.ACCEPTED: tr("Accepted"),
        Stage.REJECTED: tr("Rejected"),
        Stage.WITHDRAWN: tr("Withdrawn"),
        Stage.NO_RESPONSE: tr("No response"),
    }


def _rules(tr: Translate) -> dict[Rule, str]:
    return {
        Rule.PREPARE: tr("Prepare for an interview"),
        Rule.DEBRIEF: tr("Debrief"),
        Rule.THANK_YOU: tr("Thank-you email"),
        Rule.STATUS_CALL: tr("Status call"),
        Rule.CHECK_IN: tr("Check in"),
        Rule.MOVE_ON: tr("Move on?"),
        Rule.ASK_FEEDBACK: tr("Ask for feedback"),
        Rule.ENCOURAGEMENT: tr("Encouragement"),
        Rule.APPLY: tr("Apply"),
        Rule.OFFER_THANKS: tr("Thanks for an offer"),
        Rule.OFFER_REPLY: tr("Answer an offer"),
        Rule.WITHDRAW_OTHERS: tr("Withdraw"),
        Rule.MANUAL: tr("Reminder"),
        Rule.KEEP_SEARCHING: tr("Keep searching"),
    }


def _tips(tr: Translate) -> dict[int, str]:
    return {
        1: tr("Ask what happens next and when you can expect to hear."),
        2: tr("A follow-up within 24 hours to each person you talked with."),
        3: tr("A reasonable while after the date they stated, ask where things stand."),
        4: tr("Don't call on Mondays."),
        5: tr("A couple of attempts unanswered: move on. Persistent, not a pest."),
        6: tr("Told no? Ask for feedback. It is worth a try."),
        7: tr("Don't rely on one interview: keep searching."),
        8: tr("Don't take it personally."),
        9: tr("Not every company is right for you: you are checking them out too."),
        10: tr("Don't be discouraged: it's a numbers game."),
    }


def _columns(tr: Translate) -> dict[ApplicationColumn, str]:
    return {
        ApplicationColumn.EMPLOYER: tr("Employer"),
        ApplicationColumn.ROLE: tr("Role"),
        ApplicationColumn.STAGE: tr("Stage"),
        ApplicationColumn.NEXT: tr("Next follow-up"),
        ApplicationColumn.WAITING: tr("Waiting"),
        ApplicationColumn.QUIET: tr("Quiet"),
        ApplicationColumn.LAST_CONTACT: tr("Last contact"),
        ApplicationColumn.FIT: tr("Fit"),
        ApplicationColumn.PRIORITY: tr("Priority"),
        ApplicationColumn.TAGS: tr("Tags"),
    }


def _sections(tr: Translate) -> dict[Section, str]:
    return {
        Section.LATE: tr("Late"),
        Section.NOW: tr("Now"),
        Section.TODAY: tr("Later today"),
        Section.NEXT_7_DAYS: tr("Next 7 days"),
        Section.LATER: tr("Later"),
        Section.SNOOZED: tr("Snoozed"),
    }


def _stage_filters(tr: Translate) -> dict[StageFilter, str]:
    return {
        StageFilter.ACTIVE: tr("All active"),
        StageFilter.SAVED: tr("Saved"),
        StageFilter.APPLIED: tr("Applied"),
        StageFilter.INTERVIEWING: tr("Interviewing"),
        StageFilter.OFFER: tr("Offer"),
        StageFilter.CLOSED: tr("Closed"),
        StageFilter.ARCHIVED: tr("Archived"),
        StageFilter.ALL: tr("All"),
    }


def _event_kinds(tr: Translate) -> dict[EventKind, str]:
    return {
        EventKind.THANK_YOU: tr("Thank-you"),
        EventKind.CALL: tr("Call"),
        EventKind.EMAIL: tr("Status email"),
        EventKind.MESSAGE: tr("Other message"),
        EventKind.FEEDBACK_REQUEST: tr("Feedback request"),
        EventKind.REPLY: tr("Reply from them"),
        EventKind.WAIT: tr("Keep waiting"),
        EventKind.STAGE: tr("Stage"),
        EventKind.NOTE: tr("Note"),
    }


def _interview_kinds(tr: Translate) -> dict[InterviewKind, str]:
    return {
        InterviewKind.PHONE: tr("Phone"),
        InterviewKind.VIDEO: tr("Video"),
        InterviewKind.ONSITE: tr("Onsite"),
        InterviewKind.TECHNICAL: tr("Technical"),
        InterviewKind.PANEL: tr("Panel"),
        InterviewKind.INFORMATIONAL: tr("Informational"),
        InterviewKind.OTHER: tr("Other"),
    }
