"""A notifier for benchmarks, which shows nothing to anybody."""

from __future__ import annotations

from followup_desktop.services.ports import Notification


class Silent:
    """Shows nothing to anybody."""

    name = "the benchmark"
    on_screen: frozenset[str] = frozenset()

    def notify(self, notification: Notification) -> None:
        """Take it."""

    def withdraw(self, tag: str) -> None:
        """Take it away."""

    def close(self) -> None:
        """Nothing is held."""


def no_answer(*_given: object) -> None:
    """No one answers."""
