"""What was done on the phone and waits for the user's word: the questions in words, and their answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from followup_desktop.domain.answers import AT_ONCE, Answer
from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.errors import NotFound
from followup_desktop.domain.model import Application, Interview, Policy
from followup_desktop.domain.rules.table import answers_of
from followup_desktop.i18n import _, lasting, ngettext, pgettext
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.tracker.base import Result
from followup_desktop.services.wording import Wording
from followup_desktop.storage.published import PhoneQuestion, QuestionKind
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import URL

if TYPE_CHECKING:
    from followup_desktop.services.tracker import Tracker


class PhoneAnswer(StrEnum):
    """What can be said besides the answers of a follow-up."""

    TAKE_OVER = "take_over"
    KEEP_MINE = "keep_mine"
    THEY_CANCELLED = "they_cancelled"
    PUT_BACK = "put_back"
    NOT_DONE = "not_done"
    SEEN = "seen"


_STILL_TO_BE_WRITTEN = frozenset({Answer.WRITE_EMAIL, Answer.NO_ADDRESS})
"""Of all answers to a follow-up those that can't be meant by whoever ticked it off."""


def needs_form(answer: PhoneAnswer | Answer) -> bool:
    """Whether it isn't said in a word; the follow-up's row asks the rest.

    So it does when they applied: what was ticked off may have been done days ago.
    """
    return isinstance(answer, Answer) and (answer not in AT_ONCE or answer is Answer.APPLIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneQuestionRow:
    """One question: its sentence, and each answer with its label.

    ``application`` is what it is about, and ``follow_up`` the key of what was done.
    """

    uid: str
    application: str | None
    follow_up: str | None = None
    sentence: str
    answers: tuple[tuple[PhoneAnswer | Answer, str], ...]


class PhoneQuestions:
    """Reads and answers them. Each answer is one step that can be undone, as everywhere else."""

    def __init__(self, store: Store, tracker: Tracker, wording: Wording) -> None:
        self._store = store
        self._tracker = tracker
        self._wording = wording

    def rows(self, now: datetime) -> tuple[PhoneQuestionRow, ...]:
        """The questions at an instant, the oldest first; none that has been decided otherwise since."""
        with self._store.reading():
            return tuple(self._rows(now))

    def answer(self, uid: str, answer: PhoneAnswer | Answer) -> Result | None:
        """Do what was answered, and ask no more, as one step; ``None`` if there was nothing to decide.

        Undo takes both back: what was done, and that it isn't asked. Raises ``Refused``; then the question
        stays. Not for those that need a form: the question ends with the answer to the follow-up.
        """
        question = self._store.published.questions().get(uid)
        if question is None:
            return None
        if answer is PhoneAnswer.SEEN:
            self._store.published.save(settled=(uid,))
            return None
        with self._store.settling(uid):
            if isinstance(answer, Answer):
                return self._tracker.answer(question.subject, answer)
            if answer is PhoneAnswer.TAKE_OVER and question.starts_at is not None:
                return self._tracker.reschedule_interview(question.subject, question.starts_at)
            if answer is PhoneAnswer.THEY_CANCELLED:
                return self._tracker.they_cancelled(question.subject)
            label = lasting(lambda: _label(answer))
            with self._store.transaction(label):
                is_told = URL in self._store.published.state()  # else no server is connected any more
                notice = (
                    _("Your phone will show it as it was once the server is reached") if is_told else None
                )
                return Result(label=label, notice=notice)

    def _rows(self, now: datetime) -> Iterator[PhoneQuestionRow]:
        policy = self._store.policy()
        for question in self._store.published.questions().values():
            row: PhoneQuestionRow | None
            if question.kind is QuestionKind.DONE:
                row = self._done(question, now)
            elif question.kind.is_notice:
                row = _notice(question)
            else:
                row = self._changed(question, policy, now)
            if row is not None:
                yield row

    def _done(self, question: PhoneQuestion, now: datetime) -> PhoneQuestionRow | None:
        follow_up = self._store.follow_up(question.subject)
        if follow_up is None:
            return None
        title = self._wording.title(Subjects(self._store).one(follow_up, now))
        if title.endswith("?"):  # it asks what there is to answer
            sentence = _("Done on your phone: {title}").format(title=title)
        else:
            sentence = _("Done on your phone: {title}. How did it go?").format(title=title)
        answers = [
            (answer, self._wording.answer_label(answer))
            for answer in answers_of(follow_up)
            if answer not in _STILL_TO_BE_WRITTEN
        ]
        return PhoneQuestionRow(
            uid=question.uid,
            application=follow_up.application,
            follow_up=follow_up.key,
            sentence=sentence,
            answers=(*answers, *_labelled(PhoneAnswer.NOT_DONE)),
        )

    def _changed(self, question: PhoneQuestion, policy: Policy, now: datetime) -> PhoneQuestionRow | None:
        found = self._interview(question.subject)
        if found is None or found[1].cancelled:
            return None
        application, interview = found
        start, _end = interview_span(interview, application, policy)
        zone_name = interview.timezone or application.timezone or policy.timezone
        values = {"employer": application.employer, "when": self._when(start, zone_name, policy, now)}
        if question.kind is QuestionKind.DELETED:
            text = _("The interview at {employer}, {when}, was deleted on your phone. Was it cancelled?")
            answers = _labelled(PhoneAnswer.THEY_CANCELLED, PhoneAnswer.PUT_BACK)
        else:
            if question.starts_at is None or question.starts_at == start:
                return None
            values["then"] = self._when(question.starts_at, zone_name, policy, now)
            text = (
                _(
                    "The interview at {employer}, {when}, was moved on your phone to another day, without a "
                    "time. Use {then}?"
                )
                if question.kind is QuestionKind.MOVED_TO_DAY
                else _(
                    "The interview at {employer}, {when}, was moved on your phone to {then}. "
                    "Use the new time?"
                )
            )
            answers = _labelled(PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE)
        return PhoneQuestionRow(
            uid=question.uid,
            application=application.id,
            sentence=text.format(**values),
            answers=answers,
        )

    def _interview(self, interview_id: str) -> tuple[Application, Interview] | None:
        try:
            application = self._store.application(self._store.interview_application(interview_id))
        except NotFound:
            return None
        held = next((each for each in application.interviews if each.id == interview_id), None)
        return (application, held) if held is not None else None

    def _when(self, moment: datetime, zone_name: str, policy: Policy, now: datetime) -> str:
        words, here = self._wording.when, policy.timezone
        when = words.at(moment, now, here)
        there = words.elsewhere(moment, here, zone_name)
        return words.with_elsewhere(when, there) if there else when


def _notice(question: PhoneQuestion) -> PhoneQuestionRow:
    if question.kind is QuestionKind.EMPTIED:
        sentence = _(
            "Everything in your Follow Up calendar was deleted on your phone or the server, so it was filled "
            "again. If an interview was cancelled, say so in its application."
        )
    elif question.kind is QuestionKind.BESIDE:
        own, *others = question.subject.splitlines()
        text = ngettext(
            "Your calendar server also has “{other}”, from an earlier connection or another computer. This "
            "one is “{own}”. If nothing uses the other one, delete it in your calendar app.",
            "Your calendar server also has {n} other Follow Up calendars, from earlier connections or other "
            "computers. This one is “{own}”. If nothing uses the others, delete them in your calendar app.",
            len(others),
        )
        sentence = text.format(n=len(others), own=own, other=others[0])
    else:
        sentence = _(
            "Another copy of Follow Up also writes to your calendar on the server, as on a second computer. "
            "To give this one its own, disconnect, keep the calendar, and connect again."
        )
    return PhoneQuestionRow(
        uid=question.uid, application=None, sentence=sentence, answers=_labelled(PhoneAnswer.SEEN)
    )


def _labelled(*answers: PhoneAnswer) -> tuple[tuple[PhoneAnswer, str], ...]:
    return tuple((answer, _label(answer)) for answer in answers)


def _label(answer: PhoneAnswer) -> str:
    labels = {
        PhoneAnswer.TAKE_OVER: pgettext("an answer", "Use the new time"),
        PhoneAnswer.KEEP_MINE: pgettext("an answer", "Keep it as it was"),
        PhoneAnswer.THEY_CANCELLED: pgettext("an answer", "They cancelled"),
        PhoneAnswer.PUT_BACK: pgettext("an answer", "Put it back"),
        PhoneAnswer.NOT_DONE: pgettext("an answer", "Not done"),
        PhoneAnswer.SEEN: pgettext("an answer", "OK"),
    }
    return labels[answer]
