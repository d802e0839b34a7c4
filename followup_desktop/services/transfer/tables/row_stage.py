"""The stage of a row's application, by the column of stages and by others that tell what has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from followup_desktop.domain.model import ACTIVE_STAGES, Stage
from followup_desktop.services.transfer.tables.cells import CellText
from followup_desktop.services.transfer.tables.dates import CellDate
from followup_desktop.services.transfer.tables.history import HistoryStep, applied_in
from followup_desktop.services.transfer.tables.layouts import OWN
from followup_desktop.services.transfer.tables.row_dates import RowDates
from followup_desktop.services.transfer.tables.row_end import RowEnd
from followup_desktop.services.transfer.tables.row_interviews import is_of_interview
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.stage_words import LATENESS, StageWords, WordMeaning
from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import flag_of, stage_of, without_time

_LED_BY = re.compile(r"^\w+\s*[,;:–-]\s*(?=\w)")


class RowStage:
    """Tells the stage of a row's application, since when it is in it, and when the user applied."""

    def __init__(self, texts: RowTexts, dates: RowDates, words: StageWords, end: RowEnd) -> None:
        self._texts = texts
        self._dates = dates
        self._words = words
        self._end = end
        self.ticks: list[CellText] = []
        """Where the row only says yes or no to something."""
        self._was_sent = True
        self._reached = Stage.SAVED
        self._dated: list[tuple[Stage, CellText]] = []
        self._happened: dict[Stage, CellDate] = {}
        """When the row says that what its columns are of has happened."""

    def put_into(
        self, values: dict[str, Any], defaults: dict[str, Any], story: Sequence[HistoryStep]
    ) -> None:
        """Put the stage and its days into the values, or a stage that nothing tells into the defaults.

        What they have no room for is kept.
        """
        layout = self._texts.layout
        implied = Stage.APPLIED if "applied_on" in values else Stage.SAVED
        if layout is not None and layout.stage is not None:
            implied = layout.stage
        several = [said for said in self._texts.said.get("stage", ()) if said.text]
        for said in self._texts.said.get("reason", ()):
            self._texts.keep(said)
        if several:
            stage = self._stated(several[0], implied)
        else:
            moved = [each.stage for each in story if each.stage is not None]
            stage = moved[-1] if moved else None
        outcome = self._outcome(several)
        if not self._was_sent and stage is None:
            stage = implied = Stage.SAVED
        if stage is None:
            defaults["stage"] = implied
        if outcome is not None and LATENESS[outcome] > LATENESS[stage or implied]:
            stage = outcome
        if stage is not None:
            values["stage"] = stage
        self._reached = stage or implied
        self._day_of_stage(values)
        self._day_of_applying(values)
        into = [each.day for each in story if each.stage is not None and each.stage is values.get("stage")]
        if into and "stage_at" not in values:
            values["stage_at"] = self._dates.of_file.noon(into[-1])

    def keep_unsaid(self, ticks: Iterable[CellText]) -> None:
        """Keep of what is ticked that which the stage doesn't say already."""
        for said in ticks:
            if not self._is_implied(said):
                self._texts.keep(said)

    def _day_of_stage(self, values: dict[str, Any]) -> None:
        """The day by the column of what the stage is; the days of other columns are kept."""
        stage, happened = values.get("stage"), self._dates.of_file.happened
        if stage in self._happened and "stage_at" not in values:
            values["stage_at"] = happened(self._happened[stage])
        for of, said in self._dated:
            if of is not stage or values["stage_at"] != happened(self._happened[of]):
                self._texts.keep(said)

    def _day_of_applying(self, values: dict[str, Any]) -> None:
        """The day by the notes, where a layout has it there; none of what was never sent."""
        layout = self._texts.layout
        told = self._texts.text("applied_notes")
        if told and (day := applied_in(told, self._dates.of_file.now)) is not None:
            values["applied_on"] = (
                self._dates.in_its_year(day, "applied_on") if day.has_no_year else day
            ).day
        if layout is not None and folded(self._texts.text("stage")) in layout.never_sent:
            values.pop("applied_on", None)
        if values.get("stage") is Stage.SAVED and "applied_on" in values and layout is not OWN:
            del values["applied_on"]
            for said in self._texts.said.get("applied_on", ()) if layout is None else ():
                self._texts.keep(said)

    def _stated(self, said: CellText, implied: Stage) -> Stage | None:
        """The stage that the column of stages says."""
        word = said.text
        if self._end.is_closed(word):
            word, stage, is_sure = self._end.told
        else:
            stage, is_sure = self._meaning(word, implied)
        self._words.note(word, stage or implied, is_sure=is_sure)
        if not is_sure:
            self._texts.keep(said)
        return stage

    def _meaning(self, word: str, implied: Stage = Stage.SAVED) -> WordMeaning:
        return self._words.meaning(word, self._texts.layout, implied)

    def _outcome(self, stages: Sequence[CellText]) -> Stage | None:
        """The latest stage that other columns than the first of ``stages`` tell for certain.

        Such are "Result" beside "Status", and the columns of a table that has one for each thing that may
        happen, where a yes or a date says that it did.
        """
        said_elsewhere = (*stages[1:], *self._texts.said.get("outcome", ()))
        interviews = self._texts.said.get("interview_at", ()) if not stages else ()
        if not (said_elsewhere or interviews):
            return None  # as in most tables
        found = [told for said in said_elsewhere for told in self._meanings_by(said, is_asked=not stages)]
        for said in interviews:
            is_so = flag_of(said.text) if is_of_interview(self._texts, said) else None
            if is_so or (is_so is None and self._dates.date_of(said, "interview_at") is not None):
                found.append((Stage.INTERVIEWING, True))
        certain = [stage for stage, is_sure in found if stage is not None and is_sure]
        return max(certain, key=LATENESS.__getitem__, default=None)

    def _meanings_by(self, said: CellText, *, is_asked: bool) -> Iterator[WordMeaning]:
        """What a column of an outcome tells: a yes or no, a day, or a word."""
        is_so = flag_of(said.text)
        if is_so is not None:
            yield from self._tick(said, is_so=is_so)
            return
        told = self._dates.date_of(said, "outcome")
        if told is not None:
            stage, is_sure = self._meaning(without_time(said.heading) or said.heading)
            if told.day <= self._dates.of_file.today:
                yield stage, is_sure
                if stage is not None:
                    self._happened.setdefault(stage, told)
                    self._dated.append((stage, said))
                    return
        self._texts.keep(said)
        if told is None:
            yield self._answered(said, is_asked=is_asked)

    def _tick(self, said: CellText, *, is_so: bool) -> Iterator[WordMeaning]:
        """Take a yes for what its column is of; a no only says something of whether it was sent at all."""
        stage, is_sure = self._meaning(said.heading)
        if is_so:
            yield stage, is_sure
        elif stage is Stage.APPLIED and is_sure:
            self._was_sent = False
        if is_sure or not is_so:
            self.ticks.append(said)
        else:
            self._texts.keep(said)

    def _answered(self, said: CellText, *, is_asked: bool) -> WordMeaning:
        """The stage that an answer of the employer's tells, asked about where nothing else tells it."""
        stage, is_sure = self._meaning(said.text)
        if not is_sure:
            led, led_is_sure = self._meaning(_LED_BY.sub("", said.text))
            stage, is_sure = (led, True) if led_is_sure else (stage or led, False)
        if stage is not None and is_asked:
            self._words.note(said.text, stage, is_sure=is_sure)
        return stage, is_sure or is_asked

    def _is_implied(self, said: CellText) -> bool:
        """Whether the stage already says what is ticked; what isn't so says nothing."""
        if flag_of(said.text) is False:
            return True
        is_interview = said in self._texts.said.get("interview_at", ())
        of = Stage.INTERVIEWING if is_interview else stage_of(said.heading)[0]
        if of is None:
            return False
        stage = self._reached
        return of in (stage, Stage.APPLIED) or (stage in ACTIVE_STAGES and LATENESS[of] < LATENESS[stage])
