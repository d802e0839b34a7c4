"""What other programs put in the program's own calendar: it would be deleted with it."""

from __future__ import annotations

from collections.abc import Collection

from followup_desktop.i18n import ngettext
from followup_desktop.services.sync import dav
from followup_desktop.services.sync.failures import DavFailed, Steps
from followup_desktop.services.sync.wanted_calendar import own_uid


class ForeignEntries(DavFailed):
    """The calendar holds entries that aren't the program's, ``count`` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(others_told(count), is_lasting=True)
        self.count = count


def others_told(count: int) -> str:
    """A sentence on how many entries would be deleted, too; empty where there are none."""
    text = ngettext(
        "The calendar also holds {n} entry that isn't from Follow Up. It would be deleted, too.",
        "The calendar also holds {n} entries that aren't from Follow Up. They would be deleted, too.",
        count,
    )
    return text.format(n=count) if count else ""


def others_in(calendar: str, own: Collection[str], named: str) -> Steps[int]:
    """How many entries of the calendar are neither at these addresses nor named as the program names them.

    ``named`` is the address by which it named them.
    """
    tag = dav.dav("getetag")
    (reply,) = yield (dav.propfind(calendar, (tag,), depth=1),)
    if reply.status in (404, 410):  # nothing is left to be deleted
        return 0
    answer = yield from dav.multistatus(dav.check(reply, 207), calendar)
    entries = {each.href for each in answer.responses if each.prop.find(tag) is not None}
    entries -= {calendar, calendar.rstrip("/"), *own}
    return sum(own_uid(named, href) is None for href in entries)
