"""What can be done with things that aren't selected: "decline", "archive acme", "call ana"."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from followup_desktop.domain.rules.table import rules_where
from followup_desktop.i18n import N_, _, with_dots
from followup_desktop.services.capture.matching import rank, rank_words, words_in, words_of
from followup_desktop.services.rows import ApplicationDetail, FollowUpGroup, FollowUpRow, TodaySection
from followup_desktop.ui.kit.commands.command import Command, Need, Offer, plain
from followup_desktop.ui.kit.commands.table import ANSWER, COMMANDS
from followup_desktop.ui.kit.requests import ActOnFollowUp
from followup_desktop.ui.kit.selection import CurrentFollowUp, Selection, current_interview
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.window.palette.entries import OTHERWISE, PaletteEntry

_NAMED_WHOLE = 2
"""With a single word, a name would bring all that is to be done for it."""
_SHORTEST = 3
"""With fewer letters, and no name behind them, nearly everything would be offered."""
_MOST = 12
"""So many entries of a kind are offered at most."""
_THINGS = 3
"""Among so many applications, and so many people, a name is looked for."""
_BEHIND = 5
"""What acts on what is selected stands before what acts on anything else."""
_PREPARATIONS = {
    (TodaySection.NOW, rule): sys.maxsize for rule in rules_where(lambda row: row.before_interview)
}
"""Of these, which no one leaves for later, each is offered, be they a group in Today."""
# Translators: small words that the palette passes over, as in "write to Ana" and "add an interview at Acme":
# those of such sentences in your language, with commas.
_SMALL_WORDS = N_("a, an, at, for, from, on, the, to, with")


class VerbSource:
    """The commands for what is named behind them, and the answers of every follow-up of Today, with whose.

    ``selected`` gives what is selected, whose commands are offered without its name: those of the interviews
    and the people of its application too. What was read is kept
    until something changes, or the clock shows another minute.
    """

    def __init__(self, context: Context, selected: Callable[[], Selection]) -> None:
        self._context = context
        self._selected = selected
        self._current = Selection()
        self._finder = context.readers.finder
        self._minute = ""
        self._listed: tuple[FollowUpRow, ...] | None = None
        self._details: dict[str, ApplicationDetail | None] = {}
        context.readers.on_change(self._forget)

    def find(self, text: str) -> Sequence[PaletteEntry]:
        asked = _without_small_words(words_of(text))
        if not asked:
            return []
        self._current = self._selected()
        minute = f"{self._context.clock():%H:%M}"
        if minute != self._minute:
            self._forget()
            self._minute = minute
        found: list[PaletteEntry] = []
        for command in COMMANDS.values():
            label = plain(command.label(self._context.wording))
            also = command.other_words
            words = words_in(f"{label} {also}")
            about = tuple(each for each in asked if not any(word.startswith(each) for word in words))
            if len(about) < len(asked) and (about or len(text.strip()) >= _SHORTEST):
                verb = " ".join(each for each in asked if each not in about)
                fits = rank(verb, label)
                if fits is None:
                    fits = OTHERWISE if also else 0
                fits += _BEHIND
                found += (
                    PaletteEntry(
                        id=f"verb/{command.id}/{thing}",
                        icon=command.icon,
                        title=label,
                        detail=whose,
                        hint="",
                        rank=fits,
                        run=run,
                    )
                    for thing, whose, run in self._of_command(command, about)
                )
        offered = {each.id for each in found}
        return [*found, *(each for each in self._named_whole(asked) if each.id not in offered)]

    def entry(self, entry_id: str) -> PaletteEntry | None:
        """What was done once is done, so it isn't offered as used last."""
        return None

    def _forget(self) -> None:
        self._listed = None
        self._details.clear()

    def _of_command(
        self, command: Command, about: tuple[str, ...]
    ) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the command can be given for now: an id, whose it is, and what gives it."""
        if command.needs is Need.FOLLOW_UP:
            found = (row for row in self._rows(about) if self._takes(command, row))
            rows = sorted(found, key=lambda row: rank_words(about, words_in(row.title)) is None)
            for row in islice(rows, _MOST):
                yield row.key, row.title, partial(self._context.open, ActOnFollowUp(row.key, command.id))
        elif command.run is not None:
            named = self._named(command.needs, " ".join(about)) if about else self._of_selected(command.needs)
            for thing, whose, selection in named:
                offer = Offer(self._context, selection)
                if offer.verb(command) is not None:
                    yield thing, whose, partial(offer.run, command)

    def _named_whole(self, asked: tuple[str, ...]) -> Iterator[PaletteEntry]:
        """The first answer of the follow-ups that all the words are of: "thank Ana", in any order."""
        if len(asked) < _NAMED_WHOLE:
            return
        rows = (row for row in self._rows(asked) if row.answers)
        for row in islice(rows, _MOST):
            command = COMMANDS[ANSWER.format(row.answers[0])]
            fits = _BEHIND - 1  # it is that one thing, where the other words are of many
            if rank_words(asked, words_in(row.title)) is None:
                other = rank_words(
                    asked, words_in(f"{row.title} {self._context.wording.also_called(row.rule)}")
                )
                fits = _BEHIND + (OTHERWISE if other is None else other)
            yield PaletteEntry(
                id=f"verb/{command.id}/{row.key}",
                icon=command.icon,
                title=plain(command.label(self._context.wording)),
                detail=row.title,
                hint="",
                rank=fits,
                run=partial(self._context.open, ActOnFollowUp(row.key, command.id)),
            )

    def _rows(self, about: tuple[str, ...]) -> Iterator[FollowUpRow]:
        """The follow-ups that the words are about; without words, all of Today but the current one."""
        current = self._current.follow_up
        seen = {current.row.key} if current is not None and not about else set()
        planned = (row for one in self._applications(about) for row in one.follow_ups) if about else ()
        for row in (*self._today(), *planned):
            words = words_in(f"{row.title} {row.detail} {self._context.wording.also_called(row.rule)}")
            if row.key not in seen and all(any(word.startswith(each) for word in words) for each in about):
                seen.add(row.key)
                yield row

    def _takes(self, command: Command, row: FollowUpRow) -> bool:
        if not row.answers and not row.is_open:
            return False
        if command.id.startswith(ANSWER.format("")):
            return command.id in {ANSWER.format(answer) for answer in row.answers}
        nothing: Callable[[], object] = tuple
        as_current = CurrentFollowUp(
            row=row, answer=lambda _answer: None, snooze=nothing, skip=nothing, explain=nothing
        )
        return command.fits(self._context, Selection(follow_up=as_current))

    def _today(self) -> tuple[FollowUpRow, ...]:
        if self._listed is None:
            page = self._context.overview.today(self._context.clock(), later_limit=0, opened=_PREPARATIONS)
            entries = [each for _section, listed in page.sections for each in listed]
            rows = [
                row for each in entries for row in (each.rows if isinstance(each, FollowUpGroup) else (each,))
            ]
            self._listed = (*((page.first,) if page.first is not None else ()), *rows)
        return self._listed

    def _applications(self, about: Iterable[str]) -> Iterator[ApplicationDetail]:
        for found in self._finder.applications(" ".join(about), _THINGS):
            if (detail := self._detail(found.id)) is not None:
                yield detail

    def _detail(self, application: str) -> ApplicationDetail | None:
        if application not in self._details:
            self._details[application] = self._context.detail_of(application)
        return self._details[application]

    def _named(self, needs: Need, about: str) -> Iterator[tuple[str, str, Selection]]:
        """The things of that name: an id, what they are called, and themselves as what is selected."""
        if needs is Need.PERSON:
            for found in self._finder.people(about, _THINGS):
                yield found.id, found.title, Selection(person=found.id)
        elif needs in {Need.APPLICATION, Need.APPLICATIONS}:
            for found in self._finder.applications(about, _THINGS):
                yield found.id, found.title, Selection(applications=(found.id,))
        elif needs is Need.INTERVIEW:
            for detail in self._applications((about,)):
                yield from _interviews(detail)

    def _of_selected(self, needs: Need) -> Iterator[tuple[str, str, Selection]]:
        """The interviews or people of the application that is selected, but for the one that is current."""
        selection = self._current
        if needs not in {Need.INTERVIEW, Need.PERSON} or selection.application is None:
            return
        detail = self._detail(selection.application)
        if detail is None:
            return
        current = {selection.person, selection.interview.id if selection.interview else None}
        things = _interviews(detail) if needs is Need.INTERVIEW else _people(detail)
        yield from (each for each in things if each[0] not in current)


def _without_small_words(asked: tuple[str, ...]) -> tuple[str, ...]:
    small = words_of(_(_SMALL_WORDS))
    return tuple(each for each in asked if each not in small) or asked


def _interviews(detail: ApplicationDetail) -> Iterator[tuple[str, str, Selection]]:
    application = detail.application
    for row in detail.interviews:
        whose = with_dots((application.employer, row.text))
        selected = Selection(applications=(application.id,), interview=current_interview(row))
        yield row.id, whose, selected


def _people(detail: ApplicationDetail) -> Iterator[tuple[str, str, Selection]]:
    for contact in detail.contacts:
        yield contact.id, contact.name, Selection(person=contact.id)
