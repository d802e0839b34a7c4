"""The applications as a table for spreadsheets: CSV by RFC 4180, with nothing in it that is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from followup_desktop.domain.agenda import is_gone, state_at, valid_choice
from followup_desktop.domain.model import Application, Choice, Facts, FollowUp
from followup_desktop.domain.worktime import local
from followup_desktop.services.reading.due import subjects
from followup_desktop.services.transfer.layout import APPLICATION_KEYS, Key
from followup_desktop.services.wording import Subject, Wording

COLUMNS = (*(key.name for key in APPLICATION_KEYS), "next_follow_up", "next_follow_up_at")
"""The keys of the interchange file, then the title of the next follow-up and when it is due."""

_FORMULA = re.compile(r"[\s'\"\u200b\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−\t\r\n]")
"""What begins a formula in one program or another: also full-width, and behind white space and quotes."""


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with ``'`` before what would begin one."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a guarded cell stands for."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write_applications(facts: Facts, plan: Iterable[FollowUp], now: datetime, wording: Wording) -> str:
    """One row an application, archived ones too, in the order of their ids.

    Values are written as in the interchange file; people by their names and tags with ``; `` between, flags
    as ``true`` and ``false``. ``next_follow_up_at`` is the user's wall time (``2026-10-13 10:00``).
    """
    following = _next(facts, plan, now)
    names = {contact.id: contact.name for contact in facts.contacts}
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for application in facts.applications:
        cells = [_cell(application, key, names) for key in APPLICATION_KEYS]
        found = following.get(application.id)
        if found is None:
            cells += ["", ""]
        else:
            at, subject = found
            cells += [wording.title(subject), f"{local(at, facts.policy.timezone):%Y-%m-%d %H:%M}"]
        writer.writerow(guarded(cell) for cell in cells)
    return table.getvalue()


def _cell(application: Application, key: Key, names: Mapping[str, str]) -> str:
    value = getattr(application, key.field)
    if value is None:
        return ""
    if key.name == "contacts":
        return "; ".join(names.get(each, each) for each in value)
    if key.write is not None:
        value = key.write(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, list) else str(value)


def _next(facts: Facts, plan: Iterable[FollowUp], now: datetime) -> dict[str, tuple[datetime, Subject]]:
    """The first follow-up of each application that has one, and when it is due or its snooze ends."""
    choices = {choice.key: choice for choice in facts.choices}
    listed = [f for f in plan if not is_gone(state_at(f, choices.get(f.key), now))]
    found: dict[str, tuple[datetime, Subject]] = {}
    for subject in subjects(facts, listed):
        follow_up = subject.follow_up
        at = _due(follow_up, choices.get(follow_up.key))
        before = found.get(follow_up.application or "")
        if follow_up.application is None:
            continue
        if before is None or (at, follow_up.key) < (before[0], before[1].follow_up.key):
            found[follow_up.application] = at, subject
    return found


def _due(follow_up: FollowUp, choice: Choice | None) -> datetime:
    chosen = valid_choice(choice, follow_up)
    return (chosen.snoozed_until if chosen is not None else None) or follow_up.due_at
