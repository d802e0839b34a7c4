"""The great moments in a sentence each, with the user's own numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from followup_desktop.i18n import _, format_list, format_number, ngettext
from followup_desktop.services.wording.formats import When, sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentNumbers:
    """Applications sent, interviews held, and the days since the first application; 0: not to be told."""

    applications: int
    interviews: int
    days: int


class MomentWords:
    """Says what happened."""

    def __init__(self, when: When) -> None:
        self._when = when

    def accepted(self, numbers: MomentNumbers, goodbyes: int) -> str:
        """The best of them, and how many are still to hear of it."""
        said = [_("You have a job.")]
        said.append(
            _effort(_applications(numbers.applications), _interviews(numbers.interviews), _days(numbers.days))
        )
        if goodbyes:
            left = ngettext(
                "You have {n} goodbye left to say.", "You have {n} goodbyes left to say.", goodbyes
            )
            said.append(left.format(n=format_number(goodbyes)))
        return sentences(*said)

    def offer(self, employer: str, numbers: MomentNumbers, *, first: bool) -> str:
        """An offer, with what went before it."""
        news = _("Your first offer, from {employer}!") if first else _("An offer from {employer}!")
        return sentences(
            news.format(employer=employer), _effort(_interviews(numbers.interviews), _days(numbers.days))
        )

    def first_interview(
        self, employer: str, starts: datetime, now: datetime, zone: str, numbers: MomentNumbers
    ) -> str:
        """When it is, and after how many applications it came."""
        count = numbers.applications
        # Translators: {time} is like “today at 14:00” or “Tue at 15:00”.
        news = ngettext(
            "Your first interview! {employer}, {time}, from your very first application.",
            "Your first interview! {employer}, {time}, after {n} applications.",
            count,
        )
        if not count:
            news = _("Your first interview! {employer}, {time}.")
        time = self._when.at(starts, now, zone)
        return news.format(employer=employer, time=time, n=format_number(count))


def _effort(*numbers: str) -> str:
    """What it took, of the numbers that are to be told; empty if none is."""
    told = [each for each in numbers if each]
    # Translators: what went before a job or an offer: “It took 12 applications, 5 interviews and 19 days.”
    return _("It took {numbers}.").format(numbers=format_list(told)) if told else ""


def _applications(n: int) -> str:
    return ngettext("{n} application", "{n} applications", n).format(n=format_number(n)) if n else ""


def _interviews(n: int) -> str:
    return ngettext("{n} interview", "{n} interviews", n).format(n=format_number(n)) if n else ""


def _days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=format_number(n)) if n else ""
