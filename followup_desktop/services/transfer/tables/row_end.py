"""How an application is over, where a program's word for its stage says no more than that."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from followup_desktop.domain.model import Stage
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.stage_words import LATENESS, StageWords
from followup_desktop.services.transfer.tables.table import folded


class EndWord(NamedTuple):
    """The word that tells how it is over, the stage that it stands for, and whether that is sure."""

    word: str
    stage: Stage | None
    is_sure: bool


class RowEnd:
    """Tells how a row says that its application is over."""

    def __init__(self, texts: RowTexts, words: StageWords) -> None:
        self._texts = texts
        self._words = words

    def is_closed(self, word: str) -> bool:
        """Whether the word for a stage says no more than that it is over."""
        layout = self._texts.layout
        return layout is not None and bool(layout.closed) and folded(word) in layout.closed

    @property
    def stage(self) -> Stage | None:
        """The stage in which it is over."""
        return self.told.stage

    @cached_property
    def told(self) -> EndWord:
        """How it is over, by the column for that or else by the stage."""
        word = self._texts.text("reason") or self._texts.text("stage")
        stage, is_sure = self._words.meaning(word, self._texts.layout)
        is_told = self._words.is_answered(word) or not self.is_closed(word)
        if stage is None or LATENESS[stage] < LATENESS[Stage.NO_RESPONSE]:
            return EndWord(word, Stage.REJECTED, False)
        return EndWord(word, stage, is_sure and is_told)
