"""What the words for stages in a file stand for, and which of them are to be asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from followup_desktop.domain.checks import in_quotes
from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Question, QuestionTopic
from followup_desktop.services.transfer.tables.layouts import Layout
from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import any_of, is_undecided, stage_of

LATENESS = {
    stage: rank
    for rank, stage in enumerate(
        (
            Stage.SAVED,
            Stage.APPLIED,
            Stage.INTERVIEWING,
            Stage.OFFER,
            Stage.NO_RESPONSE,
            Stage.REJECTED,
            Stage.WITHDRAWN,
            Stage.ACCEPTED,
        )
    )
}
"""How late each stage is."""
WordMeaning = tuple[Stage | None, bool]
"""The stage that a word stands for, ``None`` for none, and whether that is sure."""


@cache
def _aside() -> re.Pattern[str]:
    """What stands beside a word for a stage: a number, brackets, a date with the word before it."""
    return re.compile(
        r"^\d{1,2}[.)]\s|\([^()]*\)|\[[^\[\]]*\]|\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|"
        rf"\b(?:{any_of('on')})\b(?= *$)"
    )


class StageWords:
    """The words for stages that a file has, as the user answered or as they are known."""

    def __init__(self, answers: Mapping[str, Stage]) -> None:
        self._answers = {folded(word): stage for word, stage in answers.items()}
        self._known: dict[tuple[str, Stage, str], WordMeaning] = {}
        """By the word, the stage that the rest of the row tells, and the layout of the table."""
        self._asked: dict[str, Question] = {}
        """About the words that aren't sure, or were answered."""
        self._sure: dict[str, Stage] = {}
        self._met: dict[str, Stage] = {}
        """The words that were answered."""

    def meaning(self, word: str, layout: Layout | None, implied: Stage = Stage.SAVED) -> WordMeaning:
        """What a word stands for; ``implied`` is told by the rest of the row."""
        key = word, implied, layout.name if layout is not None else ""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._meaning(word, layout, implied)
        return known

    def is_answered(self, word: str) -> bool:
        """Whether the user said what it stands for."""
        return folded(word) in self._answers

    def note(self, word: str, stage: Stage, *, is_sure: bool) -> None:
        """What the word was taken for: asked about where that isn't sure, or was answered."""
        if word in self._asked or (is_sure and word in self._sure):
            return
        is_answered = self.is_answered(word)
        if is_sure and not is_answered:
            self._sure[word] = stage
        else:
            self._asked[word] = _question(word, stage, settled=is_answered)

    def questions(self) -> Iterator[Question]:
        """About the words that aren't sure, or were answered."""
        yield from self._asked.values()

    def taken(self) -> Iterator[Question]:
        """About the words that are sure, and may be meant otherwise."""
        for word, stage in {**self._sure, **self._met}.items():
            if word not in self._asked:
                yield _question(word, stage, settled=True)

    def _meaning(self, word: str, layout: Layout | None, implied: Stage) -> WordMeaning:
        plain, answers = folded(word), self._answers
        own = layout.stages if layout is not None else {}
        if plain in answers:
            self._met.setdefault(word, answers[plain])
            return answers[plain], True
        if plain in own:
            return own[plain], True
        if is_undecided(word):
            return implied, True
        found, is_sure = stage_of(word)
        if not is_sure:
            bare, bare_is_sure = stage_of(_aside().sub(" ", word))
            found, is_sure = (bare, True) if bare_is_sure else (found or bare, False)
        return found, is_sure


def _question(word: str, stage: Stage, *, settled: bool) -> Question:
    text = _("What stage is {word}?").format(word=in_quotes(word))
    return Question(asked=QuestionTopic.STAGE, text=text, about=word, guess=stage.value, settled=settled)
