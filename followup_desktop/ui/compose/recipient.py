"""Whom a message goes to: one of the people known, or any one address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from followup_desktop.services.capture.contact_checks import check_email
from followup_desktop.services.messages.letters import Recipient
from followup_desktop.ui.kit.forms.choices import SuggestField


class RecipientField(SuggestField):
    """An address, typed or chosen among those of the people who have one (Down opens the list)."""

    checks_when_left = True

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._people: tuple[Recipient, ...] = ()

    def set_people(self, people: Sequence[Recipient]) -> None:
        """Offer those of them who have an address."""
        self._people = tuple(each for each in people if each.address)
        self._listed = False

    def suggestions(self) -> Sequence[str]:
        return [shown_as(each) for each in self._people]

    def value(self) -> Any:
        """The address; empty if there is none yet."""
        typed = self.line.text().strip()
        person = self.person()
        if person is not None:
            return person.address
        return check_email(typed, self.name)

    def _write_as_kept(self, value: Any) -> None:
        """A name beside the address stays to be seen."""

    def person(self) -> Recipient | None:
        """Who of the people it is, if one of them."""
        typed = self.line.text().strip().casefold()
        for each in self._people:
            if typed in (shown_as(each).casefold(), each.address.casefold()):
                return each
        return None


def shown_as(person: Recipient) -> str:
    """The name with the address, as email apps write it."""
    return f"{person.name} <{person.address}>" if person.address else ""
