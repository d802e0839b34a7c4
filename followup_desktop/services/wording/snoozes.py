"""What the offers to snooze are called: by when they really end, so that none contradicts itself."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.domain.model import Channel
from followup_desktop.i18n import _
from followup_desktop.services.wording.formats import When, capitalised
from followup_desktop.services.wording.subject import Subject


class Snoozes:
    """The words of each offer."""

    def __init__(self, when: When) -> None:
        self._when = when

    def option(self, name: str, wanted: datetime, until: datetime, subject: Subject, now: datetime) -> str:
        """An offer by its id, as ``ChoiceVerbs.snooze_options`` names them.

        Only one that ends when it was wanted has the words of its name: "This evening at 18:00". One that its
        rule moved says when it ends instead, and why then: "Tomorrow at 10:00, the next call slot".
        """
        clock = self._when.clock(until, subject.zone)
        text = self._moved(wanted, until, subject)
        if name == "slot":
            text = _("{time}, the next call slot")
        elif until == wanted:
            named = {
                "start": _("10 minutes before it starts, at {clock}"),
                "hour": _("In 1 hour, at {clock}"),
                "evening": _("This evening at {clock}"),
            }
            text = named.get(name, text)
        return text.format(clock=clock, time=capitalised(self._when.at(until, now, subject.zone)))

    def _moved(self, wanted: datetime, until: datetime, subject: Subject) -> str:
        """The time at which it ends, with why where that is not plain."""
        if until == wanted or subject.follow_up.channel is Channel.PHONE:
            return "{time}"
        if until == subject.follow_up.due_at:
            return _("{time}, when it's due")
        return _("{time}, shortly before the deadline") if until < wanted else "{time}"
