"""The verbs: everything a user can do to the facts, each as one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_desktop.domain.answers import Answer, EmployerReply
from followup_desktop.services.tracker.base import Result

if TYPE_CHECKING:
    from followup_desktop.services.tracker.tracker import Tracker
else:

    def __getattr__(name: str) -> object:
        """The class of all verbs, with their modules, once it is asked for: a start has no use for them."""
        if name != "Tracker":
            raise AttributeError(name)
        from followup_desktop.services.tracker.tracker import Tracker

        return Tracker


__all__ = ["Answer", "EmployerReply", "Result", "Tracker"]
