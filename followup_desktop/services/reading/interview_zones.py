"""Interviews that a change of their application's time zone left in the former one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import Application, Interview, Policy
from followup_desktop.domain.worktime import instant, local
from followup_desktop.i18n import _, format_list, format_number, ngettext
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.formats import city


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """Interviews to come (ids) in a former zone, and what is asked about them, with the answers' words.

    ``same_hour`` would keep what the clock shows, ``same_moment`` the instant, ``leave`` all as it is.
    """

    interviews: tuple[str, ...]
    question: str
    same_hour: str
    same_moment: str
    leave: str


def zone_of(application: Application, policy: Policy) -> str:
    """The zone an application goes by: its own, or else the user's."""
    return application.timezone or policy.timezone


def pinned(application: Application, zone_name: str) -> Application:
    """The application with that zone written into its interviews that have none of their own.

    So none of them moves when the zone that they went by changes.
    """
    interviews = tuple(
        replace(i, timezone=zone_name) if i.timezone is None else i for i in application.interviews
    )
    return replace(application, interviews=interviews)


def moved(interview: Interview, start: datetime, zone_name: str, *, keep_moment: bool) -> Interview:
    """The interview, which starts at that instant, in another zone: at the same instant or the same hour."""
    if not keep_moment:
        return replace(interview, timezone=zone_name, fold=0)
    wall = local(start, zone_name)
    return replace(interview, timezone=zone_name, starts_at=wall.replace(tzinfo=None, fold=0), fold=wall.fold)


def left_behind(
    application: Application, former: Collection[str], policy: Policy, now: datetime, wording: Wording
) -> LeftBehind | None:
    """What to ask about the interviews that are still in one of the ``former`` zones; ``None``: nothing.

    Only of those to come, not cancelled, and whose hour means another instant in the present zone.
    """
    present = zone_of(application, policy)
    found = []
    for interview in application.interviews:
        start, _end = interview_span(interview, application, policy)
        left = interview.timezone in former and instant(interview.starts_at, present) != start
        if left and start > now and not interview.cancelled:
            found.append((start, interview))
    if not found:
        return None
    start, first = min(found, key=lambda each: (each[0], each[1].id))
    when, there, here = wording.when, first.timezone or present, city(present)
    moment = when.clock(start, present)
    if local(start, present).date() != local(start, there).date():
        moment = when.on_weekday(local(start, present).date(), moment)
    zones = dict.fromkeys(interview.timezone or present for __, interview in found)
    places = format_list([city(zone) for zone in zones])
    question = ngettext(
        "The interview on {hour} is in {city} time: {moment} in {here}. Move it?",
        "{n} interviews are in {city} time. The first, {hour}, is {moment} in {here}. Move them?",
        len(found),
    ).format(
        n=format_number(len(found)), hour=when.full(start, now, there), city=places, moment=moment, here=here
    )
    return LeftBehind(
        interviews=tuple(interview.id for __, interview in found),
        question=question,
        same_hour=_("Same hour: {time} in {city}").format(time=when.clock(start, there), city=here),
        same_moment=_("Same moment: {time} in {city}").format(time=moment, city=here),
        leave=_("Leave in {city} time").format(city=places),
    )
