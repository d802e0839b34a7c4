"""What moving an entry means: an interview is rescheduled, a follow-up snoozed, or it is refused with why."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Channel
from followup_desktop.domain.worktime import local
from followup_desktop.i18n import _
from followup_desktop.services.reading.calendar import CalendarFollowUp, CalendarInterview
from followup_desktop.services.wording.formats import sentences
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry
from followup_desktop.ui.kit.view import Context


class EntryMover:
    """Moves entries by the tracker's verbs, each one step to undo, and says what came of it."""

    def __init__(self, context: Context) -> None:
        self._tracker = context.tracker
        self._calendar_pages = context.readers.calendar
        self._clock = context.clock
        self._show_status = context.show_status

    def move(self, entry: Entry, start: datetime, texts: CalendarTexts) -> bool:
        """Let it begin at another instant; tells whether it was allowed."""
        try:
            if isinstance(entry, CalendarInterview):
                sentence = self._reschedule(entry, start, texts)
            else:
                sentence = self._snooze(entry, start, texts)
        except Refused as refused:
            self._show_status(str(refused))
            return False
        self._show_status(sentence)
        return True

    def _reschedule(self, one: CalendarInterview, start: datetime, texts: CalendarTexts) -> str:
        done = self._tracker.reschedule_interview(one.id, start)
        when = _day_and_time(start, texts)
        sentence = _("Interview at {name} moved to {time}.").format(name=one.employer, time=when)
        warning = self._calendar_pages.clash_warning(start, start + (one.ends_at - one.starts_at), one.id)
        return sentences(sentence, warning, done.notice or "")

    def _snooze(self, one: CalendarFollowUp, wanted: datetime, texts: CalendarTexts) -> str:
        if wanted < one.earliest:
            when = _day_and_time(one.earliest, texts)
            raise Refused(
                _("This is due {time} and can't be moved before then. Drop it on a later day.").format(
                    time=when
                )
            )
        done = self._tracker.snooze(one.key, wanted)
        sentence = done.notice or done.label
        if one.channel is Channel.PHONE and self._calendar_pages.stands_at(one.key) != wanted:
            # Translators: {sentence} says until when a call was put off
            sentence = _("{sentence}, the next time you can call").format(sentence=sentence)
        return sentence


def _day_and_time(moment: datetime, texts: CalendarTexts) -> str:
    return f"{texts.short_day(local(moment, texts.zone_name).date())} {texts.clock(moment)}"
